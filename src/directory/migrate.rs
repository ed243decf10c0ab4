//! A directory file of an earlier version of the format, brought to the newest one. Like the corrections of
//! `validate --fix` it is a matter of spans: what need not change stays byte for byte, white space included.

mod layout;

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::check::{SCHEMA_VERSION, is_slug, newer_version};
use crate::finding::{Finding, Severity, is_fatal};
use crate::json::{scan, without_mark};
use crate::model::{Header, OfficeKind};
use crate::read::{DirectorySource, Document, OwnedOffice, RawOffice, SyntaxErrors};
use layout::{ObjectLayout, Replacements};

/// How a file has its offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MigrationInput {
    /// One JSON document.
    Document,
    /// One office per line, behind the header on the first line (NDJSON).
    Lines,
}

/// What a migration has made of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The file in the newest version.
    pub bytes: Vec<u8>,
    /// What was changed, a sentence without a full stop for each change; empty where the file was in the newest
    /// version already.
    pub changes: Vec<String>,
}

/// Brings a directory file to the newest version of the format, [`SCHEMA_VERSION`]. Nothing is returned where its
/// header has a mistake that keeps it from being read, which a check reports.
///
/// From version 1 to 2 it writes `schema_version`; declares the `kinds` that the offices have, which were built in; and
/// names the `headquarters`, which was the first office of the kind "world-secretariat". What the file says of these
/// already stays. The directory means the same as before: it has the same findings, and the same exports but for the
/// formats that carry the new members themselves.
///
/// # Example
///
/// ```
/// use officedir::directory::{MigrationInput, migrated};
///
/// let old = br#"{"organization": {"name": "A"}, "offices": [{"id": "a", "name": "A", "kind": "office"}]}"#;
/// let new = migrated(old, MigrationInput::Document)?.ok_or("the header has a mistake")?;
/// let text = String::from_utf8(new.bytes)?;
/// assert!(text.starts_with(
///     r#"{"schema_version": 2, "organization": {"name": "A"}, "kinds": [{"id": "office", "name": "Office"}], "#
/// ));
/// assert_eq!(new.changes.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The findings where the file is no JSON, or in a later version than this program knows.
pub fn migrated(bytes: &[u8], input: MigrationInput) -> Result<Option<Migration>, SyntaxErrors> {
    let (document, head) = match input {
        MigrationInput::Document => {
            let document = Document::parse(bytes)?;
            let text = document.text;
            (document, text)
        }
        MigrationInput::Lines => match lines(bytes)? {
            Some(parsed) => parsed,
            None => return Ok(None),
        },
    };
    if let Some(newer) = newer_version(DirectorySource::Document(&document)) {
        return Err(SyntaxErrors(vec![newer]));
    }
    if let Some(errors) = broken_office(&document, input) {
        return Err(errors);
    }
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    let Ok(header) = Header::deserialize(&document.header) else { return Ok(None) };
    // Of a member that stands there twice nobody knows which one is meant.
    if !document.header["offices"].is_array() || document.findings.iter().any(is_error) {
        return Ok(None);
    }
    let (replacements, changes) = Default::default();
    let mut steps =
        MigrationSteps { document: &document, header: &header, head, replacements, changes };
    match header.schema_version {
        Some(SCHEMA_VERSION) => {}
        None | Some(1) => steps.first_to_second(),
        // What is no version at all is reported by a check.
        Some(_) => return Ok(None),
    }
    Ok(Some(Migration { bytes: steps.replacements.apply(document.text), changes: steps.changes }))
}

/// What is wrong with the syntax of the offices: a document is parsed no further than to where they are.
fn broken_office(document: &Document<'_>, input: MigrationInput) -> Option<SyntaxErrors> {
    let is_broken = |raw: &&RawOffice<'_>| serde_json::from_str::<IgnoredAny>(raw.json).is_err();
    let broken = document.offices.iter().find(is_broken)?;
    let findings = match input {
        // Offices may have been cut in the wrong places: only the text as a whole counts.
        MigrationInput::Document => document.scan(),
        MigrationInput::Lines => scan(broken.json, broken.offset, 0),
    };
    Some(SyntaxErrors(findings))
}

/// A file of lines as a document, and the line of its header; nothing where the first line is none.
fn lines(bytes: &[u8]) -> Result<Option<(Document<'_>, &str)>, SyntaxErrors> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        // It says at which byte the text ends, and never gives a document.
        return Document::parse(bytes).map(|_| None);
    };
    let mut lines = text.split_inclusive('\n');
    let head = lines.next().unwrap_or_default();
    let json = without_mark(head);
    let findings = scan(json, head.len() - json.len(), 0);
    if findings.iter().any(is_fatal) {
        return Err(SyntaxErrors(findings));
    }
    let Ok(Value::Object(mut members)) = serde_json::from_str(json) else { return Ok(None) };
    // A document on one line has its offices in it, and the first line of a part is an office.
    if members.insert("offices".into(), Value::Array(Vec::new())).is_some() {
        return Ok(None);
    }
    let mut offset = head.len();
    let mut offices = Vec::new();
    for (index, json) in lines.enumerate() {
        let space = json.len() - json.trim_ascii_start().len();
        offices.push(RawOffice { json: json.trim_ascii(), offset: offset + space, index });
        offset += json.len();
    }
    // Empty lines are no offices.
    offices.retain(|raw| !raw.json.is_empty());
    Ok(Some((Document { text, header: Value::Object(members), offices, findings }, head)))
}

/// The steps from one version to the next, as far as they were gone.
struct MigrationSteps<'m> {
    /// The file.
    document: &'m Document<'m>,
    /// Its header.
    header: &'m Header<'m>,
    /// The text from the beginning on in which the header stands.
    head: &'m str,
    /// What takes the place of what.
    replacements: Replacements,
    /// What that changes, for people.
    changes: Vec<String>,
}

impl MigrationSteps<'_> {
    /// Version 2 has the members `schema_version`, `kinds` and `headquarters`.
    fn first_to_second(&mut self) {
        let root = ObjectLayout::new(self.head, "");
        self.write_version(&root);
        let kinds = self.used_kinds();
        if self.document.header.get("kinds").is_none() && !kinds.is_empty() {
            let value = kinds_as_json(&kinds, &root.space("organization"), root.colon());
            self.replacements.insert_behind(&root, "organization", "kinds", &value);
            let ids: Vec<&str> = kinds.iter().map(|kind| kind.id.as_str()).collect();
            self.changes.push(format!("declared the kinds {}", ids.join(", ")));
        }
        if self.header.organization.headquarters.is_none()
            && let Some(id) = self.headquarters()
        {
            let organization = ObjectLayout::new(self.head, "/organization");
            // In the order of the schema, behind the last of what comes before it there.
            let last = organization.last_of(["name", "alternate_names", "id", "website"]);
            let value = Value::from(id.as_str()).to_string();
            self.replacements.insert_behind(&organization, last, "headquarters", &value);
            self.changes.push(format!("named the headquarters: {id}"));
        }
    }

    /// Writes the version in the place of the old one, or behind `$schema`, or in front of all other members.
    fn write_version(&mut self, root: &ObjectLayout<'_>) {
        let version = SCHEMA_VERSION.to_string();
        if self.header.schema_version.is_some() {
            self.replacements.replace(root, "schema_version", &version);
        } else if self.header.schema.is_some() {
            self.replacements.insert_behind(root, "$schema", "schema_version", &version);
        } else {
            self.replacements.insert_first(root, "schema_version", &version);
        }
        self.changes.push(format!("wrote \"schema_version\": {version}"));
    }

    /// The kinds that have to be declared, in the order in which they were built in.
    fn used_kinds(&self) -> Vec<&'static OfficeKind<'static>> {
        let built_in = OfficeKind::defaults();
        let mut used = HashSet::new();
        for raw in &self.document.offices {
            let kind = OwnedOffice::from(*raw).kind;
            if !used.contains(&kind) {
                used.insert(kind);
            }
        }
        // Of a kind that is none of them nobody knows which one was meant: it may be any.
        let is_known = |kind: &String| built_in.iter().any(|known| known.id == kind.as_str());
        let are_known = used.iter().all(is_known);
        built_in.iter().filter(|kind| !are_known || used.contains(kind.id.as_str())).collect()
    }

    /// The id of the office that was the headquarters: the first of its kind that has a country, as the registry has
    /// it, or else the first of its kind.
    fn headquarters(&self) -> Option<String> {
        let mut first = None;
        for raw in &self.document.offices {
            let office = OwnedOffice::from(*raw);
            // What is no id must not become a second mistake.
            if office.kind != OfficeKind::HEADQUARTERS || !is_slug(&office.id) {
                continue;
            }
            let value: Value = serde_json::from_str(raw.json).unwrap_or_default();
            if value["addresses"][0]["country"].is_string() {
                return Some(office.id);
            }
            first = first.or(Some(office.id));
        }
        first
    }
}

/// The list of kinds as JSON: on lines of their own where the white space between the members has line ends.
fn kinds_as_json(kinds: &[&OfficeKind<'_>], space: &str, colon: &str) -> String {
    // One level deeper, and two: what a member of the root is indented by is one level.
    let ([outer, middle, inner], between) = match space.rsplit_once('\n') {
        Some((_, indent)) => {
            ([0, 1, 2].map(|level| format!("{space}{}", indent.repeat(level))), "")
        }
        None => (Default::default(), space),
    };
    let kinds = kinds.iter().map(|kind| {
        let (id, name) = (Value::from(kind.id.as_str()), Value::from(kind.name.as_str()));
        format!(
            "{middle}{{{inner}\"id\"{colon}{id},{between}{inner}\"name\"{colon}{name}{middle}}}"
        )
    });
    let kinds: Vec<String> = kinds.collect();
    format!("[{}{outer}]", kinds.join(&format!(",{between}")))
}
