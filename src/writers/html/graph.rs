//! schema.org's Organization as JSON-LD.

use serde_json::{Map, Value, json};

use crate::model::{Header, Office, PhoneType};
use crate::writers::card::{Card, CardAddress};

/// The identifier of the organisation in the page.
const ORGANIZATION: &str = "#organization";

/// The node of an office.
pub(super) fn node(office: &Office<'_>, card: &Card<'_>) -> Value {
    let numbers = |fax: bool| {
        // schema.org has a property for fax numbers, and one for all others.
        let phones = office.phones.iter().filter(|it| (it.kind == PhoneType::Fax) == fax);
        phones.map(|phone| json!(phone.number)).collect()
    };
    // An office without one above it belongs to the organisation.
    let parent = card.parent().unwrap_or_else(|| ORGANIZATION.to_owned());
    let names = office.alternate_names.iter().map(|name| match name.language() {
        Some(language) => json!({"@value": name.name(), "@language": language}),
        None => json!(name.name()),
    });
    object([
        ("@type", json!("Organization")),
        ("@id", json!(card.uid)),
        ("name", json!(card.name)),
        ("alternateName", one_or_many(names.collect())),
        ("parentOrganization", json!({"@id": parent})),
        ("address", one_or_many(card.addresses.iter().map(address).collect())),
        ("telephone", one_or_many(numbers(false))),
        ("faxNumber", one_or_many(numbers(true))),
        ("email", one_or_many(office.emails.iter().map(|it| json!(it)).collect())),
        ("url", one_or_many(office.websites.iter().map(|it| json!(it.url)).collect())),
    ])
}

/// The whole, as text that may stand in a script element.
pub(super) fn document(header: &Header<'_>, nodes: &mut Vec<Value>) -> String {
    let organization = &header.organization;
    let whole = object([
        ("@type", json!("Organization")),
        ("@id", json!(ORGANIZATION)),
        ("name", json!(organization.name)),
        ("url", json!(organization.website)),
    ]);
    // In front of the offices, which refer to it.
    nodes.insert(0, whole);
    let document = json!({"@context": "https://schema.org", "@graph": nodes});
    // No text may end the element or begin a comment.
    document.to_string().replace('<', "\\u003c")
}

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
