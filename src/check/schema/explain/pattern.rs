//! What is wrong with a text that does not match its pattern, and at which of its characters.

use std::ops::Range;

use jsonschema::ValidationError;

use super::date_time::date_time;
use super::email::email;
use super::phone::phone;
use super::url::{url, url_of};
use super::{ExplainedError, short};
use crate::check::rules::{COUNTRY, schema as rules};
use crate::postal::probable_country;
use crate::text::is_forbidden;

/// Says what a member should look like. The pattern itself is only named where nothing better is
/// known.
pub(super) fn pattern_error(error: &ValidationError<'_>, pattern: &str) -> ExplainedError {
    let text = error.instance().as_str().unwrap_or_default();
    let path = error.instance_path().as_str();
    let member = path.rsplit('/').next().unwrap_or_default();
    let value = |what: &str| {
        ExplainedError::new(error, &rules::VALUE, format!("{} is {what}", short(error.instance())))
    };
    match member {
        // Before all else: the pattern of every text forbids these, and saying which character it is
        // helps more than what the member should look like.
        _ if text.chars().any(is_forbidden) => characters(error, text),
        _ if text.trim_matches(is_invisible).is_empty() => empty(error, member),
        "id" if path == "/organization/id" => {
            value("neither an absolute URL nor a UUID").instead(url_of(text))
        }
        "id" | "region" | "parent" | "kind" | "headquarters" => {
            let what = "not a slug: lowercase letters, digits and single hyphens";
            value(what).instead(slug(text))
        }
        "number" => {
            let number = value("not an E.164 number: a plus and 7 to 15 digits, nothing else");
            phone(ExplainedError { rule: &rules::PHONE_FORMAT, ..number }, text)
        }
        "country" => match probable_country(text) {
            // What the source prints may be any name of the country.
            _ if path.contains("/printed/") => text_error(error, text, pattern),
            Some(country) => {
                let help = format!("{} is \"{}\"", country.english_name(), country.code);
                let number = value("not an ISO 3166-1 country code");
                ExplainedError { rule: &COUNTRY, ..number }.help(help).instead(Some(country.code))
            }
            None => {
                let code = value("not an ISO 3166-1 alpha-2 code: two capital letters");
                ExplainedError { rule: &COUNTRY, ..code }
            }
        },
        "url" | "website" => url(value("not an http or https URL"), text),
        "administrative_area_code" => {
            let what =
                "not an ISO 3166-2 code without its country: up to three capital letters or digits";
            // ISO 3166-2 codes are usually written with their country: "CA-ON".
            let code = text.split_once('-').map_or(text, |(_, code)| code);
            value(what).instead(Some(code.to_uppercase()))
        }
        "language" => {
            value("not a BCP 47 language tag such as \"ja\" or \"zh-Hant\"").instead(language(text))
        }
        "time_zone" => value("not an IANA time zone such as \"Asia/Tokyo\""),
        _ if path.contains("/emails/") && member != "label" => {
            email(error, value("not an email address"), text)
        }
        _ => text_error(error, text, pattern),
    }
}

/// A text that its pattern matches and that is not of its format all the same.
pub(super) fn format_error(error: &ValidationError<'_>, format: &str) -> ExplainedError {
    let text = error.instance().as_str().unwrap_or_default();
    let value = |what: &str| {
        ExplainedError::new(error, &rules::VALUE, format!("{} is {what}", short(error.instance())))
    };
    match format {
        "email" => email(error, value("not an email address"), text),
        "uri" => url(value("not an http or https URL"), text),
        "date-time" => {
            value("not a date and time such as \"2025-01-31T00:00:00Z\"").instead(date_time(text))
        }
        "json-pointer" => value("not a JSON pointer such as \"/addresses/0/postal_code\"")
            .instead((!text.starts_with('/')).then(|| format!("/{text}"))),
        _ => value(&format!("not a valid {format}")),
    }
}

/// Characters that are not seen at the end of a text.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}')
}

/// Characters of a text that are marked at most.
const MOST_MARKS: usize = 6;

/// The places of those characters of a text that are `wanted`.
pub(super) fn places(text: &str, wanted: impl Fn(char) -> bool) -> Vec<(Range<usize>, String)> {
    let found = text.char_indices().filter(|(_, c)| wanted(*c)).take(MOST_MARKS);
    found.map(|(at, c)| (at..at + c.len_utf8(), format!("and {}", named(c)))).collect()
}

/// A character in a sentence: as it is where one sees it.
pub(super) fn named(c: char) -> String {
    match c {
        ' ' => "a space".into(),
        '\n' => "a line break".into(),
        '\t' => "a tab".into(),
        '"' => "a quotation mark".into(),
        _ if is_forbidden(c) || is_invisible(c) => format!("U+{:04X}", c as u32),
        _ => format!("\"{c}\""),
    }
}

/// Characters that must not be printed. Those that break lines or words leave a space behind.
fn characters(error: &ValidationError<'_>, text: &str) -> ExplainedError {
    let marks = places(text, is_forbidden);
    let first = text.chars().find(|c| is_forbidden(*c)).unwrap_or_default();
    let message = format!("the text contains {}, a character that is not allowed", named(first));
    // A line break or separator between two words must not join them.
    let without = text.split(|c| is_forbidden(c) && c.is_whitespace()).map(|part| {
        let part: String = part.chars().filter(|c| !is_forbidden(*c)).collect();
        part.trim_matches(is_invisible).to_owned()
    });
    let without: Vec<String> = without.filter(|part| !part.is_empty()).collect();
    // In address lines a line break is a list that was written as one text.
    let is_lines = error.instance_path().as_str().contains("/address_lines/");
    let is_lines = is_lines && matches!(first, '\n' | '\r');
    let help = match (first, marks.len()) {
        _ if is_lines => "make each line an item of its own",
        (_, 1) if !first.is_whitespace() => "remove the character",
        (_, 1) => "write a space instead",
        _ => "remove the characters",
    };
    let instead = (!without.is_empty() && !is_lines).then(|| without.join(" "));
    let inner = text.trim_matches(is_direction_mark);
    let mut explained =
        ExplainedError::new(error, &rules::CHARACTER, message).help(help).marks(marks);
    // Editors leave them around texts from right to left. There they order nothing, and may go unasked.
    explained.safe = !inner.chars().any(is_forbidden);
    explained.instead(instead)
}

/// Marks, embeddings and isolates, which say in which direction a text runs. Overrides are left out: they show
/// letters in another order than the file has.
fn is_direction_mark(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}'
    )
}

/// A text of nothing, or of invisible characters.
fn empty(error: &ValidationError<'_>, member: &str) -> ExplainedError {
    let empty = ExplainedError::new(error, &rules::VALUE, "the text is empty");
    match member {
        "id" | "name" | "kind" | "number" | "address" | "country" | "url" => {
            empty.help("fill in the value")
        }
        _ => empty.help("remove the member"),
    }
}

/// What breaks the pattern of all texts: white space at an end.
fn text_error(error: &ValidationError<'_>, text: &str, pattern: &str) -> ExplainedError {
    let new = |message: String| ExplainedError::new(error, &rules::VALUE, message);
    let trimmed = text.trim_matches(is_invisible);
    if trimmed.len() == text.len() {
        return new(format!("{} does not match {pattern}", short(&text.into())));
    }
    let start = text.len() - text.trim_start_matches(is_invisible).len();
    let end = text.trim_end_matches(is_invisible).len();
    let marks = [0..start, end..text.len()].into_iter().filter(|it| !it.is_empty());
    new("the text begins or ends with a space".into())
        .help("remove the space")
        .marks(marks.map(|mark| (mark, "and here".into())).collect())
        .instead(Some(trimmed))
}

/// The language tag with the hyphens and letters that its parts have.
fn language(text: &str) -> Option<String> {
    let mut tag = Vec::new();
    for (at, part) in text.split(['-', '_']).enumerate() {
        let is_word = part.bytes().all(|byte| byte.is_ascii_alphabetic());
        // RFC 5646, section 2.1.1: language in small letters, script with one capital, region in
        // capitals.
        tag.push(match (at, part.len()) {
            (0, 2 | 3) if is_word => part.to_ascii_lowercase(),
            (1, 4) if is_word => part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase(),
            (1 | 2, 2) if is_word => part.to_ascii_uppercase(),
            _ => return None,
        });
    }
    Some(tag.join("-"))
}

/// The slug that was probably meant.
fn slug(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    // Transcribing other letters is a matter of language (ö is oe or o), so no id is suggested for
    // them.
    lower.is_ascii().then_some(slug)
}
