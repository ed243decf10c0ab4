//! What the formats for address books make of labels, contact forms, coordinates and own members.

use officedir::directory::{Directory, ReadOptions};
use officedir::export::Selection;
use officedir::read::{DirectorySource, Document};
use officedir::writers::{Target, WriterInfo};

use uuid::Uuid;

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

/// An office with a box, a time zone, an office above and e-mail addresses that are rarely seen.
const BELOW: &str = r#"{
  "organization": {"name": "Org", "website": "https://www.example.org/"},
  "offices": [
    {"id": "above", "name": "Above", "kind": "office"},
    {
      "id": "below", "name": "Below", "kind": "office", "parent": "above", "time_zone": "Asia/Tokyo",
      "addresses": [{
        "uses": ["postal"], "care_of": "Jo Doe", "address_lines": ["House"], "post_office_box": "77",
        "dependent_locality": "North", "locality": "Bonn", "country": "DE"
      }],
      "emails": ["\"a,b;c\\\\d\"@example.org", "\"a@b\"@example.org", "x@[192.0.2.1]", "x@localhost"]
    }
  ]
}"#;

/// What comes out of a writer, without folds, and the pointers of what is lost.
fn export(writer: &str, options: &[(&str, &str)]) -> (String, Vec<String>) {
    export_of(OFFICE, writer, options)
}

/// The same of that document.
pub fn export_of(document: &str, writer: &str, options: &[(&str, &str)]) -> (String, Vec<String>) {
    let (text, lost) = raw_export(document, writer, options);
    (text.replace("\r\n ", ""), lost)
}

/// The same with the folds.
fn raw_export(document: &str, writer: &str, options: &[(&str, &str)]) -> (String, Vec<String>) {
    let document = Document::parse(document.as_bytes()).unwrap();
    let directory =
        Directory::read(DirectorySource::Document(&document), ReadOptions::default()).unwrap();
    let options = options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    let target = Target::new(WriterInfo::find(writer).unwrap(), options.collect()).unwrap();
    let mut memory = Memory::default();
    let outcome = directory.export(&[target], &Selection::default(), &mut memory).unwrap();
    let bytes = memory.files.into_values().next().unwrap();
    let lost = outcome.problems.into_iter().map(|(_, problem)| problem.pointer).collect();
    (String::from_utf8(bytes).unwrap(), lost)
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
            "item1.TEL;TYPE=WORK,FAX:+33 1 99 00 11 20",
            "item1.X-ABLabel:Press",
            "TEL;TYPE=WORK,VOICE:+33 1 99 00 11 00",
            "item2.TEL;TYPE=WORK,VOICE:+33 1 99 00 11 10",
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
    has(
        &text,
        &["item2.TEL;TYPE=work,voice:+33 1 99 00 11 10", "item2.X-ABLabel:Visas\\, passports"],
    );
    has(&text, &["item4.X-ABLabel:Contact form", "X-COST-CENTER:47;11"]);
    has(&text, &["item4.URL;TYPE=work:https://www.example.org/form"]);
    has(&text, &["GEO:geo:48.85,0.0000001"]);
    assert!(lost.contains(&"/x_ablabel".to_owned()), "{lost:?}");
}

#[test]
fn cards_say_where_an_office_belongs_and_who_it_is() {
    // The first component of ORG is what Apple shows for a company.
    let street = "c/o Jo Doe\\nHouse\\nPostfach 77\\nNorth";
    let above = Uuid::new_v5(&Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"www.example.org"), b"above");
    let (text, lost) = export_of(BELOW, "vcard", &[]);
    has(
        &text,
        &[
            "FN:Org Below",
            "ORG:Org Below",
            &format!("ADR;TYPE=WORK,POSTAL:;;{street};Bonn;;;Germany"),
            "TZ;VALUE=text:Asia/Tokyo",
            "X-ABShowAs:COMPANY",
            &format!("X-OFFICEDIR-PARENT:urn:uuid:{above}"),
        ],
    );
    assert!(lost.is_empty(), "{lost:?}");
    let (text, _) = export_of(BELOW, "vcard", &[("version", "4.0")]);
    has(
        &text,
        &[
            &format!("ADR;TYPE=work;CC=DE:;;{street};Bonn;;;Germany"),
            "ORG:Org Below",
            &format!("RELATED;TYPE=parent:urn:uuid:{above}"),
        ],
    );
    let (text, _) = export_of(BELOW, "jcard", &[]);
    for property in [
        r#"["org",{},"text","Org Below"]"#,
        &format!(r#"["","","{street}","Bonn","","","Germany"]"#),
        &format!(r#"["related",{{"type":"parent"}},"uri","urn:uuid:{above}"]"#),
    ] {
        assert!(text.contains(property), "no {property} in {text}");
    }
    let (text, _) = export_of(BELOW, "jscontact", &[]);
    let cards: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(cards[1]["relatedTo"][format!("urn:uuid:{above}")]["relation"]["parent"], true);
    let (text, _) = export_of(BELOW, "xcard", &[]);
    let text = text.lines().map(str::trim).collect::<String>();
    for part in [
        "<org><text>Org Below</text></org>",
        "<pobox></pobox><ext></ext><street>c/o Jo DoeHousePostfach 77North</street>",
        &format!("<type><text>parent</text></type></parameters><uri>urn:uuid:{above}</uri>"),
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

#[test]
fn all_valid_email_addresses_come_through() {
    let unusual =
        [r#""a,b;c\\d"@example.org"#, r#""a@b"@example.org"#, "x@[192.0.2.1]", "x@localhost"];
    let escaped = unusual.map(|it| it.replace('\\', r"\\").replace(',', r"\,").replace(';', r"\;"));
    let json = unusual.map(|it| serde_json::to_string(it).unwrap());
    let (version3, version4) = ([("version", "3.0")], [("version", "4.0")]);
    for (writer, options, written) in [
        ("vcard", &version3[..], escaped.each_ref().map(|it| format!("EMAIL;TYPE=INTERNET:{it}"))),
        ("vcard", &version4[..], escaped.each_ref().map(|it| format!("EMAIL;TYPE=work:{it}"))),
        (
            "jcard",
            &[],
            json.each_ref().map(|it| format!(r#"["email",{{"type":"work"}},"text",{it}]"#)),
        ),
        ("jscontact", &[], json.each_ref().map(|it| format!(r#""address":{it}"#))),
        ("xcard", &[], unusual.map(|it| format!("<text>{}</text>", it.replace('"', "&quot;")))),
        ("ldif", &[], unusual.map(|it| format!("mail: {it}"))),
    ] {
        let (text, _) = export_of(BELOW, writer, options);
        for address in written {
            assert!(text.contains(&address), "{writer}: no {address} in {text}");
        }
    }
}

#[test]
fn no_card_is_folded_beside_a_blank_or_within_an_escape() {
    let text = "South Africa, Long Street; Quarters\\\\A B";
    let office = |at: usize| {
        format!(
            r#"{{"id": "o{at}", "name": "{at} {text}", "kind": "office", "addresses": [{{"uses": ["physical"],
            "address_lines": ["{}{text}", "{text}"], "locality": "Cape Town", "country": "ZA"}}]}}"#,
            "x".repeat(at)
        )
    };
    let offices: Vec<String> = (0..75).map(office).collect();
    let document =
        format!(r#"{{"organization": {{"name": "Org"}}, "offices": [{}]}}"#, offices.join(","));
    for (writer, options) in [
        ("vcard", &[][..]),
        ("vcard", &[("version", "4.0")]),
        ("vcard", &[("profile", "outlook")]),
        ("ldif", &[]),
    ] {
        let (text, _) = raw_export(&document, writer, options);
        let lines: Vec<&str> = text.lines().collect();
        let folds = lines.windows(2).filter(|it| it[1].starts_with(' '));
        let mut count = 0;
        for fold in folds {
            count += 1;
            let backslashes = fold[0].bytes().rev().take_while(|byte| *byte == b'\\').count();
            let is_whole = backslashes % 2 == 0 || writer == "ldif";
            assert!(!fold[0].ends_with(' ') && !fold[1].starts_with("  ") && is_whole, "{fold:?}");
        }
        assert!(count > 75 && lines.iter().all(|line| line.len() <= 76), "{writer}");
    }
}

#[test]
fn profiles_without_groups_have_no_labels() {
    for profile in ["plain", "outlook"] {
        let (text, lost) = export("vcard", &[("profile", profile)]);
        has(
            &text,
            &[
                "TEL;TYPE=WORK,VOICE:+33 1 99 00 11 10",
                "URL;TYPE=WORK:https://www.example.org/form",
            ],
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

#[test]
fn what_google_splits_is_reported() {
    let office = r#"{"organization": {"name": "Example"}, "offices": [{"id": "a", "name": "A ::: B", "kind": "office",
        "alternate_names": ["One", "Two :::"], "emails": [{"address": "a@example.org", "label": "::: Press"}],
        "addresses": [{"uses": ["physical"], "address_lines": ["1 ::: 2"], "country": "FR"}]}]}"#;
    for dialect in ["google", "google-old"] {
        let (_, lost) = export_of(office, "csv", &[("dialect", dialect)]);
        for pointer in ["/name", "/alternate_names/1", "/emails/0/label", "/addresses/0"] {
            assert!(lost.iter().any(|it| it == pointer), "{dialect}: {pointer} is not in {lost:?}");
        }
    }
    let (_, lost) = export_of(office, "csv", &[("dialect", "outlook")]);
    assert!(!lost.contains(&"/name".to_owned()), "{lost:?}");
}
