//! Own members of the organisation, of kinds and of regions, as what the offices have that belong to them.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Header, Office, OwnMembers, OwnValue};

/// An own member of what an office belongs to, for whatever shows it with the office.
pub(crate) struct HeaderOwn<'a> {
    /// Name of the member.
    name: &'a str,
    /// What has it, with the values.
    owner: Owner<'a>,
}

/// What an office belongs to.
enum Owner<'a> {
    /// The organisation, with its value.
    Organization(&'a OwnValue),
    /// The office's kind, with the values by its id.
    Kind(HashMap<&'a str, &'a OwnValue>),
    /// The office's region, with the values by its id.
    Region(HashMap<&'a str, &'a OwnValue>),
}

impl<'a> HeaderOwn<'a> {
    /// All that a header has: those of the organisation, then those of kinds and of regions.
    pub(super) fn all(header: &'a Header<'a>) -> Vec<HeaderOwn<'a>> {
        let Header { organization, kinds, regions, .. } = header;
        let mut all: Vec<HeaderOwn<'a>> = organization
            .own
            .iter()
            .map(|(name, value)| HeaderOwn { name, owner: Owner::Organization(value) })
            .collect();
        // In alphabetical order, as those of offices are.
        all.sort_by_key(|own| own.name);
        let of_kinds = by_name(kinds.iter().map(|kind| (&*kind.id, &kind.own)));
        all.extend(of_kinds.map(|(name, values)| HeaderOwn { name, owner: Owner::Kind(values) }));
        let of_regions = by_name(regions.iter().map(|region| (&*region.id, &region.own)));
        all.extend(
            of_regions.map(|(name, values)| HeaderOwn { name, owner: Owner::Region(values) }),
        );
        all
    }

    /// Its name with that of its owner in front, such as `region_x_budget`.
    pub(crate) fn column(&self) -> String {
        let owner = match self.owner {
            Owner::Organization(_) => "organization",
            Owner::Kind(_) => "kind",
            Owner::Region(_) => "region",
        };
        format!("{owner}_{}", self.name)
    }

    /// Its value for an office.
    pub(crate) fn of(&self, office: &Office<'_>) -> Option<&'a OwnValue> {
        match &self.owner {
            Owner::Organization(value) => Some(value),
            Owner::Kind(values) => values.get(&*office.kind).copied(),
            Owner::Region(values) => values.get(office.region.as_deref()?).copied(),
        }
    }
}

/// The values of each member by the ids of those that have it, in alphabetical order of the names.
fn by_name<'a>(
    owners: impl Iterator<Item = (&'a str, &'a OwnMembers<'a>)>,
) -> impl Iterator<Item = (&'a str, HashMap<&'a str, &'a OwnValue>)> {
    let mut names: BTreeMap<&str, HashMap<&str, &OwnValue>> = BTreeMap::new();
    for (id, own) in owners {
        for (name, value) in own.iter() {
            // Of two with one id, which a check refuses, the first counts.
            names.entry(name).or_default().entry(id).or_insert(value);
        }
    }
    names.into_iter()
}
