//! An office as the page's template sees it. Escaping is the template's: every text here is plain.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::HtmlWriter;
use super::address::AddressView;
use super::name::NameView;
use super::opening::{self, HourWord};
use crate::directory::Context;
use crate::model::{ChosenName, Coordinates, Office, Organization, Phone, PhoneType, Website};
use crate::postal::{Subdivision, country};
use crate::text::{after_web_scheme, international, mailto};
use crate::writers::card::Card;
use crate::writers::place::map_url;

/// An office as its template sees it.
#[derive(Serialize)]
pub(super) struct OfficeView<'v> {
    /// Id, for the anchor.
    id: &'v str,
    /// Level of its heading, below that of its region.
    level: usize,
    /// The organisation's name, where the office's begins with it.
    front: Option<NameView<'v>>,
    /// What stands between that and the rest.
    gap: &'static str,
    /// The rest of the name.
    name: NameView<'v>,
    /// Name of the organisation, where the office's does not begin with it.
    organization: Option<&'v str>,
    /// The kind, as people read it.
    kind: NameView<'v>,
    /// Name of the office that it is a part of.
    parent: Option<&'v str>,
    /// Its other names.
    alternate_names: Vec<NameView<'v>>,
    /// Codes of its addresses' countries, each once and in order.
    country_codes: Vec<&'v str>,
    /// Names and codes of its addresses' areas that no line has, by which it is found as well.
    areas: Vec<&'v str>,
    /// Its addresses, in the office's order.
    addresses: Vec<AddressView<'v>>,
    /// Where it is on the globe.
    map: Option<MapLink>,
    /// The rules of its opening hours, each for a line.
    opening_hours: Vec<Vec<HourWord<'v>>>,
    /// Telephones, then email, then contact forms, then websites.
    contacts: Vec<ContactGroup<'v>>,
    /// IANA time zone.
    time_zone: Option<&'v str>,
    /// When the record changed, as HTML has times.
    updated: Option<Cow<'v, str>>,
}

/// Ways of one kind to reach the office.
#[derive(Serialize)]
struct ContactGroup<'v> {
    /// The word for what they are.
    what: &'static str,
    /// In the office's order.
    ways: Vec<ContactView<'v>>,
}

/// A way to reach the office.
#[derive(Serialize)]
struct ContactView<'v> {
    /// The property of an h-card, where it has one.
    class: Option<&'static str>,
    /// Where it leads; `None` for a text that is no link.
    href: Option<String>,
    /// What is shown.
    text: Cow<'v, str>,
    /// What it is for, beside that.
    label: Option<&'v str>,
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
    /// The office, as the page of that writer has it.
    pub(super) fn new(
        context: &'v Context<'_>,
        office: &'v Office<'_>,
        card: &Card<'_>,
        writer: &HtmlWriter,
    ) -> Self {
        let (language, words) = (writer.language.as_deref(), &writer.words);
        let organization = &context.header.organization;
        let full_name = office.full_name_in(organization, language);
        let mut country_codes: Vec<&str> =
            office.addresses.iter().map(|it| it.country.as_str()).collect();
        // The filter of the page asks for a country, whichever address has it.
        country_codes.sort_unstable();
        country_codes.dedup();
        let (front, gap, name) = name_parts(office, organization, language);
        let view = |name: &ChosenName<'v>| NameView::new(name, words);
        let addresses = office.addresses.iter().map(|it| AddressView::new(it, &full_name, words));
        let addresses: Vec<AddressView<'v>> = addresses.collect();
        let is_read = |name: &str| addresses.iter().any(|it| it.has(name));
        OfficeView {
            id: &office.id,
            // Below the heading of its region. The categories are the regions and the kind; an office without a
            // region stands below "Worldwide", so that there are two at least.
            level: 2 + card.categories.len().clamp(2, 5) - 1,
            organization: front.is_none().then_some(organization.name_in(language).name),
            front: front.as_ref().map(view),
            gap,
            name: view(&name),
            kind: view(&context.kind_name_in(office, language)),
            parent: office.parent.as_deref().and_then(|id| context.parent_name(id)),
            alternate_names: office.other_names_in(language).map(|it| view(&it)).collect(),
            country_codes,
            areas: areas(office).into_iter().filter(|name| !is_read(name)).collect(),
            addresses,
            map: office.coordinates.as_deref().map(MapLink::new),
            opening_hours: office
                .opening_hours
                .as_deref()
                .map_or(Vec::new(), |hours| opening::lines(hours, words)),
            contacts: contacts(office),
            time_zone: office.time_zone.as_deref(),
            updated: office.updated.as_deref().map(html_time),
        }
    }
}

/// Codes and names of states and provinces, each once.
fn areas<'v>(office: &'v Office<'_>) -> Vec<&'v str> {
    let mut areas = BTreeSet::new();
    for address in &office.addresses {
        let name = address.administrative_area.as_ref();
        // As on mail, the code is looked at where there is no name.
        let Some(text) = name.or(address.administrative_area_code.as_ref()) else { continue };
        areas.insert(&**text);
        let found = country(&address.country).and_then(|it| it.subdivision(text));
        for name in found.into_iter().flat_map(Subdivision::all_names) {
            areas.insert(name);
        }
    }
    areas.into_iter().filter(|name| !name.is_empty()).collect()
}

/// The organisation's name, if the full name begins with it, what is between them, and the rest.
fn name_parts<'v>(
    office: &'v Office<'_>,
    organization: &'v Organization<'_>,
    language: Option<&str>,
) -> (Option<ChosenName<'v>>, &'static str, ChosenName<'v>) {
    let own = office.name_in(language);
    let front = organization.name_in(language);
    if office.organization_in_front(organization, language).is_some() {
        return (Some(front), " ", own);
    }
    match own.name.strip_prefix(front.name) {
        Some(rest) if !front.name.is_empty() && !rest.is_empty() => {
            // Both parts are of one name, and so in its language.
            let [front, rest] = [front.name, rest].map(|name| ChosenName { name, ..own });
            (Some(front), "", rest)
        }
        _ => (None, "", own),
    }
}

impl MapLink {
    /// The place on OpenStreetMap.
    fn new(place: &Coordinates) -> Self {
        let [latitude, longitude] = place.decimals();
        MapLink { latitude, longitude, href: map_url(place) }
    }
}

/// Telephones, then email, then contact forms, then websites; nothing of a kind that there is none of.
fn contacts<'v>(office: &'v Office<'_>) -> Vec<ContactGroup<'v>> {
    let phones = |kind: PhoneType| {
        let phones = office.phones.iter().filter(move |it| it.kind == kind);
        phones.map(phone).collect()
    };
    let emails = office.emails.iter().map(|email| ContactView {
        class: Some("u-email"),
        href: Some(mailto(email.address())),
        text: email.address().into(),
        label: email.label(),
    });
    let forms = office.contact_forms.iter().map(|form| ContactView {
        // No `u-url`, of which readers take the first for the office's own page.
        class: Some("form"),
        // What it is for says more than its address.
        text: form.label.as_deref().map_or_else(|| short_url(&form.url).into(), Cow::Borrowed),
        href: is_web(&form.url).then(|| form.url.to_string()),
        label: None,
    });
    let groups: [(_, Vec<ContactView<'v>>); 6] = [
        ("phone", phones(PhoneType::Voice)),
        ("mobile", phones(PhoneType::Mobile)),
        ("fax", phones(PhoneType::Fax)),
        ("email", emails.collect()),
        ("form", forms.collect()),
        ("website", office.websites.iter().map(website).collect()),
    ];
    let groups = groups.into_iter().filter(|(_, ways)| !ways.is_empty());
    groups.map(|(what, ways)| ContactGroup { what, ways }).collect()
}

/// A telephone number, as people read it.
fn phone<'v>(phone: &'v Phone<'_>) -> ContactView<'v> {
    // h-card has no property for a fax, and nobody wants to call one.
    let is_called = phone.kind != PhoneType::Fax;
    ContactView {
        class: is_called.then_some("p-tel"),
        href: is_called.then(|| format!("tel:{}", phone.number)),
        text: international(&phone.number).into(),
        label: phone.label.as_deref(),
    }
}

/// A website, shown as it is printed and without its scheme.
fn website<'v>(website: &'v Website<'_>) -> ContactView<'v> {
    let url = website.url.as_str();
    let text = website.printed.as_deref().unwrap_or_else(|| short_url(url)).trim_end_matches('/');
    let href = is_web(url).then(|| url.to_owned());
    ContactView { class: Some("u-url"), href, text: text.into(), label: None }
}

/// Whether a URL may be a link: one of any other scheme could run something.
fn is_web(url: &str) -> bool {
    after_web_scheme(url).is_some()
}

/// The URL without its scheme and without a slash at its end.
fn short_url(url: &str) -> &str {
    after_web_scheme(url).unwrap_or(url).trim_end_matches('/')
}

/// A time of RFC 3339 as HTML's "global date and time string" has it: with three digits of a second at most, and without
/// leap seconds, of which the day is left.
fn html_time(time: &str) -> Cow<'_, str> {
    if time.get(17..19) == Some("60") {
        return time.get(..10).unwrap_or(time).into();
    }
    let fraction = time.get(20..).filter(|_| time.get(19..20) == Some("."));
    let Some(fraction) = fraction else { return time.into() };
    let digits = fraction.find(|it: char| !it.is_ascii_digit()).unwrap_or(fraction.len());
    match time.get(..20 + digits.min(3)) {
        Some(kept) => format!("{kept}{}", &fraction[digits..]).into(),
        None => time.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::html_time;

    #[test]
    fn times_are_valid_in_html() {
        let cases = [
            ("2024-05-01T12:00:00Z", "2024-05-01T12:00:00Z"),
            ("2024-05-01T12:00:00.5+02:00", "2024-05-01T12:00:00.5+02:00"),
            ("2024-05-01T12:00:00.123456+05:45", "2024-05-01T12:00:00.123+05:45"),
            ("2016-12-31T23:59:60Z", "2016-12-31"),
        ];
        for (time, expected) in cases {
            assert_eq!(html_time(time), expected);
        }
    }
}
