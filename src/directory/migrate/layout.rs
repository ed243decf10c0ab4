//! How an object is laid out in a file, and members that are written into it so that they look like the others.

use std::ops::Range;

use crate::json::{LocatedValue, members};

/// The members of an object with the white space between them.
pub(super) struct ObjectLayout<'t> {
    /// The text that the object stands in.
    text: &'t str,
    /// Where its members are, in their order.
    members: Vec<LocatedValue>,
}

impl<'t> ObjectLayout<'t> {
    /// The object that a JSON pointer leads to, in a text that is valid JSON.
    pub(super) fn new(text: &'t str, pointer: &str) -> Self {
        ObjectLayout { text, members: members(text, pointer) }
    }

    /// The position of a member; of two of that name the last one counts.
    fn position(&self, name: &str) -> Option<usize> {
        let is_it = |member: &LocatedValue| {
            let key = member.key.clone().and_then(|key| self.text.get(key));
            // Keys may be written with escapes.
            key.and_then(|key| serde_json::from_str::<String>(key).ok()).as_deref() == Some(name)
        };
        self.members.iter().rposition(is_it)
    }

    /// Which of the members stands behind the others; the last one of the names where there is none of them.
    pub(super) fn last_of<'n>(&self, names: [&'n str; 4]) -> &'n str {
        let [first, others @ ..] = names;
        others.into_iter().fold(first, |last, name| {
            match self.position(name) < self.position(last) {
                true => last,
                false => name,
            }
        })
    }

    /// What stands between a key and its value, as the first member has it.
    pub(super) fn colon(&self) -> &'t str {
        let first = self.members.first();
        let between = first.and_then(|it| self.text.get(it.key.clone()?.end..it.value.start));
        // A value on a line of its own is one that is too long for the line of its key.
        between.filter(|between| !between.contains(['\n', '\r'])).unwrap_or(": ")
    }

    /// The white space in front of what is written behind a member, without empty lines.
    pub(super) fn space(&self, behind: &str) -> String {
        self.space_at(self.position(behind).unwrap_or_default())
    }

    /// The white space between the member at that position and the next, as it is in front of both.
    fn space_at(&self, at: usize) -> String {
        let before = |at: usize| self.space_before(self.members.get(at)?);
        let space = match before(at).filter(|space| at > 0 || space.contains('\n')) {
            Some(space) => space,
            // In front of the first member of a line may be none where there is some in front of the others.
            None => before(1).unwrap_or(if self.colon().ends_with(' ') { " " } else { "" }),
        };
        let Some((_, indent)) = space.rsplit_once('\n') else { return space.to_owned() };
        format!("{}{indent}", if space.contains("\r\n") { "\r\n" } else { "\n" })
    }

    /// The white space in front of a member.
    fn space_before(&self, member: &LocatedValue) -> Option<&'t str> {
        let before = self.text.get(..member.key.as_ref()?.start)?;
        before.get(before.trim_end_matches([' ', '\t', '\n', '\r']).len()..)
    }
}

/// Ranges of a text and what takes their place.
#[derive(Default)]
pub(super) struct Replacements(Vec<(Range<usize>, String)>);

impl Replacements {
    /// Writes a new value for a member.
    pub(super) fn replace(&mut self, object: &ObjectLayout<'_>, name: &str, value: &str) {
        if let Some(at) = object.position(name) {
            self.0.push((object.members[at].value.clone(), value.to_owned()));
        }
    }

    /// Writes a member behind another.
    pub(super) fn insert_behind(
        &mut self,
        object: &ObjectLayout<'_>,
        behind: &str,
        name: &str,
        value: &str,
    ) {
        if let Some(at) = object.position(behind) {
            let end = object.members[at].value.end;
            let (space, colon) = (object.space_at(at), object.colon());
            self.0.push((end..end, format!(",{space}\"{name}\"{colon}{value}")));
        }
    }

    /// Writes a member in front of all others of an object that has some.
    pub(super) fn insert_first(&mut self, object: &ObjectLayout<'_>, name: &str, value: &str) {
        let Some(first) = object.members.first() else { return };
        let start = first.key.as_ref().map_or(first.value.start, |key| key.start);
        let (space, colon) = (object.space_at(0), object.colon());
        self.0.push((start..start, format!("\"{name}\"{colon}{value},{space}")));
    }

    /// The text with all of it done.
    pub(super) fn apply(mut self, text: &str) -> Vec<u8> {
        self.0.sort_by_key(|(range, _)| range.start);
        let (mut out, mut done) = (String::with_capacity(text.len() + 1024), 0);
        for (range, new) in &self.0 {
            out.push_str(&text[done..range.start]);
            out.push_str(new);
            done = range.end;
        }
        out.push_str(&text[done..]);
        out.into_bytes()
    }
}
