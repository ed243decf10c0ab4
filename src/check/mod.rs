//! Whether a directory may be exported: the schema first, then what the offices say of each other.

mod finding;
mod rules;
mod schema;

use std::io;

use serde::Deserialize;
use serde_json::Value;

pub use finding::{Edit, Finding, Severity};
pub(crate) use rules::syntax;
pub use rules::{RULES, Rule, rule};
pub use schema::SCHEMA;

use crate::model::{Header, Office};
use crate::read::{RawOffice, Registry, Source};
use rules::{Report, Subject, Whole};
use schema::Schema;

/// Checks one directory: its header once, then every office on whichever core has it.
pub struct Checker<'d> {
    schema: Schema,
    source: Source<'d>,
    registry: &'d Registry,
}

impl<'d> Checker<'d> {
    /// Makes ready to check the offices of `source`.
    ///
    /// # Errors
    /// What is wrong with the schema that is built in; the tests hold it right.
    pub fn new(source: Source<'d>, registry: &'d Registry) -> Result<Self, String> {
        let schema = Schema::compile().map_err(|error| error.to_string())?;
        Ok(Checker { schema, source, registry })
    }

    /// Everything that concerns the directory as a whole, and its header where nothing is wrong with it.
    /// A directory without a header has an organisation without a name.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn whole(&self, findings: &mut Vec<Finding>) -> io::Result<Option<Header<'d>>> {
        let before = findings.len();
        let mut typed = Some(Header::default());
        if let Some((header, text)) = self.source.header() {
            self.schema.header(header, text, findings);
            typed = if findings.len() == before { read_header(header, findings) } else { None };
        }
        rules::whole(&Whole::new(self.source, self.registry)?, findings);
        let in_regions = |finding: &Finding| finding.pointer.starts_with("/regions");
        Ok(typed.filter(|_| !findings[before..].iter().any(in_regions)))
    }

    /// Checks one office; gives it typed where there is no error in it.
    pub fn office<'a>(
        &self,
        raw: &RawOffice<'a>,
        findings: &mut Vec<Finding>,
    ) -> Option<Office<'a>> {
        let before = findings.len();
        let pointer = format!("/offices/{}", raw.index);
        let whole = raw.offset..raw.offset + raw.json.len();
        let value = serde_json::from_str::<Value>(raw.json).unwrap_or_else(|error| {
            // The document was split without looking into its offices.
            findings.push(Finding::new(&syntax::JSON, error.to_string()).at(whole.clone()));
            Value::Null
        });
        if findings.len() == before {
            self.schema.office(&value, raw.json, raw.offset, &pointer, findings);
        }
        let office = match serde_json::from_str::<Office<'a>>(raw.json) {
            Ok(office) => {
                let mut report = Report::new(raw, findings, before);
                rules::office(&Subject::new(&office), &mut report);
                Some(office)
            }
            Err(error) if findings.len() == before => {
                findings.push(Finding::new(&rules::schema::TYPE, error.to_string()).at(whole));
                None
            }
            Err(_) => None,
        };
        for finding in &mut findings[before..] {
            finding.office = value["id"].as_str().map(str::to_owned);
        }
        let any_error = findings[before..].iter().any(|it| it.severity == Severity::Error);
        office.filter(|_| !any_error)
    }
}

fn read_header<'d>(header: &'d Value, findings: &mut Vec<Finding>) -> Option<Header<'d>> {
    Header::deserialize(header)
        .map_err(|error| findings.push(Finding::new(&rules::schema::TYPE, error.to_string())))
        .ok()
}
