//! What holds for every address of every country: nothing lost, nothing twice, nothing astray.

use officedir::model::Printed;
use officedir::postal::{AddressLabel, Country, LayoutOptions, Script, countries, layout};
use proptest::prelude::*;

use crate::{Case, address};

/// Component letters with texts that occur nowhere else. Without i, whose capital is another letter in
/// Turkey.
const TEXTS: &[(char, &str)] = &[
    ('c', "Caretaker"),
    ('A', "Road 55"),
    ('B', "Box 66"),
    ('D', "Suburb"),
    ('C', "Town"),
    ('S', "Shore"),
    ('X', "Sort 77"),
    ('Z', "98765"),
];
const NAMES: [&str; 2] = ["Person", "Company"];

/// Every country, every choice of components, from at home and from abroad, in both layouts.
#[test]
fn every_choice_of_components_is_set_whole() {
    for country in countries() {
        let abroad = if country.code == "DE" { "JP" } else { "DE" };
        for choice in 0..1 << TEXTS.len() {
            let chosen: Vec<(char, &str)> = (TEXTS.iter().enumerate())
                .filter(|(at, _)| choice & 1 << at != 0)
                .map(|(_, &text)| text)
                .collect();
            let texts: Vec<&str> = chosen.iter().map(|(_, text)| *text).chain(NAMES).collect();
            let mut address = address(country.code, &chosen);
            address.printed = Some(Box::new(Printed {
                postal_code: Some("obsolete".into()),
                ..Printed::default()
            }));
            for from in [country.code, abroad] {
                for script in [Script::Latin, Script::Local] {
                    let options = LayoutOptions {
                        recipient: Some(NAMES[0]),
                        organization: Some(NAMES[1]),
                        from: Some(from),
                        script,
                        ..LayoutOptions::default()
                    };
                    let label = layout(&address, &options);
                    check_lines(country, &label, &texts);
                    assert_eq!(label.country_line().is_some(), from != country.code);
                }
            }
        }
    }
}

/// Takes the components out of every line and looks at what is left.
fn check_lines(country: &Country, label: &AddressLabel, texts: &[&str]) {
    let mut found = 0;
    for line in label.lines() {
        let context = format!("{}: {line:?} of {label:?}", country.code);
        let mut rest = line.to_lowercase();
        for text in texts {
            let parts: Vec<&str> = rest.split(&text.to_lowercase()).collect();
            assert!(parts.len() <= 2, "{text} twice in {context}");
            found += parts.len() - 1;
            rest = parts.join("\0");
        }
        let mut literals: Vec<&str> = rest.split('\0').collect();
        let (start, end) = (literals.remove(0), literals.pop());
        assert!(matches!(start, "" | "〒" | "c/o "), "{start:?} before {context}");
        assert_eq!(end, Some(""), "behind {context}");
        for literal in literals {
            let allowed = match literal {
                " " | ", " | "-" | " - " | "/" => true,
                "  " => country.code == "CA",
                // Scripts without spaces, which run from the country inwards.
                "" => matches!(country.code, "CN" | "JP" | "TW"),
                _ => false,
            };
            assert!(allowed, "{literal:?} between components in {context}");
        }
    }
    assert_eq!(found, texts.len(), "components of {}: {label:?}", country.code);
}

/// The country line is the last one, in the origin's language where it is written in Latin letters.
#[test]
fn the_country_line_follows_the_origin() {
    let cases = [
        ("JP", Some("DE"), None, Some("JAPAN")),
        ("DE", Some("BR"), None, Some("ALEMANHA")),
        ("DE", Some("US"), None, Some("GERMANY")),
        ("DE", Some("JP"), None, Some("GERMANY")),
        ("DE", Some("JP"), Some("ja"), Some("ドイツ")),
        ("DE", Some("fr"), None, Some("ALLEMAGNE")),
        ("DE", Some("US"), Some("de-AT"), Some("DEUTSCHLAND")),
        ("DE", Some("BR"), Some("tlh"), Some("ALEMANHA")),
        ("DE", Some("DE"), Some("fr"), None),
        ("DE", Some("de"), None, None),
        ("DE", None, None, Some("GERMANY")),
        ("ES", Some("TR"), None, Some("İSPANYA")),
        ("CW", Some("DE"), None, Some("CURAÇAO")),
        ("HK", Some("US"), None, Some("HONG KONG")),
        ("XX", Some("US"), None, Some("XX")),
    ];
    for (country, from, language, expected) in cases {
        let options = LayoutOptions { from, language, ..LayoutOptions::default() };
        let label = layout(&address(country, &[('C', "Town")]), &options);
        assert_eq!(label.country_line(), expected, "{country} from {from:?} {language:?}");
        assert_eq!(label.all_lines().last(), expected.or(Some("TOWN")));
    }
}

/// An address without a country has no country line, and no empty one either.
#[test]
fn no_country_has_no_line() {
    for country in ["", " "] {
        let label = layout(&address(country, &[('C', "Town")]), &LayoutOptions::default());
        assert_eq!(label.all_lines().collect::<Vec<_>>(), ["TOWN"]);
    }
}

/// A name that two components share, or that a city shares with its country, is set once.
#[test]
fn nothing_is_set_twice() {
    let cases: [Case; 6] = [
        (
            "SG",
            &[('A', "1 Raffles Place"), ('C', "Singapore"), ('Z', "048616")],
            &["1 Raffles Place", "SINGAPORE 048616", "SINGAPORE"],
        ),
        ("SG", &[('C', "Singapore")], &["SINGAPORE"]),
        ("AE", &[('C', "Dubai"), ('S', "Dubai")], &["DUBAI", "UNITED ARAB EMIRATES"]),
        ("SV", &[('C', "Ahuachapán"), ('S', "AHUACHAPÁN")], &["AHUACHAPÁN", "EL SALVADOR"]),
        ("US", &[('C', "New York"), ('S', "New York")], &["NEW YORK, NY", "UNITED STATES"]),
        ("ZA", &[('A', "PO Box 5319"), ('B', "PO BOX 5319")], &["PO BOX 5319", "SOUTH AFRICA"]),
    ];
    for (country, components, expected) in cases {
        let options = LayoutOptions { from: Some("GB"), ..LayoutOptions::default() };
        let label = layout(&address(country, components), &options);
        assert_eq!(label.all_lines().collect::<Vec<_>>(), expected);
    }
    let twice = LayoutOptions {
        recipient: Some("ICLEI"),
        organization: Some("Iclei"),
        from: Some("DE"),
        ..LayoutOptions::default()
    };
    assert_eq!(layout(&address("DE", &[]), &twice).to_lines(), ["Iclei"]);
    let embassy = LayoutOptions { organization: Some("Japan"), ..LayoutOptions::default() };
    let label = layout(&address("JP", &[('C', "Minato-ku")]), &embassy);
    assert_eq!(label.all_lines().collect::<Vec<_>>(), ["Japan", "Minato-ku", "JAPAN"]);
}

proptest! {
    /// No text whatever is lost, breaks a line or makes the layout fail.
    #[test]
    fn any_text_is_set_on_lines(
        country in 0..252_usize,
        texts in prop::collection::vec("\\PC{0,12}", 8),
        from in prop::option::of("[A-Z]{2}"),
        language in prop::option::of("[a-z]{2}(-[A-Z]{2})?"),
    ) {
        let country = countries()[country].code;
        let letters = TEXTS.iter().map(|&(letter, _)| letter);
        let components: Vec<(char, &str)> =
            letters.zip(texts.iter().map(String::as_str)).collect();
        let options = LayoutOptions {
            from: from.as_deref(),
            language: language.as_deref(),
            ..LayoutOptions::default()
        };
        let label = layout(&address(country, &components), &options);
        for line in label.all_lines() {
            prop_assert!(!line.trim().is_empty() && !line.contains('\n'), "{line:?}");
        }
        let street = texts[1].trim().to_uppercase();
        let set = label.lines().collect::<Vec<_>>().join("\n").to_uppercase();
        prop_assert!(set.contains(&street), "{street:?} is not in {set:?}");
    }
}
