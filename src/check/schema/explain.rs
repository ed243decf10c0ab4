//! Errors of the JSON Schema in our own words, each with a rule, a place and what to write instead.
//!
//! An error of the schema says which keyword failed on which value. What a person needs is what was
//! probably meant: the member by its near name, the value by its near spelling. Types are explained in
//! `kind`, patterns and formats in `pattern`, and what has a grammar of its own in a file of its own.

mod date_time;
mod email;
mod kind;
mod pattern;
mod phone;
mod url;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, Mutex, PoisonError};

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use kind::type_error;
use pattern::{format_error, pattern_error};

use super::{MOST, Rule, SCHEMA};
use crate::check::rules::schema as rules;
use crate::json::token;
use crate::text::{excerpt, nearest};

/// One error in our own words.
pub(super) struct ExplainedError {
    pub rule: &'static Rule,
    pub path: String,
    pub message: String,
    pub help: Option<String>,
    pub place: MarkedPart,
    /// The parts of a text that the error is about, by bytes, each with what it is; none is the whole of it.
    pub marks: Vec<(Range<usize>, String)>,
    /// What to write instead of what is shown, and whether that is safe.
    pub instead: Option<Value>,
    pub safe: bool,
    /// The pointer of the member that an unknown one was probably meant to be.
    pub meant: Option<String>,
    /// The member that is missing.
    property: Option<String>,
}

/// What is shown of the value that an error is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum MarkedPart {
    /// The member's name.
    Key,
    /// The first byte: the matter is something that the object lacks.
    Start,
    /// All of it.
    Value,
}

impl ExplainedError {
    fn new(error: &ValidationError<'_>, rule: &'static Rule, message: impl Into<String>) -> Self {
        ExplainedError {
            rule,
            path: error.instance_path().to_string(),
            message: message.into(),
            help: None,
            place: MarkedPart::Value,
            marks: Vec::new(),
            instead: None,
            safe: false,
            meant: None,
            property: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points at those parts of the text; each but the first is called by what it is.
    fn marks(mut self, marks: Vec<(Range<usize>, String)>) -> Self {
        self.marks = marks;
        self
    }

    fn instead(mut self, value: Option<impl Into<Value>>) -> Self {
        self.instead = value.map(Into::into);
        self
    }

    /// Without a suggestion that changes nothing, or that the schema does not take in that place either; else with it
    /// as the advice where there is no other.
    fn checked(mut self, error: &ValidationError<'_>) -> Self {
        let is_taken = |value: &Value| {
            *value != **error.instance() && is_taken(error.evaluation_path().as_str(), value)
        };
        self.instead = self.instead.filter(is_taken);
        self.safe &= self.instead.is_some();
        if self.help.is_none() {
            self.help = self.instead.as_ref().map(|value| format!("write {value}"));
        }
        self
    }

    /// The pointer of the member that is missing.
    pub fn missing(&self) -> String {
        format!("{}{}", self.path, token(self.property.as_deref().unwrap_or_default()))
    }
}

/// The error in our own words; one for each unknown member, and how many of these there are beyond those that are
/// looked at.
pub(super) fn explain(error: &ValidationError<'_>) -> (Vec<ExplainedError>, usize) {
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            let looked_at = &unexpected[..unexpected.len().min(MOST)];
            (unknown_members(error, looked_at), unexpected.len() - looked_at.len())
        }
        Kind::AnyOf { context } => any_of(error, context),
        _ => (vec![explain_one(error).checked(error)], 0),
    }
}

/// A text or an object: what is meant is seen by its type.
fn any_of(
    error: &ValidationError<'_>,
    context: &[Vec<ValidationError<'_>>],
) -> (Vec<ExplainedError>, usize) {
    let is_meant = |errors: &&Vec<ValidationError<'_>>| {
        let is_whole = |it: &ValidationError<'_>| it.instance_path() == error.instance_path();
        !errors.iter().any(|it| is_whole(it) && matches!(it.kind(), Kind::Type { .. }))
    };
    if let Some(errors) = context.iter().find(is_meant) {
        let (mut all, mut more) = (Vec::new(), 0);
        for (explained, beyond) in errors.iter().map(explain) {
            all.extend(explained);
            more += beyond;
        }
        return (all, more);
    }
    let value = short(error.instance());
    let message = format!("{value} has none of the forms that are allowed here");
    (vec![ExplainedError::new(error, &rules::TYPE, message)], 0)
}

fn explain_one(error: &ValidationError<'_>) -> ExplainedError {
    let value = error.instance();
    let new = |rule, message: String| ExplainedError::new(error, rule, message);
    let wrong = |message: &str| ExplainedError::new(error, &rules::VALUE, message);
    match error.kind() {
        Kind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            let message = format!("the member {} is missing", Value::from(property));
            let mut missing =
                new(&rules::MISSING_MEMBER, message).help(format!("add \"{property}\""));
            // There is nothing to underline, so the bracket of what lacks it is shown.
            missing.place = MarkedPart::Start;
            missing.property = Some(property.to_owned());
            missing
        }
        Kind::Enum { options } => unknown_value(error, options),
        Kind::Type { kind } => type_error(error, kind),
        Kind::Pattern { pattern } => pattern_error(error, pattern),
        // Only what a URL must not be is said by "not".
        Kind::Not { .. } => pattern_error(error, ""),
        Kind::Format { format } => format_error(error, format),
        Kind::MinItems { limit } if *limit > 1 => {
            wrong(&format!("the list has fewer than {limit} items"))
        }
        Kind::MinItems { .. } => wrong("the list is empty").help("remove the member"),
        Kind::MaxItems { limit } => wrong(&format!("the list has more than {limit} items")),
        Kind::MinProperties { .. } => wrong("the object is empty").help("remove the member"),
        Kind::UniqueItems => wrong("the list has an item twice"),
        Kind::MaxLength { limit } => {
            let text = value.as_str().unwrap_or_default();
            // Marked from where it is too long, so that one sees how much has to go.
            let within = text.chars().take(usize::try_from(*limit).unwrap_or(usize::MAX));
            let excess = within.map(char::len_utf8).sum()..text.len();
            wrong(&format!("the text is longer than {limit} characters"))
                .marks(vec![(excess, String::new())])
        }
        Kind::Constant { expected_value } => {
            wrong(&format!("expected {expected_value}, found {}", short(value)))
                .help("remove the member")
        }
        Kind::Minimum { limit } => wrong(&format!("{} is less than {limit}", short(value))),
        Kind::Maximum { limit } => wrong(&format!("{} is more than {limit}", short(value))),
        _ => wrong(&error.to_string()),
    }
}

/// A value that is none of a list, with the nearest one.
fn unknown_value(error: &ValidationError<'_>, options: &Value) -> ExplainedError {
    let options = || options.as_array().into_iter().flatten();
    let value = error.instance();
    let near = value.as_str().and_then(|it| nearest(it, options().filter_map(Value::as_str)));
    let help = match near {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => {
            let shown = options().map(|it| it.as_str().map_or(it.to_string(), str::to_owned));
            format!("expected one of: {}", shown.collect::<Vec<_>>().join(", "))
        }
    };
    let message = format!("{} is not a known value", short(value));
    ExplainedError::new(error, &rules::VALUE, message).help(help).instead(near)
}

/// Members of the directory itself.
const HEADER: [&str; 6] =
    ["$schema", "schema_version", "organization", "kinds", "regions", "offices"];

fn unknown_members(error: &ValidationError<'_>, unexpected: &[String]) -> Vec<ExplainedError> {
    let present = error.instance().as_object();
    let known = known_members(error.schema_path().as_str());
    let takes_own = object_schema(error.schema_path().as_str())
        .is_some_and(|object| object.get("patternProperties").is_some());
    let own = if takes_own { "; a member of your own begins with x_" } else { "" };
    let is_free = |known: &&str| !present.is_some_and(|it| it.contains_key(*known));
    let free: Vec<&str> = known.iter().copied().filter(is_free).collect();
    let nearest_of: Vec<Option<&str>> =
        unexpected.iter().map(|name| nearest(name, free.iter().copied())).collect();
    let mut rivals: HashMap<&str, usize> = HashMap::new();
    nearest_of.iter().flatten().for_each(|near| *rivals.entry(near).or_default() += 1);
    let explained = unexpected.iter().zip(nearest_of).map(|(name, near)| {
        let by_sense = || synonym(name).filter(|it| known.contains(it) && is_free(it));
        // Only a near name is corrected unasked. A synonym may have been meant otherwise.
        let is_slip = near.is_some();
        let near = near.or_else(by_sense);
        let is_of_header = || known.contains(&"kind") && HEADER.contains(&&**name);
        let help = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if is_of_header() => {
                "it belongs to the directory, not to an office; in an .ndjson file it is \
                                       on the first line"
                    .into()
            }
            None => format!("available members: {}{own}", known.join(", ")),
        };
        let message = format!("unknown member {}", short(&Value::from(name.as_str())));
        let mut one =
            ExplainedError::new(error, &rules::UNKNOWN_MEMBER, message).help(help).instead(near);
        one.meant = near.map(|near| format!("{}{}", one.path, token(near)));
        one.path.push_str(&token(name));
        one.place = MarkedPart::Key;
        // With two misspelt members for one name, neither is known to be it.
        let value = present.and_then(|it| it.get(name)).unwrap_or(&Value::Null);
        one.safe = is_slip
            && near.and_then(|near| rivals.get(near)) == Some(&1)
            && near.is_some_and(|near| takes(error.schema_path().as_str(), near, value));
        one
    });
    explained.collect()
}

/// The member that holds what other formats call so.
fn synonym(name: &str) -> Option<&'static str> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(match plain.to_ascii_lowercase().as_str() {
        "zip" | "zipcode" | "postcode" | "plz" => "postal_code",
        "city" | "town" => "locality",
        "state" | "province" | "prefecture" => "administrative_area",
        "suburb" | "district" => "dependent_locality",
        "street" | "streetaddress" | "lines" => "address_lines",
        "pobox" => "post_office_box",
        "tel" | "telephone" | "fax" => "phones",
        "email" | "mail" => "emails",
        "url" | "website" | "web" => "websites",
        "homepage" => "website",
        "lat" => "latitude",
        "lon" | "lng" | "long" => "longitude",
        "geo" | "location" | "position" => "coordinates",
        "hours" | "openinghours" | "businesshours" => "opening_hours",
        "purpose" | "department" => "label",
        "title" | "label" => "name",
        "type" => "kind",
        _ => return None,
    })
}

/// The members that the object schema around `…/additionalProperties` knows.
fn known_members(schema_path: &str) -> Vec<&'static str> {
    let properties = object_schema(schema_path).and_then(|object| object["properties"].as_object());
    properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

/// The object schema around `…/additionalProperties`.
fn object_schema(schema_path: &str) -> Option<&'static Value> {
    let object = schema_path.trim_end_matches("/additionalProperties");
    // The path may lead through references.
    PARSED.pointer(object).or_else(|| resolve(&PARSED, object))
}

/// The schema as JSON, to look up what an object may have. The validator keeps no such list.
static PARSED: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or_default());

/// Whether a member of that name takes the value: a misspelt name is only corrected unasked where the result is
/// valid.
fn takes(schema_path: &str, name: &str, value: &Value) -> bool {
    let object = schema_path.trim_end_matches("/additionalProperties");
    asked(&format!("{object}/properties/{name}"), |schema| schema.is_valid(value))
}

/// Whether the value may stand where an error was found, whatever is wrong within it. What is asked is the schema
/// of the member or item as a whole, for beside the keyword that has failed others stand.
fn is_taken(evaluation_path: &str, value: &Value) -> bool {
    // An office is validated by a reference to its definition.
    let path = match evaluation_path.strip_prefix("/$ref") {
        Some(rest) => format!("/$defs/office{rest}"),
        None => evaluation_path.to_owned(),
    };
    let of_item = path.rfind("/items").map(|at| at + "/items".len());
    let of_member = path.rfind("/properties/").map(|at| {
        let name = at + "/properties/".len();
        path[name..].find('/').map_or(path.len(), |end| name + end)
    });
    let end = of_item.max(of_member).unwrap_or(0);
    asked(&path[..end], |schema| {
        schema.iter_errors(value).all(|error| !error.instance_path().as_str().is_empty())
    })
}

/// What a question says of the schema that a path of keywords leads to. Each is compiled once.
fn asked(path: &str, question: impl FnOnce(&Validator) -> bool) -> bool {
    static COMPILED: LazyLock<Mutex<HashMap<String, Option<Validator>>>> =
        LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let validator = compiled.entry(path.to_owned()).or_insert_with(|| {
        // The schema with the definitions beside it, since it may refer to them.
        let mut schema = PARSED.pointer(path).or_else(|| resolve(&PARSED, path))?.clone();
        schema.as_object_mut()?.insert("$defs".into(), PARSED["$defs"].clone());
        super::options().build(&schema).ok()
    });
    validator.as_ref().is_some_and(question)
}

/// What a path of keywords leads to, references followed.
fn resolve<'s>(root: &'s Value, path: &str) -> Option<&'s Value> {
    path.split('/').skip(1).try_fold(root, |at, keyword| match keyword {
        "$ref" => root.pointer(at["$ref"].as_str()?.strip_prefix('#')?),
        index if at.is_array() => at.get(index.parse::<usize>().ok()?),
        name => at.get(name),
    })
}

/// The value as the message quotes it. The line of the file is shown below the message anyway.
fn short(value: &Value) -> String {
    excerpt(&value.to_string(), 60).into_owned()
}
