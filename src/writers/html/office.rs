//! An office as the page's template sees it. Escaping is the template's: every text here is plain.

use std::borrow::Cow;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use unicode_bidi::BidiClass;

use crate::directory::Context;
use crate::model::{
    Address, ChosenName, Coordinates, Office, Organization, PhoneType, Use, Website,
};
use crate::postal::{LayoutOptions, Script, country, layout};
use crate::text::spaced;
use crate::writers::card::{Card, CardAddress};
use crate::writers::place::map_url;

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
    /// The same in its two parts, where at least one of them is in a language of its own; else empty.
    name_parts: Vec<ChosenName<'v>>,
    /// Name of the organisation.
    organization: &'v str,
    /// The kind, as people read it.
    kind: ChosenName<'v>,
    /// Name of its region.
    region: Option<&'v str>,
    /// Name of the office that it is a part of.
    parent: Option<&'v str>,
    /// Its other names.
    alternate_names: Vec<ChosenName<'v>>,
    /// Codes of its addresses' countries, each once and in order.
    country_codes: Vec<&'v str>,
    /// Its addresses, in the office's order.
    addresses: Vec<AddressView<'v>>,
    /// Where it is on the globe.
    map: Option<MapLink>,
    /// The rules of its opening hours, each for a line.
    opening_hours: Vec<Vec<HourWord<'v>>>,
    /// Telephones, then email, then contact forms, then websites.
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
    /// What it is for, beside that.
    label: Option<&'v str>,
}

/// A word of opening hours, which no line is broken within.
#[derive(Serialize)]
struct HourWord<'v> {
    /// The word, with a comma behind it.
    text: &'v str,
    /// What follows before the next one.
    gap: &'static str,
    /// What an abbreviation stands for that not everybody knows.
    meaning: Option<&'static str>,
}

/// A place on a map.
#[derive(Serialize)]
struct MapLink {
    /// Degrees north.
    latitude: String,
    /// Degrees east.
    longitude: String,
    /// Where the map is. Nothing of it is loaded before somebody follows the link.
    href: String,
}

impl<'v> OfficeView<'v> {
    /// The office with its vCard and the picture of its QR code, which is empty without one.
    pub(super) fn new(
        context: &'v Context<'_>,
        office: &'v Office<'_>,
        (card, language): (&Card<'_>, Option<&str>),
        [download, qr]: [&[u8]; 2],
    ) -> Self {
        let organization = &context.header.organization;
        let region = office.region.as_deref().and_then(|id| context.region(id));
        let full_name = office.full_name_in(organization, language);
        let mut country_codes: Vec<&str> =
            office.addresses.iter().map(|it| it.country.as_str()).collect();
        // The filter of the page asks for a country, whichever address has it.
        country_codes.sort_unstable();
        country_codes.dedup();
        OfficeView {
            id: &office.id,
            uid: context.uids().uid(&office.id),
            // Below the heading of its region. The categories are the regions and the kind; an office without a
            // region stands below "Worldwide", so that there are two at least.
            level: 2 + card.categories.len().clamp(2, 5) - 1,
            name_parts: language.map_or(Vec::new(), |_| name_parts(office, organization, language)),
            organization: organization.name_in(language).name,
            kind: context.kind_name_in(office, language),
            region: region.map(|region| region.name_in(language).name),
            parent: office.parent.as_deref().and_then(|id| context.parent_name(id)),
            alternate_names: office.other_names_in(language).collect(),
            country_codes,
            addresses: office.addresses.iter().map(|it| AddressView::new(it, &full_name)).collect(),
            map: office.coordinates.as_deref().map(MapLink::new),
            opening_hours: office.opening_hours.as_deref().map_or(Vec::new(), hour_lines),
            contacts: contacts(office),
            time_zone: office.time_zone.as_deref(),
            updated: office.updated.as_deref(),
            vcard: BASE64_STANDARD.encode(download),
            qr: (!qr.is_empty()).then(|| BASE64_STANDARD.encode(qr)),
            full_name,
        }
    }
}

/// The name and the organisation's in front of it; nothing where both are the usual ones.
fn name_parts<'v>(
    office: &'v Office<'_>,
    organization: &'v Organization<'_>,
    language: Option<&str>,
) -> Vec<ChosenName<'v>> {
    let front = office.organization_in_front(organization, language);
    let mut parts: Vec<_> = front.into_iter().chain([office.name_in(language)]).collect();
    if parts.iter().all(|part| part.language.is_none()) {
        parts.clear();
    }
    parts
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

impl MapLink {
    /// The place on OpenStreetMap.
    fn new(place: &Coordinates) -> Self {
        let [latitude, longitude] = place.decimals();
        MapLink { latitude, longitude, href: map_url(place) }
    }
}

/// Telephones, then email, then contact forms, then websites.
fn contacts<'v>(office: &'v Office<'_>) -> Vec<ContactView<'v>> {
    let phones = office.phones.iter().map(|phone| {
        let (what, class) = match phone.kind {
            PhoneType::Voice => ("Phone", Some("p-tel")),
            PhoneType::Mobile => ("Mobile", Some("p-tel")),
            // h-card has no property for a fax; as `p-tel` it would be called.
            PhoneType::Fax => ("Fax", None),
        };
        let href = Some(format!("tel:{}", phone.number));
        let label = phone.label.as_deref();
        ContactView { what, class, href, text: spaced(&phone.number).into(), label }
    });
    let emails = office.emails.iter().map(|email| ContactView {
        what: "E-mail",
        class: Some("u-email"),
        href: Some(mailto(email.address())),
        text: email.address().into(),
        label: email.label(),
    });
    let forms = office.contact_forms.iter().map(|form| ContactView {
        what: "Form",
        // No `u-url`, of which readers take the first for the office's own page.
        class: Some("form"),
        // What it is for says more than its address.
        text: form.label.as_deref().map_or_else(|| short_url(&form.url).into(), Cow::Borrowed),
        href: is_web(&form.url).then(|| form.url.to_string()),
        label: None,
    });
    phones.chain(emails).chain(forms).chain(office.websites.iter().map(website)).collect()
}

/// A website, shown as it is printed and without its scheme.
fn website<'v>(website: &'v Website<'_>) -> ContactView<'v> {
    let url = website.url.as_str();
    let text = website.printed.as_deref().unwrap_or_else(|| short_url(url)).trim_end_matches('/');
    let href = is_web(url).then(|| url.to_owned());
    ContactView { what: "Website", class: Some("u-url"), href, text: text.into(), label: None }
}

/// Whether a URL may be a link: one of any other scheme could run something.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The URL without its scheme and without a slash at its end.
fn short_url(url: &str) -> &str {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.unwrap_or(url).trim_end_matches('/')
}

/// The rules of opening hours, which semicolons part outside of comments.
fn hour_lines(hours: &str) -> Vec<Vec<HourWord<'_>>> {
    let mut is_comment = false;
    let rules = hours.split(|it| {
        is_comment ^= it == '"';
        it == ';' && !is_comment
    });
    let rules = rules.map(str::trim).filter(|rule| !rule.is_empty());
    rules.map(|rule| rule.split_inclusive([' ', ',']).map(HourWord::new).collect()).collect()
}

impl<'v> HourWord<'v> {
    /// A word with the space behind it.
    fn new(word: &'v str) -> Self {
        let text = word.trim_end_matches(' ');
        let meaning = match text.trim_end_matches(',') {
            "PH" => Some("public holidays"),
            "SH" => Some("school holidays"),
            _ => None,
        };
        HourWord { text, gap: if text == word { "" } else { " " }, meaning }
    }
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
