//! Every office of the directory as mail from four countries and at home, reviewed line by line.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use officedir::model::{Address, Office, Organization};
use officedir::postal::{LayoutOptions, layout, problems};
use serde::Deserialize;

use super::golden_files;

#[derive(Deserialize)]
struct Directory<'a> {
    #[serde(borrow)]
    organization: Organization<'a>,
    offices: Vec<Office<'a>>,
}

const ORIGINS: [&str; 4] = ["DE", "US", "JP", "BR"];

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).expect("the file is there")
}

#[test]
fn every_office_as_mail_from_everywhere() {
    let json = read("directory.json");
    let directory: Directory<'_> = serde_json::from_str(&json).expect("the directory is valid");
    let mut found = String::new();
    for office in &directory.offices {
        let name = office.full_name(&directory.organization);
        for address in &office.addresses {
            let uses: Vec<String> = address.uses.iter().map(|it| format!("{it:?}")).collect();
            let _ = writeln!(found, "# {} ({})", office.id, uses.join(", ").to_lowercase());
            let home = address.country.as_str();
            let abroad = ORIGINS.into_iter().filter(|&from| from != home);
            for from in std::iter::once(home).chain(abroad) {
                let options = LayoutOptions {
                    organization: Some(&name),
                    from: Some(from),
                    ..LayoutOptions::default()
                };
                let lines: Vec<String> = layout(address, &options).to_lines();
                assert_nothing_lost(address, &lines);
                let _ = writeln!(found, "from {}", if from == home { "home" } else { from });
                for line in lines {
                    let _ = writeln!(found, "    {line}");
                }
            }
        }
    }
    golden_files::check("tests/postal/offices.txt", "--test postal golden", &found);
}

/// What the posts would object to in the directory, all of which its notes explain.
#[test]
fn every_office_is_as_its_post_needs_it() {
    let json = read("directory.json");
    let directory: Directory<'_> = serde_json::from_str(&json).expect("the directory is valid");
    let mut found = Vec::new();
    for office in &directory.offices {
        for problem in office.addresses.iter().flat_map(problems) {
            found.push(format!("{}: {problem}", office.id));
        }
    }
    let expected = [
        "east-asia-secretariat: mail to South Korea needs a postal code",
        "kaohsiung-capacity-center: the postal code \"812\" names no more than a delivery area",
    ];
    assert_eq!(found, expected);
}

/// Every name, number and street of the record is on the label, capitals aside.
fn assert_nothing_lost(address: &Address<'_>, lines: &[String]) {
    let set = lines.join("\n").to_uppercase();
    let components = [
        &address.care_of,
        &address.post_office_box,
        &address.dependent_locality,
        &address.locality,
        &address.postal_code,
        &address.sorting_code,
    ];
    let streets = address.address_lines.iter();
    for text in components.into_iter().flatten().chain(streets) {
        assert!(set.contains(&text.to_uppercase()), "{text} in {lines:?}");
    }
    let area = [&address.administrative_area, &address.administrative_area_code];
    let mut area = area.into_iter().flatten().peekable();
    let is_set = area.peek().is_none() || area.any(|text| set.contains(&text.to_uppercase()));
    assert!(is_set, "the administrative area in {lines:?}");
}
