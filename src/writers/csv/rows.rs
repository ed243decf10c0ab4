//! The ordered half of the full table: the header, the rows, and the description of the columns
//! in a file beside them.

use std::io;

use super::package;
use crate::directory::Context;
use crate::storage::DESCRIPTION;
use crate::writers::{Assembler, OfficeOutput, TargetFiles};

/// The ordered half of the full table, which has its description beside it.
pub(super) struct TableAssembler<'a> {
    /// The directory, which knows the kinds.
    pub(super) context: &'a Context<'a>,
    /// What stands in front of the first row, until it is written.
    pub(super) head: Vec<u8>,
    /// What stands between cells, which the description names.
    pub(super) separator: u8,
}

impl TableAssembler<'_> {
    /// Writes the head if it is still to come, then the rows.
    fn write(&mut self, rows: &[u8], files: &mut TargetFiles<'_>) -> io::Result<()> {
        let file = files.main()?;
        // Taken, so that it is empty from the second call on.
        file.write_all(&std::mem::take(&mut self.head))?;
        file.write_all(rows)
    }
}

impl Assembler for TableAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        self.write(&piece.bytes, files)?;
        piece.bytes.clear();
        Ok(())
    }

    fn finish(mut self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // A table without offices still has its header.
        self.write(&[], files)?;
        let description = package::describe(self.context, files.name(), self.separator)?;
        files.beside(DESCRIPTION, &description)
    }
}
