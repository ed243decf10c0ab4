//! A value of the wrong type, and how it is written rightly where that is plain.

use jsonschema::ValidationError;
use jsonschema::error::TypeKind;
use serde_json::{Value, json};

use super::phone::likely;
use super::{ExplainedError, short};
use crate::check::rules::schema as rules;

/// Says which type was expected, and how to write the value so where that leaves no doubt.
pub(super) fn type_error(error: &ValidationError<'_>, kind: &TypeKind) -> ExplainedError {
    let value: &Value = error.instance();
    let found = match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        _ => short(value),
    };
    let message = format!("expected {}, found {found}", expected(kind));
    let explained = ExplainedError::new(error, &rules::TYPE, message);
    let path = error.instance_path().as_str();
    // A list of offices without anything around it is what spreadsheets are converted to.
    if path.is_empty() && value.is_array() {
        return explained.help("wrap it in { \"organization\": …, \"offices\": … }");
    }
    match (value, wanted(kind)) {
        // Nothing to say is said by leaving the member out: there is one way to write it.
        (Value::Null, _) => explained.help("remove the member"),
        (Value::Object(_), "array") if path == "/offices" => {
            explained.help("write a list of offices: [ { \"id\": … }, … ]")
        }
        (Value::Object(_), "array") => explained.help("wrap it in [ and ]"),
        // Postal codes and telephone numbers, mostly. A leading zero is lost by then, so the edit is
        // shown and not made.
        (Value::Number(number), "string") => explained.instead(Some(number.to_string())),
        // One value where a list is wanted. In lists of objects it is known which member it is.
        (Value::String(_), "array") => match item(path, value) {
            Some(item) => explained.instead(Some(json!([item]))),
            None => explained.instead(Some(json!([value]))),
        },
        (Value::String(_), "object") => {
            match path.rsplit_once('/').and_then(|it| item(it.0, value)) {
                Some(item) => explained.instead(Some(item)),
                None => explained,
            }
        }
        _ => explained,
    }
}

/// The item of a list of objects that a text alone stands for.
fn item(list: &str, text: &Value) -> Option<Value> {
    match list.rsplit('/').next()? {
        "websites" | "contact_forms" => Some(json!({ "url": text })),
        "phones" => {
            let number = text.as_str().and_then(likely).map_or(text.clone(), Value::from);
            Some(json!({ "type": "voice", "number": number }))
        }
        "notes" => Some(json!({ "pointer": "", "text": text })),
        _ => None,
    }
}

/// The one type that is expected, or none of several.
fn wanted(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Single(single) => single.as_str(),
        TypeKind::Multiple(_) => "",
    }
}

/// The types in words: "a string or an object".
fn expected(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(single) => article(single.as_str()),
        TypeKind::Multiple(set) => {
            set.iter().map(|each| article(each.as_str())).collect::<Vec<_>>().join(" or ")
        }
    }
}

/// The type with its article.
fn article(name: &str) -> String {
    let article = if name.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {name}")
}
