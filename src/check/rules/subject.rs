//! What rules look at and report to: one office, the findings on it, and the directory as a whole.
//!
//! Rules say where a mistake is by JSON pointer; here the pointer becomes a range of bytes of the file.
//! Nothing in this file knows a single rule.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde_json::Value;

use super::schema;
use crate::finding::{Finding, Findings, Rule};
use crate::json::{ValueIndex, strings, within};
use crate::model::Office;
use crate::postal::{AddressProblem, problems};
use crate::read::RawOffice;

/// One office, as rules look at it.
pub(in crate::check) struct OfficeContext<'s, 'a> {
    pub office: &'s Office<'a>,
    /// The address's position, and what its country's post objects to.
    pub problems: Vec<(usize, AddressProblem<'s>)>,
    /// What doubtful notes point at, once that is asked for.
    doubtful: OnceCell<HashSet<&'s str>>,
}

impl<'s, 'a> OfficeContext<'s, 'a> {
    /// The office, with what its posts object to.
    pub fn new(office: &'s Office<'a>) -> Self {
        let addresses = office.addresses.iter().enumerate();
        let problems =
            // Once for all rules about addresses: looking a country up and matching its patterns
            // costs more than all those rules together.
            addresses.flat_map(|(at, it)| problems(it).into_iter().map(move |it| (at, it)));
        OfficeContext { office, problems: problems.collect(), doubtful: OnceCell::new() }
    }

    /// Whether the record itself says that the value there is doubtful.
    pub fn is_doubtful(&self, pointer: &str) -> bool {
        let doubtful = || {
            let notes = self.office.notes.iter().filter(|note| note.doubtful);
            notes.map(|note| note.pointer.as_str()).collect()
        };
        self.doubtful.get_or_init(doubtful).contains(pointer)
    }

    /// Whether the source's own form of an address's member is kept beside it.
    pub fn is_printed(&self, address: usize, member: &str) -> bool {
        // Only members that a post may miss are asked for.
        let Some(printed) = &self.office.addresses[address].printed else { return false };
        match member {
            "postal_code" => printed.postal_code.is_some(),
            "locality" => printed.locality.is_some(),
            "administrative_area" => printed.administrative_area.is_some(),
            "dependent_locality" => printed.dependent_locality.is_some(),
            "sorting_code" => printed.sorting_code.is_some(),
            "address_lines" => !printed.address_lines.is_empty(),
            _ => false,
        }
    }

    /// Reports those problems of the post that `wanted` takes, where the record does not say so itself.
    pub fn postal(
        &self,
        rule: &'static Rule,
        report: &mut OfficeReporter<'_, '_>,
        wanted: impl Fn(&AddressProblem<'_>) -> bool,
    ) {
        self.postal_edits(rule, report, |problem| wanted(problem).then_some(""));
    }

    /// Reports those problems of the post that `instead` has a text for, with it as a safe edit unless it is empty.
    pub fn postal_edits(
        &self,
        rule: &'static Rule,
        report: &mut OfficeReporter<'_, '_>,
        instead: impl for<'p> Fn(&'p AddressProblem<'_>) -> Option<&'p str>,
    ) {
        for (at, problem) in &self.problems {
            let Some(instead) = instead(problem) else { continue };
            let pointer = format!("/addresses/{at}/{}", problem.member());
            if self.is_doubtful(&pointer) {
                continue;
            }
            report.add_with(rule, &pointer, problem.to_string(), |mut finding| {
                finding.help = problem.help();
                if instead.is_empty() {
                    return finding;
                }
                let span = finding.span.clone();
                finding.edit(span, Value::from(instead).to_string(), true)
            });
        }
    }
}

/// Where the findings on one office go.
pub(in crate::check) struct OfficeReporter<'r, 'a> {
    raw: &'r RawOffice<'a>,
    /// What the schema has found in it.
    known: &'r [Finding],
    findings: &'r mut Findings,
    /// Where everything stands, once that is asked for.
    index: OnceCell<ValueIndex<'a>>,
    /// Misspelt members by the pointer that they are meant to have, once they are asked for.
    misspelt: OnceCell<HashMap<String, &'r str>>,
}

impl<'r, 'a> OfficeReporter<'r, 'a> {
    pub fn new(raw: &'r RawOffice<'a>, known: &'r [Finding], findings: &'r mut Findings) -> Self {
        OfficeReporter { raw, known, findings, index: OnceCell::new(), misspelt: OnceCell::new() }
    }

    fn index(&self) -> &ValueIndex<'a> {
        self.index.get_or_init(|| ValueIndex::new(self.raw.json))
    }

    /// Adds a finding at a JSON pointer from the office. What is not there is shown at its nearest
    /// ancestor's first byte.
    pub fn add(&mut self, rule: &Rule, pointer: &str, message: impl Into<String>) {
        self.add_with(rule, pointer, message, |finding| finding);
    }

    /// The same, with what else there is to say.
    pub fn add_with(
        &mut self,
        rule: &Rule,
        pointer: &str,
        message: impl Into<String>,
        say: impl FnOnce(Finding) -> Finding,
    ) {
        let mut finding = Finding::new(rule, message);
        let span = span(self.index(), pointer);
        finding.span = span.start + self.raw.offset..span.end + self.raw.offset;
        finding.pointer = format!("/offices/{}{pointer}", self.raw.index);
        self.findings.push(say(finding));
    }

    /// The same, at a part of the text that is there, by its bytes.
    pub fn mark(
        &mut self,
        rule: &Rule,
        pointer: &str,
        part: &Range<usize>,
        message: impl Into<String>,
        say: impl FnOnce(Finding) -> Finding,
    ) {
        let literal = self.literal(pointer).unwrap_or_default();
        let part = within(literal, part);
        self.add_with(rule, pointer, message, |finding| {
            // What `say` replaces is the text as a whole.
            let start = finding.span.start;
            let mut finding = say(finding);
            finding.span = start + part.start..start + part.end;
            finding
        });
    }

    /// The value that a JSON pointer leads to, as it stands in the file.
    pub fn literal(&self, pointer: &str) -> Option<&'a str> {
        self.raw.json.get(self.index().find(pointer)?.value)
    }

    /// Whether a pointer leads to something in the office, or to a member that an object there lacks. A misspelt
    /// member, which has its finding, is taken for what it is meant to be.
    pub fn leads(&self, pointer: &str) -> bool {
        self.stands(pointer) || self.stands(&self.as_spelt(pointer))
    }

    /// Whether what a pointer names is there, or could be: a member may be missing from an object.
    fn stands(&self, pointer: &str) -> bool {
        let Some((around, name)) = pointer.rsplit_once('/') else { return pointer.is_empty() };
        // A note may be about a member that is missing, so for a member only what is around it has to
        // exist. An item of a list has to be there itself.
        let is_item = name.bytes().all(|byte| byte.is_ascii_digit());
        self.index().find(if is_item { pointer } else { around }).is_some()
    }

    /// A pointer by members as they stand in the file, where some are misspelt.
    fn as_spelt(&self, pointer: &str) -> String {
        let misspelt = self.misspelt.get_or_init(|| self.misspelt());
        let is_deep = pointer.matches('/').count() > DEEPEST;
        if misspelt.is_empty() || is_deep || !pointer.starts_with('/') {
            return pointer.to_owned();
        }
        let mut spelt = String::new();
        for token in pointer.split('/').skip(1) {
            spelt = format!("{spelt}/{token}");
            if let Some(as_spelt) = misspelt.get(&spelt) {
                spelt = (*as_spelt).to_owned();
            }
        }
        spelt
    }

    fn misspelt(&self) -> HashMap<String, &'r str> {
        let of_office = format!("/offices/{}", self.raw.index);
        let misspelt = self.known.iter().filter_map(|finding| {
            let spelt = finding.pointer.strip_prefix(&of_office)?;
            let (parent, _) = spelt.rsplit_once('/')?;
            Some((format!("{parent}/{}", schema::meant(finding)?), spelt))
        });
        misspelt.collect()
    }

    /// Looks at every text of an office whose JSON may have what is looked for: `look` gets a text's pointer and
    /// says what is wrong with which parts of it.
    pub fn texts(
        &mut self,
        rule: &Rule,
        may_have: impl Fn(&str) -> bool,
        look: impl Fn(&str, &str) -> Option<TextIssue>,
    ) {
        let RawOffice { json, offset, index } = *self.raw;
        if !may_have(json) {
            return;
        }
        strings(json, |pointer, span| {
            let literal = &json[span.clone()];
            // Half a surrogate pair is JSON and no text; the scanner has reported it.
            let Ok(text) = serde_json::from_str::<String>(literal) else { return };
            let Some(slip) = look(pointer, &text) else { return };
            let place = |part: &Range<usize>| {
                let part = within(literal, part);
                let start = offset + span.start;
                start + part.start..start + part.end
            };
            let mut marks = slip.marks.iter().map(place);
            let mark = marks.next().unwrap_or_default();
            let mut finding = Finding::new(rule, slip.message).help(slip.help).at(mark);
            // One finding a text, with the other places beside it: a text with twenty wrong letters
            // is one mistake.
            finding.related = marks.map(|mark| (mark, "and here".into())).collect();
            finding.pointer = format!("/offices/{index}{pointer}");
            if let Some((part, instead)) = slip.instead {
                // Written as JSON, without its quotes, because it takes the place of a part of the
                // literal.
                let instead = Value::from(instead).to_string();
                let instead = &instead[1..instead.len() - 1];
                finding = finding.edit(place(&part), instead, slip.safe);
            }
            self.findings.push(finding);
        });
    }
}

/// No value stands within more others: readers of JSON refuse it.
const DEEPEST: usize = 128;

/// What is wrong with a text. Ranges are bytes of it.
pub(in crate::check) struct TextIssue {
    pub message: &'static str,
    pub help: &'static str,
    /// At least one.
    pub marks: Vec<Range<usize>>,
    /// What is to be replaced, and what by.
    pub instead: Option<(Range<usize>, String)>,
    /// Whether that may be done without asking.
    pub safe: bool,
}

/// The place of a JSON pointer, or of its nearest ancestor's first byte.
pub(super) fn span(index: &ValueIndex<'_>, pointer: &str) -> Range<usize> {
    if let Some(found) = index.find(pointer) {
        return found.value;
    }
    let ancestors = pointer.rmatch_indices('/').map(|(at, _)| &pointer[..at]);
    let found = ancestors.filter_map(|it| index.find(it)).next();
    found.map_or(0..0, |found| found.value.start..found.value.start + 1)
}
