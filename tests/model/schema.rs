//! The schema and the types agree: what one accepts the other reads, and gives back the same.

use jsonschema::{PatternOptions, Validator};
use officedir::check::SCHEMA;
use officedir::model::{
    Address, AlternateName, ContactForm, Coordinates, Email, LabeledEmail, LocalizedName, Note,
    Office, OfficeSource, OwnMembers, Phone, PhoneType, Printed, Use, Website,
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Number, Value, json};

use super::generated::values_of;

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

fn office_validator() -> Validator {
    let office = json!({ "$ref": "#/$defs/office", "$defs": schema()["$defs"] });
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex())
        .build(&office)
        .expect("the schema compiles")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_types_read_what_the_schema_accepts(
        value in values_of(&json!({ "$ref": "#/$defs/office" }), &schema())
    ) {
        thread_local!(static OFFICE: Validator = office_validator());
        prop_assert!(OFFICE.with(|office| office.is_valid(&value)), "{value}");
        let text = value.to_string();
        let office: Office<'_> = serde_json::from_str(&text)?;
        prop_assert_eq!(serde_json::to_value(&office)?, value);
    }

    #[test]
    fn the_schema_accepts_what_the_types_write(
        left_out in vec(any::<bool>(), OPTIONAL)
    ) {
        thread_local!(static OFFICE: Validator = office_validator());
        let office = some_office(&left_out);
        let value = serde_json::to_value(&office)?;
        prop_assert!(OFFICE.with(|office| office.is_valid(&value)), "{value}");
        let text = value.to_string();
        prop_assert_eq!(serde_json::from_str::<Office<'_>>(&text)?, office);
    }
}

/// How many members [`some_office`] can leave out.
const OPTIONAL: usize = 46;

/// An office with every member but those left out. There is no `..` in it: a member that the types get
/// must be added here, and then the schema must know it.
fn some_office(left_out: &[bool]) -> Office<'static> {
    let left_out = std::cell::RefCell::new(left_out.iter());
    let keep = || !left_out.borrow_mut().next().expect("OPTIONAL counts the members");
    let text = |text: &'static str| keep().then(|| text.into());
    fn list<T>(keep: bool, items: Vec<T>) -> Vec<T> {
        if keep { items } else { Vec::new() }
    }
    let own = || OwnMembers::from_iter([("x_a", json!({ "b": [null, 1.5] })), ("x_b", json!("c"))]);
    let printed = Printed {
        care_of: text("A"),
        address_lines: list(keep(), vec!["1,".into()]),
        post_office_box: text("box"),
        dependent_locality: text("D"),
        locality: text("L"),
        administrative_area: text("S"),
        postal_code: text("(110-110)"),
        sorting_code: text("X"),
        country: text("Korea"),
    };
    let address = Address {
        uses: vec![Use::Physical, Use::Postal],
        care_of: text("Someone"),
        address_lines: list(keep(), vec!["14/F".into(), "38 Jongno".into()]),
        post_office_box: text("PO Box 1"),
        dependent_locality: text("Jongno-gu"),
        locality: text("Seoul"),
        administrative_area: text("Seoul"),
        administrative_area_code: text("11"),
        postal_code: text("03188"),
        sorting_code: text("CEDEX 7"),
        country: "KR".into(),
        language: text("ko-Latn"),
        printed: (printed != Printed::default()).then(|| Box::new(printed)),
        own: own(),
    };
    let labeled =
        LabeledEmail { address: "press@example.org".into(), label: text("Press"), own: own() };
    let form = ContactForm { url: "https://example.org/".into(), label: text("Visas"), own: own() };
    let localized = LocalizedName { name: "서울".into(), language: "ko".into() };
    Office {
        id: "some-office".into(),
        name: "Some \"Office\"".into(),
        alternate_names: list(
            keep(),
            vec![AlternateName::Plain("Other".into()), AlternateName::Localized(localized)],
        ),
        kind: "capacity-center".into(),
        region: text("east-asia"),
        parent: text("other-office"),
        addresses: list(keep(), vec![address]),
        coordinates: keep().then(|| {
            let longitude = Number::from_f64(-127.5).unwrap();
            Box::new(Coordinates { latitude: 37.into(), longitude })
        }),
        opening_hours: text("Mo-Fr 09:00-18:00"),
        phones: list(
            keep(),
            [PhoneType::Fax, PhoneType::Mobile, PhoneType::Voice]
                .map(|kind| Phone {
                    kind,
                    number: "+8221234567".into(),
                    label: text("Visas"),
                    printed: text("02-123"),
                    own: own(),
                })
                .into(),
        ),
        emails: list(keep(), vec!["a@example.org".into(), Email::Labeled(labeled)]),
        contact_forms: list(keep(), vec![form]),
        websites: list(
            keep(),
            vec![Website {
                url: "https://example.org".into(),
                printed: text("example.org"),
                own: own(),
            }],
        ),
        time_zone: text("Asia/Seoul"),
        updated: text("2025-01-31T00:00:00Z"),
        source: keep().then(|| OfficeSource {
            document: "source.txt".into(),
            lines: [1, u32::MAX],
            text: vec!["".into(), "line".into()],
        }),
        notes: list(
            keep(),
            vec![Note { pointer: "/name".into(), text: "two\nlines".into(), doubtful: keep() }],
        ),
        own: own(),
    }
}

#[test]
fn the_schema_knows_no_member_that_the_types_do_not() {
    let office = serde_json::to_value(some_office(&[false; OPTIONAL])).unwrap();
    let root = schema();
    let places = [
        ("office", &office),
        ("address", &office["addresses"][0]),
        ("coordinates", &office["coordinates"]),
        ("phone", &office["phones"][0]),
        ("email", &office["emails"][1]),
        ("contact_form", &office["contact_forms"][0]),
        ("website", &office["websites"][0]),
        ("source", &office["source"]),
        ("note", &office["notes"][0]),
    ];
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for (name, value) in places {
        let mut known = names(&root["$defs"][name]["properties"]);
        known.sort();
        let mut written = names(value);
        let takes_own = root["$defs"][name]["patternProperties"].is_object();
        assert_eq!(takes_own, written.iter().any(|name| name.starts_with("x_")), "{name}");
        written.retain(|name| !name.starts_with("x_"));
        written.sort();
        assert_eq!(known, written, "{name}");
    }
    let printed = &root["$defs"]["address"]["properties"]["printed"]["properties"];
    assert_eq!(
        names(printed).len(),
        names(&office["addresses"][0]["printed"]).len(),
        "printed forms"
    );
}

#[test]
fn every_member_explains_itself() {
    fn walk(schema: &Value, path: &str) {
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}/{name}");
            for keyword in ["title", "description"] {
                assert!(member[keyword].is_string(), "{path} has no {keyword}");
            }
            walk(member, &path);
            walk(&member["items"], &path);
        }
        if schema["type"] == "object" {
            assert_eq!(schema["additionalProperties"], json!(false), "{path} is open");
        }
    }
    let root = schema();
    walk(&root, "");
    for (name, definition) in root["$defs"].as_object().unwrap() {
        walk(definition, name);
    }
}
