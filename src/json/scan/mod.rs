//! A reader of JSON (RFC 8259) that says what is wrong with a text, and where.
//!
//! It accepts exactly what `serde_json` accepts, duplicate keys aside, which it reports and passes over.
//! Mistakes that leave no doubt about how the text goes on (a comma too many or too few, a comment, other
//! quotes) are passed over as well, so that all of them are found at once.

mod string;
mod token;

use std::borrow::Cow;
use std::ops::Range;

use crate::finding::{Finding, Rule, is_fatal, syntax};

/// Arrays and objects within each other at which a text is refused, as `serde_json` does.
const DEPTH: usize = 128;
/// Mistakes after which the rest of a text is not looked at.
const MISTAKES: usize = 1_000;

/// What is wrong with a JSON text, in its order; nothing where `serde_json` reads it and no key stands
/// twice in an object. Places count from `offset`; the text stands within `depth` arrays and objects.
///
/// A text is a whole document, or the text of one office, which is then two levels deep.
///
/// # Example
///
/// ```
/// use officedir::json::scan;
///
/// let found = scan("{'id': \"a\",}", 0, 0);
/// let codes: Vec<&str> = found.iter().map(|it| it.code).collect();
/// assert_eq!(codes, ["syntax/single-quotes", "syntax/trailing-comma"]);
/// assert_eq!(found[1].span, 10..11);
/// ```
pub fn scan(text: &str, offset: usize, depth: usize) -> Vec<Finding> {
    let mut scanner = Scanner { text, at: 0, depth, keys: Vec::new(), findings: Vec::new() };
    // How it ends does not matter: what is wrong has been noted.
    let _ = scanner.document();
    let mut findings = scanner.findings;
    // Keys that stand twice are noted when their object ends.
    findings.sort_by_key(|finding| finding.span.start);
    for finding in &mut findings {
        shift(&mut finding.span, offset);
        finding.related.iter_mut().for_each(|(span, _)| shift(span, offset));
        if let Some(edit) = &mut finding.edit {
            shift(&mut edit.span, offset);
        }
    }
    findings
}

/// Moves a range by an offset.
fn shift(span: &mut Range<usize>, offset: usize) {
    span.start += offset;
    span.end += offset;
}

/// Whether a file that begins so is no JSON, however it goes on.
pub fn is_hopeless(beginning: &[u8]) -> bool {
    let text = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        Err(error) if error.error_len().is_some() => return true,
        // The beginning may have been cut within a character.
        Err(error) => std::str::from_utf8(&beginning[..error.valid_up_to()]).unwrap_or_default(),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return false;
    }
    // What is only cut off has its mistake at the very end.
    let findings = scan(text, 0, 0);
    findings.iter().any(is_fatal) && findings.iter().all(|finding| finding.span.end < text.len())
}

/// The text cannot be followed any further; what is wrong has been noted.
struct ScanStopped;

/// Whether the scan goes on.
type ScanStep = Result<(), ScanStopped>;

/// The text, how far it was followed, and what was found so far.
struct Scanner<'t> {
    /// All that is looked at.
    text: &'t str,
    /// Offset of the byte in hand.
    at: usize,
    /// Arrays and objects that are open, with those that the text stands in.
    depth: usize,
    /// The keys of the objects that are open, each object's behind those of the one around it.
    keys: Vec<(Cow<'t, str>, Range<usize>)>,
    /// In the order in which they were noted.
    findings: Vec<Finding>,
}

impl<'t> Scanner<'t> {
    /// The whole text: one value, with white space around it.
    fn document(&mut self) -> ScanStep {
        self.space()?;
        if self.peek().is_none() {
            return self.stop(
                &syntax::JSON,
                0..0,
                "the file is empty",
                "begin with { \"organization\": …",
            );
        }
        let literal = ["true", "false", "null"].iter().any(|it| self.rest().starts_with(it));
        // A web page, a table, a log: whatever it is, a message about a missing quote would not help.
        let begins_word = |byte: u8| byte.is_ascii_alphabetic() || byte == b'<';
        if !literal && self.peek().is_some_and(begins_word) {
            let (what, help) = ("this is not JSON", "begin with { \"organization\": …");
            return self.stop(&syntax::JSON, self.next_char(), what, help);
        }
        self.value()?;
        self.space()?;
        if let Some(byte) = self.peek() {
            let what = "there is text after the end of the directory";
            let help = match byte {
                // A second object on the second line: one office per line, in a file of the wrong name.
                b'{' if !self.text[..self.at].trim().contains('\n') => {
                    "give a file with one office per line the extension .ndjson"
                }
                _ => "remove it, or look for an extra bracket",
            };
            return self.stop(&syntax::JSON, self.next_char(), what, help);
        }
        Ok(())
    }

    /// Steps over a value of any kind, or reports what is there instead.
    fn value(&mut self) -> ScanStep {
        match self.peek() {
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b'"') => self.string().map(drop),
            Some(b'-' | b'0'..=b'9') => self.number(),
            // What can only come behind a value shows that one is missing.
            Some(b',' | b']' | b'}' | b':') | None => self.no_value(),
            Some(_) if self.begins_quote() => self.foreign_string().map(drop),
            Some(_) => self.word(),
        }
    }

    /// A place where a value should be and is not.
    fn no_value(&mut self) -> ScanStep {
        if self.peek().is_none() {
            return self.stop(
                &syntax::JSON,
                self.next_char(),
                "expected a value, found the end of the file",
                "",
            );
        }
        self.stop(
            &syntax::JSON,
            self.next_char(),
            "a value is missing here",
            "write the value, or remove the rest of the member",
        )
    }

    /// Steps over an object, and reports keys that it has twice.
    fn object(&mut self) -> ScanStep {
        let start = self.open()?;
        let first_key = self.keys.len();
        self.space()?;
        while self.peek() != Some(b'}') {
            if self.peek().is_none() {
                return self.unfinished(start, b'}', None);
            }
            self.key()?;
            self.space()?;
            self.colon()?;
            self.space()?;
            self.value()?;
            self.separator(start, b'}')?;
        }
        // When the object has ended: keys of objects within it stand between its own.
        self.duplicates(first_key);
        self.close();
        Ok(())
    }

    /// Steps over an array.
    fn array(&mut self) -> ScanStep {
        let start = self.open()?;
        self.space()?;
        while self.peek() != Some(b']') {
            self.value()?;
            self.separator(start, b']')?;
        }
        self.close();
        Ok(())
    }

    /// Steps over an opening bracket and gives its place.
    fn open(&mut self) -> Result<usize, ScanStopped> {
        let start = self.at;
        self.depth += 1;
        if self.depth >= DEPTH {
            let what = format!("brackets are nested more than {} levels deep", DEPTH - 1);
            self.stop(
                &syntax::NESTING,
                start..start + 1,
                &what,
                "look for brackets that were pasted by mistake",
            )?;
        }
        self.at += 1;
        Ok(start)
    }

    /// Steps over a closing bracket.
    fn close(&mut self) {
        self.depth -= 1;
        self.at += 1;
    }

    /// Steps over a member's name, in whatever quotes, and remembers it.
    fn key(&mut self) -> ScanStep {
        let start = self.at;
        let key = match self.peek() {
            Some(b'"') => self.string()?,
            Some(_) if self.begins_quote() => self.foreign_string()?,
            // JavaScript has keys without quotes, so people write them.
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' => {
                self.bare_key()?
            }
            Some(b',') => {
                return self.stop(
                    &syntax::JSON,
                    start..start + 1,
                    "there is an extra comma",
                    "remove it",
                );
            }
            _ => {
                let what = "expected a member's name in quotes";
                return self.stop(&syntax::JSON, self.next_char(), what, "");
            }
        };
        self.keys.push((key, start..self.at));
        Ok(())
    }

    /// Steps over the colon behind a name.
    fn colon(&mut self) -> ScanStep {
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(b'=') => {
                let span = self.at..self.at + 1;
                self.note(
                    &syntax::JSON,
                    span.clone(),
                    "expected a colon, found an equals sign",
                    "write a colon",
                )?;
                self.suggest(span, ":");
                self.at += 1;
            }
            _ => {
                let what = "expected a colon between a member's name and its value";
                return self.stop(&syntax::JSON, self.next_char(), what, "");
            }
        }
        Ok(())
    }

    /// Steps over what stands between two values of the array or object that began at `start`.
    fn separator(&mut self, start: usize, end: u8) -> ScanStep {
        let behind = self.at;
        self.space()?;
        match self.peek() {
            Some(b',') => {
                let comma = self.at..self.at + 1;
                self.at += 1;
                self.space()?;
                if self.peek() == Some(end) {
                    let what = "there is a comma after the last item";
                    self.note(&syntax::TRAILING_COMMA, comma.clone(), what, "remove the comma")?;
                    self.correct(comma, "");
                }
                Ok(())
            }
            Some(byte) if byte == end => Ok(()),
            // No doubt what was meant, but left to people: a semicolon may have been meant as text.
            Some(b';') => {
                let span = self.at..self.at + 1;
                let what = "expected a comma, found a semicolon";
                self.note(&syntax::JSON, span.clone(), what, "write a comma")?;
                self.suggest(span, ",");
                self.at += 1;
                self.space()
            }
            // Shown where the comma belongs, behind the value, which may be lines above what comes
            // next.
            Some(byte) if self.begins_next(byte, end) => {
                let next = self.next_char();
                self.note(
                    &syntax::MISSING_COMMA,
                    behind..behind,
                    "a comma is missing here",
                    "write a comma",
                )?;
                self.suggest(behind..behind, ",");
                self.relate(next, "before this");
                Ok(())
            }
            found => self.unfinished(start, end, found),
        }
    }

    /// Whether the next member or element begins without a comma in front.
    fn begins_next(&self, byte: u8, end: u8) -> bool {
        // A member begins with its name, so brackets and numbers can only begin an element of an array.
        byte == b'"'
            || self.begins_quote()
            || end == b']' && matches!(byte, b'{' | b'[' | b'-' | b'0'..=b'9')
    }

    /// Says what was expected in the place of what is there, and shows where the object or array
    /// began.
    fn unfinished(&mut self, start: usize, end: u8, found: Option<u8>) -> ScanStep {
        let what = if end == b'}' { "object" } else { "array" };
        let (span, message) = match found {
            None => (self.next_char(), format!("the file ends inside an {what}")),
            Some(byte @ (b'}' | b']')) => {
                let (byte, end) = (char::from(byte), char::from(end));
                (self.next_char(), format!("expected {end}, found {byte}"))
            }
            Some(_) => (self.next_char(), format!("expected a comma or {}", char::from(end))),
        };
        // Letters right behind a string are mostly the rest of a text with a quote in it.
        let help = match found {
            Some(byte) if byte.is_ascii_alphabetic() => "write a quote within a text as \\\"",
            _ => "look for a missing or an extra bracket",
        };
        self.note(&syntax::JSON, span, &message, help)?;
        self.relate(start..start + 1, &format!("the {what} begins here"));
        Err(ScanStopped)
    }

    /// Reports the keys from `first` on that stand there twice, and forgets them all.
    fn duplicates(&mut self, first: usize) {
        let mut keys = self.keys.split_off(first);
        // By name and then by place, so that the first of several is the one that the others are compared with.
        keys.sort_by(|left, right| (&left.0, left.1.start).cmp(&(&right.0, right.1.start)));
        for pair in keys.chunk_by(|left, right| left.0 == right.0) {
            let [earliest, later @ ..] = pair else { continue };
            for (key, span) in later {
                if self.findings.len() >= MISTAKES {
                    return;
                }
                let message = format!("this object has the member \"{key}\" twice");
                let mut finding = Finding::new(&syntax::DUPLICATE_KEY, message).at(span.clone());
                finding.related.push((earliest.1.clone(), "the first one is here".into()));
                self.findings.push(finding.help("remove the one that is wrong"));
            }
        }
    }

    /// The byte in hand.
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What has not been looked at.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The place of the next character; the last one's where the text ends.
    fn next_char(&self) -> Range<usize> {
        match self.rest().chars().next() {
            Some(c) => self.at..self.at + c.len_utf8(),
            None => self.text.len()..self.text.len(),
        }
    }

    /// Notes a mistake that can be passed over.
    fn note(&mut self, rule: &Rule, span: Range<usize>, message: &str, help: &str) -> ScanStep {
        let mut finding = Finding::new(rule, message).at(span);
        finding.help = (!help.is_empty()).then(|| help.to_owned());
        self.findings.push(finding);
        // A file of another kind has a mistake at every character.
        if self.findings.len() < MISTAKES { Ok(()) } else { Err(ScanStopped) }
    }

    /// Notes a mistake that cannot be passed over.
    fn stop(&mut self, rule: &Rule, span: Range<usize>, message: &str, help: &str) -> ScanStep {
        self.note(rule, span, message, help)?;
        Err(ScanStopped)
    }

    /// What to write instead, for the mistake that was noted last.
    fn suggest(&mut self, span: Range<usize>, text: &str) {
        self.edit(span, text, false);
    }

    /// The same, where it is safe.
    fn correct(&mut self, span: Range<usize>, text: &str) {
        self.edit(span, text, true);
    }

    /// Adds an edit to the mistake that was noted last.
    fn edit(&mut self, span: Range<usize>, text: &str, safe: bool) {
        if let Some(finding) = self.findings.pop() {
            self.findings.push(finding.edit(span, text, safe));
        }
    }

    /// Adds a place to the mistake that was noted last.
    fn relate(&mut self, span: Range<usize>, what: &str) {
        if let Some(finding) = self.findings.last_mut() {
            finding.related.push((span, what.to_owned()));
        }
    }
}
