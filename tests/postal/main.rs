//! How addresses are set, for every country of the table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod authorities;
mod countries;
mod golden;
#[path = "../support/golden.rs"]
mod golden_files;
mod invariants;
mod opencage;
mod problems;
mod published;
mod raw;
mod shapes;

use officedir::model::{Address, Text};

/// The components of an address by the letters of libaddressinput's format tokens; `A` once for each
/// line, `B` is the box, `c` the care-of line, `s` the administrative area's code. `N` and `O` belong to
/// the layout's options.
type Components = &'static [(char, &'static str)];

/// A country, the components of an address there, and its lines.
type Case = (&'static str, Components, &'static [&'static str]);

/// The address of those components.
fn address<'a>(country: &'a str, components: &[(char, &'a str)]) -> Address<'a> {
    let mut address = Address { country: country.into(), ..Address::default() };
    for &(letter, text) in components {
        let text = Text::from(text);
        match letter {
            'A' => address.address_lines.push(text),
            'B' => address.post_office_box = Some(text),
            'C' => address.locality = Some(text),
            'D' => address.dependent_locality = Some(text),
            'N' | 'O' => {}
            'S' => address.administrative_area = Some(text),
            'X' => address.sorting_code = Some(text),
            'Z' => address.postal_code = Some(text),
            'c' => address.care_of = Some(text),
            's' => address.administrative_area_code = Some(text),
            _ => panic!("{letter} is no component"),
        }
    }
    address
}
