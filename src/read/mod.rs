//! From bytes to raw offices: the document is parsed no further than to find each office's own text,
//! which then goes through check and writers on whichever core takes it.
//!
//! A directory is one of two things. A [`Document`] is a JSON text in memory, which is what small
//! programs have and what a file becomes that has mistakes. A [`StreamedFile`] is a file that is gone through
//! in blocks, as often as it takes. [`DirectorySource`] is either of them, and everything above works on that.
//!
//! While offices are read, a summary of each is kept for what offices say of each other ([`Registry`]).
//! What is wrong within an office is found in [`crate::check`].

mod blocks;
mod declared;
mod decode;
mod foreign;
mod heads;
mod registry;
mod sorter;
mod source;
mod streamed;
mod used;
mod whole;

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use declared::{DeclaredIds, ids_in, kind_ids};
pub use decode::{decode, is_compressed};
pub(crate) use heads::{ReferenceBatch, fold};
pub(crate) use registry::RegistryBuilder;
pub use registry::{OtherParts, PartReferences, Registry};
pub use source::{DirectorySource, OwnedOffice};
pub(crate) use source::{OfficeChunk, OfficeChunks};
pub(crate) use streamed::changed;
pub use streamed::{KeptStream, NeedsWholeDocument, StreamedFile};
pub(crate) use used::{AddressPart, CommonMember, UsedMembers};
pub use whole::{has_lines, read_document, read_whole};

use crate::error::{Error, ErrorKind};
use crate::finding::{Finding, is_fatal, syntax};
use crate::json::{MARK, scan, split, without_mark};
use crate::model::Text;

/// A directory file in memory, split into its header and the text of every office. It borrows from the
/// file's bytes.
///
/// # Example
///
/// ```
/// use officedir::read::Document;
///
/// let json = br#"{"organization": {"name": "Example"}, "offices": [{"id": "a"}, {"id": "b"}]}"#;
/// let document = Document::parse(json)?;
/// assert_eq!(document.header["organization"]["name"], "Example");
/// assert_eq!(document.offices.len(), 2);
/// assert_eq!(document.offices[1].json, r#"{"id": "b"}"#);
///
/// let errors = Document::parse(b"{\"offices\": [").err().ok_or("it is no JSON")?;
/// assert_eq!(errors.0[0].code, "syntax/json");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Document<'a> {
    /// The whole file, with its byte order mark if it has one.
    pub text: &'a str,
    /// Every top-level member but the offices (which stand here as an empty array).
    pub header: Value,
    /// The offices in the file's order, unparsed.
    pub offices: Vec<RawOffice<'a>>,
    /// What was found while reading and does not keep from it.
    pub findings: Vec<Finding>,
}

/// The JSON text of one office and where it stands. It is what travels between threads: two numbers and a
/// slice, whether the text is in memory as a whole or in a block of a file.
#[derive(Clone, Copy, Debug)]
pub struct RawOffice<'a> {
    /// The office's JSON text.
    pub json: &'a str,
    /// Byte offset of that text in the document.
    pub offset: usize,
    /// Position among the offices, from 0.
    pub index: usize,
}

/// The warning that a file begins with a byte order mark; removing it is safe.
fn byte_order_mark() -> Finding {
    let place = 0..MARK.len();
    Finding::new(&syntax::BYTE_ORDER_MARK, "the file begins with a byte order mark")
        .at(place.clone())
        .edit(place, "", true)
        .help("save the file as UTF-8 without BOM")
}

/// Why a file is no document: at least one finding, in the file's order. It is an error so that `?` works,
/// and findings so that people see all mistakes with their places at once.
#[derive(Clone, Debug)]
pub struct SyntaxErrors(pub Vec<Finding>);

impl fmt::Display for SyntaxErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.0.iter().map(|finding| finding.message.as_str()).collect();
        f.write_str(&messages.join("; "))
    }
}

impl std::error::Error for SyntaxErrors {}

impl From<SyntaxErrors> for Error {
    fn from(errors: SyntaxErrors) -> Self {
        Error::of(ErrorKind::InvalidInput, errors.to_string())
    }
}

impl<'a> Document<'a> {
    /// Splits a JSON document.
    ///
    /// # Errors
    /// The findings, each with its place, where the bytes are no UTF-8 or no JSON. A mistake within an
    /// office may only be found when the office is read.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, SyntaxErrors> {
        Self::parse_json(bytes).map_err(|errors| match foreign::foreign(bytes) {
            Some(finding) => SyntaxErrors(vec![finding]),
            None => errors,
        })
    }

    /// The same with the mistakes that it has as JSON, whatever else it may be.
    fn parse_json(bytes: &'a [u8]) -> Result<Self, SyntaxErrors> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| SyntaxErrors(vec![encoding(bytes, error.valid_up_to())]))?;
        let mut findings = Vec::new();
        // Readers skip the mark, and so does this one; that it is there is a warning. It stays in the text, so that
        // every offset is one in the file.
        let mark = text.len() - without_mark(text).len();
        if mark > 0 {
            findings.push(byte_order_mark());
        }
        // Nearly all documents are split at their brackets; the careful way is for those that need
        // it.
        let document = match Self::split(text, mark) {
            Some(document) => document,
            None => Self::scanned(text, mark)?,
        };
        findings.extend(document.findings);
        Ok(Document { findings, ..document })
    }

    /// What stands for a file that is no document: it has no offices, only what is wrong with it.
    pub(crate) fn broken(errors: SyntaxErrors) -> Self {
        Document { text: "", header: Value::Null, offices: Vec::new(), findings: errors.0 }
    }

    /// The document where all is well but for what is within the offices.
    fn split(text: &'a str, mark: usize) -> Option<Self> {
        let parts = split::split(&text[mark..])?;
        let at = |range: std::ops::Range<usize>| range.start + mark..range.end + mark;
        let header = plain_header(&text[mark..], parts.members)?;
        let offices = parts.offices.into_iter().map(at).enumerate();
        let offices = offices.map(|(index, at)| RawOffice {
            json: &text[at.clone()],
            offset: at.start,
            index,
        });
        Some(Document { text, header, offices: offices.collect(), findings: Vec::new() })
    }

    /// Every syntax error of the whole text, and every key that stands twice. Needed where one was found in
    /// an office: from there on the offices themselves may be cut in the wrong places.
    pub fn scan(&self) -> Vec<Finding> {
        let mark = self.text.len() - without_mark(self.text).len();
        scan(&self.text[mark..], mark, 0)
    }

    /// The document read with care.
    fn scanned(text: &'a str, mark: usize) -> Result<Self, SyntaxErrors> {
        let findings = scan(&text[mark..], mark, 0);
        if findings.iter().any(is_fatal) {
            return Err(SyntaxErrors(findings));
        }
        let unread = |error: serde_json::Error| {
            let whole = Finding::new(&syntax::JSON, format!("not valid JSON: {error}"));
            SyntaxErrors(vec![whole.at(mark..text.len())])
        };
        let json = &text[mark..];
        let mut document = Document { text, header: Value::Null, offices: Vec::new(), findings };
        (document.header, document.offices) = match json.trim_start().as_bytes().first() {
            Some(b'{') => members(text, json).map_err(unread)?,
            // That it is an array is all that is said of one.
            Some(b'[') => (Value::Array(Vec::new()), Vec::new()),
            _ => (serde_json::from_str(json).map_err(unread)?, Vec::new()),
        };
        // What is wrong within an office is found again with the office.
        let offices = &document.offices;
        document.findings.retain(|finding| {
            // The last office that begins before the finding: is it within that?
            let at = offices.partition_point(|raw| raw.offset <= finding.span.start);
            let office = at.checked_sub(1).map(|at| &offices[at]);
            office.is_none_or(|raw| finding.span.start >= raw.offset + raw.json.len())
        });
        Ok(document)
    }
}

/// The members of a document but its offices, which stand there as an empty array; nothing where one of
/// them has a mistake or stands there twice.
fn plain_header(text: &str, members: Vec<split::MemberSpan>) -> Option<Value> {
    let mut header = serde_json::Map::new();
    header.insert("offices".into(), Value::Array(Vec::new()));
    for (key, value) in members {
        let (key, value) = (&text[key], &text[value]);
        // One level deep: both stand in the object that is the document.
        if !scan(key, 0, 1).is_empty() || !scan(value, 0, 1).is_empty() {
            return None;
        }
        let key: String = serde_json::from_str(key).ok()?;
        if header.insert(key, serde_json::from_str(value).ok()?).is_some() {
            return None;
        }
    }
    Some(Value::Object(header))
}

/// The members of a text that is an object, and its offices, which stand there as an empty array. Offices are not
/// read: that would take many times the document's size in memory.
fn members<'a>(text: &'a str, json: &'a str) -> serde_json::Result<(Value, Vec<RawOffice<'a>>)> {
    let raw: BTreeMap<Text<'a>, &'a RawValue> = serde_json::from_str(json)?;
    let (mut header, mut offices) = (serde_json::Map::new(), Vec::new());
    for (name, value) in raw {
        let is_list = name == "offices" && value.get().starts_with('[');
        if is_list {
            offices = offices_of(text, serde_json::from_str(value.get())?);
        }
        let value = if is_list { "[]" } else { value.get() };
        header.insert(name.to_string(), serde_json::from_str(value)?);
    }
    Ok((Value::Object(header), offices))
}

/// A raw value borrows from the document, so its address gives its offset.
fn offices_of<'a>(text: &'a str, raws: Vec<&'a RawValue>) -> Vec<RawOffice<'a>> {
    let start = text.as_ptr().addr();
    raws.into_iter()
        .enumerate()
        .map(|(index, raw)| RawOffice {
            json: raw.get(),
            offset: raw.get().as_ptr().addr() - start,
            index,
        })
        .collect()
}

/// The byte at which UTF-8 ends, and what it may have been.
fn encoding(bytes: &[u8], at: usize) -> Finding {
    let byte = bytes.get(at).copied().unwrap_or_default();
    let new = |message: String| Finding::new(&syntax::ENCODING, message).at(at..at + 1);
    // Windows Notepad calls it "Unicode".
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return new("the file is UTF-16, not UTF-8".into()).help("save the file as UTF-8");
    }
    let message = format!("the byte 0x{byte:02X} is not UTF-8");
    match byte {
        // Where Windows-1252 is Latin-1, a byte is its character.
        0xa0.. => new(message).help(format!(
            "save the file as UTF-8; in Windows-1252 the byte would be \"{}\"",
            char::from(byte)
        )),
        _ => new(message).help("save the file as UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn a_document_without_mistakes_is_split_the_fast_way() {
        let text = include_str!("../../directory.json");
        let split = Document::split(text, 0).map(|document| document.offices.len());
        assert_eq!(split, Some(15));
        let both = [Document::split(text, 0), Document::scanned(text, 0).ok()];
        let [Some(fast), Some(careful)] = both else { unreachable!("both read it") };
        assert_eq!(fast.header, careful.header);
        for (fast, careful) in fast.offices.iter().zip(&careful.offices) {
            assert_eq!((fast.json, fast.offset), (careful.json, careful.offset));
        }
    }
}
