//! Whose table it is: names, line ends, headers and rows of each dialect.

use std::borrow::Cow;

use super::cells::CellList;
use super::record::CsvRecord;
use super::{google, outlook, thunderbird};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::writers::OfficeOutput;
use crate::writers::card::{
    Card, lose_coordinates, lose_form_labels, lose_forms, lose_labels, lose_opening_hours,
};
use crate::writers::csv::native;
use crate::writers::own::lose_own;

/// Whose table it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CsvDialect {
    /// Our own.
    Plain,
    /// Our own, with cells that a spreadsheet would compute made harmless.
    Excel,
    /// Google Contacts'.
    Google,
    /// Google Contacts' before 2024.
    GoogleOld,
    /// Outlook.com's.
    Outlook,
    /// Thunderbird's.
    Thunderbird,
}

impl CsvDialect {
    /// The dialects by the names that select them.
    pub(super) const ALL: [(&str, CsvDialect); 6] = [
        ("plain", CsvDialect::Plain),
        ("excel", CsvDialect::Excel),
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
        !matches!(self, CsvDialect::Plain | CsvDialect::Excel)
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
            CsvDialect::Plain | CsvDialect::Excel => Vec::new(),
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
        separator: u8,
    ) {
        if !self.is_foreign() {
            native::report_losses(context, office, piece);
            let mut record = CsvRecord::new(&mut piece.bytes, separator);
            // Programs read the plain table and get each text as it is; only what people open in a spreadsheet is
            // guarded against formulas.
            match self {
                CsvDialect::Excel => native::cells(context, office, harmless, &mut record),
                _ => native::cells(context, office, |cell| cell, &mut record),
            }
            return record.end(self.line_end());
        }
        if office.time_zone.is_some() {
            piece.lose("/time_zone", "the table has no column for a time zone");
        }
        let card = Card::new(context, office);
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

/// A cell that no spreadsheet computes: an apostrophe stands in front of what would begin a formula. A
/// telephone number with a space in it stays text in any case, and stays a telephone number.
fn harmless(cell: Cow<'_, str>) -> Cow<'_, str> {
    let is_phone = cell.strip_prefix('+').and_then(|rest| rest.split_once(' ')).is_some_and(
        |(code, number)| {
            // Both parts have only digits: "+49 1-1" would be computed.
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            digits(code) && digits(number)
        },
    );
    // As OWASP lists them, with the full-width forms, which Excel in East Asia computes too.
    let computes = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if computes && !is_phone { Cow::Owned(format!("'{cell}")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn cells_that_compute_are_guarded() {
        for cell in ["=1+1", "+1+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", "+49-228", "+49 1-1"]
        {
            assert_eq!(harmless(cell.into()), format!("'{cell}"));
        }
        for cell in ["", "a=1", "1-1", "+49 22897629900", "'=1"] {
            assert_eq!(harmless(cell.into()), cell);
        }
    }
}
