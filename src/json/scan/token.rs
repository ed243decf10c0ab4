//! White space, comments, numbers, literal names, and members' names without quotes.

use std::borrow::Cow;

use super::{ScanStep, ScanStopped, Scanner};
use crate::finding::syntax;
use crate::text::excerpt;

/// What Git writes around the sides of a conflict.
const CONFLICT: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

impl<'t> Scanner<'t> {
    /// Steps over white space and comments.
    pub(super) fn space(&mut self) -> ScanStep {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            let rest = self.rest();
            // Comments of JavaScript, of YAML and of Python.
            let length = if rest.starts_with("//") || rest.starts_with('#') {
                rest.lines().next().map_or(0, str::len)
            } else if rest.starts_with("/*") {
                match rest.find("*/") {
                    Some(length) => length + 2,
                    None => {
                        let span = self.at..self.at + 2;
                        let help = "remove the comment";
                        return self.stop(&syntax::COMMENT, span, "this comment has no end", help);
                    }
                }
            } else if CONFLICT.iter().any(|marker| rest.starts_with(marker)) {
                let what = "the file has an unresolved merge conflict";
                // Each marker has seven characters.
                return self.stop(
                    &syntax::JSON,
                    self.at..self.at + 7,
                    what,
                    "resolve the conflict",
                );
            } else {
                return self.odd_space();
            };
            let span = self.at..self.at + length;
            self.at += length;
            let help = "remove it; remarks on a value belong in the office's notes";
            self.note(&syntax::COMMENT, span, "JSON does not allow comments", help)?;
        }
    }

    /// White space that is none in JSON.
    fn odd_space(&mut self) -> ScanStep {
        let Some(c) = self.rest().chars().next() else { return Ok(()) };
        // The no-break space is what web pages and word processors are copied with.
        if !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}') {
            return Ok(());
        }
        let span = self.next_char();
        let what = format!("U+{:04X} is not white space in JSON", u32::from(c));
        self.note(&syntax::JSON, span.clone(), &what, "use a plain space, or nothing")?;
        self.suggest(span.clone(), " ");
        self.at = span.end;
        // There may be more of it, or a comment. The recursion ends where mistakes are not noted any more.
        self.space()
    }

    /// Steps over a number, or over what was meant to be one.
    pub(super) fn number(&mut self) -> ScanStep {
        let start = self.at;
        // Everything up to the next separator, so that `1.2.3` and `0x1F` are one mistake and not
        // several.
        let length = self.rest().find(|c: char| !c.is_ascii_alphanumeric() && !"+-._".contains(c));
        self.at += length.unwrap_or(self.rest().len());
        let token = &self.text[start..self.at];
        if !is_number(token) {
            let what = format!("{} is not a number", quoted(token));
            let help = "write digits without leading zeros, then a fraction and an exponent if needed; anything else is a text, in quotes";
            return self.note(&syntax::JSON, start..self.at, &what, help);
        }
        // Only a number with many digits or an exponent can be out of range.
        let is_large = token.len() > 300 || token.contains(['e', 'E']);
        if is_large && serde_json::from_str::<f64>(token).is_err() {
            let what = format!("the number {} is too large", quoted(token));
            let help = "the largest number is about 1.8e308";
            return self.note(&syntax::NUMBER, start..self.at, &what, help);
        }
        Ok(())
    }

    /// A literal name, or something else that is no value.
    pub(super) fn word(&mut self) -> ScanStep {
        let start = self.at;
        let rest = self.rest();
        if let Some(word) =
            ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word))
        {
            self.at += word.len();
            // "nullable" is no literal name.
            if !self.rest().starts_with(|c: char| c.is_alphanumeric() || c == '_') {
                return Ok(());
            }
            self.at = start;
        }
        // A mail address or a file name without quotes is one mistake and not several.
        let end =
            rest.find(|c: char| !c.is_alphanumeric() && !"_-.+@".contains(c)).unwrap_or(rest.len());
        if end == 0 {
            return self.stop(&syntax::JSON, self.next_char(), "expected a value", "");
        }
        self.at += end;
        let word = &rest[..end];
        let instead = match word.to_ascii_lowercase().as_str() {
            "true" => "true".to_owned(),
            "false" => "false".to_owned(),
            // As Python, Ruby and JavaScript write it.
            "null" | "none" | "nil" | "undefined" => "null".to_owned(),
            _ => serde_json::Value::from(word).to_string(),
        };
        let what = format!("{} is not a value", quoted(word));
        self.note(&syntax::JSON, start..self.at, &what, &format!("write {}", quoted(&instead)))?;
        self.suggest(start..self.at, &instead);
        Ok(())
    }

    /// A member's name without quotes.
    pub(super) fn bare_key(&mut self) -> Result<Cow<'t, str>, ScanStopped> {
        let start = self.at;
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !"_-$".contains(c))
            .unwrap_or(rest.len());
        self.at += end;
        let name = &rest[..end];
        if !self.rest().trim_start().starts_with(':') {
            let what = "expected a member's name in quotes";
            self.stop(&syntax::JSON, start..self.at, what, "")?;
        }
        let instead = format!("\"{name}\"");
        let what = format!("the name {} has no quotes", quoted(name));
        self.note(&syntax::JSON, start..self.at, &what, &format!("write {}", quoted(&instead)))?;
        self.suggest(start..self.at, &instead);
        Ok(Cow::Borrowed(name))
    }
}

/// Whether a text is a number by RFC 8259, section 6.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|it| digits(it.strip_prefix(['+', '-']).unwrap_or(it)))
}

/// What a message quotes of a piece of text.
fn quoted(text: &str) -> Cow<'_, str> {
    excerpt(text, 40)
}
