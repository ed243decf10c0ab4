//! schema.org's Organization as JSON-LD.

use serde_json::{Map, Value, json};

use super::hours;
use crate::model::{ChosenName, Header, Office, PhoneType};
use crate::writers::card::{Card, CardAddress};

/// The node of an office as JSON, with its names in that language where it has them.
pub(super) fn node(office: &Office<'_>, card: &Card<'_>, language: Option<&str>) -> String {
    let numbers = |fax: bool| {
        // schema.org has a property for fax numbers, and one for all others.
        let phones = office.phones.iter().filter(|it| (it.kind == PhoneType::Fax) == fax);
        phones.map(|phone| json!(phone.number)).collect()
    };
    // All are parts of the organisation, in whose node they stand.
    let parent = office.parent.as_deref().map(|id| json!({"@id": anchor(id)}));
    let node = object([
        ("@type", json!("Organization")),
        ("@id", json!(anchor(&office.id))),
        ("name", json!(card.name)),
        ("alternateName", one_or_many(office.other_names_in(language).map(name).collect())),
        ("parentOrganization", json!(parent)),
        ("address", one_or_many(card.addresses.iter().map(address).collect())),
        ("telephone", one_or_many(numbers(false))),
        ("faxNumber", one_or_many(numbers(true))),
        ("email", one_or_many(office.emails.iter().map(|it| json!(it.address())).collect())),
        ("url", one_or_many(office.websites.iter().map(|it| json!(it.url)).collect())),
        ("contactPoint", one_or_many(contact_points(office))),
        ("location", location(office)),
    ]);
    script_text(&node.to_string())
}

/// The identifier of an office: where it is in the page.
fn anchor(id: &str) -> String {
    format!("#office-{id}")
}

/// JSON that may stand in a script element: no text in it ends the element or begins a comment.
fn script_text(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// Another name, with its language.
fn name(name: ChosenName<'_>) -> Value {
    match name.language {
        Some(language) => json!({"@value": name.name, "@language": language}),
        None => json!(name.name),
    }
}

/// Numbers and addresses that are for something, and contact forms. The numbers and addresses are members of the
/// office as well, where readers look that do not know what a contact point is.
fn contact_points(office: &Office<'_>) -> Vec<Value> {
    let phones = office.phones.iter().filter_map(|it| {
        let key = if it.kind == PhoneType::Fax { "faxNumber" } else { "telephone" };
        Some((it.label.as_deref()?, key, it.number.as_str()))
    });
    let emails = office.emails.iter().filter_map(|it| Some((it.label()?, "email", it.address())));
    let forms = office.contact_forms.iter();
    let forms = forms.map(|it| (it.label.as_deref().unwrap_or_default(), "url", it.url.as_str()));
    let point = |(label, key, value): (&str, &str, &str)| {
        object([
            ("@type", json!("ContactPoint")),
            ("contactType", json!(label)),
            (key, json!(value)),
        ])
    };
    phones.chain(emails).chain(forms).map(point).collect()
}

/// Where the office is and when one may go there. An Organization has neither `geo` nor opening hours in schema.org;
/// its location, which is a Place, has both. To call every office a LocalBusiness, which is both, would be wrong of
/// embassies and institutes.
fn location(office: &Office<'_>) -> Value {
    let geo = office.coordinates.as_ref().map(|it| {
        json!({
            "@type": "GeoCoordinates",
            "latitude": it.latitude,
            "longitude": it.longitude,
        })
    });
    let hours = office.opening_hours.as_deref().and_then(hours::specifications);
    if geo.is_none() && hours.is_none() {
        return Value::Null;
    }
    object([
        ("@type", json!("Place")),
        ("geo", json!(geo)),
        ("openingHoursSpecification", one_or_many(hours.unwrap_or_default())),
    ])
}

/// The beginning of the whole, which goes on with the nodes of the offices, commas between them, and ends with [`END`].
pub(super) fn begin(header: &Header<'_>, language: Option<&str>) -> String {
    let organization = &header.organization;
    let names = organization.other_names_in(language).map(name);
    let mut whole = script_text(
        &object([
            ("@context", json!("https://schema.org")),
            ("@type", json!("Organization")),
            ("@id", json!("#organization")),
            ("name", json!(organization.name_in(language).name)),
            ("alternateName", one_or_many(names.collect())),
            ("identifier", json!(organization.id)),
            ("url", json!(organization.website)),
        ])
        .to_string(),
    );
    // The offices are written when they are made, and so behind the last member.
    whole.pop();
    whole + ",\"subOrganization\":["
}

/// See [`begin`].
pub(super) const END: &str = "]}";

/// An address in schema.org's terms.
fn address(card: &CardAddress<'_>) -> Value {
    object([
        ("@type", json!("PostalAddress")),
        ("postOfficeBoxNumber", json!(card.post_office_box)),
        ("streetAddress", json!(card.street_text(", "))),
        ("addressLocality", json!(card.locality)),
        ("addressRegion", json!(card.region)),
        ("postalCode", json!(card.postal_code)),
        ("addressCountry", json!(card.country_code)),
    ])
}

/// One value by itself, several as a list.
fn one_or_many(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}

/// An object of the members that say something.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let empty = |value: &Value| [json!(null), json!(""), json!([])].contains(value);
    let members = members.into_iter().filter(|(_, value)| !empty(value));
    Value::Object(members.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}
