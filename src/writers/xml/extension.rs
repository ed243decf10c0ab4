//! Own members in XML. They stand at the end of the office, or behind the regions for those of the header, each with
//! the JSON pointer of the object that has it, as notes have: an e-mail address is an element of text, in which nothing
//! else may stand.

use super::element::XmlElements;
use crate::model::{Header, Office, OwnMembers, OwnValue};

/// Writes those of the organisation, the kinds and the regions.
pub(super) fn of_header(header: &Header<'_>, xml: &mut XmlElements<'_>) {
    let mut all = |pointer: &str, own: &OwnMembers<'_>| {
        own.iter().for_each(|(name, value)| extension(pointer, name, value, xml));
    };
    all("/organization", &header.organization.own);
    for (at, kind) in header.kinds.iter().enumerate() {
        all(&format!("/kinds/{at}"), &kind.own);
    }
    for (at, region) in header.regions.iter().enumerate() {
        all(&format!("/regions/{at}"), &region.own);
    }
}

/// Writes those of an office and of what belongs to it.
pub(super) fn of_office(office: &Office<'_>, xml: &mut XmlElements<'_>) {
    office.each_own(|pointer, name, value| extension(pointer, name, value, xml));
}

/// A text as it is, any other value as JSON.
fn extension(pointer: &str, name: &str, value: &OwnValue, xml: &mut XmlElements<'_>) {
    let (kind, text) = match value.as_str().filter(|text| text.chars().all(is_xml)) {
        Some(text) => (None, text.to_owned()),
        None => (Some("json"), json(value)),
    };
    let pointer = Some(pointer).filter(|pointer| !pointer.is_empty());
    let attributes = [("pointer", pointer), ("name", Some(name)), ("type", kind)];
    xml.leaf("extension", &attributes, Some(&text));
}

/// Whether a character comes out of an XML reader as it went in: a carriage return becomes a line feed (XML 1.0,
/// section 2.11), and most control characters may not be there at all (section 2.2).
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// The value as JSON of characters that XML may have.
fn json(value: &OwnValue) -> String {
    // JSON escapes control characters itself, and these two can stand in a text only.
    value.to_string().replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff")
}
