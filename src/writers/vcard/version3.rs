//! vCard 3.0 (RFC 2426), in the constructs that all address books read.

use super::line::CardLines;
use crate::model::{PhoneType, Use};
use crate::text::international;
use crate::writers::OfficeOutput;
use crate::writers::card::{Card, CardAddress};

/// The property of the UID of the office above.
const PARENT: &str = "X-OFFICEDIR-PARENT";

/// For whose import a card is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CardProfile {
    /// Everybody's.
    Default,
    /// Outlook's on the desktop: it takes text for Windows-1252 unless CHARSET says otherwise.
    Outlook,
    /// KAddressBook's and abook's, which leave out whatever is in a group.
    Plain,
}

/// Appends one card.
pub(super) fn write(card: &Card<'_>, profile: CardProfile, piece: &mut OfficeOutput) {
    let revision = card.revision(piece);
    let lines = CardLines::new(&mut piece.bytes, true);
    let mut writer = Version3 { lines, profile, groups: 0 };
    writer.card(card, revision.as_deref());
    if writer.lines.broken() {
        piece
            .refuse("", "a text has a control character, or a URL or tag one that it may not have");
    }
}

/// A card under way.
struct Version3<'b> {
    /// Takes the lines, and remembers what it could not take.
    lines: CardLines<'b>,
    /// For whom the card is written.
    profile: CardProfile,
    /// How many groups there are so far.
    groups: usize,
}

impl Version3<'_> {
    /// The whole card, in an order that readers which stop early can live with.
    fn card(&mut self, card: &Card<'_>, revision: Option<&str>) {
        self.lines.raw("BEGIN:VCARD").end();
        self.lines.raw("VERSION:3.0").end();
        self.lines.raw("UID:").uri(&card.uid).end();
        // Android makes a first and a last name of FN unless there is an N.
        self.text("N", |value| {
            value.text(&card.name).raw(";;;;");
        });
        self.text("FN", |value| {
            value.text(&card.name);
        });
        for name in card.nicknames {
            self.lines.raw("NICKNAME");
            if let Some(language) = name.language() {
                self.lines.token("LANGUAGE", language);
            }
            // The name and its parameters are written by now.
            self.text("", |value| {
                value.text(name.name());
            });
        }
        // Apple shows a company by the first component, Google and Outlook take a second one for a department.
        self.text("ORG", |value| {
            value.text(&card.name);
        });
        for address in &card.addresses {
            self.address(address);
            self.label(address, &card.name);
        }
        self.contacts(card);
        self.text("CATEGORIES", |value| list(value, ",", &card.categories));
        if let Some(revision) = revision {
            self.lines.line("REV", revision);
        }
        // Apple shows a company and not a person with it; others ignore it.
        self.lines.raw("X-ABShowAs:COMPANY").end();
        if let Some(parent) = card.parent() {
            // Version 3.0 has no RELATED, and what Apple has for it is about people.
            self.lines.raw(PARENT).raw(":").uri(&parent).end();
        }
        for extension in card.extensions() {
            self.lines.raw(&extension.name);
            self.text("", |value| {
                value.text(&extension.text);
            });
        }
        self.lines.raw("END:VCARD").end();
    }

    /// A delivery address by its components.
    fn address(&mut self, address: &CardAddress<'_>) {
        self.lines.raw("ADR");
        self.uses(address);
        self.text("", |value| address_parts(address, value));
    }

    /// The same address as it would be on an envelope.
    fn label(&mut self, address: &CardAddress<'_>, name: &str) {
        self.lines.raw("LABEL");
        self.uses(address);
        self.text("", |value| list(value, "\\n", address.label(name).all_lines()));
    }

    /// The types, unquoted: Apple shows quoted lists wrongly.
    fn uses(&mut self, address: &CardAddress<'_>) {
        self.lines.raw(";TYPE=WORK");
        for use_ in address.uses {
            self.lines.raw(match use_ {
                Use::Physical => ",PARCEL",
                Use::Postal => ",POSTAL",
            });
        }
        if let Some(language) = address.language {
            self.lines.token("LANGUAGE", language);
        }
    }

    /// Telephones, email, websites and where the office is.
    fn contacts(&mut self, card: &Card<'_>) {
        for phone in &card.phones {
            self.labelled(phone.label.as_deref(), |lines| {
                lines
                    .raw("TEL;TYPE=")
                    .raw(phone_types(phone.kind))
                    .raw(":")
                    .text(&international(&phone.number))
                    .end();
            });
        }
        for email in card.emails {
            let address = email.address();
            self.labelled(email.label(), |lines| lines.line("EMAIL;TYPE=INTERNET", address));
        }
        for url in &card.urls {
            // Outlook takes websites, as it takes numbers, only with the type WORK.
            self.lines.raw("URL;TYPE=WORK:").uri(url).end();
        }
        for form in &card.forms {
            // Address books show forms as the websites that they are, with what they are for.
            let url = |lines: &mut CardLines<'_>| lines.raw("URL;TYPE=WORK:").uri(&form.url).end();
            self.labelled(Some(form.label()), url);
        }
        if let Some(zone) = card.time_zone {
            // Without the type it would be an offset (RFC 2426, section 3.4.1).
            self.text("TZ;VALUE=text", |value| {
                value.text(zone);
            });
        }
        if let Some([latitude, longitude]) = card.coordinates() {
            self.lines.raw("GEO:").raw(&latitude).raw(";").raw(&longitude).end();
        }
    }

    /// Writes a line with a label of its own: both are in a group, as Apple and Google have it. A group is called
    /// `item` and a number, which Roundcube removes from the name of a property, and no other.
    fn labelled(&mut self, label: Option<&str>, line: impl FnOnce(&mut CardLines<'_>)) {
        // Of Outlook nobody has said that it takes a property that is in a group.
        let Some(label) = label.filter(|_| self.profile == CardProfile::Default) else {
            return line(&mut self.lines);
        };
        self.groups += 1;
        let group = format!("item{}.", self.groups);
        self.lines.raw(&group);
        line(&mut self.lines);
        // On one line however long: Roundcube takes what is folded for a part of the value.
        self.lines.raw(&group).raw("X-ABLabel:").text(label).end_whole();
    }

    /// Ends a line that has its parameters with a value of text.
    fn text(&mut self, name: &str, value: impl FnOnce(&mut CardLines<'_>)) {
        self.lines.raw(name);
        if self.profile == CardProfile::Outlook {
            // Version 3.0 has no such parameter any more (RFC 2426, section 5), so nobody else is given it.
            self.lines.raw(";CHARSET=UTF-8");
        }
        self.lines.raw(":");
        value(&mut self.lines);
        self.lines.end();
    }
}

/// The types of a telephone line.
pub(super) fn phone_types(kind: PhoneType) -> &'static str {
    match kind {
        // FAX alone is shown as a telephone.
        PhoneType::Fax => "WORK,FAX",
        PhoneType::Mobile => "WORK,CELL",
        PhoneType::Voice => "WORK,VOICE",
    }
}

/// The components of an address. Those of the post-office box and of the extended address stay empty, as RFC 6350,
/// section 6.3.1, recommends for 4.0: some readers do not show them, and the others would show a box twice that stood
/// in the street as well.
pub(super) fn address_parts(address: &CardAddress<'_>, value: &mut CardLines<'_>) {
    value.raw(";;");
    // The line break stands here as its escape, because only the items are escaped.
    list(value, "\\n", address.street_with_box());
    value.raw(";").text(&address.locality).raw(";").text(address.region);
    value.raw(";").text(address.postal_code).raw(";").text(address.country);
}

/// Items with a separator between them, each escaped.
fn list<T: AsRef<str>>(
    value: &mut CardLines<'_>,
    separator: &str,
    items: impl IntoIterator<Item = T>,
) {
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            value.raw(separator);
        }
        value.text(item.as_ref());
    }
}
