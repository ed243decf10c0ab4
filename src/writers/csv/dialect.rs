//! Whose table it is: names, line ends, headers and rows of each dialect.

use super::cells::CellList;
use super::record::CsvRecord;
use super::{google, outlook, thunderbird};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::postal::Script;
use crate::text::{international, spaced};
use crate::writers::OfficeOutput;
use crate::writers::card::{
    Card, lose_coordinates, lose_form_labels, lose_forms, lose_labels, lose_opening_hours,
};
use crate::writers::csv::native;
use crate::writers::own::lose_own;
use crate::writers::people::{self, RowContent, RowStyle};

/// Whose table it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CsvDialect {
    /// The table for people.
    Plain,
    /// The same, with cells that a spreadsheet would compute made harmless.
    Excel,
    /// Every member, for programs.
    Full,
    /// Google Contacts'.
    Google,
    /// Google Contacts' before 2024.
    GoogleOld,
    /// Outlook.com's.
    Outlook,
    /// Thunderbird's.
    Thunderbird,
}

/// Room for most cells, so that they are not moved as they grow.
const CELL: usize = 256;
/// Every office is one line: LibreOffice makes the column of a CSV file only as wide as the last line of its cells, and
/// cuts the others off.
const STYLE: RowStyle = RowStyle { number: grouped, separator: ", ", script: Script::Auto };

impl CsvDialect {
    /// The dialects by the names that select them.
    pub(super) const ALL: [(&str, CsvDialect); 7] = [
        ("plain", CsvDialect::Plain),
        ("excel", CsvDialect::Excel),
        ("full", CsvDialect::Full),
        ("google", CsvDialect::Google),
        ("google-old", CsvDialect::GoogleOld),
        ("outlook", CsvDialect::Outlook),
        ("thunderbird", CsvDialect::Thunderbird),
    ];

    /// Those names.
    pub(super) const NAMES: [&str; Self::ALL.len()] = {
        // A loop, because iterators do not run in constants.
        let mut names = [""; Self::ALL.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = Self::ALL[at].0;
            at += 1;
        }
        names
    };

    /// The dialect of that name.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn find(name: &str) -> Result<CsvDialect, Error> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        let known = Self::ALL.iter().map(|(known, _)| *known);
        found.map(|(_, dialect)| *dialect).ok_or_else(|| Error::unknown("dialect", name, known))
    }

    /// Whether it is an address book's, which takes its own table only.
    pub(super) fn is_foreign(self) -> bool {
        !matches!(self, CsvDialect::Plain | CsvDialect::Excel | CsvDialect::Full)
    }

    /// Whether it is the table that people open, by columns of which each has a value somewhere.
    pub(super) fn is_for_people(self) -> bool {
        matches!(self, CsvDialect::Plain | CsvDialect::Excel)
    }

    /// What ends a line: CRLF (RFC 4180), except in Google's old table. Roundcube, which reads that one,
    /// takes CRLF for two ends and looks for the kinds of phones and addresses in the line between.
    pub(super) fn line_end(self) -> &'static str {
        match self {
            CsvDialect::GoogleOld => "\n",
            _ => "\r\n",
        }
    }

    /// The names of an address book's columns; Google's tables have more where offices have labels or contact forms.
    pub(super) fn header(self, has_labels: bool) -> Vec<String> {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        match self {
            CsvDialect::Plain | CsvDialect::Excel | CsvDialect::Full => Vec::new(),
            CsvDialect::Google => google::TODAY.header(has_labels),
            CsvDialect::GoogleOld => google::OLD.header(has_labels),
            CsvDialect::Outlook => owned(outlook::HEADER),
            CsvDialect::Thunderbird => owned(thunderbird::HEADER),
        }
    }

    /// Appends the row of an office.
    pub(super) fn row(
        self,
        context: &Context<'_>,
        office: &Office<'_>,
        header: &[String],
        piece: &mut OfficeOutput,
        (separator, script): (u8, Script),
    ) {
        match self {
            CsvDialect::Plain | CsvDialect::Excel => {
                return self.people_row(context, office, piece, (separator, script));
            }
            CsvDialect::Full => {
                native::report_losses(context, office, piece);
                let mut record = CsvRecord::new(&mut piece.bytes, separator);
                native::cells(context, office, &mut record);
                return record.end(self.line_end());
            }
            _ => {}
        }
        if office.time_zone.is_some() {
            piece.lose("/time_zone", "the table has no column for a time zone");
        }
        let card = Card::in_script(context, office, script);
        card.lose_uses("the table", piece);
        self.report_losses(office, piece);
        let mut cells = CellList::new(header);
        match self {
            CsvDialect::Google => google::TODAY.fill(&card, &mut cells, piece),
            CsvDialect::GoogleOld => google::OLD.fill(&card, &mut cells, piece),
            CsvDialect::Outlook => outlook::fill(&card, &mut cells, piece),
            _ => thunderbird::fill(&card, &mut cells, piece),
        }
        let mut record = CsvRecord::new(&mut piece.bytes, separator);
        cells.into_cells().for_each(|cell| record.cell(&cell));
        record.end(self.line_end());
    }

    /// Appends the row of an office in the table for people.
    fn people_row(
        self,
        context: &Context<'_>,
        office: &Office<'_>,
        piece: &mut OfficeOutput,
        (separator, script): (u8, Script),
    ) {
        let content = RowContent::new(context, office, None, RowStyle { script, ..STYLE });
        content.report_losses(piece);
        let mut record = CsvRecord::new(&mut piece.bytes, separator);
        let mut cell = String::with_capacity(CELL);
        // Not by `for`, which would ask of every column in which part of the chain it is.
        people::columns(context.used()).for_each(|column| {
            cell.clear();
            column.write(&content, &mut cell);
            // The plain table has each text as it is; a guard would stand in letters that it is merged into.
            if self == CsvDialect::Excel && !column.begins_with_digits() && computes(&cell) {
                cell.insert(0, '\'');
            }
            match cell.is_empty() {
                true => record.empty(1),
                false => record.cell(&cell),
            }
        });
        record.end(self.line_end());
    }

    /// What no address book's table has a column for.
    fn report_losses(self, office: &Office<'_>, piece: &mut OfficeOutput) {
        lose_coordinates(office, "the table", piece);
        lose_opening_hours(office, "the table", piece);
        let has_forms = matches!(self, CsvDialect::Google | CsvDialect::GoogleOld);
        if !has_forms {
            lose_forms(office, "the table", piece);
        }
        if self != CsvDialect::Google {
            lose_labels(office, "the table", piece);
        }
        if self == CsvDialect::GoogleOld {
            lose_form_labels(office, "the table", piece);
        }
        // With a form everything in it is lost, which needs no second report.
        let is_carried = |pointer: &str| has_forms || !pointer.starts_with("/contact_forms/");
        lose_own(office, "the table", is_carried, piece);
    }
}

/// Whether a spreadsheet would compute a cell that begins like that: as OWASP lists them, with the full-width forms,
/// which Excel in East Asia computes too.
fn computes(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// A number (E.164) in the groups that people read, unless a spreadsheet would take the groups for thousands: where
/// blanks stand between them, as in France, Poland and Sweden, LibreOffice makes 34912345678 of "+34 912 345 678".
fn grouped(number: &str) -> String {
    let groups = international(number);
    let mut digits = groups.trim_start_matches('+').split(' ');
    let is_first = digits.next().is_some_and(|it| it.len() <= 3);
    match is_first && digits.all(|it| it.len() == 3) {
        true => spaced(number),
        false => groups,
    }
}

#[cfg(test)]
mod tests {
    use super::{computes, grouped};

    #[test]
    fn cells_that_compute_are_known() {
        for cell in ["=1+1", "+1+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", "+49-228"] {
            assert!(computes(cell), "{cell}");
        }
        for cell in ["", "a=1", "1-1", "'=1"] {
            assert!(!computes(cell), "{cell}");
        }
    }

    /// Whatever the groups are: no number that is only thousands comes out, and all digits do.
    #[test]
    fn no_number_is_thousands() {
        for number in ["+34912345678", "+351213456789", "+4922897629900", "+33123456789"] {
            let text = grouped(number);
            let mut groups = text.trim_start_matches('+').split(' ').skip(1);
            assert_eq!(text.replace(' ', ""), number);
            assert!(!groups.all(|it| it.len() == 3), "{text}");
        }
    }
}
