//! The messages, one JSON object with one member a line; `schema/writer-protocol.md` specifies them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Organization, Region};
use crate::strict::{object, objects};
use crate::writers::view::View;

/// The one protocol that there is.
pub(super) const PROTOCOL: u32 = 1;
/// Longest line from a program, in bytes.
pub(super) const LINE: u64 = 1024 * 1024;
/// Losses and findings that a program may report, and as many more for each office.
pub(super) const REPORTS: u64 = 100_000;
pub(super) const REPORTS_AN_OFFICE: u64 = 20;

/// What a program says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Message {
    Hello(#[serde(deserialize_with = "object")] Hello),
    Chunk(#[serde(deserialize_with = "object")] Chunk),
    Loss(#[serde(deserialize_with = "object")] Loss),
    Finding(#[serde(deserialize_with = "object")] Finding),
    Error(#[serde(deserialize_with = "object")] Failed),
    Done(#[serde(deserialize_with = "object")] Done),
}

/// Its first message.
#[derive(Clone, Debug, Deserialize)]
#[serde(crate = "crate::model::object", deny_unknown_fields)]
pub struct Hello {
    /// The protocols that it knows.
    pub protocols: Vec<u32>,
    /// One line about what it makes.
    #[serde(default)]
    pub about: String,
    /// The name of its file, unless the target names another.
    pub file: String,
    /// The options that it takes.
    #[serde(default, deserialize_with = "objects")]
    pub options: Vec<ProgramOption>,
}

/// An option of a program.
#[derive(Clone, Debug, Deserialize)]
#[serde(crate = "crate::model::object", deny_unknown_fields)]
pub struct ProgramOption {
    /// Its key.
    pub name: String,
    /// One line about what it does.
    #[serde(default)]
    pub help: String,
    /// The value where none is given.
    #[serde(default)]
    pub default: Option<String>,
    /// The values that it takes; empty for any.
    #[serde(default)]
    pub values: Vec<String>,
}

/// A part of a file, as text or as bytes in Base64.
#[derive(Debug, Deserialize)]
#[serde(crate = "crate::model::object", deny_unknown_fields)]
pub(super) struct Chunk {
    /// Without it, the target's own file.
    #[serde(default)]
    pub(super) file: Option<String>,
    #[serde(default)]
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) base64: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "crate::model::object", deny_unknown_fields)]
pub(super) struct Loss {
    pub(super) office: String,
    #[serde(default)]
    pub(super) pointer: String,
    pub(super) why: String,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "crate::model::object", deny_unknown_fields)]
pub(super) struct Finding {
    pub(super) severity: Severity,
    #[serde(default)]
    pub(super) office: String,
    #[serde(default)]
    pub(super) pointer: String,
    pub(super) message: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Severity {
    Error,
    Warning,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "crate::model::object", deny_unknown_fields)]
pub(super) struct Failed {
    pub(super) message: String,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "crate::model::object", deny_unknown_fields)]
pub(super) struct Done {
    /// How many offices it has read.
    pub(super) offices: u64,
}

/// What the host says.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order<'o> {
    Begin(Begin<'o>),
    Office(View<'o>),
    End { offices: u64 },
}

/// The answer to hello.
#[derive(Serialize)]
pub(super) struct Begin<'o> {
    pub(super) protocol: u32,
    pub(super) file: &'o str,
    pub(super) options: &'o BTreeMap<String, String>,
    pub(super) organization: &'o Organization<'o>,
    pub(super) regions: &'o [Region<'o>],
    pub(super) headquarters: Option<&'o str>,
}

impl Order<'_> {
    /// Appends the message and the end of its line.
    pub(super) fn append_to(&self, line: &mut Vec<u8>) {
        // Texts, numbers and maps with text keys always serialise, and memory takes everything.
        let written = serde_json::to_writer(&mut *line, self);
        debug_assert!(written.is_ok(), "a message serialises");
        line.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn no_message_is_read_from_an_array() {
        let read = |line| serde_json::from_str::<Message>(line).is_ok();
        assert!(read(r#"{"loss": {"office": "a", "why": "w"}}"#));
        for line in [
            r#"{"hello": [[1], "", "file"]}"#,
            r#"{"hello": {"protocols": [1], "file": "f", "options": [["name"]]}}"#,
            r#"{"chunk": ["file", "text"]}"#,
            r#"{"loss": ["a", "", "w"]}"#,
            r#"{"finding": ["error", "a", "", "m"]}"#,
            r#"{"error": ["m"]}"#,
            r#"{"done": [1]}"#,
        ] {
            assert!(!read(line), "{line}");
        }
    }
}
