//! Whether a directory may be exported: the schema first, then what the offices say of each other.

mod finding;
mod rules;
mod schema;

use serde::Deserialize;
use serde_json::Value;

pub use finding::{Edit, Finding, Severity};
pub(crate) use rules::syntax;
pub use rules::{RULES, Rule, rule};
pub use schema::SCHEMA;

use crate::model::{Header, Office};
use crate::read::{Document, RawOffice, Registry};
use rules::{Report, Subject, Whole};
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
        let regions = region_ids(&document.header);
        Ok(Checker { schema, document, registry, regions })
    }

    /// Everything that concerns the document as a whole, and its header where nothing is wrong with it.
    pub fn whole(&self, findings: &mut Vec<Finding>) -> Option<Header<'d>> {
        let before = findings.len();
        self.schema.header(&self.document.header, self.document.text, findings);
        let header = if findings.len() == before { self.header(findings) } else { None };
        let whole =
            Whole { document: self.document, registry: self.registry, regions: &self.regions };
        rules::whole(&whole, findings);
        header.filter(|_| !findings[before..].iter().any(|it| it.pointer.starts_with("/regions")))
    }

    fn header(&self, findings: &mut Vec<Finding>) -> Option<Header<'d>> {
        Header::deserialize(&self.document.header)
            .map_err(|error| findings.push(Finding::new(&rules::schema::TYPE, error.to_string())))
            .ok()
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
        match serde_json::from_str::<Value>(raw.json) {
            Ok(value) => self.schema.office(&value, raw.json, raw.offset, &pointer, findings),
            // The document was split without looking into its offices.
            Err(error) => {
                findings.push(Finding::new(&syntax::JSON, error.to_string()).at(whole.clone()))
            }
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
            finding.office = self.registry.id(raw.index).map(str::to_owned);
        }
        let any_error = findings[before..].iter().any(|it| it.severity == Severity::Error);
        office.filter(|_| !any_error)
    }
}

/// The ids of the regions; a region without one counts as "".
fn region_ids(header: &Value) -> Vec<String> {
    let regions = header["regions"].as_array();
    let id = |region: &Value| region["id"].as_str().unwrap_or_default().to_owned();
    regions.into_iter().flatten().map(id).collect()
}
