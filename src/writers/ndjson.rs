//! The directory as one JSON object per line: the header, then the offices. What comes out goes in again, for
//! every command, and engines with many machines split it at the line ends.

use super::{OfficeOutput, Writer, WriterInfo, WriterOptions};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;

/// JSON Lines, which the program itself and data engines read in parts.
pub static INFO: WriterInfo = WriterInfo {
    name: "ndjson",
    about: "one JSON object per line, the header first; carries every member and is read back by every command",
    file: "offices.ndjson",
    default: false,
    leaves_out: &[],
    options: &[],
    build,
};

/// There are no options.
struct NdjsonWriter;

/// Makes the writer; without options there is nothing to check.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(_options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(NdjsonWriter))
}

impl Writer for NdjsonWriter {
    fn begin(&self, context: &Context<'_>, out: &mut Vec<u8>) {
        line(context.header, out);
    }

    fn office(&self, _context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        line(office, &mut piece.bytes);
    }

    fn in_sections(&self) -> bool {
        true
    }
}

/// Appends a value and the end of its line.
pub(super) fn line(value: &impl serde::Serialize, out: &mut Vec<u8>) {
    // serde_json writes a line break in a text as an escape, so that each value is one line.
    let written = serde_json::to_writer(&mut *out, value);
    debug_assert!(written.is_ok(), "the model is written to memory without fail");
    out.push(b'\n');
}
