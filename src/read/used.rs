//! Which members that only some directories have occur in one, so that tables have columns for them only then.

use std::collections::BTreeSet;
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use crate::model::{Office, OwnMembers};

/// The optional members that occur in the offices of a directory, by their paths: `coordinates`, `phones/label`,
/// `x_cost_center`, `addresses/x_floor`. At most [`UsedMembers::MOST`] are kept, because each becomes a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct UsedMembers(BTreeSet<Box<str>>);

impl UsedMembers {
    /// How many different members are kept: a sheet of a workbook has 16,384 columns, and no reader of a table looks
    /// at as many as these.
    pub(crate) const MOST: usize = 1_000;

    /// Those of one office.
    pub(crate) fn of(office: &Office<'_>) -> Self {
        let mut used = UsedMembers::default();
        used.note(office);
        used
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it has as many as are kept.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= Self::MOST
    }

    /// Adds those of an office. Most offices have none, so looking must cost next to nothing.
    pub(super) fn note(&mut self, office: &Office<'_>) {
        let Office { addresses, coordinates, opening_hours, phones, .. } = office;
        let Office { emails, contact_forms, websites, own, .. } = office;
        self.own("", own);
        addresses.iter().for_each(|it| self.own("addresses/", &it.own));
        for (path, is_used) in [
            ("coordinates", coordinates.is_some()),
            ("opening_hours", opening_hours.is_some()),
            ("phones/label", phones.iter().any(|it| it.label.is_some())),
            ("emails/label", emails.iter().any(|it| it.label().is_some())),
            ("contact_forms", !contact_forms.is_empty()),
            ("contact_forms/label", contact_forms.iter().any(|it| it.label.is_some())),
        ] {
            if is_used {
                self.add(path);
            }
        }
        phones.iter().for_each(|it| self.own("phones/", &it.own));
        emails.iter().for_each(|it| self.own("emails/", it.own()));
        contact_forms.iter().for_each(|it| self.own("contact_forms/", &it.own));
        websites.iter().for_each(|it| self.own("websites/", &it.own));
    }

    /// Adds the members of an object's own.
    fn own(&mut self, prefix: &str, own: &OwnMembers<'_>) {
        for (name, _) in own.iter() {
            self.add(&format!("{prefix}{name}"));
        }
    }

    /// Adds a path.
    pub(super) fn add(&mut self, path: &str) {
        if !self.is_full() && !self.0.contains(path) {
            self.0.insert(path.into());
        }
    }

    /// Adds those of other offices.
    pub(super) fn merge(&mut self, other: &UsedMembers) {
        other.0.iter().for_each(|path| self.add(path));
    }

    /// Takes everything out.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether a member occurs.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    /// The names of the own members of what stands under that prefix, which ends with their `x_` (`addresses/x_`, or
    /// `x_` for the office), in alphabetical order.
    pub(crate) fn own_names<'s>(
        &'s self,
        prefix: &'static str,
    ) -> impl Iterator<Item = &'s str> + Clone {
        let paths = self.0.range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
        let paths = paths.take_while(move |path| path.starts_with(prefix));
        paths.map(move |path| &path[prefix.len() - OwnMembers::PREFIX.len()..])
    }

    /// The members of an office that it lacks: those beyond [`UsedMembers::MOST`], and in a part of a directory those
    /// of which nobody has told.
    pub(crate) fn missing<'s>(&'s self, office: &'s UsedMembers) -> impl Iterator<Item = &'s str> {
        office.0.difference(&self.0).map(|path| &**path)
    }
}
