//! Directories, and every change to a member of them that an output should show.

use std::sync::Arc;

use officedir::model::{Address, Use};
use officedir::postal::{LayoutOptions, layout};
use officedir::writers::OmissionCase;
use serde_json::{Value, json};

use super::schema::{Change, Walk, schema};

/// The office that is changed.
pub const TARGET: &str = "target";

/// A member, and a directory before and after a change to it.
pub struct Case {
    /// What is done, for people.
    pub name: String,
    /// The member, as [`officedir::writers::OmittedMember::path`] names it.
    pub path: String,
    /// Its JSON pointer from the office; of a member of no office, from the document.
    pub pointer: String,
    /// The cases of omission that it is one of.
    pub omission: Vec<OmissionCase>,
    pub before: Arc<Value>,
    pub after: Value,
}

/// Lists whose order means something, as their descriptions in the schema say.
const ORDERED: [&str; 5] = [
    "/regions",
    "/offices",
    "/offices/1/websites",
    "/offices/1/addresses/0/address_lines",
    "/offices/1/source/text",
];

/// Every member of the directory that has all of them, and the members that come out otherwise in other
/// company.
pub fn all() -> Vec<Case> {
    let full: Value = serde_json::from_str(include_str!("full.json")).unwrap();
    let schema = schema();
    let mut cases = Vec::new();
    add("full", full.clone(), &[""], &schema, &mut cases);
    for list in ORDERED {
        let mut after = full.clone();
        after.pointer_mut(list).unwrap().as_array_mut().unwrap().reverse();
        let path = list.replace("/offices/1/", "").replace("/0/", "/");
        let path = path.trim_start_matches('/').to_owned();
        cases.push(Case {
            name: format!("full: {list} in another order"),
            pointer: of_office(list).to_owned(),
            path,
            omission: vec![OmissionCase::Order],
            before: Arc::new(full.clone()),
            after,
        });
    }
    for (name, change, focus) in SCENARIOS {
        let mut directory = full.clone();
        change(&mut directory["offices"][1]);
        add(name, directory, focus, &schema, &mut cases);
    }
    cases
}

type Scenario = (&'static str, fn(&mut Value), &'static [&'static str]);

/// Offices that differ from the full one, and the pointers from the office that are looked at.
const SCENARIOS: &[Scenario] = &[
    (
        "an area whose code is in mail",
        |office| {
            let address = &mut office["addresses"][0];
            address["country"] = "US".into();
            address["administrative_area"] = "Colorado".into();
            address["administrative_area_code"] = "CO".into();
            address["postal_code"] = "80202".into();
        },
        &["/addresses/0/administrative_area", "/addresses/0/administrative_area_code"],
    ),
    (
        "an area that mail knows by its code only",
        |office| {
            let address = &mut office["addresses"][0];
            address["country"] = "US".into();
            address["administrative_area"] = "Centennial State".into();
            address["administrative_area_code"] = "CO".into();
            address["postal_code"] = "80202".into();
        },
        &["/addresses/0/administrative_area", "/addresses/0/administrative_area_code"],
    ),
    (
        "an area without a name",
        |office| remove(&mut office["addresses"][0], "administrative_area"),
        &["/addresses/0/administrative_area_code"],
    ),
    (
        "an area without a code",
        |office| remove(&mut office["addresses"][0], "administrative_area_code"),
        &["/addresses/0/administrative_area"],
    ),
    (
        "an address for visitors only",
        |office| office["addresses"][0]["uses"] = json!(["physical"]),
        &["/addresses/0/uses", "/addresses/0/locality", "/addresses/0/language"],
    ),
    (
        "an address for mail only",
        |office| office["addresses"][0]["uses"] = json!(["postal"]),
        &["/addresses/0/uses", "/addresses/0/locality"],
    ),
    (
        "two addresses",
        |office| {
            let mut postal = office["addresses"][0].clone();
            postal["uses"] = json!(["postal"]);
            postal["locality"] = "Mombasa".into();
            office["addresses"][0]["uses"] = json!(["physical"]);
            office["addresses"].as_array_mut().unwrap().push(postal);
        },
        &[
            "/addresses/0",
            "/addresses/1",
            "/addresses/0/uses",
            "/addresses/1/uses",
            "/addresses/0/locality",
            "/addresses/1/locality",
            "/addresses/0/language",
            "/addresses/1/language",
        ],
    ),
    (
        "two addresses for everything",
        |office| {
            let mut second = office["addresses"][0].clone();
            second["locality"] = "Mombasa".into();
            office["addresses"].as_array_mut().unwrap().push(second);
        },
        &[
            "/addresses/0/uses",
            "/addresses/1/uses",
            "/addresses/1/locality",
            "/addresses/1/care_of",
        ],
    ),
    (
        "a box and no street",
        |office| remove(&mut office["addresses"][0], "address_lines"),
        &["/addresses/0/post_office_box"],
    ),
    (
        "no address",
        |office| remove(office, "addresses"),
        &["/name", "/kind", "/phones", "/time_zone"],
    ),
    (
        "nothing else",
        |office| {
            let id = office["id"].clone();
            *office = json!({"id": id, "name": "Target", "kind": "office", "parent": "seat", "time_zone": "Africa/Nairobi"});
        },
        &[""],
    ),
    (
        "five of each",
        |office| {
            for list in
                ["alternate_names", "addresses", "phones", "emails", "contact_forms", "websites"]
            {
                let first = office[list][0].clone();
                let items = (1..=5).map(|number| numbered(&first, number)).collect();
                office[list] = Value::Array(items);
            }
        },
        &[
            "/alternate_names/4",
            "/addresses/4",
            "/addresses/4/locality",
            "/addresses/4/country",
            "/phones/4",
            "/phones/4/number",
            "/emails/4",
            "/contact_forms/4",
            "/contact_forms/4/url",
            "/websites/4",
            "/websites/4/url",
        ],
    ),
    (
        "five of the other phones",
        |office| {
            let [fax, mobile] = [1, 2].map(|at| office["phones"][at].clone());
            let items =
                (1..=5).flat_map(|number| [numbered(&fax, number), numbered(&mobile, number)]);
            office["phones"] = Value::Array(items.collect());
        },
        &["/phones/8", "/phones/9"],
    ),
    (
        "a fraction of a second",
        |office| office["updated"] = "2025-01-31T00:00:00.25Z".into(),
        &["/updated"],
    ),
    (
        "more than a cell holds",
        |office| office["alternate_names"][0] = "long name ".repeat(3_300).trim_end().into(),
        &["/alternate_names/0"],
    ),
];

fn remove(value: &mut Value, member: &str) {
    value.as_object_mut().unwrap().remove(member);
}

/// An item of a list that differs from another one in what it is known by.
fn numbered(item: &Value, number: usize) -> Value {
    let mut item = item.clone();
    match &mut item {
        Value::String(text) => *text = format!("{number}{text}"),
        Value::Object(members) => {
            for member in ["number", "url", "address", "locality"] {
                if let Some(Value::String(text)) = members.get_mut(member) {
                    text.push_str(&number.to_string());
                }
            }
        }
        _ => unreachable!("{item}"),
    }
    item
}

/// Adds a case for every change to the directory at these places or below.
fn add(name: &str, directory: Value, focus: &[&str], schema: &Value, cases: &mut Vec<Case>) {
    let before = Arc::new(directory);
    let mut walk = Walk { schema, document: &before, changes: Vec::new() };
    if name == "full" {
        walk.value(schema, "", "");
    }
    walk.value(&schema["$defs"]["office"], "", "/offices/1");
    for Change { path, pointer, what, after } in walk.changes {
        let place = of_office(&pointer);
        if focus.iter().any(|focus| focus.is_empty() || *focus == place) {
            cases.push(Case {
                name: format!("{name}: {place} {what}"),
                omission: omission(&path, place, &before, &after),
                pointer: place.to_owned(),
                path,
                before: Arc::clone(&before),
                after,
            });
        }
    }
}

/// A pointer from the changed office.
fn of_office(pointer: &str) -> &str {
    pointer.strip_prefix("/offices/1").unwrap_or(pointer)
}

/// Whether a path or pointer is the other one, or within it.
pub fn begins_with(path: &str, start: &str) -> bool {
    path.strip_prefix(start)
        .is_some_and(|rest| start.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

fn omission(path: &str, pointer: &str, before: &Value, after: &Value) -> Vec<OmissionCase> {
    let mut cases = Vec::new();
    let offices = [before, after].map(|directory| &directory["offices"][1]);
    let at = || pointer.split('/').nth(2).and_then(|at| at.parse::<usize>().ok());
    if path == "addresses/administrative_area" || path == "addresses/administrative_area_code" {
        let [old, new] = offices.map(|office| &office["addresses"][at().unwrap()]);
        if old.get("administrative_area").is_some() && path.ends_with("code") {
            cases.push(OmissionCase::BesideName);
        }
        if in_mail(old) == in_mail(new) {
            if cases.contains(&OmissionCase::BesideName) {
                cases.push(OmissionCase::BesideNameNotOnMail);
            }
            cases.push(OmissionCase::NotOnMail);
        }
    }
    let all_chosen =
        offices.map(|office| [Use::Physical, Use::Postal].map(|wanted| chosen(office, wanted)));
    if path == "addresses/uses" && all_chosen[0] == all_chosen[1] {
        cases.push(OmissionCase::NotDecisive);
    }
    if path == "addresses" || path.starts_with("addresses/") {
        for wanted in [Use::Physical, Use::Postal] {
            let [old, new] = offices.map(|office| chosen(office, wanted));
            if at().is_some() && old != at() && (path == "addresses" || new != at()) {
                cases.push(OmissionCase::NotFor(wanted));
            }
            if path == "addresses/uses" && old == new {
                cases.push(OmissionCase::NotDecisiveFor(wanted));
            }
        }
    }
    // Scheme 2 is meant where none is named.
    if path == "organization/uid_scheme" && after.pointer(pointer).is_none_or(|it| it == 2) {
        cases.push(OmissionCase::Implied);
    }
    if begins_with(pointer, "/regions/3") {
        cases.push(OmissionCase::WithoutOffices);
    }
    cases
}

fn in_mail(address: &Value) -> Vec<String> {
    let json = address.to_string();
    let address: Address<'_> = serde_json::from_str(&json).unwrap();
    layout(&address, &LayoutOptions::default()).to_lines()
}

/// The position of the address that is the office's for that use.
fn chosen(office: &Value, wanted: Use) -> Option<usize> {
    let addresses = office["addresses"].as_array()?;
    let wanted = json!(wanted.as_str());
    let has_it = |address: &Value| address["uses"].as_array().unwrap().contains(&wanted);
    Some(addresses.iter().position(has_it).unwrap_or(0))
}
