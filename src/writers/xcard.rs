//! The cards of address books as XML: xCard (RFC 6351). Elements stand in the order of the RFC's schema, which
//! the interop suite holds the output to.

use super::card::{self, Card, CardAddress, lose_beside_vcard, phone_type};
use super::options::SCRIPT;
use super::xml::element::XmlElements;
use super::{OfficeOutput, OmittedMembers, Writer, WriterInfo, WriterOptions};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::postal::Script;

/// xCard.
pub static INFO: WriterInfo = WriterInfo {
    name: "xcard",
    about: "vCards as XML (xCard, RFC 6351), for systems that exchange contacts",
    file: "offices.xcard.xml",
    default: false,
    leaves_out: &[OmittedMembers::always(card::LEAVES_OUT)],
    options: &[SCRIPT],
    build,
};

/// RFC 6351, section 5.
const NAMESPACE: &str = "urn:ietf:params:xml:ns:vcard-4.0";

/// What the writer is told.
struct XCard {
    /// Which address is first, where an office has it in two scripts.
    script: Script,
}

/// Makes the writer of options that were checked already.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(XCard { script: options.script() }))
}

impl Writer for XCard {
    fn begin(&self, _context: &Context<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        XmlElements::new(out, 0).open("vcards", &[("xmlns", Some(NAMESPACE))]);
    }

    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let card = Card::in_script(context, office, self.script);
        card.lose_uses("xCard", piece);
        lose_beside_vcard(&card, office, "xCard", piece);
        let revision = card.revision(piece);
        let mut xml = XmlElements::new(&mut piece.bytes, 1);
        xml.parent("vcard", &[], |xml| write(&card, revision.as_deref(), xml));
    }

    fn end(&self, _context: &Context<'_>, out: &mut Vec<u8>) {
        XmlElements::new(out, 1).close("vcards");
    }
}

/// Where elements are written to.
type Xml<'a, 'b> = &'a mut XmlElements<'b>;

/// The properties, in the order of the schema in RFC 6351.
fn write(card: &Card<'_>, revision: Option<&str>, xml: Xml<'_, '_>) {
    value("fn", "text", &card.name, xml);
    value("kind", "text", "org", xml);
    value("uid", "uri", &card.uid, xml);
    for name in card.nicknames {
        xml.parent("nickname", &[], |xml| {
            if let Some(tag) = name.language() {
                xml.parent("parameters", &[], |xml| language(tag, xml));
            }
            text(name.name(), xml);
        });
    }
    // As in the vCards.
    value("org", "text", &card.name, xml);
    for address in &card.addresses {
        xml.parent("adr", &[], |xml| write_address(address, &card.name, xml));
    }
    contacts(card, xml);
    list("categories", &card.categories, xml);
    if let Some(parent) = card.parent() {
        typed("related", &["parent"], ("uri", &parent), xml);
    }
    if let Some(zone) = card.time_zone {
        value("tz", "text", zone, xml);
    }
    if let Some(uri) = card.geo_uri() {
        value("geo", "uri", &uri, xml);
    }
    if let Some(time) = revision {
        value("rev", "timestamp", &timestamp(time), xml);
    }
    // The RFC's schema has none of these elements; section 5.1 has them.
    for extension in card.extensions() {
        value(&extension.name.to_ascii_lowercase(), "text", &extension.text, xml);
    }
}

/// Telephones, email and URLs. What has a label is in a group with it, as in the vCards.
fn contacts(card: &Card<'_>, xml: Xml<'_, '_>) {
    let mut groups = 0;
    let mut add = |name: &str, types: &[&str], content: (&str, &str), label: Option<&str>| {
        let Some(label) = label else { return typed(name, types, content, xml) };
        groups += 1;
        let group = format!("item{groups}");
        xml.parent("group", &[("name", Some(&group))], |xml| {
            typed(name, types, content, xml);
            value("x-ablabel", "text", label, xml);
        });
    };
    for phone in &card.phones {
        let types = ["work", phone_type(phone.kind)];
        // Text and no `tel:` URI, as in the vCards: several readers show the scheme.
        add("tel", &types, ("text", &phone.number), phone.label.as_deref());
    }
    for email in card.emails {
        add("email", &["work"], ("text", email.address()), email.label());
    }
    for url in &card.urls {
        add("url", &["work"], ("uri", url), None);
    }
    for form in &card.forms {
        add("url", &["work"], ("uri", &form.url), Some(form.label()));
    }
}

/// The content of `adr`: all seven components in this order, also the empty ones.
fn write_address(address: &CardAddress<'_>, name: &str, xml: Xml<'_, '_>) {
    xml.parent("parameters", &[], |xml| {
        if let Some(tag) = address.language {
            language(tag, xml);
        }
        xml.parent("type", &[], |xml| text("work", xml));
        let label = address.label(name).to_lines();
        xml.parent("label", &[], |xml| text(&label.join("\n"), xml));
    });
    let street = address.street_with_box_text();
    let components = [
        // These two should be empty (RFC 6350, section 6.3.1).
        ("pobox", ""),
        ("ext", ""),
        ("street", &street),
        ("locality", &address.locality),
        ("region", address.region),
        ("code", address.postal_code),
        ("country", address.country),
    ];
    for (name, value) in components {
        xml.leaf(name, &[], Some(value));
    }
}

/// A value of type text.
fn text(text: &str, xml: Xml<'_, '_>) {
    xml.leaf("text", &[], Some(text));
}

/// A property with a single value.
fn value(name: &str, kind: &str, value: &str, xml: Xml<'_, '_>) {
    xml.parent(name, &[], |xml| xml.leaf(kind, &[], Some(value)));
}

/// A property with several texts.
fn list(name: &str, texts: &[&str], xml: Xml<'_, '_>) {
    xml.parent(name, &[], |xml| texts.iter().for_each(|it| text(it, xml)));
}

/// A property with types.
fn typed(name: &str, types: &[&str], (kind, value): (&str, &str), xml: Xml<'_, '_>) {
    xml.parent(name, &[], |xml| {
        xml.parent("parameters", &[], |xml| list("type", types, xml));
        xml.leaf(kind, &[], Some(value));
    });
}

/// In small letters, which are all that RFC 6351's schema takes; BCP 47 does not tell letters apart by
/// case.
fn language(tag: &str, xml: Xml<'_, '_>) {
    value("language", "language-tag", &tag.to_ascii_lowercase(), xml);
}

/// RFC 3339 date and time in the basic format of RFC 6350, section 4.3.5.
fn timestamp(time: &str) -> String {
    let (date, time) = time.split_at_checked(10).unwrap_or((time, ""));
    // Only the date has hyphens to lose: in the time a hyphen is the sign of the offset.
    date.replace('-', "") + &time.replace(':', "")
}

#[cfg(test)]
mod tests {
    use super::timestamp;

    #[test]
    fn timestamps() {
        assert_eq!(timestamp("2025-01-31T00:10:20Z"), "20250131T001020Z");
        assert_eq!(timestamp("2025-01-31T00:10:20-05:30"), "20250131T001020-0530");
    }
}
