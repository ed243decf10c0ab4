//! The contact that a telephone reads from a QR code, which is the smaller the less it holds.
//!
//! It is a vCard 3.0 that is valid by RFC 2426, less whatever a telephone does not show or takes for granted. Types
//! stand where Android would otherwise call a number or an address that of a home. There are no folds and no groups,
//! which the readers of many telephones do not know.

use super::line::CardLines;
use super::version3::{address_parts, phone_types};
use crate::model::PhoneType;
use crate::writers::card::Card;

/// Appends the contact.
pub(super) fn write(card: &Card<'_>, out: &mut Vec<u8>) {
    let mut lines = CardLines::new(out, false);
    lines.raw("BEGIN:VCARD").end();
    lines.raw("VERSION:3.0").end();
    // Both are obligatory, and Android makes a first and a last name of FN unless there is an N.
    lines.line("N", &card.name);
    lines.line("FN", &card.name);
    lines.line("ORG", card.units.first().copied().unwrap_or_default());
    for address in &card.addresses {
        lines.raw("ADR;TYPE=WORK:");
        address_parts(address, &mut lines);
        lines.end();
    }
    for phone in &card.phones {
        let types = match phone.kind {
            // A telephone is what a number without a type is (RFC 2426, section 3.3.1).
            PhoneType::Voice => "WORK",
            kind => phone_types(kind),
        };
        lines.raw("TEL;TYPE=").raw(types).raw(":").text(&phone.number).end();
    }
    for email in card.emails {
        lines.line("EMAIL", email.address());
    }
    for url in &card.urls {
        lines.raw("URL:").uri(url).end();
    }
    lines.raw("END:VCARD").end();
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use smallvec::smallvec;

    use super::write;
    use crate::model::{Address, Phone};
    use crate::writers::card::{Card, CardAddress};

    #[test]
    fn what_a_telephone_needs_and_no_more() {
        let text = r#"{"uses": ["postal"], "post_office_box": "1", "locality": "Bonn", "country": "DE", "language": "de"}"#;
        let address: Address<'_> = serde_json::from_str(text).unwrap();
        let fax: Phone<'_> = serde_json::from_str(r#"{"type": "fax", "number": "+491"}"#).unwrap();
        let voice: Phone<'_> =
            serde_json::from_str(r#"{"type": "voice", "number": "+492", "label": "Desk"}"#)
                .unwrap();
        let mut card = Card::default();
        card.name = "Org; Büro".into();
        card.units = smallvec!["Org", "Above", "Büro"];
        card.categories = smallvec!["Region"];
        card.addresses = smallvec![CardAddress::new(&address)];
        card.phones = smallvec![&fax, &voice];
        card.urls = smallvec!["https://example.org".into()];
        card.time_zone = Some("Europe/Berlin");
        card.updated = Some("2026-01-02T03:04:05Z");
        let mut written = Vec::new();
        write(&card, &mut written);
        let expected = [
            "BEGIN:VCARD",
            "VERSION:3.0",
            "N:Org\\; Büro",
            "FN:Org\\; Büro",
            "ORG:Org",
            "ADR;TYPE=WORK:;;Postfach 1;Bonn;;;Germany",
            "TEL;TYPE=WORK,FAX:+491",
            "TEL;TYPE=WORK:+492",
            "URL:https://example.org",
            "END:VCARD",
            "",
        ];
        assert_eq!(String::from_utf8(written).unwrap(), expected.join("\r\n"));
    }
}
