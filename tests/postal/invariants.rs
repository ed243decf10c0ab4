//! What holds for every address of every country: nothing lost, nothing twice, nothing astray.

use officedir::model::{Address, Office, Printed, Use};
use officedir::postal::{
    AddressLabel, Country, LayoutOptions, LetterCase, Script, address_for, countries, layout,
};
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
                    let as_written =
                        LayoutOptions { letter_case: LetterCase::AsWritten, ..options };
                    check_letters(&label, &layout(&address, &as_written), &texts);
                    assert_eq!(label.country_line().is_some(), from != country.code);
                }
            }
        }
    }
}

/// The same lines, with every text as the directory has it.
fn check_letters(label: &AddressLabel, as_written: &AddressLabel, texts: &[&str]) {
    let small =
        |label: &AddressLabel| -> Vec<String> { label.lines().map(str::to_lowercase).collect() };
    assert_eq!(small(as_written), small(label));
    let all = as_written.one_line();
    assert!(texts.iter().all(|text| all.contains(text)), "{all}");
}

/// A line without the abbreviation that the US post has for its territories, which is no component of the address.
fn without_state(country: &str, line: &str) -> String {
    const STATES: [&str; 9] = ["AS", "FM", "GU", "MH", "MP", "PR", "PW", "UM", "VI"];
    let words = line.split(' ').filter(|word| !STATES.contains(&country) || *word != country);
    words.collect::<Vec<_>>().join(" ")
}

/// Takes the components out of every line and looks at what is left.
fn check_lines(country: &Country, label: &AddressLabel, texts: &[&str]) {
    let mut found = 0;
    for line in label.lines() {
        let context = format!("{}: {line:?} of {label:?}", country.code);
        let mut rest = without_state(country.code, line).to_lowercase();
        // The town of a city-state, which an address without a place gets.
        let town = country.overlay().map_or("", |row| row.locality).to_lowercase();
        if !town.is_empty() && !texts.iter().any(|it| ["Town", "Shore"].contains(it)) {
            let left = rest.replacen(&town, "", 1);
            rest = left.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        if rest.is_empty() {
            continue;
        }
        for text in texts {
            let parts: Vec<&str> = rest.split(&text.to_lowercase()).collect();
            assert!(parts.len() <= 2, "{text} twice in {context}");
            found += parts.len() - 1;
            rest = parts.join("\0");
        }
        let mut literals: Vec<&str> = rest.split('\0').collect();
        let (start, end) = (literals.remove(0), literals.pop());
        let prefix = match country.code {
            "AX" => "ax-",
            "LV" => "lv-",
            "SV" => "cp ",
            _ => "〒",
        };
        assert!(["", "c/o ", prefix].contains(&start), "{start:?} before {context}");
        assert_eq!(end, Some(""), "behind {context}");
        for literal in literals {
            let allowed = match literal {
                " " | ", " | "-" | " - " | "/" => true,
                "  " => matches!(country.code, "CA" | "NL"),
                // The prefix of a code that the address has without it.
                ", lv-" => country.code == "LV",
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
        // Mail within Germany keeps its letters.
        assert_eq!(label.all_lines().last(), expected.or(Some("Town")));
    }
}

/// Both languages are English and the origin's, or French where that is English.
#[test]
fn the_country_stands_in_two_languages() {
    let cases = [
        ("DE", Some("FR"), "ALLEMAGNE / GERMANY"),
        ("DE", Some("US"), "GERMANY / ALLEMAGNE"),
        ("DE", Some("JP"), "GERMANY / ALLEMAGNE"),
        ("FR", Some("US"), "FRANCE"),
    ];
    for (country, from, expected) in cases {
        let options = LayoutOptions { from, both_languages: true, ..LayoutOptions::default() };
        let label = layout(&address(country, &[('C', "Town")]), &options);
        assert_eq!(label.country_line(), Some(expected), "{country} from {from:?}");
    }
}

/// Of an address in two scripts mail from abroad has the Latin one, and mail at home the one that stands first.
#[test]
fn the_script_chooses_the_address() {
    let in_script = |lines: &[(char, &'static str)]| Address {
        uses: vec![Use::Postal],
        ..address("JP", lines)
    };
    let local = in_script(&[('A', "西新橋1-14-2"), ('C', "港区"), ('S', "東京都")]);
    let latin = in_script(&[('A', "1-14-2 Nishi-Shimbashi"), ('C', "Minato-ku"), ('S', "Tokyo")]);
    let office = Office { addresses: vec![local, latin], ..Office::default() };
    let chosen = |from, script| {
        let found = address_for(&office, Use::Postal, from, script);
        found.and_then(|it| it.locality.as_deref())
    };
    assert_eq!(chosen(Some("DE"), Script::Auto), Some("Minato-ku"));
    assert_eq!(chosen(None, Script::Auto), Some("Minato-ku"));
    assert_eq!(chosen(Some("JP"), Script::Auto), Some("港区"));
    assert_eq!(chosen(Some("JP"), Script::Latin), Some("Minato-ku"));
    assert_eq!(chosen(Some("DE"), Script::Local), Some("港区"));
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
    assert_eq!(label.all_lines().collect::<Vec<_>>(), ["Japan", "MINATO-KU", "JAPAN"]);
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
