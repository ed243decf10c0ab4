//! What is wrong with a text that does not match its pattern, and at which of its characters.

use std::ops::Range;

use jsonschema::ValidationError;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::phone::phone;
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
    let explained = match member {
        // Before all else: the pattern of every text forbids these, and saying which character it is
        // helps more than what the member should look like.
        _ if text.chars().any(is_forbidden) => return characters(error, text),
        _ if text.trim_matches(is_invisible).is_empty() => return empty(error, member),
        "id" if path == "/organization/id" => value("neither an absolute URL nor a UUID"),
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
            _ if path.contains("/printed/") => return text_error(error, text, pattern),
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
            let code = text.split_once('-').map_or(text, |(_, code)| code).to_uppercase();
            let is_code = (1..=3).contains(&code.len()) && code.bytes().all(is_of_code);
            value(what).instead(is_code.then_some(code))
        }
        "language" => {
            value("not a BCP 47 language tag such as \"ja\" or \"zh-Hant\"").instead(language(text))
        }
        "time_zone" => value("not an IANA time zone such as \"Asia/Tokyo\""),
        _ if path.contains("/emails/") && member != "label" => {
            email(error, value("not an email address"), text)
        }
        _ => return text_error(error, text, pattern),
    };
    advised(explained)
}

/// A text that its pattern matches and that is not of its format all the same.
pub(super) fn format_error(error: &ValidationError<'_>, format: &str) -> ExplainedError {
    let text = error.instance().as_str().unwrap_or_default();
    let value = |what: &str| {
        ExplainedError::new(error, &rules::VALUE, format!("{} is {what}", short(error.instance())))
    };
    let explained = match format {
        "email" => email(error, value("not an email address"), text),
        "uri" => url(value("not an http or https URL"), text),
        "date-time" => {
            // A day alone is what people know. Midnight in UTC is the instant that stands for it
            // everywhere.
            let is_date = text.len() == 10 && text.split('-').count() == 3;
            value("not a date and time such as \"2025-01-31T00:00:00Z\"")
                .instead(is_date.then(|| format!("{text}T00:00:00Z")))
        }
        "json-pointer" => value("not a JSON pointer such as \"/addresses/0/postal_code\"")
            .instead((!text.starts_with('/')).then(|| format!("/{text}"))),
        _ => value(&format!("not a valid {format}")),
    };
    advised(explained)
}

/// With what to write instead as advice, where there is no other.
fn advised(mut explained: ExplainedError) -> ExplainedError {
    if explained.help.is_none() {
        explained.help = explained.instead.as_ref().map(|value| format!("write {value}"));
    }
    explained
}

/// Characters that are not seen at the end of a text.
fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}')
}

/// Characters of a text that are marked at most.
const MOST_MARKS: usize = 6;

/// The places of those characters of a text that are `wanted`.
fn places(text: &str, wanted: impl Fn(char) -> bool) -> Vec<(Range<usize>, String)> {
    let found = text.char_indices().filter(|(_, c)| wanted(*c)).take(MOST_MARKS);
    found.map(|(at, c)| (at..at + c.len_utf8(), format!("and {}", named(c)))).collect()
}

/// A character in a sentence: as it is where one sees it.
fn named(c: char) -> String {
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
    ExplainedError::new(error, &rules::CHARACTER, message)
        .help(help)
        .marks(marks)
        .instead((!without.is_empty() && !is_lines).then(|| without.join(" ")))
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

/// A URL without a scheme, with another one, or with a character that must be encoded.
fn url(plain: ExplainedError, text: &str) -> ExplainedError {
    let marks = places(text, |c| !is_of_url(c));
    let scheme = ["http://", "https://"].into_iter().find(|it| text.starts_with(it));
    // Either it has no scheme that is allowed, or every character of it is fine and something else is
    // wrong.
    let (Some(scheme), Some(first)) = (scheme, text.chars().find(|c| !is_of_url(*c))) else {
        let url = ExplainedError { rule: &rules::WEBSITE_SCHEME, ..plain };
        return url.instead(url_of(text));
    };
    let message = format!("{}: {} is not allowed in one", plain.message, named(first));
    let url = ExplainedError { rule: &rules::WEBSITE_SCHEME, message, ..plain }.marks(marks);
    let rest = text[scheme.len()..].trim_matches(is_invisible);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // Percent-encoding would not help: host names are ASCII (RFC 3986, section 3.2.2), and Punycode
    // is not ours to decide on.
    if !host.chars().all(is_of_url) {
        return url.help("write the name of the host in ASCII letters, digits, hyphens and dots");
    }
    url.instead(Some(format!("{scheme}{}", encoded(rest))))
}

/// Whether a URL may have the character as it is (RFC 3986).
fn is_of_url(c: char) -> bool {
    c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c)
}

/// The text with what a URL may not have percent-encoded.
fn encoded(text: &str) -> String {
    let encode = |c: char| match is_of_url(c) {
        true => c.to_string(),
        false => utf8_percent_encode(c.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC).to_string(),
    };
    text.chars().map(encode).collect()
}

/// What is wrong with an e-mail address; a website in its place is a mistake of its own.
fn email(error: &ValidationError<'_>, plain: ExplainedError, text: &str) -> ExplainedError {
    // "www.iclei.org" among the email addresses is found in print, under the label "E-mail".
    if let Some(url) = url_of(text).filter(|_| !text.contains('@')) {
        let message = format!("{} is a website, not an email address", short(error.instance()));
        return ExplainedError::new(error, &rules::EMAIL_WEBSITE, message)
            .help(format!("move it to \"websites\": {{ \"url\": \"{url}\" }}"));
    }
    // Several addresses in one text, as mail programs take them.
    let parts = text.split(|c: char| c.is_whitespace() || ",;".contains(c));
    let parts: Vec<&str> = parts.filter(|part| part.contains('@')).collect();
    if parts.len() > 1 {
        let message = format!("{} is more than one email address", short(error.instance()));
        let each: Vec<String> = parts.iter().map(|part| format!("\"{part}\"")).collect();
        let help = format!("make each an item of its own: {}", each.join(", "));
        return ExplainedError { message, ..plain }.help(help);
    }
    let instead = email_of(text);
    let Some(first) = text.chars().find(|c| !c.is_ascii_graphic()).filter(|_| text.contains('@'))
    else {
        return plain.instead(instead);
    };
    let message = format!("{}: {} is not allowed in one", plain.message, named(first));
    let marks = places(text, |c| !c.is_ascii_graphic());
    ExplainedError { message, ..plain }.marks(marks).instead(instead)
}

/// The e-mail address that was probably meant: without a name in front, with the sign that was spelled out.
fn email_of(text: &str) -> Option<String> {
    let text = match text.split_once('<') {
        Some((_, address)) => address.strip_suffix('>')?,
        None => text.strip_prefix("mailto:").unwrap_or(text),
    };
    let mut address = text.to_owned();
    // Spelled out to keep harvesters away, on web pages that the source was copied from.
    for sign in [" at ", "(at)", "[at]", "(AT)", "[AT]"] {
        address = address.replace(sign, "@");
    }
    address.retain(|c| !c.is_whitespace());
    let (local, host) = address.split_once('@')?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._+".contains(c);
    let is_it = !local.is_empty()
        && local.chars().all(is_plain)
        && host.split('.').count() > 1
        && host.split('.').all(|label| !label.is_empty() && label.chars().all(is_plain));
    is_it.then_some(address)
}

/// Whether a byte may be in a code of ISO 3166-2.
fn is_of_code(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
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

/// The URL that was probably meant by a website without a scheme, or with a slip in it.
fn url_of(text: &str) -> Option<String> {
    let text = text.trim_matches(is_invisible);
    let rest = text.split_once("//").map_or(text, |(_, rest)| rest);
    let host = rest.split('/').next()?;
    let is_host = host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
        && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let scheme = text[..text.len() - rest.len()].to_lowercase();
    let scheme = match scheme.as_str() {
        "http://" | "http:/" | "htp://" => "http",
        // A website without a scheme is taken for https, which nearly all are.
        "" | "https://" | "htps://" | "htttps://" | "//" => "https",
        _ => return None,
    };
    (is_host && rest.chars().all(is_of_url)).then(|| format!("{scheme}://{rest}"))
}

/// The slug that was probably meant.
fn slug(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    // Transcribing other letters is a matter of language (ö is oe or o), so no id is suggested for
    // them.
    (!slug.is_empty() && slug.len() <= 64 && lower.is_ascii()).then_some(slug)
}
