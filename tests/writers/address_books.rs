//! What the formats for address books make of labels, contact forms, coordinates and own members.

use officedir::directory::{Directory, ReadOptions};
use officedir::export::Selection;
use officedir::read::{DirectorySource, Document};
use officedir::writers::{Target, WriterInfo};

use super::memory::Memory;

const OFFICE: &str = r#"{
  "organization": {"name": "Org", "website": "https://www.example.org/"},
  "offices": [{
    "id": "paris", "name": "Paris", "kind": "office",
    "addresses": [{"uses": ["physical"], "locality": "Paris", "country": "FR", "x_floor": 3}],
    "coordinates": {"latitude": 48.85, "longitude": 1e-7},
    "phones": [
      {"type": "voice", "number": "+33199001100"},
      {"type": "voice", "number": "+33199001110", "label": "Visas, passports"},
      {"type": "fax", "number": "+33199001120", "label": "Press"}
    ],
    "emails": [{"address": "press@example.org", "label": "Press"}, "paris@example.org"],
    "contact_forms": [{"url": "https://www.example.org/form"}],
    "websites": [{"url": "https://www.example.org/paris"}],
    "x_cost_center": "47;11", "x_ablabel": "Home", "x_n": [1, null]
  }]
}"#;

/// What comes out of a writer, without folds, and the pointers of what is lost.
fn export(writer: &str, options: &[(&str, &str)]) -> (String, Vec<String>) {
    let document = Document::parse(OFFICE.as_bytes()).unwrap();
    let directory =
        Directory::read(DirectorySource::Document(&document), ReadOptions::default()).unwrap();
    let options = options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    let target = Target::new(WriterInfo::find(writer).unwrap(), options.collect()).unwrap();
    let mut memory = Memory::default();
    let outcome = directory.export(&[target], &Selection::default(), &mut memory).unwrap();
    let bytes = memory.files.into_values().next().unwrap();
    let lost = outcome.problems.into_iter().map(|(_, problem)| problem.pointer).collect();
    (String::from_utf8(bytes).unwrap().replace("\r\n ", ""), lost)
}

/// Whether these lines are there, in this order.
fn has(text: &str, lines: &[&str]) {
    let mut found = text.lines();
    for line in lines {
        assert!(found.any(|it| it == *line), "no {line} in {text}");
    }
}

#[test]
fn vcards_have_groups() {
    let (text, lost) = export("vcard", &[]);
    has(
        &text,
        &[
            "item1.TEL;TYPE=WORK,FAX:+33199001120",
            "item1.X-ABLabel:Press",
            "TEL;TYPE=WORK,VOICE:+33199001100",
            "item2.TEL;TYPE=WORK,VOICE:+33199001110",
            "item2.X-ABLabel:Visas\\, passports",
            "item3.EMAIL;TYPE=INTERNET:press@example.org",
            "item3.X-ABLabel:Press",
            "EMAIL;TYPE=INTERNET:paris@example.org",
            "URL;TYPE=WORK:https://www.example.org/paris",
            "item4.URL;TYPE=WORK:https://www.example.org/form",
            "item4.X-ABLabel:Contact form",
            "GEO:48.85;0.0000001",
            "X-COST-CENTER:47\\;11",
            "X-N:[1\\,null]",
        ],
    );
    assert_eq!(lost, ["/x_ablabel", "/addresses/0/x_floor"]);
    let (text, lost) = export("vcard", &[("version", "4.0")]);
    has(&text, &["item2.TEL;TYPE=work,voice:+33199001110", "item2.X-ABLabel:Visas\\, passports"]);
    has(&text, &["item4.X-ABLabel:Contact form", "X-COST-CENTER:47;11"]);
    has(&text, &["item4.URL;TYPE=work:https://www.example.org/form"]);
    has(&text, &["GEO:geo:48.85,0.0000001"]);
    assert!(lost.contains(&"/x_ablabel".to_owned()), "{lost:?}");
}

#[test]
fn profiles_without_groups_have_no_labels() {
    for profile in ["plain", "outlook"] {
        let (text, lost) = export("vcard", &[("profile", profile)]);
        has(
            &text,
            &["TEL;TYPE=WORK,VOICE:+33199001110", "URL;TYPE=WORK:https://www.example.org/form"],
        );
        assert!(!text.contains("item1") && !text.contains("X-ABLabel"), "{text}");
        for pointer in ["/phones/1/label", "/phones/2/label", "/emails/0/label"] {
            assert!(lost.iter().any(|it| it == pointer), "{pointer} is not among {lost:?}");
        }
    }
}

#[test]
fn jscontact_has_all_own_members() {
    let (text, lost) = export("jscontact", &[]);
    let cards: serde_json::Value = serde_json::from_str(&text).unwrap();
    let card = &cards[0];
    assert_eq!(card["www.example.org:x_n"], serde_json::json!([1, null]));
    assert_eq!(card["addresses"]["1"]["www.example.org:x_floor"], 3);
    assert_eq!(card["addresses"]["1"]["coordinates"], "geo:48.85,0.0000001");
    assert_eq!(card["phones"]["1"]["label"], "Press");
    assert_eq!(card["links"]["2"]["kind"], "contact");
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn google_has_columns_for_labels() {
    let (text, _) = export("csv", &[("dialect", "google")]);
    for cells in [
        r#""Press","press@example.org","Work","paris@example.org""#,
        r#""Work","+33 199001100","Visas, passports","+33 199001110","Press (Fax)","+33 199001120""#,
        r#""Work","https://www.example.org/paris","Contact form","https://www.example.org/form""#,
    ] {
        assert!(text.contains(cells), "no {cells} in {text}");
    }
}
