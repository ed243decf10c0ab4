//! The JSON Schema, and its errors as findings.
//!
//! The validator is the `jsonschema` crate; its messages are for people who write schemas, so `explain`
//! says the same to people who write directories. Whether an office has to come here at all is decided
//! by `fast_accept`.

mod draft_07;
mod explain;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use jsonschema::{PatternOptions, ValidationError, ValidationOptions, Validator};
use serde_json::{Value, json};

use crate::finding::{Finding, Findings, MOST, Rule};
use crate::json::{ValueIndex, within};
pub use draft_07::draft_07;
use explain::{ExplainedError, MarkedPart, explain};

/// The contract that `directory.json` is held to: JSON Schema 2020-12, as `schema/directory.schema.json` has
/// it. It is built in, so a program needs no file and nothing is fetched; the `$schema` member of a
/// directory is for editors and never followed.
pub const SCHEMA: &str = include_str!("../../schema/directory.schema.json");

/// The newest version of the format: the one of [`SCHEMA`], with which its `$id` ends. A directory says its own in
/// `schema_version`.
pub const SCHEMA_VERSION: u32 = 2;

/// All findings on the document without its offices.
pub(super) fn header(header: &Value, text: &str, findings: &mut Findings) {
    if let Some(schema) = CompiledSchema::shared(findings) {
        let errors = explained(schema.document.iter_errors(header), findings);
        if !errors.is_empty() {
            add(&errors, &ValueIndex::of_header(text), text, 0, "", findings);
        }
    }
}

/// All findings on one office that stands at `offset` in the document and is called `pointer` there.
pub(super) fn office(
    office: &Value,
    json: &str,
    offset: usize,
    pointer: &str,
    findings: &mut Findings,
) {
    if let Some(schema) = CompiledSchema::shared(findings)
        // Asking whether it is valid makes no values of errors, and most offices that come here are valid.
        && !schema.office.is_valid(office)
    {
        let mut errors = explained(schema.office.iter_errors(office), findings);
        errors.iter_mut().for_each(|error| error.advise_time_zone(office));
        add(&errors, &ValueIndex::new(json), json, offset, pointer, findings);
    }
}

/// The schema compiled twice: for the whole document, and for one office.
struct CompiledSchema {
    document: Validator,
    office: Validator,
}

impl CompiledSchema {
    /// The schema, compiled by who asks for it first: that takes longer than to check a small directory. That
    /// it compiles is tested; else everything would be a finding.
    fn shared(findings: &mut Findings) -> Option<&'static CompiledSchema> {
        static SHARED: LazyLock<Result<CompiledSchema, String>> =
            LazyLock::new(|| CompiledSchema::compile().map_err(|error| error.to_string()));
        let broken =
            |why: &String| findings.push(Finding::new(&super::rules::schema::TYPE, why.as_str()));
        SHARED.as_ref().map_err(broken).ok()
    }

    /// Compiles the schema for the header, whose `offices` are empty, and for one office by itself.
    fn compile() -> Result<Self, ValidationError<'static>> {
        let document: Value = serde_json::from_str(SCHEMA)
            .map_err(|error| ValidationError::schema(error.to_string()))?;
        // Offices are validated one by one, with the definitions of the whole schema beside them, so
        // that no document is ever built of a million offices.
        let office = json!({ "$ref": "#/$defs/office", "$defs": document["$defs"] });
        let options = options();
        Ok(CompiledSchema { document: options.build(&document)?, office: options.build(&office)? })
    }
}

/// How schemas are compiled: patterns run in linear time, formats count, and nothing is ever fetched.
fn options() -> ValidationOptions<'static> {
    jsonschema::draft202012::options()
        // By the standard formats are annotations (JSON Schema 2020-12, section 7); here a date that
        // does not exist is a mistake.
        .should_validate_formats(true)
        // The default engine backtracks, and a text could make it take for ever.
        .with_pattern_options(PatternOptions::regex())
}

/// The errors in our own words, as many as findings are kept; the others are counted.
fn explained<'i>(
    errors: impl Iterator<Item = ValidationError<'i>>,
    findings: &mut Findings,
) -> Vec<ExplainedError> {
    let (mut all, mut seen, hashes) = (Vec::new(), HashSet::new(), RandomState::new());
    for error in errors {
        let (explained, more) = explain(&error);
        findings.omit(&super::rules::schema::UNKNOWN_MEMBER, more);
        for one in explained {
            // A value may break its pattern and its format: once is enough.
            if !seen.insert(hashes.hash_one((&one.path, one.place))) {
                continue;
            }
            match all.len() < MOST {
                true => all.push(one),
                false => findings.omit(one.rule, 1),
            }
        }
    }
    all
}

fn add(
    errors: &[ExplainedError],
    index: &ValueIndex<'_>,
    json: &str,
    offset: usize,
    pointer: &str,
    findings: &mut Findings,
) {
    // What is missing only because its name is misspelt is one matter.
    let meant: HashSet<&str> = errors.iter().filter_map(|it| it.meant.as_deref()).collect();
    let is_one =
        |it: &&ExplainedError| it.place != MarkedPart::Start || !meant.contains(&*it.missing());
    for one in errors.iter().filter(is_one) {
        findings.push(one.finding(index, json, offset, pointer));
    }
}

impl ExplainedError {
    /// Which zone to write depends on the office's countries, of which the error knows nothing.
    fn advise_time_zone(&mut self, office: &Value) {
        if self.path != "/time_zone" || self.help.is_some() {
            return;
        }
        let Some(zone) = office["time_zone"].as_str() else { return };
        let addresses = office["addresses"].as_array().into_iter().flatten();
        let countries = addresses.filter_map(|address| address["country"].as_str());
        let (help, instead) = super::rules::time_zone::instead_of(zone, countries);
        (self.help, self.instead) = (help, instead.map(Value::from));
    }

    fn finding(&self, index: &ValueIndex<'_>, json: &str, offset: usize, pointer: &str) -> Finding {
        let span = index.find(&self.path).map_or(0..0, |found| match (self.place, found.key) {
            (MarkedPart::Key, Some(key)) => key,
            (MarkedPart::Start, _) => found.value.start..found.value.start + 1,
            _ => found.value,
        });
        let literal = json.get(span.clone()).unwrap_or_default();
        let start = span.start + offset;
        let mut marks = self.marks.iter().map(|(text, what)| {
            let place = within(literal, text);
            (place.start + start..place.end + start, what)
        });
        let span = start..span.end + offset;
        // The first mark is the place of the finding itself.
        let mark = marks.next().map_or(span.clone(), |(mark, _)| mark);
        let mut finding = Finding::new(self.rule, self.message.as_str()).at(mark);
        finding.related = marks.map(|(place, what)| (place, what.clone())).collect();
        finding.pointer = format!("{pointer}{}", self.path);
        finding.help.clone_from(&self.help);
        match &self.instead {
            Some(value) => finding.edit(span, value.to_string(), self.safe),
            None => finding,
        }
    }
}
