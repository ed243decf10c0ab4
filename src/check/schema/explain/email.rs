//! What is wrong with an e-mail address, and which one was meant.

use jsonschema::ValidationError;

use super::pattern::{named, places};
use super::url::url_of;
use super::{ExplainedError, short};
use crate::check::rules::schema as rules;

/// Says what is wrong with a text that is no e-mail address; a website in its place is a mistake of its own.
pub(super) fn email(
    error: &ValidationError<'_>,
    plain: ExplainedError,
    text: &str,
) -> ExplainedError {
    // "www.iclei.org" among the email addresses is found in print, under the label "E-mail".
    if let Some(url) = url_of(text).filter(|_| !text.contains(['@', ','])) {
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
    let is_wrong = |c: char| text.contains('@') && !c.is_ascii_graphic();
    let why = match text.chars().find(|c| is_wrong(*c)) {
        Some(first) => Some(format!("{} is not allowed in one", named(first))),
        None => cause(text),
    };
    let message = why.map_or(plain.message.clone(), |why| format!("{}: {why}", plain.message));
    ExplainedError { message, ..plain }.marks(places(text, is_wrong)).instead(email_of(text))
}

/// What is wrong with an address of characters that are all allowed (RFC 5321, section 4.1.2; of host names, RFC
/// 1123, section 2.1). Of quoted local parts and of IP addresses nothing is said.
fn cause(text: &str) -> Option<String> {
    let Some((local, host)) = text.rsplit_once('@') else {
        return Some("it has no @".into());
    };
    if local.starts_with('"') || host.starts_with('[') {
        return None;
    }
    let of_label = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let wrong_host = host.chars().find(|c| !of_label(*c) && *c != '.');
    Some(match (local, host) {
        ("", _) => "nothing stands before the @".into(),
        (_, "") => "nothing stands behind the @".into(),
        _ if local.contains('@') => "it has more than one @".into(),
        _ if local.starts_with('.') => "its first part begins with a dot".into(),
        _ if local.ends_with('.') => "there is a dot before the @".into(),
        _ if local.contains("..") => "its first part has two dots in a row".into(),
        _ if local.len() > 64 => "its first part is longer than 64 characters".into(),
        _ if let Some(c) = local.chars().find(|c| !is_of_local(*c)) => {
            format!("{} is not allowed before the @", named(c))
        }
        _ if let Some(c) = wrong_host => {
            format!("{} is not allowed in the name of a host", named(c))
        }
        _ if host.split('.').any(str::is_empty) => "the name of its host has an empty part".into(),
        _ if host.split('.').any(|label| label.starts_with('-') || label.ends_with('-')) => {
            "a part of its host's name begins or ends with a hyphen".into()
        }
        _ if host.split('.').any(|label| label.len() > 63) => {
            "a part of its host's name is longer than 63 characters".into()
        }
        _ => return None,
    })
}

/// Whether the local part of an address may have the character without quotes (RFC 5322, section 3.2.3).
fn is_of_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

/// The e-mail address that was probably meant: without a name in front, with the sign that was spelled out, without
/// dots and punctuation that are too many. Whether it is one, the schema says.
fn email_of(text: &str) -> Option<String> {
    let text = match text.split_once('<') {
        Some((_, address)) => address.split_once('>')?.0,
        None => text.strip_prefix("mailto:").unwrap_or(text),
    };
    let mut address = text.to_owned();
    // Spelled out to keep harvesters away, on web pages that the source was copied from.
    for (spelled, sign) in [
        (" at ", "@"),
        ("(at)", "@"),
        ("[at]", "@"),
        ("(AT)", "@"),
        ("[AT]", "@"),
        (" dot ", "."),
        ("(dot)", "."),
        ("[dot]", "."),
        ("@@", "@"),
    ] {
        address = address.replace(spelled, sign);
    }
    address.retain(|c| !c.is_whitespace());
    let address = address.trim_matches(|c: char| "'\"()[].,;:".contains(c));
    let (local, host) = address.split_once('@')?;
    let local = without_empty(local, '.');
    let host = without_empty(&host.replace(',', "."), '.');
    let is_it = !local.is_empty()
        && local.chars().all(is_of_local)
        && host.contains('.')
        && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c));
    is_it.then(|| format!("{local}@{host}"))
}

/// The text with single separators between its parts and none at its ends.
pub(super) fn without_empty(text: &str, separator: char) -> String {
    let parts: Vec<&str> = text.split(separator).filter(|part| !part.is_empty()).collect();
    parts.join(separator.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use super::{cause, email_of};

    #[test]
    fn what_was_meant() {
        let cases = [
            ("info.@example.org", "info@example.org"),
            (".info@example.org", "info@example.org"),
            ("in..fo@example.org", "in.fo@example.org"),
            ("info@@example.org", "info@example.org"),
            ("info@example..org", "info@example.org"),
            ("info@example,org", "info@example.org"),
            ("info@example.org.", "info@example.org"),
            ("info (at) example [dot] org", "info@example.org"),
            ("Info <info@example.org>;", "info@example.org"),
            ("mailto:info@example.org", "info@example.org"),
        ];
        for (text, meant) in cases {
            assert_eq!(email_of(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["info@example_org.org", "info@", "@example.org", "info", "info@a@b.org"] {
            assert_eq!(email_of(text), None, "{text}");
        }
    }

    #[test]
    fn the_cause_is_said() {
        let cases = [
            ("info.@example.org", "there is a dot before the @"),
            ("info@example_org.org", "\"_\" is not allowed in the name of a host"),
            ("in(fo@example.org", "\"(\" is not allowed before the @"),
            ("info@-example.org", "a part of its host's name begins or ends with a hyphen"),
        ];
        for (text, why) in cases {
            assert_eq!(cause(text).as_deref(), Some(why), "{text}");
        }
    }
}
