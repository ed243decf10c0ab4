use super::component::{Component, Components};

/// The layout of a country's addresses in libaddressinput's notation: `%N%n%O%n%A%n%Z %C`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    text: &'static str,
    components: Components,
    outwards: bool,
    code_beside_area: bool,
}

/// One step of a [`Format`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Newline,
    Component(Component),
    Literal(&'static str),
}

impl Format {
    /// A format whose tokens are all known.
    ///
    /// # Panics
    /// On an unknown token: newer data has more of them than this module can set, and a component
    /// without a place would be lost. The table is made of constants, so this stops the build.
    #[expect(clippy::panic, reason = "evaluated while the table is compiled")]
    pub(super) const fn new(text: &'static str) -> Format {
        let bytes = text.as_bytes();
        let mut components = Components::new("");
        let mut outwards = true;
        let mut line = Components::new("");
        let mut code_beside_area = false;
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b'%' {
                at += 1;
                match Component::from_letter(bytes[at]) {
                    Some(component) => {
                        components = components.with(component);
                        line = line.with(component);
                        if line.contains(Component::PostalCode) {
                            code_beside_area = line.contains(Component::AdministrativeArea)
                                && !line.contains(Component::Locality);
                        }
                    }
                    None if bytes[at] == b'n' => line = Components::new(""),
                    None => panic!("an unknown token in an address format"),
                }
                if bytes[at] == b'A' && !components.contains(Component::Recipient) {
                    outwards = false;
                }
            }
            at += 1;
        }
        Format { text, components, outwards, code_beside_area }
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

    pub(super) fn elements(&self) -> Elements {
        Elements { rest: self.text }
    }
}

/// See [`Format::elements`].
pub(super) struct Elements {
    rest: &'static str,
}

impl Iterator for Elements {
    type Item = Element;

    fn next(&mut self) -> Option<Element> {
        let first = *self.rest.as_bytes().first()?;
        let length = match first {
            b'%' => 2,
            _ => self.rest.bytes().position(|byte| byte == b'%').unwrap_or(self.rest.len()),
        };
        let (element, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(match element.as_bytes() {
            [b'%', b'n'] => Element::Newline,
            [b'%', letter] => Element::Component(Component::from_letter(*letter)?),
            _ => Element::Literal(element),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "unknown token")]
    fn an_unknown_token_stops_the_build() {
        Format::new("%N%n%O%n%A%n%T%n%F, %L%n%C %Z%n%S");
    }

    #[test]
    fn elements_are_tokens_and_the_text_between_them() {
        let elements: Vec<Element> = Format::new("〒%Z%n%C, %S").elements().collect();
        assert_eq!(
            elements,
            [
                Element::Literal("〒"),
                Element::Component(Component::PostalCode),
                Element::Newline,
                Element::Component(Component::Locality),
                Element::Literal(", "),
                Element::Component(Component::AdministrativeArea),
            ]
        );
    }
}
