//! What offices say of each other: who has the same id, whose parent is missing, who is probably the
//! same. It is joined from the summaries that `heads` makes of each office, and sorted by `sorter`.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize, de};

use super::DirectorySource;
use super::declared::DeclaredIds;
use super::heads::{Headquarters, NameBuffer, OfficeSummary, ReferenceBatch, hash, number};
use super::sorter::ExternalSorter;
use super::source::OfficeChunk;
use super::used::UsedMembers;
use crate::model::Office;
use crate::pipeline::{StartedWork, ordered};

/// What offices may refer to in other offices, and what they must not share with them. Offices that are
/// rejected are in it as well, so that their children do not dangle.
///
/// Offices are kept by position; ids and names only as 128-bit hashes, and on disk where there are many.
/// What is left in memory grows with the number of mistakes and of parents, not with that of offices.
///
/// Finding references is a join: ids and parents are sorted by their hash and gone through side by side,
/// as a merge join of a database does it. A map of all ids would have to fit into memory.
#[derive(Debug, Default)]
pub struct Registry {
    /// Offices whose id an earlier office has, each with the first of that id, in order.
    pub(crate) duplicates: Vec<(u32, u32)>,
    /// Offices whose parent is none of the directory, or of the references that a part is given, in order.
    pub(crate) unknown_parents: Vec<u32>,
    /// Whether it is that of a part.
    pub(crate) is_part: bool,
    /// Offices whose region is none of the directory, in order.
    pub(crate) unknown_regions: Vec<u32>,
    /// Offices whose kind is none of the directory, in order.
    pub(crate) unknown_kinds: Vec<u32>,
    /// The id of a headquarters that the organisation names and that is no office of the directory.
    pub(crate) missing_headquarters: Option<Box<str>>,
    /// Optional members that the offices have.
    pub(crate) used: UsedMembers,
    /// Offices with their parents, in order.
    pub(crate) links: Vec<(u32, u32)>,
    /// Offices of the same name in the same country.
    pub(crate) same_name: Vec<Vec<u32>>,
    /// Offices of the same first address.
    pub(crate) same_place: Vec<Vec<u32>>,
    /// The names of those that are parents, by the hash of their ids, once they are known.
    parents: OnceLock<HashMap<u128, Box<str>>>,
    /// The office that the organisation names, or the first world secretariat of the file.
    headquarters: Option<Headquarters>,
}

/// What the parts of a directory have to know of each other: where the headquarters is, and the names of
/// the offices that are parents, by the hash of their ids in hexadecimal.
///
/// It is printed as JSON on one line, in the order of the hashes. Its members are no interface: the program
/// that reads it is of the same version as the one that wrote it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct PartReferences {
    /// `None` where there is none, or it has no country.
    headquarters: Option<Headquarters>,
    /// Optional members that any office has.
    #[serde(default, skip_serializing_if = "UsedMembers::is_empty")]
    used: UsedMembers,
    /// By the hash of the id, as 32 hexadecimal digits.
    names: BTreeMap<String, Box<str>>,
}

/// What a part of a directory knows of its other parts.
#[derive(Clone, Copy, Debug)]
pub enum OtherParts<'d> {
    /// Nothing yet, so that its offices may have any parents.
    Unknown,
    /// The offices that are parents.
    Known(&'d PartReferences),
}

impl PartReferences {
    /// Reads what was printed.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let references: PartReferences = serde_json::from_str(text)?;
        match references.names.keys().find(|key| id_of(key).is_none()) {
            Some(key) => Err(de::Error::custom(format!("\"{key}\" is not the hash of an id"))),
            None => Ok(references),
        }
    }

    /// The names of the offices that are parents, by the hash of their ids.
    fn by_id(&self) -> HashMap<u128, Box<str>> {
        self.names.iter().filter_map(|(key, name)| Some((id_of(key)?, name.clone()))).collect()
    }
}

impl fmt::Display for PartReferences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// The hash of an id by its 32 hexadecimal digits.
fn id_of(key: &str) -> Option<u128> {
    // Read back and compared: `from_str_radix` takes signs, capitals and fewer digits as well.
    u128::from_str_radix(key, 16).ok().filter(|id| key == format!("{id:032x}"))
}

/// Joins the entries of all offices to a registry.
#[derive(Default)]
pub(crate) struct RegistryBuilder {
    /// What is known so far.
    registry: Registry,
    /// Hashes of ids.
    ids: ExternalSorter,
    /// Hashes of parents' ids.
    parents: ExternalSorter,
    /// Hashes of name and country.
    names: ExternalSorter,
    /// Hashes of first address and digits of the name.
    places: ExternalSorter,
    /// The names of all offices so far, unless they are too many.
    called: Option<NameBuffer>,
    /// Id of the headquarters, where the organisation names it.
    headquarters: Option<Box<str>>,
}

/// Bytes of names that are kept until it is known which of them are parents'; names of more offices are
/// read once more.
const CALLED: usize = 1 << 22;

impl RegistryBuilder {
    /// Nothing yet, of a directory that declares those ids.
    pub(crate) fn new(declared: &DeclaredIds<'_>) -> Self {
        let headquarters = declared.headquarters.map(Box::from);
        let called = Some(NameBuffer::default());
        RegistryBuilder { called, headquarters, ..RegistryBuilder::default() }
    }

    /// Takes the entries of the next offices.
    pub(crate) fn take(&mut self, heads: &mut ReferenceBatch) -> io::Result<()> {
        self.ids.extend(&heads.ids)?;
        self.parents.extend(&heads.parents)?;
        self.names.extend(&heads.names)?;
        self.places.extend(&heads.places)?;
        self.registry.unknown_regions.append(&mut heads.unknown_regions);
        self.registry.unknown_kinds.append(&mut heads.unknown_kinds);
        self.registry.used.merge(&heads.used);
        // Batches come in the order of the file, so the first one that has it is right.
        if self.registry.headquarters.is_none() {
            self.registry.headquarters = heads.headquarters.take();
        }
        if let Some(called) = &mut self.called {
            called.append(&heads.called);
            // Too many to keep: the names of parents are read in a pass of their own then.
            self.called.take_if(|called| called.size() > CALLED);
        }
        Ok(())
    }

    /// The registry of a part, which only knows of the others what it is told.
    pub(crate) fn finish_part(self, others: OtherParts<'_>) -> io::Result<Registry> {
        let RegistryBuilder { registry, parents, .. } = self;
        let Registry { unknown_regions, unknown_kinds, used, .. } = registry;
        // Only its own regions and kinds can be judged by a part; all else takes the other parts.
        let mut registry =
            Registry { unknown_regions, unknown_kinds, used, is_part: true, ..Registry::default() };
        let mut named = HashMap::new();
        if let OtherParts::Known(references) = others {
            named = references.by_id();
            registry.unknown_parents = unknown(parents, &named)?;
            registry.headquarters.clone_from(&references.headquarters);
            // All parts of a table have the columns of the whole.
            registry.used.clone_from(&references.used);
        }
        registry.parents = OnceLock::from(named);
        Ok(registry)
    }

    /// The registry of a whole directory.
    pub(crate) fn finish(self) -> io::Result<Registry> {
        let RegistryBuilder { mut registry, ids, parents, names, places, called, headquarters } =
            self;
        std::thread::scope(|scope| {
            // Each of the two sorts by itself, while ids and parents are joined here.
            let names = StartedWork::new(scope, || names.sorted()?.groups());
            let places = StartedWork::new(scope, || places.sorted()?.groups());
            let mut keys = join(&mut registry, ids, parents, headquarters)?;
            if let Some(called) = called {
                // Back into the order of the offices.
                keys.sort_unstable();
                // Both are in the order of the offices.
                let mut keys = keys.into_iter().peekable();
                let named = called.iter().filter_map(|(at, name)| {
                    let (_, key) = keys.next_if(|(number, _)| *number == at)?;
                    Some((key, name.into()))
                });
                registry.parents = OnceLock::from(named.collect::<HashMap<_, _>>());
            }
            registry.same_name = names.finish()?;
            registry.same_place = places.finish()?;
            Ok(registry)
        })
    }
}

/// The offices whose parents are none of those.
fn unknown(parents: ExternalSorter, known: &HashMap<u128, Box<str>>) -> io::Result<Vec<u32>> {
    let (mut parents, mut unknown) = (parents.sorted()?, Vec::new());
    while let Some((parent, of)) = parents.next()? {
        if !known.contains_key(&parent) {
            unknown.push(of);
        }
    }
    // They come in the order of the hashes.
    unknown.sort_unstable();
    Ok(unknown)
}

/// Goes through ids and parents side by side; gives the offices that are parents, with the hashes of their
/// ids. Looks for the id of the headquarters on the way.
fn join(
    registry: &mut Registry,
    ids: ExternalSorter,
    parents: ExternalSorter,
    mut headquarters: Option<Box<str>>,
) -> io::Result<Vec<(u32, u128)>> {
    let (mut ids, mut parents) = (ids.sorted()?, parents.sorted()?);
    let mut keys = Vec::new();
    let wanted = headquarters.as_deref().map(hash);
    let mut child = parents.next()?;
    let mut first: Option<(u128, u32)> = None;
    while let Some((id, number)) = ids.next()? {
        headquarters.take_if(|_| wanted == Some(id));
        match first {
            // Records are sorted by id and then by position, so the first of an id is the first in
            // the file.
            Some((same, first)) if same == id => {
                registry.duplicates.push((number, first));
                continue;
            }
            _ => first = Some((id, number)),
        }
        // A merge: parents that sort before this id have no office; those that are equal have this
        // one.
        while let Some((parent, of)) = child.filter(|(parent, _)| *parent <= id) {
            match parent == id {
                true => registry.links.push((of, number)),
                false => registry.unknown_parents.push(of),
            }
            // A parent of many children once.
            if parent == id && keys.last() != Some(&(number, id)) {
                keys.push((number, id));
            }
            child = parents.next()?;
        }
    }
    registry.missing_headquarters = headquarters;
    while let Some((_, of)) = child {
        registry.unknown_parents.push(of);
        child = parents.next()?;
    }
    registry.duplicates.sort_unstable();
    registry.unknown_parents.sort_unstable();
    registry.links.sort_unstable();
    Ok(keys)
}

impl Registry {
    /// Reads what offices say of each other, and nothing else of them, on `threads` threads.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn new(source: DirectorySource<'_>, threads: usize) -> io::Result<Self> {
        let declared = DeclaredIds::of(source.header().map(|(header, _)| header));
        Registry::of_declared(source, &declared, threads)
    }

    /// Reads what the offices of all parts say of each other, of which one is the headquarters, if the organisation
    /// names it.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn of_parts(
        source: DirectorySource<'_>,
        headquarters: Option<&str>,
        threads: usize,
    ) -> io::Result<Self> {
        let declared = DeclaredIds { headquarters, ..DeclaredIds::default() };
        Registry::of_declared(source, &declared, threads)
    }

    /// Reads what offices say of each other, and of what is declared.
    fn of_declared(
        source: DirectorySource<'_>,
        declared: &DeclaredIds<'_>,
        threads: usize,
    ) -> io::Result<Self> {
        let mut joining = RegistryBuilder::new(declared);
        let mut chunks = source.chunks()?;
        ordered(
            threads,
            |(chunk, _): &mut (OfficeChunk, ReferenceBatch)| chunks.next(chunk),
            |(chunk, heads)| {
                heads.clear();
                chunk.each(source, |raw| {
                    if let Ok(raw) = raw {
                        heads.read(&raw, declared);
                    }
                });
            },
            |(_, heads)| joining.take(heads),
        )?;
        let registry = joining.finish()?;
        registry.name_parents(source, threads)?;
        Ok(registry)
    }

    /// Reads the names of the offices that are parents, unless they are known.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub(crate) fn name_parents(
        &self,
        source: DirectorySource<'_>,
        threads: usize,
    ) -> io::Result<()> {
        if self.parents.get().is_some() {
            return Ok(());
        }
        let mut parents: Vec<u32> = self.links.iter().map(|(_, parent)| *parent).collect();
        parents.sort_unstable();
        parents.dedup();
        let mut named = HashMap::new();
        let mut chunks = source.chunks()?;
        ordered(
            threads,
            |(chunk, _): &mut (OfficeChunk, Vec<_>)| chunks.next(chunk),
            |(chunk, names)| {
                chunk.each(source, |raw| {
                    let Ok(raw) = raw else { return };
                    if parents.binary_search(&number(raw.index)).is_ok()
                        && let OfficeSummary { id: Some(id), name: Some(name), .. } =
                            OfficeSummary::of(&raw)
                    {
                        names.push((hash(&id), Box::from(&*name)));
                    }
                });
            },
            |(_, names)| {
                named.extend(names.drain(..));
                Ok(())
            },
        )?;
        let _ = self.parents.set(named);
        Ok(())
    }

    /// The parents whose names are known, by the hash of their ids.
    fn named_parents(&self) -> impl Iterator<Item = (&u128, &Box<str>)> {
        self.parents.get().into_iter().flatten()
    }

    /// What a part of the directory has to know of the others: `validate --merge` writes it, `export --part`
    /// reads it.
    pub fn references(&self) -> PartReferences {
        let names = self.named_parents().map(|(id, name)| (format!("{id:032x}"), name.clone()));
        let (headquarters, used) = (self.headquarters.clone(), self.used.clone());
        PartReferences { headquarters, used, names: names.collect() }
    }

    /// The name of the office of that id, which is the parent of another.
    pub fn parent_name(&self, id: &str) -> Option<&str> {
        self.parents.get()?.get(&hash(id)).map(|name| &**name)
    }

    /// The country of the organisation's headquarters.
    pub fn headquarters(&self) -> Option<&str> {
        self.headquarters.as_ref().map(|seat| seat.country.as_str())
    }

    /// The office of the organisation's headquarters, where nothing is wrong with it.
    pub(crate) fn headquarters_office(&self) -> Option<Office<'_>> {
        serde_json::from_str(&self.headquarters.as_ref()?.office).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::PartReferences;

    #[test]
    fn references_are_an_object() {
        assert!(PartReferences::parse(r#"{"headquarters": null, "names": {}}"#).is_ok());
        let parse = |key: &str| {
            PartReferences::parse(&format!(
                r#"{{"headquarters": null, "names": {{"{key}": "A"}}}}"#
            ))
        };
        assert!(parse(&format!("{:032x}", 7)).is_ok());
        for key in
            ["", "7", "x", &format!("+{:031x}", 7), &format!("{:032X}", 0xa), &"0".repeat(33)]
        {
            assert!(parse(key).is_err(), "{key}");
        }
        assert!(PartReferences::parse(r#"[null, {}]"#).is_err());
        assert!(PartReferences::parse(r#"{"headquarters": ["DE", "{}"], "names": {}}"#).is_err());
    }
}
