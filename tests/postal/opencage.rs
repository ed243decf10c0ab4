//! Our lines beside those of OpenCage's address-formatting, for each of its test cases that has an address.
//!
//! `opencage.jsonl` has the facts of those cases (commit 28c47f9, `testcases/`, MIT, see `LICENSE-opencage`): the
//! components as an [`Address`] has them, and their lines without the country's. Components that their templates leave
//! out are left out here as well, except for postal codes, and the order of street and number is theirs, since an
//! address line has both. Capitals and punctuation are not compared.
//!
//! What differs has its class, and no class says that ours is wrong. Their layouts are for people who read places on
//! a map and, as they say themselves, not for envelopes.

use std::collections::BTreeMap;

use officedir::model::Address;
use officedir::postal::{LayoutOptions, layout};
use serde::Deserialize;

/// One of their cases.
#[derive(Deserialize)]
struct Case<'a> {
    /// Its file and number.
    of: &'a str,
    #[serde(borrow)]
    address: Address<'a>,
    /// Their lines, without the country.
    theirs: Vec<String>,
    /// Our lines, where they differ by more than the code.
    ours: Option<Vec<String>>,
    #[serde(default)]
    class: Class,
    /// What speaks for our lines.
    why: Option<&'a str>,
}

/// How our lines differ.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum Class {
    /// Not at all.
    #[default]
    Same,
    /// They leave out the postal code.
    Code,
    /// Ours are as the post has them, or libaddressinput, which has it from the post.
    Post,
    /// They leave out the town of a city-state.
    Town,
    /// They have a county, district or island that no postal address has.
    Levels,
    /// The post has no line for an area: theirs is below the postal code, and ours above it.
    Area,
    /// No authority is known.
    Taste,
    /// No address that mail goes to.
    None,
}

/// The words of each line.
fn words(lines: &[String]) -> Vec<Vec<String>> {
    let line = |line: &String| {
        // The dot of a small Turkish i.
        let small = line.to_lowercase().replace('\u{307}', "");
        let words = small.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    lines.iter().map(line).collect()
}

/// An address as mail within its country.
fn lines(address: &Address<'_>) -> Vec<String> {
    let options = LayoutOptions { from: Some(&address.country), ..LayoutOptions::default() };
    layout(address, &options).to_lines()
}

#[test]
fn every_difference_from_opencage_is_explained() {
    let mut classes = BTreeMap::new();
    for row in include_str!("opencage.jsonl").lines() {
        let mut case: Case<'_> = serde_json::from_str(row).expect("a row is a case");
        *classes.entry(case.class).or_insert(0) += 1;
        let ours = lines(&case.address);
        let is_same = words(&ours) == words(&case.theirs);
        assert_eq!(is_same, case.class == Class::Same, "{}: {ours:?}", case.of);
        match case.class {
            Class::Same => {}
            Class::Code => {
                case.address.postal_code = None;
                assert_eq!(words(&lines(&case.address)), words(&case.theirs), "{}", case.of);
            }
            _ => {
                assert_eq!(Some(ours), case.ours, "{}", case.of);
                assert!(case.why.is_some_and(|why| !why.is_empty()), "{}", case.of);
            }
        }
    }
    let expected = [
        (Class::Same, 334),
        (Class::Code, 47),
        (Class::Post, 33),
        (Class::Town, 7),
        (Class::Levels, 10),
        (Class::Area, 5),
        (Class::Taste, 23),
        (Class::None, 3),
    ];
    assert_eq!(classes, BTreeMap::from(expected));
}
