//! What posts, ISO 3166-2 and other lists print is no mistake.
//!
//! Only facts are here, each with who says so. `published-codes.txt` has codes of brick/postcode's tests (MIT), of
//! Shopify's worldwide (MIT) and of GeoNames (CC BY 4.0); `published-addresses.jsonl` has worldwide's example address of
//! each country; `tests/interop/postal.sh` reads ISO 3166-2 as pycountry has
//! it.

use std::collections::BTreeSet;

use officedir::model::Address;
use officedir::postal::{AddressProblem, LayoutOptions, countries, layout, problems};

use crate::{Components, address};

/// Addresses that their posts deliver, with who says so.
const RIGHT: &[(&str, Components, &str)] = &[
    ("MM", &[('Z', "1508203")], "Myanmar postal code 1.0 (2021): seven digits"),
    ("PY", &[('Z', "001015")], "DINACOPA: six digits since June 2018"),
    ("KZ", &[('Z', "A15E3H4")], "Kazpost: a letter and six characters since 2015"),
    ("KZ", &[('Z', "050000")], "Kazpost: six digits remain valid"),
    ("EG", &[('Z', "1234567"), ('s', "C")], "UPU sheet: five or seven digits"),
    ("EG", &[('Z', "11511"), ('s', "C")], "UPU sheet: five or seven digits"),
    ("SV", &[('Z', "1101"), ('S', "San Salvador")], "Correos de El Salvador: four digits"),
    ("SV", &[('Z', "CP 1120"), ('S', "San Salvador")], "UPU sheet: CP 1120 MEJICANOS"),
    ("LV", &[('Z', "1050")], "EU Interinstitutional style guide 9.1.5"),
    ("LV", &[('Z', "LV-1050")], "Latvijas Pasts"),
    ("LT", &[('Z', "LT-01108")], "EU Interinstitutional style guide 9.1.5"),
    ("LT", &[('Z', "01108")], "Lietuvos paštas, Taisyklingas adresavimas"),
    ("MD", &[('Z', "MD-2012")], "Poșta Moldovei"),
    ("MD", &[('Z', "2012")], "UPU sheet"),
    ("AZ", &[('Z', "AZ1066")], "Azerpost"),
    ("AZ", &[('Z', "AZ 1066")], "GeoNames"),
    ("HT", &[('Z', "HT6110")], "GeoNames"),
    ("MU", &[('Z', "R5133")], "Mauritius Post: R and four digits on Rodrigues"),
    ("SH", &[('Z', "TDCU 1ZZ")], "ISO 3166-1 has Tristan da Cunha under SH"),
    ("NG", &[('Z', "EK-01-A03-FK-01"), ('s', "EK")], "NIPOST, digital postcode"),
    ("NG", &[('Z', "110001"), ('S', "Ogun")], "ISO 3166-2:NG-OG"),
    ("IN", &[('Z', "110 001")], "India Post prints the PIN with a gap"),
    ("IN", &[('Z', "751001"), ('S', "Odisha"), ('s', "OD")], "ISO 3166-2:IN since 2023"),
    ("IN", &[('Z', "492001"), ('s', "CG")], "ISO 3166-2:IN since 2023"),
    ("MZ", &[('Z', "1100"), ('S', "Maputo"), ('s', "MPM")], "ISO 3166-2:MZ: the city"),
    ("MZ", &[('Z', "1100"), ('S', "Maputo"), ('s', "L")], "ISO 3166-2:MZ: the province"),
    ("CN", &[('Z', "100020"), ('S', "Beijing"), ('s', "BJ")], "ISO 3166-2:CN since 2017"),
    ("TW", &[('Z', "893001"), ('S', "Kinmen County"), ('s', "KIN")], "ISO 3166-2:TW"),
    ("TW", &[('Z', "106409"), ('S', "臺北市")], "Chunghwa Post writes 臺"),
    ("TW", &[('Z', "106409"), ('S', "台北市")], "and everybody else 台"),
    ("TW", &[('Z', "300044"), ('S', "Hsinchu"), ('s', "HSZ")], "ISO 3166-2:TW: city and county"),
    ("KR", &[('Z', "24266"), ('S', "강원특별자치도")], "a special province since 2023-06-11"),
    ("KR", &[('Z', "54968"), ('S', "전북특별자치도")], "a special province since 2024-01-18"),
    ("PH", &[('Z', "3800"), ('S', "Kalinga")], "PHLPost: Tabuk, Kalinga"),
    ("VE", &[('Z', "1010"), ('S', "Distrito Capital")], "ISO 3166-2:VE-A"),
    ("PE", &[('Z', "15074"), ('S', "Lima")], "ISO 3166-2:PE-LIM"),
    ("ID", &[('Z', "98811"), ('S', "Papua Tengah"), ('s', "PT")], "ISO 3166-2:ID since 2022"),
    ("HK", &[('S', "Kowloon"), ('s', "KL")], "ISO 3166-2 has no codes for Hong Kong"),
    ("IT", &[('Z', "20121"), ('S', "Milano"), ('s', "25")], "ISO 3166-2:IT: Lombardia"),
    ("ES", &[('Z', "08001"), ('S', "Barcelona"), ('s', "CT")], "ISO 3166-2:ES: Catalunya"),
    ("ES", &[('Z', "33001"), ('S', "Principado de Asturias"), ('s', "AS")], "ISO 3166-2:ES"),
    ("BR", &[('Z', "01310-100"), ('S', "Sao Paulo")], "São Paulo without its accent"),
];

#[test]
fn what_is_published_is_right() {
    for &(country, components, authority) in RIGHT {
        let components = [&[('A', "1 Main Road"), ('C', "Town")], components].concat();
        let address = address(country, &components);
        let found: Vec<String> = problems(&address).iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{country} {components:?}, {authority}: {found:?}");
    }
}

/// South Korea's Sejong has no municipalities, and Kingston's sectors are in no parish.
#[test]
fn parts_that_a_place_does_not_have_are_not_missing() {
    let components: &[(&str, Components)] = &[
        ("KR", &[('A', "1 Hannuri-daero"), ('S', "세종특별자치시"), ('Z', "30151")]),
        ("KR", &[('A', "1 Hannuri-daero"), ('S', "Sejong"), ('s', "50"), ('Z', "30151")]),
        ("JM", &[('A', "1 King Street"), ('C', "Kingston 10")]),
    ];
    for (country, components) in components {
        let address = address(country, components);
        assert!(problems(&address).is_empty(), "{country} {components:?}");
    }
}

/// The problems of an address, in a sentence each with its help.
fn said(country: &str, components: &[(char, &str)]) -> String {
    let components = [&[('A', "1 Main Road"), ('C', "Town")], components].concat();
    let address = address(country, &components);
    let said = problems(&address);
    let said = said.iter().map(|it| format!("{it}: {}", it.help().unwrap_or_default()));
    said.collect::<Vec<_>>().join("; ")
}

#[test]
fn withdrawn_codes_have_a_successor() {
    let cases = [
        ("CN", "11", "\"11\" is a former code of Beijing Shi: write \"BJ\""),
        ("CN", "15", "\"15\" is a former code of Neimenggu Zizhiqu: write \"NM\""),
        ("IN", "OR", "\"OR\" is a former code of Odisha: write \"OD\""),
        ("MX", "DIF", "\"DIF\" is a former code of Ciudad de México: write \"CMX\""),
        // Divided into two provinces in 2022.
        ("PH", "MAG", "\"MAG\" is a former code of Maguindanao: "),
    ];
    for (country, code, expected) in cases {
        let found = said(country, &[('s', code), ('Z', "")]);
        assert!(found.contains(expected), "{country} {code}: {found}");
    }
}

/// Whatever is said names something: no code and no name is empty.
#[test]
fn no_help_is_empty() {
    for country in officedir::postal::countries() {
        for subdivision in country.subdivisions {
            let text = format!("{}x", subdivision.latin_name());
            for components in [[('S', &*text), ('s', "")], [('S', subdivision.name), ('s', "Q9Q")]]
            {
                let address = address(country.code, &components);
                for problem in problems(&address) {
                    let said = format!("{problem} {}", problem.help().unwrap_or_default());
                    assert!(!said.contains("\"\"") && !said.contains("  "), "{said}");
                }
            }
        }
    }
}

/// A name that is none here is not taken for another that is one.
#[test]
fn no_other_state_is_suggested() {
    let no_suggestion = |country: &str, name: &str| {
        let address = address(country, &[('S', name)]);
        problems(&address).iter().all(|problem| {
            !matches!(problem, AddressProblem::UnknownSubdivision { suggestion: Some(_), .. })
        })
    };
    for country in officedir::postal::countries() {
        for subdivision in country.subdivisions {
            for name in [subdivision.name, subdivision.latin, subdivision.key] {
                assert!(name.is_empty() || no_suggestion(country.code, name), "{name}");
            }
        }
    }
    let others =
        [("ID", "Papua Baru"), ("RU", "Evenkiyskiy avtonomnyy okrug"), ("NG", "Biafra State")];
    for (country, name) in others {
        assert!(no_suggestion(country, name), "{name}");
    }
    assert!(!no_suggestion("AU", "Victorria"));
    assert!(!no_suggestion("IN", "Maharastra"));
}

/// Countries with codes in the list that deserve a second look, and why.
const UNUSUAL: &[(&str, &str)] = &[
    ("AD", "123 is in no range that La Poste and Correos share out"),
    ("CC", "6799 is the one code of the islands"),
    ("CR", "the four additional digits are planned"),
    ("CX", "6798 is the one code of the island"),
    ("CY", "five digits are codes of the northern part"),
    ("FR", "CEDEX is a sorting code"),
    ("GB", "the list has made-up codes: units have no C"),
    ("GF", "CEDEX is a sorting code"),
    ("GL", "2412 is Santa Claus"),
    ("GP", "CEDEX is a sorting code"),
    ("ME", "the list has a made-up code: all begin with 8"),
    ("MM", "five digits until 2021"),
    ("MQ", "CEDEX is a sorting code"),
    ("NF", "2899 is the one code of the island"),
    ("PY", "four digits until 2018"),
    ("RE", "CEDEX is a sorting code"),
    ("SZ", "the list has made-up codes: the regions are H, L, M and S"),
];

/// What is wrong with the postal code of an address; one that stops at the delivery area is right.
fn of_code<'a>(address: &'a Address<'_>) -> Option<AddressProblem<'a>> {
    let of_code = |problem: &AddressProblem<'_>| {
        problem.member() == "postal_code"
            && !matches!(
                problem,
                AddressProblem::Missing { .. } | AddressProblem::ShortPostalCode { .. }
            )
    };
    problems(address).into_iter().find(of_code)
}

#[test]
fn codes_that_others_publish_are_no_errors() {
    let lines = include_str!("published-codes.txt").lines().filter(|line| !line.starts_with('#'));
    let mut unusual = BTreeSet::new();
    let mut codes = 0;
    for line in lines {
        let (country, list) = line.split_once(' ').unwrap();
        // The Canary Islands are Spain's by ISO 3166-1.
        for code in list.split('|').filter(|_| country != "IC") {
            codes += 1;
            let written = address(country, &[('Z', code)]);
            match of_code(&written) {
                None => {}
                Some(AddressProblem::UnusualPostalCode { .. }) => drop(unusual.insert(country)),
                Some(AddressProblem::PostalCodeForm { corrected, .. }) => {
                    let corrected = address(country, &[('Z', &corrected)]);
                    let left = of_code(&corrected);
                    let is_right =
                        matches!(left, None | Some(AddressProblem::UnusualPostalCode { .. }));
                    assert!(is_right, "{country} {code}: {left:?}");
                }
                found => panic!("{country} {code}: {found:?}"),
            }
        }
    }
    assert!(codes > 1_000, "{codes}");
    let explained: BTreeSet<&str> = UNUSUAL.iter().map(|(country, _)| *country).collect();
    assert_eq!(unusual, explained);
}

/// Why an area is asked for.
const NO_AREA: &str = "the record has no area, which libaddressinput's data has as needed";
/// What the addresses deserve a second look for, and why. All of it is a warning.
const SECOND_LOOKS: &[(&str, &str)] = &[
    ("AU: mail to Australia needs a postal code", "the record has none"),
    ("HN: mail to Honduras needs an administrative area", NO_AREA),
    ("IQ: mail to Iraq needs an administrative area", NO_AREA),
    ("KN: mail to St. Kitts & Nevis needs an administrative area", NO_AREA),
    ("KY: mail to Cayman Islands needs an administrative area", NO_AREA),
    ("MX: \"DF\" is a former code of Ciudad de México", "CMX since 2016"),
    ("MY: Malaysia has no administrative area \"KUL\"", "ISO 3166-2 has 14"),
    ("NR: mail to Nauru needs an administrative area", NO_AREA),
    ("PF: mail to French Polynesia needs an administrative area", NO_AREA),
    ("PG: mail to Papua New Guinea needs an administrative area", NO_AREA),
    ("PN: mail to Pitcairn Islands needs a street or a post-office box", "the record has none"),
    ("SO: mail to Somalia needs an administrative area", NO_AREA),
    ("TA: mail to Tristan da Cunha needs a street or a post-office box", "the record has none"),
    ("TW: mail to Taiwan needs an administrative area", NO_AREA),
    ("TW: the postal code \"110\" names no more than a delivery area", "three digits until 2020"),
];

#[test]
fn addresses_that_others_publish_are_no_errors() {
    let mut found = BTreeSet::new();
    for row in include_str!("published-addresses.jsonl").lines() {
        let address: Address<'_> = serde_json::from_str(row).unwrap();
        for problem in problems(&address) {
            let is_error = matches!(
                problem,
                AddressProblem::UnknownCountry { .. } | AddressProblem::PostalCode { .. }
            );
            assert!(!is_error, "{row}");
            found.insert(format!("{}: {problem}", address.country));
        }
    }
    let explained: BTreeSet<String> =
        SECOND_LOOKS.iter().map(|(problem, _)| (*problem).to_owned()).collect();
    assert_eq!(found, explained);
}

/// The prefix that layouts put in front of a code may stand in the directory too: it is no mistake there, or one that is
/// corrected, and mail has it once.
#[test]
fn the_prefix_of_mail_is_right_in_the_directory() {
    let mut prefixed = 0;
    for country in countries() {
        let Some(prefix) = country.overlay().and_then(|row| row.code_prefix) else { continue };
        let example = country.postal_code().unwrap().example;
        let code = example.trim_start_matches(|it: char| !it.is_ascii_digit());
        let [bare, whole] = ["", prefix.text].map(|prefix| Address {
            postal_code: Some(format!("{prefix}{code}").into()),
            country: country.code.into(),
            ..Address::default()
        });
        for address in [&bare, &whole] {
            let is_wrong =
                |it: &AddressProblem<'_>| matches!(it, AddressProblem::PostalCode { .. });
            assert!(!problems(address).iter().any(is_wrong), "{}", country.code);
        }
        let set = |address| layout(address, &LayoutOptions::default()).to_lines();
        assert_eq!(set(&bare), set(&whole));
        assert!(set(&bare).iter().any(|line| line.contains(prefix.text)), "{}", country.code);
        prefixed += 1;
    }
    assert_eq!(prefixed, 3);
}
