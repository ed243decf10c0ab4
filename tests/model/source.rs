//! `directory.json` against the lines of the source document that it keeps.

use std::collections::BTreeMap;

use officedir::model::{Address, Office, Printed};
use serde::Deserialize;

const DIRECTORY: &str = include_str!("../../directory.json");

#[derive(Deserialize)]
struct Directory<'a> {
    #[serde(borrow)]
    offices: Vec<Office<'a>>,
}

fn offices() -> Vec<Office<'static>> {
    serde_json::from_str::<Directory<'static>>(DIRECTORY).unwrap().offices
}

/// The lines of the document that head a group of offices and belong to none.
const HEADINGS: [(u32, &str); 7] = [
    (46, "EUROPE"),
    (55, "Africa"),
    (68, "East Asia"),
    (87, "America"),
    (105, "South and Southeast Asia"),
    (111, "Southeast Asia"),
    (114, "Oceania"),
];

/// The office part of the document, from "ICLEI WORLD SECRETARIAT" to the last website.
const PART: std::ops::RangeInclusive<u32> = 40..=117;

#[test]
fn every_line_belongs_to_one_office_or_is_a_heading() {
    let mut owners: BTreeMap<u32, String> =
        HEADINGS.iter().map(|(line, heading)| (*line, (*heading).to_owned())).collect();
    for office in offices() {
        let source = office.source.as_ref().expect("every office has its source");
        let [first, last] = source.lines;
        assert_eq!(source.text.len() as u32, last - first + 1, "{}", office.id);
        for line in first..=last {
            let before = owners.insert(line, office.id.to_string());
            assert_eq!(before, None, "line {line} belongs to {} too", office.id);
        }
    }
    assert_eq!(owners.into_keys().collect::<Vec<_>>(), PART.collect::<Vec<_>>());
}

/// Every component as the source prints it: its printed form, or the component itself.
fn printed_forms(address: &Address<'_>) -> Vec<String> {
    let printed = address.printed.as_deref().cloned().unwrap_or_default();
    assert!(printed.country.is_some(), "the source names every country in words");
    let Printed { address_lines, country, .. } = &printed;
    let lines = if address_lines.is_empty() { &address.address_lines } else { address_lines };
    let pairs = [
        (&printed.care_of, &address.care_of),
        (&printed.post_office_box, &address.post_office_box),
        (&printed.dependent_locality, &address.dependent_locality),
        (&printed.locality, &address.locality),
        (&printed.administrative_area, &address.administrative_area),
        (&printed.postal_code, &address.postal_code),
        (&printed.sorting_code, &address.sorting_code),
    ];
    let components =
        pairs.iter().filter_map(|(printed, component)| printed.as_ref().or(component.as_ref()));
    components.chain(lines).chain(country).map(ToString::to_string).collect()
}

#[test]
fn every_value_stands_in_the_source() {
    for office in offices() {
        let source = &office.source.as_ref().unwrap().text;
        let source: Vec<&str> = source.iter().map(|line| line.as_str()).collect();
        let source = source.join("\n");
        let mut values: Vec<String> = office.addresses.iter().flat_map(printed_forms).collect();
        let phones = office.phones.iter().map(|it| it.printed.as_ref().unwrap_or(&it.number));
        let websites = office.websites.iter().map(|it| it.printed.as_ref().unwrap_or(&it.url));
        values.extend(phones.chain(websites).map(ToString::to_string));
        values.extend(office.alternate_names.iter().map(|name| name.name().to_owned()));
        for value in values {
            assert!(source.contains(&value), "{}: {value:?} is not in its source", office.id);
        }
    }
}

#[test]
fn names_stand_in_the_source_or_are_noted() {
    for office in offices() {
        let named =
            office.source.as_ref().unwrap().text.iter().any(|line| line.contains(&*office.name));
        let noted = office.notes.iter().any(|note| note.pointer == "/name");
        assert!(named || noted, "{}", office.id);
    }
}

#[test]
fn what_was_normalised_agrees_with_what_is_printed() {
    for office in offices() {
        for (at, website) in office.websites.iter().enumerate() {
            let Some(printed) = &website.printed else { continue };
            assert_eq!(website.url, format!("https://{printed}").as_str());
            let pointer = format!("/websites/{at}/url");
            assert!(office.notes.iter().any(|note| note.pointer == pointer.as_str()), "{pointer}");
        }
        for phone in &office.phones {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            assert_eq!(digits(&phone.number), digits(phone.printed.as_deref().unwrap()));
        }
    }
}

#[test]
fn nothing_is_invented() {
    let offices = offices();
    let with = |has: fn(&Office<'_>) -> bool| offices.iter().filter(|office| has(office)).count();
    let countries: std::collections::BTreeSet<&str> =
        offices.iter().flat_map(|office| &office.addresses).map(|it| it.country.as_str()).collect();
    assert_eq!((offices.len(), countries.len()), (15, 13));
    assert_eq!(with(|office| !office.emails.is_empty()), 0);
    assert_eq!(with(|office| !office.phones.is_empty()), 1);
    assert_eq!(with(|office| !office.websites.is_empty()), 11);
    assert_eq!(with(|office| office.time_zone.is_some() || office.updated.is_some()), 0);
    let without_website: Vec<&str> =
        offices.iter().filter(|it| it.websites.is_empty()).map(|it| it.id.as_str()).collect();
    assert_eq!(
        without_website,
        [
            "brussels-office",
            "kaohsiung-capacity-center",
            "southeast-asia-secretariat",
            "indonesia-project-office"
        ]
    );
}
