//! The fast way into a document: it is taken apart at the brackets of its top level and of its offices,
//! and nothing else is looked at. Each part is checked later, by whoever reads it; where the brackets do
//! not match, or something stands between the parts that should not, the text is left to
//! [`scan`](super::scan).

use std::ops::Range;

use super::cursor::JsonCursor;

/// The places of a document's parts, as byte ranges of its text.
#[derive(Debug, Default)]
pub(crate) struct DocumentParts {
    /// Keys and values of the top level, but the offices.
    pub members: Vec<MemberSpan>,
    /// The key of the offices.
    pub key: Range<usize>,
    /// The offices' array.
    pub array: Range<usize>,
    /// Every office.
    pub offices: Vec<Range<usize>>,
}

/// The parts of a text that is an object with one array `offices` of objects in it; nothing where it is
/// not, or has two such arrays. What is within an office is not looked at but for strings and brackets.
pub(crate) fn split(text: &str) -> Option<DocumentParts> {
    let mut split = JsonCursor::new(text.as_bytes());
    let mut parts = DocumentParts::default();
    list(&mut split, b'{', b'}', |split| {
        // Any value for now: that a key is a string is looked at when the header is read.
        let key = split.value()?;
        split.space();
        split.take(b':')?;
        split.space();
        // As it is written. A key with escapes that says the same is put with the members, and the header
        // refuses it there, because it has its offices already.
        if text.as_bytes()[key.clone()] == *OFFICES {
            // Two of them: which one counts is a question for the scanner.
            if !parts.array.is_empty() {
                return None;
            }
            parts.key = key;
            let start = split.at;
            list(split, b'[', b']', |split| {
                // An office is an object; whatever else stands there has to be reported with its
                // place.
                (split.peek()? == b'{').then_some(())?;
                parts.offices.push(split.value()?);
                Some(())
            })?;
            parts.array = start..split.at;
        } else {
            let value = split.value()?;
            parts.members.push((key, value));
        }
        Some(())
    })?;
    split.space();
    (split.at == text.len() && !parts.array.is_empty()).then_some(parts)
}

/// The members in front of the offices of a document's beginning, and where the offices' array begins;
/// nothing where the beginning is too short for that, or is that of no such document.
pub(crate) fn head(bytes: &[u8]) -> Option<(Vec<MemberSpan>, usize)> {
    let mut split = JsonCursor::new(bytes);
    let mut members = Vec::new();
    split.space();
    split.take(b'{')?;
    loop {
        split.space();
        let key = split.value()?;
        split.space();
        split.take(b':')?;
        split.space();
        if bytes[key.clone()] == *OFFICES {
            split.take(b'[')?;
            return Some((members, split.at));
        }
        members.push((key, split.value()?));
        split.space();
        split.take(b',')?;
    }
}

/// How far whole offices go at the beginning of bytes from within their array.
pub(crate) enum OfficesReach {
    /// Up to there; more bytes tell what comes next.
    Open(usize),
    /// To the end of the array, and up to there behind it.
    End(usize),
}

/// Finds the offices in bytes from within their array, which begin at its first office or behind
/// another, up to so many; nothing where something else stands between them.
pub(crate) fn offices(
    bytes: &[u8],
    first: bool,
    most: usize,
    found: &mut Vec<Range<usize>>,
) -> Option<OfficesReach> {
    let mut split = JsonCursor::new(bytes);
    let mut reach = 0;
    loop {
        // In front of the first office no comma stands.
        let is_first = first && found.is_empty();
        split.space();
        match split.peek() {
            None => return Some(OfficesReach::Open(reach)),
            Some(b']') => return Some(OfficesReach::End(split.at + 1)),
            Some(_) if is_first => {}
            Some(_) => split.take(b',')?,
        }
        split.space();
        match split.peek() {
            None => return Some(OfficesReach::Open(reach)),
            Some(b'{') => {}
            Some(_) => return None,
        }
        // An object that does not end is one that goes on.
        let Some(office) = split.value() else { return Some(OfficesReach::Open(reach)) };
        reach = office.end;
        found.push(office);
        if found.len() == most {
            return Some(OfficesReach::Open(reach));
        }
    }
}

/// The end of a document behind its offices, if there is nothing but that.
pub(crate) fn is_end(bytes: &[u8]) -> bool {
    let mut split = JsonCursor::new(bytes);
    split.space();
    let closed = split.take(b'}').is_some();
    split.space();
    closed && split.at == bytes.len()
}

/// The key of the offices.
const OFFICES: &[u8] = b"\"offices\"";

/// The places of a key and its value.
pub(crate) type MemberSpan = (Range<usize>, Range<usize>);

/// Steps over a list of what `item` steps over, with commas between.
fn list(
    split: &mut JsonCursor<'_>,
    open: u8,
    close: u8,
    mut item: impl FnMut(&mut JsonCursor<'_>) -> Option<()>,
) -> Option<()> {
    split.space();
    split.take(open)?;
    split.space();
    if split.take(close).is_some() {
        return Some(());
    }
    loop {
        item(split)?;
        split.space();
        if split.take(close).is_some() {
            return Some(());
        }
        split.take(b',')?;
        split.space();
    }
}
