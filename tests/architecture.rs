//! The floors of `ARCHITECTURE.md`: a room uses rooms of its own floor or below, and no two rooms use each other,
//! not even by way of others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floor of every room, as the table in `ARCHITECTURE.md` has it: rows begin with the floor's number, and the
/// second cell names the rooms.
fn floors() -> BTreeMap<&'static str, usize> {
    let rows = include_str!("../ARCHITECTURE.md").lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        Some((cells.next()?.parse::<usize>().ok()?, cells.next()?))
    });
    let rooms = rows.flat_map(|(floor, rooms)| {
        let names = rooms.split(", ").map(|room| room.trim_matches('`'));
        names.map(move |room| (room, floor))
    });
    rooms.collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false if path.extension().is_some_and(|it| it == "rs") => found.push(path),
            false => {}
        }
    }
}

/// The room of a file: its folder below `src`, or its own name.
fn room(path: &Path, src: &Path) -> String {
    let first = path.strip_prefix(src).unwrap().components().next().unwrap();
    Path::new(first.as_os_str()).file_stem().unwrap().to_str().unwrap().to_owned()
}

/// The rooms that a source text names as `crate::ROOM`, apart from its comments and unit tests.
fn used(source: &str) -> BTreeSet<String> {
    let source = source.split("\n#[cfg(test)]").next().unwrap();
    let code = source.lines().map(|line| line.split("//").next().unwrap());
    let paths = code.flat_map(|line| line.split("crate::").skip(1));
    paths
        .map(|path| path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .filter(|room: &String| !room.is_empty())
        .collect()
}

/// Whether a way leads from one room to another.
fn leads(uses: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(room) = open.pop() {
        for next in uses.get(room).into_iter().flatten() {
            if next == to {
                return true;
            }
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    false
}

#[test]
fn no_room_uses_one_above_it_or_one_that_uses_it() {
    let floors = floors();
    let floor = |room: &str| {
        let floor = floors.get(room).copied();
        floor.unwrap_or_else(|| {
            panic!("src/{room} has no floor: add it to the table in ARCHITECTURE.md")
        })
    };
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    let rooms: BTreeSet<String> = paths.iter().map(|path| room(path, &src)).collect();
    let gone: Vec<_> = floors.keys().filter(|it| !rooms.contains(**it)).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md has rooms that src/ does not have: {gone:?}");
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in paths {
        let own = room(&path, &src);
        floor(&own);
        for other in used(&fs::read_to_string(&path).unwrap()).into_iter().filter(|it| *it != own) {
            assert!(
                floor(&other) <= floor(&own),
                "{} is on floor {} and uses crate::{other} of floor {}: move what it needs down",
                path.display(),
                floor(&own),
                floor(&other)
            );
            uses.entry(own.clone()).or_default().insert(other);
        }
    }
    assert!(uses.len() > 10, "imports are found: {uses:?}");
    for room in uses.keys() {
        assert!(!leads(&uses, room, room), "the rooms that {room} uses lead back to it: {uses:?}");
    }
}
