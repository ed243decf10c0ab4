//! What two versions of a directory have different: office by office, whatever their order and layout.
//!
//! Directories are compared as JSON and not as types, so that two versions can be compared of which one has
//! mistakes, or comes from a program of another version. Offices are matched by id. A changed id is an
//! office removed and another added, which is also what address books make of it.

mod show;

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::Value;

use crate::json::token;
pub use show::{markdown, text};

/// The differences of two directories. It serialises to what `officedir diff --output-format json` prints.
///
/// # Example
///
/// ```
/// use officedir::diff::{DirectoryDifference, text};
/// use serde_json::json;
///
/// let old = json!({"offices": [{"id": "a", "name": "A"}]});
/// let new = json!({"offices": [{"id": "a", "name": "A Office"}, {"id": "b", "name": "B"}]});
/// let difference = DirectoryDifference::new(&old, &new);
/// assert_eq!(difference.added[0].id, "b");
/// assert_eq!(difference.changed[0].changes[0].pointer, "/name");
/// assert!(text(&difference).ends_with("offices: 1 added, 1 changed\n"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DirectoryDifference {
    /// Members that differ outside the offices.
    pub header: Vec<MemberChange>,
    /// Offices that only the new one has, in its order.
    pub added: Vec<OfficeName>,
    /// Offices that only the old one has, in its order.
    pub removed: Vec<OfficeName>,
    /// Offices that differ, in the new order.
    pub changed: Vec<ChangedOffice>,
    /// Offices that stand elsewhere among the others: as few as explain the new order.
    pub moved: Vec<MovedOffice>,
}

/// An office by its id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OfficeName {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// An office that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangedOffice {
    /// The office, as the new directory names it.
    #[serde(flatten)]
    pub office: OfficeName,
    /// What differs in it.
    pub changes: Vec<MemberChange>,
}

/// A member that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MemberChange {
    /// JSON pointer from the office, or from the directory.
    pub pointer: String,
    /// What stood there; nothing for a member that is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
    /// What stands there; nothing for a member that has gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Value>,
}

/// An office that stands elsewhere. Positions count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MovedOffice {
    /// The office.
    #[serde(flatten)]
    pub office: OfficeName,
    /// Its position among the old offices.
    pub from: usize,
    /// Its position among the new ones.
    pub to: usize,
}

impl DirectoryDifference {
    /// Compares two directories as JSON. Offices are told apart by their ids; of two with one id each has
    /// its counterpart in the same order.
    pub fn new(old: &Value, new: &Value) -> Self {
        let mut difference = DirectoryDifference::default();
        compare(&without_offices(old), &without_offices(new), "", &mut difference.header);
        let (old, new) = (offices(old), offices(new));
        // It is only asked and never gone through, so the order of a hash map cannot show in the result.
        let old_places: HashMap<&OfficeKey<'_>, usize> =
            old.iter().enumerate().map(|(at, (key, _))| (key, at)).collect();
        let mut common = Vec::new();
        let mut kept = vec![false; old.len()];
        for (to, (key, office)) in new.iter().enumerate() {
            let Some(&from) = old_places.get(key) else {
                difference.added.push(named(office));
                continue;
            };
            // Equal ids have different keys, so no old office is found twice.
            kept[from] = true;
            common.push((from, to));
            let mut changes = Vec::new();
            compare(old[from].1, office, "", &mut changes);
            if !changes.is_empty() {
                difference.changed.push(ChangedOffice { office: named(office), changes });
            }
        }
        let gone = old.iter().zip(&kept).filter(|(_, kept)| !**kept);
        difference.removed = gone.map(|((_, office), _)| named(office)).collect();
        // The offices that keep their order among each other, as many as possible; all others have
        // moved. Without this, one office moved to the front would move all others back by one.
        let stay = longest_increasing(&common.iter().map(|(from, _)| *from).collect::<Vec<_>>());
        for ((from, to), _) in common.iter().zip(&stay).filter(|(_, stays)| !**stays) {
            // Both positions were met in the loop above, and so are within their lists.
            let office = named(new[*to].1);
            difference.moved.push(MovedOffice { office, from: from + 1, to: to + 1 });
        }
        difference
    }

    /// Whether the two say the same, in the same order.
    pub fn is_empty(&self) -> bool {
        *self == DirectoryDifference::default()
    }
}

/// An id, and how many offices before have the same.
type OfficeKey<'v> = (&'v str, usize);

/// The offices with their keys, in order. Two with one id are told apart by their order.
fn offices(directory: &Value) -> Vec<(OfficeKey<'_>, &Value)> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let offices = directory["offices"].as_array();
    let keyed = offices.into_iter().flatten().map(|office| {
        // Offices without an id share the empty one, and are told apart by their order as well.
        let id = office["id"].as_str().unwrap_or_default();
        let count = seen.entry(id).or_default();
        *count += 1;
        ((id, *count), office)
    });
    keyed.collect()
}

/// The members outside the offices.
fn without_offices(directory: &Value) -> Value {
    let members = directory.as_object().into_iter().flatten();
    // The offices are left out before anything is copied, because they are nearly all of a large directory.
    let header = members.filter(|(name, _)| *name != "offices");
    Value::Object(header.map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// An office as it is named in the result; lenient, since it may have mistakes.
fn named(office: &Value) -> OfficeName {
    let text = |member: &str| office[member].as_str().unwrap_or_default().to_owned();
    OfficeName { id: text("id"), name: text("name") }
}

/// Notes what differs, at the members that differ and not at what holds them.
fn compare(old: &Value, new: &Value, pointer: &str, changes: &mut Vec<MemberChange>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            // In alphabetical order, whatever the order in the files: that is no difference.
            let names: BTreeMap<&String, ()> =
                old.keys().chain(new.keys()).map(|it| (it, ())).collect();
            for name in names.into_keys() {
                let pointer = format!("{pointer}{}", token(name));
                member(old.get(name), new.get(name), pointer, changes);
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            // By position: lists of an office are short, and an item that was inserted shows as what
            // follows having changed. Naming moves within lists would be harder to read.
            for at in 0..old.len().max(new.len()) {
                member(old.get(at), new.get(at), format!("{pointer}/{at}"), changes);
            }
        }
        _ => member(Some(old), Some(new), pointer.to_owned(), changes),
    }
}

/// Compares two values of one member, of which either may be missing.
fn member(
    old: Option<&Value>,
    new: Option<&Value>,
    pointer: String,
    changes: &mut Vec<MemberChange>,
) {
    match (old, new) {
        (Some(old), Some(new)) if old == new => {}
        (Some(old @ Value::Object(_)), Some(new @ Value::Object(_)))
        | (Some(old @ Value::Array(_)), Some(new @ Value::Array(_))) => {
            compare(old, new, &pointer, changes);
        }
        // One is missing, or they are of different types: nothing smaller than the whole value can be named.
        (old, new) => changes.push(MemberChange { pointer, old: old.cloned(), new: new.cloned() }),
    }
}

/// Which of the numbers are of a longest subsequence that increases.
fn longest_increasing(numbers: &[usize]) -> Vec<bool> {
    // By length less one: where the subsequence of that length ends whose last number is the lowest.
    let mut ends: Vec<usize> = Vec::new();
    // For each number, the position of the one before it in the longest subsequence that it ends.
    let mut before = vec![None; numbers.len()];
    for (at, number) in numbers.iter().enumerate() {
        // Patience sorting: of all subsequences of one length the one that ends lowest is kept, in n
        // log n steps.
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before[at] = length.checked_sub(1).map(|length| ends[length]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut is_of = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        is_of[at] = true;
        next = before[at];
    }
    is_of
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_as_few_moves_as_explain_the_order() {
        assert_eq!(longest_increasing(&[1, 2, 0, 3]), [true, true, false, true]);
        assert_eq!(longest_increasing(&[]), [] as [bool; 0]);
        let is_of = longest_increasing(&[3, 2, 1, 0]);
        assert_eq!(is_of.iter().filter(|it| **it).count(), 1);
    }

    #[test]
    fn differs_member_by_member() {
        let old = json!({ "organization": { "name": "A" }, "offices": [
            { "id": "a", "phones": [{ "number": "+1" }] }, { "id": "b" }, { "id": "c" },
        ]});
        let new = json!({ "organization": { "name": "B" }, "offices": [
            { "id": "c" }, { "id": "a", "phones": [{ "number": "+2" }, {}] }, { "id": "d", "name": "D" },
        ]});
        let difference = DirectoryDifference::new(&old, &new);
        assert_eq!(difference.header[0].pointer, "/organization/name");
        assert_eq!(difference.added, [OfficeName { id: "d".into(), name: "D".into() }]);
        assert_eq!(difference.removed[0].id, "b");
        let pointers: Vec<&str> =
            difference.changed[0].changes.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/phones/0/number", "/phones/1"]);
        assert_eq!(difference.moved.len(), 1);
        assert!(DirectoryDifference::new(&old, &old).is_empty());
    }
}
