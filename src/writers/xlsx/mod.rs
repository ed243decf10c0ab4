//! The offices as a workbook for people who work in spreadsheets: every cell is text, so that no number
//! loses its plus or its zeros and no name is a formula.
//!
//! The columns are those of the table for people (`people`). The sheet is set so that it is read and printed as it is:
//! every line of a cell is seen, and all columns are on one page. The file is a ZIP of XML, written as a whole at the end.

mod measure;

use std::io;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use self::measure::{column_width, row_height};
use super::files::FileBuffer;
use super::omission::READABLE;
use super::options::{LANGUAGE, SCRIPT};
use super::people::{self, RowContent, RowStyle};
use super::{
    Assembler, OfficeOutput, OmittedMembers, TargetFiles, Writer, WriterInfo, WriterOptions,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::postal::Script;
use crate::text::international;

/// XLSX.
pub static INFO: WriterInfo = WriterInfo {
    name: "xlsx",
    about: "a workbook for spreadsheets (Excel, LibreOffice, Numbers): one row per office, all cells text",
    file: "offices.xlsx",
    default: false,
    leaves_out: &[OmittedMembers::always(READABLE), OmittedMembers::always(people::LEAVES_OUT)],
    options: &[LANGUAGE, SCRIPT],
    build,
};

/// Characters in a cell, in UTF-16 units (Excel specifications and limits).
const CELL: usize = 32_767;
/// Rows of a sheet, with the headings.
const ROWS: usize = 1_048_576;

/// Every value has a line of its own in a cell.
const STYLE: RowStyle = RowStyle { number: international, separator: "\n", script: Script::Auto };

/// What the writer is told.
struct XlsxWriter {
    /// The language that names are taken in, where the directory has them in it.
    language: Option<String>,
    /// Which address is shown, where an office has it in two scripts.
    script: Script,
}

/// Makes the writer of options that were checked already.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    let language = options.get(LANGUAGE.name).map(str::to_owned);
    Ok(Box::new(XlsxWriter { language, script: options.script() }))
}

/// The cells of an office.
struct SheetRow {
    /// A text for each column; an empty one for nothing.
    cells: Vec<String>,
    /// When the office changed (RFC 3339), from which the workbook has its date.
    updated: Option<String>,
}

impl Writer for XlsxWriter {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let style = RowStyle { script: self.script, ..STYLE };
        let content = RowContent::new(context, office, self.language.as_deref(), style);
        content.report_losses(piece);
        let mut cells = Vec::new();
        for column in people::columns(context.used()) {
            let mut cell = String::new();
            column.write(&content, &mut cell);
            // A cell that is too long makes Excel repair the whole workbook.
            if cell.encode_utf16().count() > CELL {
                let heading = column.heading();
                let why = format!("a cell of the column {heading} holds {CELL} characters");
                piece.lose(column.pointer(), why);
                cell.clear();
            }
            cells.push(cell);
        }
        piece.keep(SheetRow { cells, updated: office.updated.as_deref().map(str::to_owned) });
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        Some(Box::new(WorkbookAssembler { context, rows: Vec::new(), updated: None }))
    }
}

/// The ordered half: a workbook is written as a whole.
struct WorkbookAssembler<'a> {
    /// What the columns depend on.
    context: &'a Context<'a>,
    /// The cells of all offices, in the directory's order.
    rows: Vec<Vec<String>>,
    /// The last change of any office.
    updated: Option<String>,
}

impl Assembler for WorkbookAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, _files: &mut TargetFiles<'_>) -> io::Result<()> {
        for SheetRow { cells, updated } in piece.take() {
            self.rows.push(cells);
            // Compared as texts. Where offsets differ this may be a day off, but on every machine it is the same
            // day.
            self.updated = self.updated.take().max(updated);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // The headings take one of the rows.
        if self.rows.len() >= ROWS {
            let why = format!("a sheet has {ROWS} rows, and these are {} offices", self.rows.len());
            return Err(io::Error::other(why));
        }
        let mut buffer = files.buffer();
        self.workbook(files, &mut buffer).map_err(|error| match error {
            // An interrupt comes out as what it is.
            XlsxError::IoError(error) => error,
            error => io::Error::other(error),
        })?;
        let mut bytes = buffer.into_bytes();
        made_by_unix(&mut bytes);
        files.main()?.write_all(&bytes)
    }
}

/// Makes a ZIP file's directory say that it was made on Unix, whatever the system is: the library says which one it
/// was, and the bytes must not depend on that (PKWARE's APPNOTE, 4.3.12 and 4.3.16).
fn made_by_unix(zip: &mut [u8]) {
    /// Bytes of the record at the end, which has no comment here.
    const END: usize = 22;
    let number =
        |bytes: &[u8]| bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let Some(end) = zip.len().checked_sub(END) else { return };
    let mut at = number(&zip[end + 16..end + 20]);
    while let Some(entry) = zip.get_mut(at..).filter(|entry| entry.starts_with(b"PK\x01\x02")) {
        // Which system's file attributes the entry has; 3 is Unix.
        entry[5] = 3;
        let lengths = [28..30, 30..32, 32..34].map(|range| number(&entry[range]));
        at += 46 + lengths.iter().sum::<usize>();
    }
}

impl WorkbookAssembler<'_> {
    /// Writes the workbook to `out`, which refuses more once the export was interrupted.
    fn workbook(&self, files: &TargetFiles<'_>, out: &mut FileBuffer) -> Result<(), XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&self.date()?));
        // "@" is the format for text: a cell that somebody edits later stays text as well.
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap().set_num_format("@");
        let heading = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap();
        let sheet = workbook.add_worksheet().set_name("Offices")?;
        let (mut widths, mut headings) = (Vec::new(), Vec::new());
        for (at, column) in (0..).zip(people::columns(self.context.used())) {
            let cells = self.rows.iter().filter_map(|cells| cells.get(usize::from(at)));
            let width = column_width(&column.heading(), cells.map(String::as_str));
            sheet.set_column_width(at, width as f64)?;
            sheet.write_string_with_format(0, at, column.heading(), &heading)?;
            widths.push(width);
            headings.push(column.heading().into_owned());
        }
        for (row, cells) in (0..).zip([&headings].into_iter().chain(&self.rows)) {
            files.check_interrupted()?;
            let sized = cells.iter().map(String::as_str).zip(widths.iter().copied());
            sheet.set_row_height(row, row_height(sized) as f64)?;
            let filled = (0..).zip(cells).filter(|(_, cell)| row > 0 && !cell.is_empty());
            for (column, cell) in filled {
                sheet.write_string_with_format(row, column, cell, &text)?;
            }
        }
        // Headings and names stay in view.
        sheet.set_freeze_panes(1, 1)?;
        // Neither number was cut: columns were counted by the same type, and rows compared with ROWS before.
        sheet.autofilter(0, 0, self.rows.len() as u32, (widths.len() - 1) as u16)?;
        for_print(sheet)?;
        files.check_interrupted()?;
        workbook.save_to_writer(out)
    }

    /// When the workbook was made, as far as its file says: the data's date and not the clock's, so that
    /// the same directory gives the same bytes.
    fn date(&self) -> Result<ExcelDateTime, XlsxError> {
        let day = self.updated.as_deref().and_then(|time| time.get(..10));
        match day.map(ExcelDateTime::parse_from_str) {
            Some(Ok(date)) => Ok(date),
            _ => ExcelDateTime::from_ymd(2000, 1, 1),
        }
    }
}

/// Sets a sheet for printing: A4 across, all columns beside each other, and the
/// headings on every page.
fn for_print(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    // Margins in inches: left, right, top, bottom, header, footer.
    sheet.set_landscape().set_paper_size(9).set_margins(0.4, 0.4, 0.4, 0.6, 0.3, 0.3);
    sheet.set_print_gridlines(true);
    // As many pages below each other as it takes.
    sheet.set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_does_not_change_the_bytes() -> Result<(), XlsxError> {
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        let unix = workbook.save_to_buffer()?;
        // As the library writes it on Windows.
        let mut windows = unix.clone();
        let entries: Vec<usize> = unix
            .windows(4)
            .enumerate()
            .filter_map(|(at, bytes)| (bytes == b"PK\x01\x02").then_some(at))
            .collect();
        entries.iter().for_each(|at| windows[at + 5] = 0);
        assert!(entries.len() > 5 && windows != unix);
        made_by_unix(&mut windows);
        assert!(windows == unix);
        Ok(())
    }
}
