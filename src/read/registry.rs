use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::hash::Hasher;
use std::io;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use siphasher::sip128::{Hasher128, SipHasher13};

use super::sorter::Sorter;
use super::source::OfficeChunk;
use super::{RawOffice, Source};
use crate::model::{Kind, Office, Text};
use crate::pipeline::ordered;

/// What offices may refer to in other offices, and what they must not share with them.
///
/// It is read leniently and before any office is checked, so that an office that is rejected does not
/// make its children dangle. Offices are kept by position; ids and names only as 128-bit hashes, and on
/// disk where there are many.
#[derive(Debug, Default)]
pub struct Registry {
    /// Offices whose id an earlier office has, each with the first of that id, in order.
    pub(crate) duplicates: Vec<(u32, u32)>,
    /// Offices whose parent is none of the directory, in order.
    pub(crate) unknown_parents: Vec<u32>,
    /// Offices whose region is none of the directory, in order.
    pub(crate) unknown_regions: Vec<u32>,
    /// Offices with their parents, in order.
    pub(crate) links: Vec<(u32, u32)>,
    /// Offices of the same name in the same country.
    pub(crate) same_name: Vec<Vec<u32>>,
    /// Offices of the same first address.
    pub(crate) same_place: Vec<Vec<u32>>,
    /// The names of those that are parents, by the hash of their ids.
    names: HashMap<u128, Box<str>>,
    headquarters: Option<Seat>,
}

/// Where the headquarters is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seat {
    country: String,
    /// The office as JSON.
    office: String,
}

/// What the parts of a directory have to know of each other: where the headquarters is, and the names of
/// the offices that are parents, by the hash of their ids in hexadecimal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct References {
    headquarters: Option<Seat>,
    names: BTreeMap<String, Box<str>>,
}

impl References {
    /// Reads what was printed.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

impl fmt::Display for References {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// As much of an office as others may refer to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Text<'a>>,
    pub(super) name: Option<Text<'a>>,
    pub(super) parent: Option<Text<'a>>,
    pub(super) region: Option<Text<'a>>,
    kind: Option<Kind>,
    addresses: Vec<Place<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Place<'a> {
    #[serde(borrow)]
    country: Option<Text<'a>>,
    post_office_box: Option<Text<'a>>,
    address_lines: Vec<Text<'a>>,
}

impl<'a> Head<'a> {
    /// Reads it leniently: a member of the wrong type is left out, and the schema reports it.
    pub(super) fn of(raw: &RawOffice<'a>) -> Self {
        serde_json::from_str(raw.json).unwrap_or_else(|_| Self::piecemeal(raw.json))
    }

    /// One member after the other, of an office that does not have the types.
    fn piecemeal(json: &str) -> Self {
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        let text = |name: &str| Some(Text::from(value[name].as_str()?.to_owned()));
        Head {
            id: text("id"),
            name: text("name"),
            parent: text("parent"),
            region: text("region"),
            ..Head::default()
        }
    }

    /// The hash of the name and the country, as far as [`fold`] keeps them.
    fn name_key(&self) -> Option<u128> {
        let country = self.addresses.first().and_then(|place| place.country.as_ref());
        Some(hash_folded([self.name.as_ref()?].into_iter().chain(country)))
    }

    /// The hash of the first address, as far as [`fold`] keeps it, and of the digits in the name: names that
    /// differ in these are of two offices.
    fn place_key(&self) -> Option<u128> {
        let place = self.addresses.first()?;
        let mut texts = place.address_lines.iter().chain(&place.post_office_box).peekable();
        texts.peek()?;
        let name = self.name.as_deref().unwrap_or_default();
        let digits: Text<'_> = name.chars().filter(char::is_ascii_digit).collect::<String>().into();
        Some(hash_folded(texts.chain(&place.country).chain([&digits])))
    }
}

/// A text without capitals, spaces and punctuation.
pub(crate) fn fold(text: &str) -> String {
    folded(text).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn hash(id: &str) -> u128 {
    let mut hasher = SipHasher13::new();
    hasher.write(id.as_bytes());
    hasher.finish128().as_u128()
}

fn hash_folded<'t>(texts: impl Iterator<Item = &'t Text<'t>>) -> u128 {
    let mut hasher = SipHasher13::new();
    for text in texts {
        folded(text).for_each(|c| hasher.write_u32(c.into()));
        hasher.write_u32(u32::MAX);
    }
    hasher.finish128().as_u128()
}

/// The heads of a chunk of offices, by position.
#[derive(Default)]
struct Heads {
    chunk: OfficeChunk,
    ids: Vec<(u128, u32)>,
    parents: Vec<(u128, u32)>,
    names: Vec<(u128, u32)>,
    places: Vec<(u128, u32)>,
    unknown_regions: Vec<u32>,
    headquarters: Option<Seat>,
}

impl Heads {
    fn read(&mut self, source: Source<'_>, regions: Option<&HashSet<&str>>) {
        let Heads { chunk, ids, parents, names, places, unknown_regions, headquarters } = self;
        for list in [&mut *ids, &mut *parents, &mut *names, &mut *places] {
            list.clear();
        }
        unknown_regions.clear();
        *headquarters = None;
        chunk.each(source, |raw| {
            let Ok(raw) = raw else { return };
            let head = Head::of(&raw);
            let number = number(raw.index);
            ids.extend(head.id.as_deref().map(|id| (hash(id), number)));
            parents.extend(head.parent.as_deref().map(|id| (hash(id), number)));
            names.extend(head.name_key().map(|key| (key, number)));
            places.extend(head.place_key().map(|key| (key, number)));
            if let (Some(region), Some(regions)) = (&head.region, regions)
                && !regions.contains(region.as_str())
            {
                unknown_regions.push(number);
            }
            if headquarters.is_none() && head.kind == Some(Kind::WorldSecretariat) {
                let seat = head.addresses.first().and_then(|place| place.country.as_deref());
                *headquarters = seat.map(|country| Seat {
                    country: country.to_owned(),
                    office: raw.json.to_owned(),
                });
            }
        });
    }
}

/// A directory of four thousand million offices is not read to its end.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The ids of a header's regions; a region without one counts as "".
pub(crate) fn region_ids(header: &Value) -> impl Iterator<Item = &str> {
    let regions = header["regions"].as_array();
    regions.into_iter().flatten().map(|region| region["id"].as_str().unwrap_or_default())
}

impl Registry {
    /// Reads the ids, names and parents of all offices on `threads` threads.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn new(source: Source<'_>, threads: usize) -> io::Result<Self> {
        let mut registry = Registry::default();
        let [mut ids, mut parents, mut names, mut places] = [(); 4].map(|()| Sorter::default());
        let regions = source.header().map(|(header, _)| region_ids(header).collect());
        let mut chunks = source.chunks()?;
        ordered(
            threads,
            |heads: &mut Heads| chunks.next(&mut heads.chunk),
            |heads| heads.read(source, regions.as_ref()),
            |heads| {
                ids.extend(&heads.ids)?;
                parents.extend(&heads.parents)?;
                names.extend(&heads.names)?;
                places.extend(&heads.places)?;
                registry.unknown_regions.append(&mut heads.unknown_regions);
                registry.headquarters = registry.headquarters.take().or(heads.headquarters.take());
                Ok(())
            },
        )?;
        registry.join(ids, parents)?;
        registry.same_name = names.sorted()?.groups()?;
        registry.same_place = places.sorted()?.groups()?;
        registry.read_names(source, threads)?;
        Ok(registry)
    }

    /// Goes through ids and parents side by side.
    fn join(&mut self, ids: Sorter, parents: Sorter) -> io::Result<()> {
        let (mut ids, mut parents) = (ids.sorted()?, parents.sorted()?);
        let mut child = parents.next()?;
        let mut first: Option<(u128, u32)> = None;
        while let Some((id, number)) = ids.next()? {
            match first {
                Some((same, first)) if same == id => {
                    self.duplicates.push((number, first));
                    continue;
                }
                _ => first = Some((id, number)),
            }
            while let Some((parent, of)) = child.filter(|(parent, _)| *parent <= id) {
                match parent == id {
                    true => self.links.push((of, number)),
                    false => self.unknown_parents.push(of),
                }
                child = parents.next()?;
            }
        }
        while let Some((_, of)) = child {
            self.unknown_parents.push(of);
            child = parents.next()?;
        }
        self.duplicates.sort_unstable();
        self.unknown_parents.sort_unstable();
        self.links.sort_unstable();
        Ok(())
    }

    fn read_names(&mut self, source: Source<'_>, threads: usize) -> io::Result<()> {
        let mut parents: Vec<u32> = self.links.iter().map(|(_, parent)| *parent).collect();
        parents.sort_unstable();
        parents.dedup();
        if parents.is_empty() {
            return Ok(());
        }
        let mut chunks = source.chunks()?;
        ordered(
            threads,
            |(chunk, _): &mut (OfficeChunk, Vec<_>)| chunks.next(chunk),
            |(chunk, names)| {
                chunk.each(source, |raw| {
                    let Ok(raw) = raw else { return };
                    if parents.binary_search(&number(raw.index)).is_ok()
                        && let Head { id: Some(id), name: Some(name), .. } = Head::of(&raw)
                    {
                        names.push((hash(&id), Box::from(&*name)));
                    }
                });
            },
            |(_, names)| {
                self.names.extend(names.drain(..));
                Ok(())
            },
        )
    }

    /// What a part of the directory has to know of the others.
    pub fn references(&self) -> References {
        let names = self.names.iter().map(|(id, name)| (format!("{id:032x}"), name.clone()));
        References { headquarters: self.headquarters.clone(), names: names.collect() }
    }

    /// The registry of a part, which only knows of the others what it is told.
    #[must_use]
    pub fn of_part(self, references: References) -> Self {
        let id = |hex: String| u128::from_str_radix(&hex, 16).unwrap_or_default();
        Registry {
            unknown_regions: self.unknown_regions,
            names: references.names.into_iter().map(|(hex, name)| (id(hex), name)).collect(),
            headquarters: references.headquarters,
            ..Registry::default()
        }
    }

    /// The name of the office of that id, which is the parent of another.
    pub fn parent_name(&self, id: &str) -> Option<&str> {
        self.names.get(&hash(id)).map(|name| &**name)
    }

    /// The country of the organisation's headquarters: where the first world secretariat is.
    pub fn headquarters(&self) -> Option<&str> {
        self.headquarters.as_ref().map(|seat| seat.country.as_str())
    }

    /// The office of the organisation's headquarters, where nothing is wrong with it.
    pub(crate) fn headquarters_office(&self) -> Option<Office<'_>> {
        serde_json::from_str(&self.headquarters.as_ref()?.office).ok()
    }
}
