//! The offices as JSContact cards (RFC 9553), the data model of contacts in JMAP.
//!
//! It is not a vCard in other syntax: lists are maps by id, names in other languages are patches of the card,
//! and an address has components in order.

use serde_json::{Map, Value, json};
use vcard::chrono::{DateTime, FixedOffset, SecondsFormat, Utc};

use super::array::{ArrayAssembler, item};
use super::card::{self, Card, CardAddress};
use super::{Assembler, OfficeOutput, OmittedMembers, Writer, WriterInfo, WriterOptions};
use crate::directory::Context;
use crate::error::Error;
use crate::model::{Office, PhoneType, Use};

/// JSContact.
pub static INFO: WriterInfo = WriterInfo {
    name: "jscontact",
    about: "JSContact cards (RFC 9553), as JMAP exchanges contacts; one array of cards",
    file: "offices.jscontact.json",
    default: false,
    leaves_out: &[OmittedMembers::always(card::LEAVES_OUT)],
    options: &[],
    build,
};

/// There are no options.
struct JsContact;

/// Makes the writer; without options there is nothing to check.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(_options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(JsContact))
}

impl Writer for JsContact {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let card = Card::new(context, office);
        report_losses(&card, piece);
        item(&object(&card), piece);
    }

    fn join<'a>(&'a self, _context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        Some(Box::new(ArrayAssembler::default()))
    }
}

/// What JSContact has no place for, or only in another place.
fn report_losses(card: &Card<'_>, piece: &mut OfficeOutput) {
    card.lose_postal_only("JSContact", piece);
    let languages: Vec<_> = card.nicknames.iter().map(|name| name.language()).collect();
    for (at, language) in languages.iter().enumerate() {
        // The first name in a language keeps it, as a localization of the card.
        if language.is_some() && languages[..at].contains(language) {
            let why = "JSContact has one name in each language; a nickname has none";
            piece.lose(format!("/alternate_names/{at}/language"), why);
        }
    }
    for (at, address) in card.addresses.iter().enumerate() {
        if address.language.is_some() {
            let why = "JSContact has no language for an address of its own";
            piece.lose(format!("/addresses/{at}/language"), why);
        }
    }
    if card.time_zone.is_some() && card.addresses.is_empty() {
        piece.lose("/time_zone", "JSContact has time zones of addresses only, and there is none");
    }
}

/// The card. Maps that would be empty are left out.
fn object(card: &Card<'_>) -> Value {
    let mut object = json!({
        "@type": "Card",
        "version": "1.0",
        "uid": card.uid,
        "kind": "org",
        "name": {"full": card.name},
        "organizations": {"1": organization(&card.units)},
        "keywords": card.categories.iter().map(|it| ((*it).to_owned(), true.into())).collect::<Map<_, _>>(),
    });
    // RFC 9553 has maps where other formats have lists, and none of them needs to be there.
    let mut put = |name: &str, value: Value| {
        if value.as_object().is_some_and(|map| !map.is_empty()) || value.is_string() {
            object[name] = value;
        }
    };
    let (nicknames, localizations) = names(card);
    put("nicknames", nicknames);
    put("localizations", localizations);
    let work = || json!({"work": true});
    put("addresses", numbered(card.addresses.iter().map(|it| address(it, card))));
    let phones = card.phones.iter().map(|phone| {
        json!({"number": phone.number, "features": {feature(phone.kind): true}, "contexts": work()})
    });
    put("phones", numbered(phones));
    let emails = card.emails.iter().map(|it| json!({"address": it, "contexts": work()}));
    put("emails", numbered(emails));
    put("links", numbered(card.urls.iter().map(|it| json!({"uri": it, "contexts": work()}))));
    if let Some(parent) = card.parent() {
        put("relatedTo", json!({parent: {"relation": {"parent": true}}}));
    }
    if let Some(time) = card.updated.and_then(|it| DateTime::parse_from_rfc3339(it).ok()) {
        put("updated", utc(time).into());
    }
    object
}

/// RFC 3339 in UTC, where a fraction of a second has no zeros behind it (RFC 9553, section 1.4.5).
fn utc(time: DateTime<FixedOffset>) -> String {
    let text = time.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::AutoSi, false);
    let text = text.trim_end_matches("+00:00");
    let text = if text.contains('.') { text.trim_end_matches('0') } else { text };
    format!("{text}Z")
}

/// A map by ids "1", "2" …, as JSContact has its lists; with zeros in front where that keeps the order.
fn numbered(items: impl Iterator<Item = Value>) -> Value {
    let items: Vec<Value> = items.collect();
    let width = items.len().to_string().len();
    let id = |number: usize| format!("{number:0width$}");
    (1..).zip(items).map(|(number, item)| (id(number), item)).collect::<Map<_, _>>().into()
}

/// The organisation and the levels below it.
fn organization(units: &[&str]) -> Value {
    // The first unit is the organisation itself, and there always is one.
    let below: Vec<Value> = units.iter().skip(1).map(|unit| json!({"name": unit})).collect();
    json!({"name": units.first(), "units": below})
}

/// The first name in each language is the card's name in that language; all others are nicknames.
fn names(card: &Card<'_>) -> (Value, Value) {
    let mut localizations = Map::new();
    let mut nicknames = Vec::new();
    for name in card.nicknames {
        match name.language() {
            Some(tag) if !localizations.contains_key(tag) => {
                // A patch: the path of a member of the card, and its value in that language.
                localizations.insert(tag.to_owned(), json!({"name/full": name.name()}));
            }
            _ => nicknames.push(json!({"name": name.name()})),
        }
    }
    (numbered(nicknames.into_iter()), localizations.into())
}

/// What JSContact calls a type of telephone line.
fn feature(kind: PhoneType) -> &'static str {
    match kind {
        PhoneType::Fax => "fax",
        PhoneType::Mobile => "mobile",
        PhoneType::Voice => "voice",
    }
}

/// An address by its components, and as lines for those who only show it.
fn address(address: &CardAddress<'_>, card: &Card<'_>) -> Value {
    let street = address.street().map(|line| ("name", line));
    let rest = [
        ("postOfficeBox", address.post_office_box),
        ("locality", &*address.locality),
        ("region", address.region),
        ("postcode", address.postal_code),
        ("country", address.country),
    ];
    let components: Vec<Value> = street
        .chain(rest)
        .filter(|(_, value)| !value.is_empty())
        .map(|(kind, value)| json!({"kind": kind, "value": value}))
        .collect();
    let full = address.lines().to_lines();
    let mut contexts = json!({"work": true});
    // "delivery" is the context for mail (RFC 9553, section 2.5.1).
    if address.uses.contains(&Use::Postal) {
        contexts["delivery"] = true.into();
    }
    let mut made = json!({
        "components": components,
        "countryCode": address.country_code,
        "full": full.join("\n"),
        "contexts": contexts,
    });
    // A card has no zone of its own, so each of its addresses gets the office's.
    if let Some(zone) = card.time_zone {
        made["timeZone"] = zone.into();
    }
    made
}
