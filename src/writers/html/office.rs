//! An office as the page's template sees it. Escaping is the template's: every text here is plain.

use std::borrow::Cow;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use unicode_bidi::BidiClass;

use crate::directory::Context;
use crate::model::{Address, Office, PhoneType, Use, Website};
use crate::postal::{LayoutOptions, Script, country, layout};
use crate::text::spaced;
use crate::writers::card::{Card, CardAddress, kind_name, uid};

/// An office as its template sees it.
#[derive(Serialize)]
pub(super) struct OfficeView<'v> {
    /// Id, for the anchor and the name of the download.
    id: &'v str,
    /// UID as in the vCards.
    uid: String,
    /// Level of its heading, below that of its region.
    level: usize,
    /// The name with the organisation's in front.
    full_name: Cow<'v, str>,
    /// Name of the organisation.
    organization: &'v str,
    /// The kind, as people read it.
    kind: &'static str,
    /// Name of its region.
    region: Option<&'v str>,
    /// Name of the office that it is a part of.
    parent: Option<&'v str>,
    /// Its other names.
    alternate_names: Vec<NameView<'v>>,
    /// Codes of its addresses' countries, each once and in order.
    country_codes: Vec<&'v str>,
    /// Its addresses, in the office's order.
    addresses: Vec<AddressView<'v>>,
    /// Telephones, then email, then websites.
    contacts: Vec<ContactView<'v>>,
    /// IANA time zone.
    time_zone: Option<&'v str>,
    /// When the record changed (RFC 3339).
    updated: Option<&'v str>,
    /// The vCard in Base64.
    vcard: String,
    /// The picture of the QR code in Base64; `None` without one.
    qr: Option<String>,
}

/// Another name of the office.
#[derive(Serialize)]
struct NameView<'v> {
    /// The name.
    name: &'v str,
    /// BCP 47 tag of its language.
    language: Option<&'v str>,
}

/// An address, as lines to read and as properties for programs.
#[derive(Serialize)]
struct AddressView<'v> {
    /// What it is for.
    what: &'static str,
    /// BCP 47 tag of its language, with the script where that is another than the language's own.
    language: Option<Cow<'v, str>>,
    /// `ltr` or `rtl`, as HTML has it.
    direction: &'static str,
    /// The lines without the country's.
    lines: Vec<String>,
    /// The line that only mail from abroad has.
    country_line: Option<String>,
    /// English name of the country.
    country: &'v str,
    /// Classes of an h-adr with their values.
    properties: Vec<(&'static str, Cow<'v, str>)>,
}

/// A way to reach the office.
#[derive(Serialize)]
struct ContactView<'v> {
    /// What it is, in a word.
    what: &'static str,
    /// The property of an h-card, where it has one.
    class: Option<&'static str>,
    /// Where it leads; `None` for a text that is no link.
    href: Option<String>,
    /// What is shown.
    text: Cow<'v, str>,
}

impl<'v> OfficeView<'v> {
    /// The office with its vCard and the picture of its QR code, which is empty without one.
    pub(super) fn new(
        context: &'v Context<'_>,
        office: &'v Office<'_>,
        card: &Card<'_>,
        [download, qr]: [&[u8]; 2],
    ) -> Self {
        let header = context.header;
        let region = office.region.as_deref().and_then(|id| context.region(id));
        let full_name = office.full_name(&header.organization);
        let mut country_codes: Vec<&str> =
            office.addresses.iter().map(|it| it.country.as_str()).collect();
        // The filter of the page asks for a country, whichever address has it.
        country_codes.sort_unstable();
        country_codes.dedup();
        let names = office.alternate_names.iter();
        let names = names.map(|it| NameView { name: it.name(), language: it.language() });
        OfficeView {
            id: &office.id,
            uid: uid(&office.id),
            // Below the heading of its region. The categories are the regions and the kind; an office without a
            // region stands below "Worldwide", so that there are two at least.
            level: 2 + card.categories.len().clamp(2, 5) - 1,
            organization: &header.organization.name,
            kind: kind_name(office.kind),
            region: region.map(|region| region.name.as_str()),
            parent: office.parent.as_deref().and_then(|id| context.parent_name(id)),
            alternate_names: names.collect(),
            country_codes,
            addresses: office.addresses.iter().map(|it| AddressView::new(it, &full_name)).collect(),
            contacts: contacts(office),
            time_zone: office.time_zone.as_deref(),
            updated: office.updated.as_deref(),
            vcard: BASE64_STANDARD.encode(download),
            qr: (!qr.is_empty()).then(|| BASE64_STANDARD.encode(qr)),
            full_name,
        }
    }
}

impl<'v> AddressView<'v> {
    /// The address as mail from abroad has it, with the office's name.
    fn new(address: &'v Address<'_>, full_name: &str) -> Self {
        let options = LayoutOptions {
            organization: Some(full_name),
            language: Some("en"),
            ..LayoutOptions::default()
        };
        let label = layout(address, &options);
        let what = match *address.uses {
            [Use::Physical] => "Street address",
            [Use::Postal] => "Postal address",
            _ => "Address",
        };
        let card = CardAddress::new(address);
        AddressView {
            what,
            language: language(address),
            direction: direction(address),
            lines: label.lines().map(str::to_owned).collect(),
            country_line: label.country_line().map(str::to_owned),
            country: card.country,
            properties: properties(card),
        }
    }
}

/// The components as the properties of an h-adr.
fn properties(card: CardAddress<'_>) -> Vec<(&'static str, Cow<'_, str>)> {
    let street = card.street_text(", ");
    let properties = [
        ("p-post-office-box", card.post_office_box.into()),
        ("p-street-address", street.into()),
        ("p-locality", card.locality),
        ("p-region", card.region.into()),
        ("p-postal-code", card.postal_code.into()),
        ("p-country-name", card.country.into()),
    ];
    properties.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The language that the address says it is in, else the one that the country writes.
fn language<'v>(address: &'v Address<'_>) -> Option<Cow<'v, str>> {
    if let Some(language) = &address.language {
        return Some(Cow::Borrowed(language));
    }
    let country = country(&address.country)?;
    // "ja-Latn": or a screen reader would read Latin letters as Japanese.
    let transcribed = !country.latin_script && Script::Auto.is_latin(address);
    Some(match transcribed {
        true => format!("{}-Latn", country.language).into(),
        false => country.language.into(),
    })
}

/// The direction of the first letter that has one (Unicode Standard Annex #9, rule P2).
fn direction(address: &Address<'_>) -> &'static str {
    let places = [&address.locality, &address.administrative_area, &address.post_office_box];
    let texts = address.address_lines.iter().chain(places.into_iter().flatten());
    let mut classes = texts.flat_map(|text| text.chars()).map(unicode_bidi::bidi_class);
    let strong = classes.find(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
    if matches!(strong, Some(BidiClass::R | BidiClass::AL)) { "rtl" } else { "ltr" }
}

/// Telephones, then email, then websites.
fn contacts<'v>(office: &'v Office<'_>) -> Vec<ContactView<'v>> {
    let phones = office.phones.iter().map(|phone| {
        let (what, class) = match phone.kind {
            PhoneType::Voice => ("Phone", Some("p-tel")),
            PhoneType::Mobile => ("Mobile", Some("p-tel")),
            // h-card has no property for a fax; as `p-tel` it would be called.
            PhoneType::Fax => ("Fax", None),
        };
        let href = Some(format!("tel:{}", phone.number));
        ContactView { what, class, href, text: spaced(&phone.number).into() }
    });
    let emails = office.emails.iter().map(|email| ContactView {
        what: "E-mail",
        class: Some("u-email"),
        href: Some(mailto(email)),
        text: email.as_str().into(),
    });
    phones.chain(emails).chain(office.websites.iter().map(website)).collect()
}

/// A website, shown as it is printed and without its scheme.
fn website<'v>(website: &'v Website<'_>) -> ContactView<'v> {
    let url = website.url.as_str();
    let short = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let text = website.printed.as_deref().or(short).unwrap_or(url).trim_end_matches('/');
    // A link of any other scheme could run something.
    let href = short.map(|_| url.to_owned());
    ContactView { what: "Website", class: Some("u-url"), href, text: text.into() }
}

/// A URL for mail (RFC 6068), with every character encoded that means something in it.
fn mailto(email: &str) -> String {
    const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b'@')
        .remove(b'+');
    format!("mailto:{}", utf8_percent_encode(email, ENCODED))
}
