//! A JSON array with one office per line, so that a difference of two exports is readable. Offices are made on
//! any thread, where none of them knows whether it is the last: each has its separator behind it, and the
//! ordered half holds the last one back.

use std::io;

use serde::Serialize;

use super::{Assembler, OfficeOutput, TargetFiles};

/// Behind every item until the next one is known to follow.
const SEPARATOR: &[u8] = b",\n";

/// Appends an item to the piece.
pub(super) fn item(value: &impl Serialize, piece: &mut OfficeOutput) {
    let written = serde_json::to_writer(&mut piece.bytes, value);
    debug_assert!(written.is_ok(), "values of texts are written to memory without fail");
    piece.bytes.extend_from_slice(SEPARATOR);
}

/// The ordered half: the brackets, and a separator between items only.
#[derive(Default)]
pub(super) struct ArrayAssembler {
    /// Whether the opening bracket and an item were written.
    begun: bool,
}

impl Assembler for ArrayAssembler {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // A batch of which no office is selected is empty, and must not leave a separator behind.
        if let Some(items) = piece.bytes.strip_suffix(SEPARATOR) {
            let file = files.main()?;
            file.write_all(if self.begun { SEPARATOR } else { b"[\n" })?;
            file.write_all(items)?;
            self.begun = true;
        }
        piece.bytes.clear();
        Ok(())
    }

    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // Where no item has opened the array, both brackets are still to come.
        files.main()?.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}
