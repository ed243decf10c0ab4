//! The tables that Google Contacts imports: of today, and of before 2024, which Roundcube reads.
//!
//! Header lines as Google's own exports have them.

mod labels;
mod separator;

use std::borrow::Cow;

use super::cells::{CellList, addresses, nicknames, phones};
use crate::model::PhoneType;
use crate::text::spaced;
use crate::writers::OfficeOutput;
use crate::writers::card::{CONTACT_FORM, Card, CardAddress};

use labels::LabelledValues;
use separator::report_split;

/// Between the values of one cell.
const SEPARATOR: &str = " ::: ";

/// The types of telephone lines with Google's own labels, in the order of the columns.
const PHONES: [(PhoneType, &str); 3] =
    [(PhoneType::Voice, "Work"), (PhoneType::Mobile, "Mobile"), (PhoneType::Fax, "Work Fax")];

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
    /// The names of all columns. Each label has a number of its own, so that a table with labels has more of them;
    /// Roundcube's has no labels, and its forms are a second kind of website.
    pub(super) fn header(&self, has_labels: bool) -> Vec<String> {
        let [emails, phones, websites] = match (has_labels, self.for_roundcube) {
            (false, _) => [1, 3, 1],
            (true, true) => [1, 3, 2],
            // Websites, forms without a label, and labels.
            (true, false) => [1, 3, 2].map(|count| count + LabelledValues::MOST),
        };
        let value = |name: &str| [format!("{name} - {}", self.kind), format!("{name} - Value")];
        let mut header: Vec<String> = self.fixed.iter().map(|&name| name.to_owned()).collect();
        let numbered = |name: &str, count: usize, header: &mut Vec<String>| {
            header.extend((1..=count).flat_map(|number| value(&format!("{name} {number}"))));
        };
        numbered("E-mail", emails, &mut header);
        // A number for each kind of telephone line: several lines of a kind share a cell.
        numbered("Phone", phones, &mut header);
        for number in 1..=2 {
            header.push(format!("Address {number} - {}", self.kind));
            header.extend(ADDRESS.map(|name| format!("Address {number} - {name}")));
        }
        header.extend(self.organization.iter().map(|&name| name.to_owned()));
        numbered("Website", websites, &mut header);
        header
    }

    /// Fills the row of an office: an organisation without a person's name.
    pub(super) fn fill<'a>(
        &self,
        card: &'a Card<'_>,
        row: &mut CellList<'_, 'a>,
        piece: &mut OfficeOutput,
    ) {
        report_split(card, piece);
        row.set(self.name, &*card.name);
        row.set("Nickname", nicknames(card, SEPARATOR));
        // The group of all contacts, as Google's own exports name it.
        let groups = card.categories.iter().copied().chain(["* myContacts"]);
        row.set(self.groups, groups.collect::<Vec<_>>().join(SEPARATOR));
        self.contacts(card, row, &mut |list, at| {
            let why = format!("Google's table has columns for {} labels", LabelledValues::MOST);
            piece.lose(format!("/{list}/{at}/label"), why);
        });
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
    }

    /// Fills the columns of e-mail addresses, telephone lines and websites.
    fn contacts<'a>(
        &self,
        card: &'a Card<'_>,
        row: &mut CellList<'_, 'a>,
        lose: &mut impl FnMut(&str, usize),
    ) {
        let mut emails = self.values(&["Work"]);
        for (at, email) in card.emails.iter().enumerate() {
            if !emails.add(self.own(email.label()), "Work", email.address()) {
                lose("emails", at);
            }
        }
        self.columns(row, "E-mail", 1, emails);
        let mut lines = self.values(&PHONES.map(|(_, label)| label));
        for (kind, label) in PHONES {
            for phone in phones(card, kind) {
                let own = self.own(phone.label.as_deref()).map(|own| of_type(own, kind));
                if !lines.add(own, label, &spaced(&phone.number)) {
                    lose("phones", card.position(phone));
                }
            }
        }
        self.columns(row, "Phone", 1, lines);
        self.websites(card, row, lose);
    }

    /// Fills the columns of websites and of forms, which are websites too.
    fn websites<'a>(
        &self,
        card: &'a Card<'_>,
        row: &mut CellList<'_, 'a>,
        lose: &mut impl FnMut(&str, usize),
    ) {
        let mut urls = self.values(&["Work"]);
        for url in &card.urls {
            urls.add(None, "Work", url);
        }
        if self.for_roundcube {
            self.columns(row, "Website", 1, urls);
            if row.has("Website 2 - Value") {
                let forms: Vec<&str> = card.forms.iter().map(|form| &*form.url).collect();
                let forms = LabelledValues::single("Work", forms.join(SEPARATOR));
                self.columns(row, "Website", 2, forms);
            }
            return;
        }
        for (at, form) in card.forms.iter().enumerate() {
            if !urls.add(form.label.map(Cow::from), CONTACT_FORM, &form.url) {
                lose("contact_forms", at);
            }
        }
        self.columns(row, "Website", 1, urls);
    }

    /// No values yet. For Roundcube a label keeps its columns, whether the office has such a value or not; Google's
    /// columns are filled from the left.
    fn values<'a>(&self, labels: &[&'static str]) -> LabelledValues<'a> {
        match self.for_roundcube {
            true => LabelledValues::fixed(labels),
            false => LabelledValues::default(),
        }
    }

    /// The office's own label, where the table has any.
    fn own<'a>(&self, label: Option<&'a str>) -> Option<Cow<'a, str>> {
        label.filter(|_| !self.for_roundcube).map(Cow::from)
    }

    /// Fills pairs of columns from that number on, with label and cell.
    fn columns<'a>(
        &self,
        row: &mut CellList<'_, 'a>,
        name: &str,
        first: usize,
        values: LabelledValues<'a>,
    ) {
        for (number, (label, cell)) in (first..).zip(values.into_groups()) {
            row.set(&format!("{name} {number} - {}", self.kind), label);
            row.set(&format!("{name} {number} - Value"), cell);
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
            true => address.street_with_box_text(),
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

/// A label with the type of a telephone line that is none for calls, since the label stands in the type's place.
fn of_type(label: Cow<'_, str>, kind: PhoneType) -> Cow<'_, str> {
    match kind {
        PhoneType::Fax => format!("{label} (Fax)").into(),
        PhoneType::Mobile => format!("{label} (Mobile)").into(),
        PhoneType::Voice => label,
    }
}
