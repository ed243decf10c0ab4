use std::collections::BTreeSet;
use std::io;

use crate::model::{Address, Header, Kind, Office};
use crate::read::Source;
use crate::writers::Misuse;

/// Which offices are exported: those that every list takes which is not empty.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Ids.
    pub ids: Vec<String>,
    /// Regions by id, each with the regions within it.
    pub regions: Vec<String>,
    /// ISO 3166-1 alpha-2 codes, any address of an office.
    pub countries: Vec<String>,
    /// Kinds.
    pub kinds: Vec<Kind>,
}

impl Selection {
    /// Checks that every id and region is one of the directory's.
    ///
    /// # Errors
    /// Names the first that is not, and the nearest that is; or what keeps the offices from being read.
    pub fn check(&self, header: &Header<'_>, source: Source<'_>) -> io::Result<Result<(), Misuse>> {
        Ok(self.check_ids(source)?.and_then(|()| self.check_regions(header)))
    }

    fn check_ids(&self, source: Source<'_>) -> io::Result<Result<(), Misuse>> {
        let known = if self.ids.is_empty() { Vec::new() } else { source.ids(usize::MAX)? };
        let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
        Ok(match self.ids.iter().find(|id| !known.contains(id.as_str())) {
            Some(id) => Err(Misuse::unknown("office", id, known.iter().copied())),
            None => Ok(()),
        })
    }

    fn check_regions(&self, header: &Header<'_>) -> Result<(), Misuse> {
        let regions = || header.regions.iter().map(|region| region.id.as_str());
        match self.regions.iter().find(|id| header.region(id).is_none()) {
            Some(id) => Err(Misuse::unknown("region", id, regions())),
            None => Ok(()),
        }
    }

    /// Whether it takes every office.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
            && self.regions.is_empty()
            && self.countries.is_empty()
            && self.kinds.is_empty()
    }

    pub(super) fn takes(&self, office: &Office<'_>, header: &Header<'_>) -> bool {
        let any =
            |list: &[String], value: &str| list.is_empty() || list.iter().any(|it| it == value);
        let in_country = |address: &Address<'_>| any(&self.countries, &address.country);
        any(&self.ids, &office.id)
            && (self.kinds.is_empty() || self.kinds.contains(&office.kind))
            && (self.countries.is_empty() || office.addresses.iter().any(in_country))
            && (self.regions.is_empty() || self.takes_region(office.region.as_deref(), header))
    }

    fn takes_region<'h>(&self, mut region: Option<&'h str>, header: &'h Header<'_>) -> bool {
        // The check has found that regions have no cycles.
        while let Some(id) = region {
            if self.regions.iter().any(|it| it == id) {
                return true;
            }
            region = header.region(id).and_then(|region| region.parent.as_deref());
        }
        false
    }
}
