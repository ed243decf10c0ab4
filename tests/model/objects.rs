//! A type is read from an object, and never from an array of its members' values.

use officedir::model::{
    Address, ContactForm, Coordinates, Header, LabeledEmail, LocalizedName, Note, Office,
    OfficeKind, OfficeSource, Organization, Phone, PhoneType, Printed, Region, Website,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[track_caller]
fn only_from_an_object<T: Deserialize<'static> + Serialize>(value: &T) {
    let object = serde_json::to_value(value).unwrap();
    let values: Vec<Value> = object.as_object().unwrap().values().cloned().collect();
    let read = |value: Value| T::deserialize(&*Box::leak(Box::new(value))).map(drop);
    assert!(read(object.clone()).is_ok(), "{object}");
    for length in 0..=values.len() {
        let array = json!(values[..length]);
        let error = read(array.clone()).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("invalid type: sequence, expected an object"), "{array}");
        assert!(serde_json::from_str::<T>(array.to_string().leak()).is_err(), "{array}");
    }
}

#[test]
fn no_type_is_read_from_an_array() {
    let text = || "x".into();
    only_from_an_object(&Organization { name: text(), ..Organization::default() });
    only_from_an_object(&OfficeKind { id: text(), name: text(), ..OfficeKind::default() });
    only_from_an_object(&Region { id: text(), name: text(), ..Region::default() });
    only_from_an_object(&Header { schema: Some(text()), ..Header::default() });
    only_from_an_object(&Office { id: text(), name: text(), ..Office::default() });
    only_from_an_object(&Address { country: text(), ..Address::default() });
    only_from_an_object(&Printed { care_of: Some(text()), ..Printed::default() });
    only_from_an_object(&LocalizedName { name: text(), language: text() });
    only_from_an_object(&Phone::new(PhoneType::Voice, text()));
    only_from_an_object(&LabeledEmail { address: text(), ..LabeledEmail::default() });
    only_from_an_object(&ContactForm { url: text(), ..ContactForm::default() });
    only_from_an_object(&Coordinates { latitude: 1.into(), longitude: 2.into() });
    only_from_an_object(&Website { url: text(), ..Website::default() });
    only_from_an_object(&OfficeSource { document: text(), lines: [1, 2], text: vec![text()] });
    only_from_an_object(&Note { pointer: text(), text: text(), doubtful: true });
}

#[test]
fn no_type_within_another_is_read_from_an_array() {
    let office = json!({ "id": "a", "name": "A", "kind": "office" });
    let address = json!({ "uses": ["postal"], "country": "DE", "printed": ["x"] });
    let members = [
        ("alternate_names", json!([["A", "de"]])),
        ("addresses", json!([["postal"]])),
        ("addresses", json!([address])),
        ("phones", json!([["voice", "+4922897629900"]])),
        ("emails", json!([["a@example.org"]])),
        ("contact_forms", json!([["https://example.org"]])),
        ("coordinates", json!([1, 2])),
        ("websites", json!([["https://example.org"]])),
        ("source", json!(["d", [1, 2], ["x"]])),
        ("notes", json!([["/name", "x"]])),
    ];
    for (name, value) in members {
        let mut office = office.clone();
        assert!(Office::deserialize(&office).is_ok());
        office[name] = value;
        assert!(serde_json::from_str::<Office<'_>>(&office.to_string()).is_err(), "{office}");
    }
    for header in [
        json!({ "organization": ["X"] }),
        json!({ "organization": { "name": "X" }, "regions": [["r", "R"]] }),
    ] {
        assert!(Header::deserialize(&header).is_err(), "{header}");
    }
}

#[test]
fn line_numbers_are_what_json_schema_takes_for_integers() {
    let read = |lines: &str| {
        let json = format!("{{\"document\":\"d\",\"lines\":{lines},\"text\":[]}}");
        serde_json::from_str::<OfficeSource<'_>>(&json).ok().map(|source| source.lines)
    };
    assert_eq!(read("[1, 4294967295]"), Some([1, u32::MAX]));
    assert_eq!(read("[1.0, 1e2]"), Some([1, 100]));
    assert_eq!(read("[4294967295.0, 12.5e1]"), Some([u32::MAX, 125]));
    for lines in [
        "[1, 4294967296]",
        "[1, 4294967296.0]",
        "[1, 1.5]",
        "[1, -1]",
        "[1, 1e300]",
        "[1]",
        "[1, 2, 3]",
        "[1, null]",
        "[1, \"2\"]",
    ] {
        assert_eq!(read(lines), None, "{lines}");
    }
}
