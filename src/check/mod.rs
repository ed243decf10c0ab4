//! Whether a directory may be exported: the schema first, then what the offices say of each other.

mod finding;
mod fix;
mod plain;
mod rules;
mod schema;
pub mod show;
#[doc = include_str!("rules/reference.md")]
pub mod rules_reference {}
mod suppressions;

use std::io;

use serde::Deserialize;
use serde_json::Value;

pub(crate) use finding::has_error;
pub use finding::{Edit, Finding, Severity};
pub use fix::apply;
pub(crate) use rules::syntax;
pub use rules::{RULES, Rule, rule};
pub use schema::SCHEMA;
pub use suppressions::{Suppression, unused};
use suppressions::{forget, suppress};

use crate::model::{Header, Office};
use crate::read::{KeptOffice, RawOffice, Registry, Source, is_fatal, scan};
use rules::{Report, Subject, Whole};

/// Checks one directory: its header once, then every office on whichever core has it.
pub struct Checker<'d> {
    suppressions: &'d [Suppression],
}

impl<'d> Checker<'d> {
    /// Makes ready to check offices; what is suppressed is not found.
    pub fn new(suppressions: &'d [Suppression]) -> Self {
        forget(suppressions);
        Checker { suppressions }
    }

    /// Everything that concerns the directory as a whole, and its header where nothing is wrong with it.
    /// A directory without a header has an organisation without a name.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn whole<'s>(
        &self,
        source: Source<'s>,
        registry: &Registry,
        findings: &mut Vec<Finding>,
    ) -> io::Result<Option<Header<'s>>> {
        findings.extend_from_slice(source.findings());
        let before = findings.len();
        let mut typed = Some(Header::default());
        if let Some((header, text)) = source.header() {
            if !plain::is_valid_header(header) {
                schema::header(header, text, findings);
            }
            typed = if findings.len() == before { read_header(header, findings) } else { None };
        }
        rules::whole(&Whole::new(source, registry)?, findings);
        suppress(self.suppressions, findings, before);
        let in_regions = |finding: &Finding| finding.pointer.starts_with("/regions");
        Ok(typed.filter(|_| !findings[before..].iter().any(in_regions)))
    }

    /// Checks one office; gives it where the types read it, whatever else is wrong with it.
    pub fn office<'a>(
        &self,
        raw: &RawOffice<'a>,
        findings: &mut Vec<Finding>,
    ) -> Option<Office<'a>> {
        let before = findings.len();
        let office = match serde_json::from_str::<Office<'a>>(raw.json) {
            // What the types read has no syntax error and no key twice.
            Ok(office) => {
                if !plain::is_valid(&office, raw.json) {
                    in_schema(raw, findings);
                }
                rules(raw, &office, findings, before);
                Some(office)
            }
            Err(error) => {
                untyped(raw, &error, findings);
                None
            }
        };
        if before < findings.len() {
            let id = match &office {
                Some(office) => Some(office.id.to_string()),
                None => Some(KeptOffice::from(*raw).id).filter(|id| !id.is_empty()),
            };
            for finding in &mut findings[before..] {
                finding.office.clone_from(&id);
            }
            suppress(self.suppressions, findings, before);
        }
        office
    }
}

/// What is wrong with an office that the types do not read.
fn untyped(raw: &RawOffice<'_>, error: &serde_json::Error, findings: &mut Vec<Finding>) {
    let before = findings.len();
    findings.extend(scan(raw.json, raw.offset, DEPTH_OF_OFFICES));
    if findings[before..].iter().any(is_fatal) {
        return;
    }
    let Some(mut value) = in_schema(raw, findings) else { return };
    if findings.len() == before {
        let whole = raw.offset..raw.offset + raw.json.len();
        findings.push(Finding::new(&rules::schema::TYPE, error.to_string()).at(whole));
    }
    // The rules may still have something to say of the rest.
    repair(&mut value, raw.index, &findings[before..]);
    if let Ok(office) = Office::deserialize(&value) {
        rules(raw, &office, findings, before);
    }
}

/// What the schema says of an office.
fn in_schema(raw: &RawOffice<'_>, findings: &mut Vec<Finding>) -> Option<Value> {
    let value = serde_json::from_str(raw.json).ok()?;
    let pointer = format!("/offices/{}", raw.index);
    schema::office(&value, raw.json, raw.offset, &pointer, findings);
    Some(value)
}

/// The rules' findings on an office; `before` are those on it so far. What has its finding already gets
/// no second one.
fn rules(raw: &RawOffice<'_>, office: &Office<'_>, findings: &mut Vec<Finding>, before: usize) {
    let known = findings.len();
    rules::office(&Subject::new(office), &mut Report::new(raw, findings));
    if before < known && known < findings.len() {
        let more = findings.split_off(known);
        let is_new =
            |it: &Finding| findings[before..].iter().all(|known| known.pointer != it.pointer);
        let more: Vec<Finding> = more.into_iter().filter(is_new).collect();
        findings.extend(more);
    }
}

/// Makes of an office what the types read, as far as the findings of the schema say how.
fn repair(office: &mut Value, index: usize, findings: &[Finding]) {
    let of_office = format!("/offices/{index}");
    for finding in findings {
        let Some(pointer) = finding.pointer.strip_prefix(&of_office) else { continue };
        let Some((parent, name)) = pointer.rsplit_once('/') else { continue };
        let name = name.replace("~1", "/").replace("~0", "~");
        let Some(Value::Object(members)) = office.pointer_mut(parent) else { continue };
        if finding.code == rules::schema::UNKNOWN_MEMBER.code {
            let value = members.remove(&name).unwrap_or_default();
            rules::schema::meant(finding).map(|meant| members.entry(meant).or_insert(value));
        } else if finding.code == rules::schema::TYPE.code || pointer == "/kind" {
            members.remove(&name);
        }
    }
    if let Value::Object(members) = office {
        for (name, value) in [("id", ""), ("name", ""), ("kind", "office")] {
            members.entry(name).or_insert_with(|| value.into());
        }
    }
}

/// How many arrays and objects an office stands within.
const DEPTH_OF_OFFICES: usize = 2;

fn read_header<'d>(header: &'d Value, findings: &mut Vec<Finding>) -> Option<Header<'d>> {
    Header::deserialize(header)
        .map_err(|error| findings.push(Finding::new(&rules::schema::TYPE, error.to_string())))
        .ok()
}
