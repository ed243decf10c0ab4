//! The schema and its copy by draft 07: they accept and refuse the same directories, and object to the same members.

use std::cell::Cell;
use std::fs;
use std::path::Path;

use jsonschema::{PatternOptions, ValidationOptions, Validator};
use officedir::check::{SCHEMA, draft_07};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use super::generated::values_of;

/// The schema and the copy, compiled as the check compiles the schema.
fn both() -> [Validator; 2] {
    let build = |options: ValidationOptions<'static>, schema: &str| {
        let schema: Value = serde_json::from_str(schema).unwrap();
        let options =
            options.should_validate_formats(true).with_pattern_options(PatternOptions::regex());
        options.build(&schema).unwrap()
    };
    [
        build(jsonschema::draft202012::options(), SCHEMA),
        build(jsonschema::draft7::options(), &draft_07()),
    ]
}

/// What a schema objects to: the places, in order.
fn objections(schema: &Validator, directory: &Value) -> Vec<String> {
    let mut places: Vec<String> =
        schema.iter_errors(directory).map(|error| error.instance_path().to_string()).collect();
    places.sort();
    places
}

/// Pointers to every value within a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, item)| pointers(item, &format!("{at}/{index}"), found));
        }
        Value::Object(members) => {
            for (name, member) in members {
                let token = name.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{at}/{token}"), found);
            }
        }
        _ => {}
    }
}

/// The directory with one mistake, or what may be one.
fn broken(mut directory: Value, place: prop::sample::Index, how: usize) -> Value {
    let mut all = Vec::new();
    pointers(&directory, "", &mut all);
    let value = directory.pointer_mut(&all[place.index(all.len())]).unwrap();
    match (how, &mut *value) {
        (0, Value::Object(members)) => drop(members.insert("x".into(), Value::Null)),
        (1, Value::Object(members)) => {
            let first = members.keys().next().cloned();
            first.map(|name| members.remove(&name));
        }
        (2, Value::Array(items)) => items.clear(),
        (3, Value::Array(items)) => items.extend(items.clone()),
        (4, Value::String(text)) => text.push('\u{202e}'),
        (5, Value::String(text)) => text.clear(),
        (6, Value::Object(members)) => drop(members.insert("x_own".into(), json!([{ "x": 1 }]))),
        (7, _) => *value = json!(-200.5),
        (8, _) => *value = Value::Object(Map::new()),
        _ => *value = Value::Null,
    }
    directory
}

/// How many directories are generated; each is compared as it is and with three mistakes.
const GENERATED: u32 = 250;

#[test]
fn both_say_the_same_of_a_thousand_generated_directories() {
    let [schema, copy] = both();
    let root: Value = serde_json::from_str(SCHEMA).unwrap();
    let mistakes = proptest::array::uniform3((any::<prop::sample::Index>(), 0_usize..10));
    let (accepted, refused) = (Cell::new(0), Cell::new(0));
    let compare = |directory: &Value| {
        let expected = objections(&schema, directory);
        prop_assert_eq!(copy.is_valid(directory), expected.is_empty(), "{}", directory);
        let count = if expected.is_empty() { &accepted } else { &refused };
        count.set(count.get() + 1);
        prop_assert_eq!(objections(&copy, directory), expected, "{}", directory);
        Ok(())
    };
    let config =
        ProptestConfig { cases: GENERATED, failure_persistence: None, ..ProptestConfig::default() };
    let run = |(made, mistakes): (Value, [_; 3])| {
        prop_assert!(schema.is_valid(&made), "the generator follows the schema: {made}");
        compare(&made)?;
        mistakes.into_iter().try_for_each(|(place, how)| compare(&broken(made.clone(), place, how)))
    };
    TestRunner::new(config).run(&(values_of(&root, &root), mistakes), run).unwrap();
    let (accepted, refused) = (accepted.get(), refused.get());
    assert_eq!(accepted + refused, 4 * GENERATED);
    assert!(accepted >= 200 && refused >= 200, "{accepted} accepted, {refused} refused");
}

#[test]
fn both_say_the_same_of_every_broken_directory() {
    let [schema, copy] = both();
    let (mut files, mut compared, mut refused) = (0, 0, 0);
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/cases");
    let folders = fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|path| path.is_dir()) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|it| it != "json") {
                continue;
            }
            files += 1;
            // What is no JSON is compared by nobody.
            let Ok(value) = serde_json::from_slice::<Value>(&fs::read(&path).unwrap()) else {
                continue;
            };
            compared += 1;
            let expected = objections(&schema, &value);
            assert_eq!(copy.is_valid(&value), expected.is_empty(), "{}", path.display());
            assert_eq!(objections(&copy, &value), expected, "{}", path.display());
            refused += usize::from(!expected.is_empty());
        }
    }
    let counted = format!("{files} files, {compared} compared, {refused} refused");
    assert!(files >= FILES && compared >= 150 && refused >= 40, "{counted}");
}

/// How many broken directories there are at least.
const FILES: usize = 217;

/// The copy is another document, and has the texts of the schema.
#[test]
fn the_copy_keeps_what_editors_show() {
    let [schema, copy]: [Value; 2] =
        [SCHEMA, &draft_07()].map(|text| serde_json::from_str(text).unwrap());
    assert_ne!(schema["$id"], copy["$id"]);
    assert_eq!(copy["$schema"], "http://json-schema.org/draft-07/schema#");
    assert!(!draft_07().contains("$defs"));
    let (mut before, mut after) = (Vec::new(), Vec::new());
    texts(&schema, &mut before);
    texts(&copy, &mut after);
    before.sort();
    after.sort();
    assert!(before.len() > 200, "{} texts", before.len());
    assert_eq!(before, after);
}

/// Titles, descriptions, examples and defaults.
fn texts(value: &Value, found: &mut Vec<String>) {
    for (name, member) in value.as_object().into_iter().flatten() {
        let is_text = ["title", "description", "examples", "default"].contains(&name.as_str());
        if is_text && !member.is_object() {
            found.push(format!("{name}: {member}"));
        }
        texts(member, found);
    }
    value.as_array().into_iter().flatten().for_each(|item| texts(item, found));
}
