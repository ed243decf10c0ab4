//! Values within each other, which a template writes out by as many calls.

use minijinja::value::{Value, ValueIter, ValueKind};
use minijinja::{Error, ErrorKind, State};

/// Lists and maps within each other; a directory has five.
const DEPTH: usize = 100;

/// Checks that a value can be written out by calls within each other, and takes fuel for each value in it:
/// one that holds another twice is written as often as 2 to the power of its depth.
///
/// # Errors
/// A value that is nested too deep, or has more in it than the fuel pays for.
pub(super) fn check(state: &State<'_, '_>, value: &Value) -> Result<(), Error> {
    // A list in place of calls within each other, since deep values are what would overflow the stack.
    let mut open: Vec<NestedItems> = NestedItems::of(value).into_iter().collect();
    while let Some(items) = open.last_mut() {
        let Some(item) = items.next() else {
            open.pop();
            continue;
        };
        state.consume_fuel(1)?;
        let Some(items) = NestedItems::of(&item) else { continue };
        if open.len() >= DEPTH {
            let why = format!("the value has more than {DEPTH} lists and maps within each other");
            return Err(Error::new(ErrorKind::InvalidOperation, why));
        }
        open.push(items);
    }
    Ok(())
}

/// What is in a list or a map.
struct NestedItems {
    /// The map whose keys are gone through.
    map: Option<Value>,
    /// The items that are left, or the keys of a map.
    items: ValueIter,
}

impl NestedItems {
    /// What is in a value; `None` for one that holds no others.
    fn of(value: &Value) -> Option<NestedItems> {
        let map = match value.kind() {
            ValueKind::Seq | ValueKind::Iterable => None,
            ValueKind::Map => Some(value.clone()),
            _ => return None,
        };
        Some(NestedItems { map, items: value.try_iter().ok()? })
    }
}

impl Iterator for NestedItems {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        let item = self.items.next()?;
        Some(match &self.map {
            // Going through a map gives its keys.
            Some(map) => map.get_item(&item).unwrap_or_default(),
            None => item,
        })
    }
}
