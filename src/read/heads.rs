//! What the registry takes of each office, on whichever core has it.
//!
//! Ids, names and addresses are kept as hashes of 128 bits. With SipHash and a hundred million offices two
//! different ids meet with a chance of about one in 10²², and a record has twenty bytes whatever the id's
//! length, so that records can be sorted on disk.

use std::hash::Hasher;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use siphasher::sip128::{Hasher128, SipHasher13};

use super::RawOffice;
use super::declared::DeclaredIds;
use super::used::UsedMembers;
use crate::model::{Office, OfficeKind, Text};

/// As much of an office as others may refer to, read leniently: an office that is rejected must not make
/// its children dangle.
#[derive(Debug, Default, Deserialize)]
#[serde(crate = "crate::strict::object", default)]
pub(super) struct OfficeSummary<'a> {
    /// What others refer to it by.
    #[serde(borrow)]
    pub(super) id: Option<Text<'a>>,
    /// Compared with other names, and shown as the parent's.
    pub(super) name: Option<Text<'a>>,
    /// The id of its parent.
    pub(super) parent: Option<Text<'a>>,
    /// The id of its region.
    pub(super) region: Option<Text<'a>>,
    /// The id of its kind.
    pub(super) kind: Option<Text<'a>>,
    /// Only the first one is compared.
    addresses: Vec<SummaryAddress<'a>>,
    /// Which optional members it has; only a summary that was written for a merge says so.
    used: Vec<Text<'a>>,
}

/// As much of an address as the registry compares.
#[derive(Debug, Default, Deserialize)]
#[serde(crate = "crate::strict::object", default)]
struct SummaryAddress<'a> {
    /// ISO 3166-1 alpha-2.
    #[serde(borrow)]
    country: Option<Text<'a>>,
    /// Compared as one more line of the address.
    post_office_box: Option<Text<'a>>,
    /// The street and whatever else belongs to it.
    address_lines: Vec<Text<'a>>,
}

impl<'a> OfficeSummary<'a> {
    /// Reads it; a member of the wrong type is left out, and the schema reports it.
    pub(super) fn of(raw: &RawOffice<'a>) -> Self {
        // Typed first, which copies nothing. Only an office with mistakes becomes a tree of values.
        serde_json::from_str(raw.json).unwrap_or_else(|_| Self::piecemeal(raw.json))
    }

    /// One member after the other, of an office that does not have the types.
    fn piecemeal(json: &str) -> Self {
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        let text = |name: &str| Some(Text::from(value[name].as_str()?.to_owned()));
        // Addresses are left out: nothing that refers to the office needs them.
        OfficeSummary {
            id: text("id"),
            name: text("name"),
            parent: text("parent"),
            region: text("region"),
            kind: text("kind"),
            ..OfficeSummary::default()
        }
    }
}

/// What the registry takes of an office.
pub(crate) struct OfficeKeys<'h> {
    /// `None` where it has none, or one of a wrong type; so with all of these.
    id: Option<&'h str>,
    name: Option<&'h str>,
    parent: Option<&'h str>,
    region: Option<&'h str>,
    kind: Option<&'h str>,
    /// Country, post-office box and lines of its first address.
    address: Option<(Option<&'h str>, Option<&'h str>, &'h [Text<'h>])>,
}

impl<'h> From<&'h Office<'_>> for OfficeKeys<'h> {
    fn from(office: &'h Office<'_>) -> Self {
        OfficeKeys {
            id: Some(&office.id),
            name: Some(&office.name),
            parent: office.parent.as_deref(),
            region: office.region.as_deref(),
            kind: Some(&office.kind),
            address: office.addresses.first().map(|it| {
                (Some(it.country.as_str()), it.post_office_box.as_deref(), &*it.address_lines)
            }),
        }
    }
}

impl<'h> From<&'h OfficeSummary<'_>> for OfficeKeys<'h> {
    fn from(head: &'h OfficeSummary<'_>) -> Self {
        OfficeKeys {
            id: head.id.as_deref(),
            name: head.name.as_deref(),
            parent: head.parent.as_deref(),
            region: head.region.as_deref(),
            kind: head.kind.as_deref(),
            address: head.addresses.first().map(|it| {
                (it.country.as_deref(), it.post_office_box.as_deref(), &*it.address_lines)
            }),
        }
    }
}

impl OfficeKeys<'_> {
    /// The country of the first address.
    fn country(&self) -> Option<&str> {
        self.address?.0
    }

    /// The hash of the name and the country, as far as [`fold`] keeps them.
    fn name_key(&self, scratch: &mut String) -> Option<u128> {
        Some(hash_folded([self.name?].into_iter().chain(self.country()), scratch))
    }

    /// The hash of the first address, as far as [`fold`] keeps it, and of the digits in the name: names that
    /// differ in these are of two offices.
    fn place_key(&self, scratch: &mut String) -> Option<u128> {
        let (country, post_office_box, lines) = self.address?;
        let mut texts = lines.iter().map(Text::as_str).chain(post_office_box).peekable();
        // Two offices without a street are not at the same place.
        texts.peek()?;
        let name = self.name.unwrap_or_default();
        // "Zone 3" and "Zone 4" in one building are two offices.
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        Some(hash_folded(texts.chain(country).chain([&*digits]), scratch))
    }
}

/// A text without capitals, spaces and punctuation, by which names and addresses are compared: "Office,
/// Japan" and "office japan" are one.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    push_folded(text, &mut folded);
    folded
}

/// Appends a text as [`fold`] has it.
fn push_folded(text: &str, folded: &mut String) {
    for c in text.chars() {
        match c {
            // Asked first: nearly all letters are ASCII, and the tables of Unicode are not needed for
            // them.
            _ if c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase()),
            _ if !c.is_ascii() && c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => {}
        }
    }
}

/// The hash of an id. Its keys are fixed, so that parts on several machines agree.
pub(super) fn hash(id: &str) -> u128 {
    let mut hasher = SipHasher13::new();
    hasher.write(id.as_bytes());
    hasher.finish128().as_u128()
}

/// The hash of texts, folded into `scratch`.
fn hash_folded<'t>(texts: impl Iterator<Item = &'t str>, scratch: &mut String) -> u128 {
    scratch.clear();
    for text in texts {
        push_folded(text, scratch);
        // No folded text has one.
        scratch.push('\n');
    }
    hash(scratch)
}

/// The entries of some offices, by position.
#[derive(Default)]
pub(crate) struct ReferenceBatch {
    /// Hash of the id, and number of the office.
    pub(super) ids: Vec<(u128, u32)>,
    /// Hash of the parent's id, and number of the child.
    pub(super) parents: Vec<(u128, u32)>,
    /// Hash of name and country, and number of the office.
    pub(super) names: Vec<(u128, u32)>,
    /// Hash of the first address and the name's digits, and number of the office.
    pub(super) places: Vec<(u128, u32)>,
    /// Numbers of the offices whose region is none of the directory.
    pub(super) unknown_regions: Vec<u32>,
    /// Numbers of the offices whose kind is none of the directory.
    pub(super) unknown_kinds: Vec<u32>,
    /// The names of all of them, for those that turn out to be parents.
    pub(super) called: NameBuffer,
    /// The headquarters, if it is among them.
    pub(super) headquarters: Option<Headquarters>,
    /// Optional members that they have.
    pub(super) used: UsedMembers,
    /// Where texts are folded before they are hashed; kept to save allocations.
    scratch: String,
}

/// Names of offices, one behind the other.
#[derive(Default)]
pub(super) struct NameBuffer {
    /// All names, without anything between them.
    text: String,
    /// Position of the office, and bytes of its name.
    lengths: Vec<(u32, u32)>,
}

impl NameBuffer {
    /// Adds the name of the next office.
    fn push(&mut self, number: u32, name: &str) {
        self.text.push_str(name);
        // No name has four thousand million bytes.
        self.lengths.push((number, u32::try_from(name.len()).unwrap_or_default()));
    }

    /// Adds the names of the next offices.
    pub(super) fn append(&mut self, other: &NameBuffer) {
        self.text.push_str(&other.text);
        self.lengths.extend_from_slice(&other.lengths);
    }

    /// Bytes that it takes.
    pub(super) fn size(&self) -> usize {
        self.text.len() + size_of_val(&*self.lengths)
    }

    /// The offices with their names, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        let mut rest = &*self.text;
        self.lengths.iter().map(move |(number, length)| {
            let (name, behind) = rest.split_at_checked(*length as usize).unwrap_or_default();
            rest = behind;
            (*number, name)
        })
    }

    /// Takes all names out, and keeps the memory.
    fn clear(&mut self) {
        self.text.clear();
        self.lengths.clear();
    }
}

impl ReferenceBatch {
    /// Takes everything out, and keeps the memory for the next batch.
    pub(crate) fn clear(&mut self) {
        // Taken apart member by member, so that the compiler tells of one that is forgotten; `scratch` needs no
        // clearing.
        let ReferenceBatch {
            ids,
            parents,
            names,
            places,
            unknown_regions,
            unknown_kinds,
            called,
            headquarters,
            used,
            ..
        } = self;
        for list in [ids, parents, names, places] {
            list.clear();
        }
        unknown_regions.clear();
        unknown_kinds.clear();
        used.clear();
        called.clear();
        *headquarters = None;
    }

    /// Adds an office that the registry reads by itself.
    pub(crate) fn read(&mut self, raw: &RawOffice<'_>, declared: &DeclaredIds<'_>) {
        let summary = OfficeSummary::of(raw);
        summary.used.iter().for_each(|path| self.used.add(path));
        self.add(raw, &OfficeKeys::from(&summary), declared);
    }

    /// Adds an office that was read already.
    pub(crate) fn add_office(
        &mut self,
        raw: &RawOffice<'_>,
        office: &Office<'_>,
        declared: &DeclaredIds<'_>,
    ) {
        self.used.note(office);
        self.add(raw, &OfficeKeys::from(office), declared);
    }

    /// Adds an office; `declared` is what its header declares.
    fn add(&mut self, raw: &RawOffice<'_>, entry: &OfficeKeys<'_>, declared: &DeclaredIds<'_>) {
        let number = number(raw.index);
        self.ids.extend(entry.id.map(|id| (hash(id), number)));
        self.parents.extend(entry.parent.map(|id| (hash(id), number)));
        self.names.extend(entry.name_key(&mut self.scratch).map(|key| (key, number)));
        self.places.extend(entry.place_key(&mut self.scratch).map(|key| (key, number)));
        self.called.push(number, entry.name.unwrap_or_default());
        if let (Some(region), Some(regions)) = (entry.region, &declared.regions)
            && !regions.contains(region)
        {
            self.unknown_regions.push(number);
        }
        if let (Some(kind), Some(kinds)) = (entry.kind, &declared.kinds)
            && kinds.binary_search(&kind).is_err()
        {
            self.unknown_kinds.push(number);
        }
        let is_headquarters = match declared.headquarters {
            Some(id) => entry.id == Some(id),
            None => entry.kind == Some(OfficeKind::HEADQUARTERS),
        };
        // The first in the file, should there be several: batches are joined in order.
        if is_headquarters && self.headquarters.is_none() {
            self.headquarters = entry.country().map(|country| Headquarters {
                country: country.to_owned(),
                office: raw.json.to_owned(),
            });
        }
    }
}

/// A directory of four thousand million offices is not read to its end.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Where the headquarters is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(super) struct Headquarters {
    /// ISO 3166-1 alpha-2.
    pub(super) country: String,
    /// The office as JSON.
    pub(super) office: String,
}
