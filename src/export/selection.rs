//! Which offices are exported. Selecting happens in the second pass: the whole directory is checked, since
//! an error anywhere may concern the offices that are selected.

use std::collections::{HashMap, HashSet};

use crate::error::Error;
use crate::model::{Address, AlternateName, Header, Office};
use crate::read::DirectorySource;
use crate::text::printable;

/// Which offices are exported: those that every list takes which is not empty. Within a list one match is
/// enough; several lists all have to match.
///
/// ```
/// use officedir::export::Selection;
///
/// // Offices in Japan or Korea that are in the region "east-asia".
/// let selection = Selection {
///     countries: vec!["JP".into(), "KR".into()],
///     regions: vec!["east-asia".into()],
///     ..Selection::default()
/// };
/// assert!(!selection.is_empty() && Selection::default().is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Ids.
    pub ids: Vec<String>,
    /// Regions by id, each with the regions within it.
    pub regions: Vec<String>,
    /// ISO 3166-1 alpha-2 codes, any address of an office.
    pub countries: Vec<String>,
    /// Ids of kinds.
    pub kinds: Vec<String>,
    /// Ids of offices that are left out, whatever the other lists take.
    pub excluded: Vec<String>,
}

impl Selection {
    /// Checks that every id, region and kind is one of the directory's, so that a misspelt one is an error and not an
    /// empty export. Countries are checked against all that exist when they are given.
    ///
    /// # Errors
    /// Names the first that is not, and the nearest that is; or what keeps the offices from being read.
    pub fn check(&self, header: &Header<'_>, source: DirectorySource<'_>) -> Result<(), Error> {
        self.check_ids(source)?;
        self.check_regions(header)?;
        known("kind", &self.kinds, header.all_kinds().iter().map(|kind| kind.id.as_str()))
    }

    /// Every region exists.
    fn check_regions(&self, header: &Header<'_>) -> Result<(), Error> {
        let ids = header.regions.iter().map(|region| region.id.as_str());
        let Some(unknown) = first_unknown(&self.regions, ids.clone()) else { return Ok(()) };
        // "asia" and "south asia" are words of "South and Southeast Asia".
        let wanted: Vec<String> = words(unknown).collect();
        let has_words = |text: &str| {
            let words: Vec<String> = words(text).collect();
            !wanted.is_empty() && wanted.iter().all(|word| words.contains(word))
        };
        let near = header.regions.iter().filter(|region| {
            let mut names = region.alternate_names.iter().map(AlternateName::name);
            has_words(&region.id) || has_words(&region.name) || names.any(has_words)
        });
        let near: Vec<_> = near.map(|it| format!("\"{}\"", printable(&it.id))).collect();
        let error = Error::unknown("region", unknown, ids);
        Err(match near[..] {
            [] => error,
            _ => error.with_help(format!("did you mean {}?", near.join(" or "))),
        })
    }

    /// Every id exists.
    fn check_ids(&self, source: DirectorySource<'_>) -> Result<(), Error> {
        let mut missing: HashSet<&str> =
            self.ids.iter().chain(&self.excluded).map(String::as_str).collect();
        if missing.is_empty() {
            return Ok(());
        }
        source.each_id(|id| {
            missing.remove(id);
        })?;
        // In the order of the command line and not of the set: the message is the same each time.
        match self.ids.iter().chain(&self.excluded).find(|id| missing.contains(id.as_str())) {
            Some(id) => {
                // Up to a bound, since the ids of any number of offices would be kept. Sorted, so that what the
                // message lists does not depend on the order of the file.
                let mut known = source.ids(NEAR)?;
                known.sort_unstable();
                Err(Error::unknown("office", id, known.iter().map(String::as_str)))
            }
            None => Ok(()),
        }
    }

    /// Whether it takes every office.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
            && self.regions.is_empty()
            && self.countries.is_empty()
            && self.kinds.is_empty()
            && self.excluded.is_empty()
    }

    /// The same, ready to be asked of every office.
    pub(super) fn taker<'s>(&'s self, header: &'s Header<'_>) -> IndexedSelection<'s> {
        let set = |list: &'s [String]| list.iter().map(String::as_str).collect();
        IndexedSelection {
            ids: set(&self.ids),
            regions: self.regions_within(header),
            countries: set(&self.countries),
            kinds: set(&self.kinds),
            excluded: set(&self.excluded),
        }
    }

    /// The regions and all that are within them.
    fn regions_within<'s>(&'s self, header: &'s Header<'_>) -> HashSet<&'s str> {
        let mut within: HashMap<&str, Vec<&str>> = HashMap::new();
        for region in &header.regions {
            within
                .entry(region.parent.as_deref().unwrap_or_default())
                .or_default()
                .push(&region.id);
        }
        let mut taken = HashSet::new();
        let mut next: Vec<&str> = self.regions.iter().map(String::as_str).collect();
        while let Some(region) = next.pop() {
            // Each region is taken once, so that even a cycle comes to an end.
            if taken.insert(region) {
                next.extend(within.get(region).into_iter().flatten());
            }
        }
        taken
    }
}

/// Every id is among the known ones.
fn known<'k>(
    what: &str,
    ids: &[String],
    known: impl Iterator<Item = &'k str> + Clone,
) -> Result<(), Error> {
    match first_unknown(ids, known.clone()) {
        Some(id) => Err(Error::unknown(what, id, known)),
        None => Ok(()),
    }
}

/// The first of the ids that is not among the known ones.
fn first_unknown<'i, 'k>(
    ids: &'i [String],
    known: impl Iterator<Item = &'k str>,
) -> Option<&'i str> {
    let all: HashSet<&str> = known.collect();
    ids.iter().map(String::as_str).find(|id| !all.contains(id))
}

/// The words of a name or id, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Ids among which the nearest to an unknown one is looked for.
const NEAR: usize = 100_000;

/// A selection by sets: it may name thousands of offices.
pub(super) struct IndexedSelection<'s> {
    /// Ids of offices; empty for all, as the three below are.
    ids: HashSet<&'s str>,
    /// Ids of the selected regions and of all regions within them.
    regions: HashSet<&'s str>,
    /// ISO 3166-1 alpha-2 codes.
    countries: HashSet<&'s str>,
    /// Ids of kinds.
    kinds: HashSet<&'s str>,
    /// Ids of offices that are left out.
    excluded: HashSet<&'s str>,
}

impl IndexedSelection<'_> {
    /// Whether it takes an office.
    pub fn takes(&self, office: &Office<'_>) -> bool {
        let IndexedSelection { ids, regions, countries, kinds, excluded } = self;
        let in_country = |address: &Address<'_>| countries.contains(address.country.as_str());
        let in_region = |region: &str| regions.contains(region);
        (ids.is_empty() || ids.contains(office.id.as_str()))
            && (excluded.is_empty() || !excluded.contains(office.id.as_str()))
            && (kinds.is_empty() || kinds.contains(office.kind.as_str()))
            && (countries.is_empty() || office.addresses.iter().any(in_country))
            // An office of the whole world has no region, and so is in none that can be selected.
            && (regions.is_empty() || office.region.as_deref().is_some_and(in_region))
    }
}
