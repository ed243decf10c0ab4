//! vCard 4.0 (RFC 6350, with RFC 9554's country code), built and checked by the `vcard` crate.

use vcard::chrono::DateTime;
use vcard::values::{
    AddressValue, KindValue, LanguageTag, OrgValue, TelValue, TextOrUri, Timestamp, Token, TzValue,
    Uri,
};
use vcard::{AnyParameter, ExtensionProperty, GroupName, Parameters, Property, TypeValue, VCard};

use super::line::CardLines;
use crate::model::PhoneType;
use crate::text::international;
use crate::writers::OfficeOutput;
use crate::writers::card::{Card, CardAddress};

/// What cannot be written: JSON pointer from the office, and why.
type UnfitValue = (String, String);

/// Appends one card.
pub(super) fn write(card: &Card<'_>, piece: &mut OfficeOutput) {
    card.lose_uses("vCard 4.0", piece);
    let revision = card.revision(piece);
    let text = match build(card, revision.as_deref()) {
        Ok(vcard) => vcard.to_string(),
        Err((pointer, why)) => return piece.refuse(pointer, why),
    };
    let mut lines = CardLines::new(&mut piece.bytes, true);
    // The crate folds anywhere; its last line is taken off again, to put other properties in front of it.
    let text = text.replace("\r\n ", "");
    for line in text.strip_suffix("END:VCARD\r\n").unwrap_or(&text).split_terminator("\r\n") {
        lines.raw(line).end();
    }
    add_lines(card, &mut lines);
    lines.raw("END:VCARD").end();
    if lines.broken() {
        piece.refuse("", "an e-mail address or a URL has a character that it may not have");
    }
}

/// What the crate would refuse or change: it knows no quoted local parts of e-mail addresses, and would write
/// `https://example.org` as `https://example.org/` and a host in another script as Punycode.
fn add_lines(card: &Card<'_>, lines: &mut CardLines<'_>) {
    // Their labels are in the card already, behind those of telephones.
    let mut groups = card.phones.iter().filter(|phone| phone.label.is_some()).count();
    let mut name = |name: &str, has_label: bool, lines: &mut CardLines<'_>| {
        if has_label {
            groups += 1;
            lines.raw(&group(groups)).raw(".");
        }
        lines.raw(name);
    };
    for email in card.emails {
        name("EMAIL;TYPE=work:", email.label().is_some(), lines);
        lines.text(email.address()).end();
    }
    for url in &card.urls {
        name("URL;TYPE=work:", false, lines);
        lines.uri(url).end();
    }
    for form in &card.forms {
        name("URL;TYPE=work:", true, lines);
        lines.uri(&form.url).end();
    }
    if let Some(uri) = card.geo_uri() {
        lines.raw("GEO:").uri(&uri).end();
    }
}

/// The card in the crate's types, validated.
fn build(card: &Card<'_>, revision: Option<&str>) -> Result<VCard, UnfitValue> {
    let mut vcard = VCard::new(&*card.name);
    vcard.kinds.push(KindValue::Org.into());
    vcard.uids.push(uri(&card.uid)?.into());
    for (at, name) in card.nicknames.iter().enumerate() {
        let mut nickname = Property::new(vec![name.name().to_owned()]);
        nickname.parameters.language =
            language(name.language(), || format!("/alternate_names/{at}/language"))?;
        vcard.nicknames.push(nickname);
    }
    // As in version 3.0.
    let organization = OrgValue { name: card.name.to_string(), units: Vec::new() };
    vcard.organizations.push(organization.into());
    for address in &card.addresses {
        vcard.addresses.push(build_address(card, address)?);
    }
    add_contacts(card, &mut vcard)?;
    vcard
        .categories
        .push(card.categories.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>().into());
    add_record(card, revision, &mut vcard)?;
    vcard.validate().map_err(|error| (String::new(), error.to_string()))?;
    Ok(vcard)
}

/// An address by its components, with its country's code (RFC 9554).
fn build_address(card: &Card<'_>, address: &CardAddress<'_>) -> Result<vcard::Address, UnfitValue> {
    let component = |text: &str| match text {
        "" => Vec::new(),
        text => vec![text.to_owned()],
    };
    let mut property = vcard::Address::new(AddressValue {
        // One text of several lines: readers take a list's first item only, or join it with commas.
        street_addresses: component(&address.street_with_box_text()),
        localities: component(&address.locality),
        regions: component(address.region),
        postal_codes: component(address.postal_code),
        countries: component(address.country),
        ..AddressValue::default()
    });
    property.parameters = work([]);
    property.parameters.language =
        language(address.language, || format!("{}/language", card.address_pointer(address)))?;
    property
        .parameters
        .any
        .push(AnyParameter { name: token("CC")?, values: vec![address.country_code.to_owned()] });
    Ok(property)
}

/// Telephones, and the labels of these, of e-mail addresses and of forms.
fn add_contacts(card: &Card<'_>, vcard: &mut VCard) -> Result<(), UnfitValue> {
    for phone in &card.phones {
        // Text and no `tel:` URI: several readers show the scheme, and all show the text as it is.
        let mut tel = vcard::Tel::new(TelValue::Text(international(&phone.number)));
        tel.parameters = work([match phone.kind {
            PhoneType::Fax => TypeValue::Fax,
            PhoneType::Mobile => TypeValue::Cell,
            PhoneType::Voice => TypeValue::Voice,
        }]);
        tel.group = add_label(phone.label.as_deref(), vcard)?;
        vcard.telephones.push(tel);
    }
    for label in card.emails.iter().filter_map(|email| email.label()) {
        add_label(Some(label), vcard)?;
    }
    for form in &card.forms {
        add_label(Some(form.label()), vcard)?;
    }
    Ok(())
}

/// Adds a label and gives the group that it is in. Labels come before all other extensions, so that their number is
/// that of the groups.
fn add_label(label: Option<&str>, vcard: &mut VCard) -> Result<Option<GroupName>, UnfitValue> {
    let Some(label) = label else { return Ok(None) };
    let name = group(vcard.extensions.len() + 1);
    let unfit = |_| (String::new(), format!("{name} is not the name of a group"));
    let group = Some(name.parse().map_err(unfit)?);
    let mut property = ExtensionProperty::from_text(token("X-ABLabel")?, label);
    property.group.clone_from(&group);
    vcard.extensions.push(property);
    Ok(group)
}

/// The name of a group by its number.
fn group(number: usize) -> String {
    format!("item{number}")
}

/// What the record is related to and when it changed.
fn add_record(
    card: &Card<'_>,
    revision: Option<&str>,
    vcard: &mut VCard,
) -> Result<(), UnfitValue> {
    if let Some(parent) = card.parent() {
        let mut related = vcard::Related::new(uri(&parent)?);
        related.parameters.types.push(TypeValue::Parent);
        vcard.relations.push(related);
    }
    if let Some(zone) = card.time_zone {
        vcard.time_zones.push(TzValue::Text(zone.to_owned()).into());
    }
    if let Some(revision) = revision {
        let timestamp = DateTime::parse_from_rfc3339(revision).ok();
        let timestamp = timestamp.and_then(|time| Timestamp::try_from(time).ok());
        let unfit = || ("/updated".into(), "is not a date and time that vCard can hold".into());
        vcard.revisions.push(timestamp.ok_or_else(unfit)?.into());
    }
    // Apple shows a company and not a person with it, as in version 3.0.
    let company = ExtensionProperty::new(token("X-ABShowAs")?, "COMPANY".into());
    vcard.extensions.push(company);
    for extension in card.extensions() {
        let name = token(&extension.name)?;
        vcard.extensions.push(ExtensionProperty::from_text(name, &extension.text));
    }
    Ok(())
}

/// The parameters of something that is of an office.
fn work<const N: usize>(more: [TypeValue; N]) -> Parameters {
    let types = std::iter::once(TypeValue::Work).chain(more).collect();
    Parameters { types, ..Parameters::default() }
}

/// A language as the crate has it.
fn language(
    tag: Option<&str>,
    pointer: impl Fn() -> String,
) -> Result<Option<LanguageTag>, UnfitValue> {
    let unfit = |_| (pointer(), "is not a language tag".to_owned());
    tag.map(|tag| tag.parse().map_err(unfit)).transpose()
}

/// A name as the crate has it.
fn token(text: &str) -> Result<Token, UnfitValue> {
    text.parse().map_err(|_| (String::new(), format!("{text} is not a vCard token")))
}

/// One of our own URNs, which must come back as it is.
fn uri(text: &str) -> Result<TextOrUri, UnfitValue> {
    let changed = || (String::new(), format!("the vcard library cannot hold {text}"));
    // The crate changes some URIs, and an address book would not find a contact again by another UID.
    let uri = text.parse::<Uri>().ok().filter(|uri| uri.as_str() == text);
    uri.map(TextOrUri::Uri).ok_or_else(changed)
}
