//! What a directory says besides its offices.

use serde::{Deserialize, Serialize};

use super::whole_number::some_whole_number;
use super::{AlternateName, OwnMembers, Text};

/// What a directory says apart from its offices. In a file of one office per line it is the first line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object")]
pub struct Header<'a> {
    /// Where an editor finds the JSON Schema, relative to the directory file.
    #[serde(borrow, rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Text<'a>>,
    /// The version of the format that the file is written in; absent for 1. See [`crate::check::SCHEMA_VERSION`].
    #[serde(
        default,
        deserialize_with = "some_whole_number",
        skip_serializing_if = "Option::is_none"
    )]
    pub schema_version: Option<u32>,
    /// Whose offices these are.
    pub organization: Organization<'a>,
    /// The sorts of offices that the file declares; empty for those of [`Header::all_kinds`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<OfficeKind<'a>>,
    /// The regions that offices belong to, a parent before or behind its children. Formats list them in
    /// this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region<'a>>,
}

impl<'a> Header<'a> {
    /// The region with that id. Regions are few, so they are looked through.
    pub fn region(&self, id: &str) -> Option<&Region<'a>> {
        self.regions.iter().find(|region| region.id == id)
    }

    /// Whether all kinds are those of a file that declares none, by id and name.
    pub(crate) fn has_usual_kinds(&self) -> bool {
        self.kinds.iter().all(|kind| {
            let mut usual = OfficeKind::defaults().iter();
            usual.any(|it| it.id == *kind.id && it.name == *kind.name)
        })
    }

    /// The kinds that offices may have: those that the file declares, or five that are meant where it declares none.
    pub fn all_kinds(&self) -> &[OfficeKind<'a>] {
        match &*self.kinds {
            [] => OfficeKind::defaults(),
            declared => declared,
        }
    }
}

/// The organisation that the offices belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::model::members", deny_unknown_fields)]
pub struct Organization<'a> {
    /// The name that stands in front of every office's own.
    #[serde(borrow)]
    pub name: Text<'a>,
    /// Names in other languages, and second ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternate_names: Vec<AlternateName<'a>>,
    /// What tells it from all other organisations: an absolute URL or a UUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Text<'a>>,
    /// The organisation's website, an http or https URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<Text<'a>>,
    /// The id of the office where mail comes from; absent for the first of the kind [`OfficeKind::HEADQUARTERS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headquarters: Option<Text<'a>>,
    /// How the UIDs of offices in address books are made: 1 or 2; absent for 2.
    #[serde(
        default,
        deserialize_with = "some_whole_number",
        skip_serializing_if = "Option::is_none"
    )]
    pub uid_scheme: Option<u32>,
    /// Members that begin with `x_`.
    #[serde(rename = "x_", default, skip_serializing_if = "OwnMembers::is_empty")]
    pub own: OwnMembers<'a>,
}

/// A sort of office, such as "embassy".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::model::members", deny_unknown_fields)]
pub struct OfficeKind<'a> {
    /// Slug, unique among the kinds.
    #[serde(borrow)]
    pub id: Text<'a>,
    /// The name that people read.
    pub name: Text<'a>,
    /// Names in other languages, and second ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternate_names: Vec<AlternateName<'a>>,
    /// Members that begin with `x_`.
    #[serde(rename = "x_", default, skip_serializing_if = "OwnMembers::is_empty")]
    pub own: OwnMembers<'a>,
}

impl OfficeKind<'static> {
    /// The kind whose first office is the headquarters of an organisation that names none.
    pub const HEADQUARTERS: &'static str = "world-secretariat";

    /// The kinds of a file that declares none.
    pub fn defaults() -> &'static [OfficeKind<'static>; 5] {
        static DEFAULTS: [OfficeKind<'static>; 5] = [
            OfficeKind::named(OfficeKind::HEADQUARTERS, "World Secretariat"),
            OfficeKind::named("regional-secretariat", "Regional Secretariat"),
            OfficeKind::named("office", "Office"),
            OfficeKind::named("project-office", "Project Office"),
            OfficeKind::named("capacity-center", "Capacity Center"),
        ];
        &DEFAULTS
    }

    /// A kind that has an id and a name and no more.
    const fn named(id: &'static str, name: &'static str) -> Self {
        OfficeKind {
            id: Text::borrowed(id),
            name: Text::borrowed(name),
            alternate_names: Vec::new(),
            own: OwnMembers::NONE,
        }
    }
}

/// A part of the world by which the offices are grouped. Regions may be within regions; the check finds
/// cycles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::model::members", deny_unknown_fields)]
pub struct Region<'a> {
    /// Slug, unique among the regions.
    #[serde(borrow)]
    pub id: Text<'a>,
    /// The name that people read.
    pub name: Text<'a>,
    /// Names in other languages, and second ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternate_names: Vec<AlternateName<'a>>,
    /// The id of the region that this one is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Text<'a>>,
    /// Members that begin with `x_`.
    #[serde(rename = "x_", default, skip_serializing_if = "OwnMembers::is_empty")]
    pub own: OwnMembers<'a>,
}
