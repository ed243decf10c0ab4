mod explain;

use std::sync::LazyLock;

use jsonschema::{PatternOptions, ValidationError, ValidationOptions, Validator};
use serde_json::{Value, json};

use super::{Finding, Rule};
use crate::read::{locate, within};
use explain::{Explained, Place, explain};

/// The contract that `directory.json` is held to: JSON Schema 2020-12.
pub const SCHEMA: &str = include_str!("../../schema/directory.schema.json");

/// All findings on the document without its offices.
pub(super) fn header(header: &Value, text: &str, findings: &mut Vec<Finding>) {
    if let Some(schema) = Schema::shared(findings) {
        collect(schema.document.iter_errors(header), text, 0, "", findings);
    }
}

/// All findings on one office that stands at `offset` in the document and is called `pointer` there.
pub(super) fn office(
    office: &Value,
    json: &str,
    offset: usize,
    pointer: &str,
    findings: &mut Vec<Finding>,
) {
    if let Some(schema) = Schema::shared(findings)
        && !schema.office.is_valid(office)
    {
        collect(schema.office.iter_errors(office), json, offset, pointer, findings);
    }
}

/// The schema compiled twice: for the whole document, and for one office.
struct Schema {
    document: Validator,
    office: Validator,
}

impl Schema {
    /// The schema, compiled by who asks for it first: that takes longer than to check a small directory. That
    /// it compiles is tested; else everything would be a finding.
    fn shared(findings: &mut Vec<Finding>) -> Option<&'static Schema> {
        static SHARED: LazyLock<Result<Schema, String>> =
            LazyLock::new(|| Schema::compile().map_err(|error| error.to_string()));
        let broken =
            |why: &String| findings.push(Finding::new(&super::rules::schema::TYPE, why.as_str()));
        SHARED.as_ref().map_err(broken).ok()
    }

    fn compile() -> Result<Self, ValidationError<'static>> {
        let document: Value = serde_json::from_str(SCHEMA)
            .map_err(|error| ValidationError::schema(error.to_string()))?;
        let office = json!({ "$ref": "#/$defs/office", "$defs": document["$defs"] });
        let options = options();
        Ok(Schema { document: options.build(&document)?, office: options.build(&office)? })
    }
}

/// How schemas are compiled: patterns run in linear time, formats count, and nothing is ever fetched.
fn options() -> ValidationOptions<'static> {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex())
}

fn collect<'i>(
    errors: impl Iterator<Item = ValidationError<'i>>,
    json: &str,
    offset: usize,
    pointer: &str,
    findings: &mut Vec<Finding>,
) {
    let mut explained: Vec<Explained> = Vec::new();
    for error in errors {
        for one in explain(&error) {
            // A value may break its pattern and its format: once is enough.
            if !explained.iter().any(|it| it.path == one.path && it.place == one.place) {
                explained.push(one);
            }
        }
    }
    // What is missing only because its name is misspelt is one matter.
    let meant = |path: &str| {
        let mut others = explained.iter().filter_map(|it| it.meant.as_ref());
        others.any(|meant| meant == path)
    };
    for one in explained.iter().filter(|it| it.place != Place::Start || !meant(&it.missing())) {
        findings.push(one.finding(json, offset, pointer));
    }
}

impl Explained {
    fn finding(&self, json: &str, offset: usize, pointer: &str) -> Finding {
        let span = locate(json, &self.path).map_or(0..0, |found| match (self.place, found.key) {
            (Place::Key, Some(key)) => key,
            (Place::Start, _) => found.value.start..found.value.start + 1,
            _ => found.value,
        });
        let literal = json.get(span.clone()).unwrap_or_default();
        let start = span.start + offset;
        let mut marks = self.marks.iter().map(|(text, what)| {
            let place = within(literal, text);
            (place.start + start..place.end + start, what)
        });
        let span = start..span.end + offset;
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
