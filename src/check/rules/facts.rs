//! What rules on the directory as a whole have to know of single offices.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;

use super::cycle;
use super::subject::span;
use super::whole::SHOWN;
use crate::check::Suppression;
use crate::check::fast_accept::is_slug;
use crate::check::suppressions::Suppressions;
use crate::finding::{Finding, MOST, Rule};
use crate::json::ValueIndex;
use crate::read::{DirectorySource, OwnedOffice, Registry, fold};

/// What rules have to know of the offices that the registry points out: a few bytes of each, as it may be every one
/// of millions.
#[derive(Debug, Default)]
pub(in crate::check) struct NeededOffices<'s> {
    /// Offices, in order, without an id, or whose parent, region or kind is none by its letters.
    no_id: Vec<u32>,
    no_parent: Vec<u32>,
    no_region: Vec<u32>,
    no_kind: Vec<u32>,
    /// Offices with suppressions.
    suppressed: Vec<(u32, &'s [&'s Suppression])>,
    /// Folded names behind one another, and each office with the end of its own.
    names: String,
    ends: Vec<(u32, usize)>,
    /// Offices with an id that an earlier one has, each with the first.
    duplicates: &'s [(u32, u32)],
}

/// An office as it is shown in findings on the directory as a whole.
#[derive(Debug)]
pub(in crate::check) struct ShownOffice {
    /// Position among the offices, from 0.
    index: usize,
    /// Empty where it has none; the same goes for parent, region and kind.
    pub id: String,
    pub parent: String,
    pub region: String,
    pub kind: String,
    /// Where it has the members.
    spans: [Range<usize>; MEMBERS.len()],
}

/// The members that findings on the directory as a whole point at.
const MEMBERS: [&str; 5] = ["id", "name", "parent", "region", "kind"];

/// Offices that are seen while facts are gathered, so that most directories are not read again for them.
const SEEN: usize = 2 * MOST;

impl<'s> NeededOffices<'s> {
    /// Reads the offices that the registry points out. Gives the first of them as well.
    pub fn new(
        source: DirectorySource<'_>,
        registry: &'s Registry,
        suppressions: &'s Suppressions<'_>,
    ) -> io::Result<(Self, BTreeMap<u32, ShownOffice>)> {
        let mut facts =
            NeededOffices { duplicates: &registry.duplicates, ..NeededOffices::default() };
        let mut sights = BTreeMap::new();
        let mut wanted = pointed_out(registry);
        let mut places: Vec<u32> = registry.same_place.iter().flatten().copied().collect();
        for list in [&mut wanted, &mut places] {
            list.sort_unstable();
            list.dedup();
        }
        let mut wanted = wanted.into_iter().peekable();
        if wanted.peek().is_none() {
            return Ok((facts, sights));
        }
        source.each(|raw| {
            let at = u32::try_from(raw.index).unwrap_or(u32::MAX);
            // Both come in the order of the file, so each office is compared with the next one that is wanted.
            while wanted.next_if(|next| *next < at).is_some() {}
            if wanted.next_if_eq(&at).is_none() {
                return;
            }
            let office = OwnedOffice::from(raw);
            facts.note(at, &office, suppressions, places.binary_search(&at).is_ok());
            if sights.len() < SEEN {
                sights.insert(at, ShownOffice::from(office));
            }
        })?;
        Ok((facts, sights))
    }

    /// Takes in what is needed of an office.
    fn note(
        &mut self,
        at: u32,
        office: &OwnedOffice,
        suppressions: &'s Suppressions<'_>,
        is_place: bool,
    ) {
        let OwnedOffice { id, name, parent, region, kind, .. } = office;
        let lists = [
            (parent, &mut self.no_parent),
            (region, &mut self.no_region),
            (kind, &mut self.no_kind),
        ];
        for (_, list) in lists.into_iter().filter(|(id, _)| !is_slug(id)) {
            list.push(at);
        }
        self.no_id.extend(id.is_empty().then_some(at));
        self.suppressed.extend(suppressions.of(id).map(|list| (at, list)));
        if is_place {
            self.names.push_str(&fold(name));
            self.ends.push((at, self.names.len()));
        }
    }

    /// Whether the parent of an office is an id.
    pub fn has_parent_id(&self, office: u32) -> bool {
        self.no_parent.binary_search(&office).is_err()
    }

    /// Whether the region of an office is an id.
    pub fn has_region_id(&self, office: u32) -> bool {
        self.no_region.binary_search(&office).is_err()
    }

    /// Whether the kind of an office is an id.
    pub fn has_kind_id(&self, office: u32) -> bool {
        self.no_kind.binary_search(&office).is_err()
    }

    /// The folded name of an office that shares its place with others.
    pub fn name(&self, office: u32) -> &str {
        let Ok(at) = self.ends.binary_search_by_key(&office, |(office, _)| *office) else {
            return "";
        };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].1);
        self.names.get(start..self.ends[at].1).unwrap_or_default()
    }

    /// Whether two offices have the same id, or neither has one.
    pub fn have_one_id(&self, one: u32, other: u32) -> bool {
        let first = |office: u32| {
            let at = self.duplicates.binary_search_by_key(&office, |(later, _)| *later);
            at.map_or(office, |at| self.duplicates[at].1)
        };
        let has_none = |office: u32| self.no_id.binary_search(&office).is_ok();
        first(one) == first(other) || has_none(one) && has_none(other)
    }

    /// Whether a finding of that rule on an office is suppressed, which is counted then.
    pub fn suppress(&self, rule: &str, office: u32) -> bool {
        let at = self.suppressed.binary_search_by_key(&office, |(office, _)| *office);
        at.is_ok_and(|at| Suppression::takes(self.suppressed[at].1, rule))
    }
}

/// Every office that a finding may be about or show.
fn pointed_out(registry: &Registry) -> Vec<u32> {
    let Registry { unknown_parents, unknown_regions, unknown_kinds, .. } = registry;
    let mut wanted = [&**unknown_parents, unknown_regions, unknown_kinds].concat();
    wanted.extend(registry.duplicates.iter().flat_map(|(later, first)| [*later, *first]));
    wanted.extend(registry.same_name.iter().chain(&registry.same_place).flatten());
    let cycles = cycle::of_offices(registry);
    wanted.extend(cycles.iter().flat_map(|cycle| cycle.iter().take(SHOWN + 1)));
    wanted
}

/// Reads more offices.
pub(super) fn see(
    source: DirectorySource<'_>,
    wanted: &BTreeSet<u32>,
    sights: &mut BTreeMap<u32, ShownOffice>,
) -> io::Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    source.each(|raw| {
        let at = u32::try_from(raw.index).unwrap_or(u32::MAX);
        if wanted.contains(&at) {
            sights.insert(at, ShownOffice::from(OwnedOffice::from(raw)));
        }
    })
}

impl From<OwnedOffice> for ShownOffice {
    fn from(office: OwnedOffice) -> Self {
        let raw = office.raw();
        let (index, offset) = (ValueIndex::new(raw.json), raw.offset);
        let spans = MEMBERS.map(|member| {
            let span = span(&index, &format!("/{member}"));
            span.start + offset..span.end + offset
        });
        let index = raw.index;
        let OwnedOffice { id, parent, region, kind, .. } = office;
        ShownOffice { index, id, parent, region, kind, spans }
    }
}

impl ShownOffice {
    /// In the place of an office that is not there.
    pub const NONE: ShownOffice = ShownOffice {
        index: 0,
        id: String::new(),
        parent: String::new(),
        region: String::new(),
        kind: String::new(),
        spans: [const { 0..0 }; MEMBERS.len()],
    };

    /// The place of one of the [`MEMBERS`].
    pub fn span(&self, member: &str) -> Range<usize> {
        let at = MEMBERS.iter().position(|it| *it == member);
        at.and_then(|at| self.spans.get(at)).cloned().unwrap_or_default()
    }

    /// A finding at one of the [`MEMBERS`].
    pub fn finding(&self, member: &str, rule: &Rule, message: String) -> Finding {
        let mut finding = Finding::new(rule, message).at(self.span(member));
        finding.pointer = format!("/offices/{}/{member}", self.index);
        finding.office = Some(self.id.clone()).filter(|id| !id.is_empty());
        finding
    }
}
