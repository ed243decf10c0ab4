//! What a directory says besides its offices.

use serde::{Deserialize, Serialize};

use super::Text;

/// What a directory says apart from its offices. In a file of one office per line it is the first line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object")]
pub struct Header<'a> {
    /// Where an editor finds the JSON Schema, relative to the directory file.
    #[serde(borrow, rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Text<'a>>,
    /// Whose offices these are.
    pub organization: Organization<'a>,
    /// The regions that offices belong to, a parent before or behind its children. Formats list them in
    /// this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region<'a>>,
}

impl Header<'_> {
    /// The region with that id. Regions are few, so they are looked through.
    pub fn region(&self, id: &str) -> Option<&Region<'_>> {
        self.regions.iter().find(|region| region.id == id)
    }
}

/// The organisation that the offices belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct Organization<'a> {
    /// The name that stands in front of every office's own.
    #[serde(borrow)]
    pub name: Text<'a>,
    /// The organisation's website, an http or https URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<Text<'a>>,
}

/// A part of the world by which the offices are grouped. Regions may be within regions; the check finds
/// cycles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct Region<'a> {
    /// Slug, unique among the regions.
    #[serde(borrow)]
    pub id: Text<'a>,
    /// The name that people read.
    pub name: Text<'a>,
    /// The id of the region that this one is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Text<'a>>,
}
