//! The cards of address books as JSON: jCard (RFC 7095).
//!
//! A jCard is an array of properties, each an array of name, parameters, type and value. Programs of the web
//! read it without a parser for vCards.

use serde_json::{Map, Value, json};

use super::array::{ArrayAssembler, item};
use super::card::{self, Card, CardAddress, CardExtension, lose_beside_vcard, phone_type};
use super::options::SCRIPT;
use super::{Assembler, OfficeOutput, OmittedMembers, Writer, WriterInfo, WriterOptions};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::postal::Script;

/// jCard.
pub static INFO: WriterInfo = WriterInfo {
    name: "jcard",
    about: "vCards as JSON (jCard, RFC 7095), for web applications; one array of cards",
    file: "offices.jcard.json",
    default: false,
    leaves_out: &[OmittedMembers::always(card::LEAVES_OUT)],
    options: &[SCRIPT],
    build,
};

/// What the writer is told.
struct JCard {
    /// Which address is first, where an office has it in two scripts.
    script: Script,
}

/// Makes the writer of options that were checked already.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(JCard { script: options.script() }))
}

impl Writer for JCard {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let card = Card::in_script(context, office, self.script);
        card.lose_uses("jCard", piece);
        lose_beside_vcard(&card, office, "jCard", piece);
        let revision = card.revision(piece);
        item(&json!(["vcard", properties(&card, revision.as_deref())]), piece);
    }

    fn join<'a>(&'a self, _context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        Some(Box::new(ArrayAssembler::default()))
    }
}

/// The properties, in the order of the vCards.
fn properties(card: &Card<'_>, revision: Option<&str>) -> Vec<Value> {
    let mut all = vec![
        json!(["version", {}, "text", "4.0"]),
        json!(["kind", {}, "text", "org"]),
        json!(["uid", {}, "uri", card.uid]),
        json!(["fn", {}, "text", card.name]),
        // As in the vCards.
        json!(["org", {}, "text", card.name]),
    ];
    for name in card.nicknames {
        all.push(json!(["nickname", language(name.language()), "text", name.name()]));
    }
    all.extend(card.addresses.iter().map(|it| address(it, &card.name)));
    contacts(card, &mut all);
    // Several values stand beside each other in the property itself.
    let categories = card.categories.iter().map(|it| json!(it));
    let head = [json!("categories"), json!({}), json!("text")];
    all.push(head.into_iter().chain(categories).collect());
    if let Some(parent) = card.parent() {
        all.push(json!(["related", {"type": "parent"}, "uri", parent]));
    }
    if let Some(zone) = card.time_zone {
        all.push(json!(["tz", {}, "text", zone]));
    }
    if let Some(uri) = card.geo_uri() {
        all.push(json!(["geo", {}, "uri", uri]));
    }
    if let Some(time) = revision {
        all.push(json!(["rev", {}, "timestamp", time]));
    }
    // What makes Apple show a company, as in the vCards; "unknown" is the type of properties that no
    // RFC has (RFC 7095, section 5).
    all.push(json!(["x-abshowas", {}, "unknown", "COMPANY"]));
    for CardExtension { name, text } in card.extensions() {
        // The type is known: a text whose escapes are JSON's and not vCard's.
        all.push(json!([name.to_ascii_lowercase(), {}, "text", text]));
    }
    all
}

/// Telephones, email and URLs. What has a label is in a group with it, as in the vCards (RFC 7095, section 3.3.1.2).
fn contacts(card: &Card<'_>, all: &mut Vec<Value>) {
    let mut groups = 0;
    let mut add = |mut property: Value, label: Option<&str>| {
        let Some(label) = label else { return all.push(property) };
        groups += 1;
        let group = format!("item{groups}");
        property[1]["group"] = group.clone().into();
        all.push(property);
        all.push(json!(["x-ablabel", {"group": group}, "text", label]));
    };
    for phone in &card.phones {
        // Text and no `tel:` URI, as in the vCards: several readers show the scheme.
        let types = json!({"type": ["work", phone_type(phone.kind)]});
        add(json!(["tel", types, "text", phone.number]), phone.label.as_deref());
    }
    let work = || json!({"type": "work"});
    for email in card.emails {
        add(json!(["email", work(), "text", email.address()]), email.label());
    }
    for url in &card.urls {
        add(json!(["url", work(), "uri", url]), None);
    }
    for form in &card.forms {
        add(json!(["url", work(), "uri", form.url]), Some(form.label()));
    }
}

/// The parameter for a language.
fn language(tag: Option<&str>) -> Map<String, Value> {
    tag.map(|tag| ("language".to_owned(), json!(tag))).into_iter().collect()
}

/// The property of an address.
fn address(address: &CardAddress<'_>, name: &str) -> Value {
    let mut parameters = language(address.language);
    parameters.insert("type".into(), json!("work"));
    parameters.insert("cc".into(), json!(address.country_code));
    let label = address.label(name).to_lines();
    parameters.insert("label".into(), json!(label.join("\n")));
    let components = json!([
        // The post-office box and the extended address should be empty (RFC 6350, section 6.3.1).
        "",
        "",
        address.street_with_box_text(),
        address.locality,
        address.region,
        address.postal_code,
        address.country,
    ]);
    json!(["adr", parameters, "text", components])
}
