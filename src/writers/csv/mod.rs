//! The directory as CSV (RFC 4180): a table of its own that carries everything.

mod phone;
mod plain;

use std::borrow::Cow;

use super::{Context, Misuse, Options, Piece, Writer, WriterInfo};
use crate::model::Office;
use csv::{QuoteStyle, Terminator, WriterBuilder};

/// CSV.
pub static INFO: WriterInfo = WriterInfo {
    name: "csv",
    about: "CSV, one row an office; carries every member",
    file: "offices.csv",
    default: true,
    leaves_out: &["organization/website", "regions/parent"],
    options: &[],
    build,
};

struct Csv;

#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(_options: &Options) -> Result<Box<dyn Writer>, Misuse> {
    Ok(Box::new(Csv))
}

impl Writer for Csv {
    fn begin(&self, _context: &Context<'_>, out: &mut Vec<u8>) {
        record(plain::header().map(|(name, _)| name.into()), out);
    }

    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut Piece) {
        plain::report_losses(office, piece);
        record(plain::cells(context, office), &mut piece.bytes);
    }
}

/// Appends a record. Every cell is quoted: LibreOffice then asks nothing and takes text for text.
fn record<'a>(mut cells: impl Iterator<Item = Cow<'a, str>>, out: &mut Vec<u8>) {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(out);
    let written = cells
        .try_for_each(|cell| writer.write_field(&*cell))
        .and_then(|()| writer.write_record(None::<&[u8]>));
    debug_assert!(written.is_ok(), "writing into memory cannot fail");
}
