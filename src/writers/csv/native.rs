//! The full table for programs, whose columns `columns` has.
//!
//! Programs read the columns by name, so a column keeps its name. Lists have columns for as many items as
//! offices have in practice; an item beyond is reported as lost.

use std::borrow::Cow;

use super::columns::TABLE;
use super::record::CsvRecord;
use crate::directory::Context;
use crate::json::token;
use crate::model::{
    Address, AlternateName, ContactForm, Email, Office, OwnMembers, Phone, Printed, Website,
};
use crate::read::UsedMembers;
use crate::writers::OfficeOutput;
use crate::writers::own::own_cell;

/// An office, and which item of its lists a numbered column is about (from 0).
pub(super) struct RowContext<'a> {
    /// The directory, which knows the names of the organisation and of regions.
    pub(super) context: &'a Context<'a>,
    /// The office of the row.
    pub(super) office: &'a Office<'a>,
    /// Position in the list; 0 for columns without a number.
    pub(super) at: usize,
}

/// What a cell holds; nothing for a value that the office does not have.
pub(super) type CellValue<'a> = Option<Cow<'a, str>>;

/// A column of the table.
pub(super) struct ColumnInfo {
    /// Its name; in a numbered group what stands behind the number, and empty for the item itself.
    pub(super) name: &'static str,
    /// What it holds, in a sentence without a full stop.
    pub(super) about: &'static str,
    /// Makes the cell.
    pub(super) cell: for<'a> fn(&RowContext<'a>) -> CellValue<'a>,
}

/// A column that only some tables have.
pub(super) struct OptionalColumn {
    /// The optional member by which the table has it: `phones/label`.
    pub(super) with: &'static str,
    /// The column.
    pub(super) column: ColumnInfo,
}

/// Columns that stand together, for every item of a list where they are numbered.
pub(super) struct ColumnGroup {
    /// What stands in front of the number; empty for columns without one.
    pub(super) prefix: &'static str,
    /// How many items there are columns for.
    pub(super) times: usize,
    /// How many items an office has, and the JSON pointer of the list.
    pub(super) items: fn(&Office<'_>) -> usize,
    /// JSON pointer from the office to the list.
    pub(super) pointer: &'static str,
    /// The columns of one item that every table has.
    pub(super) columns: &'static [ColumnInfo],
    /// Columns of an item that follow, each in tables of directories that have its member.
    pub(super) optional: &'static [OptionalColumn],
    /// Own members of an item, for each of which a column follows.
    pub(super) own: Option<OwnColumns>,
}

/// Columns for members of the organisation's own.
pub(super) struct OwnColumns {
    /// What stands in front of their names in the paths of [`UsedMembers`], with the beginning of the name.
    pub(super) prefix: &'static str,
    /// Those of an item.
    pub(super) of: for<'a> fn(&RowContext<'a>) -> Option<&'a OwnMembers<'a>>,
}

/// The name of every column that the table of a directory has, and what it holds.
pub(super) fn header(context: &Context<'_>) -> Vec<(String, &'static str)> {
    let mut header = Vec::new();
    for group in TABLE {
        let columns: Vec<(&str, &'static str)> = group.columns(context).collect();
        for number in 1..=group.times {
            header.extend(columns.iter().map(|(name, about)| {
                let name = match (group.prefix, *name) {
                    ("", name) => name.to_owned(),
                    // The item itself, such as `email_1`.
                    (prefix, "") => format!("{prefix}_{number}"),
                    (prefix, name) => format!("{prefix}_{number}_{name}"),
                };
                (name, *about)
            }));
        }
    }
    header.extend(context.header_own().iter().map(|own| (own.column(), OWN_MEMBER)));
    header
}

impl ColumnGroup {
    /// The columns of an item that the table of a directory has, and what they hold.
    fn columns<'a>(
        &'a self,
        context: &'a Context<'_>,
    ) -> impl Iterator<Item = (&'a str, &'static str)> {
        let own = self.own.iter().flat_map(|own| context.used().own_names(own.prefix));
        let optional = self.optional.iter().filter(|it| it.is_in(context)).map(|it| &it.column);
        let known = self.columns.iter().chain(optional).map(|column| (column.name, column.about));
        known.chain(own.map(|name| (name, OWN_MEMBER)))
    }
}

impl OptionalColumn {
    /// Whether the table of a directory has it.
    fn is_in(&self, context: &Context<'_>) -> bool {
        match self.with {
            // Names that are always the same need no column.
            "kinds" => !context.header.has_usual_kinds(),
            member => context.used().has(member),
        }
    }
}

/// What a column of an own member holds.
const OWN_MEMBER: &str = "Member of the organisation's own: text, or JSON for any other value";

/// Reports the items that the numbered columns have no room for.
pub(super) fn report_losses(context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
    if !context.knows_used() {
        let used = UsedMembers::of(office);
        for path in context.used().untold(&used) {
            let list = path.split('/').next().unwrap_or(path);
            let why = format!("the table has no column for {path}");
            piece.lose(token(list), why);
        }
        office.each_own(|pointer, name, _| {
            if !context.used().has_own(pointer, name) {
                let why = format!("the table has no column for {name}");
                piece.lose(format!("{pointer}{}", token(name)), why);
            }
        });
    }
    for group in TABLE {
        for at in group.times..(group.items)(office) {
            let why = format!("the table has columns for {} only", group.times);
            piece.lose(format!("{}/{at}", group.pointer), why);
        }
    }
}

/// Appends the cells of an office, in the order of [`header`].
pub(super) fn cells<'a>(
    context: &'a Context<'a>,
    office: &'a Office<'a>,
    record: &mut CsvRecord<'_>,
) {
    let put = |cell: CellValue<'a>, record: &mut CsvRecord<'_>| match cell {
        Some(cell) => record.cell(&cell),
        None => record.empty(1),
    };
    // Asked once: most directories have no optional member, and rows are many.
    let has_optional = context.has_optional();
    for group in TABLE {
        // Items beyond are those that `report_losses` reports.
        let items = (group.items)(office).min(group.times);
        for at in 0..items {
            let row = RowContext { context, office, at };
            for column in group.columns {
                put((column.cell)(&row), record);
            }
            if has_optional {
                for it in group.optional.iter().filter(|it| it.is_in(context)) {
                    put((it.column.cell)(&row), record);
                }
                if let Some(own) = &group.own {
                    let members = (own.of)(&row);
                    for name in context.used().own_names(own.prefix) {
                        put(members.and_then(|it| it.get(name)).map(own_cell), record);
                    }
                }
            }
        }
        let width = if has_optional { group.columns(context).count() } else { group.columns.len() };
        // Most offices have one address and no second name: whole groups are empty.
        record.empty((group.times - items) * width);
    }
    for own in context.header_own() {
        put(own.of(office).map(own_cell), record);
    }
}

impl<'a> RowContext<'a> {
    /// The name that the column is about.
    pub(super) fn alternate_name(&self) -> Option<&'a AlternateName<'a>> {
        self.office.alternate_names.get(self.at)
    }

    /// The address that the column is about.
    pub(super) fn address(&self) -> Option<&'a Address<'a>> {
        self.office.addresses.get(self.at)
    }

    /// The printed form of that address.
    pub(super) fn printed(&self) -> Option<&'a Printed<'a>> {
        self.address()?.printed.as_deref()
    }

    /// The telephone line that the column is about.
    pub(super) fn phone(&self) -> Option<&'a Phone<'a>> {
        self.office.phones.get(self.at)
    }

    /// The e-mail address that the column is about.
    pub(super) fn email(&self) -> Option<&'a Email<'a>> {
        self.office.emails.get(self.at)
    }

    /// The contact form that the column is about.
    pub(super) fn contact_form(&self) -> Option<&'a ContactForm<'a>> {
        self.office.contact_forms.get(self.at)
    }

    /// The website that the column is about.
    pub(super) fn website(&self) -> Option<&'a Website<'a>> {
        self.office.websites.get(self.at)
    }
}
