//! Every change that the schema allows to a member of a document.

use std::collections::BTreeSet;

use serde_json::{Value, json};

pub fn schema() -> Value {
    serde_json::from_str(include_str!("../../../schema/directory.schema.json")).unwrap()
}

/// The paths of all members with values of their own, those of an office without `offices/`.
pub fn members() -> BTreeSet<String> {
    let (schema, mut found) = (schema(), BTreeSet::new());
    collect(&schema, &schema, "", &mut found);
    found.iter().map(|path| path.trim_start_matches("offices/").to_owned()).collect()
}

fn collect(schema: &Value, root: &Value, path: &str, found: &mut BTreeSet<String>) {
    let mut inner: Vec<(String, &Value)> = Vec::new();
    if let Some(reference) = schema["$ref"].as_str() {
        inner.push((path.to_owned(), root.pointer(reference.trim_start_matches('#')).unwrap()));
    }
    let lists = schema["anyOf"].as_array().into_iter().flatten().chain(schema.get("items"));
    inner.extend(lists.map(|schema| (path.to_owned(), schema)));
    let members = schema["properties"].as_object().into_iter().flatten();
    inner.extend(members.map(|(name, schema)| (join(path, name), schema)));
    let own = schema["patternProperties"].as_object().into_iter().flatten();
    inner.extend(own.map(|(_, schema)| (join(path, OWN), schema)));
    if inner.is_empty() {
        found.insert(path.to_owned());
    }
    inner.iter().for_each(|(path, schema)| collect(schema, root, path, found));
}

/// What stands for the members of the organisation's own in a path.
const OWN: &str = "x_";

/// One change: the member that it is about, and the document with the change made.
pub struct Change {
    /// The member's names from the document, with `/` between them and without the positions of lists.
    pub path: String,
    /// The JSON pointer of the member from the document.
    pub pointer: String,
    /// What is done to it, for people.
    pub what: String,
    pub after: Value,
}

/// The members and the items of lists at and below a place in a document that can be dropped, and values that
/// can have another value.
pub struct Walk<'a> {
    pub schema: &'a Value,
    pub document: &'a Value,
    pub changes: Vec<Change>,
}

impl<'a> Walk<'a> {
    /// Goes through the value at that pointer, which that part of the schema describes.
    pub fn value(&mut self, schema: &'a Value, path: &str, pointer: &str) {
        let kind = schema["$ref"].as_str().unwrap_or_default().trim_start_matches("#/$defs/");
        let value = &self.document.pointer(pointer).unwrap().clone();
        let schema = self.resolved(schema, value);
        match value {
            Value::Object(members) => {
                let properties = schema["properties"].as_object().unwrap();
                for (name, schema) in
                    properties.iter().filter(|(name, _)| members.contains_key(*name))
                {
                    self.member(schema, &join(path, name), &format!("{pointer}/{name}"));
                }
                for (name, value) in members.iter().filter(|(name, _)| name.starts_with(OWN)) {
                    let (path, pointer) = (join(path, OWN), format!("{pointer}/{name}"));
                    for other in
                        [json!(format!("{value} 2")), json!(null), json!([1.5, {"a": value}])]
                    {
                        self.replace(&path, &pointer, other);
                    }
                    self.remove(&path, &pointer);
                }
                let required = schema["required"].as_array().unwrap();
                for name in properties.keys().filter(|it| members.contains_key(*it)) {
                    if !required.contains(&json!(name)) {
                        self.remove(&join(path, name), &format!("{pointer}/{name}"));
                    }
                }
                if required == &[json!("name"), json!("language")] {
                    // A name has no language where it is a text and not an object.
                    let mut after = self.document.clone();
                    *after.pointer_mut(pointer).unwrap() = value["name"].clone();
                    let pointer = format!("{pointer}/language");
                    self.push(&join(path, "language"), &pointer, "dropped".to_owned(), after);
                }
            }
            Value::Array(items) if schema["uniqueItems"] == true => {
                for other in subsets(schema["items"]["enum"].as_array().unwrap()) {
                    if other != *items {
                        self.replace(path, pointer, other.into());
                    }
                }
            }
            Value::Array(items) => {
                for at in 0..items.len() {
                    let pointer = format!("{pointer}/{at}");
                    self.value(&schema["items"], path, &pointer);
                    if items.len() as u64 > schema["minItems"].as_u64().unwrap_or(0) {
                        self.remove(path, &pointer);
                    }
                }
            }
            _ => {
                for other in self.others(schema, kind, path, value) {
                    self.replace(path, pointer, other);
                }
            }
        }
    }

    fn member(&mut self, schema: &'a Value, path: &str, pointer: &str) {
        // Of the offices, the caller goes through the one that it changes.
        if path != "offices" {
            self.value(schema, path, pointer);
        }
    }

    /// The schema that a reference or an alternative stands for.
    fn resolved(&self, schema: &'a Value, value: &Value) -> &'a Value {
        if let Some(alternatives) = schema["anyOf"].as_array() {
            let mut resolved = alternatives.iter().map(|it| self.resolved(it, value));
            return resolved.find(|it| (it["type"] == "object") == value.is_object()).unwrap();
        }
        match schema["$ref"].as_str() {
            Some(reference) => self.schema.pointer(reference.trim_start_matches('#')).unwrap(),
            None => schema,
        }
    }

    fn remove(&mut self, path: &str, pointer: &str) {
        let mut after = self.document.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match after.pointer_mut(parent).unwrap() {
            Value::Object(members) => drop(members.remove(name)),
            Value::Array(items) => drop(items.remove(name.parse().unwrap())),
            _ => unreachable!("{pointer}"),
        }
        self.push(path, pointer, "dropped".to_owned(), after);
    }

    fn replace(&mut self, path: &str, pointer: &str, value: Value) {
        let mut after = self.document.clone();
        let old = std::mem::replace(after.pointer_mut(pointer).unwrap(), value.clone());
        match path {
            "id" => {
                rename(&mut after["offices"], "parent", &old, &value);
                if after["organization"]["headquarters"] == old {
                    after["organization"]["headquarters"] = value.clone();
                }
            }
            "kinds/id" => rename(&mut after["offices"], "kind", &old, &value),
            "regions/id" => {
                rename(&mut after["regions"], "parent", &old, &value);
                rename(&mut after["offices"], "region", &old, &value);
            }
            _ => {}
        }
        self.push(path, pointer, format!("changed to {value}"), after);
    }

    fn push(&mut self, path: &str, pointer: &str, what: String, after: Value) {
        let (path, pointer) = (path.to_owned(), pointer.to_owned());
        self.changes.push(Change { path, pointer, what, after });
    }

    /// Other values that a member may have: every one of few, and one of many.
    fn others(&self, schema: &Value, kind: &str, path: &str, value: &Value) -> Vec<Value> {
        if let Some(words) = schema["enum"].as_array() {
            return words.iter().filter(|word| *word != value).cloned().collect();
        }
        let Some(text) = value.as_str() else {
            return match value.as_u64() {
                Some(number) => vec![json!(number + 1)],
                None => value.as_f64().map(|number| json!(number + 0.5)).into_iter().collect(),
            };
        };
        let last = |of: &str, other: &str| format!("{}{other}", &of[..of.len() - 1]);
        let other = match (kind, schema["format"].as_str().unwrap_or_default(), path) {
            ("id", _, "id" | "kinds/id" | "regions/id") => format!("{text}-2"),
            ("id", _, path) => self.other_id(path, text),
            (_, _, "organization/id") => format!("{text}2"),
            ("country", ..) => if text == "KE" { "MA" } else { "KE" }.to_owned(),
            ("language", ..) => if text == "fr" { "de" } else { "fr" }.to_owned(),
            ("url", ..) => format!("{text}/2"),
            (_, "date-time", _) if text.contains(".25") => text.replacen(".25", ".75", 1),
            (_, "date-time", _) => text.replacen("2025", "2024", 1),
            (_, "email", _) => format!("other-{text}"),
            (_, "json-pointer", _) => "/parent".to_owned(),
            (_, _, "time_zone") => "Europe/Berlin".to_owned(),
            (_, _, "opening_hours") => "Mo-Fr 08:00-16:00".to_owned(),
            (_, _, "phones/number" | "addresses/postal_code") => last(text, "9"),
            (_, _, "addresses/administrative_area_code") => last(text, "1"),
            _ => format!("{text} 2"),
        };
        vec![other.into()]
    }

    /// The last id of the list that such a member refers to, but for the one that it has.
    fn other_id(&self, path: &str, id: &str) -> String {
        let list = match path {
            "kind" => "kinds",
            "region" | "regions/parent" => "regions",
            _ => "offices",
        };
        let mut ids =
            self.document[list].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap());
        ids.rfind(|it| *it != id && *it != "unused").unwrap().to_owned()
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

fn rename(items: &mut Value, member: &str, old: &Value, new: &Value) {
    for item in items.as_array_mut().unwrap() {
        if item[member] == *old {
            item[member] = new.clone();
        }
    }
}

/// Every set of one or more of these words, in their order.
fn subsets(words: &[Value]) -> Vec<Vec<Value>> {
    let chosen = |set: usize| {
        let words = words.iter().enumerate();
        words.filter(|(at, _)| set >> at & 1 == 1).map(|(_, word)| word.clone()).collect()
    };
    (1..1 << words.len()).map(chosen).collect()
}
