use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use super::{Rule, SCHEMA};
use crate::check::rules::{COUNTRY, schema as rules};
use crate::postal::probable_country;
use crate::read::token;
use crate::suggest::nearest;

/// One error in our own words.
pub(super) struct Explained {
    pub rule: &'static Rule,
    pub path: String,
    pub message: String,
    pub help: Option<String>,
    pub place: Place,
    /// What to write instead of what is shown, and whether that is safe.
    pub instead: Option<String>,
    pub safe: bool,
    /// The pointer of the member that an unknown one was probably meant to be.
    pub meant: Option<String>,
    /// The member that is missing.
    property: Option<String>,
}

/// What is shown of the value that an error is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The member's name.
    Key,
    /// The first byte: the matter is something that the object lacks.
    Start,
    /// All of it.
    Value,
}

impl Explained {
    fn new(error: &ValidationError<'_>, rule: &'static Rule, message: impl Into<String>) -> Self {
        Explained {
            rule,
            path: error.instance_path().to_string(),
            message: message.into(),
            help: None,
            place: Place::Value,
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

    fn instead(mut self, text: Option<impl Into<String>>) -> Self {
        self.instead = text.map(Into::into);
        self
    }

    /// The pointer of the member that is missing.
    pub fn missing(&self) -> String {
        format!("{}{}", self.path, token(self.property.as_deref().unwrap_or_default()))
    }
}

/// The error in our own words; one for each unknown member.
pub(super) fn explain(error: &ValidationError<'_>) -> Vec<Explained> {
    let value = error.instance();
    let new = |rule, message: String| Explained::new(error, rule, message);
    let wrong = |message: &str| Explained::new(error, &rules::VALUE, message);
    vec![match error.kind() {
        Kind::AdditionalProperties { unexpected } => return unknown_members(error, unexpected),
        Kind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            let message = format!("the member {} is missing", Value::from(property));
            let mut missing =
                new(&rules::MISSING_MEMBER, message).help(format!("add \"{property}\""));
            missing.place = Place::Start;
            missing.property = Some(property.to_owned());
            missing
        }
        Kind::Enum { options } => unknown_value(error, options),
        Kind::Type { kind } => {
            let message = format!("{} stands where {} is expected", short(value), expected(kind));
            new(&rules::TYPE, message)
        }
        Kind::Pattern { pattern } => pattern_error(error, pattern),
        Kind::Format { format } => wrong(&format!("{} is no valid {format}", short(value))),
        Kind::MinItems { limit } if *limit > 1 => {
            wrong(&format!("the list has fewer than {limit} items"))
        }
        Kind::MinItems { .. } => wrong("the list is empty").help("leave the member out"),
        Kind::MaxItems { limit } => wrong(&format!("the list has more than {limit} items")),
        Kind::MinProperties { .. } => wrong("the object is empty").help("leave the member out"),
        Kind::UniqueItems => wrong("an item stands in the list twice"),
        Kind::MaxLength { limit } => wrong(&format!("the text is longer than {limit} characters")),
        Kind::Constant { expected_value } => {
            wrong(&format!("{} stands where only {expected_value} may", short(value)))
                .help("leave the member out")
        }
        Kind::Minimum { limit } => wrong(&format!("{} is less than {limit}", short(value))),
        Kind::Maximum { limit } => wrong(&format!("{} is more than {limit}", short(value))),
        Kind::AnyOf { .. } => {
            wrong(&format!("{} has none of the forms that may stand here", short(value)))
        }
        _ => wrong(&error.to_string()),
    }]
}

fn unknown_value(error: &ValidationError<'_>, options: &Value) -> Explained {
    let known: Vec<&str> =
        options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let value = error.instance();
    let near = value.as_str().and_then(|text| nearest(text, known.iter().copied()));
    let help = match near {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("write one of: {}", known.join(", ")),
    };
    let message = format!("{} is not a known value", short(value));
    Explained::new(error, &rules::VALUE, message).help(help).instead(near)
}

fn unknown_members(error: &ValidationError<'_>, unexpected: &[String]) -> Vec<Explained> {
    let present = error.instance().as_object();
    let known = known_members(error.schema_path().as_str());
    let is_free = |known: &&str| !present.is_some_and(|it| it.contains_key(*known));
    let explained = unexpected.iter().map(|name| {
        let near = nearest(name, known.iter().copied().filter(is_free));
        let help = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("known members are: {}", known.join(", ")),
        };
        let message = format!("the member {} is unknown", short(&Value::from(name.as_str())));
        let mut one =
            Explained::new(error, &rules::UNKNOWN_MEMBER, message).help(help).instead(near);
        one.meant = near.map(|near| format!("{}{}", one.path, token(near)));
        one.path.push_str(&token(name));
        one.place = Place::Key;
        // With two misspelt members for one name, neither is known to be it.
        let rivals = unexpected
            .iter()
            .filter(|it| nearest(it, known.iter().copied().filter(is_free)) == near);
        one.safe = rivals.count() == 1;
        one
    });
    explained.collect()
}

/// The members that the object schema around `…/additionalProperties` knows.
fn known_members(schema_path: &str) -> Vec<&'static str> {
    static PARSED: std::sync::LazyLock<Value> =
        std::sync::LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or_default());
    let object = schema_path.trim_end_matches("/additionalProperties");
    let mut object = PARSED.pointer(object);
    // The path leads through references.
    if object.is_none() {
        object = resolve(&PARSED, schema_path.trim_end_matches("/additionalProperties"));
    }
    let properties = object.and_then(|object| object["properties"].as_object());
    properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

/// What a path of keywords leads to, references followed.
fn resolve<'s>(root: &'s Value, path: &str) -> Option<&'s Value> {
    path.split('/').skip(1).try_fold(root, |at, keyword| match keyword {
        "$ref" => root.pointer(at["$ref"].as_str()?.strip_prefix('#')?),
        index if at.is_array() => at.get(index.parse::<usize>().ok()?),
        name => at.get(name),
    })
}

fn pattern_error(error: &ValidationError<'_>, pattern: &str) -> Explained {
    let text = error.instance().as_str().unwrap_or_default();
    let path = error.instance_path().as_str();
    let member = path.rsplit('/').next().unwrap_or_default();
    let value = |what: &str| {
        Explained::new(error, &rules::VALUE, format!("{} is {what}", short(error.instance())))
    };
    let mut explained = match member {
        "id" | "region" | "parent" => {
            let what = "no slug: lower-case letters, digits and single hyphens";
            value(what).instead(slug(text))
        }
        "number" => {
            let number = value("no E.164 number: a plus and 7 to 15 digits, nothing else");
            let plain = e164(text);
            Explained { rule: &rules::PHONE_FORMAT, safe: plain.is_some(), ..number }.instead(plain)
        }
        "country" => match probable_country(text) {
            _ if path.contains("/printed/") => return text_error(error, text, pattern),
            Some(country) => {
                let help = format!("{} is \"{}\"", country.english_name(), country.code);
                let number = value("not the ISO 3166-1 code of a country");
                Explained { rule: &COUNTRY, ..number }.help(help).instead(Some(country.code))
            }
            None => {
                let code = value("no ISO 3166-1 alpha-2 code: two capital letters");
                Explained { rule: &COUNTRY, ..code }
            }
        },
        "url" | "website" => {
            let url = value("no http or https URL");
            Explained { rule: &rules::WEBSITE_SCHEME, ..url }.instead(url_of(text))
        }
        "administrative_area_code" => {
            value("no ISO 3166-2 code without its country: up to three capitals or digits")
        }
        "language" => value("no BCP 47 language tag such as \"ja\" or \"zh-Hant\""),
        "time_zone" => value("no IANA time zone such as \"Asia/Tokyo\""),
        _ if path.contains("/emails/") => email(error, value("no e-mail address"), text),
        _ => return text_error(error, text, pattern),
    };
    if explained.help.is_none() {
        explained.help = explained.instead.as_ref().map(|text| format!("write \"{text}\""));
    }
    explained
}

/// A website in the place of an e-mail address is a mistake of its own.
fn email(error: &ValidationError<'_>, plain: Explained, text: &str) -> Explained {
    let is_website = !text.contains('@') && url_of(text).is_some();
    if !is_website {
        return plain;
    }
    let message = format!("{} is a website, not an e-mail address", short(error.instance()));
    let url = url_of(text).unwrap_or_default();
    Explained::new(error, &rules::EMAIL_WEBSITE, message)
        .help(format!("move it to \"websites\": {{ \"url\": \"{url}\" }}"))
}

/// The number without separators, where it has its country code.
fn e164(text: &str) -> Option<String> {
    let number = &text[text.find('+')?..];
    let label = &text[..text.len() - number.len()];
    let is_label = |c: char| c.is_alphabetic() || " .:".contains(c);
    let separators = [' ', '\u{a0}', '-', '–', '/', '.', '(', ')'];
    let digits = number[1..].replace("(0)", "").replace(separators, "");
    let is_number = (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    (is_number && label.chars().all(is_label)).then(|| format!("+{digits}"))
}

/// The URL that was probably meant by a website without a scheme, or with a slip in it.
fn url_of(text: &str) -> Option<String> {
    let rest = text.split_once("//").map_or(text, |(_, rest)| rest);
    let host = rest.split('/').next()?;
    let is_host = host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
        && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let scheme = text[..text.len() - rest.len()].to_lowercase();
    let scheme = match scheme.as_str() {
        "http://" | "http:/" | "htp://" => "http",
        "" | "https://" | "htps://" | "htttps://" | "//" => "https",
        _ => return None,
    };
    let is_url = rest.chars().all(|c| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c));
    (is_host && is_url).then(|| format!("{scheme}://{rest}"))
}

/// The slug that was probably meant.
fn slug(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    (!slug.is_empty() && slug.len() <= 64 && lower.is_ascii()).then_some(slug)
}

fn text_error(error: &ValidationError<'_>, text: &str, pattern: &str) -> Explained {
    let forbidden = |c: &char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}');
    let trimmed = text.trim_matches(invisible);
    let new = |rule, message: String| Explained::new(error, rule, message);
    if let Some(c) = text.chars().find(forbidden) {
        let message =
            format!("the text holds U+{:04X}, a character that must not be printed", c as u32);
        let without: String = text.chars().filter(|c| !forbidden(c)).collect();
        let without = without.trim_matches(invisible).to_owned();
        new(&rules::CHARACTER, message)
            .help("remove the character")
            .instead((!without.is_empty()).then_some(without))
    } else if trimmed.is_empty() {
        new(&rules::VALUE, "the text is empty".into()).help("leave the member out")
    } else if trimmed.len() < text.len() {
        let message = "the text begins or ends with a space".into();
        new(&rules::VALUE, message).help("remove the space").instead(Some(trimmed))
    } else {
        new(&rules::VALUE, format!("{} does not match {pattern}", short(&text.into())))
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
