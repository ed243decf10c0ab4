//! The table for people, which CSV and XLSX have in common: one row per office, with a column for what its readers sort
//! by, look up or merge into letters, and none that would be empty in every row.
//!
//! `columns` has the columns and `own` those of the organisation's own members. This file has what a row is made of
//! and what it loses.

mod columns;
mod own;

use std::borrow::Cow;

use self::own::OwnColumn;
use super::card::CardAddress;
use super::{OfficeOutput, OmissionCase, OmittedMember};
use crate::directory::Context;
use crate::model::{Office, PhoneType};
use crate::postal::{Script, street_and_mail};
use crate::read::{AddressPart, UsedMembers};

/// What the table leaves out besides what all formats for people do.
pub(super) const LEAVES_OUT: &[OmittedMember] = &[
    OmittedMember::always("organization/website"),
    OmittedMember::when("addresses/administrative_area_code", OmissionCase::BesideNameNotOnMail),
    OmittedMember::when("addresses/uses", OmissionCase::NotDecisive),
];

/// What the cells of a row are made of.
pub(super) struct RowContent<'c> {
    /// What is known of the directory.
    context: &'c Context<'c>,
    /// The office of the row.
    office: &'c Office<'c>,
    /// Its name with the organisation's.
    name: Cow<'c, str>,
    /// The address that people go to.
    street: Option<CardAddress<'c>>,
    /// The address that mail goes to, where that is another one.
    mail: Option<CardAddress<'c>>,
    /// The language that names are taken in.
    language: Option<&'c str>,
    /// How the table writes what it has several ways for.
    style: RowStyle,
}

/// How a table writes what it has several ways for.
#[derive(Clone, Copy)]
pub(super) struct RowStyle {
    /// How telephone numbers (E.164) are grouped.
    pub number: fn(&str) -> String,
    /// What stands between the values of a cell.
    pub separator: &'static str,
    /// The script of addresses, where offices have them in two.
    pub script: Script,
}

impl<'c> RowContent<'c> {
    /// The row of an office, with names in that language (a BCP 47 tag) where the directory has them.
    pub(super) fn new(
        context: &'c Context<'c>,
        office: &'c Office<'c>,
        language: Option<&'c str>,
        style: RowStyle,
    ) -> Self {
        let [street, mail] = street_and_mail(office, context.headquarters(), style.script);
        RowContent {
            context,
            office,
            name: office.full_name_in(&context.header.organization, language),
            street: street.map(CardAddress::new),
            mail: mail.map(CardAddress::new),
            language,
            style,
        }
    }

    /// Reports what no column is for.
    pub(super) fn report_losses(&self, piece: &mut OfficeOutput) {
        for (at, address) in self.office.addresses.iter().enumerate() {
            let mut shown = [&self.street, &self.mail].into_iter().flatten();
            if !shown.any(|it| it.is_of(address)) {
                let why =
                    "the table has columns for one address that people go to and one for mail";
                piece.lose(format!("/addresses/{at}"), why);
            }
        }
        if self.context.has_optional() {
            own::lose_without_column(self.context.used(), self.office, piece);
        }
    }
}

/// A column.
pub(super) enum PeopleColumn<'u> {
    /// One of the table.
    Known(&'static KnownColumn),
    /// A member of the organisation's own.
    Own(OwnColumn<'u>),
}

/// A column that the program knows.
pub(super) struct KnownColumn {
    /// What stands above it.
    heading: &'static str,
    /// The member of the office that its cells are made of.
    member: &'static str,
    /// Which tables have it.
    need: ColumnNeed,
    /// What its cells hold.
    cell: ColumnCell,
}

/// What the cells of a column hold.
#[derive(Clone, Copy)]
enum ColumnCell {
    /// What this appends.
    Written(fn(&RowContent<'_>, &mut String)),
    /// A part of the address that people go to.
    Street(AddressPart),
    /// A part of the address that mail goes to, where that is another one.
    Mail(AddressPart),
    /// The telephone lines of a type.
    Phones(PhoneType),
}

/// Which tables have a column.
#[derive(Clone, Copy)]
enum ColumnNeed {
    /// All.
    Always,
    /// Those of directories in which an office has the common member of that bit.
    Common(u32),
    /// The same of a member that few directories have: the column's own.
    Optional,
}

/// The columns of a directory in which these members occur.
pub(super) fn columns(used: &UsedMembers) -> impl Iterator<Item = PeopleColumn<'_>> {
    let known = columns::TABLE.iter().filter(|it| it.is_in(used));
    known.map(PeopleColumn::Known).chain(own::of(used)).chain([PeopleColumn::Known(&columns::ID)])
}

impl KnownColumn {
    /// Whether the table of a directory in which these members occur has it.
    fn is_in(&self, used: &UsedMembers) -> bool {
        match self.need {
            ColumnNeed::Always => true,
            ColumnNeed::Common(bit) => used.has_common(bit),
            ColumnNeed::Optional => used.has(self.member),
        }
    }
}

impl PeopleColumn<'_> {
    /// What stands above it.
    pub(super) fn heading(&self) -> Cow<'_, str> {
        match self {
            PeopleColumn::Known(column) => column.heading.into(),
            PeopleColumn::Own(column) => column.heading().into(),
        }
    }

    /// The JSON pointer from the office to what its cells are made of.
    pub(super) fn pointer(&self) -> String {
        match self {
            PeopleColumn::Known(column) => format!("/{}", column.member),
            PeopleColumn::Own(column) => column.pointer(),
        }
    }

    /// Whether its cells begin with digits that the program wrote, and never with a text of the directory's.
    pub(super) fn begins_with_digits(&self) -> bool {
        matches!(self, PeopleColumn::Known(KnownColumn { member: "phones" | "coordinates", .. }))
    }

    /// Appends the cell of an office, which is nothing for a value that it does not have.
    pub(super) fn write(&self, content: &RowContent<'_>, cell: &mut String) {
        match self {
            PeopleColumn::Known(column) => column.cell.write(content, cell),
            PeopleColumn::Own(column) => column.write(content, cell),
        }
    }
}

impl ColumnCell {
    /// Appends the cell of an office.
    fn write(self, content: &RowContent<'_>, cell: &mut String) {
        let (address, part) = match self {
            ColumnCell::Written(write) => return write(content, cell),
            ColumnCell::Phones(kind) => return columns::push_phones(content, kind, cell),
            ColumnCell::Street(part) => (&content.street, part),
            ColumnCell::Mail(part) => (&content.mail, part),
        };
        if let Some(address) = address {
            columns::push_part(address, part, content.style.separator, cell);
        }
    }
}

/// Appends texts, with a separator between them.
fn push_all<T: AsRef<str>>(texts: impl IntoIterator<Item = T>, separator: &str, cell: &mut String) {
    for text in texts {
        if !cell.is_empty() {
            cell.push_str(separator);
        }
        cell.push_str(text.as_ref());
    }
}
