//! The project's own columns: one table says what they are called, mean and hold.
//!
//! Programs read the columns by name, so a column keeps its name. Lists have columns for as many items as
//! offices have in practice; an item beyond is reported as lost.

use std::borrow::Cow;

use super::record::CsvRecord;
use crate::directory::Context;
use crate::model::{Address, AlternateName, Office, Phone, Printed, Text, Use, Website};
use crate::postal::country;
use crate::text::spaced;
use crate::writers::OfficeOutput;

/// An office, and which item of its lists a numbered column is about (from 0).
struct RowContext<'a> {
    /// The directory, which knows the names of the organisation and of regions.
    context: &'a Context<'a>,
    /// The office of the row.
    office: &'a Office<'a>,
    /// Position in the list; 0 for columns without a number.
    at: usize,
}

/// What a cell holds; nothing for a value that the office does not have.
type CellValue<'a> = Option<Cow<'a, str>>;

/// A column of the table.
struct ColumnInfo {
    /// Its name; in a numbered group what stands behind the number, and empty for the item itself.
    name: &'static str,
    /// What it holds, in a sentence without a full stop.
    about: &'static str,
    /// Makes the cell.
    cell: for<'a> fn(&RowContext<'a>) -> CellValue<'a>,
}

/// Columns that stand together, for every item of a list where they are numbered.
struct ColumnGroup {
    /// What stands in front of the number; empty for columns without one.
    prefix: &'static str,
    /// How many items there are columns for.
    times: usize,
    /// How many items an office has, and the JSON pointer of the list.
    items: fn(&Office<'_>) -> usize,
    /// JSON pointer from the office to the list.
    pointer: &'static str,
    /// The columns of one item.
    columns: &'static [ColumnInfo],
}

/// The name of every column and what it holds.
pub(super) fn header() -> impl Iterator<Item = (String, &'static str)> {
    TABLE.iter().flat_map(|group| {
        (1..=group.times).flat_map(move |number| {
            group.columns.iter().map(move |column| {
                let name = match (group.prefix, column.name) {
                    ("", name) => name.to_owned(),
                    // The item itself, such as `email_1`.
                    (prefix, "") => format!("{prefix}_{number}"),
                    (prefix, name) => format!("{prefix}_{number}_{name}"),
                };
                (name, column.about)
            })
        })
    })
}

/// Reports the items that the numbered columns have no room for.
pub(super) fn report_losses(office: &Office<'_>, piece: &mut OfficeOutput) {
    for group in TABLE {
        for at in group.times..(group.items)(office) {
            let why = format!("the table has columns for {} only", group.times);
            piece.lose(format!("{}/{at}", group.pointer), why);
        }
    }
}

/// Appends the cells of an office, in the order of [`header`], each as `change` makes it.
pub(super) fn cells<'a>(
    context: &'a Context<'a>,
    office: &'a Office<'a>,
    change: impl Fn(Cow<'a, str>) -> Cow<'a, str>,
    record: &mut CsvRecord<'_>,
) {
    for group in TABLE {
        // Items beyond are those that `report_losses` reports.
        let items = (group.items)(office).min(group.times);
        for at in 0..items {
            let row = RowContext { context, office, at };
            for column in group.columns {
                match (column.cell)(&row) {
                    Some(cell) => record.cell(&change(cell)),
                    None => record.empty(1),
                }
            }
        }
        // Most offices have one address and no second name: whole groups are empty.
        record.empty((group.times - items) * group.columns.len());
    }
}

impl<'a> RowContext<'a> {
    /// The name that the column is about.
    fn alternate_name(&self) -> Option<&'a AlternateName<'a>> {
        self.office.alternate_names.get(self.at)
    }

    /// The address that the column is about.
    fn address(&self) -> Option<&'a Address<'a>> {
        self.office.addresses.get(self.at)
    }

    /// The printed form of that address.
    fn printed(&self) -> Option<&'a Printed<'a>> {
        self.address()?.printed.as_deref()
    }

    /// The telephone line that the column is about.
    fn phone(&self) -> Option<&'a Phone<'a>> {
        self.office.phones.get(self.at)
    }

    /// The website that the column is about.
    fn website(&self) -> Option<&'a Website<'a>> {
        self.office.websites.get(self.at)
    }
}

/// A text as a cell.
fn text<'a>(text: Option<&'a Text<'a>>) -> CellValue<'a> {
    text.map(|text| Cow::Borrowed(&**text))
}

/// Lines as a cell, with line breaks between them.
fn lines<'a>(lines: &'a [Text<'a>]) -> CellValue<'a> {
    match lines {
        [] => None,
        [line] => Some(Cow::Borrowed(line)),
        _ => Some(lines.join("\n").into()),
    }
}

/// A column of a group.
const fn column(
    name: &'static str,
    about: &'static str,
    cell: for<'a> fn(&RowContext<'a>) -> CellValue<'a>,
) -> ColumnInfo {
    ColumnInfo { name, about, cell }
}

/// All columns, in order.
static TABLE: &[ColumnGroup] = &[
    // Columns without a number are a group of one item, which every office has.
    ColumnGroup { prefix: "", times: 1, items: |_| 1, pointer: "", columns: OFFICE },
    ColumnGroup {
        prefix: "alternate_name",
        times: 3,
        items: |office| office.alternate_names.len(),
        pointer: "/alternate_names",
        columns: ALTERNATE_NAME,
    },
    ColumnGroup {
        prefix: "address",
        times: 2,
        items: |office| office.addresses.len(),
        pointer: "/addresses",
        columns: ADDRESS,
    },
    ColumnGroup {
        prefix: "phone",
        times: 3,
        items: |office| office.phones.len(),
        pointer: "/phones",
        columns: PHONE,
    },
    ColumnGroup {
        prefix: "email",
        times: 2,
        items: |office| office.emails.len(),
        pointer: "/emails",
        columns: EMAIL,
    },
    ColumnGroup {
        prefix: "website",
        times: 2,
        items: |office| office.websites.len(),
        pointer: "/websites",
        columns: WEBSITE,
    },
    ColumnGroup { prefix: "", times: 1, items: |_| 1, pointer: "", columns: RECORD },
];

/// What an office is called and belongs to.
const OFFICE: &[ColumnInfo] = &[
    column("id", "Stable id of the office", |row| text(Some(&row.office.id))),
    column("organization", "Name of the organisation", |row| {
        text(Some(&row.context.header.organization.name))
    }),
    column("name", "Name of the office", |row| text(Some(&row.office.name))),
    column("full_name", "Name with the organisation's in front, once", |row| {
        Some(row.office.full_name(&row.context.header.organization))
    }),
    column("kind", "What sort of office it is", |row| Some(row.office.kind.as_str().into())),
    column("region", "Id of its region; empty for an office of the whole world", |row| {
        text(row.office.region.as_ref())
    }),
    column("region_name", "Name of its region", |row| {
        let id = row.office.region.as_deref()?;
        text(row.context.region(id).map(|region| &region.name))
    }),
    column("parent", "Id of the office that it is a part of", |row| {
        text(row.office.parent.as_ref())
    }),
];

/// A second name.
const ALTERNATE_NAME: &[ColumnInfo] = &[
    column("", "Second designation, or name in another language", |row| {
        Some(row.alternate_name()?.name().into())
    }),
    column("language", "BCP 47 tag of that name's language", |row| {
        row.alternate_name()?.language().map(Cow::Borrowed)
    }),
];

/// An address with its printed form.
const ADDRESS: &[ColumnInfo] = &[
    column("uses", "\"physical\" for visitors, \"postal\" for mail, or both with a space", |row| {
        Some(Use::join(&row.address()?.uses))
    }),
    column("care_of", "In whose care mail is delivered, without \"c/o\"", |row| {
        text(row.address()?.care_of.as_ref())
    }),
    column("lines", "Street, building, floor; one a line", |row| {
        lines(&row.address()?.address_lines)
    }),
    column("post_office_box", "Post-office box, as it is to be printed", |row| {
        text(row.address()?.post_office_box.as_ref())
    }),
    column("dependent_locality", "Suburb or district within the locality", |row| {
        text(row.address()?.dependent_locality.as_ref())
    }),
    column("locality", "City, town or village", |row| text(row.address()?.locality.as_ref())),
    column("administrative_area", "State, province or prefecture", |row| {
        text(row.address()?.administrative_area.as_ref())
    }),
    column("administrative_area_code", "ISO 3166-2 code of it, without the country", |row| {
        text(row.address()?.administrative_area_code.as_ref())
    }),
    column("postal_code", "Postal code", |row| text(row.address()?.postal_code.as_ref())),
    column("sorting_code", "Sorting code, such as CEDEX", |row| {
        text(row.address()?.sorting_code.as_ref())
    }),
    column("country", "ISO 3166-1 alpha-2 code", |row| text(Some(&row.address()?.country))),
    column("country_name", "English name of the country", |row| {
        country(&row.address()?.country).map(|country| country.english_name().into())
    }),
    column("language", "BCP 47 tag of the language that the address is written in", |row| {
        text(row.address()?.language.as_ref())
    }),
    column("printed_care_of", "The source's own form", |row| text(row.printed()?.care_of.as_ref())),
    column("printed_lines", "The source's own form", |row| lines(&row.printed()?.address_lines)),
    column("printed_post_office_box", "The source's own form", |row| {
        text(row.printed()?.post_office_box.as_ref())
    }),
    column("printed_dependent_locality", "The source's own form", |row| {
        text(row.printed()?.dependent_locality.as_ref())
    }),
    column("printed_locality", "The source's own form", |row| {
        text(row.printed()?.locality.as_ref())
    }),
    column("printed_administrative_area", "The source's own form", |row| {
        text(row.printed()?.administrative_area.as_ref())
    }),
    column("printed_postal_code", "The source's own form", |row| {
        text(row.printed()?.postal_code.as_ref())
    }),
    column("printed_sorting_code", "The source's own form", |row| {
        text(row.printed()?.sorting_code.as_ref())
    }),
    column("printed_country", "The source's own form", |row| text(row.printed()?.country.as_ref())),
];

/// A telephone line.
const PHONE: &[ColumnInfo] = &[
    column("type", "\"voice\", \"fax\" or \"mobile\"", |row| {
        Some(row.phone()?.kind.as_str().into())
    }),
    column("number", "E.164 number with a space behind the country calling code", |row| {
        Some(spaced(&row.phone()?.number).into())
    }),
    column("printed", "The source's own form", |row| text(row.phone()?.printed.as_ref())),
];

/// An email address.
const EMAIL: &[ColumnInfo] =
    &[column("", "E-mail address", |row| text(row.office.emails.get(row.at)))];

/// A website.
const WEBSITE: &[ColumnInfo] = &[
    column("", "URL", |row| text(Some(&row.website()?.url))),
    column("printed", "The source's own form", |row| text(row.website()?.printed.as_ref())),
];

/// What is known of the record itself.
const RECORD: &[ColumnInfo] = &[
    column("time_zone", "IANA time zone", |row| text(row.office.time_zone.as_ref())),
    column("updated", "When the record last changed (RFC 3339)", |row| {
        text(row.office.updated.as_ref())
    }),
    column("source_document", "Document that the record was taken from", |row| {
        text(Some(&row.office.source.as_ref()?.document))
    }),
    column("source_first_line", "First line of it there, from 1", |row| {
        Some(row.office.source.as_ref()?.lines[0].to_string().into())
    }),
    column("source_last_line", "Last line of it there", |row| {
        Some(row.office.source.as_ref()?.lines[1].to_string().into())
    }),
    column("source_text", "Those lines, verbatim", |row| lines(&row.office.source.as_ref()?.text)),
    column(
        "notes",
        "One note a line: JSON pointer, tab, \"normalised\" or \"doubtful\", tab, text. A line \
         without a tab goes on with the text of the line above",
        |row| {
            let notes = row.office.notes.iter().map(|note| {
                // A word and not a flag, because the column is read by people.
                let weight = if note.doubtful { "doubtful" } else { "normalised" };
                format!("{}\t{weight}\t{}", note.pointer, note.text)
            });
            notes.reduce(|all, note| all + "\n" + &note).map(Cow::Owned)
        },
    ),
];
