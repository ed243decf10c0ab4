//! Telephone numbers of all countries as people write them: what `--fix` makes of them is the number, or nothing.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::safe_edits::findings;

/// A number, its groups, and what calls within the country begin with.
struct Example {
    number: &'static str,
    groups: &'static str,
    prefix: &'static str,
}

fn examples() -> Vec<Example> {
    let lines = include_str!("phones/examples.txt").lines();
    let examples = lines.map(|line| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap();
        Example { number: cell(), groups: cell(), prefix: cell() }
    });
    examples.collect()
}

impl Example {
    /// The plus with the calling code.
    fn code(&self) -> &str {
        self.number.strip_suffix(&self.groups.replace(' ', "")).unwrap()
    }

    /// With the calling code and whatever stands between the groups.
    fn abroad(&self) -> Vec<String> {
        let Example { groups, .. } = self;
        let code = self.code();
        let (area, rest) = groups.split_once(' ').unwrap_or(("", groups));
        let mut all = vec![
            format!("{code}-{groups}"),
            format!("{code}\u{a0}{}", groups.replace(' ', "\u{a0}")),
            format!("{code} {area} {}", rest.replace(' ', "-")),
            format!(" {code} {}", groups.replace(' ', " – ")),
        ];
        if !area.is_empty() {
            all.push(format!("{code} ({area}) {}", rest.replace(' ', ".")));
        }
        all
    }

    /// With the calling code and what is dialled within the country.
    fn doubled(&self) -> Vec<String> {
        let (code, groups) = (self.code(), self.groups);
        let (area, rest) = groups.split_once(' ').unwrap_or((groups, ""));
        match (self.prefix, groups.strip_prefix('0')) {
            ("", Some(groups)) => {
                vec![format!("{code} (0){groups}"), format!("{code}(0) {groups}")]
            }
            // Nobody writes either: see below.
            ("" | "1", _) => Vec::new(),
            (prefix, _) => vec![
                format!("{code} ({prefix}){groups}"),
                format!("{code} ({prefix}{area}) {rest}"),
                format!("{code} {prefix}{groups}"),
                format!("{code}\u{a0}{prefix}\u{a0}{}", groups.replace(' ', ".")),
            ],
        }
    }

    /// With a zero in brackets that no country has there, as somebody from a country that has one may write it.
    fn mistaken(&self) -> Vec<String> {
        let has_zero = self.prefix == "0" || self.groups.starts_with('0');
        if has_zero { Vec::new() } else { vec![format!("{} (0){}", self.code(), self.groups)] }
    }

    /// Without a plus: in another country each of these may be another number.
    fn within(&self) -> Vec<String> {
        let Example { groups, prefix, .. } = self;
        let code = &self.code()[1..];
        vec![
            format!("{prefix}{groups}"),
            format!("00{code} {groups}"),
            format!("011 {code} {groups}"),
        ]
    }
}

/// A directory with those numbers, each of an office of its own.
fn directory(texts: &[String]) -> String {
    let offices = texts.iter().enumerate().map(|(at, text)| {
        let phones = json!([{"type": "voice", "number": text}]);
        json!({"id": format!("o{at}"), "name": format!("O {at}"), "kind": "office", "phones": phones})
    });
    let offices: Vec<Value> = offices.collect();
    json!({"organization": {"name": "Example"}, "offices": offices}).to_string()
}

/// What `--fix` makes of the texts, in their order.
fn fixed(texts: &[String]) -> Vec<Option<String>> {
    let mut fixed = vec![None; texts.len()];
    for finding in findings(directory(texts)) {
        let edit = finding.edit.filter(|it| it.safe);
        let office = finding.pointer.split('/').nth(2).unwrap();
        let Some(edit) = edit else { continue };
        fixed[office.parse::<usize>().unwrap()] = Some(edit.text.trim_matches('"').to_owned());
    }
    fixed
}

/// What share of the texts becomes the number, where none becomes another.
#[track_caller]
fn share(write: impl Fn(&Example) -> Vec<String>) -> f64 {
    let examples = examples();
    let all = examples.iter().flat_map(|it| write(it).into_iter().map(|text| (text, it.number)));
    let (texts, numbers): (Vec<String>, Vec<&str>) = all.unzip();
    let mut right = 0;
    // There is a bound to how many findings are kept.
    for (texts, numbers) in texts.chunks(5000).zip(numbers.chunks(5000)) {
        for ((fixed, number), text) in fixed(texts).iter().zip(numbers).zip(texts) {
            right += usize::from(fixed.is_some());
            assert_eq!(fixed.as_deref().unwrap_or(number), *number, "of {text}");
        }
    }
    f64::from(u32::try_from(right).unwrap()) / numbers.len() as f64
}

#[test]
fn separators_are_no_part_of_a_number() {
    let share = share(Example::abroad);
    assert!(share > 0.99, "{share}");
}

#[test]
fn what_is_dialled_within_the_country_goes_where_the_country_has_it() {
    let share = share(Example::doubled);
    assert!(share > 0.99, "{share}");
}

#[test]
fn a_zero_that_the_country_does_not_have_makes_no_other_number() {
    let share = share(Example::mistaken);
    assert!(share < 0.1, "{share}");
}

#[test]
fn without_a_plus_nothing_is_beyond_doubt() {
    assert_eq!(share(Example::within), 0.0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    /// Whatever stands there: no number that `--fix` writes has a finding.
    #[test]
    fn no_number_becomes_an_impossible_one(
        texts in prop::collection::vec("\\+?[1-9][0-9]{0,2}[ \u{a0}]?\\(?0?\\)?[0-9 ()/.-]{5,12}(; ?[+0-9 -]{1,12})?", 100)
    ) {
        let numbers: Vec<String> = fixed(&texts).into_iter().flatten().collect();
        let found = findings(directory(&numbers));
        prop_assert!(found.is_empty() || numbers.is_empty(), "{found:?}");
    }
}
