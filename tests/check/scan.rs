//! The scanner accepts what `serde_json` accepts, duplicate keys aside, and the document is the same
//! whichever way it is read.

use officedir::directory::{Directory, ReadOptions};
use officedir::finding::is_fatal;
use officedir::json::scan;
use officedir::read::{DirectorySource, Document};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// Pieces that JSON is made of, and such that it is not made of.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"a\"",
    "\"a\":",
    "\"b\": 1",
    "\\",
    "\\u",
    "\\ud83d",
    "\\ude00",
    "\\n",
    "0",
    "1",
    "-",
    "+",
    ".",
    "e",
    "E",
    "1e400",
    "1e-400",
    "179769313486231580",
    "00",
    "true",
    "false",
    "null",
    "nul",
    "truex",
    " ",
    "\n",
    "\r",
    "\t",
    "\u{0}",
    "\u{1f}",
    "\u{7f}",
    "\u{a0}",
    "\u{feff}",
    "//",
    "/*",
    "*/",
    "#",
    "'",
    "“",
    "”",
    "é",
    "𝄞",
    "NaN",
    "Infinity",
    "name",
    "=",
    "\"offices\":",
    "\"offices\":[{",
    "<<<<<<<",
    "1E308",
    "9e307",
    "0.5",
    "-0",
    "\u{2028}",
    "/",
    "[[",
    "]]",
    "{\"a\":{",
    "}}",
];

fn check(text: &str) -> Result<(), TestCaseError> {
    let findings = scan(text, 0, 0);
    let fatal = findings.iter().any(is_fatal);
    let read = serde_json::from_str::<Value>(text);
    prop_assert_eq!(!fatal, read.is_ok(), "{:?}\n{:?}\n{:?}", text, read.err(), findings);
    for finding in &findings {
        let spans =
            finding.related.iter().map(|it| &it.0).chain(finding.edit.as_ref().map(|it| &it.span));
        for span in spans.chain([&finding.span]) {
            prop_assert!(text.get(span.clone()).is_some(), "{text:?} {finding:?}");
        }
    }
    Ok(())
}

/// The whole program agrees: an error of syntax is found where there is one, and only there.
fn document(text: &str) -> Result<(), TestCaseError> {
    let found = match Document::parse(text.as_bytes()) {
        Err(errors) => errors.0,
        Ok(document) => {
            let options = ReadOptions::default();
            let directory = Directory::read(DirectorySource::Document(&document), options).unwrap();
            directory.findings().to_vec()
        }
    };
    let read = serde_json::from_str::<Value>(text.strip_prefix('\u{feff}').unwrap_or(text));
    prop_assert_eq!(found.iter().any(is_fatal), read.is_err(), "{:?}", text);
    Ok(())
}

/// `PROPTEST_CASES` makes a longer run of it.
fn config(cases: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|it| it.parse().ok());
    let cases = wanted.unwrap_or(cases);
    ProptestConfig { failure_persistence: None, cases, ..ProptestConfig::default() }
}

const DIRECTORY: &str = include_str!("../../directory.json");

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn pieces(pieces in prop::collection::vec(select(PIECES), 0..12)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn valid_documents_with_a_mistake(
        at in any::<prop::sample::Index>(),
        piece in select(PIECES),
        cut in 0usize..4,
        office in any::<bool>(),
        slow in 0..20,
    ) {
        // What stands within an office is read in another way than the rest.
        let from = if office { DIRECTORY.find("\"offices\"").unwrap() } else { 0 };
        let positions: Vec<usize> = DIRECTORY.char_indices().map(|it| it.0).filter(|at| *at >= from).take(3_000).collect();
        let at = *at.get::<usize>(&positions);
        let end = DIRECTORY[at..].char_indices().nth(cut).map_or(DIRECTORY.len(), |it| at + it.0);
        let text = format!("{}{piece}{}", &DIRECTORY[..at], &DIRECTORY[end..]);
        check(&text)?;
        if slow == 0 {
            document(&text)?;
        }
    }

    #[test]
    fn numbers(
        mantissa in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?",
        exponent in 280i32..330,
        zeros in 0usize..330,
    ) {
        check(&format!("{mantissa}e{exponent}"))?;
        check(&format!("{mantissa}e-{exponent}"))?;
        check(&format!("{}{}", mantissa.replace('.', ""), "0".repeat(zeros)))?;
        check(&format!("0.{}{}e{}", "0".repeat(zeros), mantissa.trim_start_matches('-').replace('.', ""), zeros as i32 + exponent))?;
    }
}

#[test]
fn nesting_up_to_the_limit() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [1, 126, 127, 128, 129, 100_000] {
            let inner = if open == "[" { "" } else { "1" };
            let text = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
            check(&text).unwrap();
            let findings = scan(&text, 0, 0);
            assert_eq!(findings.is_empty(), depth < 128, "{depth}");
            if depth >= 128 {
                assert_eq!(findings[0].code, "syntax/nesting");
                assert_eq!(findings[0].span.start, open.len() * 127);
            }
        }
    }
    // An office is two levels down.
    for depth in [124, 125, 126] {
        let value = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let text = format!("{{\"offices\":[{{\"id\":{value}}}]}}");
        check(&text).unwrap();
        document(&text).unwrap();
    }
}
