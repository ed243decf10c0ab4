//! The columns of the full table: what they are called, mean and hold.

use std::borrow::Cow;

use super::native::{CellValue, ColumnGroup, ColumnInfo, OptionalColumn, OwnColumns, RowContext};
use crate::model::{Text, Use};
use crate::postal::country;
use crate::text::spaced;

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

/// A column that only tables of directories have in which that member occurs.
const fn optional(
    with: &'static str,
    name: &'static str,
    about: &'static str,
    cell: for<'a> fn(&RowContext<'a>) -> CellValue<'a>,
) -> OptionalColumn {
    OptionalColumn { with, column: column(name, about, cell) }
}

/// All columns, in order.
pub(super) static TABLE: &[ColumnGroup] = &[
    // Columns without a number are a group of one item, which every office has.
    ColumnGroup {
        prefix: "",
        times: 1,
        items: |_| 1,
        pointer: "",
        columns: OFFICE,
        optional: OPTIONAL_OFFICE,
        own: None,
    },
    ColumnGroup {
        prefix: "alternate_name",
        times: 3,
        items: |office| office.alternate_names.len(),
        pointer: "/alternate_names",
        columns: ALTERNATE_NAME,
        optional: &[],
        own: None,
    },
    ColumnGroup {
        prefix: "address",
        times: 2,
        items: |office| office.addresses.len(),
        pointer: "/addresses",
        columns: ADDRESS,
        optional: &[],
        own: Some(OwnColumns { prefix: "addresses/x_", of: |row| Some(&row.address()?.own) }),
    },
    ColumnGroup {
        prefix: "phone",
        times: 3,
        items: |office| office.phones.len(),
        pointer: "/phones",
        columns: PHONE,
        optional: OPTIONAL_PHONE,
        own: Some(OwnColumns { prefix: "phones/x_", of: |row| Some(&row.phone()?.own) }),
    },
    ColumnGroup {
        prefix: "email",
        times: 2,
        items: |office| office.emails.len(),
        pointer: "/emails",
        columns: EMAIL,
        optional: OPTIONAL_EMAIL,
        own: Some(OwnColumns { prefix: "emails/x_", of: |row| Some(row.email()?.own()) }),
    },
    ColumnGroup {
        prefix: "contact_form",
        times: 2,
        items: |office| office.contact_forms.len(),
        pointer: "/contact_forms",
        columns: &[],
        optional: OPTIONAL_CONTACT_FORM,
        own: Some(OwnColumns {
            prefix: "contact_forms/x_",
            of: |row| Some(&row.contact_form()?.own),
        }),
    },
    ColumnGroup {
        prefix: "website",
        times: 2,
        items: |office| office.websites.len(),
        pointer: "/websites",
        columns: WEBSITE,
        optional: &[],
        own: Some(OwnColumns { prefix: "websites/x_", of: |row| Some(&row.website()?.own) }),
    },
    ColumnGroup {
        prefix: "",
        times: 1,
        items: |_| 1,
        pointer: "",
        columns: RECORD,
        optional: OPTIONAL_RECORD,
        own: Some(OwnColumns { prefix: "x_", of: |row| Some(&row.office.own) }),
    },
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
    column("kind", "What sort of office it is", |row| text(Some(&row.office.kind))),
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

/// An e-mail address.
const EMAIL: &[ColumnInfo] =
    &[column("", "E-mail address", |row| Some(row.email()?.address().into()))];

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

/// What an office is called and belongs to, besides.
const OPTIONAL_OFFICE: &[OptionalColumn] =
    &[optional("kinds", "kind_name", "Name of that kind", |row| {
        text(row.context.kind(&row.office.kind).map(|kind| &kind.name))
    })];

/// A telephone line, besides.
const OPTIONAL_PHONE: &[OptionalColumn] =
    &[optional("phones/label", "label", "What the line is for", |row| {
        text(row.phone()?.label.as_ref())
    })];

/// An e-mail address, besides.
const OPTIONAL_EMAIL: &[OptionalColumn] =
    &[optional("emails/label", "label", "What the address is for", |row| {
        row.email()?.label().map(Cow::Borrowed)
    })];

/// A contact form.
const OPTIONAL_CONTACT_FORM: &[OptionalColumn] = &[
    optional("contact_forms", "", "URL of a page by which one writes to the office", |row| {
        text(Some(&row.contact_form()?.url))
    }),
    optional("contact_forms/label", "label", "What the form is for", |row| {
        text(row.contact_form()?.label.as_ref())
    }),
];

/// Where the office is, and when it is open.
const OPTIONAL_RECORD: &[OptionalColumn] = &[
    optional("coordinates", "latitude", "Degrees north of the equator (WGS 84)", |row| {
        Some(row.office.coordinates.as_ref()?.latitude.to_string().into())
    }),
    optional("coordinates", "longitude", "Degrees east of Greenwich (WGS 84)", |row| {
        Some(row.office.coordinates.as_ref()?.longitude.to_string().into())
    }),
    optional(
        "opening_hours",
        "opening_hours",
        "When it is open, as OpenStreetMap writes it",
        |row| text(row.office.opening_hours.as_ref()),
    ),
];
