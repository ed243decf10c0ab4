//! The XML loses nothing: a reader of its own makes the JSON directory of it again, which gives the same
//! XML once more. And its schema knows the countries of the table.

use officedir::directory::{Directory, ReadOptions};
use officedir::export::Selection;
use officedir::postal::countries;
use officedir::read::{DirectorySource, Document};
use officedir::writers::{TORTURE, Target, WriterInfo};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value, json};

use super::foreign::{EMBASSIES, SHOPS, UNIVERSITY};
use super::memory::Memory;

const SCHEMA: &str = include_str!("../../schema/directory.xsd");

#[test]
fn xml_to_model_to_xml() {
    for text in
        [include_str!("../../directory.json"), TORTURE, EVERYTHING, EMBASSIES, UNIVERSITY, SHOPS]
    {
        let xml = export(text);
        let mut original: Value = serde_json::from_str(text).unwrap();
        for of_the_json in ["$schema", "schema_version"] {
            original.as_object_mut().unwrap().remove(of_the_json);
        }
        let read = directory(&parse(&xml));
        assert_eq!(read, original);
        // A JSON value does not keep the order of names, in which own members are written.
        assert_eq!(export(&read.to_string()), export(&original.to_string()));
    }
}

#[test]
fn schema_has_every_country() {
    let codes = SCHEMA.split("<xs:simpleType name=\"countryCode\">").nth(1).unwrap();
    let codes = codes.split("value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let table = countries().iter().map(|country| country.code);
    assert!(codes.eq(table), "schema/directory.xsd and the country table differ");
}

#[test]
fn selection_names_the_parents_outside() {
    let selection = Selection { ids: vec!["0-separators".into()], ..Selection::default() };
    let xml = parse(&export_selected(TORTURE, &selection));
    let other: Vec<_> = xml.all("otherOffice").collect();
    assert_eq!(xml.all("office").count(), 1);
    assert_eq!(other.len(), 1);
    assert_eq!(other[0].attribute("id").as_deref(), Some("seat"));
    assert_eq!(other[0].text, "Seat");
}

fn export(directory: &str) -> String {
    export_selected(directory, &Selection::default())
}

fn export_selected(directory: &str, selection: &Selection) -> String {
    let document = Document::parse(directory.as_bytes()).unwrap();
    let options = ReadOptions { threads: 2, ..ReadOptions::default() };
    let directory = Directory::read(DirectorySource::Document(&document), options).unwrap();
    let target = Target::new(WriterInfo::find("xml").unwrap(), Vec::new()).unwrap();
    let mut memory = Memory::default();
    let outcome = directory.export(&[target], selection, &mut memory).unwrap();
    assert!(!outcome.failed(), "{:?}", directory.findings());
    String::from_utf8(memory.files.remove("offices.xml").unwrap()).unwrap()
}

/// A directory with every member of the model.
const EVERYTHING: &str = r#"{
  "organization": {"name": "Org", "alternate_names": ["O", {"name": "Organisation", "language": "de"}],
    "id": "https://example.org/?a=1&b", "website": "https://example.org", "headquarters": "b", "uid_scheme": 1,
    "x_a": "\u0000\r\n<&>\uffff", "x_b\"<é": [null, "\ufffe"]},
  "kinds": [{"id": "regional-secretariat", "name": "R & S", "alternate_names": ["RS"], "x_a": ""},
    {"id": "capacity-center", "name": "C"}],
  "regions": [{"id": "r", "name": "R"}, {"id": "s", "name": "S", "alternate_names": [{"name": "Es", "language": "de"}, "SS"],
    "parent": "r", "x_a": " "}],
  "offices": [
    {"id": "a", "name": "A", "kind": "regional-secretariat", "region": "s",
     "updated": "2025-01-31T00:00:00.5Z"},
    {"id": "b", "name": "B", "alternate_names": ["C", {"name": "D", "language": "zh-Hant-TW"}],
     "kind": "capacity-center", "region": "r", "parent": "a",
     "addresses": [
       {"uses": ["postal", "physical"], "care_of": "E", "address_lines": ["F  f", "G"],
        "dependent_locality": "H", "locality": "Denver", "administrative_area": "Colorado",
        "administrative_area_code": "CO", "postal_code": "80202", "sorting_code": "L", "country": "US",
        "language": "en",
        "printed": {"care_of": "e", "address_lines": ["f", "g"], "post_office_box": "p",
          "dependent_locality": "h", "locality": "i", "administrative_area": "j", "postal_code": "k",
          "sorting_code": "l", "country": "m"}},
       {"uses": ["postal"], "post_office_box": "P.O. Box 1", "locality": "Denver",
        "administrative_area_code": "CO", "postal_code": "80202", "country": "US"}],
     "coordinates": {"latitude": 39.74, "longitude": -104.99}, "opening_hours": "Mo-Fr 09:00-17:00; PH off",
     "contact_forms": [{"url": "https://example.org/?a&b", "label": "<Visas>", "x_a": false}],
     "x_cost_center": "0042", "x_nested": {"a~b/c": [1, {"d": null}], "e": 1.5e-7, "f": 9007199254740993},
     "phones": [{"type": "mobile", "number": "+13034440000", "label": "Press", "printed": "(303) 444 0000",
         "x_a": "tab\tand\nline"},
       {"type": "fax", "number": "+13034440001"}, {"type": "voice", "number": "+13034440002"}],
     "emails": ["a@example.org", "b&c@example.org", {"address": "d@example.org", "label": "Press & Co."},
       {"address": "e@example.org", "x_a": {}}],
     "websites": [{"url": "https://example.org/?a=1&b=2", "printed": "example.org"}],
     "time_zone": "America/Denver", "updated": "2025-01-31T00:00:00+01:00",
     "source": {"document": "d.txt", "lines": [1, 4], "text": ["  indented", "", "<&>\"'", "x "]},
     "notes": [{"pointer": "/addresses/0", "text": "two\nlines", "doubtful": true},
       {"pointer": "", "text": "]]>"}]}]}"#;

/// An element with its text, without the white space between elements.
#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn new(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        let name = start.name().as_ref().to_owned();
        Element { name, attributes: attributes.collect(), ..Element::default() }
    }

    fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn attribute(&self, name: &str) -> Option<String> {
        Some(self.attributes.iter().find(|(key, _)| key == name)?.1.clone())
    }

    fn texts<'e>(&'e self, name: &'e str) -> Vec<&'e str> {
        self.all(name).map(|it| it.text.as_str()).collect()
    }
}

fn parse(xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        let mut closed = None;
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Element::new(&start)),
            Event::Empty(start) => closed = Some(Element::new(&start)),
            Event::End(_) => closed = open.pop(),
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => reference.resolve_char_ref().unwrap().unwrap(),
                };
                open.last_mut().unwrap().text.push(character);
            }
            Event::Eof => break open.remove(0).children.remove(0),
            Event::Decl(_) => {}
            event => panic!("{event:?}"),
        }
        if let Some(mut element) = closed {
            if !element.children.is_empty() {
                assert_eq!(element.text.trim(), "", "text between elements");
                element.text.clear();
            }
            open.last_mut().unwrap().children.push(element);
        }
    }
}

/// An object of the members that there are.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let there = members.into_iter().filter(|(_, value)| !value.is_null() && *value != json!([]));
    Value::Object(there.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

fn list(element: &Element, name: &str, read: fn(&Element) -> Value) -> Value {
    element.all(name).map(read).collect()
}

fn text(element: &Element, name: &str) -> Value {
    json!(element.texts(name).first())
}

fn directory(element: &Element) -> Value {
    let organization = element.all("organization").next().unwrap();
    let scheme = organization.attribute("uidScheme");
    let mut directory = object([
        (
            "organization",
            object([
                ("name", text(organization, "name")),
                ("alternate_names", list(organization, "alternateName", alternate_name)),
                ("id", json!(organization.attribute("id"))),
                ("website", text(organization, "website")),
                ("headquarters", json!(organization.attribute("headquarters"))),
                ("uid_scheme", json!(scheme.map(|it| it.parse::<u32>().unwrap()))),
            ]),
        ),
        ("kinds", list(element, "kind", kind)),
        ("regions", list(element, "region", region)),
        ("offices", list(element, "office", office)),
    ]);
    for name in element.all("regionName") {
        let mut regions = directory["regions"].as_array_mut().unwrap().iter_mut();
        let id = name.attribute("region").unwrap();
        let region = regions.find(|region| region["id"] == id).unwrap();
        let names = region.as_object_mut().unwrap().entry("alternate_names");
        names.or_insert(json!([])).as_array_mut().unwrap().push(alternate_name(name));
    }
    extend(&mut directory, element);
    directory
}

/// Puts the own members that stand in an element where they belong.
fn extend(value: &mut Value, element: &Element) {
    for extension in element.all("extension") {
        let own = match extension.attribute("type").as_deref() {
            Some("json") => serde_json::from_str(&extension.text).unwrap(),
            None => json!(extension.text),
            Some(other) => panic!("{other}"),
        };
        let pointer = extension.attribute("pointer").unwrap_or_default();
        let place = value.pointer_mut(&pointer).unwrap();
        if let Some(address) = place.as_str() {
            *place = json!({ "address": address });
        }
        place[extension.attribute("name").unwrap()] = own;
    }
}

fn kind(element: &Element) -> Value {
    object([
        ("id", json!(element.attribute("id"))),
        ("name", text(element, "name")),
        ("alternate_names", list(element, "alternateName", alternate_name)),
    ])
}

fn email(element: &Element) -> Value {
    match element.attribute("label") {
        Some(label) => json!({"address": element.text, "label": label}),
        None => json!(element.text),
    }
}

fn coordinates(element: &Element) -> Value {
    let degrees = |name| serde_json::from_str(&element.attribute(name).unwrap()).unwrap();
    let [latitude, longitude]: [Value; 2] = ["latitude", "longitude"].map(degrees);
    json!({"latitude": latitude, "longitude": longitude})
}

fn region(element: &Element) -> Value {
    object([
        ("id", json!(element.attribute("id"))),
        ("name", json!(element.text)),
        ("parent", json!(element.attribute("parent"))),
    ])
}

fn office(element: &Element) -> Value {
    let mut office = object([
        ("id", json!(element.attribute("id"))),
        ("name", text(element, "name")),
        ("alternate_names", list(element, "alternateName", alternate_name)),
        ("kind", json!(element.attribute("kind"))),
        ("region", json!(element.attribute("region"))),
        ("parent", json!(element.attribute("parent"))),
        ("addresses", list(element, "address", address)),
        ("coordinates", element.all("coordinates").next().map_or(Value::Null, coordinates)),
        ("opening_hours", text(element, "openingHours")),
        (
            "phones",
            list(element, "phone", |it| attributes(it, &["type", "number", "label", "printed"])),
        ),
        ("emails", list(element, "email", email)),
        ("contact_forms", list(element, "contactForm", |it| attributes(it, &["url", "label"]))),
        ("websites", list(element, "website", |it| attributes(it, &["url", "printed"]))),
        ("time_zone", text(element, "timeZone")),
        ("updated", text(element, "updated")),
        ("source", element.all("source").next().map_or(Value::Null, source)),
        ("notes", list(element, "note", note)),
    ]);
    extend(&mut office, element);
    office
}

fn alternate_name(element: &Element) -> Value {
    match element.attribute("xml:lang") {
        Some(language) => json!({"name": element.text, "language": language}),
        None => json!(element.text),
    }
}

fn address(element: &Element) -> Value {
    let mut address = components(element);
    let uses = element.attribute("uses").unwrap();
    address["uses"] = uses.split(' ').collect();
    let country = element.all("country").next().unwrap();
    address["country"] = json!(country.attribute("code"));
    if let Some(area) = element.all("administrativeArea").next() {
        if area.text.is_empty() {
            address.as_object_mut().unwrap().remove("administrative_area");
        }
        if let Some(code) = area.attribute("code") {
            address["administrative_area_code"] = json!(code);
        }
    }
    if let Some(language) = element.attribute("xml:lang") {
        address["language"] = json!(language);
    }
    if let Some(printed) = element.all("printed").next() {
        address["printed"] = components(printed);
    }
    address
}

fn components(element: &Element) -> Value {
    object([
        ("care_of", text(element, "careOf")),
        ("address_lines", json!(element.texts("line"))),
        ("post_office_box", text(element, "postOfficeBox")),
        ("dependent_locality", text(element, "dependentLocality")),
        ("locality", text(element, "locality")),
        ("administrative_area", text(element, "administrativeArea")),
        ("postal_code", text(element, "postalCode")),
        ("sorting_code", text(element, "sortingCode")),
        ("country", text(element, "country")),
    ])
}

fn attributes(element: &Element, names: &[&str]) -> Value {
    let there =
        names.iter().filter_map(|name| Some(((*name).to_owned(), element.attribute(name)?)));
    there.map(|(name, value)| (name, json!(value))).collect::<Map<_, _>>().into()
}

fn source(element: &Element) -> Value {
    let line = |name| element.attribute(name).unwrap().parse::<u32>().unwrap();
    json!({
        "document": element.attribute("document"),
        "lines": [line("firstLine"), line("lastLine")],
        "text": element.texts("line"),
    })
}

fn note(element: &Element) -> Value {
    object([
        ("pointer", json!(element.attribute("pointer"))),
        ("text", json!(element.text)),
        ("doubtful", json!(element.attribute("doubtful").map(|it| it == "true"))),
    ])
}
