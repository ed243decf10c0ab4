//! The offices as JSContact cards (RFC 9553), the data model of contacts in JMAP.
//!
//! It is not a vCard in other syntax: lists are maps by id, names in other languages are patches of the card,
//! and an address has components in order.

use serde_json::{Map, Value, json};
use vcard::chrono::{DateTime, FixedOffset, SecondsFormat, Utc};

mod vendor;

use super::array::{ArrayAssembler, item};
use super::card::{self, Card, CardAddress, lose_opening_hours};
use super::options::SCRIPT;
use super::{Assembler, OfficeOutput, OmittedMembers, Writer, WriterInfo, WriterOptions};
use crate::directory::Context;
use crate::error::Error;
use crate::model::{Office, PhoneType, Use};
use crate::postal::Script;
use vendor::VendorNames;

/// JSContact.
pub static INFO: WriterInfo = WriterInfo {
    name: "jscontact",
    about: "JSContact cards (RFC 9553), as JMAP exchanges contacts; one array of cards",
    file: "offices.jscontact.json",
    default: false,
    leaves_out: &[OmittedMembers::always(card::LEAVES_OUT)],
    options: &[SCRIPT],
    build,
};

/// What the writer is told.
struct JsContact {
    /// Which address is first, where an office has it in two scripts.
    script: Script,
}

/// Makes the writer of options that were checked already.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(JsContact { script: options.script() }))
}

impl Writer for JsContact {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let card = Card::in_script(context, office, self.script);
        report_losses(&card, piece);
        lose_opening_hours(office, "JSContact", piece);
        let vendor = VendorNames::new(context, office, piece);
        item(&object(&card, office, &vendor), piece);
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
    for address in card.addresses.iter().filter(|it| it.language.is_some()) {
        let why = "JSContact has no language for an address of its own";
        piece.lose(format!("{}/language", card.address_pointer(address)), why);
    }
    if card.time_zone.is_some() && card.addresses.is_empty() {
        piece.lose("/time_zone", "JSContact has time zones of addresses only, and there is none");
    }
    if card.geo_uri().is_some() && physical(card).is_none() {
        let why = "JSContact has coordinates of addresses only, and none is for visitors";
        piece.lose("/coordinates", why);
    }
}

/// The position of the first address for visitors, which the coordinates are those of.
fn physical(card: &Card<'_>) -> Option<usize> {
    card.addresses.iter().position(|it| it.uses.contains(&Use::Physical))
}

/// The card. Maps that would be empty are left out.
fn object(card: &Card<'_>, office: &Office<'_>, vendor: &VendorNames) -> Value {
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
    put("addresses", numbered(addresses(card, vendor)));
    put("phones", numbered(phones(card, vendor)));
    put("emails", numbered(emails(card, vendor)));
    put("links", numbered(links(card, office, vendor)));
    if let Some(parent) = card.parent() {
        put("relatedTo", json!({parent: {"relation": {"parent": true}}}));
    }
    if let Some(time) = card.updated.and_then(|it| DateTime::parse_from_rfc3339(it).ok()) {
        put("updated", utc(time).into());
    }
    vendor.add(&office.own, &mut object);
    object
}

/// The context of everything that an office has.
fn work() -> Value {
    json!({"work": true})
}

/// The addresses, the first one for visitors with the office's coordinates.
fn addresses(card: &Card<'_>, vendor: &VendorNames) -> impl Iterator<Item = Value> {
    let coordinates = physical(card).zip(card.geo_uri());
    card.addresses.iter().enumerate().map(move |(at, it)| {
        let mut made = address(it, card);
        if let Some((_, uri)) = coordinates.as_ref().filter(|(physical, _)| *physical == at) {
            made["coordinates"] = uri.as_str().into();
        }
        vendor.add(it.own(), &mut made);
        made
    })
}

/// The telephone lines.
fn phones(card: &Card<'_>, vendor: &VendorNames) -> impl Iterator<Item = Value> {
    card.phones.iter().map(|phone| {
        let features = json!({feature(phone.kind): true});
        let made = json!({"number": phone.number, "features": features, "contexts": work()});
        let mut made = labelled(made, phone.label.as_deref());
        vendor.add(&phone.own, &mut made);
        made
    })
}

/// The e-mail addresses.
fn emails(card: &Card<'_>, vendor: &VendorNames) -> impl Iterator<Item = Value> {
    card.emails.iter().map(|email| {
        let made = json!({"address": email.address(), "contexts": work()});
        let mut made = labelled(made, email.label());
        vendor.add(email.own(), &mut made);
        made
    })
}

/// The websites, then the forms, whose kind says what they are (RFC 9553, section 2.6.3).
fn links(
    card: &Card<'_>,
    office: &Office<'_>,
    vendor: &VendorNames,
) -> impl Iterator<Item = Value> {
    let websites = card.urls.iter().zip(&office.websites).map(|(url, website)| {
        let mut made = json!({"uri": url, "contexts": work()});
        vendor.add(&website.own, &mut made);
        made
    });
    let forms = card.forms.iter().map(|form| {
        let made = json!({"kind": "contact", "uri": form.url, "contexts": work()});
        let mut made = labelled(made, form.label);
        vendor.add(form.own, &mut made);
        made
    });
    websites.chain(forms)
}

/// An object with a label, where there is one.
fn labelled(mut object: Value, label: Option<&str>) -> Value {
    if let Some(label) = label {
        object["label"] = label.into();
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
