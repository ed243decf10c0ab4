//! What writers may know of a directory besides the office in hand. It is the same for all offices and
//! all threads, and small: whatever needs other offices has to wait for the ordered half of a writer.

use std::collections::HashMap;

use super::UidNamespace;
use super::header_own::HeaderOwn;
use super::uid::domain;
use crate::model::{ChosenName, Header, Office, OfficeKind, Region};
use crate::read::{Registry, UsedMembers};

/// What a writer may know of the directory besides the office in hand. Shared by all threads of an export.
pub struct Context<'a> {
    /// The organisation, its kinds and its regions.
    pub header: &'a Header<'a>,
    /// Whether only some of the directory's offices are exported, so that a parent may not be among them. XML
    /// names such parents at its end; formats without references need not care.
    pub partial: bool,
    registry: &'a Registry,
    /// By id; of two with one id the first.
    regions: HashMap<&'a str, &'a Region<'a>>,
    /// By id; there are too few for a map to pay.
    kinds: Vec<&'a OfficeKind<'a>>,
    /// In which the ids of offices become UIDs.
    uids: UidNamespace,
    /// Whether offices have optional members, or kinds names of their own.
    has_optional: bool,
    /// Own members that an office has by what it belongs to.
    header_own: Vec<HeaderOwn<'a>>,
}

impl<'a> Context<'a> {
    /// The context of a directory that is exported whole.
    pub fn new(header: &'a Header<'a>, registry: &'a Registry) -> Self {
        let regions = header.regions.iter().rev().map(|region| (region.id.as_str(), region));
        let mut kinds: Vec<_> = header.all_kinds().iter().collect();
        kinds.sort_by(|one, other| one.id.cmp(&other.id));
        Context {
            header,
            partial: false,
            registry,
            regions: regions.collect(),
            kinds,
            uids: UidNamespace::of(&header.organization),
            has_optional: !registry.used.is_empty() || !header.has_usual_kinds(),
            header_own: HeaderOwn::all(header),
        }
    }

    /// The region of that id.
    pub fn region(&self, id: &str) -> Option<&'a Region<'a>> {
        self.regions.get(id).copied()
    }

    /// The kind of that id.
    pub fn kind(&self, id: &str) -> Option<&'a OfficeKind<'a>> {
        let found = self.kinds.binary_search_by(|kind| kind.id.as_str().cmp(id));
        found.ok().and_then(|at| self.kinds.get(at)).copied()
    }

    /// The name of an office's kind; its id, should the directory not declare it.
    pub fn kind_name<'k>(&'k self, office: &'k Office<'_>) -> &'k str {
        self.kind_name_in(office, None).name
    }

    /// The same in that language (a BCP 47 tag), where the kind has a name in it.
    pub fn kind_name_in<'k>(
        &'k self,
        office: &'k Office<'_>,
        language: Option<&str>,
    ) -> ChosenName<'k> {
        let kind = self.kind(&office.kind);
        kind.map_or(ChosenName::usual(&office.kind), |kind| kind.name_in(language))
    }

    /// Whether there is an optional member, for which tables have a column.
    pub(crate) fn has_optional(&self) -> bool {
        self.has_optional
    }

    /// The optional members that the offices have.
    pub(crate) fn used(&self) -> &UsedMembers {
        &self.registry.used
    }

    /// Whether all optional members that the offices have are known: in a part of a directory they may not be.
    pub(crate) fn knows_used(&self) -> bool {
        !self.registry.is_part && !self.used().is_full()
    }

    /// The own members that an office has by what it belongs to.
    pub(crate) fn header_own(&self) -> &[HeaderOwn<'a>] {
        &self.header_own
    }

    /// In which the ids of offices become UIDs.
    pub(crate) fn uids(&self) -> UidNamespace {
        self.uids
    }

    /// The domain name by which the organisation's own names are told from those of others.
    pub(crate) fn domain(&self) -> Option<String> {
        domain(&self.header.organization)
    }

    /// The name of the office of that id, which is the parent of another.
    pub fn parent_name(&self, id: &str) -> Option<&str> {
        self.registry.parent_name(id)
    }

    /// ISO 3166-1 alpha-2 code of the country where the headquarters is: where mail comes from unless
    /// an option says otherwise.
    pub fn headquarters(&self) -> Option<&str> {
        self.registry.headquarters()
    }

    /// The office of the headquarters, for a return address.
    pub(crate) fn headquarters_office(&self) -> Option<Office<'_>> {
        self.registry.headquarters_office()
    }
}
