use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Deserialize;

use super::{Document, RawOffice};
use crate::model::{Kind, Text};

/// What offices may refer to in other offices.
///
/// It is read leniently and before any office is checked, so that an office that is rejected does not
/// make its children dangle.
#[derive(Debug, Default)]
pub struct Registry<'a> {
    heads: Vec<Head<'a>>,
    by_id: HashMap<Text<'a>, usize>,
    /// The position of each office's parent, where it has one and there is one of that id.
    pub(crate) parents: Vec<Option<usize>>,
}

#[derive(Debug, Default)]
struct Head<'a> {
    id: Option<Text<'a>>,
    name: Option<Text<'a>>,
    parent: Option<Text<'a>>,
    region: Option<Text<'a>>,
    country: Option<Text<'a>>,
    kind: Option<Kind>,
    likeness: Likeness,
}

/// Hashes by which offices are found that are probably one; 0 where there is nothing to compare.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Likeness {
    /// Of the name and the country.
    pub name: u64,
    /// Of the first address.
    pub place: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Record<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    name: Option<Text<'a>>,
    parent: Option<Text<'a>>,
    region: Option<Text<'a>>,
    kind: Option<Kind>,
    addresses: Vec<Place<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Place<'a> {
    #[serde(borrow)]
    country: Option<Text<'a>>,
    post_office_box: Option<Text<'a>>,
    address_lines: Vec<Text<'a>>,
}

impl<'a> Head<'a> {
    /// A member of the wrong type costs the office's whole head: the schema reports the office.
    fn read(raw: &RawOffice<'a>) -> Self {
        let record: Record<'a> = serde_json::from_str(raw.json).unwrap_or_default();
        let Record { id, name, parent, region, kind, addresses } = record;
        let first = addresses.into_iter().next().unwrap_or_default();
        let country = first.country;
        let of_name = name.iter().chain(&country);
        let of_place = first.address_lines.iter().chain(&first.post_office_box);
        let likeness = Likeness {
            name: if name.is_some() { hash(of_name) } else { 0 },
            place: if of_place.clone().next().is_some() {
                hash(of_place.chain(&country))
            } else {
                0
            },
        };
        Head { id, name, parent, region, country, kind, likeness }
    }
}

/// The same for texts that [`fold`] makes the same.
fn hash<'t>(texts: impl Iterator<Item = &'t Text<'t>>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for text in texts {
        fold(text).hash(&mut hasher);
    }
    hasher.finish()
}

/// A text without capitals, spaces and punctuation.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl<'a> Registry<'a> {
    /// Reads the ids, names and parents of all offices.
    pub fn new(document: &Document<'a>) -> Self {
        let heads: Vec<Head<'a>> = document.offices.iter().map(Head::read).collect();
        let mut by_id = HashMap::with_capacity(heads.len());
        for (index, head) in heads.iter().enumerate() {
            if let Some(id) = &head.id {
                by_id.entry(id.clone()).or_insert(index);
            }
        }
        let parent = |head: &Head<'a>| by_id.get(head.parent.as_deref()?).copied();
        let parents = heads.iter().map(parent).collect();
        Registry { heads, by_id, parents }
    }

    /// Position of the first office of that id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The id of the office at that position.
    pub fn id(&self, at: usize) -> Option<&str> {
        self.heads.get(at)?.id.as_deref()
    }

    /// The name of the office of that id.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.name_at(self.position(id)?)
    }

    pub(crate) fn name_at(&self, at: usize) -> Option<&str> {
        self.heads.get(at)?.name.as_deref()
    }

    /// The offices whose parent is not in the directory, with that parent's id.
    pub(crate) fn unknown_parents(&self) -> impl Iterator<Item = (usize, &str)> {
        let heads = self.heads.iter().zip(&self.parents).enumerate();
        heads.filter_map(|(at, (head, found))| match found {
            None => Some((at, head.parent.as_deref()?)),
            Some(_) => None,
        })
    }

    /// The offices that have a region, with its id.
    pub(crate) fn regions(&self) -> impl Iterator<Item = (usize, &str)> {
        let heads = self.heads.iter().enumerate();
        heads.filter_map(|(at, head)| Some((at, head.region.as_deref()?)))
    }

    /// What offices are compared by.
    pub(crate) fn likenesses(&self) -> impl Iterator<Item = (usize, Likeness)> {
        self.heads.iter().map(|head| head.likeness).enumerate()
    }

    /// The country of the organisation's headquarters: where the first world secretariat is.
    pub fn headquarters(&self) -> Option<&str> {
        let seat = self.heads.iter().find(|head| head.kind == Some(Kind::WorldSecretariat))?;
        seat.country.as_deref()
    }

    /// The ids of all offices, in the file's order.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.heads.iter().filter_map(|head| head.id.as_deref())
    }
}
