use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{PatternOptions, ValidationError, Validator};
use serde_json::{Value, json};

use super::{Finding, codes};
use crate::read::locate;
use crate::suggest::nearest;

/// The contract that `directory.json` is held to: JSON Schema 2020-12.
pub const SCHEMA: &str = include_str!("../../schema/directory.schema.json");

/// The schema compiled twice: for the whole document, and for one office.
pub(super) struct Schema {
    document: Validator,
    office: Validator,
}

impl Schema {
    pub(super) fn compile() -> Result<Self, ValidationError<'static>> {
        let document: Value = serde_json::from_str(SCHEMA)
            .map_err(|error| ValidationError::schema(error.to_string()))?;
        let office = json!({ "$ref": "#/$defs/office", "$defs": document["$defs"] });
        // Patterns run in linear time, formats count, and nothing is ever fetched.
        let options = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .with_pattern_options(PatternOptions::regex());
        Ok(Schema { document: options.build(&document)?, office: options.build(&office)? })
    }

    /// All findings on the document without its offices.
    pub(super) fn header(&self, header: &Value, text: &str, findings: &mut Vec<Finding>) {
        collect(self.document.iter_errors(header), text, 0, "", findings);
    }

    /// All findings on one office that stands at `offset` in the document and is called `pointer` there.
    pub(super) fn office(
        &self,
        office: &Value,
        json: &str,
        offset: usize,
        pointer: &str,
        findings: &mut Vec<Finding>,
    ) {
        if !self.office.is_valid(office) {
            collect(self.office.iter_errors(office), json, offset, pointer, findings);
        }
    }
}

fn collect<'i>(
    errors: impl Iterator<Item = ValidationError<'i>>,
    json: &str,
    offset: usize,
    pointer: &str,
    findings: &mut Vec<Finding>,
) {
    for error in errors {
        for explained in explain(&error) {
            let located = locate(json, &explained.path);
            let span = located.map_or(0..0, |found| match found.key {
                Some(key) if explained.on_key => key,
                _ if explained.on_start => found.value.start..found.value.start + 1,
                _ => found.value,
            });
            let mut finding = Finding::error(explained.code, explained.message)
                .at(span.start + offset..span.end + offset);
            finding.pointer = format!("{pointer}{}", explained.path);
            finding.help = explained.help;
            findings.push(finding);
        }
    }
}

/// One error in our own words.
struct Explained {
    code: &'static str,
    path: String,
    message: String,
    help: Option<String>,
    /// The matter is the member's name.
    on_key: bool,
    /// The matter is something that the object lacks: its start is enough to show.
    on_start: bool,
}

fn explain(error: &ValidationError<'_>) -> Vec<Explained> {
    let at = |code, message: String, help: Option<String>| Explained {
        code,
        path: error.instance_path().to_string(),
        message,
        help,
        on_key: false,
        on_start: false,
    };
    let value = error.instance();
    vec![match error.kind() {
        Kind::AdditionalProperties { unexpected } => return unknown_members(error, unexpected),
        Kind::Required { property } => Explained {
            on_start: true,
            ..at(
                codes::MISSING_MEMBER,
                format!("the member {property} is missing"),
                Some(format!("add {property}")),
            )
        },
        Kind::Enum { options } => {
            let known: Vec<&str> =
                options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let help =
                value.as_str().and_then(|text| nearest(text, known.iter().copied())).map_or_else(
                    || format!("write one of: {}", known.join(", ")),
                    |near| format!("did you mean \"{near}\"?"),
                );
            at(codes::VALUE, format!("{} is not a known value", short(value)), Some(help))
        }
        Kind::Type { kind } => at(
            codes::TYPE,
            format!("{} stands where {} is expected", short(value), expected(kind)),
            None,
        ),
        Kind::Pattern { pattern } => pattern_error(error, pattern, at),
        Kind::Format { format } => {
            at(codes::VALUE, format!("{} is no valid {format}", short(value)), None)
        }
        Kind::MinItems { .. } => at(
            codes::VALUE,
            "the list has too few items".into(),
            Some("leave the member out where there is nothing to say".into()),
        ),
        Kind::UniqueItems => at(codes::VALUE, "an item stands in the list twice".into(), None),
        Kind::MaxLength { limit } => {
            at(codes::VALUE, format!("the text is longer than {limit} characters"), None)
        }
        Kind::AnyOf { .. } => at(
            codes::VALUE,
            format!("{} has none of the forms that may stand here", short(value)),
            None,
        ),
        _ => at(codes::VALUE, error.to_string(), None),
    }]
}

fn unknown_members(error: &ValidationError<'_>, unexpected: &[String]) -> Vec<Explained> {
    let present = error.instance().as_object();
    let known = known_members(error.schema_path().as_str());
    unexpected
        .iter()
        .map(|name| {
            let free =
                known.iter().filter(|known| !present.is_some_and(|it| it.contains_key(**known)));
            let help = nearest(name, free.copied()).map_or_else(
                || format!("known members are: {}", known.join(", ")),
                |near| format!("did you mean \"{near}\"?"),
            );
            Explained {
                code: codes::UNKNOWN_MEMBER,
                path: format!(
                    "{}/{}",
                    error.instance_path().as_str(),
                    name.replace('~', "~0").replace('/', "~1")
                ),
                message: format!("the member \"{name}\" is unknown"),
                help: Some(help),
                on_key: true,
                on_start: false,
            }
        })
        .collect()
}

/// The members that the object schema around `…/additionalProperties` knows.
fn known_members(schema_path: &str) -> Vec<&'static str> {
    static PARSED: std::sync::LazyLock<Value> =
        std::sync::LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or_default());
    let object = schema_path.trim_end_matches("/additionalProperties");
    let properties = PARSED.pointer(object).and_then(|object| object["properties"].as_object());
    properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

fn pattern_error(
    error: &ValidationError<'_>,
    pattern: &str,
    at: impl Fn(&'static str, String, Option<String>) -> Explained,
) -> Explained {
    let text = error.instance().as_str().unwrap_or_default();
    let path = error.instance_path().as_str();
    let what = match path.rsplit('/').next() {
        Some("id" | "region" | "parent") => {
            "no slug: lower-case letters, digits and single hyphens"
        }
        Some("number") => "no E.164 number: a plus and 7 to 15 digits, nothing else",
        Some("country") => "no ISO 3166-1 alpha-2 code: two capital letters",
        Some("url") | Some("website") => "no http or https URL",
        Some("administrative_area_code") => {
            "no ISO 3166-2 code without its country: up to three capitals or digits"
        }
        Some("language") => "no BCP 47 language tag such as \"ja\" or \"zh-Hant\"",
        Some("time_zone") => "no IANA time zone such as \"Asia/Tokyo\"",
        _ if path.contains("/emails/") => "no e-mail address",
        _ => return text_error(text, pattern, at),
    };
    at(codes::VALUE, format!("{} is {what}", short(error.instance())), None)
}

fn text_error(
    text: &str,
    pattern: &str,
    at: impl Fn(&'static str, String, Option<String>) -> Explained,
) -> Explained {
    let forbidden = |c: &char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}');
    if let Some(c) = text.chars().find(forbidden) {
        let message =
            format!("the text holds U+{:04X}, a character that must not be printed", c as u32);
        at(codes::CHARACTER, message, Some("remove the character".into()))
    } else if text.trim_matches(invisible).is_empty() {
        at(codes::VALUE, "the text is empty".into(), Some("leave the member out".into()))
    } else if text.trim_matches(invisible).len() < text.len() {
        at(
            codes::VALUE,
            "the text begins or ends with a space".into(),
            Some("remove the space".into()),
        )
    } else {
        at(codes::VALUE, format!("{} does not match {pattern}", short(&text.into())), None)
    }
}

fn expected(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(single) => article(single.as_str()),
        TypeKind::Multiple(set) => {
            set.iter().map(|each| article(each.as_str())).collect::<Vec<_>>().join(" or ")
        }
    }
}

fn article(name: &str) -> String {
    let article = if name.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// The value as the message quotes it: 60 characters at most.
fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 60 {
        return text;
    }
    let cut: String = text.chars().take(57).collect();
    format!("{cut}...")
}
