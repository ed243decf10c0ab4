//! The schema for editors and programs that know no later draft of JSON Schema than 07.

use serde_json::{Map, Value};

use super::SCHEMA;

/// [`SCHEMA`] by draft 07 of JSON Schema: it accepts the same directories and has the same titles, descriptions and
/// examples. Members stand in the order of the alphabet.
///
/// Of the keywords that the schema uses, two differ between the drafts:
///
/// - `$defs` (JSON Schema 2020-12, section 8.2.4) was called `definitions` (draft-handrews-json-schema-validation-01,
///   section 9);
/// - what stands beside `$ref` was ignored (draft-handrews-json-schema-01, section 8.3), so a reference with others
///   beside it goes into `allOf`.
///
/// Its `$id` is that of the schema with `:draft-07` behind it: the two are not one document.
pub fn draft_07() -> String {
    // That the schema is JSON is tested.
    let mut schema = converted(serde_json::from_str(SCHEMA).unwrap_or_default());
    let id = format!("{}:draft-07", schema["$id"].as_str().unwrap_or_default());
    schema["$id"] = id.into();
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    format!("{schema:#}\n")
}

/// A schema by draft 07, with the schemas within it.
fn converted(schema: Value) -> Value {
    // `true` and `false` are schemas too.
    let Value::Object(keywords) = schema else { return schema };
    let has_siblings = keywords.len() > 1;
    let converted = keywords.into_iter().map(|(keyword, value)| match (keyword.as_str(), value) {
        ("$ref", Value::String(reference)) => {
            let reference = reference.replacen("#/$defs/", "#/definitions/", 1);
            match has_siblings {
                true => ("allOf".to_owned(), serde_json::json!([{ "$ref": reference }])),
                false => (keyword, reference.into()),
            }
        }
        ("$defs", value) => ("definitions".to_owned(), each(value)),
        // Names of members, which may be those of keywords, with the schemas of their values.
        ("properties" | "patternProperties", value) => (keyword, each(value)),
        ("items" | "additionalProperties" | "not", value) => (keyword, self::converted(value)),
        ("anyOf", Value::Array(forms)) => {
            (keyword, forms.into_iter().map(self::converted).collect())
        }
        (_, value) => (keyword, value),
    });
    Value::Object(converted.collect())
}

/// Schemas by names.
fn each(schemas: Value) -> Value {
    let Value::Object(schemas) = schemas else { return schemas };
    let converted = schemas.into_iter().map(|(name, schema)| (name, converted(schema)));
    Value::Object(converted.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keywords that [`converted`] was written for.
    const KNOWN: [&str; 27] = [
        "$defs",
        "$id",
        "$ref",
        "$schema",
        "additionalProperties",
        "anyOf",
        "const",
        "default",
        "description",
        "enum",
        "examples",
        "format",
        "items",
        "maxItems",
        "maxLength",
        "maximum",
        "minItems",
        "minProperties",
        "minimum",
        "not",
        "pattern",
        "patternProperties",
        "properties",
        "required",
        "title",
        "type",
        "uniqueItems",
    ];

    /// Collects the keywords of a schema and of those within it.
    fn keywords(schema: &Value, found: &mut Vec<String>) {
        for (keyword, value) in schema.as_object().into_iter().flatten() {
            found.push(keyword.clone());
            match keyword.as_str() {
                "$defs" | "properties" | "patternProperties" => {
                    value.as_object().into_iter().flatten().for_each(|(_, it)| keywords(it, found));
                }
                "items" | "additionalProperties" | "not" => keywords(value, found),
                "anyOf" => {
                    value.as_array().into_iter().flatten().for_each(|it| keywords(it, found))
                }
                _ => {}
            }
        }
    }

    #[test]
    fn the_schema_has_no_keyword_that_the_conversion_does_not_know() {
        let mut found = Vec::new();
        keywords(&serde_json::from_str(SCHEMA).unwrap_or_default(), &mut found);
        found.retain(|keyword| !KNOWN.contains(&keyword.as_str()));
        assert!(found.is_empty(), "see how draft 07 has it, and add it to KNOWN: {found:?}");
    }
}
