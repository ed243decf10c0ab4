//! What writers may know of a directory besides the office in hand. It is the same for all offices and
//! all threads, and small: whatever needs other offices has to wait for the ordered half of a writer.

use std::collections::HashMap;

use crate::model::{Header, Office, Region};
use crate::read::Registry;

/// What a writer may know of the directory besides the office in hand. Shared by all threads of an export.
pub struct Context<'a> {
    /// The organisation and its regions.
    pub header: &'a Header<'a>,
    /// Whether only some of the directory's offices are exported, so that a parent may not be among them. XML
    /// names such parents at its end; formats without references need not care.
    pub partial: bool,
    registry: &'a Registry,
    /// By id; of two with one id the first.
    regions: HashMap<&'a str, &'a Region<'a>>,
}

impl<'a> Context<'a> {
    /// The context of a directory that is exported whole.
    pub fn new(header: &'a Header<'a>, registry: &'a Registry) -> Self {
        let regions = header.regions.iter().rev().map(|region| (region.id.as_str(), region));
        Context { header, partial: false, registry, regions: regions.collect() }
    }

    /// The region of that id.
    pub fn region(&self, id: &str) -> Option<&'a Region<'a>> {
        self.regions.get(id).copied()
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
