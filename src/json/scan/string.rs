//! Strings, in the quotes of JSON and in those that people type instead.

use std::borrow::Cow;

use super::{ScanStep, ScanStopped, Scanner};
use crate::finding::syntax;

impl<'t> Scanner<'t> {
    /// Steps over a string and gives what it says; with a mistake in it, what stands between the quotes.
    pub(super) fn string(&mut self) -> Result<Cow<'t, str>, ScanStopped> {
        let start = self.at;
        let mut plain = true;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    plain = false;
                    self.escape(start)?;
                }
                // RFC 8259, section 7: control characters must be escaped.
                Some(..0x20) => self.control(start)?,
                Some(_) => self.at += 1,
                None => {
                    let what = "the file ends inside a string";
                    self.note(&syntax::JSON, self.next_char(), what, "close the string")?;
                    self.relate(start..start + 1, "the string begins here");
                    return Err(ScanStopped);
                }
            }
        }
        self.at += 1;
        // Quotes are ASCII, so neither end of the slice is within a character.
        let inner = &self.text[start + 1..self.at - 1];
        if plain {
            return Ok(Cow::Borrowed(inner));
        }
        let decoded = serde_json::from_str::<String>(&self.text[start..self.at]);
        Ok(decoded.map_or(Cow::Borrowed(inner), Cow::Owned))
    }

    /// A control character in a string.
    fn control(&mut self, start: usize) -> ScanStep {
        let byte = self.peek().unwrap_or_default();
        let span = self.at..self.at + 1;
        let (what, help) = match byte {
            b'\n' | b'\r' => (
                "the line ends inside a string",
                "close the string, or write the line break as \\n",
            ),
            b'\t' => ("there is a tab in a string", "write it as \\t"),
            _ => ("there is a control character in a string", "remove it"),
        };
        self.note(&syntax::JSON, span.clone(), what, help)?;
        self.relate(start..start + 1, "the string begins here");
        match byte {
            // A string that is not closed would swallow the quotes of the lines below, and everything
            // behind would be reported wrongly.
            b'\n' | b'\r' => return Err(ScanStopped),
            // A suggestion and no correction: a tab may stand for a space as well.
            b'\t' => self.suggest(span, "\\t"),
            _ => {}
        }
        self.at += 1;
        Ok(())
    }

    /// Steps over an escape, or reports that it is none.
    fn escape(&mut self, start: usize) -> ScanStep {
        let backslash = self.at;
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 1;
                Ok(())
            }
            Some(b'u') => {
                self.at += 1;
                self.unicode(backslash)
            }
            // The end of the text is the string's business.
            None => Ok(()),
            Some(_) => {
                let end = self.next_char().end;
                let what = format!("{} is not an escape sequence", &self.text[backslash..end]);
                self.note(&syntax::JSON, backslash..end, &what, "write a backslash as \\\\")?;
                self.relate(start..start + 1, "the string begins here");
                // A control character behind the backslash is looked at for itself.
                if self.peek().is_some_and(|byte| byte >= 0x20) {
                    self.at = end;
                }
                Ok(())
            }
        }
    }

    /// Behind `\u`: four digits, and for a character beyond U+FFFF a second escape.
    fn unicode(&mut self, backslash: usize) -> ScanStep {
        let Some(first) = self.hex() else {
            let what = "\\u takes four hexadecimal digits";
            return self.note(&syntax::JSON, backslash..self.at, what, "");
        };
        let is_pair = match first {
            // The first half of a pair, which must be followed by the second (RFC 8259, section 7).
            0xD800..0xDC00 if self.rest().starts_with("\\u") => {
                self.at += 2;
                matches!(self.hex(), Some(0xDC00..0xE000))
            }
            0xD800..0xE000 => false,
            _ => return Ok(()),
        };
        if is_pair {
            return Ok(());
        }
        let what = "this escape is half of a character";
        let help = "characters beyond U+FFFF take a pair, such as \\ud83d\\ude00; or write the character itself";
        self.note(&syntax::JSON, backslash..self.at, what, help)
    }

    /// Steps over four hexadecimal digits.
    fn hex(&mut self) -> Option<u32> {
        // With `get`, because four bytes may end within a character.
        let digits =
            self.rest().get(..4).filter(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    /// Whether a string begins here in quotes that JSON does not know.
    pub(super) fn begins_quote(&self) -> bool {
        self.rest().starts_with(['\'', '`', '“', '”', '„', '‘', '’', '«'])
    }

    /// Steps over a string in other quotes.
    pub(super) fn foreign_string(&mut self) -> Result<Cow<'t, str>, ScanStopped> {
        let start = self.at;
        let open = self.rest().chars().next().unwrap_or('\'');
        let closing: &[char] = match open {
            // Word processors close quotes in several ways, depending on the language.
            '\'' | '`' | '‘' | '’' => &['\'', '`', '’', '‘'],
            '«' => &['»'],
            _ => &['”', '“', '"'],
        };
        self.at += open.len_utf8();
        // Only in this line: a quote in one of the next has nothing to do with it.
        let line = self.rest().lines().next().unwrap_or_default();
        // An apostrophe within the text is no end: what ends the string has a separator behind it.
        let ends = line.match_indices(closing).find(|(at, quote)| {
            line[at + quote.len()..].trim_start().starts_with([':', ',', ']', '}'])
                || line[at + quote.len()..].trim().is_empty()
        });
        let Some((length, quote)) = ends else {
            let what = "the end of this string cannot be found";
            self.note(&syntax::SINGLE_QUOTES, start..self.at, what, "use straight double quotes")?;
            return Err(ScanStopped);
        };
        let inner = &line[..length];
        self.at += length + quote.len();
        let message = format!("the string is in {open} quotes");
        let help = "use straight double quotes";
        self.note(&syntax::SINGLE_QUOTES, start..self.at, &message, help)?;
        // In single quotes an apostrophe is escaped; JSON has no such escape.
        let plain = inner.replace("\\'", "'");
        self.suggest(start..self.at, &serde_json::Value::from(plain).to_string());
        Ok(Cow::Borrowed(inner))
    }
}
