//! Values that a JSON Schema accepts, made from the schema alone. A test includes this file by `#[path]`.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::string::string_regex;
use serde_json::{Map, Value, json};

/// Values that a schema accepts, made from the schema alone.
pub fn values_of(schema: &Value, root: &Value) -> BoxedStrategy<Value> {
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
        "number" => (-90.0..=90.0).prop_map(Value::from).boxed(),
        "integer" => {
            let bound = |name: &str, otherwise| schema[name].as_u64().unwrap_or(otherwise);
            (bound("minimum", 1)..=bound("maximum", u64::from(u32::MAX)))
                .prop_map(Value::from)
                .boxed()
        }
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
    // An object that takes members of the organisation's own may have some.
    let own = match &schema["patternProperties"] {
        Value::Null => Just(Vec::new()).boxed(),
        _ => vec(("x_[ -~é日]{1,9}", own_values()), 0..3).boxed(),
    };
    (members, own)
        .prop_map(|(members, own)| members.into_iter().flatten().chain(own).collect::<Map<_, _>>())
        .prop_filter("as many members as the schema wants", move |it| it.len() as u64 >= least)
        .prop_map(Value::Object)
        .boxed()
}

/// Any JSON value.
fn own_values() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((any::<String>(), inner), 0..4)
                .prop_map(|members| members.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
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
        // Only the path of the schema has none.
        None => schema["pattern"].as_str().unwrap_or("[ -~é]{0,9}"),
    };
    string_regex(pattern.trim_start_matches('^').trim_end_matches('$'))
        .expect("the pattern is one that can be generated")
        .prop_filter("not too long", move |text| text.chars().count() as u64 <= longest)
        .prop_map(Value::String)
        .boxed()
}
