//! The directory as CSV (RFC 4180): a table for people, one that carries everything, and the tables that address books
//! import.
//!
//! They are made differently. The table for people is that of the workbook (`people`). The full table is for programs: a
//! list of columns, each with a function (`native`), and a description of them stands beside the file, so that engines
//! know the types. A table of an address book has the header line that its own export has, and is filled by the names
//! of the columns from the contact that vCards are made of too (`google`, `outlook`, `thunderbird`).

mod cells;
mod columns;
mod dialect;
mod google;
mod native;
mod outlook;
mod package;
mod record;
mod rows;
mod thunderbird;

use super::{
    Assembler, OfficeOutput, OmissionCase, OmittedMember, OmittedMembers, OptionCondition,
    OptionInfo, OptionKind, Writer, WriterInfo, WriterOptions, card, people,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::postal::Script;
use crate::read::UsedMembers;
use crate::writers::omission::READABLE;
use crate::writers::options::SCRIPT;
use dialect::CsvDialect;
use record::CsvRecord;
use rows::TableAssembler;

/// CSV.
pub static INFO: WriterInfo = WriterInfo {
    name: "csv",
    about: "CSV, one row per office: a table for people, every member for programs, or what address books import",
    file: "offices.csv",
    default: true,
    leaves_out: &[
        OmittedMembers { with: PEOPLE, members: READABLE },
        OmittedMembers { with: PEOPLE, members: people::LEAVES_OUT },
        OmittedMembers { with: &[OptionCondition::Is("dialect", &["full"])], members: FULL },
        OmittedMembers { with: ADDRESS_BOOK, members: card::LEAVES_OUT },
        OmittedMembers {
            with: ADDRESS_BOOK,
            members: &[
                OmittedMember::always("organization/id"),
                OmittedMember::always("organization/uid_scheme"),
                OmittedMember::always("id"),
                OmittedMember::always("parent"),
                OmittedMember::always("alternate_names/language"),
                OmittedMember::always("addresses/language"),
                OmittedMember::always("updated"),
            ],
        },
        OmittedMembers { with: WITHOUT_GROUPS, members: card::LEAVES_OUT_WITHOUT_LABEL },
        OmittedMembers {
            with: WITHOUT_GROUPS,
            members: &[
                OmittedMember::always("kinds"),
                OmittedMember::always("regions"),
                OmittedMember::always("kind"),
                OmittedMember::always("region"),
            ],
        },
    ],
    options: &[
        OptionInfo {
            name: "dialect",
            help: "whose table: people's, the same without formulas, every member for programs, or an address book's",
            kind: OptionKind::Choice(&CsvDialect::NAMES),
            default: "plain",
        },
        OptionInfo {
            name: "separator",
            help: "what stands between cells; Excel wants a semicolon where the comma is decimal",
            kind: OptionKind::Choice(&["comma", "semicolon", "tab"]),
            default: "comma",
        },
        OptionInfo {
            name: "bom",
            help: "a byte order mark, by which Excel knows UTF-8; true for plain and excel",
            kind: OptionKind::Flag,
            default: "",
        },
        SCRIPT,
    ],
    build,
};

/// The table for people.
const PEOPLE: &[OptionCondition] = &[OptionCondition::Is("dialect", &["plain", "excel"])];

/// What the full table leaves out: an office has one row, and the others have none.
const FULL: &[OmittedMember] = &[
    OmittedMember::always("$schema"),
    OmittedMember::always("schema_version"),
    OmittedMember::always("organization/alternate_names"),
    OmittedMember::always("organization/id"),
    OmittedMember::always("organization/website"),
    OmittedMember::always("organization/headquarters"),
    OmittedMember::always("organization/uid_scheme"),
    OmittedMember::always("kinds/alternate_names"),
    OmittedMember::always("regions/alternate_names"),
    OmittedMember::always("regions/parent"),
    OmittedMember::when("regions", OmissionCase::Order),
    OmittedMember::when("regions", OmissionCase::WithoutOffices),
];

/// The tables of address books, which hold what a card does.
const ADDRESS_BOOK: &[OptionCondition] =
    &[OptionCondition::Is("dialect", &["google", "google-old", "outlook", "thunderbird"])];

/// The tables that have neither groups nor an address as it is written on mail.
const WITHOUT_GROUPS: &[OptionCondition] =
    &[OptionCondition::Is("dialect", &["outlook", "thunderbird"])];

/// The checked options, and the header that follows from them.
struct CsvWriter {
    /// Whose table it is.
    dialect: CsvDialect,
    /// Names of an address book's columns, in order; those of the other tables depend on the directory.
    header: Vec<String>,
    /// The same for a directory with labels or contact forms.
    labelled_header: Vec<String>,
    /// What stands between cells, an ASCII character.
    separator: u8,
    /// Whether a byte order mark stands in front of the header.
    bom: bool,
    /// Which address is shown, or is first, where an office has it in two scripts.
    script: Script,
}

/// Refuses separators that an address book would not read.
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    let name = options.get("dialect").unwrap_or_default();
    let dialect = CsvDialect::find(name)?;
    let separator = match options.get("separator") {
        Some("semicolon") => b';',
        Some("tab") => b'\t',
        _ => b',',
    };
    if dialect.is_foreign() && separator != b',' {
        let message = format!("the dialect {name} has commas between its cells");
        return Err(Error::new(message).with_help("leave out separator"));
    }
    // Excel takes a file without one for the code page of the machine; LibreOffice and Numbers read both. Programs may
    // take it for a part of the first heading.
    let bom = options.get("bom").map_or(dialect.is_for_people(), |bom| bom == "true");
    let script = options.script();
    if dialect == CsvDialect::Full && script != Script::Auto {
        let message = "the dialect full has the addresses in every script";
        return Err(Error::new(message).with_help("leave out script"));
    }
    let [header, labelled_header] = [false, true].map(|has_labels| dialect.header(has_labels));
    Ok(Box::new(CsvWriter { dialect, header, labelled_header, separator, bom, script }))
}

impl CsvWriter {
    /// Names of the columns for a directory.
    fn header(&self, context: &Context<'_>) -> &[String] {
        match has_labels(context.used()) {
            true => &self.labelled_header,
            false => &self.header,
        }
    }
}

/// Whether the offices have what address books show with a label, which needs more columns than they have otherwise.
fn has_labels(used: &UsedMembers) -> bool {
    ["phones/label", "emails/label", "contact_forms"].iter().any(|path| used.has(path))
}

impl Writer for CsvWriter {
    fn begin(&self, context: &Context<'_>, out: &mut Vec<u8>) {
        // A part of the head, so that of a file written in sections only the first has it.
        if self.bom {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
        let mut record = CsvRecord::new(out, self.separator);
        match self.dialect {
            CsvDialect::Plain | CsvDialect::Excel => {
                people::columns(context.used()).for_each(|column| record.cell(&column.heading()));
            }
            CsvDialect::Full => {
                native::header(context).iter().for_each(|(name, _)| record.cell(name));
            }
            _ => self.header(context).iter().for_each(|name| record.cell(name)),
        }
        record.end(self.dialect.line_end());
    }

    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let style = (self.separator, self.script);
        self.dialect.row(context, office, self.header(context), piece, style);
    }

    fn in_sections(&self) -> bool {
        // Which columns the table for people has is only known from all offices.
        !self.dialect.is_for_people()
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        // People and address books have no use for the description of the columns.
        if self.dialect != CsvDialect::Full {
            return None;
        }
        let mut head = Vec::new();
        self.begin(context, &mut head);
        Some(Box::new(TableAssembler { context, head, separator: self.separator }))
    }
}
