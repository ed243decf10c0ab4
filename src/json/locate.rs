//! Where the members of a JSON text stand, by JSON pointer. The text must be valid: what is wrong with
//! one is found in `scan`.

mod index;

use std::borrow::Cow;
use std::ops::Range;

use super::cursor::JsonCursor;
use crate::json::without_mark;
pub(crate) use index::ValueIndex;

/// Where a member or element stands in a JSON text, as byte ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedValue {
    /// The member's key with its quotes; `None` for an array element or the whole text.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
}

/// Finds what a JSON pointer (RFC 6901) points at in a text that is valid JSON.
///
/// Returns `None` where the pointer leads nowhere. Of two equal keys the last one counts, as it does
/// for `serde_json`.
///
/// The text is gone through from its beginning and nothing is parsed into values, which is right for a
/// few places of an office and wrong for every member of a large document.
///
/// # Example
///
/// ```
/// use officedir::json::locate;
///
/// let json = r#"{"phones": [{"number": "+49"}]}"#;
/// let found = locate(json, "/phones/0/number").ok_or("not there")?;
/// assert_eq!(&json[found.value], "\"+49\"");
/// assert_eq!(found.key.map(|key| &json[key]), Some("\"number\""));
/// # Ok::<(), &str>(())
/// ```
pub fn locate(json: &str, pointer: &str) -> Option<LocatedValue> {
    let mut scan = cursor(json);
    let mut found = LocatedValue { key: None, value: scan.value()? };
    for token in pointer.split('/').skip(1) {
        let token = unescaped(token);
        scan.at = found.value.start;
        found = match scan.peek()? {
            // A token of digits is a key in an object and an index in an array.
            b'{' => scan.member(&token)?,
            b'[' => scan.element(position(&token)?)?,
            _ => return None,
        };
    }
    Some(found)
}

/// Where the members of an object stand, in their order, in a text that is valid JSON: of the object that a JSON
/// pointer leads to. Empty where it leads to none.
pub(crate) fn members(json: &str, pointer: &str) -> Vec<LocatedValue> {
    let mut members = Vec::new();
    let Some(object) = locate(json, pointer) else { return members };
    let mut scan = cursor(json);
    scan.at = object.value.start;
    if scan.take(b'{').is_none() {
        return members;
    }
    scan.space();
    while let Some(key) = scan.string() {
        scan.separator();
        let Some(value) = scan.value() else { break };
        members.push(LocatedValue { key: Some(key), value });
        scan.separator();
    }
    members
}

/// A token of a JSON pointer without its escapes.
fn unescaped(token: &str) -> Cow<'_, str> {
    match token.contains('~') {
        // In this order (RFC 6901, section 4): the other way round, `~01` would become a slash.
        true => Cow::Owned(token.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(token),
    }
}

/// The position in an array that a token says: digits without a leading zero (RFC 6901, section 4).
fn position(token: &str) -> Option<usize> {
    let is_number = token.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = is_number && (token == "0" || !token.starts_with('0'));
    if is_plain { token.parse().ok() } else { None }
}

/// A member's name as a JSON pointer has it, with the slash in front.
pub(crate) fn token(name: &str) -> String {
    // The tildes first, or those of the escaped slashes would be escaped again.
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Visits every string value of a text that is valid JSON: its pointer and its place with the quotes. Keys
/// are not visited. Objects within objects recurse, which is safe in a text that was checked: the scanner
/// refuses more than 127 levels.
pub fn strings(json: &str, mut visit: impl FnMut(&str, Range<usize>)) {
    let mut scan = cursor(json);
    scan.strings(&mut String::new(), &mut visit);
}

/// A cursor at the first byte of the text's value; a file may have a byte order mark in front of it.
fn cursor(json: &str) -> JsonCursor<'_> {
    let mut scan = JsonCursor::new(json.as_bytes());
    scan.at = json.len() - without_mark(json).len();
    scan.space();
    scan
}

/// The text is valid, so separators need not be told apart.
impl JsonCursor<'_> {
    /// Steps over the white space, the separator if there is one, and white space again.
    fn separator(&mut self) {
        self.space();
        if matches!(self.peek(), Some(b',' | b':')) {
            self.at += 1;
            self.space();
        }
    }

    /// Visits the strings of the value in hand. The pointer is that value's, before and after.
    fn strings(
        &mut self,
        pointer: &mut String,
        visit: &mut dyn FnMut(&str, Range<usize>),
    ) -> Option<()> {
        let (close, length) = match self.peek()? {
            b'{' => (b'}', pointer.len()),
            b'[' => (b']', pointer.len()),
            b'"' => {
                visit(pointer, self.string()?);
                return Some(());
            }
            _ => return self.value().map(drop),
        };
        self.at += 1;
        self.space();
        for index in 0.. {
            if self.peek()? == close {
                break;
            }
            if close == b'}' {
                // A key may be written with escapes, and a pointer has what the key says.
                let key = self.string()?;
                let key = std::str::from_utf8(&self.bytes[key]).ok()?;
                let key: String = serde_json::from_str(key).ok()?;
                pointer.push_str(&token(&key));
                self.separator();
            } else {
                pointer.push_str(&format!("/{index}"));
            }
            self.strings(pointer, visit)?;
            pointer.truncate(length);
            self.separator();
        }
        self.at += 1;
        Some(())
    }

    /// Goes to a member of the object in hand.
    fn member(&mut self, name: &str) -> Option<LocatedValue> {
        let mut found = None;
        self.at += 1;
        self.space();
        // Up to the end, because the last of several equal keys counts.
        while self.peek()? != b'}' {
            let key = self.string()?;
            self.separator();
            let value = self.value()?;
            let text = std::str::from_utf8(&self.bytes[key.clone()]).ok()?;
            // Keys may have escapes; comparing bytes would miss them.
            if serde_json::from_str::<String>(text).is_ok_and(|key| key == name) {
                found = Some(LocatedValue { key: Some(key), value });
            }
            self.separator();
        }
        found
    }

    /// Goes to an element of the array in hand.
    fn element(&mut self, index: usize) -> Option<LocatedValue> {
        self.at += 1;
        self.space();
        for _ in 0..index {
            if self.peek()? == b']' {
                return None;
            }
            self.value()?;
            self.separator();
        }
        if self.peek()? == b']' {
            return None;
        }
        Some(LocatedValue { key: None, value: self.value()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#" {"a": [1, {"b\"~/": "ü"}, []], "c": {}} "#;

    fn value(pointer: &str) -> Option<&'static str> {
        locate(JSON, pointer).map(|found| &JSON[found.value])
    }

    #[test]
    fn finds_members_and_elements() {
        assert_eq!(value(""), Some(JSON.trim()));
        assert_eq!(value("/a/0"), Some("1"));
        assert_eq!(value("/a/1/b\"~0~1"), Some("\"ü\""));
        assert_eq!(value("/a/2"), Some("[]"));
        assert_eq!(value("/c"), Some("{}"));
        assert_eq!(locate(JSON, "/c").and_then(|found| found.key), Some(33..36));
    }

    #[test]
    fn lists_the_members_of_an_object() {
        let texts = |pointer| {
            let text = |it: LocatedValue| format!("{:?}", it.key.map(|key| &JSON[key]));
            members(JSON, pointer).into_iter().map(text).collect::<Vec<_>>()
        };
        assert_eq!(texts(""), [r#"Some("\"a\"")"#, r#"Some("\"c\"")"#]);
        assert_eq!(texts("/a/1").len(), 1);
        assert!(texts("/a").is_empty() && texts("/c").is_empty() && texts("/b").is_empty());
    }

    #[test]
    fn a_byte_order_mark_moves_the_places() {
        let json = format!("\u{feff}{JSON}");
        let mut found = None;
        strings(&json, |pointer, place| found = Some((pointer.to_owned(), json[place].to_owned())));
        assert_eq!(found, Some(("/a/1/b\"~0~1".to_owned(), "\"ü\"".to_owned())));
        assert_eq!(locate(&json, "/a/0").map(|found| &json[found.value]), Some("1"));
    }

    #[test]
    fn leads_nowhere() {
        for pointer in ["/b", "/a/3", "/a/x", "/c/d", "/a/0/1"] {
            assert_eq!(value(pointer), None, "{pointer}");
        }
    }
}
