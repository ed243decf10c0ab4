//! The messages, one JSON object with one member a line; `schema/writer-protocol.md` specifies them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{OfficeKind, Organization, Region};
use crate::writers::view::TemplateOffice;

/// The one protocol that there is.
pub(crate) const PROTOCOL: u32 = 1;
/// Longest line from a program, in bytes.
pub(crate) const LINE: u64 = 1024 * 1024;
/// Losses and findings that a program may report, and as many more for each office.
pub(crate) const REPORTS: u64 = 100_000;
/// Losses and findings for each office on top of that.
pub(crate) const REPORTS_AN_OFFICE: u64 = 20;

/// What a program says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProgramMessage {
    /// What it is and takes; its first message and no other.
    Hello(Hello),
    /// A part of a file.
    Chunk(FileChunk),
    /// A value that its format has no place for.
    Loss(ReportedLoss),
    /// Something to look at, or an office that cannot be written rightly.
    Finding(ReportedFinding),
    /// It cannot go on.
    Error(ErrorMessage),
    /// It has written everything; its last message.
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
    /// The part as text; exactly one of this and `base64` is there.
    #[serde(default)]
    pub(crate) text: Option<String>,
    /// The part as bytes in Base64, with padding.
    #[serde(default)]
    pub(crate) base64: Option<String>,
}

/// A value of an office that the format has no place for.
#[derive(Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(crate) struct ReportedLoss {
    /// Id of the office.
    pub(crate) office: String,
    /// JSON pointer from the office to the value; empty for the office as a whole.
    #[serde(default)]
    pub(crate) pointer: String,
    /// Why, in one sentence without a full stop.
    pub(crate) why: String,
}

/// Something that the program has found.
#[derive(Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(crate) struct ReportedFinding {
    /// Whether anything can be exported with it.
    pub(crate) severity: ReportedSeverity,
    /// Id of the office; empty for what is about the whole.
    #[serde(default)]
    pub(crate) office: String,
    /// JSON pointer from the office; empty for the office as a whole.
    #[serde(default)]
    pub(crate) pointer: String,
    /// What was found, in one sentence without a full stop.
    pub(crate) message: String,
}

/// How much a finding of a program weighs.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReportedSeverity {
    /// Nothing is exported.
    Error,
    /// Something to look at.
    Warning,
}

/// The end of a program that cannot go on.
#[derive(Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(crate) struct ErrorMessage {
    /// Why, in a clause behind the program's name.
    pub(crate) message: String,
}

/// The end of a program that has written everything.
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
    /// What holds of the whole export.
    Begin(BeginMessage<'o>),
    /// The next office.
    Office(TemplateOffice<'o>),
    /// This was all; how many offices were sent.
    End { offices: u64 },
}

/// The answer to hello.
#[derive(Serialize)]
pub(crate) struct BeginMessage<'o> {
    /// The protocol that the host speaks.
    pub(crate) protocol: u32,
    /// Name of the target's own file.
    pub(crate) file: &'o str,
    /// Every option that was given or has a default.
    pub(crate) options: &'o BTreeMap<String, String>,
    /// The organisation of all offices.
    pub(crate) organization: &'o Organization<'o>,
    /// The kinds that offices may have.
    pub(crate) kinds: &'o [OfficeKind<'o>],
    /// The regions, in the directory's order.
    pub(crate) regions: &'o [Region<'o>],
    /// Code of the country that mail comes from (ISO 3166-1 alpha-2).
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
