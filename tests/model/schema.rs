//! The schema and the types agree: what one accepts the other reads, and gives back the same.

use jsonschema::{PatternOptions, Validator};
use officedir::check::SCHEMA;
use officedir::model::{
    Address, AlternateName, LocalizedName, Note, Office, OfficeKind, OfficeSource, Phone,
    PhoneType, Printed, Use, Website,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::string::string_regex;
use serde_json::{Map, Value, json};

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

/// Values that a schema accepts, made from the schema alone.
fn values_of(schema: &Value, root: &Value) -> BoxedStrategy<Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        return values_of(
            root.pointer(&reference[1..]).expect("the reference leads somewhere"),
            root,
        );
    }
    if let Some(constant) = schema.get("const") {
        return Just(constant.clone()).boxed();
    }
    if let Some(members) = schema["enum"].as_array() {
        return proptest::sample::select(members.clone()).boxed();
    }
    if let Some(forms) = schema["anyOf"].as_array() {
        let forms: Vec<_> = forms.iter().map(|form| values_of(form, root)).collect();
        return proptest::strategy::Union::new(forms).boxed();
    }
    match schema["type"].as_str().expect("a schema without reference or enum has a type") {
        "object" => objects_of(schema, root),
        "array" => arrays_of(schema, root),
        "string" => strings_of(schema),
        "integer" => (1..=u32::MAX).prop_map(Value::from).boxed(),
        other => panic!("the generator does not know the type {other}"),
    }
}

fn objects_of(schema: &Value, root: &Value) -> BoxedStrategy<Value> {
    let required = schema["required"].as_array().expect("every object says what it requires");
    let least = schema["minProperties"].as_u64().unwrap_or(0);
    let members: Vec<_> = schema["properties"]
        .as_object()
        .expect("every object lists its members")
        .iter()
        .map(|(name, member)| {
            let name = name.clone();
            let value = values_of(member, root);
            let value = if required.contains(&json!(name)) {
                value.prop_map(Some).boxed()
            } else {
                proptest::option::of(value).boxed()
            };
            value.prop_map(move |value| value.map(|value| (name.clone(), value)))
        })
        .collect();
    members
        .prop_map(|members| members.into_iter().flatten().collect::<Map<_, _>>())
        .prop_filter("as many members as the schema wants", move |it| it.len() as u64 >= least)
        .prop_map(Value::Object)
        .boxed()
}

fn arrays_of(schema: &Value, root: &Value) -> BoxedStrategy<Value> {
    let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
    let most = schema["maxItems"].as_u64().map_or(least + 2, |most| most as usize);
    let unique = schema["uniqueItems"] == json!(true);
    vec(values_of(&schema["items"], root), least..=most)
        .prop_map(move |mut items| {
            if unique {
                let mut seen = Vec::new();
                items.retain(|item| {
                    !seen.contains(item) && {
                        seen.push(item.clone());
                        true
                    }
                });
            }
            Value::Array(items)
        })
        .boxed()
}

fn strings_of(schema: &Value) -> BoxedStrategy<Value> {
    let longest = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let pattern = match schema["format"].as_str() {
        Some("date-time") => {
            "20[0-9]{2}-0[1-9]-[01][1-8]T[01][0-9]:[0-5][0-9]:[0-5][0-9](Z|\\+09:00)"
        }
        Some("uri") => "https?://[a-z]{1,9}\\.org(/[a-z0-9._~]{0,5}){0,2}(\\?q=%2C)?",
        Some("email") => "[a-z0-9]{1,9}(\\.[a-z]{1,5})?@[a-z]{1,9}\\.org",
        Some("json-pointer") => "(/[a-zé]{1,5}(~0|~1)?){0,3}",
        Some(other) => panic!("the generator does not know the format {other}"),
        None => schema["pattern"].as_str().expect("every string has a pattern"),
    };
    string_regex(pattern.trim_start_matches('^').trim_end_matches('$'))
        .expect("the pattern is one that can be generated")
        .prop_filter("not too long", move |text| text.chars().count() as u64 <= longest)
        .prop_map(Value::String)
        .boxed()
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
const OPTIONAL: usize = 36;

/// An office with every member but those left out. There is no `..` in it: a member that the types get
/// must be added here, and then the schema must know it.
fn some_office(left_out: &[bool]) -> Office<'static> {
    let left_out = std::cell::RefCell::new(left_out.iter());
    let keep = || !left_out.borrow_mut().next().expect("OPTIONAL counts the members");
    let text = |text: &'static str| keep().then(|| text.into());
    fn list<T>(keep: bool, items: Vec<T>) -> Vec<T> {
        if keep { items } else { Vec::new() }
    }
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
    };
    let localized = LocalizedName { name: "서울".into(), language: "ko".into() };
    Office {
        id: "some-office".into(),
        name: "Some \"Office\"".into(),
        alternate_names: list(
            keep(),
            vec![AlternateName::Plain("Other".into()), AlternateName::Localized(localized)],
        ),
        kind: OfficeKind::CapacityCenter,
        region: text("east-asia"),
        parent: text("other-office"),
        addresses: list(keep(), vec![address]),
        phones: list(
            keep(),
            [PhoneType::Fax, PhoneType::Mobile, PhoneType::Voice]
                .map(|kind| Phone { kind, number: "+8221234567".into(), printed: text("02-123") })
                .into(),
        ),
        emails: list(keep(), vec!["a@example.org".into()]),
        websites: list(
            keep(),
            vec![Website { url: "https://example.org".into(), printed: text("example.org") }],
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
    }
}

#[test]
fn the_schema_knows_no_member_that_the_types_do_not() {
    let office = serde_json::to_value(some_office(&[false; OPTIONAL])).unwrap();
    let root = schema();
    let places = [
        ("office", &office),
        ("address", &office["addresses"][0]),
        ("phone", &office["phones"][0]),
        ("website", &office["websites"][0]),
        ("source", &office["source"]),
        ("note", &office["notes"][0]),
    ];
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for (name, value) in places {
        let mut known = names(&root["$defs"][name]["properties"]);
        known.sort();
        let mut written = names(value);
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
