//! Text and links as they stand in Markdown.

use super::{international, mailto};

/// The text without what CommonMark, GitHub and HTML would make of it (CommonMark, section 2.4: any ASCII punctuation
/// may have a backslash). What only means something at the start of a line gets one only there.
pub(crate) fn markdown(text: &str) -> String {
    escaped(text, |_, _| false)
}

/// The same, and no part of it becomes a link by itself (GitHub's specification, section 6.9): of an e-mail address with
/// an underscore, comrak and marked would link to what is behind that.
pub(crate) fn markdown_without_links(text: &str) -> String {
    escaped(text, |at, c| match c {
        '@' => true,
        ':' => text[at..].starts_with("://"),
        '.' => text[..at].to_ascii_lowercase().ends_with("www"),
        _ => false,
    })
}

/// The text with a backslash in front of what is Markdown, and of the characters that `more` names with their places.
fn escaped(text: &str, more: impl Fn(usize, char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in text.char_indices() {
        // GitHub makes a link to an issue of `#5`, wherever it stands.
        let everywhere = "\\`*_[]<>|~&$#".contains(c);
        let at_start = at == 0 && matches!(c, '+' | '-' | '=');
        let numbers = at == digits && at > 0 && matches!(c, '.' | ')');
        if everywhere || at_start || numbers || more(at, c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A link to an e-mail address.
pub(crate) fn markdown_email(address: &str) -> String {
    // Of an address that stands there alone, comrak and marked link to a part where it has an underscore.
    match is_plain_email(address) {
        true => format!("<{address}>"),
        false => link(address, &mailto(address)),
    }
}

/// A link to a URL without `<`, `>`, `\`, `|` and blanks, which no valid one has.
pub(crate) fn markdown_url(url: &str) -> String {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~:/?#=+%@,".contains(&it);
    match url.bytes().all(is_plain) {
        true => format!("<{url}>"),
        // In an autolink readers differ over "&copy;" and what is emphasis.
        false => link(url, &url.replace('&', "&amp;")),
    }
}

/// A link by which a telephone number (E.164) is called (RFC 3966).
pub(crate) fn markdown_phone(number: &str) -> String {
    // Nothing in either is Markdown: digits, a plus and blanks.
    format!("[{}](tel:{number})", international(number))
}

/// A link with a text. The angle brackets are for parentheses in the URL (CommonMark, section 6.3).
fn link(text: &str, url: &str) -> String {
    format!("[{}](<{url}>)", markdown_without_links(text))
}

/// Whether an address in angle brackets is an autolink (CommonMark, section 6.5) of letters, digits and what all readers
/// agree on.
fn is_plain_email(address: &str) -> bool {
    let Some((local, host)) = address.split_once('@') else { return false };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    !local.is_empty()
        && local.bytes().all(|it| it.is_ascii_alphanumeric() || b"._+-".contains(&it))
        && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_the_whole_address() {
        let cases = [
            ("info_tokyo_jp@example.org", "<info_tokyo_jp@example.org>"),
            ("first-last+tag@example.org", "<first-last+tag@example.org>"),
            ("a*b|c@x.org", "[a\\*b\\|c\\@x.org](<mailto:a%2Ab%7Cc@x.org>)"),
            ("\"a\\\\b@c\"@x.org", "[\"a\\\\\\\\b\\@c\"\\@x.org](<mailto:%22a%5C%5Cb@c%22@x.org>)"),
            ("a@[127.0.0.1]", "[a\\@\\[127.0.0.1\\]](<mailto:a@%5B127.0.0.1%5D>)"),
        ];
        for (address, expected) in cases {
            assert_eq!(markdown_email(address), expected);
        }
        assert_eq!(markdown_url("https://x.org/a_b?c=d#e"), "<https://x.org/a_b?c=d#e>");
        let entity = "[https\\://x.org/?a\\&copy;(b)](<https://x.org/?a&amp;copy;(b)>)";
        assert_eq!(markdown_url("https://x.org/?a&copy;(b)"), entity);
        assert!(markdown_phone("+4922897629900").ends_with("](tel:+4922897629900)"));
    }

    #[test]
    fn nothing_of_a_text_is_markdown() {
        let cases = [
            ("1. Bureau", "1\\. Bureau"),
            ("12) Bureau", "12\\) Bureau"),
            ("No. 1", "No. 1"),
            ("- a - b", "\\- a - b"),
            ("a_b *c* [d](e)", "a\\_b \\*c\\* \\[d\\](e)"),
            ("<b> &amp; | #5", "\\<b\\> \\&amp; \\| \\#5"),
        ];
        for (text, expected) in cases {
            assert_eq!(markdown(text), expected);
        }
        let text = markdown_without_links("a_b@x.org, http://x: 1, Www.x.org");
        assert_eq!(text, "a\\_b\\@x.org, http\\://x: 1, Www\\.x.org");
    }
}
