//! Where libaddressinput's data is not what the post of a country wants on an envelope.
//!
//! The generated table stays as it is published; every correction is a row here, with what it is for and
//! where that is known from. Nineteen rows take away a prefix or name that the table's layouts hard-code:
//! AX, AZ, CH, FI, FO, GG, GI, HR, HT, JE, LI, LT, LU, MC, MD, PR, SE, SG and SI.

use super::code_index::{CodeIndex, NOWHERE, letters, place};
use super::component::Components;
use super::format::AddressFormat;

/// A country's corrections; what is `None` stays as the table has it. `CONTRIBUTING.md` has an example of
/// adding one. A row without a reason or a source fails the tests.
#[derive(Debug)]
pub struct Overlay {
    /// ISO 3166-1 alpha-2 code.
    pub country: &'static str,
    /// The layout in the country's own script, and in Latin letters where `latin` has none.
    pub format: Option<AddressFormat>,
    /// The layout in Latin letters.
    pub latin: Option<AddressFormat>,
    /// The components that the post needs.
    pub required: Option<Components>,
    /// The components in capitals.
    pub capitals: Option<Components>,
    /// Whether the administrative area is set by its abbreviation.
    pub abbreviates_area: bool,
    /// What people get wrong about the postal codes; empty where nothing is known.
    pub code_note: &'static str,
    /// Why the row is there.
    pub reason: &'static str,
    /// Where that is known from.
    pub source: &'static str,
}

/// A row that corrects nothing, for rows that correct little.
const NONE: Overlay = Overlay {
    country: "",
    format: None,
    latin: None,
    required: None,
    capitals: None,
    abbreviates_area: false,
    code_note: "",
    reason: "",
    source: "",
};

/// A layout in a row.
const fn format(text: &'static str) -> Option<AddressFormat> {
    Some(AddressFormat::new(text))
}

/// A set of components in a row.
const fn components(letters: &str) -> Option<Components> {
    Some(Components::new(letters))
}

/// A layout whose postal code has the country's prefix in the table.
const fn unprefixed(country: &'static str, layout: &'static str) -> Overlay {
    Overlay {
        country,
        format: format(layout),
        reason: "a country code in front of the postal code is not wanted: the country stands on the \
                 last line, alone",
        source: "UPU S42; github.com/google/libaddressinput issue 72",
        ..NONE
    }
}

/// A layout that has the country's name in it in the table.
const fn unnamed(country: &'static str, layout: &'static str) -> Overlay {
    Overlay {
        country,
        format: format(layout),
        reason: "the country's name in the layout stands twice on mail from abroad",
        source: "github.com/commerceguys/addressing issue 137",
        ..NONE
    }
}

/// A country that abbreviates its states or provinces.
const fn abbreviated(country: &'static str, source: &'static str) -> Overlay {
    Overlay {
        country,
        abbreviates_area: true,
        reason: "the state or province is written by its abbreviation",
        source,
        ..NONE
    }
}

/// libaddressinput's layout of regions that it knows none of.
pub(super) static DEFAULT: AddressFormat = AddressFormat::new("%N%n%O%n%A%n%C");

/// Our layout of those regions: the default has no place for a district, a province or a postal code.
pub(super) static GENERIC: AddressFormat = AddressFormat::new("%N%n%O%n%A%n%D%n%C %Z%n%S");

/// The row of a country.
pub(super) fn overlay(country: &str) -> Option<&'static Overlay> {
    OVERLAYS.get(place(country, &PLACES)?)
}

/// Where each country's row is.
static PLACES: CodeIndex = {
    let mut places = [NOWHERE; 26 * 26];
    let mut at = 0;
    while at < OVERLAYS.len() {
        if let Some(letters) = letters(OVERLAYS[at].country) {
            places[letters] = at as u8;
        }
        at += 1;
    }
    places
};

/// Every row, by country code.
pub(super) static OVERLAYS: &[Overlay] = &[
    Overlay {
        country: "AE",
        capitals: components("S"),
        reason: "the emirate is the place that mail is sorted by; the table's default names the locality, which \
                 the layout has no place for",
        source: "UPU S42",
        ..NONE
    },
    abbreviated("AU", "Australia Post, Addressing guidelines"),
    unprefixed("AX", "%O%n%N%n%A%n%Z %C"),
    unprefixed("AZ", "%N%n%O%n%A%n%Z %C"),
    abbreviated("BR", "Correios, Guia de endereçamento"),
    Overlay {
        country: "CA",
        format: format("%N%n%O%n%A%n%C %S  %Z"),
        abbreviates_area: true,
        reason: "two spaces between province and postal code",
        source: "Canada Post, Addressing guidelines",
        ..NONE
    },
    unprefixed("CH", "%O%n%N%n%A%n%Z %C"),
    Overlay {
        country: "CI",
        format: format("%N%n%O%n%A%n%C %X"),
        reason: "the office number once, behind the town",
        source: "UPU addressing sheet, Côte d'Ivoire",
        ..NONE
    },
    Overlay {
        country: "ES",
        format: format("%N%n%O%n%A%n%Z %C%n%S"),
        reason: "the province stands on its own line, where it cannot be read as part of the town's name",
        source: "UPU addressing sheet, Spain",
        ..NONE
    },
    unprefixed("FI", "%O%n%N%n%A%n%Z %C"),
    unprefixed("FO", "%N%n%O%n%A%n%Z %C"),
    Overlay {
        country: "FR",
        format: format("%O%n%N%n%A%n%Z %C %X"),
        reason: "no place for CEDEX, which stands behind the town",
        source: "AFNOR NF Z10-011; La Poste, Rédiger une adresse",
        ..NONE
    },
    Overlay {
        country: "GB",
        format: format("%N%n%O%n%A%n%D%n%C%n%S%n%Z"),
        reason: "the locality stands over the post town, a county under it",
        source: "Royal Mail, Programmers' guide to the PAF",
        ..NONE
    },
    unnamed("GG", "%N%n%O%n%A%n%C%n%Z"),
    unnamed("GI", "%N%n%O%n%A%n%C%n%Z"),
    Overlay {
        country: "GN",
        format: format("%N%n%O%n%A%n%Z %C"),
        reason: "street and town do not share a line once the street has two",
        source: "UPU addressing sheet, Guinea",
        ..NONE
    },
    Overlay {
        country: "GT",
        format: format("%N%n%O%n%A%n%Z-%C"),
        reason: "one separator between postal code and town",
        source: "UPU addressing sheet, Guatemala",
        ..NONE
    },
    unprefixed("HR", "%N%n%O%n%A%n%Z %C"),
    unprefixed("HT", "%N%n%O%n%A%n%Z %C"),
    Overlay {
        country: "ID",
        format: format("%N%n%O%n%A%n%D%n%C%n%S %Z"),
        capitals: components("CS"),
        reason: "no place for the kelurahan or kecamatan; the province line is the one sorted by",
        source: "UPU addressing sheet, Indonesia",
        ..NONE
    },
    Overlay {
        country: "IN",
        format: format("%N%n%O%n%A%n%D%n%C %Z%n%S"),
        required: components("ACZ"),
        reason: "the PIN's first three digits name the sorting district, so mail needs no state",
        source: "India Post, Postal Index Number; UPU addressing sheet, India",
        ..NONE
    },
    Overlay {
        country: "IR",
        latin: format("%N%n%O%n%A%n%D%n%C%n%S%n%Z"),
        reason: "in Latin letters the address runs from the recipient outwards",
        source: "UPU addressing sheet, Iran",
        ..NONE
    },
    abbreviated("IT", "Poste Italiane, Standard di composizione degli indirizzi"),
    unnamed("JE", "%N%n%O%n%A%n%C%n%Z"),
    Overlay {
        country: "JP",
        format: format("〒%Z%n%S%C%D%n%A%n%O%n%N"),
        latin: format("%N%n%O%n%A%n%D, %C, %S %Z"),
        reason: "no place for the municipality, which was lost",
        source: "UPU addressing sheet, Japan; github.com/google/libaddressinput issue 244",
        ..NONE
    },
    Overlay {
        country: "KR",
        format: format("%S %C %D%n%A%n%O%n%N%n%Z"),
        latin: format("%N%n%O%n%A%n%D%n%C, %S %Z"),
        capitals: components("CS"),
        code_note: "Korean postal codes have five digits since 2015-08-01",
        reason: "the code stands right of the locality; names of units are words of their own",
        source: "UPU addressing sheet, Republic of Korea",
        ..NONE
    },
    Overlay {
        country: "KY",
        capitals: components("S"),
        reason: "the island is the place that mail is sorted by; the table's default names the locality, which \
                 the layout has no place for",
        source: "UPU S42",
        ..NONE
    },
    Overlay {
        country: "KZ",
        latin: format("%N%n%O%n%A%n%D%n%C%n%S%n%Z"),
        reason: "in Latin letters the address runs from the recipient outwards",
        source: "Kazpost, requirements for addresses: locality, province and code, a line each",
        ..NONE
    },
    unprefixed("LI", "%O%n%N%n%A%n%Z %C"),
    unprefixed("LT", "%O%n%N%n%A%n%Z %C %S"),
    unprefixed("LU", "%O%n%N%n%A%n%Z %C"),
    unprefixed("MC", "%N%n%O%n%A%n%Z %C %X"),
    unprefixed("MD", "%N%n%O%n%A%n%Z %C"),
    abbreviated("MX", "UPU addressing sheet, Mexico"),
    Overlay {
        country: "MZ",
        format: format("%N%n%O%n%A%n%Z %C%n%S"),
        reason: "the table's layout runs town and province into one word",
        source: "the layout itself, which has no separator between %C and %S",
        ..NONE
    },
    Overlay {
        country: "NR",
        capitals: components("S"),
        reason: "the district is the place that mail is sorted by; the table's default names the locality, which \
                 the layout has no place for",
        source: "UPU S42",
        ..NONE
    },
    Overlay {
        country: "PH",
        capitals: components("CS"),
        reason: "the line of the postal code is in capitals",
        source: "UPU addressing sheet, Philippines",
        ..NONE
    },
    Overlay {
        country: "PR",
        format: format("%N%n%O%n%A%n%C %S %Z"),
        reason: "PR is the state's abbreviation in the US post: set where the record gives it",
        source: "USPS Publication 28, appendix B",
        ..NONE
    },
    unprefixed("SE", "%O%n%N%n%A%n%Z %C"),
    unnamed("SG", "%N%n%O%n%A%n%C %Z"),
    unprefixed("SI", "%N%n%O%n%A%n%Z %C"),
    abbreviated("SO", "UPU addressing sheet, Somalia"),
    Overlay {
        country: "TR",
        capitals: components("CS"),
        reason: "the province behind the stroke is in capitals like the district before it",
        source: "UPU addressing sheet, Türkiye",
        ..NONE
    },
    Overlay {
        country: "TW",
        capitals: components("S"),
        code_note: "Taiwanese postal codes have three digits for the delivery area and three for the road",
        reason: "the district belongs to the street, the city or county is the place sorted by",
        source: "Chunghwa Post, Address writing, International mail",
        ..NONE
    },
    abbreviated("UM", "USPS Publication 28, appendix B"),
    abbreviated("US", "USPS Publication 28, appendix B"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postal::countries;

    #[test]
    fn rows_are_in_order_and_say_why() {
        for (one, next) in OVERLAYS.iter().zip(&OVERLAYS[1..]) {
            let (one, next) = (one.country, next.country);
            assert!(
                one < next,
                "the row of {next} does not belong behind that of {one}, or is its second one"
            );
        }
        for row in OVERLAYS {
            assert!(
                countries().iter().any(|country| country.code == row.country),
                "{}",
                row.country
            );
            assert!(!row.reason.is_empty() && !row.source.is_empty(), "{}", row.country);
        }
    }

    /// What a layout of ours leaves in it is separators: no name, no prefix, no half of one.
    #[test]
    fn no_layout_has_words_of_its_own() {
        for country in countries() {
            let row = country.overlay();
            let own = row.and_then(|row| row.format).unwrap_or(country.format);
            let latin = row.and_then(|row| row.latin).or(country.latin_format);
            for format in [Some(own), latin].into_iter().flatten() {
                let words = format.as_str().replace('〒', "");
                let mut words = words.split('%').filter_map(|token| token.get(1..));
                assert!(
                    !words.any(|word| word.contains(char::is_alphanumeric)),
                    "{}",
                    country.code
                );
            }
        }
    }
}
