//! Columns of members that are an organisation's own.

use std::borrow::Cow;

use super::{PeopleColumn, RowContent, push_all};
use crate::json::token;
use crate::model::{Office, OwnMembers};
use crate::read::UsedMembers;
use crate::writers::OfficeOutput;
use crate::writers::own::own_cell;

/// A column of a member of the organisation's own.
pub(in crate::writers) struct OwnColumn<'u> {
    /// What has it: a list of the office, or the office itself.
    of: &'static OwnerKind,
    /// Its name.
    name: &'u str,
}

/// What has members of the organisation's own: what it is called in a cell, and its members.
type OwnItem<'c> = (Cow<'c, str>, &'c OwnMembers<'c>);

/// What may have members of the organisation's own.
struct OwnerKind {
    /// With which the paths of such members begin: `phones/x_`, and `x_` for the office itself.
    prefix: &'static str,
    /// What stands above the column in front of the member's name.
    heading: &'static str,
    /// Its items, each with what it is called in the cell.
    items: for<'c> fn(&'c RowContent<'_>) -> Vec<OwnItem<'c>>,
}

/// The office and its lists, in the order of the columns of their own members.
static OWNERS: [OwnerKind; 6] = [
    OwnerKind { prefix: "x_", heading: "", items: |it| vec![("".into(), &it.office.own)] },
    OwnerKind {
        prefix: "addresses/x_",
        heading: "Addresses: ",
        items: |it| {
            let items = (1..).zip(&it.office.addresses);
            items.map(|(at, it)| (at.to_string().into(), &it.own)).collect()
        },
    },
    OwnerKind {
        prefix: "phones/x_",
        heading: "Phones: ",
        items: |it| {
            let phones = it.office.phones.iter();
            phones.map(|phone| ((it.style.number)(&phone.number).into(), &phone.own)).collect()
        },
    },
    OwnerKind {
        prefix: "emails/x_",
        heading: "E-mails: ",
        items: |it| it.office.emails.iter().map(|it| (it.address().into(), it.own())).collect(),
    },
    OwnerKind {
        prefix: "contact_forms/x_",
        heading: "Contact forms: ",
        items: |it| {
            it.office.contact_forms.iter().map(|it| (it.url.as_str().into(), &it.own)).collect()
        },
    },
    OwnerKind {
        prefix: "websites/x_",
        heading: "Websites: ",
        items: |it| it.office.websites.iter().map(|it| (it.url.as_str().into(), &it.own)).collect(),
    },
];
/// Bytes of the name of an own member that has a column: more than fit on a screen, and less than a cell holds.
const NAME: usize = 1_000;

/// The columns of a directory in which these members occur.
pub(super) fn of(used: &UsedMembers) -> impl Iterator<Item = PeopleColumn<'_>> {
    // Most directories have none, which six looks in every row need not find out.
    let owners = if used.is_empty() { &[] } else { &OWNERS[..] };
    owners.iter().flat_map(|of| {
        let names = used.own_names(of.prefix).filter(|name| is_heading(name));
        names.map(move |name| PeopleColumn::Own(OwnColumn { of, name }))
    })
}

/// Reports own members that no column is for: a directory may have more of them than a sheet has columns.
pub(super) fn lose_without_column(
    used: &UsedMembers,
    office: &Office<'_>,
    piece: &mut OfficeOutput,
) {
    office.each_own(|pointer, name, _| {
        if !used.has_own(pointer, name) || !is_heading(name) {
            let most = UsedMembers::MOST;
            let why = format!(
                "the table has columns for {most} members of your own, with names of {NAME} bytes at most"
            );
            piece.lose(format!("{pointer}{}", token(name)), why);
        }
    });
}

/// Whether the name of an own member may stand above a column.
fn is_heading(name: &str) -> bool {
    name.len() <= NAME
}

impl OwnColumn<'_> {
    /// What stands above it.
    pub(super) fn heading(&self) -> String {
        format!("{}{}", self.of.heading, self.name)
    }

    /// The JSON pointer from the office to what its cells are made of.
    pub(super) fn pointer(&self) -> String {
        match self.of.prefix.trim_end_matches(OwnMembers::PREFIX).trim_end_matches('/') {
            "" => token(self.name),
            list => format!("/{list}"),
        }
    }

    /// Appends the cell of an office.
    pub(super) fn write(&self, content: &RowContent<'_>, cell: &mut String) {
        let items = (self.of.items)(content);
        let values = items.into_iter().filter_map(|(what, own)| {
            let value = own_cell(own.get(self.name)?);
            Some(if what.is_empty() { value } else { format!("{what}: {value}").into() })
        });
        push_all(values, content.style.separator, cell);
    }
}
