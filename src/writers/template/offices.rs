//! The list of all offices as a template sees it.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value};

use super::shape::ContextShape;
use crate::read::UsedMembers;
use crate::writers::view::TemplateOffice;

/// All offices, as one line of JSON each until a template looks at one: the values of 100,000 offices
/// would take many times the directory's own size.
#[derive(Debug, Default)]
pub(super) struct OfficeLines {
    /// The lines, behind each other.
    json: Vec<u8>,
    /// Where each line ends.
    ends: Vec<usize>,
}

impl OfficeLines {
    /// Appends an office for [`OfficeLines::extend`].
    pub(super) fn append(view: &TemplateOffice<'_>, bytes: &mut Vec<u8>) {
        // Texts, numbers and maps with text keys always serialise, and memory takes everything.
        let written = serde_json::to_writer(&mut *bytes, view);
        debug_assert!(written.is_ok(), "an office serialises");
        bytes.push(b'\n');
    }

    /// Adds the lines of the next offices.
    pub(super) fn extend(&mut self, bytes: &[u8]) {
        let before = self.json.len();
        // JSON writes a line break in a text as an escape, so that each of these ends an office.
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        self.ends.extend(ends.map(|(at, _)| before + at));
        self.json.extend_from_slice(bytes);
    }

    /// How many offices there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The list as a value of a template; `shape` fills in what an office lacks, and own members that others have.
    pub(super) fn into_value(self, shape: ContextShape, used: UsedMembers) -> Value {
        Value::from_object(OfficeList { offices: self, shape, used })
    }

    /// An office by its position.
    fn get(&self, index: usize) -> Option<serde_json::Value> {
        let end = *self.ends.get(index)?;
        // Behind the end of the line before, or at the beginning for the first.
        let start = index.checked_sub(1).and_then(|it| self.ends.get(it)).map_or(0, |it| it + 1);
        serde_json::from_slice(self.json.get(start..end)?).ok()
    }
}

/// The list as minijinja sees it.
#[derive(Debug)]
struct OfficeList {
    /// The offices, not parsed yet.
    offices: OfficeLines,
    /// What is filled in where one has nothing.
    shape: ContextShape,
    /// The optional members that any of them has.
    used: UsedMembers,
}

impl Object for OfficeList {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        // Parsed each time that a template asks: a loop asks once for each.
        let office = self.offices.get(key.as_usize()?)?;
        Some(self.shape.fill_office(office, &self.used))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.offices.len())
    }
}
