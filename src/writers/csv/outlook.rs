//! The table that Outlook.com imports and exports.

use super::cells::{CellList, addresses, nicknames, phones};
use crate::model::{Email, PhoneType};
use crate::text::spaced;
use crate::writers::OfficeOutput;
use crate::writers::card::Card;

/// The header line of Outlook.com's own export.
pub(super) const HEADER: &[&str] = &[
    "First Name",
    "Middle Name",
    "Last Name",
    "Title",
    "Suffix",
    "Nickname",
    "Given Yomi",
    "Surname Yomi",
    "E-mail Address",
    "E-mail 2 Address",
    "E-mail 3 Address",
    "Home Phone",
    "Home Phone 2",
    "Business Phone",
    "Business Phone 2",
    "Mobile Phone",
    "Car Phone",
    "Other Phone",
    "Primary Phone",
    "Pager",
    "Business Fax",
    "Home Fax",
    "Other Fax",
    "Company Main Phone",
    "Callback",
    "Radio Phone",
    "Telex",
    "TTY/TDD Phone",
    "IMAddress",
    "Job Title",
    "Department",
    "Company",
    "Office Location",
    "Manager's Name",
    "Assistant's Name",
    "Assistant's Phone",
    "Company Yomi",
    "Business Street",
    "Business City",
    "Business State",
    "Business Postal Code",
    "Business Country/Region",
    "Home Street",
    "Home City",
    "Home State",
    "Home Postal Code",
    "Home Country/Region",
    "Other Street",
    "Other City",
    "Other State",
    "Other Postal Code",
    "Other Country/Region",
    "Personal Web Page",
    "Spouse",
    "Schools",
    "Hobby",
    "Location",
    "Web Page",
    "Birthday",
    "Anniversary",
    "Notes",
];

/// Fills the row of an office: a company without a person's name.
pub(super) fn fill<'a>(card: &'a Card<'_>, row: &mut CellList<'_, 'a>, piece: &mut OfficeOutput) {
    row.set("Company", &*card.name);
    row.set("Nickname", nicknames(card, ", "));
    let emails = ["E-mail Address", "E-mail 2 Address", "E-mail 3 Address"];
    // What has no column left is reported one by one, so that each value that is missing has its own line.
    for email in row.spread(&emails, card.emails.iter().map(Email::address)) {
        piece.lose("/emails", format!("Outlook's table has no column left for {email}"));
    }
    let lines: [(PhoneType, &[&str]); 3] = [
        (PhoneType::Voice, &["Business Phone", "Business Phone 2", "Other Phone"]),
        (PhoneType::Mobile, &["Mobile Phone"]),
        (PhoneType::Fax, &["Business Fax", "Other Fax"]),
    ];
    for (kind, columns) in lines {
        for number in row.spread(columns, phones(card, kind).map(|it| spaced(&it.number))) {
            piece.lose("/phones", format!("Outlook's table has no column left for {number}"));
        }
    }
    let mut addresses = addresses(card).into_iter();
    // The home columns stay empty: contacts of an office would be shown as somebody's home.
    for (group, address) in ["Business", "Other"].iter().zip(addresses.by_ref().take(2)) {
        // The table has no column for a post-office box, so that it stands in the street.
        row.set(&format!("{group} Street"), address.street_with_box_text());
        row.set(&format!("{group} City"), &*address.locality);
        row.set(&format!("{group} State"), address.region);
        row.set(&format!("{group} Postal Code"), address.postal_code);
        row.set(&format!("{group} Country/Region"), address.country);
    }
    for _ in addresses {
        piece.lose("/addresses", "Outlook's table has columns for two office addresses");
    }
    for url in row.spread(&["Web Page", "Personal Web Page"], card.urls.iter().map(|url| &**url)) {
        piece.lose("/websites", format!("Outlook's table has no column left for {url}"));
    }
}
