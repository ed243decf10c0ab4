//! Whether a directory may be exported: the schema first, then what the offices say of each other.

pub mod codes;
mod finding;
mod notes;
mod references;
mod schema;

use serde::Deserialize;
use serde_json::Value;

pub use finding::{Finding, Severity};
pub use schema::SCHEMA;

use crate::model::{Header, Office};
use crate::read::{Document, RawOffice, Registry};
use schema::Schema;

/// Checks one document: its header once, then every office on whichever core has it.
pub struct Checker<'d> {
    schema: Schema,
    document: &'d Document<'d>,
    registry: &'d Registry<'d>,
    regions: Vec<String>,
}

impl<'d> Checker<'d> {
    /// Makes ready to check the offices of `document`.
    ///
    /// # Errors
    /// What is wrong with the schema that is built in; the tests hold it right.
    pub fn new(document: &'d Document<'d>, registry: &'d Registry<'d>) -> Result<Self, String> {
        let schema = Schema::compile().map_err(|error| error.to_string())?;
        let regions = references::region_ids(&document.header);
        Ok(Checker { schema, document, registry, regions })
    }

    /// Everything that concerns the document as a whole, and its header where nothing is wrong with it.
    pub fn whole(&self, findings: &mut Vec<Finding>) -> Option<Header<'d>> {
        let before = findings.len();
        self.schema.header(&self.document.header, self.document.text, findings);
        references::regions(&self.document.header, self.document.text, findings);
        let header = if findings.len() == before { self.header(findings) } else { None };
        references::offices(self.document, self.registry, findings);
        header
    }

    fn header(&self, findings: &mut Vec<Finding>) -> Option<Header<'d>> {
        Header::deserialize(&self.document.header)
            .map_err(|error| findings.push(Finding::error(codes::TYPE, error.to_string())))
            .ok()
    }

    /// Checks one office; gives it typed where there is nothing wrong with it.
    pub fn office<'a>(
        &self,
        raw: &RawOffice<'a>,
        findings: &mut Vec<Finding>,
    ) -> Option<Office<'a>> {
        let before = findings.len();
        let pointer = format!("/offices/{}", raw.index);
        let whole = raw.offset..raw.offset + raw.json.len();
        match serde_json::from_str::<Value>(raw.json) {
            Ok(value) => self.schema.office(&value, raw.json, raw.offset, &pointer, findings),
            // The document was split without looking into its offices.
            Err(error) => {
                findings.push(Finding::error(codes::JSON, error.to_string()).at(whole.clone()))
            }
        }
        references::office(raw, self.registry, &self.regions, findings);
        let mut office = None;
        if findings.len() == before {
            match serde_json::from_str(raw.json) {
                Ok(typed) => {
                    notes::office(raw, &typed, findings);
                    office = Some(typed);
                }
                Err(error) => {
                    findings.push(Finding::error(codes::TYPE, error.to_string()).at(whole));
                }
            }
        }
        let id = self.registry.heads[raw.index].id.as_deref();
        for finding in &mut findings[before..] {
            finding.office = id.map(str::to_owned);
        }
        office
    }
}
