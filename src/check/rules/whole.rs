//! A directory as a whole, as rules look at it: first at what offices have to do with each other, of which little
//! more than numbers is known, then at as many of these offices as findings are kept.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::ops::Range;

use serde_json::Value;

use super::facts::{NeededOffices, ShownOffice, see};
use super::{RuleStage, TABLE};
use crate::check::suppressions::Suppressions;
use crate::finding::{Finding, Findings, MOST, Rule};
use crate::json::ValueIndex;
use crate::read::{DirectorySource, Registry, region_ids};
use crate::text::Suggestions;

/// What a rule does with the directory as a whole.
#[derive(Debug)]
pub(in crate::check) struct DirectoryRule {
    /// What it objects to among the offices, in their order.
    pub offices: for<'m> fn(&'m Registry, &'m NeededOffices<'_>) -> OfficeIssues<'m>,
    /// The finding on that.
    pub finding: fn(&DirectoryContext<'_>, &OfficeIssue) -> Finding,
    /// Its findings on the regions, in their order.
    pub regions: fn(&DirectoryContext<'_>, &mut Findings),
}

pub(in crate::check) type OfficeIssues<'m> = Box<dyn Iterator<Item = OfficeIssue> + 'm>;

/// Something about an office, by its position.
#[derive(Debug)]
pub(in crate::check) struct OfficeIssue {
    pub office: u32,
    pub with: RelatedOffices,
}

/// The other offices that belong to a matter.
#[derive(Debug)]
pub(in crate::check) enum RelatedOffices {
    Nothing,
    /// One, and what is between the two.
    Office(u32, &'static str),
    /// The rest of a cycle.
    Cycle(Box<[u32]>),
}

/// How many members of a cycle are named.
pub(in crate::check) const SHOWN: usize = 20;

impl OfficeIssue {
    /// All offices that are shown.
    fn offices(&self) -> impl Iterator<Item = u32> {
        let others = match &self.with {
            RelatedOffices::Nothing => &[],
            RelatedOffices::Office(other, _) => std::slice::from_ref(other),
            RelatedOffices::Cycle(others) => &others[..others.len().min(SHOWN)],
        };
        std::iter::once(self.office).chain(others.iter().copied())
    }
}

/// The findings of the rules that take the whole directory, without those that are suppressed.
pub(in crate::check) fn whole(
    source: DirectorySource<'_>,
    registry: &Registry,
    suppressions: &Suppressions<'_>,
) -> io::Result<Findings> {
    let (facts, mut sights) = NeededOffices::new(source, registry, suppressions)?;
    let (mut findings, mut kept) = (Findings::default(), Vec::new());
    for (rule, stage) in TABLE {
        let RuleStage::Whole(among) = stage else { continue };
        let mut matters = Vec::new();
        for matter in (among.offices)(registry, &facts) {
            if facts.suppress(rule.code, matter.office) {
                continue;
            }
            match matters.len() < MOST {
                true => matters.push(matter),
                false => findings.omit(rule, 1),
            }
        }
        kept.push((among, matters));
    }
    let shown = kept.iter().flat_map(|(_, matters)| matters).flat_map(OfficeIssue::offices);
    let unseen = shown.filter(|at| !sights.contains_key(at)).collect();
    see(source, &unseen, &mut sights)?;
    let ids = match registry.unknown_parents.is_empty() || registry.is_part {
        true => Vec::new(),
        false => source.ids(NEAR)?,
    };
    let whole = DirectoryContext::new(source, registry.is_part, &ids, sights);
    for (among, matters) in kept {
        for matter in &matters {
            findings.keep((among.finding)(&whole, matter));
        }
        let mut of_regions = Findings::default();
        (among.regions)(&whole, &mut of_regions);
        findings = findings.merge(of_regions);
    }
    Ok(findings)
}

/// Ids among which the nearest to an unknown one is looked for.
const NEAR: usize = 100_000;

/// A whole directory.
pub(in crate::check) struct DirectoryContext<'w> {
    /// Whether it is a part of a directory, which knows the other offices by its references only.
    pub is_part: bool,
    pub regions: Vec<&'w str>,
    /// The first region of each id.
    positions: HashMap<&'w str, usize>,
    header: Option<(&'w Value, &'w str)>,
    index: OnceCell<ValueIndex<'w>>,
    sights: BTreeMap<u32, ShownOffice>,
    ids: &'w [String],
    near_offices: OnceCell<Suggestions<'w>>,
    near_regions: OnceCell<Suggestions<'w>>,
}

impl<'w> DirectoryContext<'w> {
    fn new(
        source: DirectorySource<'w>,
        is_part: bool,
        ids: &'w [String],
        sights: BTreeMap<u32, ShownOffice>,
    ) -> Self {
        let header = source.header();
        let regions: Vec<&str> =
            header.into_iter().flat_map(|(header, _)| region_ids(header)).collect();
        let last_first = regions.iter().enumerate().rev();
        let positions = last_first.map(|(at, id)| (*id, at)).collect();
        let (index, near_offices, near_regions) = Default::default();
        DirectoryContext {
            is_part,
            regions,
            positions,
            header,
            index,
            sights,
            ids,
            near_offices,
            near_regions,
        }
    }

    /// The office at that position, which a matter names.
    pub fn at(&self, at: u32) -> &ShownOffice {
        static NONE: ShownOffice = ShownOffice::NONE;
        self.sights.get(&at).unwrap_or(&NONE)
    }

    /// Adds where the other office of a matter has a member.
    pub fn related(&self, mut finding: Finding, other: u32, member: &str, what: &str) -> Finding {
        finding.related.push((self.at(other).span(member), what.to_owned()));
        finding
    }

    /// The nearest id of an office.
    pub fn near_office(&self, id: &str) -> Option<&'w str> {
        let ids = || Suggestions::new(self.ids.iter().map(String::as_str));
        self.near_offices.get_or_init(ids).nearest(id)
    }

    /// The nearest id of a region.
    pub fn near_region(&self, id: &str) -> Option<&'w str> {
        let ids = || Suggestions::new(self.regions.iter().copied());
        self.near_regions.get_or_init(ids).nearest(id)
    }

    /// The position of the first region of that id.
    pub fn region_at(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// A finding at a member of the region at that position.
    pub fn region(&self, at: usize, member: &str, rule: &Rule, message: String) -> Finding {
        let mut finding = Finding::new(rule, message).at(self.region_span(at, member));
        finding.pointer = format!("/regions/{at}/{member}");
        finding
    }

    /// The place of a member of the region at that position.
    pub fn region_span(&self, at: usize, member: &str) -> Range<usize> {
        let text = self.header.map_or("", |(_, text)| text);
        let index = self.index.get_or_init(|| ValueIndex::of_header(text));
        index.find(&format!("/regions/{at}/{member}")).map_or(0..0, |found| found.value)
    }

    /// The id of the parent of the region at that position.
    pub fn region_parent(&self, at: usize) -> Option<&'w str> {
        self.header?.0["regions"][at]["parent"].as_str()
    }
}
