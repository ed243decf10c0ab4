//! Own members of the organisation, of kinds and of regions, as what the offices have that belong to them.

use std::collections::BTreeSet;

use super::Context;
use crate::model::{Header, Office, OwnMembers, OwnValue};

/// An own member of what an office belongs to, for whatever shows it with the office.
pub(crate) struct HeaderOwn<'a> {
    /// What has the member.
    owner: Owner,
    /// Name of the member.
    name: &'a str,
}

/// What an office belongs to.
#[derive(Clone, Copy)]
enum Owner {
    /// The organisation.
    Organization,
    /// The office's kind.
    Kind,
    /// The office's region.
    Region,
}

impl<'a> HeaderOwn<'a> {
    /// All that a header has: those of the organisation, then those of kinds and of regions.
    pub(super) fn all(header: &'a Header<'a>) -> Vec<HeaderOwn<'a>> {
        let Header { organization, kinds, regions, .. } = header;
        let of = |owner, names: BTreeSet<&'a str>| {
            names.into_iter().map(move |name| HeaderOwn { owner, name })
        };
        let organization = of(Owner::Organization, names([&organization.own]));
        let kinds = of(Owner::Kind, names(kinds.iter().map(|kind| &kind.own)));
        let regions = of(Owner::Region, names(regions.iter().map(|region| &region.own)));
        organization.chain(kinds).chain(regions).collect()
    }

    /// Its name with that of its owner in front, such as `region_x_budget`.
    pub(crate) fn column(&self) -> String {
        let owner = match self.owner {
            Owner::Organization => "organization",
            Owner::Kind => "kind",
            Owner::Region => "region",
        };
        format!("{owner}_{}", self.name)
    }

    /// Its value for an office.
    pub(crate) fn of(&self, context: &Context<'a>, office: &Office<'_>) -> Option<&'a OwnValue> {
        let own = match self.owner {
            Owner::Organization => &context.header.organization.own,
            Owner::Kind => &context.kind(&office.kind)?.own,
            Owner::Region => &context.region(office.region.as_deref()?)?.own,
        };
        own.get(self.name)
    }
}

/// The names of all members, in alphabetical order.
fn names<'a>(all: impl IntoIterator<Item = &'a OwnMembers<'a>>) -> BTreeSet<&'a str> {
    all.into_iter().flat_map(|own| own.iter().map(|(name, _)| name)).collect()
}
