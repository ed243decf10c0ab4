//! What is wrong with a website's URL, and which one was meant.
//!
//! The schema has the grammar of RFC 3986 for http and https, with a host that is a name of the domain name system
//! or an IP address (section 3.2.2; RFC 9110, section 4.2). Here its parts are looked at one by one.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::ExplainedError;
use super::email::without_empty;
use super::pattern::{is_invisible, named, places};
use crate::check::rules::schema as rules;
use crate::text::{after_web_scheme, nearest};

/// Says what is wrong with a text that is no URL, at the characters that are.
pub(super) fn url(plain: ExplainedError, text: &str) -> ExplainedError {
    let plain = ExplainedError { rule: &rules::WEBSITE_SCHEME, ..plain };
    let because = |why: &str| format!("{}: {why}", plain.message);
    let written = text.trim_start_matches("https://").trim_start_matches("http://");
    if is_several(written.trim_matches(is_invisible)) {
        return plain.help("make each website an item of its own");
    }
    let Some(rest) = after_web_scheme(text) else {
        return plain.instead(url_of(text));
    };
    if scheme(rest).is_some() {
        let message = because("it has two schemes");
        return ExplainedError { message, ..plain }.instead(url_of(text));
    }
    if let Some(first) = text.chars().find(|c| !is_of_url(*c)) {
        let message = because(&format!("{} is not allowed in one", named(first)));
        let marks = places(text, |c| !is_of_url(c));
        let url = ExplainedError { message, ..plain }.marks(marks);
        // Percent-encoding would not help: host names are ASCII (RFC 3986, section 3.2.2), and Punycode
        // is not ours to decide on.
        let is_ascii = authority(rest.trim_matches(is_invisible)).0.is_ascii();
        return match is_ascii {
            true => url.instead(url_of(text)),
            false => {
                url.help("write the name of the host in ASCII letters, digits, hyphens and dots")
            }
        };
    }
    let (authority, path) = authority(rest);
    let why = wrong_authority(authority).or_else(|| wrong_rest(path).map(str::to_owned));
    let message = why.map_or(plain.message.clone(), |why| because(&why));
    ExplainedError { message, ..plain }.instead(url_of(text))
}

/// The URL that was probably meant: with the scheme that is missing or misspelt, without slips in the name of the
/// host, and with what has to be percent-encoded. Whether that is a URL, the schema says.
pub(super) fn url_of(text: &str) -> Option<String> {
    let text = text.trim_matches(is_invisible).replace('\\', "/");
    let (mut https, mut rest) = (None, &*text);
    while let Some((name, behind)) = scheme(rest) {
        (https, rest) = (Some(name), behind);
    }
    let rest = rest.trim_start_matches('/');
    let (authority, path) = authority(rest);
    // Without a scheme, what has an "@" is an e-mail address.
    let (user, host) = authority.rsplit_once('@').map_or(("", authority), |it| it);
    if is_several(rest) || https.is_none() && authority.contains('@') {
        return None;
    }
    let (host, port) = host_and_port(host);
    let host = host_of(host)?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_~%.".contains(c);
    // A word without a dot is a host only where somebody says so by a scheme.
    let is_host = host.starts_with('[')
        || host.chars().all(is_plain) && (https.is_some() || host.contains('.'));
    let (user, at) = if user.is_empty() { ("", "") } else { (user, "@") };
    let port = port.filter(|port| !port.is_empty()).map(|port| format!(":{port}"));
    // A website without a scheme is taken for https, which nearly all are.
    let (https, port) = (https.unwrap_or("https"), port.unwrap_or_default());
    is_host.then(|| format!("{https}://{user}{at}{host}{port}{}", encoded(path)))
}

/// The scheme at the beginning of a text, written or misspelt, and what stands behind it and its slashes.
fn scheme(text: &str) -> Option<(&'static str, &str)> {
    let (word, rest) = text.split_at(text.find(|c: char| !c.is_ascii_alphabetic())?);
    let is_scheme = rest.starts_with([':', ';']) || rest.starts_with("//");
    let name = nearest(word, ["http", "https"]).filter(|_| is_scheme)?;
    // A port instead: "http:8080".
    let rest = rest.trim_start_matches([':', ';']).trim_start_matches('/');
    (!rest.starts_with(|c: char| c.is_ascii_digit()) || text.contains("//"))
        .then_some(if name == "https" { ("https", rest) } else { ("http", rest) })
}

/// What stands before the path, query and fragment, and those (RFC 3986, section 3.2).
fn authority(rest: &str) -> (&str, &str) {
    rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()))
}

/// The host, and the port behind a colon. An IPv6 address has its own colons in brackets.
fn host_and_port(text: &str) -> (&str, Option<&str>) {
    let end = text.rfind(']').map_or(0, |at| at + 1);
    match text[end..].find(':') {
        Some(colon) => (&text[..end + colon], Some(&text[end + colon + 1..])),
        None => (text, None),
    }
}

/// Whether these are several websites, with something between them.
fn is_several(rest: &str) -> bool {
    let mut parts = rest.split(|c: char| c.is_whitespace() || ",;".contains(c));
    let first = parts.next().unwrap_or_default();
    // In a path anything may stand behind a comma: "/a,b.html".
    let is_host = !first.contains('/');
    first.contains('.')
        && parts.any(|part| {
            part.contains("://") || part.starts_with("www.") || is_host && part.contains('.')
        })
}

/// The name of a host without the usual slips: a comma for a dot, a dot too many, punctuation behind it.
fn host_of(host: &str) -> Option<String> {
    let host = host.trim_matches(|c: char| is_invisible(c) || ".,;!".contains(c)).replace(',', ".");
    let host = without_empty(&host, '.');
    (!host.is_empty()).then_some(host)
}

/// What is wrong with the part of a URL before its path.
fn wrong_authority(authority: &str) -> Option<String> {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = host_and_port(host);
    let is_of_host = |c: &char| c.is_ascii_alphanumeric() || "-_~%.".contains(*c);
    let port = port.filter(|it| !it.is_empty() && !it.parse::<u16>().is_ok_and(|port| port > 0));
    match host.chars().find(|c| !is_of_host(c)) {
        _ if host.is_empty() => Some("it has no host".into()),
        // Of an IPv6 address the schema knows what is wrong and does not say it.
        Some('[') => None,
        Some(c) => Some(format!("{} is not allowed in the name of a host", named(c))),
        None if host.trim_end_matches('.').len() + 1 < host.len()
            || host.split('.').rev().skip(1).any(str::is_empty) =>
        {
            Some("the name of its host has an empty part".into())
        }
        None => port.map(|port| format!("\"{port}\" is not a port from 1 to 65535")),
    }
}

/// What is wrong with the rest of a URL, whose characters by themselves are all allowed.
fn wrong_rest(rest: &str) -> Option<&'static str> {
    if rest.contains(['[', ']']) {
        return Some("square brackets are allowed around an IPv6 address only");
    }
    let is_code = |behind: &str| behind.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if rest.split('%').skip(1).any(|behind| !is_code(behind)) {
        return Some("a percent sign has to stand before two hexadecimal digits");
    }
    (rest.matches('#').count() > 1).then_some("it has two fragments")
}

/// Whether a URL may have the character as it is (RFC 3986, section 2).
fn is_of_url(c: char) -> bool {
    c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c)
}

/// The path, query and fragment with everything percent-encoded that may not stand there.
fn encoded(path: &str) -> String {
    let fragment = path.find('#').unwrap_or(path.len());
    let encode = |(at, c): (usize, char)| {
        let is_code = || {
            path.as_bytes()
                .get(at + 1..at + 3)
                .is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
        };
        let stays = match c {
            '%' => is_code(),
            '#' => at == fragment,
            _ => is_of_url(c) && !"[]".contains(c),
        };
        match stays {
            true => c.to_string(),
            false => utf8_percent_encode(c.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC).to_string(),
        }
    };
    path.char_indices().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::url_of;

    #[test]
    fn what_was_meant() {
        let cases = [
            ("www.example.org", "https://www.example.org"),
            ("http://http://example.org", "http://example.org"),
            ("http://https://example.org/a", "https://example.org/a"),
            ("https://https//example.org", "https://example.org"),
            ("htps:/example.org", "https://example.org"),
            ("http;//example.org", "http://example.org"),
            ("HTTPS://example.org:8443/", "https://example.org:8443/"),
            ("https:///example.org/a", "https://example.org/a"),
            ("https:\\\\example.org\\a", "https://example.org/a"),
            ("https://www.example,org", "https://www.example.org"),
            ("https://example.org,", "https://example.org"),
            ("https://www..example.org", "https://www.example.org"),
            ("https://example.org/100%", "https://example.org/100%25"),
            ("https://example.org/?q=[a]#b#c", "https://example.org/?q=%5Ba%5D#b%23c"),
            ("http://[::1]:80/é", "http://[::1]:80/%C3%A9"),
            ("https://user@example.org/a b", "https://user@example.org/a%20b"),
            ("http://localhost:8080/a|b", "http://localhost:8080/a%7Cb"),
        ];
        for (text, meant) in cases {
            assert_eq!(url_of(text).as_deref(), Some(meant), "{text}");
        }
        for text in [
            "https://",
            "https://:443/",
            "https://?q",
            "a.example.org,b.example.org",
            "www.example.org, www.example.com",
            "https://a.example.org https://b.example.org",
            "info@example.org",
            "ftp://example.org",
            "website",
            "",
        ] {
            assert_eq!(url_of(text), None, "{text}");
        }
    }
}
