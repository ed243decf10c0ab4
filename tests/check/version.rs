//! The version of the format: the same in the program and in the schema, and what is said of a file of a later one.

use std::fs;

use officedir::check::{SCHEMA, SCHEMA_VERSION};
use officedir::directory::{Directory, ReadOptions, corrected};
use officedir::finding::Finding;
use officedir::read::{DirectorySource, Document, OtherParts, StreamedFile};
use serde_json::Value;

#[test]
fn the_program_and_the_schema_have_one_version() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["properties"]["schema_version"]["maximum"], SCHEMA_VERSION);
    let id = schema["$id"].as_str().unwrap();
    assert_eq!(id.rsplit(':').next(), Some(&*SCHEMA_VERSION.to_string()), "{id}");
}

/// A header of that version with other mistakes.
fn header(version: &str) -> String {
    format!("\"schema_version\": {version}, \"organization\": {{\"title\": \"A\"}}, \"new\": 1")
}

/// An office with mistakes.
const OFFICE: &str = r#"{"id": "A b", "kind": ["office"], "parent": "nobody"}"#;

fn findings(source: DirectorySource<'_>, others: Option<OtherParts<'_>>) -> Vec<Finding> {
    let options = ReadOptions { others, ..ReadOptions::default() };
    let directory = Directory::read(source, options).unwrap();
    assert_eq!((directory.checked(), directory.header().is_none()), (0, true));
    assert!(directory.failed() && directory.context().unwrap().is_none());
    directory.findings().to_vec()
}

/// Asserts that a later version is all that is found, at its place in the text.
#[track_caller]
fn assert_one(found: &[Finding], text: &str, version: &str) {
    let [finding] = found else { panic!("{found:#?}") };
    assert_eq!((finding.code, finding.pointer.as_str()), ("schema/version", "/schema_version"));
    assert_eq!(&text[finding.span.clone()], version);
    let said =
        format!("in version {version} of the format, and this program knows {SCHEMA_VERSION}");
    assert!(finding.message.contains(&said), "{}", finding.message);
    assert_eq!(finding.help.as_deref(), Some("get a newer officedir"));
}

#[test]
fn of_a_later_version_nothing_else_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for version in ["3", "9", "4294967296", "7.0"] {
        for mark in ["", "\u{feff}"] {
            let json = format!("{mark}{{{}, \"offices\": [{OFFICE}]}}", header(version));
            let document = Document::parse(json.as_bytes()).unwrap();
            let source = DirectorySource::Document(&document);
            assert_one(&findings(source, None), &json, version);
            assert_one(&findings(source, Some(OtherParts::Unknown)), &json, version);
            // Nothing is corrected either, not even the byte order mark.
            let bytes = json.clone().into_bytes();
            assert_eq!(corrected(bytes.clone(), 1).unwrap(), (bytes, 0));

            let path = folder.path().join("directory.json");
            fs::write(&path, &json).unwrap();
            assert_streamed(&path, &json, version);

            let lines = format!("{mark}{{{}}}\n{OFFICE}\n{OFFICE}", header(version));
            let streamed = StreamedFile::keep(lines.as_bytes()).unwrap();
            let source = DirectorySource::Streamed(&streamed);
            assert_one(&findings(source, None), &lines, version);
        }
    }
}

/// In blocks the same is found; `read_streaming` leaves it to who reads the document as a whole.
#[track_caller]
fn assert_streamed(path: &std::path::Path, json: &str, version: &str) {
    let opened = Directory::open(path).unwrap();
    let found: Vec<Finding> =
        opened.findings().unwrap().into_iter().map(|(_, finding)| finding.clone()).collect();
    assert_one(&found, json, version);
    let Some(document) = StreamedFile::document(path).unwrap() else { return };
    assert_one(&findings(DirectorySource::Streamed(&document), None), json, version);
    assert!(Directory::read_streaming(&document, ReadOptions::default()).unwrap().is_none());
}

/// A part has the header of another file.
#[test]
fn a_part_with_a_later_header() {
    let json = format!("{{{}, \"offices\": []}}", header("3"));
    let document = Document::parse(json.as_bytes()).unwrap();
    let mut lines = StreamedFile::keep(OFFICE.as_bytes()).unwrap();
    lines.set_header(document.header.clone(), document.text.to_owned());
    let found = findings(DirectorySource::Streamed(&lines), Some(OtherParts::Unknown));
    assert_one(&found, &json, "3");
}

/// What is no version, or not known to be one, is the business of the schema and of the syntax.
#[test]
fn what_is_no_version_is_checked_as_any_value() {
    let cases = [
        ("\"schema_version\": 0", "schema/value"),
        ("\"schema_version\": -9", "schema/value"),
        ("\"schema_version\": \"9\"", "schema/type"),
        ("\"schema_version\": 9.5", "schema/type"),
        ("\"schema_version\": null", "schema/type"),
        ("\"schema_version\": 2, \"schema_version\": 9", "syntax/duplicate-key"),
    ];
    for (member, code) in cases {
        let json =
            format!("{{{member}, \"organization\": {{\"name\": \"A\"}}, \"offices\": [{OFFICE}]}}");
        let document = Document::parse(json.as_bytes()).unwrap();
        let source = DirectorySource::Document(&document);
        let directory = Directory::read(source, ReadOptions::default()).unwrap();
        let codes: Vec<&str> = directory.findings().iter().map(|it| it.code).collect();
        assert!(codes.contains(&code) && !codes.contains(&"schema/version"), "{member}: {codes:?}");
        assert_eq!(directory.checked(), 1, "{member}");
    }
}
