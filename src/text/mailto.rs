//! E-mail addresses as URLs.

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
