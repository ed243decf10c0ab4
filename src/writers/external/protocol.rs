//! The messages, one JSON object with one member a line; `schema/writer-protocol.md` specifies them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Organization, Region};
use crate::writers::view::TemplateOffice;

/// The one protocol that there is.
pub(crate) const PROTOCOL: u32 = 1;
/// Longest line from a program, in bytes.
pub(crate) const LINE: u64 = 1024 * 1024;
/// Losses and findings that a program may report, and as many more for each office.
pub(crate) const REPORTS: u64 = 100_000;
pub(crate) const REPORTS_AN_OFFICE: u64 = 20;

/// What a program says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProgramMessage {
    Hello(Hello),
    Chunk(FileChunk),
    Loss(ReportedLoss),
    Finding(ReportedFinding),
    Error(ErrorMessage),
    Done(DoneMessage),
}

/// Its first message.
#[derive(Clone, Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct Hello {
    /// The protocols that it knows.
    pub protocols: Vec<u32>,
    /// One line about what it makes.
    #[serde(default)]
    pub about: String,
    /// The name of its file, unless the target names another.
    pub file: String,
    /// The options that it takes.
    #[serde(default)]
    pub options: Vec<ProgramOption>,
}

/// An option of a program.
#[derive(Clone, Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
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
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(crate) struct FileChunk {
    /// Without it, the target's own file.
    #[serde(default)]
    pub(crate) file: Option<String>,
    #[serde(default)]
    pub(crate) text: Option<String>,
    #[serde(default)]
    pub(crate) base64: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(crate) struct ReportedLoss {
    pub(crate) office: String,
    #[serde(default)]
    pub(crate) pointer: String,
    pub(crate) why: String,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(crate) struct ReportedFinding {
    pub(crate) severity: ReportedSeverity,
    #[serde(default)]
    pub(crate) office: String,
    #[serde(default)]
    pub(crate) pointer: String,
    pub(crate) message: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReportedSeverity {
    Error,
    Warning,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(crate) struct ErrorMessage {
    pub(crate) message: String,
}

#[derive(Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(crate) struct DoneMessage {
    /// How many offices it has read.
    pub(crate) offices: u64,
}

/// What the host says.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HostMessage<'o> {
    Begin(BeginMessage<'o>),
    Office(TemplateOffice<'o>),
    End { offices: u64 },
}

/// The answer to hello.
#[derive(Serialize)]
pub(crate) struct BeginMessage<'o> {
    pub(crate) protocol: u32,
    pub(crate) file: &'o str,
    pub(crate) options: &'o BTreeMap<String, String>,
    pub(crate) organization: &'o Organization<'o>,
    pub(crate) regions: &'o [Region<'o>],
    pub(crate) headquarters: Option<&'o str>,
}

impl HostMessage<'_> {
    /// Appends the message and the end of its line.
    pub(crate) fn append_to(&self, line: &mut Vec<u8>) {
        // Texts, numbers and maps with text keys always serialise, and memory takes everything.
        let written = serde_json::to_writer(&mut *line, self);
        debug_assert!(written.is_ok(), "a message serialises");
        line.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::ProgramMessage;

    #[test]
    fn no_message_is_read_from_an_array() {
        let read = |line| serde_json::from_str::<ProgramMessage>(line).is_ok();
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
