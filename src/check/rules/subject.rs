use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

use serde_json::Value;

use super::{Rule, cycle, schema};
use crate::check::Finding;
use crate::model::Office;
use crate::postal::{Problem, problems};
use crate::read::{KeptOffice, RawOffice, Registry, Source, locate, region_ids, strings, within};

/// One office, as rules look at it.
pub(in crate::check) struct Subject<'s, 'a> {
    pub office: &'s Office<'a>,
    /// The address's position, and what its country's post objects to.
    pub problems: Vec<(usize, Problem<'s>)>,
}

impl<'s, 'a> Subject<'s, 'a> {
    pub fn new(office: &'s Office<'a>) -> Self {
        let addresses = office.addresses.iter().enumerate();
        let problems =
            addresses.flat_map(|(at, it)| problems(it).into_iter().map(move |it| (at, it)));
        Subject { office, problems: problems.collect() }
    }

    /// Whether the record itself says that the value there is doubtful.
    pub fn is_doubtful(&self, pointer: &str) -> bool {
        self.office.notes.iter().any(|note| note.doubtful && note.pointer == pointer)
    }

    /// Whether the source's own form of an address's member is kept beside it.
    pub fn is_printed(&self, address: usize, member: &str) -> bool {
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
        report: &mut Report<'_, '_>,
        wanted: impl Fn(&Problem<'_>) -> bool,
    ) {
        for (at, problem) in self.problems.iter().filter(|(_, problem)| wanted(problem)) {
            let member = problem.member();
            let pointer = format!("/addresses/{at}/{member}");
            if self.is_doubtful(&pointer) {
                continue;
            }
            let finding = report.add(rule, &pointer, problem.to_string());
            finding.help = problem.help();
        }
    }
}

/// Where the findings on one office go.
pub(in crate::check) struct Report<'r, 'a> {
    raw: &'r RawOffice<'a>,
    findings: &'r mut Vec<Finding>,
}

impl<'r, 'a> Report<'r, 'a> {
    pub fn new(raw: &'r RawOffice<'a>, findings: &'r mut Vec<Finding>) -> Self {
        Report { raw, findings }
    }

    /// Adds a finding at a JSON pointer from the office. What is not there is shown at its nearest
    /// ancestor's first byte.
    pub fn add(&mut self, rule: &Rule, pointer: &str, message: impl Into<String>) -> &mut Finding {
        let mut finding = Finding::new(rule, message);
        finding.span = span(self.raw, pointer);
        finding.pointer = format!("/offices/{}{pointer}", self.raw.index);
        let at = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[at]
    }

    /// Whether a pointer leads to something in the office, or to a member that an object there lacks. A misspelt
    /// member, which has its finding, is taken for what it is meant to be.
    pub fn leads(&self, pointer: &str) -> bool {
        self.stands(pointer) || self.stands(&self.as_spelt(pointer))
    }

    fn stands(&self, pointer: &str) -> bool {
        let Some((around, name)) = pointer.rsplit_once('/') else { return pointer.is_empty() };
        let is_item = name.bytes().all(|byte| byte.is_ascii_digit());
        locate(self.raw.json, if is_item { pointer } else { around }).is_some()
    }

    /// A pointer by members as they stand in the file, where some are misspelt.
    fn as_spelt(&self, pointer: &str) -> String {
        let of_office = format!("/offices/{}", self.raw.index);
        let misspelt = self.findings.iter().filter_map(|finding| {
            let spelt = finding.pointer.strip_prefix(&of_office)?;
            let (parent, _) = spelt.rsplit_once('/')?;
            Some((format!("{parent}/{}", schema::meant(finding)?), spelt))
        });
        misspelt.fold(pointer.to_owned(), |pointer, (meant, spelt)| {
            let rest =
                pointer.strip_prefix(&meant).filter(|it| it.is_empty() || it.starts_with('/'));
            rest.map(|rest| format!("{spelt}{rest}")).unwrap_or(pointer)
        })
    }

    /// Looks at every text of an office whose JSON may have what is looked for: `look` gets a text's pointer and
    /// says what is wrong with which parts of it.
    pub fn texts(
        &mut self,
        rule: &Rule,
        may_have: impl Fn(&str) -> bool,
        look: impl Fn(&str, &str) -> Option<Slip>,
    ) {
        let RawOffice { json, offset, index } = *self.raw;
        if !may_have(json) {
            return;
        }
        strings(json, |pointer, span| {
            let literal = &json[span.clone()];
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
            finding.related = marks.map(|mark| (mark, "and here".into())).collect();
            finding.pointer = format!("/offices/{index}{pointer}");
            if let Some((part, instead)) = slip.instead {
                let instead = Value::from(instead).to_string();
                let instead = &instead[1..instead.len() - 1];
                finding = finding.edit(place(&part), instead, slip.safe);
            }
            self.findings.push(finding);
        });
    }
}

/// What is wrong with a text. Ranges are bytes of it.
pub(in crate::check) struct Slip {
    pub message: &'static str,
    pub help: &'static str,
    /// At least one.
    pub marks: Vec<Range<usize>>,
    /// What is to be replaced, and what by.
    pub instead: Option<(Range<usize>, String)>,
    /// Whether that may be done without asking.
    pub safe: bool,
}

/// The place of a JSON pointer from an office, or of its nearest ancestor's first byte.
fn span(raw: &RawOffice<'_>, pointer: &str) -> Range<usize> {
    let ancestors = pointer.rmatch_indices('/').map(|(at, _)| &pointer[..at]);
    let mut span = 0..0;
    for candidate in std::iter::once(pointer).chain(ancestors) {
        if let Some(found) = locate(raw.json, candidate) {
            let is_it = candidate.len() == pointer.len();
            let value = found.value;
            span = if is_it { value } else { value.start..value.start + 1 };
            break;
        }
    }
    span.start + raw.offset..span.end + raw.offset
}

/// A whole directory, as rules look at it.
pub(in crate::check) struct Whole<'w> {
    pub registry: &'w Registry,
    pub regions: Vec<&'w str>,
    /// Ids that an unknown one may have meant.
    pub ids: Vec<String>,
    header: Option<(&'w Value, &'w str)>,
    /// The offices that the registry points out.
    offices: BTreeMap<u32, KeptOffice>,
}

/// Ids among which the nearest to an unknown one is looked for.
const NEAR: usize = 100_000;

impl<'w> Whole<'w> {
    pub fn new(source: Source<'w>, registry: &'w Registry) -> io::Result<Self> {
        let header = source.header();
        let pointed_out = registry.unknown_parents.iter().chain(&registry.unknown_regions).copied();
        let pairs = registry.duplicates.iter().flat_map(|(later, first)| [*later, *first]);
        let groups = registry.same_name.iter().chain(&registry.same_place).flatten().copied();
        let wanted = pointed_out.chain(pairs).chain(groups).chain(cycle::members(registry));
        Ok(Whole {
            registry,
            regions: header.into_iter().flat_map(|(header, _)| region_ids(header)).collect(),
            ids: match registry.unknown_parents.is_empty() {
                true => Vec::new(),
                false => source.ids(NEAR)?,
            },
            header,
            offices: source.pick(&wanted.collect())?,
        })
    }

    /// The office at that position, which the registry points out.
    pub fn at(&self, at: u32) -> Option<&KeptOffice> {
        self.offices.get(&at)
    }

    /// A finding at a member of the region at that position.
    pub fn region(&self, at: usize, member: &str, rule: &Rule, message: String) -> Finding {
        let pointer = format!("/regions/{at}/{member}");
        let found = self.header.and_then(|(_, text)| locate(text, &pointer));
        let mut finding = Finding::new(rule, message).at(found.map_or(0..0, |found| found.value));
        finding.pointer = pointer;
        finding
    }

    /// The id of the parent of the region at that position.
    pub fn region_parent(&self, at: usize) -> Option<&'w str> {
        self.header?.0["regions"][at]["parent"].as_str()
    }
}

impl KeptOffice {
    /// The place of a member.
    pub(in crate::check) fn span(&self, member: &str) -> Range<usize> {
        span(&self.raw(), &format!("/{member}"))
    }

    /// A finding at a member.
    pub(in crate::check) fn finding(&self, member: &str, rule: &Rule, message: String) -> Finding {
        let mut finding = Finding::new(rule, message).at(self.span(member));
        finding.pointer = format!("/offices/{}/{member}", self.raw().index);
        finding.office = Some(self.id.clone()).filter(|id| !id.is_empty());
        finding
    }
}
