//! Any office that `validate` accepts is written as vCard 3.0 and 4.0, and the `vcard` crate reads the same values
//! from it.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use officedir::commit::StreamStorage;
use officedir::export::Selection;
use officedir::model::{Address, Office, Organization, OwnValue, Phone, Text};
use officedir::postal::{countries, country, languages, post_office_box};
use officedir::read::Document;
use officedir::writers::Target;
use officedir::writers::{LossSeverity, WriterInfo};
use officedir_fuzz::{printable, read};
use serde_json::{Value, json};
use vcard::values::{AddressValue, TelValue};
use vcard::{GroupName, VCard};

#[derive(Arbitrary, Debug)]
struct Input<'b> {
    organization: &'b str,
    region: &'b str,
    name: &'b str,
    above: &'b str,
    kind: u8,
    alternate_names: Vec<(&'b str, Option<u8>)>,
    addresses: Vec<Place<'b>>,
    coordinates: Option<(i16, i16)>,
    phones: Vec<(u8, u64, Option<&'b str>)>,
    emails: Vec<(&'b str, &'b str, Option<&'b str>)>,
    contact_forms: Vec<(&'b str, Option<&'b str>)>,
    websites: Vec<&'b str>,
    own: Option<&'b str>,
    time_zone: Option<u8>,
    updated: Option<Moment>,
}

#[derive(Arbitrary, Debug)]
struct Place<'b> {
    country: u8,
    language: Option<u8>,
    lines: Vec<&'b str>,
    texts: [Option<&'b str>; 5],
    has_code: bool,
    postal: bool,
}

#[derive(Arbitrary, Debug)]
struct Moment {
    date: (u16, u8, u8),
    time: (u8, u8, u8),
    fraction: Option<u32>,
    zone: Option<(bool, u8, u8)>,
}

/// Lists are cut: more of the same shows nothing new.
const MOST: usize = 4;
const ZONES: [&str; 3] = ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"];
const KINDS: [&str; 5] =
    ["world-secretariat", "regional-secretariat", "office", "project-office", "capacity-center"];

fuzz_target!(|input: Input<'_>| {
    let Some(directory) = directory(&input) else { return };
    let json = directory.to_string();
    let document = Document::parse(json.as_bytes()).unwrap();
    for version in ["3.0", "4.0"] {
        let info = WriterInfo::find("vcard").unwrap();
        let options = vec![("version".to_owned(), version.to_owned())];
        let target = Target::new(info, options).unwrap_or_else(|it| panic!("{it}"));
        let mut out = Vec::new();
        let read = read(&document);
        if read.failed() {
            return;
        }
        let outcome = read
            .export(&[target], &Selection::default(), &mut StreamStorage::new(&mut out))
            .unwrap();
        let problems = outcome.problems.iter().map(|(_, problem)| problem);
        let refused: Vec<_> = problems.filter(|it| it.weight == LossSeverity::Refusal).collect();
        assert!(refused.is_empty(), "{refused:?} of {json}");
        let text = String::from_utf8(out).unwrap();
        // Labels of version 3.0 are not folded.
        let is_short = |line: &str| line.len() <= 75 || line.contains(".X-ABLabel:");
        assert!(text.split("\r\n").all(|line| is_short(line) && !line.contains(['\r', '\n'])));
        let lines = text.replace("\r\n ", "");
        let cards = VCard::parse_multiple(&as_version4(&lines))
            .unwrap_or_else(|error| panic!("{error} in {text}"));
        let name = directory["organization"]["name"].as_str().unwrap();
        let mut organization = Organization::default();
        organization.name = name.into();
        assert_eq!(cards.len(), 2);
        let office: Office<'_> = serde_json::from_str(document.offices[1].json).unwrap();
        check(&cards[1], &office, &organization);
        let region = directory["regions"][0]["name"].as_str().unwrap();
        assert_eq!(cards[1].categories[0].value[0], region);
        check_urls(&lines, &office);
    }
});

/// The lines of version 3.0 as the parser takes them, which only knows 4.0: without labels and Outlook's words,
/// without the signs between the parts of a date and time, and with coordinates as a URI.
fn as_version4(lines: &str) -> String {
    let lines = lines.split_inclusive("\r\n").filter(|line| !line.starts_with("LABEL;"));
    let line = |line: &str| match line.strip_prefix("REV:").and_then(|it| it.split_once('T')) {
        Some((date, time)) => format!("REV:{}T{}", date.replace('-', ""), time.replace(':', "")),
        None if line == "VERSION:3.0\r\n" => "VERSION:4.0\r\n".to_owned(),
        None if line.starts_with("GEO:") && line.contains(';') => {
            line.replace("GEO:", "GEO:geo:").replace(';', ",")
        }
        None => line.to_owned(),
    };
    lines.map(line).collect()
}

fn check(card: &VCard, office: &Office<'_>, organization: &Organization<'_>) {
    assert_eq!(card.formatted_names[0].value, office.full_name(organization));
    // Apple shows a company by the first component alone.
    let org = &card.organizations[0].value;
    assert_eq!(org.name, office.full_name(organization));
    assert!(org.units.is_empty(), "{org:?}");
    let nicknames: Vec<&str> =
        card.nicknames.iter().flat_map(|it| &it.value).map(String::as_str).collect();
    let names: Vec<&str> = office.alternate_names.iter().map(|it| it.name()).collect();
    assert_eq!(nicknames, names);
    // In any order: of two in different letters the one in Latin letters goes first.
    let mut written: Vec<_> = card.addresses.iter().map(|it| read_address(&it.value)).collect();
    let mut expected: Vec<_> = office.addresses.iter().map(expected_address).collect();
    written.sort();
    expected.sort();
    assert_eq!(written, expected);
    let mut phones: Vec<_> = office.phones.iter().collect();
    phones.sort_by_key(|phone| phone.kind);
    let numbers: Vec<&str> = phones.iter().map(|phone| &*phone.number).collect();
    // Its digits are in groups, for people.
    let written = card.telephones.iter().map(|it| match &it.value {
        TelValue::Text(text) => text.replace(' ', ""),
        TelValue::Uri(uri) => panic!("{uri}"),
    });
    assert_eq!(written.collect::<Vec<_>>(), numbers);
    let emails: Vec<String> = card.emails.iter().map(|it| it.value.to_string()).collect();
    assert_eq!(emails, office.emails.iter().map(|it| it.address()).collect::<Vec<_>>());
    assert_eq!(card.revisions.len(), usize::from(office.updated.is_some()));
    check_labels(card, office, &phones);
    let geo = card.geos.iter().map(|it| it.value.as_str().to_owned()).next();
    let coordinates = office.coordinates.as_ref();
    assert_eq!(geo, coordinates.map(|it| format!("geo:{},{}", it.latitude, it.longitude)));
    let own = card.extensions.iter().find(|it| it.name.as_str() == "X-OWN");
    let expected = office.own.get("x_own").and_then(OwnValue::as_str);
    assert_eq!(own.map(|it| it.to_text()).as_deref(), expected);
}

/// What has a label is in a group with it, and nothing else is in one.
fn check_labels(card: &VCard, office: &Office<'_>, phones: &[&Phone<'_>]) {
    let label = |group: &Option<GroupName>| {
        let group = group.as_ref()?;
        let mut labels = card.extensions.iter().filter(|it| it.name.as_str() == "X-ABLabel");
        Some(labels.find(|it| it.group.as_ref() == Some(group)).unwrap().to_text())
    };
    let owned = |label: Option<&str>| label.map(str::to_owned);
    let written = card.telephones.iter().map(|it| label(&it.group));
    let expected = phones.iter().map(|it| owned(it.label.as_deref()));
    assert_eq!(written.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    let written = card.emails.iter().map(|it| label(&it.group));
    let expected = office.emails.iter().map(|it| owned(it.label()));
    assert_eq!(written.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    let written = card.urls.iter().skip(office.websites.len()).map(|it| label(&it.group));
    let forms = office.contact_forms.iter();
    let expected = forms.map(|it| owned(it.label.as_deref().or(Some("Contact form"))));
    assert_eq!(written.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

/// The components of `ADR` in the order of RFC 6350, section 6.3.1, less the extended address.
fn read_address(address: &AddressValue) -> [String; 6] {
    [
        &address.post_office_boxes,
        &address.street_addresses,
        &address.localities,
        &address.regions,
        &address.postal_codes,
        &address.countries,
    ]
    .map(|component| {
        assert!(component.len() <= 1, "{component:?}");
        component.concat()
    })
}

/// What an address is read back as.
fn expected_address(address: &Address<'_>) -> [String; 6] {
    let text = |text: &Option<Text<'_>>| text.as_deref().unwrap_or_default().to_owned();
    let care_of = address.care_of.iter().map(|name| format!("c/o {name}"));
    let lines = address.address_lines.iter().map(|line| line.to_string());
    // The box stands in the street, where every address book shows it (RFC 6350, section 6.3.1).
    let post_office_box = Some(post_office_box(address).to_string()).filter(|text| !text.is_empty());
    let district = address.dependent_locality.iter().map(|it| it.to_string());
    let street: Vec<String> = care_of.chain(lines).chain(post_office_box).chain(district).collect();
    let locality = [text(&address.locality), text(&address.sorting_code)];
    let locality: Vec<String> = locality.into_iter().filter(|it| !it.is_empty()).collect();
    let name = country(&address.country).unwrap().english_name();
    [
        String::new(),
        street.join("\n"),
        locality.join(" "),
        text(&address.administrative_area),
        text(&address.postal_code),
        name.to_owned(),
    ]
}

/// URLs are looked at as they stand: the parser writes them anew.
fn check_urls(lines: &str, office: &Office<'_>) {
    let cards = lines.split("BEGIN:VCARD").last().unwrap();
    let without_group = |line| match str::split_once(line, '.') {
        Some((group, rest)) if group.starts_with("item") => rest,
        _ => line,
    };
    let lines = cards.split("\r\n").map(without_group);
    let urls = lines.filter_map(|line| line.strip_prefix("URL;TYPE="));
    let urls: Vec<&str> = urls.map(|url| url.split_once(':').unwrap().1).collect();
    let websites = office.websites.iter().map(|it| &it.url);
    let expected = websites.chain(office.contact_forms.iter().map(|it| &it.url));
    let expected = expected.map(|url| url.replace(',', "%2C").replace(';', "%3B"));
    assert_eq!(urls, expected.collect::<Vec<_>>());
}

/// A directory of two offices, of which the second is the one in question.
fn directory(input: &Input<'_>) -> Option<Value> {
    let mut office = json!({
        "id": "office",
        "name": printable(input.name)?,
        "kind": KINDS[usize::from(input.kind) % KINDS.len()],
        "region": "region",
        "parent": "above",
    });
    let names = input.alternate_names.iter().filter_map(|(name, language)| {
        let name = printable(name)?;
        Some(match language {
            None => Value::from(name),
            Some(at) => json!({ "name": name, "language": language_of(*at) }),
        })
    });
    put(&mut office, "alternate_names", names);
    put(&mut office, "addresses", input.addresses.iter().map(place));
    let phones = input.phones.iter().map(|(kind, number, label)| {
        let kind = ["voice", "fax", "mobile"][usize::from(kind % 3)];
        let number = format!("+{}", 1_000_000 + number % 900_000_000_000_000);
        labelled(json!({ "type": kind, "number": number }), *label)
    });
    put(&mut office, "phones", phones);
    let emails = input.emails.iter().map(|(local, host, label)| {
        let address = format!("{local}@{host}");
        match label {
            None => address.into(),
            label => labelled(json!({ "address": address }), *label),
        }
    });
    put(&mut office, "emails", emails);
    let forms = input
        .contact_forms
        .iter()
        .map(|(url, label)| labelled(json!({ "url": format!("https://{url}") }), *label));
    put(&mut office, "contact_forms", forms);
    if let Some((latitude, longitude)) = input.coordinates {
        // Thousandths of a degree; smaller parts may have an exponent in JSON, and never have one in a card.
        let [latitude, longitude] = [latitude, longitude].map(|part| f64::from(part) / 1000.0);
        office["coordinates"] = json!({ "latitude": latitude, "longitude": longitude });
    }
    if let Some(own) = input.own.and_then(printable) {
        office["x_own"] = own.into();
    }
    let websites = input.websites.iter().map(|url| json!({ "url": format!("https://{url}") }));
    put(&mut office, "websites", websites);
    if let Some(at) = input.time_zone {
        office["time_zone"] = ZONES[usize::from(at) % ZONES.len()].into();
    }
    office["updated"] = match &input.updated {
        Some(moment) => moment.to_string().into(),
        None => "2025-01-31T00:00:00Z".into(),
    };
    Some(json!({
        "organization": { "name": printable(input.organization)? },
        "regions": [{ "id": "region", "name": printable(input.region)? }],
        "offices": [
            { "id": "above", "name": printable(input.above)?, "kind": "office" },
            office,
        ],
    }))
}

fn labelled(mut item: Value, label: Option<&str>) -> Value {
    if let Some(label) = label.and_then(printable) {
        item["label"] = label.into();
    }
    item
}

fn put(office: &mut Value, member: &str, values: impl Iterator<Item = Value>) {
    let values: Vec<Value> = values.take(MOST).collect();
    if !values.is_empty() {
        office[member] = values.into();
    }
}

fn language_of(at: u8) -> &'static str {
    languages()[usize::from(at) % languages().len()]
}

fn place(place: &Place<'_>) -> Value {
    let country = &countries()[usize::from(place.country) % countries().len()];
    let uses = if place.postal { "postal" } else { "physical" };
    let mut address = json!({ "uses": [uses], "country": country.code });
    let lines = place.lines.iter().filter_map(|line| printable(line)).map(Value::from);
    put(&mut address, "address_lines", lines);
    let members = ["care_of", "post_office_box", "dependent_locality", "locality", "sorting_code"];
    for (member, text) in members.into_iter().zip(place.texts) {
        if let Some(text) = text.and_then(printable) {
            address[member] = text.into();
        }
    }
    if place.has_code
        && let Some(code) = country.postal_code()
    {
        address["postal_code"] = code.example.into();
    }
    if let Some(at) = place.language {
        address["language"] = language_of(at).into();
    }
    address
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Moment { date: (year, month, day), time: (hour, minute, second), .. } = self;
        write!(f, "{:04}-{:02}-{:02}", year % 10_000, month % 12 + 1, day % 31 + 1)?;
        write!(f, "T{:02}:{:02}:{:02}", hour % 24, minute % 60, second % 61)?;
        if let Some(fraction) = self.fraction {
            write!(f, ".{fraction}")?;
        }
        match self.zone {
            None => f.write_str("Z"),
            Some((west, hours, minutes)) => {
                let sign = if west { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", hours % 24, minutes % 60)
            }
        }
    }
}
