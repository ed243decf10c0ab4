//! The columns of the sheet. Most are in every workbook; those of members that few directories have are there only
//! where an office has the member, and each member of an organisation's own has a column.

use std::borrow::Cow;

use crate::directory::Context;
use crate::json::token;
use crate::model::{Office, OwnMembers, PhoneType, Use};
use crate::read::UsedMembers;
use crate::text::spaced;
use crate::writers::OfficeOutput;
use crate::writers::card::{Card, CardAddress};
use crate::writers::own::own_cell;
use crate::writers::place::coordinates_text;

/// What the cells of a row are made of.
pub(super) struct CellContent<'c> {
    /// What is known of the directory.
    pub context: &'c Context<'c>,
    /// The office of the row.
    pub office: &'c Office<'c>,
    /// The same as address books see it.
    pub card: Card<'c>,
    /// The language that names are taken in.
    pub language: Option<&'c str>,
}

/// A column.
pub(super) enum SheetColumn<'u> {
    /// One of the table.
    Known(&'static KnownColumn),
    /// A member of the organisation's own.
    Own(OwnColumn<'u>),
}

/// A column that the program knows.
pub(super) struct KnownColumn {
    /// What stands above it.
    heading: &'static str,
    /// Its width in characters.
    width: f64,
    /// The member of the office that its cells are made of.
    member: &'static str,
    /// Whether it is there only where an office of the directory has the member.
    is_optional: bool,
    /// The cell of an office.
    cell: fn(&CellContent<'_>) -> String,
}

/// A member of the organisation's own.
pub(super) struct OwnColumn<'u> {
    /// What has it: a list of the office, or nothing for the office itself.
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
    items: for<'c> fn(&'c CellContent<'_>) -> Vec<OwnItem<'c>>,
}

/// A column that all workbooks have.
const fn column(
    heading: &'static str,
    width: f64,
    member: &'static str,
    cell: fn(&CellContent<'_>) -> String,
) -> KnownColumn {
    KnownColumn { heading, width, member, is_optional: false, cell }
}

/// A column that only some have.
const fn optional(
    heading: &'static str,
    width: f64,
    member: &'static str,
    cell: fn(&CellContent<'_>) -> String,
) -> KnownColumn {
    KnownColumn { heading, width, member, is_optional: true, cell }
}

/// The columns but the last, without own members.
static COLUMNS: [KnownColumn; 19] = [
    column("Name", 34.0, "name", |it| it.card.name.to_string()),
    column("Kind", 20.0, "kind", |it| {
        it.context.kind_name_in(it.office, it.language).name.to_owned()
    }),
    column("Region", 24.0, "region", |it| {
        // The last category is the kind, which has a column of its own.
        let (_, regions) = it.card.categories.split_last().unwrap_or((&"", &[]));
        regions.join(" / ")
    }),
    column("Part of", 28.0, "parent", |it| {
        let parent = it.office.parent.as_deref();
        parent.and_then(|id| it.context.parent_name(id)).unwrap_or_default().to_owned()
    }),
    column("City", 18.0, "addresses", |it| door(it).map_or(String::new(), |it| it.locality.into())),
    column("Country", 16.0, "addresses", |it| {
        door(it).map_or(String::new(), |it| it.country.into())
    }),
    column("Street address", 36.0, "addresses", |it| addresses(it, Use::Physical)),
    column("Postal address", 36.0, "addresses", |it| addresses(it, Use::Postal)),
    optional("Coordinates", 24.0, "coordinates", |it| {
        it.office.coordinates.as_deref().map_or(String::new(), coordinates_text)
    }),
    optional("Opening hours", 30.0, "opening_hours", |it| {
        it.office.opening_hours.as_deref().unwrap_or_default().to_owned()
    }),
    column("Phone", 20.0, "phones", |it| numbers(it, PhoneType::Voice)),
    column("Mobile", 20.0, "phones", |it| numbers(it, PhoneType::Mobile)),
    column("Fax", 20.0, "phones", |it| numbers(it, PhoneType::Fax)),
    column("E-mail", 28.0, "emails", |it| {
        lines(it.office.emails.iter().map(|it| labeled(it.address(), it.label())))
    }),
    optional("Contact form", 36.0, "contact_forms", |it| {
        lines(it.office.contact_forms.iter().map(|it| labeled(&it.url, it.label.as_deref())))
    }),
    column("Website", 32.0, "websites", |it| lines(it.office.websites.iter().map(|it| &it.url))),
    column("Other names", 28.0, "alternate_names", |it| {
        lines(it.office.other_names_in(it.language).map(|it| it.name))
    }),
    column("Time zone", 18.0, "time_zone", |it| it.card.time_zone.unwrap_or_default().to_owned()),
    column("Updated", 22.0, "updated", |it| it.card.updated.unwrap_or_default().to_owned()),
];
/// The column behind all others, with the id.
static ID: KnownColumn = column("Id", 28.0, "id", |it| it.office.id.to_string());

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
            it.office.phones.iter().map(|it| (spaced(&it.number).into(), &it.own)).collect()
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
/// Width of a column of own members, in characters.
const OWN_WIDTH: f64 = 24.0;

/// The columns of a directory in which these members occur.
pub(super) fn of(used: &UsedMembers) -> impl Iterator<Item = SheetColumn<'_>> {
    let known = COLUMNS.iter().filter(|it| !it.is_optional || used.has(it.member));
    let own = OWNERS.iter().flat_map(|of| {
        let names = used.own_names(of.prefix).filter(|name| is_heading(name));
        names.map(move |name| SheetColumn::Own(OwnColumn { of, name }))
    });
    known.map(SheetColumn::Known).chain(own).chain([SheetColumn::Known(&ID)])
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
                "the sheet has columns for {most} members of your own, with names of {NAME} bytes at most"
            );
            piece.lose(format!("{pointer}{}", token(name)), why);
        }
    });
}

/// Whether the name of an own member may stand above a column.
fn is_heading(name: &str) -> bool {
    name.len() <= NAME
}

impl SheetColumn<'_> {
    /// What stands above it.
    pub(super) fn heading(&self) -> Cow<'_, str> {
        match self {
            SheetColumn::Known(column) => column.heading.into(),
            SheetColumn::Own(column) => format!("{}{}", column.of.heading, column.name).into(),
        }
    }

    /// Its width in characters.
    pub(super) fn width(&self) -> f64 {
        match self {
            SheetColumn::Known(column) => column.width,
            SheetColumn::Own(_) => OWN_WIDTH,
        }
    }

    /// The JSON pointer from the office to what its cells are made of.
    pub(super) fn pointer(&self) -> String {
        match self {
            SheetColumn::Known(column) => format!("/{}", column.member),
            SheetColumn::Own(column) => match column.of.prefix.trim_end_matches("/x_") {
                OwnMembers::PREFIX => token(column.name),
                list => format!("/{list}"),
            },
        }
    }

    /// The cell of an office; empty for nothing.
    pub(super) fn cell(&self, content: &CellContent<'_>) -> String {
        match self {
            SheetColumn::Known(column) => (column.cell)(content),
            SheetColumn::Own(column) => {
                let items = (column.of.items)(content);
                lines(items.into_iter().filter_map(|(what, own)| {
                    let value = own_cell(own.get(column.name)?);
                    Some(if what.is_empty() {
                        value.into_owned()
                    } else {
                        format!("{what}: {value}")
                    })
                }))
            }
        }
    }
}

/// The address that people go to.
fn door<'c>(content: &'c CellContent<'_>) -> Option<CardAddress<'c>> {
    content.office.address_for(Use::Physical).map(CardAddress::new)
}

/// The addresses for that use, as mail has them.
fn addresses(content: &CellContent<'_>, wanted: Use) -> String {
    let for_it = content.card.addresses.iter().filter(|it| it.uses.contains(&wanted));
    // A blank line tells two addresses apart, since each has several lines itself.
    for_it.map(|it| lines(it.lines().all_lines())).collect::<Vec<_>>().join("\n\n")
}

/// The numbers of that kind.
fn numbers(content: &CellContent<'_>, kind: PhoneType) -> String {
    let phones = content.office.phones.iter().filter(|phone| phone.kind == kind);
    lines(phones.map(|phone| labeled(&spaced(&phone.number), phone.label.as_deref())))
}

/// A number or an address with what it is for: "+49 228 976299 00 (Visas)".
fn labeled(text: &str, label: Option<&str>) -> String {
    match label {
        Some(label) => format!("{text} ({label})"),
        None => text.to_owned(),
    }
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
