//! The offices as a workbook for people who work in spreadsheets: every cell is text, so that no number
//! loses its plus or its zeros and no name is a formula.
//!
//! One row per office, with what people sort and filter by in columns of its own. Several values of a kind
//! stand in one cell, a line each. The file is a ZIP of XML, written as a whole at the end.

mod columns;

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use self::columns::CellContent;
use super::card::Card;
use super::files::FileBuffer;
use super::omission::READABLE;
use super::options::LANGUAGE;
use super::{
    Assembler, OfficeOutput, OmittedMember, OmittedMembers, TargetFiles, Writer, WriterInfo,
    WriterOptions,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;

/// XLSX.
pub static INFO: WriterInfo = WriterInfo {
    name: "xlsx",
    about: "a workbook for spreadsheets (Excel, LibreOffice, Numbers): one row per office, all cells text",
    file: "offices.xlsx",
    default: false,
    leaves_out: &[
        OmittedMembers::always(&[
            OmittedMember::always("$schema"),
            OmittedMember::always("organization/website"),
        ]),
        READABLE,
    ],
    options: &[LANGUAGE],
    build,
};

/// Characters in a cell, in UTF-16 units (Excel specifications and limits).
const CELL: usize = 32_767;
/// Rows of a sheet, with the headings.
const ROWS: usize = 1_048_576;

/// What the writer is told.
struct XlsxWriter {
    /// The language that names are taken in, where the directory has them in it.
    language: Option<String>,
}

/// Makes the writer of options that were checked already.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(XlsxWriter { language: options.get(LANGUAGE.name).map(str::to_owned) }))
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
        let language = self.language.as_deref();
        let card = Card::in_language(context, office, language);
        let content = CellContent { context, office, card, language };
        let mut cells = Vec::new();
        for column in columns::of(context.used()) {
            let mut cell = column.cell(&content);
            // A cell that is too long makes Excel repair the whole workbook.
            if cell.encode_utf16().count() > CELL {
                let heading = column.heading();
                let why = format!("a cell of the column {heading} holds {CELL} characters");
                piece.lose(column.pointer(), why);
                cell.clear();
            }
            cells.push(cell);
        }
        columns::lose_without_column(context.used(), office, piece);
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
        files.main()?.write_all(&buffer.into_bytes())
    }
}

impl WorkbookAssembler<'_> {
    /// Writes the workbook to `out`, which refuses more once the export was interrupted.
    fn workbook(&self, files: &TargetFiles<'_>, out: &mut FileBuffer) -> Result<(), XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&self.date()?));
        // "@" is the format for text: a cell that somebody edits later stays text as well.
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap().set_num_format("@");
        let heading = Format::new().set_bold().set_align(FormatAlign::Top);
        let sheet = workbook.add_worksheet().set_name("Offices")?;
        let mut last = 0;
        for (at, column) in (0..).zip(columns::of(self.context.used())) {
            sheet.set_column_width(at, column.width())?;
            sheet.write_string_with_format(0, at, column.heading(), &heading)?;
            last = at;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            files.check_interrupted()?;
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string_with_format(row, column, cell, &text)?;
            }
        }
        // Headings and names stay in view.
        sheet.set_freeze_panes(1, 1)?;
        // The number of rows was compared with ROWS before, so that no cast cuts it.
        sheet.autofilter(0, 0, self.rows.len() as u32, last)?;
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
