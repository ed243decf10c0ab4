//! All of validation beside a validator of the whole document: what we accept, the schema accepts, and what it refuses
//! has an error; and the other way round, what it accepts has no finding of the schema. A directory is read as a
//! document, in parts, as lines, and as a part with a header of its own.

use std::path::Path;

use jsonschema::Validator;
use officedir::check::{SCHEMA, rule};
use officedir::directory::{Directory, ReadOptions};
use officedir::finding::Finding;
use officedir::read::{DirectorySource, Document, OtherParts, StreamedFile};
use serde_json::Value;

use super::mutation::{LAYOUTS, Layout, Tree};

/// The validator that all is compared with.
pub fn oracle() -> Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

/// What the oracle and we say of one directory.
pub struct Verdict {
    /// Whether the schema accepts it, and no member stands twice.
    pub is_valid: bool,
    /// What was found, by how it was read.
    found: Vec<(&'static str, Vec<Finding>)>,
}

/// Ways to read a directory beside that as a document, which is always tried.
pub const WAYS: usize = 3;

/// Reads a directory as a document and in one other way; `file` is a name that it may be written to.
pub fn verdict(
    root: &mut Tree,
    layout: Layout,
    way: usize,
    oracle: &Validator,
    file: &Path,
) -> Verdict {
    let json = root.to_json(layout);
    let is_valid = match serde_json::from_str::<Value>(&json) {
        Ok(value) => oracle.is_valid(&value) && !root.has_twice(),
        Err(_) => false,
    };
    let mut found = vec![("as a document", document(&json))];
    match (way % WAYS, lines(root)) {
        (0, _) => {
            std::fs::write(file, &json).unwrap();
            found.extend(in_parts(file).map(|findings| ("in parts", findings)));
        }
        (1, Some((header, offices))) => {
            found.push(("as lines", as_lines(&(header + &offices))));
        }
        (2, Some((_, offices))) => found.push(("as a part", as_part(&json, &offices))),
        _ => {}
    }
    Verdict { is_valid, found }
}

impl Verdict {
    /// Where the two do not agree, if they do not.
    pub fn disagreement(&self) -> Option<String> {
        let mut found = self.found.iter();
        let (how, findings) = found.find(|(_, findings)| match self.is_valid {
            true => findings.iter().any(is_of_schema),
            // An error that has another reason would hide that the schema's is missing.
            false => !findings.iter().any(|it| is_of_schema(it) || it.code == "postal/country"),
        })?;
        let schema = if self.is_valid { "accepts" } else { "refuses" };
        Some(format!("the schema {schema} it, and read {how} it has the findings {findings:#?}"))
    }
}

/// Whether the schema, or JSON, is what an error is about.
fn is_of_schema(finding: &Finding) -> bool {
    const OTHERS: [&str; 4] =
        ["text/character", "contact/email-website", "contact/phone-format", "contact/website-url"];
    let code = finding.code;
    code.starts_with("schema/") || code.starts_with("syntax/") || OTHERS.contains(&code)
}

fn read(source: DirectorySource<'_>, others: Option<OtherParts<'_>>) -> Vec<Finding> {
    let options = ReadOptions { threads: 1, others, ..ReadOptions::default() };
    Directory::read(source, options).unwrap().findings().to_vec()
}

fn document(json: &str) -> Vec<Finding> {
    match Document::parse(json.as_bytes()) {
        Ok(document) => read(DirectorySource::Document(&document), None),
        Err(errors) => errors.0,
    }
}

fn in_parts(file: &Path) -> Option<Vec<Finding>> {
    let streamed = StreamedFile::document(file).unwrap()?;
    let directory = Directory::read_streaming(&streamed, ReadOptions::default()).unwrap()?;
    Some(directory.findings().to_vec())
}

/// The header's line and those of the offices, of a directory that can be written so.
pub fn lines(root: &Tree) -> Option<(String, String)> {
    let Tree::Object(members) = root else { return None };
    let (offices, header): (Vec<_>, Vec<_>) = members
        .iter()
        .cloned()
        .partition(|(name, _)| serde_json::from_str::<String>(name).unwrap() == "offices");
    let [(_, Tree::Array(offices))] = &*offices else { return None };
    let line = |tree: &Tree| tree.to_json(LAYOUTS[1]) + "\n";
    Some((line(&Tree::Object(header)), offices.iter().map(line).collect()))
}

/// A whole document on the first line is an error by itself.
fn keep(lines: &str) -> Result<StreamedFile, Vec<Finding>> {
    let unread =
        |error: std::io::Error| vec![Finding::new(rule("syntax/json").unwrap(), error.to_string())];
    StreamedFile::keep(lines.as_bytes()).map_err(unread)
}

fn as_lines(lines: &str) -> Vec<Finding> {
    match keep(lines) {
        Ok(lines) => read(DirectorySource::Streamed(&lines), None),
        Err(findings) => findings,
    }
}

/// As `validate --part --header FILE` does.
fn as_part(json: &str, offices: &str) -> Vec<Finding> {
    let mut document = match Document::parse(json.as_bytes()) {
        Ok(document) => document,
        Err(errors) => return errors.0,
    };
    document.offices.clear();
    let mut findings = read(DirectorySource::Document(&document), Some(OtherParts::Unknown));
    let mut lines = match keep(offices) {
        Ok(lines) => lines,
        Err(findings) => return findings,
    };
    lines.set_header(document.header.clone(), document.text.to_owned());
    findings.extend(read(DirectorySource::Streamed(&lines), Some(OtherParts::Unknown)));
    findings
}
