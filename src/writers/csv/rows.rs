use std::borrow::Cow;
use std::io;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::package;
use crate::writers::{Files, Join, Piece};

/// Appends a record. Every cell is quoted: LibreOffice then takes more of them for text.
pub(super) fn record<'a>(
    mut cells: impl Iterator<Item = Cow<'a, str>>,
    separator: u8,
    terminator: Terminator,
    out: &mut Vec<u8>,
) {
    let mut writer = WriterBuilder::new()
        .delimiter(separator)
        .quote_style(QuoteStyle::Always)
        .terminator(terminator)
        .from_writer(out);
    let written = cells
        .try_for_each(|cell| writer.write_field(&*cell))
        .and_then(|()| writer.write_record(None::<&[u8]>));
    debug_assert!(written.is_ok(), "writing into memory cannot fail");
}

/// The ordered half of the plain table, which has its description beside it.
pub(super) struct Rows {
    /// What stands in front of the first row, until it is written.
    pub(super) head: Vec<u8>,
    pub(super) separator: u8,
}

impl Rows {
    fn write(&mut self, rows: &[u8], files: &mut Files<'_>) -> io::Result<()> {
        let file = files.main()?;
        file.write_all(&std::mem::take(&mut self.head))?;
        file.write_all(rows)
    }
}

impl Join for Rows {
    fn append(&mut self, piece: &mut Piece, files: &mut Files<'_>) -> io::Result<()> {
        self.write(&piece.bytes, files)?;
        piece.bytes.clear();
        Ok(())
    }

    fn finish(mut self: Box<Self>, files: &mut Files<'_>) -> io::Result<()> {
        self.write(&[], files)?;
        let description = package::describe(files.name(), self.separator)?;
        files.beside(package::FILE, &description)
    }
}
