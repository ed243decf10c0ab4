//! What a finding says to write instead changes the value, and the same finding is not there again: of each edit, and
//! of each help that says "write …", for bad values of every member that the schema knows a form of.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use officedir::check::SCHEMA;
use officedir::finding::Finding;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::mutation::{Bases, LAYOUTS};
use super::safe_edits::findings;

/// A directory with every member, whose values are all as they should be.
fn directory() -> Value {
    json!({
        "schema_version": 2,
        "organization": {
            "name": "Example", "id": "https://www.example.org/", "website": "https://www.example.org",
            "headquarters": "seat", "uid_scheme": 2
        },
        "kinds": [{"id": "office", "name": "Office"}, {"id": "embassy", "name": "Embassy"}],
        "regions": [{"id": "world", "name": "World"}, {"id": "europe", "name": "Europe", "parent": "world"}],
        "offices": [
            {"id": "seat", "name": "Seat", "kind": "office"},
            {
                "id": "branch", "name": "Zweigstelle", "kind": "office", "region": "europe", "parent": "seat",
                "alternate_names": ["Branch", {"name": "支部", "language": "ja"}],
                "addresses": [{
                    "uses": ["physical", "postal"], "address_lines": ["Straße 1"], "locality": "Köln",
                    "administrative_area_code": "NW", "postal_code": "50667", "country": "DE", "language": "de",
                    "printed": {"postal_code": "D-50667"}
                }],
                "coordinates": {"latitude": 50.9, "longitude": 6.9},
                "opening_hours": "Mo-Fr 09:00-17:00",
                "phones": [{"type": "voice", "number": "+4922897629900", "printed": "+49 228 97 62 99-00"}],
                "emails": ["office@example.org", {"address": "press@example.org", "label": "Press"}],
                "contact_forms": [{"url": "https://www.example.org/form", "label": "Visas"}],
                "websites": [{"url": "https://www.example.org/", "printed": "www.example.org"}],
                "time_zone": "Europe/Berlin",
                "updated": "2025-01-31T00:00:00Z",
                "source": {"document": "Liste", "lines": [1, 2], "text": ["Übersicht"]},
                "notes": [{"pointer": "/emails/0", "text": "Geprüft", "doubtful": true}]
            }
        ]
    })
}

/// Tries out what is suggested, and gives how many suggestions there were and which did not help.
fn check(text: &str, before: &[Finding]) -> (usize, Vec<String>) {
    let (mut count, mut useless) = (0, Vec::new());
    let mut try_out = |finding: &Finding, fixed: &str| {
        let is_same = |it: &&Finding| (it.code, &it.pointer) == (finding.code, &finding.pointer);
        count += 1;
        if text == fixed {
            useless.push(format!("{finding:?} changes nothing"));
        } else if let Some(again) = findings(fixed).iter().find(is_same) {
            useless.push(format!("{finding:?}\ncomes back as {again:?}"));
        }
    };
    for finding in before {
        if let Some(edit) = &finding.edit {
            let fixed = [&text[..edit.span.start], &edit.text, &text[edit.span.end..]].concat();
            try_out(finding, &fixed);
        }
        if let Some(value) = finding.help.as_deref().and_then(written) {
            let mut directory: Value = serde_json::from_str(text).unwrap();
            *directory.pointer_mut(&finding.pointer).unwrap() = value;
            // Written as the text was, or every text would differ.
            let original: Value = serde_json::from_str(text).unwrap();
            let fixed = if directory == original { text.to_owned() } else { directory.to_string() };
            try_out(finding, &fixed);
        }
    }
    (count, useless)
}

/// The value that a help says to write.
fn written(help: &str) -> Option<Value> {
    let value = help.strip_prefix("write ")?;
    serde_json::Deserializer::from_str(value).into_iter().next()?.ok()
}

/// Bad values, by the pointer of their member.
static BAD: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| {
    let by_member: BTreeMap<String, Vec<Value>> =
        serde_json::from_str(include_str!("suggestions.json")).unwrap();
    let each = |(pointer, values): (String, Vec<Value>)| {
        values.into_iter().map(move |value| (pointer.clone(), value))
    };
    by_member.into_iter().flat_map(each).collect()
});

/// The directory with another value in one place.
fn with(pointer: &str, value: Value) -> String {
    let mut directory = directory();
    *directory.pointer_mut(pointer).unwrap() = value;
    directory.to_string()
}

#[test]
fn of_bad_values() {
    assert!(findings(directory().to_string()).iter().all(|it| it.code == "note/doubtful"));
    let (mut suggestions, mut useless) = (0, Vec::new());
    for (pointer, value) in &*BAD {
        let directory = with(pointer, value.clone());
        let found = findings(&directory);
        if found.iter().all(|it| it.code == "note/doubtful") {
            useless.push(format!("{pointer}: {value} has no finding"));
        }
        let (count, of_value) = check(&directory, &found);
        suggestions += count.min(1);
        useless.extend(of_value);
    }
    assert!(useless.is_empty(), "{}", useless.join("\n\n"));
    let values = BAD.len();
    assert!(values >= 450, "{values}");
    assert!(suggestions * 2 > values, "{suggestions} suggestions for {values} values");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_500, ..ProptestConfig::default() })]

    /// A bad text with one character more, less or other.
    #[test]
    fn of_changed_values(
        bad in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        how in 0..3_u8,
        c in prop::char::any(),
        printable in prop::option::of(prop::char::range(' ', '~')),
    ) {
        let (pointer, value) = bad.get(&BAD);
        let mut letters: Vec<char> = value.as_str().unwrap_or_default().chars().collect();
        let (at, c) = (at.index(letters.len() + 1), printable.unwrap_or(c));
        match how {
            0 if at < letters.len() => drop(letters.remove(at)),
            1 if at < letters.len() => letters[at] = c,
            _ => letters.insert(at, c),
        }
        let directory = with(pointer, letters.into_iter().collect::<String>().into());
        let useless = check(&directory, &findings(&directory)).1;
        prop_assert!(useless.is_empty(), "{}", useless.join("\n\n"));
    }
}

#[test]
fn of_directories_that_are_nearly_right() {
    let own = directory().to_string();
    let bases = Bases::new(&[&own, officedir::writers::TORTURE], SCHEMA);
    for case in 0..1_000 {
        let text = bases.mutated(&mut super::oracle::choices(case)).to_json(LAYOUTS[0]);
        let found = findings(&text);
        if !found.iter().any(|it| it.code.starts_with("syntax/")) {
            let useless = check(&text, &found).1;
            assert!(useless.is_empty(), "{}", useless.join("\n\n"));
        }
    }
}
