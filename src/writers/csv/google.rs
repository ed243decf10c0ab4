//! The tables that Google Contacts imports: of today, and of before 2024, which Roundcube reads.
//!
//! Header lines as Google's own exports have them.

use super::cells::{CellList, addresses, nicknames, phones, street_with_box};
use crate::model::PhoneType;
use crate::text::spaced;
use crate::writers::OfficeOutput;
use crate::writers::card::{Card, CardAddress};

/// Between the values of one cell.
const SEPARATOR: &str = " ::: ";

/// The second address of the old table: Roundcube leaves out one of another kind than work and home.
const OLD_SECOND: &str = "Home";

/// What tells the two tables apart.
pub(super) struct GoogleTable {
    /// Columns in front of the numbered values.
    fixed: &'static [&'static str],
    /// What a numbered value's kind is called.
    kind: &'static str,
    /// Columns behind the addresses.
    organization: &'static [&'static str],
    /// The column of the full name.
    name: &'static str,
    /// The column of the groups that the contact is in.
    groups: &'static str,
    /// Whether it is for Roundcube, which takes the kinds of the first row for those of all (so that a
    /// column has one kind, named also where there is no value), and has no place for a box.
    for_roundcube: bool,
}

/// Google's table since 2024.
pub(super) static TODAY: GoogleTable = GoogleTable {
    fixed: &[
        "First Name",
        "Middle Name",
        "Last Name",
        "Phonetic First Name",
        "Phonetic Middle Name",
        "Phonetic Last Name",
        "Name Prefix",
        "Name Suffix",
        "Nickname",
        "File As",
        "Organization Name",
        "Organization Title",
        "Organization Department",
        "Birthday",
        "Notes",
        "Photo",
        "Labels",
    ],
    kind: "Label",
    organization: &[],
    name: "Organization Name",
    groups: "Labels",
    for_roundcube: false,
};

/// Google's table before 2024.
pub(super) static OLD: GoogleTable = GoogleTable {
    fixed: &[
        "Name",
        "Given Name",
        "Additional Name",
        "Family Name",
        "Yomi Name",
        "Given Name Yomi",
        "Additional Name Yomi",
        "Family Name Yomi",
        "Name Prefix",
        "Name Suffix",
        "Initials",
        "Nickname",
        "Short Name",
        "Maiden Name",
        "Birthday",
        "Gender",
        "Location",
        "Billing Information",
        "Directory Server",
        "Mileage",
        "Occupation",
        "Hobby",
        "Sensitivity",
        "Priority",
        "Subject",
        "Notes",
        "Language",
        "Photo",
        "Group Membership",
    ],
    kind: "Type",
    organization: &[
        "Organization 1 - Type",
        "Organization 1 - Name",
        "Organization 1 - Yomi Name",
        "Organization 1 - Title",
        "Organization 1 - Department",
        "Organization 1 - Symbol",
        "Organization 1 - Location",
        "Organization 1 - Job Description",
    ],
    name: "Organization 1 - Name",
    groups: "Group Membership",
    for_roundcube: true,
};

/// The parts of an address, in the order of Google's columns.
const ADDRESS: [&str; 8] = [
    "Formatted",
    "Street",
    "City",
    "PO Box",
    "Region",
    "Postal Code",
    "Country",
    "Extended Address",
];

impl GoogleTable {
    /// The names of all columns.
    pub(super) fn header(&self) -> Vec<String> {
        let value = |name: &str| [format!("{name} - {}", self.kind), format!("{name} - Value")];
        let mut header: Vec<String> = self.fixed.iter().map(|&name| name.to_owned()).collect();
        header.extend(value("E-mail 1"));
        // A number for each kind of telephone line: several lines of a kind share a cell.
        header.extend((1..=3).flat_map(|number| value(&format!("Phone {number}"))));
        for number in 1..=2 {
            header.push(format!("Address {number} - {}", self.kind));
            header.extend(ADDRESS.map(|name| format!("Address {number} - {name}")));
        }
        header.extend(self.organization.iter().map(|&name| name.to_owned()));
        header.extend(value("Website 1"));
        header
    }

    /// Fills the row of an office: an organisation without a person's name.
    pub(super) fn fill<'a>(
        &self,
        card: &'a Card<'_>,
        row: &mut CellList<'_, 'a>,
        piece: &mut OfficeOutput,
    ) {
        row.set(self.name, &*card.name);
        row.set("Nickname", nicknames(card, SEPARATOR));
        // The group of all contacts, as Google's own exports name it.
        let groups = card.categories.iter().copied().chain(["* myContacts"]);
        row.set(self.groups, groups.collect::<Vec<_>>().join(SEPARATOR));
        self.value(row, "E-mail 1", "Work", card.emails.join(SEPARATOR));
        let kinds = [
            (PhoneType::Voice, "Work"),
            (PhoneType::Mobile, "Mobile"),
            // Google's own label for a fax machine.
            (PhoneType::Fax, "Work Fax"),
        ];
        // For Roundcube a kind keeps its columns, whether the office has such a line or not; Google's columns are
        // filled from the left.
        let present = kinds
            .iter()
            .filter(|(kind, _)| self.for_roundcube || phones(card, *kind).next().is_some());
        for (number, (kind, label)) in (1..).zip(present) {
            let numbers: Vec<_> = phones(card, *kind).map(|it| spaced(&it.number)).collect();
            self.value(row, &format!("Phone {number}"), label, numbers.join(SEPARATOR));
        }
        if self.for_roundcube {
            row.set("Address 1 - Type", "Work");
            row.set("Address 2 - Type", OLD_SECOND);
        }
        for (at, address) in addresses(card).into_iter().enumerate() {
            match at {
                0 => self.address(row, 1, "Work", address),
                1 if self.for_roundcube => self.address(row, 2, OLD_SECOND, address),
                1 => self.address(row, 2, "Other", address),
                _ => piece.lose("/addresses", "Google's table has columns for two addresses"),
            }
        }
        self.value(row, "Website 1", "Work", card.urls.join(SEPARATOR));
    }

    /// Fills the two columns of a value, kind and text.
    fn value(&self, row: &mut CellList<'_, '_>, name: &str, label: &'static str, text: String) {
        if self.for_roundcube || !text.is_empty() {
            row.set(&format!("{name} - {}", self.kind), label);
            row.set(&format!("{name} - Value"), text);
        }
    }

    /// Fills the columns of an address.
    fn address<'a>(
        &self,
        row: &mut CellList<'_, 'a>,
        number: u8,
        label: &'static str,
        address: &'a CardAddress<'_>,
    ) {
        row.set(&format!("Address {number} - {}", self.kind), label);
        let mut set = |name: &str, text: std::borrow::Cow<'a, str>| {
            row.set(&format!("Address {number} - {name}"), text);
        };
        set("Formatted", address.lines().to_lines().join("\n").into());
        let street = match self.for_roundcube {
            true => street_with_box(address).collect::<Vec<_>>().join("\n"),
            false => address.street_text("\n"),
        };
        set("Street", street.into());
        set("City", (&*address.locality).into());
        // In both tables: where it is passed over, the street has it as well.
        set("PO Box", address.post_office_box.into());
        set("Region", address.region.into());
        set("Postal Code", address.postal_code.into());
        set("Country", address.country.into());
    }
}
