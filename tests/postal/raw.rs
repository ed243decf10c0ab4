//! Raw mode against what libaddressinput's own formatter tests expect: its C++ `address_formatter_test`
//! and its Java `FormatInterpreterTest` (envelope addresses), as input components and expected lines.

use officedir::postal::{AddressLabel, LayoutMode, LayoutOptions, layout};

use crate::{Components, address};

/// A country, a BCP 47 tag or nothing, the components, and the expected lines.
type Case = (&'static str, &'static str, Components, &'static [&'static str]);

fn raw(country: &'static str, language: &'static str, components: Components) -> AddressLabel {
    let mut address = address(country, components);
    address.language = (!language.is_empty()).then(|| language.into());
    let text =
        |wanted| components.iter().find(|(letter, _)| *letter == wanted).map(|&(_, text)| text);
    let options = LayoutOptions {
        recipient: text('N'),
        organization: text('O'),
        mode: LayoutMode::Raw,
        ..LayoutOptions::default()
    };
    layout(&address, &options)
}

#[test]
fn lines_are_libaddressinputs() {
    let cases: [Case; 28] = [
        // C++.
        ("NZ", "", NEW_ZEALAND, &["Rotopapa", "Irwell 3RD", "Leeston 8704"]),
        ("NZ", "en-Latn-CN", NEW_ZEALAND, &["Rotopapa", "Irwell 3RD", "Leeston 8704"]),
        ("TW", "zh-Hant", TAIWAN, &["106", "台北市大安區", "台灣信義路三段33號"]),
        (
            "TW",
            "zh-Latn",
            TAIWAN_LATIN,
            &["No. 33, Section 3 Xinyi Rd", "Da-an District, Taipei City 106"],
        ),
        (
            "CA",
            "fr",
            &[
                ('A', "5 Rue du Tresor"),
                ('A', "Apt. 4"),
                ('C', "Montmagny"),
                ('S', "QC"),
                ('Z', "G1R 123"),
            ],
            &["5 Rue du Tresor", "Apt. 4", "Montmagny QC G1R 123"],
        ),
        // Java: a literal between components goes with either of them.
        ("US", "", &[], &[]),
        ("US", "", &[('S', "CA")], &["CA"]),
        ("US", "", &[('S', "CA"), ('C', "Los Angeles")], &["Los Angeles, CA"]),
        (
            "US",
            "",
            &[('S', "CA"), ('C', "Los Angeles"), ('Z', "90291")],
            &["Los Angeles, CA 90291"],
        ),
        ("US", "", &[('C', "Los Angeles"), ('Z', "90291")], &["Los Angeles 90291"]),
        ("US", "", &[('S', "CA"), ('Z', "90291")], &["CA 90291"]),
        // Java: a literal on a line of its own stays.
        ("AX", "", &[], &["ÅLAND"]),
        ("AX", "", &[('C', "City")], &["City", "ÅLAND"]),
        ("AX", "", &[('C', "City"), ('Z', "123")], &["AX-123 City", "ÅLAND"]),
        // Java: a literal in front of a component goes with it.
        ("JP", "ja", &[], &[]),
        ("JP", "ja", &[('Z', "123")], &["〒123"]),
        ("JP", "ja", &[('Z', "123"), ('S', "Prefecture")], &["〒123", "Prefecture"]),
        ("JP", "ja", &[('S', "Prefecture")], &["Prefecture"]),
        // Java: a component that stands twice in the format.
        ("CI", "", &[('X', "123")], &["123 123"]),
        ("CI", "", &[('X', "123"), ('A', "456 Main St")], &["123 456 Main St 123"]),
        (
            "CI",
            "",
            &[('X', "123"), ('A', "456 Main St"), ('C', "Yamoussoukro")],
            &["123 456 Main St Yamoussoukro 123"],
        ),
        ("CI", "", &[('A', "456 Main St"), ('C', "Yamoussoukro")], &["456 Main St Yamoussoukro"]),
        ("CI", "", &[('C', "Yamoussoukro")], &["Yamoussoukro"]),
        // Java: whole envelopes.
        (
            "US",
            "",
            &[('A', "1098 Alta Ave"), ('C', "Mt View"), ('S', "CA"), ('Z', "94043")],
            &["1098 Alta Ave", "Mt View, CA 94043"],
        ),
        (
            "TW",
            "",
            &[
                ('N', "Mr. Liu"),
                ('O', "Giant Bike Store"),
                ('A', "Sec. 3 Hsin-yi Rd."),
                ('C', "大安區"),
                ('S', "台北市"),
                ('Z', "106"),
            ],
            &["106", "台北市大安區", "Sec. 3 Hsin-yi Rd.", "Giant Bike Store", "Mr. Liu"],
        ),
        (
            "US",
            "",
            &[('A', "1098 Alta Ave"), ('S', "CA"), ('Z', "94043")],
            &["1098 Alta Ave", "CA 94043"],
        ),
        ("CH", "", &[('C', "Herrliberg"), ('Z', "8047")], &["CH-8047 Herrliberg"]),
        ("SV", "", SALVADOR, &["Some Street 12", "Ahuachapán", "Ahuachapán"]),
    ];
    for (country, language, components, expected) in cases {
        let label = raw(country, language, components);
        assert_eq!(label.to_lines(), expected, "{country} {language} {components:?}");
        assert_eq!(label.country_line(), None);
    }
    let with_code = [SALVADOR, &[('Z', "CP 2101")]].concat();
    let expected = ["Some Street 12", "CP 2101-Ahuachapán", "Ahuachapán"];
    assert_eq!(raw("SV", "", with_code.leak()).to_lines(), expected);
}

/// The separator follows the language, for whole addresses and for a street of several lines.
#[test]
fn one_line_is_libaddressinputs() {
    const ONE: Components = &[('A', "Line 1")];
    const TWO: Components = &[('A', "Line 1"), ('A', "Line 2")];
    const FIVE: Components =
        &[('A', "Line 1"), ('A', "Line 2"), ('A', "Line 3"), ('A', "Line 4"), ('A', "Line 5")];
    let cases = [
        ("US", "", ONE, "Line 1"),
        ("US", "en", ONE, "Line 1"),
        ("US", "zh-Hans", ONE, "Line 1"),
        ("US", "", TWO, "Line 1, Line 2"),
        ("US", "en", TWO, "Line 1, Line 2"),
        ("US", "zh-Hans", TWO, "Line 1Line 2"),
        ("US", "ko", TWO, "Line 1 Line 2"),
        ("US", "ar", TWO, "Line 1، Line 2"),
        ("US", "fr", FIVE, "Line 1, Line 2, Line 3, Line 4, Line 5"),
        ("NZ", "en-Latn-CN", NEW_ZEALAND, "Rotopapa, Irwell 3RD, Leeston 8704"),
        ("TW", "zh-Hant", TAIWAN, "106台北市大安區台灣信義路三段33號"),
        (
            "TW",
            "zh-Latn",
            TAIWAN_LATIN,
            "No. 33, Section 3 Xinyi Rd, Da-an District, Taipei City 106",
        ),
    ];
    for (country, language, components, expected) in cases {
        assert_eq!(raw(country, language, components).one_line(), expected, "{country} {language}");
    }
}

const NEW_ZEALAND: Components =
    &[('A', "Rotopapa"), ('A', "Irwell 3RD"), ('C', "Leeston"), ('Z', "8704")];
const TAIWAN: Components =
    &[('A', "台灣信義路三段33號"), ('C', "大安區"), ('S', "台北市"), ('Z', "106")];
const TAIWAN_LATIN: Components = &[
    ('A', "No. 33, Section 3 Xinyi Rd"),
    ('C', "Da-an District"),
    ('S', "Taipei City"),
    ('Z', "106"),
];
const SALVADOR: Components = &[('A', "Some Street 12"), ('C', "Ahuachapán"), ('S', "Ahuachapán")];
