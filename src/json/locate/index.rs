//! An index of a JSON text, for whoever asks where many of its values stand.

use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher13};

use super::{LocatedValue, cursor, unescaped};
use crate::json::cursor::JsonCursor;

/// Where every member and element of a JSON text stands, for many questions: [`locate`](super::locate) goes
/// through the text for each.
pub(crate) struct ValueIndex<'j> {
    /// The text that the places are in.
    json: &'j str,
    /// By the hash of the path; of two equal keys the last one is behind.
    entries: Vec<IndexEntry>,
}

/// Where one value stands.
struct IndexEntry {
    /// The hash of the tokens of its pointer.
    path: u128,
    /// Where the key begins, or the value of what has none.
    start: usize,
    /// Whether it is a member of an object: elements and the whole text have no key.
    has_key: bool,
}

impl<'j> ValueIndex<'j> {
    /// Of a text that is valid JSON.
    pub(crate) fn new(json: &'j str) -> Self {
        ValueIndex::without(json, None)
    }

    /// Of a directory without its offices, which have indices of their own.
    pub(crate) fn of_header(json: &'j str) -> Self {
        ValueIndex::without(json, Some("\"offices\""))
    }

    /// Leaves out that member of the root, whose name is given with its quotes.
    fn without(json: &'j str, skipped: Option<&str>) -> Self {
        let mut walk = IndexWalk { scan: cursor(json), entries: Vec::new() };
        let start = walk.scan.at;
        walk.entries.push(IndexEntry { path: ROOT, start, has_key: false });
        // What does not go on as JSON has no more places.
        let _ = walk.values(ROOT, skipped);
        let mut entries = walk.entries;
        // A stable sort: of equal keys the last one in the text stays behind the others, where `find` looks.
        entries.sort_by_key(|entry| entry.path);
        ValueIndex { json, entries }
    }

    /// What a JSON pointer points at, as [`locate`](super::locate) finds it.
    pub(crate) fn find(&self, pointer: &str) -> Option<LocatedValue> {
        let tokens = pointer.split('/').skip(1);
        let path = tokens.fold(ROOT, |path, token| within(path, unescaped(token).as_bytes()));
        let behind = self.entries.partition_point(|entry| entry.path <= path);
        let entry = self.entries.get(behind.checked_sub(1)?).filter(|entry| entry.path == path)?;
        let mut scan = JsonCursor { bytes: self.json.as_bytes(), at: entry.start };
        let key = if entry.has_key { Some(scan.string()?) } else { None };
        if key.is_some() {
            scan.separator();
        }
        Some(LocatedValue { key, value: scan.value()? })
    }
}

/// The path of the whole text.
const ROOT: u128 = 0;

/// The path of what is called so within another.
fn within(path: u128, token: &[u8]) -> u128 {
    let mut hasher = SipHasher13::new();
    // The byte order of the machine is good enough, because no index outlives the process.
    hasher.write(&path.to_ne_bytes());
    hasher.write(token);
    hasher.finish128().as_u128()
}

/// The walk that an index is made by.
struct IndexWalk<'j> {
    /// How far it has come.
    scan: JsonCursor<'j>,
    /// In the order of the text.
    entries: Vec<IndexEntry>,
}

impl IndexWalk<'_> {
    /// Goes through the value at hand but for the member of that name.
    fn values(&mut self, path: u128, skipped: Option<&str>) -> Option<()> {
        let close = match self.scan.peek()? {
            b'{' => b'}',
            b'[' => b']',
            _ => return self.scan.value().map(drop),
        };
        self.scan.at += 1;
        self.scan.space();
        for index in 0_usize.. {
            if self.scan.peek()? == close {
                break;
            }
            let start = self.scan.at;
            let path = if close == b'}' {
                let key = self.scan.string()?;
                let key = std::str::from_utf8(&self.scan.bytes[key]).ok()?;
                self.scan.separator();
                if skipped == Some(key) {
                    self.scan.value()?;
                    self.scan.separator();
                    continue;
                }
                // Most keys have no escapes, and are hashed without being copied.
                match key.contains('\\') {
                    true => within(path, serde_json::from_str::<String>(key).ok()?.as_bytes()),
                    false => within(path, key.get(1..key.len() - 1)?.as_bytes()),
                }
            } else {
                within(path, index.to_string().as_bytes())
            };
            self.entries.push(IndexEntry { path, start, has_key: close == b'}' });
            // Only the root's own member is left out, and none of that name further down.
            self.values(path, None)?;
            self.scan.separator();
        }
        self.scan.at += 1;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::locate;

    #[test]
    fn finds_what_is_located_and_nothing_else() {
        let json =
            r#" {"a": [1, {"b\"~/": "ü", "~2": 0}, []], "c": {"": 7}, "d": 1, "d": {"e": 2}} "#;
        let index = ValueIndex::new(json);
        for pointer in [
            "",
            "/a",
            "/a/0",
            "/a/1",
            "/a/1/b\"~0~1",
            "/a/1/~2",
            "/a/1/~02",
            "/a/2",
            "/a/3",
            "/a/01",
            "/a/+1",
            "/a/x",
            "/b",
            "/c",
            "/c/",
            "/c/d",
            "/d",
            "/d/e",
            "/a/0/1",
            "x/c",
        ] {
            assert_eq!(index.find(pointer), locate(json, pointer), "{pointer}");
        }
    }

    #[test]
    fn a_header_is_found_without_its_offices() {
        let json = "\u{feff}{\"offices\": [{\"id\": 1}], \"regions\": [{\"offices\": 1}]}";
        let index = ValueIndex::of_header(json);
        assert_eq!(index.find("/offices/0/id"), None);
        let found = index.find("/regions/0/offices").map(|found| &json[found.value]);
        assert_eq!(found, Some("1"));
    }
}
