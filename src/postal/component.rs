//! The components of an address that a layout has places for, and sets of them.

use std::fmt;

/// A part of an address that a layout has a place for, in the terms of libaddressinput. The letters are
/// those of its format strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// `%N`: the person.
    Recipient,
    /// `%O`: the organisation.
    Organization,
    /// `%A`: street, building, floor, post-office box.
    AddressLines,
    /// `%D`: suburb or district.
    DependentLocality,
    /// `%C`: city, town or village.
    Locality,
    /// `%S`: state, province or prefecture.
    AdministrativeArea,
    /// `%Z`: postal code.
    PostalCode,
    /// `%X`: sorting code, such as CEDEX.
    SortingCode,
}

impl Component {
    /// Every component, in the order of the variants.
    pub const ALL: [Component; 8] = [
        Component::Recipient,
        Component::Organization,
        Component::AddressLines,
        Component::DependentLocality,
        Component::Locality,
        Component::AdministrativeArea,
        Component::PostalCode,
        Component::SortingCode,
    ];

    /// The component of a format token's letter.
    pub(super) const fn from_letter(letter: u8) -> Option<Component> {
        Some(match letter {
            b'N' => Component::Recipient,
            b'O' => Component::Organization,
            b'A' => Component::AddressLines,
            b'D' => Component::DependentLocality,
            b'C' => Component::Locality,
            b'S' => Component::AdministrativeArea,
            b'Z' => Component::PostalCode,
            b'X' => Component::SortingCode,
            _ => return None,
        })
    }
}

impl Component {
    /// The member of an address that holds the component.
    pub(super) fn member(self) -> &'static str {
        match self {
            // An address has neither: the office's name is on the envelope.
            Component::Recipient | Component::Organization => "name",
            Component::AddressLines => "address_lines",
            Component::DependentLocality => "dependent_locality",
            Component::Locality => "locality",
            Component::AdministrativeArea => "administrative_area",
            Component::PostalCode => "postal_code",
            Component::SortingCode => "sorting_code",
        }
    }
}

impl fmt::Display for Component {
    /// The component in a sentence, with its article: "a postal code".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Component::Recipient => "a recipient",
            Component::Organization => "an organisation",
            Component::AddressLines => "a street or a post-office box",
            Component::DependentLocality => "a dependent locality",
            Component::Locality => "a locality",
            Component::AdministrativeArea => "an administrative area",
            Component::PostalCode => "a postal code",
            Component::SortingCode => "a sorting code",
        })
    }
}

/// A set of components, in one byte: sets are part of the table of countries, which is compiled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Components(u8);

impl Components {
    /// The set of those token letters, such as "ACZ".
    ///
    /// # Panics
    /// On a letter that is no component. The table is made of constants, so this stops the build.
    #[expect(clippy::panic, reason = "evaluated while the table is compiled")]
    pub(super) const fn new(letters: &str) -> Components {
        let bytes = letters.as_bytes();
        let mut set = Components(0);
        let mut at = 0;
        while at < bytes.len() {
            match Component::from_letter(bytes[at]) {
                Some(component) => set = set.with(component),
                None => panic!("a letter that is no address component"),
            }
            at += 1;
        }
        set
    }

    /// The set with that component.
    pub(super) const fn with(self, component: Component) -> Components {
        // There are eight components, and each is a bit of the byte.
        Components(self.0 | 1 << component as u8)
    }

    /// The set without those of another.
    pub(super) const fn without(self, others: Components) -> Components {
        Components(self.0 & !others.0)
    }

    /// Whether the component is in the set.
    pub const fn contains(self, component: Component) -> bool {
        self.0 & 1 << component as u8 != 0
    }

    /// Whether there is no component in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The components of the set, in the order of [`Component::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Component> {
        Component::ALL.into_iter().filter(move |&component| self.contains(component))
    }
}
