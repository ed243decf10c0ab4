//! Where libaddressinput's data is not what the post of a country wants on an envelope.
//!
//! The generated table stays as it is published; every correction is a row here, with what it is for and
//! where that is known from. Nineteen rows take away a prefix or name that the table's layouts hard-code:
//! AX, AZ, CH, FI, FO, GG, GI, HR, HT, JE, LI, LT, LU, MC, MD, PR, SE, SG and SI.

use super::code_index::{CodeIndex, code_index, place};
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
    /// Whether its post wants no capitals on mail within the country.
    pub keeps_letters_at_home: bool,
    /// What stands directly in front of a postal code that the directory has without it, and from where.
    pub code_prefix: Option<CodePrefix>,
    /// The locality of an address that names none: that of a city-state.
    pub locality: &'static str,
    /// ISO 3166-1 alpha-2 code of the country whose name stands behind its own one on the country line.
    pub part_of: &'static str,
    /// Whether the administrative area is set by its abbreviation.
    pub abbreviates_area: bool,
    /// The country by whose post it is served as a state, with its code for the state's abbreviation; empty where it
    /// has a post of its own.
    pub post_of: &'static str,
    /// Why the row is there.
    pub reason: &'static str,
    /// Where that is known from.
    pub source: &'static str,
}

/// What a post wants in front of a postal code.
#[derive(Clone, Copy, Debug)]
pub struct CodePrefix {
    /// The text, with its separator: "CP ", "LV-".
    pub text: &'static str,
    /// Whether mail within the country goes without it.
    pub only_from_abroad: bool,
}

/// A row that corrects nothing, for rows that correct little.
const NONE: Overlay = Overlay {
    country: "",
    format: None,
    latin: None,
    required: None,
    capitals: None,
    keeps_letters_at_home: false,
    code_prefix: None,
    locality: "",
    part_of: "",
    abbreviates_area: false,
    post_of: "",
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

/// A territory, or a state in free association, that the United States Postal Service serves.
const fn of_us_post(country: &'static str) -> Overlay {
    Overlay {
        country,
        format: format("%N%n%O%n%A%n%C %S %Z"),
        required: components("ACZ"),
        capitals: components("ACNOS"),
        post_of: "US",
        reason: "its code is the state's abbreviation in the US post, whose domestic mail it is",
        source: "USPS Publication 28, appendix B; USPS Domestic Mail Manual 608.2",
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
static PLACES: CodeIndex = code_index!(OVERLAYS, country);

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
    Overlay {
        country: "AL",
        format: format("%N%n%O%n%A%n%Z-%C"),
        reason: "the code stands in front of the town, with a hyphen",
        source: "Posta Shqiptare, postal codes of 2006",
        ..NONE
    },
    Overlay {
        country: "AM",
        format: format("%N%n%O%n%A%n%Z %C%n%S"),
        latin: format("%N%n%O%n%A%n%Z %C%n%S"),
        reason: "the code stands in front of the town",
        source: "UPU addressing sheet, Armenia",
        ..NONE
    },
    of_us_post("AS"),
    abbreviated("AU", "Australia Post, Addressing guidelines"),
    Overlay {
        country: "AX",
        format: format("%O%n%N%n%A%n%Z %C"),
        code_prefix: Some(CodePrefix { text: "AX-", only_from_abroad: true }),
        part_of: "FI",
        reason: "from abroad the code has its prefix, and Finland stands behind the islands' name",
        source: "Åland Post, Adressering till utlandet",
        ..NONE
    },
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
        country: "DE",
        keeps_letters_at_home: true,
        reason: "capitals are for mail from abroad",
        source: "DIN 5008:2020",
        ..NONE
    },
    Overlay {
        country: "EC",
        format: format("%N%n%O%n%A%n%D%n%Z - %C%n%S"),
        reason: "the code stands in front of the town",
        source: "UPU addressing sheet, Ecuador",
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
    of_us_post("FM"),
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
        keeps_letters_at_home: true,
        reason: "the locality stands over the post town, a county under it; the code has its capitals anyway",
        source: "Royal Mail, Programmers' guide to the PAF; Clear addressing",
        ..NONE
    },
    unnamed("GG", "%N%n%O%n%A%n%C%n%Z"),
    Overlay { locality: "Gibraltar", ..unnamed("GI", "%N%n%O%n%A%n%C%n%Z") },
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
    of_us_post("GU"),
    Overlay {
        country: "HK",
        locality: "Hong Kong",
        reason: "Hong Kong is the whole that its areas are parts of, and stands below them",
        source: "Hongkong Post, Correct addressing",
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
        country: "JM",
        required: components("AC"),
        reason: "towns with a sector, such as Kingston 10, need no parish",
        source: "Jamaica Post, Addressing your mail",
        ..NONE
    },
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
        format: format("%N%n%O%n%A%n%D%n%C%n%S%n%Z"),
        reason: "the address runs from the recipient outwards, in both scripts",
        source: "Kazpost, requirements for addresses: locality, province and code, a line each",
        ..NONE
    },
    unprefixed("LI", "%O%n%N%n%A%n%Z %C"),
    Overlay {
        country: "LK",
        format: format("%N%n%O%n%A%n%D%n%C %Z"),
        reason: "the code stands behind the town",
        source: "Sri Lanka Post, Proper addressing of mail",
        ..NONE
    },
    Overlay {
        country: "LT",
        format: format("%O%n%N%n%A%n%C%n%Z %S"),
        reason: "the code is that of the municipality and stands in front of it, under the village",
        source: "Lietuvos paštas, Taisyklingas adresavimas",
        ..NONE
    },
    unprefixed("LU", "%O%n%N%n%A%n%Z %C"),
    Overlay {
        country: "LV",
        format: format("%N%n%O%n%A%n%C%n%S, %Z"),
        code_prefix: Some(CodePrefix { text: "LV-", only_from_abroad: false }),
        reason: "town, region and code run from the smaller to the larger; the prefix belongs to the code",
        source: "Latvijas Pasts, Preparation of postal items",
        ..NONE
    },
    Overlay { locality: "Monaco", ..unprefixed("MC", "%N%n%O%n%A%n%Z %C %X") },
    unprefixed("MD", "%N%n%O%n%A%n%Z %C"),
    of_us_post("MH"),
    of_us_post("MP"),
    Overlay {
        country: "MT",
        format: format("%N%n%O%n%A%n%C%n%Z"),
        reason: "the code stands under the locality",
        source: "UPU addressing sheet, Malta",
        ..NONE
    },
    Overlay {
        country: "MU",
        format: format("%N%n%O%n%A%n%C %Z"),
        reason: "the code stands behind the town",
        source: "Mauritius Post; UPU addressing sheet, Mauritius",
        ..NONE
    },
    abbreviated("MX", "UPU addressing sheet, Mexico"),
    Overlay {
        country: "MZ",
        format: format("%N%n%O%n%A%n%Z %C%n%S"),
        reason: "the table's layout runs town and province into one word",
        source: "the layout itself, which has no separator between %C and %S",
        ..NONE
    },
    Overlay {
        country: "NL",
        format: format("%O%n%N%n%A%n%Z  %C"),
        reason: "two spaces between postal code and town",
        source: "PostNL, Addressing",
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
    of_us_post("PR"),
    of_us_post("PW"),
    Overlay {
        country: "RO",
        format: format("%N%n%O%n%A%n%S%n%Z %C"),
        capitals: components("C"),
        reason: "the county does not stand between the code and the town",
        source: "UPU addressing sheet, Romania",
        ..NONE
    },
    unprefixed("SE", "%O%n%N%n%A%n%Z %C"),
    Overlay { locality: "Singapore", ..unnamed("SG", "%N%n%O%n%A%n%C %Z") },
    unprefixed("SI", "%N%n%O%n%A%n%Z %C"),
    abbreviated("SO", "UPU addressing sheet, Somalia"),
    Overlay {
        country: "SV",
        format: format("%N%n%O%n%A%n%Z %C%n%S"),
        code_prefix: Some(CodePrefix { text: "CP ", only_from_abroad: false }),
        reason: "a space between code and town, and the code with its label",
        source: "UPU addressing sheet, El Salvador",
        ..NONE
    },
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
        reason: "the district belongs to the street, the city or county is the place sorted by",
        source: "Chunghwa Post, Address writing, International mail",
        ..NONE
    },
    of_us_post("UM"),
    abbreviated("US", "USPS Publication 28, appendix B"),
    Overlay {
        country: "VG",
        format: format("%N%n%O%n%A%n%D%n%C, %S %Z"),
        capitals: components("CS"),
        reason: "the island stands behind the town, and the code behind both",
        source: "Government of the Virgin Islands, addresses of BVI Post",
        ..NONE
    },
    of_us_post("VI"),
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
