//! URLs: of e-mail addresses, and those of the web.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// A URL for mail (RFC 6068), with every character encoded that means something in it.
pub(crate) fn mailto(email: &str) -> String {
    const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b'@')
        .remove(b'+');
    format!("mailto:{}", utf8_percent_encode(email, ENCODED))
}

/// What follows the scheme of a URL of the web, which is http or https in small letters; nothing of any other.
pub(crate) fn after_web_scheme(url: &str) -> Option<&str> {
    url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))
}
