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
use crate::read::{DirectorySource, Registry, ids_in, kind_ids};
use crate::text::Suggestions;

/// What a rule does with the directory as a whole.
#[derive(Debug)]
pub(in crate::check) struct DirectoryRule {
    /// What it objects to among the offices, in their order.
    pub offices: for<'m> fn(&'m Registry, &'m NeededOffices<'_>) -> OfficeIssues<'m>,
    /// The finding on that.
    pub finding: fn(&DirectoryContext<'_>, &OfficeIssue) -> Finding,
    /// Its findings on the header, in its order.
    pub header: fn(&DirectoryContext<'_>, &mut Findings),
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
    let is_sound = registry.unknown_parents.is_empty() && registry.missing_headquarters.is_none();
    let ids = match is_sound || registry.is_part {
        true => Vec::new(),
        false => source.ids(NEAR)?,
    };
    let whole = DirectoryContext::new(source, registry, &ids, sights);
    for (among, matters) in kept {
        for matter in &matters {
            findings.keep((among.finding)(&whole, matter));
        }
        let mut of_header = Findings::default();
        (among.header)(&whole, &mut of_header);
        findings = findings.merge(of_header);
    }
    Ok(findings)
}

/// Ids among which the nearest to an unknown one is looked for.
const NEAR: usize = 100_000;

/// A whole directory.
pub(in crate::check) struct DirectoryContext<'w> {
    /// Whether it is a part of a directory, which knows the other offices by its references only.
    pub is_part: bool,
    /// The regions of its header.
    pub regions: DeclaredList<'w>,
    /// The kinds of its header.
    pub kinds: DeclaredList<'w>,
    /// The id of a headquarters that the organisation names and that is no office.
    pub missing_headquarters: Option<&'w str>,
    header: Option<(&'w Value, &'w str)>,
    index: OnceCell<ValueIndex<'w>>,
    sights: BTreeMap<u32, ShownOffice>,
    ids: &'w [String],
    near_offices: OnceCell<Suggestions<'w>>,
}

/// A list of the header whose items have ids that offices refer to.
pub(in crate::check) struct DeclaredList<'w> {
    /// The member that the list is.
    pub member: &'static str,
    /// What one of its items is called.
    pub item: &'static str,
    /// The ids of the items, in order; "" for one without an id.
    pub ids: Vec<&'w str>,
    /// The first item of each id.
    positions: HashMap<&'w str, usize>,
    near: OnceCell<Suggestions<'w>>,
}

impl<'w> DeclaredList<'w> {
    fn new(member: &'static str, item: &'static str, ids: Vec<&'w str>) -> Self {
        let last_first = ids.iter().enumerate().rev();
        let positions = last_first.map(|(at, id)| (*id, at)).collect();
        DeclaredList { member, item, ids, positions, near: OnceCell::new() }
    }

    /// The position of the first item of that id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The nearest id.
    pub fn nearest(&self, id: &str) -> Option<&'w str> {
        self.near.get_or_init(|| Suggestions::new(self.ids.iter().copied())).nearest(id)
    }
}

impl<'w> DirectoryContext<'w> {
    fn new(
        source: DirectorySource<'w>,
        registry: &'w Registry,
        ids: &'w [String],
        sights: BTreeMap<u32, ShownOffice>,
    ) -> Self {
        let header = source.header();
        let regions = header.map_or(Vec::new(), |(header, _)| ids_in(header, "regions").collect());
        let kinds = header.map_or(Vec::new(), |(header, _)| kind_ids(header));
        let (index, near_offices) = Default::default();
        DirectoryContext {
            is_part: registry.is_part,
            regions: DeclaredList::new("regions", "region", regions),
            kinds: DeclaredList::new("kinds", "kind", kinds),
            missing_headquarters: registry.missing_headquarters.as_deref(),
            header,
            index,
            sights,
            ids,
            near_offices,
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

    /// A finding at a member of an item of a list, by its position there.
    pub fn item(
        &self,
        list: &DeclaredList<'_>,
        at: usize,
        member: &str,
        rule: &Rule,
        message: String,
    ) -> Finding {
        self.in_header(&format!("/{}/{at}/{member}", list.member), rule, message)
    }

    /// A finding at that JSON pointer of the header.
    pub fn in_header(&self, pointer: &str, rule: &Rule, message: String) -> Finding {
        let mut finding = Finding::new(rule, message).at(self.header_span(pointer));
        finding.pointer = pointer.to_owned();
        finding
    }

    /// The place of what that JSON pointer leads to in the header.
    pub fn header_span(&self, pointer: &str) -> Range<usize> {
        let text = self.header.map_or("", |(_, text)| text);
        let index = self.index.get_or_init(|| ValueIndex::of_header(text));
        index.find(pointer).map_or(0..0, |found| found.value)
    }

    /// The id of the parent of the region at that position.
    pub fn region_parent(&self, at: usize) -> Option<&'w str> {
        self.header?.0["regions"][at]["parent"].as_str()
    }
}
