//! Directories of organisations that the program was not made for: an embassy network, a university and a chain of
//! shops. They validate, every writer takes them, and what a format has no place for is named.

use std::collections::BTreeMap;

use officedir::directory::{Directory, ReadOptions};
use officedir::export::{Outcome, Selection};
use officedir::read::{DirectorySource, Document};
use officedir::writers::{LossSeverity, Target, WRITERS, WriterInfo};
use serde_json::{Value, json};

use super::memory::Memory;

pub const EMBASSIES: &str = include_str!("foreign/embassies.json");
pub const UNIVERSITY: &str = include_str!("foreign/university.json");
pub const SHOPS: &str = include_str!("foreign/shops.json");
const ALL: [&str; 3] = [EMBASSIES, UNIVERSITY, SHOPS];

fn with<T>(json: &str, take: impl FnOnce(&Directory<'_>) -> T) -> T {
    let document = Document::parse(json.as_bytes()).unwrap();
    let source = DirectorySource::Document(&document);
    take(&Directory::read(source, ReadOptions::default()).unwrap())
}

fn export(directory: &Directory<'_>, info: &'static WriterInfo) -> (Memory, Outcome) {
    export_with(directory, info, Vec::new())
}

fn export_with(
    directory: &Directory<'_>,
    info: &'static WriterInfo,
    options: Vec<(String, String)>,
) -> (Memory, Outcome) {
    let mut memory = Memory::default();
    let target = Target::new(info, options).unwrap();
    let outcome = directory.export(&[target], &Selection::default(), &mut memory).unwrap();
    (memory, outcome)
}

#[test]
fn they_validate_and_every_writer_takes_them() {
    for json in ALL {
        with(json, |directory| {
            assert!(directory.findings().is_empty(), "{:?}", directory.findings());
            for info in WRITERS {
                let (memory, outcome) = export(directory, info);
                assert!(!outcome.failed(), "{}: {:?}", info.name, outcome.problems);
                assert!(!memory.files.is_empty(), "{}", info.name);
            }
        });
    }
}

#[test]
fn ndjson_is_the_directory() {
    for json in ALL {
        let info = WriterInfo::find("ndjson").unwrap();
        let (memory, outcome) = with(json, |directory| export(directory, info));
        assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
        let text = String::from_utf8(memory.files["offices.ndjson"].clone()).unwrap();
        let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut read = lines.next().unwrap();
        read["offices"] = lines.collect();
        assert_eq!(read, serde_json::from_str::<Value>(json).unwrap());
    }
}

/// How many members of each name were reported, by the writer.
fn losses(json: &str) -> BTreeMap<String, BTreeMap<String, usize>> {
    let mut losses: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    with(json, |directory| {
        for info in WRITERS {
            let (_, outcome) = export(directory, info);
            for (_, problem) in outcome.problems {
                if problem.weight == LossSeverity::Loss {
                    assert!(!problem.office.is_empty(), "{}: {problem:?}", info.name);
                    let names = problem.pointer.split('/').filter(|it| it.parse::<u32>().is_err());
                    let path = names.collect::<Vec<_>>().join("/");
                    let of_writer = losses.entry(info.name.to_owned()).or_default();
                    *of_writer.entry(path).or_default() += 1;
                }
            }
        }
    });
    losses
}

/// Every value of the new members in the offices, by path as above.
fn members(json: &str) -> BTreeMap<String, usize> {
    fn count(value: &Value, path: &str, found: &mut BTreeMap<String, usize>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let path = format!("{path}/{name}");
                    if name.starts_with("x_")
                        || ["/opening_hours", "/coordinates"].contains(&&*path)
                    {
                        *found.entry(path).or_default() += 1;
                    } else {
                        count(value, &path, found);
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| count(item, path, found)),
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    let directory: Value = serde_json::from_str(json).unwrap();
    directory["offices"].as_array().unwrap().iter().for_each(|it| count(it, "", &mut found));
    found
}

#[test]
fn what_is_left_out_is_named_by_office_and_member() {
    for json in ALL {
        let (losses, members) = (losses(json), members(json));
        // These carry everything that offices have.
        for writer in ["xml", "ndjson"] {
            assert_eq!(losses.get(writer), None);
        }
        // A page for everybody has no members of the organisation's own.
        for (path, count) in members.iter().filter(|(path, _)| path.contains("/x_")) {
            assert_eq!(losses["html"].get(path), Some(count), "{path}");
        }
        // An entry of a server has no place for the new members at all.
        for (path, count) in &members {
            assert_eq!(losses["ldif"].get(path), Some(count), "{path}");
        }
    }
}

/// Each becomes a column of a table, and of more than 1,000 the first in alphabetical order do.
#[test]
fn own_members_beyond_a_thousand_are_named() {
    let mut office = json!({
        "id": "a", "name": "A", "kind": "office",
        "coordinates": {"latitude": 1, "longitude": 2}, "opening_hours": "24/7",
        "emails": [{"address": "a@example.org", "label": "Press", "x_z": 1}],
        "contact_forms": [{"url": "https://example.org", "label": "Visas"}],
    });
    for number in 0..1_200 {
        office[format!("x_{number:04}")] = number.into();
    }
    let directory = json!({
        "organization": {"name": "A", "x_b": 1, "x_a": 2},
        "regions": [{"id": "r", "name": "R", "x_a": "\r\n"}],
        "offices": [office, {"id": "b", "name": "B", "kind": "office", "region": "r"}],
    });
    with(&directory.to_string(), |directory| {
        let full = vec![("dialect".to_owned(), "full".to_owned())];
        for (writer, options) in [("csv", full), ("csv", Vec::new()), ("xlsx", Vec::new())] {
            let is_full = !options.is_empty();
            let info = WriterInfo::find(writer).unwrap();
            let (memory, outcome) = export_with(directory, info, options);
            let lost: Vec<&str> =
                outcome.problems.iter().map(|(_, problem)| problem.pointer.as_str()).collect();
            // The member of the e-mail address comes before all of the office: `emails/x_z`.
            let beyond: Vec<String> = (999..1_200).map(|at| format!("/x_{at:04}")).collect();
            assert_eq!(lost, beyond, "{writer}");
            let Some(csv) = memory.files.get("offices.csv").filter(|_| is_full) else { continue };
            let csv = String::from_utf8(csv.clone()).unwrap();
            let header = csv.lines().next().unwrap();
            let known = [
                "latitude",
                "opening_hours",
                "email_1_label",
                "email_1_x_z",
                "contact_form_1_label",
            ];
            for name in known.iter().chain(&["x_0000", "x_0998"]) {
                assert!(header.contains(&format!("\"{name}\"")), "{name}");
            }
            assert!(
                header.ends_with("\"organization_x_a\",\"organization_x_b\",\"region_x_a\""),
                "{header}"
            );
            // As JSON, since readers of tables stop at control characters.
            assert!(
                csv.ends_with(",\"2\",\"1\",\"\"\"\\r\\n\"\"\"\r\n"),
                "{:?}",
                &csv[csv.len() - 60..]
            );
        }
    });
}

#[test]
fn mail_comes_from_the_headquarters_that_is_named() {
    let of = |headquarters: Value| {
        let mut directory: Value = serde_json::from_str(SHOPS).unwrap();
        directory["organization"]["headquarters"] = headquarters;
        with(&directory.to_string(), |directory| {
            assert!(!directory.failed(), "{:?}", directory.findings());
            directory.context().unwrap().unwrap().headquarters().map(str::to_owned)
        })
    };
    let of_shops: Value = serde_json::from_str(SHOPS).unwrap();
    for office in of_shops["offices"].as_array().unwrap().iter().step_by(9) {
        let country = office["addresses"][0]["country"].as_str().map(str::to_owned);
        assert_eq!(of(office["id"].clone()), country);
    }
    let nobody = of_shops["organization"]["headquarters"].clone();
    assert_eq!(of(nobody).as_deref(), Some("AT"));
    let unnamed = json!({"organization": {"name": "A"}, "offices": []}).to_string();
    with(&unnamed, |directory| {
        assert_eq!(directory.context().unwrap().unwrap().headquarters(), None);
    });
}
