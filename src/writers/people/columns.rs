//! The columns: what they are called, which tables have them, and what their cells hold.

use super::{ColumnCell, ColumnNeed, KnownColumn, RowContent, RowStyle, push_all};
use crate::model::PhoneType;
use crate::read::{AddressPart, CommonMember};
use crate::writers::card::{CardAddress, region_names};
use crate::writers::place::coordinates_text;

/// A column that all tables have.
const fn always(
    heading: &'static str,
    member: &'static str,
    write: fn(&RowContent<'_>, &mut String),
) -> KnownColumn {
    KnownColumn { heading, member, need: ColumnNeed::Always, cell: ColumnCell::Written(write) }
}

/// A column of tables in which that common member occurs.
const fn common(
    heading: &'static str,
    member: &'static str,
    need: CommonMember,
    write: fn(&RowContent<'_>, &mut String),
) -> KnownColumn {
    let need = ColumnNeed::Common(need.bit());
    KnownColumn { heading, member, need, cell: ColumnCell::Written(write) }
}

/// A column of tables in which its own member occurs.
const fn optional(
    heading: &'static str,
    member: &'static str,
    write: fn(&RowContent<'_>, &mut String),
) -> KnownColumn {
    KnownColumn { heading, member, need: ColumnNeed::Optional, cell: ColumnCell::Written(write) }
}

/// A column for a part of the address that people go to.
const fn street(heading: &'static str, part: AddressPart) -> KnownColumn {
    let need = ColumnNeed::Common(CommonMember::Street(part).bit());
    KnownColumn { heading, member: "addresses", need, cell: ColumnCell::Street(part) }
}

/// A column for a part of the address that mail goes to, where that is another one.
const fn mail(heading: &'static str, part: AddressPart) -> KnownColumn {
    let need = ColumnNeed::Common(CommonMember::Mail(part).bit());
    KnownColumn { heading, member: "addresses", need, cell: ColumnCell::Mail(part) }
}

/// A column for telephone lines of a type.
const fn phones(heading: &'static str, kind: PhoneType) -> KnownColumn {
    let need = ColumnNeed::Common(CommonMember::Phone(kind).bit());
    KnownColumn { heading, member: "phones", need, cell: ColumnCell::Phones(kind) }
}

/// The columns but the last, without own members.
pub(super) static TABLE: &[KnownColumn] = &[
    always("Name", "name", |it, cell| cell.push_str(&it.name)),
    always("Kind", "kind", |it, cell| {
        cell.push_str(it.context.kind_name_in(it.office, it.language).name);
    }),
    common("Region", "region", CommonMember::Region, |it, cell| {
        push_all(region_names(it.context, it.office, it.language), " / ", cell);
    }),
    common("Part of", "parent", CommonMember::Parent, |it, cell| {
        let parent = it.office.parent.as_deref().and_then(|id| it.context.parent_name(id));
        cell.push_str(parent.unwrap_or_default());
    }),
    street("Street", AddressPart::Street),
    street("PO box", AddressPart::PostOfficeBox),
    street("Postal code", AddressPart::PostalCode),
    street("City", AddressPart::Locality),
    street("State/Province", AddressPart::Area),
    street("Country", AddressPart::Country),
    mail("Mailing street", AddressPart::Street),
    mail("Mailing PO box", AddressPart::PostOfficeBox),
    mail("Mailing postal code", AddressPart::PostalCode),
    mail("Mailing city", AddressPart::Locality),
    mail("Mailing state/province", AddressPart::Area),
    mail("Mailing country", AddressPart::Country),
    // Of every office, so that letters need not ask which of two addresses is for mail.
    common("Address label", "addresses", CommonMember::Street(AddressPart::Country), |it, cell| {
        if let Some(address) = it.mail.as_ref().or(it.street.as_ref()) {
            push_all(address.label_as_written(&it.name).all_lines(), it.style.separator, cell);
        }
    }),
    phones("Phone", PhoneType::Voice),
    phones("Mobile", PhoneType::Mobile),
    phones("Fax", PhoneType::Fax),
    common("E-mail", "emails", CommonMember::Emails, |it, cell| {
        let emails = it.office.emails.iter().map(|it| (it.address(), it.label()));
        push_labeled(emails, it.style.separator, cell);
    }),
    optional("Contact form", "contact_forms", |it, cell| {
        let forms = it.office.contact_forms.iter();
        push_labeled(forms.map(|it| (&*it.url, it.label.as_deref())), it.style.separator, cell);
    }),
    common("Website", "websites", CommonMember::Websites, |it, cell| {
        push_all(it.office.websites.iter().map(|it| &it.url), it.style.separator, cell);
    }),
    optional("Opening hours", "opening_hours", |it, cell| {
        cell.push_str(it.office.opening_hours.as_deref().unwrap_or_default());
    }),
    common("Other names", "alternate_names", CommonMember::AlternateNames, |it, cell| {
        let names = it.office.other_names_in(it.language).map(|it| it.name);
        push_all(names, it.style.separator, cell);
    }),
    common("Time zone", "time_zone", CommonMember::TimeZone, |it, cell| {
        cell.push_str(it.office.time_zone.as_deref().unwrap_or_default());
    }),
    optional("Coordinates", "coordinates", |it, cell| {
        if let Some(place) = &it.office.coordinates {
            cell.push_str(&coordinates_text(place));
        }
    }),
    common("Updated", "updated", CommonMember::Updated, |it, cell| {
        cell.push_str(it.office.updated.as_deref().unwrap_or_default());
    }),
];
/// The column behind all others.
pub(super) static ID: KnownColumn = always("Id", "id", |it, cell| cell.push_str(&it.office.id));

/// Appends a part of an address, with a separator between lines.
pub(super) fn push_part(
    address: &CardAddress<'_>,
    part: AddressPart,
    separator: &str,
    cell: &mut String,
) {
    match part {
        AddressPart::Street => push_all(address.street(), separator, cell),
        AddressPart::PostOfficeBox => cell.push_str(address.post_office_box),
        AddressPart::PostalCode => cell.push_str(address.postal_code),
        AddressPart::Locality => cell.push_str(&address.locality),
        AddressPart::Area => cell.push_str(address.region),
        AddressPart::Country => cell.push_str(address.country),
    }
}

/// Appends the telephone lines of a type.
pub(super) fn push_phones(content: &RowContent<'_>, kind: PhoneType, cell: &mut String) {
    let RowStyle { number, separator, .. } = content.style;
    let phones = content.office.phones.iter().filter(|phone| phone.kind == kind);
    push_labeled(
        phones.map(|phone| (number(&phone.number), phone.label.as_deref())),
        separator,
        cell,
    );
}

/// Appends numbers or addresses, each with what it is for: "+49 228 97629900 (Visas)".
fn push_labeled<'a, T: AsRef<str>>(
    items: impl Iterator<Item = (T, Option<&'a str>)>,
    separator: &str,
    cell: &mut String,
) {
    for (text, label) in items {
        push_all([text], separator, cell);
        if let Some(label) = label {
            cell.extend([" (", label, ")"]);
        }
    }
}
