//! Layouts in libaddressinput's notation, taken apart while the program is compiled, so that laying out
//! an address parses nothing and a bad layout does not compile.

use super::component::{Component, Components};

/// The layout of a country's addresses in libaddressinput's notation: `%N%n%O%n%A%n%Z %C`. A token is a
/// component or, as `%n`, the end of a line; all else is set as it stands between components that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressFormat {
    /// The format as libaddressinput writes it.
    text: &'static str,
    /// The steps, of which the first `count` are the format's.
    elements: [FormatElement; MOST],
    /// Number of steps.
    count: usize,
    /// The components that have a place.
    components: Components,
    /// Whether it runs from the recipient to the country.
    outwards: bool,
    /// Whether the postal code is in a line with the administrative area and without the locality.
    code_beside_area: bool,
}

/// The most elements that a format has.
const MOST: usize = 17;

/// One step of an [`AddressFormat`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormatElement {
    /// The end of a line.
    Newline,
    /// The text of a component.
    Component(Component),
    /// The bytes of the format's text from the one to the other.
    Literal(u8, u8),
}

impl AddressFormat {
    /// A format whose tokens are all known.
    ///
    /// # Panics
    /// On an unknown token: newer data has more of them than this module can set, and a component
    /// without a place would be lost; on a format that is too long. The table is made of constants,
    /// so this stops the build.
    #[expect(clippy::panic, reason = "evaluated while the table is compiled")]
    pub(super) const fn new(text: &'static str) -> AddressFormat {
        let bytes = text.as_bytes();
        // Literals are kept as two bytes each: a format is part of 252 countries, and the table is in
        // the program.
        assert!(bytes.len() <= u8::MAX as usize, "a format too long for its literals");
        let mut elements = [FormatElement::Newline; MOST];
        let mut count = 0;
        let mut components = Components::new("");
        let mut outwards = true;
        let mut line = Components::new("");
        let mut code_beside_area = false;
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            elements[count] = if bytes[at] == b'%' {
                at += 2;
                // A percent sign at the very end has no letter: the index stops the build, as an unknown letter
                // does.
                match Component::from_letter(bytes[start + 1]) {
                    Some(component) => {
                        components = components.with(component);
                        line = line.with(component);
                        // Noted with every component of the line, since the locality may come behind
                        // the code.
                        if line.contains(Component::PostalCode) {
                            code_beside_area = line.contains(Component::AdministrativeArea)
                                && !line.contains(Component::Locality);
                        }
                        // A street in front of the recipient is how addresses run from the country
                        // inwards.
                        if let Component::AddressLines = component
                            && !components.contains(Component::Recipient)
                        {
                            outwards = false;
                        }
                        FormatElement::Component(component)
                    }
                    None if bytes[start + 1] == b'n' => {
                        line = Components::new("");
                        FormatElement::Newline
                    }
                    None => panic!("an unknown token in an address format"),
                }
            } else {
                while at < bytes.len() && bytes[at] != b'%' {
                    at += 1;
                }
                FormatElement::Literal(start as u8, at as u8)
            };
            count += 1;
        }
        AddressFormat { text, elements, count, components, outwards, code_beside_area }
    }

    /// The format as libaddressinput writes it.
    pub fn as_str(&self) -> &'static str {
        self.text
    }

    /// The components that the format has a place for.
    pub fn components(&self) -> Components {
        self.components
    }

    /// Whether the address runs from the recipient outwards; East Asian scripts begin at the other end.
    pub fn is_outwards(&self) -> bool {
        self.outwards
    }

    /// Whether the postal code shares its line with the administrative area and not with the locality.
    pub(super) fn has_code_beside_area(&self) -> bool {
        self.code_beside_area
    }

    /// The steps, in order.
    pub(super) fn elements(&self) -> &[FormatElement] {
        &self.elements[..self.count]
    }

    /// The text of an [`FormatElement::Literal`].
    pub(super) fn literal(&self, from: u8, to: u8) -> &'static str {
        self.text.get(from.into()..to.into()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "unknown token")]
    fn an_unknown_token_stops_the_build() {
        AddressFormat::new("%N%n%O%n%A%n%T%n%F, %L%n%C %Z%n%S");
    }

    #[test]
    fn elements_are_tokens_and_the_text_between_them() {
        let format = AddressFormat::new("〒%Z%n%C, %S");
        assert_eq!(format.literal(9, 11), ", ");
        assert_eq!(
            format.elements(),
            [
                FormatElement::Literal(0, 3),
                FormatElement::Component(Component::PostalCode),
                FormatElement::Newline,
                FormatElement::Component(Component::Locality),
                FormatElement::Literal(9, 11),
                FormatElement::Component(Component::AdministrativeArea),
            ]
        );
    }
}
