//! The offices as a workbook for people who work in spreadsheets: every cell is text, so that no number
//! loses its plus or its zeros and no name is a formula.
//!
//! One row per office, with what people sort and filter by in columns of its own. Several values of a kind
//! stand in one cell, a line each. The file is a ZIP of XML, written as a whole at the end.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::card::{Card, CardAddress, kind_name};
use super::files::FileBuffer;
use super::omission::READABLE;
use super::{
    Assembler, OfficeOutput, OmittedMember, OmittedMembers, TargetFiles, Writer, WriterInfo,
    WriterOptions,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::{Office, PhoneType, Use};
use crate::text::spaced;

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
    options: &[],
    build,
};

/// A heading, a width in characters, and the pointer from the office to what the cells are made of.
type SheetColumn = (&'static str, f64, &'static str);

/// The columns but the last, in the order in which [`cells`] fills them.
const COLUMNS: [SheetColumn; 16] = [
    ("Name", 34.0, "/name"),
    ("Kind", 20.0, "/kind"),
    ("Region", 24.0, "/region"),
    ("Part of", 28.0, "/parent"),
    ("City", 18.0, "/addresses"),
    ("Country", 16.0, "/addresses"),
    ("Street address", 36.0, "/addresses"),
    ("Postal address", 36.0, "/addresses"),
    ("Phone", 20.0, "/phones"),
    ("Mobile", 20.0, "/phones"),
    ("Fax", 20.0, "/phones"),
    ("E-mail", 28.0, "/emails"),
    ("Website", 32.0, "/websites"),
    ("Other names", 28.0, "/alternate_names"),
    ("Time zone", 18.0, "/time_zone"),
    ("Updated", 22.0, "/updated"),
];
/// The column behind those, with the id.
const ID: SheetColumn = ("Id", 28.0, "/id");

/// Characters in a cell, in UTF-16 units (Excel specifications and limits).
const CELL: usize = 32_767;
/// Rows of a sheet, with the headings.
const ROWS: usize = 1_048_576;

/// There are no options.
struct XlsxWriter;

/// Makes the writer; without options there is nothing to check.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(_options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(XlsxWriter))
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
        let mut cells = cells(context, office);
        for (at, cell) in cells.iter_mut().enumerate() {
            // A cell that is too long makes Excel repair the whole workbook.
            if cell.encode_utf16().count() > CELL {
                let (column, _, pointer) = COLUMNS.get(at).unwrap_or(&ID);
                let why = format!("a cell of the column {column} holds {CELL} characters");
                piece.lose(*pointer, why);
                cell.clear();
            }
        }
        piece.keep(SheetRow { cells, updated: office.updated.as_deref().map(str::to_owned) });
    }

    fn join<'a>(&'a self, _context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        Some(Box::<WorkbookAssembler>::default())
    }
}

/// The cells of an office, in the order of the columns.
fn cells(context: &Context<'_>, office: &Office<'_>) -> Vec<String> {
    let card = Card::new(context, office);
    // The last category is the kind, which has a column of its own.
    let (_, regions) = card.categories.split_last().unwrap_or((&"", &[]));
    let numbers = |kind| {
        let phones = office.phones.iter().filter(|phone| phone.kind == kind);
        lines(phones.map(|phone| spaced(&phone.number)))
    };
    let addresses = |wanted| {
        let for_it = card.addresses.iter().filter(|it| it.uses.contains(&wanted));
        // A blank line tells two addresses apart, since each has several lines itself.
        for_it.map(|it| lines(it.lines().all_lines())).collect::<Vec<_>>().join("\n\n")
    };
    let door = office.address_for(Use::Physical).map(CardAddress::new);
    vec![
        card.name.to_string(),
        kind_name(office.kind).to_owned(),
        regions.join(" / "),
        office.parent.as_deref().and_then(|id| context.parent_name(id)).unwrap_or_default().into(),
        door.as_ref().map_or(String::new(), |it| it.locality.to_string()),
        door.as_ref().map_or("", |it| it.country).to_owned(),
        addresses(Use::Physical),
        addresses(Use::Postal),
        numbers(PhoneType::Voice),
        numbers(PhoneType::Mobile),
        numbers(PhoneType::Fax),
        lines(&office.emails),
        lines(office.websites.iter().map(|it| &it.url)),
        lines(office.alternate_names.iter().map(|it| it.name())),
        card.time_zone.unwrap_or_default().to_owned(),
        card.updated.unwrap_or_default().to_owned(),
        office.id.to_string(),
    ]
}

/// Texts in one cell, a line each.
fn lines<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut lines = String::new();
    for text in texts {
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(text.as_ref());
    }
    lines
}

/// The ordered half: a workbook is written as a whole.
#[derive(Default)]
struct WorkbookAssembler {
    /// The cells of all offices, in the directory's order.
    rows: Vec<Vec<String>>,
    /// The last change of any office.
    updated: Option<String>,
}

impl Assembler for WorkbookAssembler {
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

impl WorkbookAssembler {
    /// Writes the workbook to `out`, which refuses more once the export was interrupted.
    fn workbook(&self, files: &TargetFiles<'_>, out: &mut FileBuffer) -> Result<(), XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&self.date()?));
        // "@" is the format for text: a cell that somebody edits later stays text as well.
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap().set_num_format("@");
        let heading = Format::new().set_bold().set_align(FormatAlign::Top);
        let sheet = workbook.add_worksheet().set_name("Offices")?;
        for (column, (name, width, _)) in (0..).zip(COLUMNS.iter().chain([&ID])) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(0, column, *name, &heading)?;
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
        sheet.autofilter(0, 0, self.rows.len() as u32, COLUMNS.len() as u16)?;
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
