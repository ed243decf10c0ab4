//! The table that Thunderbird imports without asking for the meaning of its columns.

use super::cells::{CellList, addresses, nicknames, phones};
use crate::model::{Email, PhoneType};
use crate::text::spaced;
use crate::writers::OfficeOutput;
use crate::writers::card::Card;

/// The header line of the English Thunderbird's own export; other languages have other names.
pub(super) const HEADER: &[&str] = &[
    "First Name",
    "Last Name",
    "Display Name",
    "Nickname",
    "Primary Email",
    "Secondary Email",
    "Screen Name",
    "Work Phone",
    "Home Phone",
    "Fax Number",
    "Pager Number",
    "Mobile Number",
    "Home Address",
    "Home Address 2",
    "Home City",
    "Home State",
    "Home ZipCode",
    "Home Country",
    "Work Address",
    "Work Address 2",
    "Work City",
    "Work State",
    "Work ZipCode",
    "Work Country",
    "Job Title",
    "Department",
    "Organization",
    "Web Page 1",
    "Web Page 2",
    "Birth Year",
    "Birth Month",
    "Birth Day",
    "Custom 1",
    "Custom 2",
    "Custom 3",
    "Custom 4",
    "Notes",
];

/// Fills the row of an office. Thunderbird has no third kind of address: a postal address of its own
/// stands in the home columns.
pub(super) fn fill<'a>(card: &'a Card<'_>, row: &mut CellList<'_, 'a>, piece: &mut OfficeOutput) {
    row.set("Display Name", &*card.name);
    // Thunderbird sorts by the display name and shows the organisation.
    row.set("Organization", &*card.name);
    row.set("Nickname", nicknames(card, ", "));
    let emails = ["Primary Email", "Secondary Email"];
    // Each value that has no column left is reported by itself, here and below.
    for email in row.spread(&emails, card.emails.iter().map(Email::address)) {
        piece.lose("/emails", format!("Thunderbird's table has no column left for {email}"));
    }
    let lines = [
        (PhoneType::Voice, "Work Phone"),
        (PhoneType::Mobile, "Mobile Number"),
        (PhoneType::Fax, "Fax Number"),
    ];
    for (kind, column) in lines {
        for number in row.spread(&[column], phones(card, kind).map(|it| spaced(&it.number))) {
            piece.lose("/phones", format!("Thunderbird's table has no column left for {number}"));
        }
    }
    let mut addresses = addresses(card).into_iter();
    for (group, address) in ["Work", "Home"].iter().zip(addresses.by_ref().take(2)) {
        // There are two columns: the first line, and all others behind one another in the second.
        let mut street = address.street_with_box();
        row.set(&format!("{group} Address"), street.next().unwrap_or_default());
        row.set(&format!("{group} Address 2"), street.collect::<Vec<_>>().join(", "));
        row.set(&format!("{group} City"), &*address.locality);
        row.set(&format!("{group} State"), address.region);
        row.set(&format!("{group} ZipCode"), address.postal_code);
        row.set(&format!("{group} Country"), address.country);
    }
    for _ in addresses {
        piece.lose("/addresses", "Thunderbird's table has columns for two addresses");
    }
    for url in row.spread(&["Web Page 1", "Web Page 2"], card.urls.iter().map(|url| &**url)) {
        piece.lose("/websites", format!("Thunderbird's table has no column left for {url}"));
    }
}
