//! The fast way into a document: it is taken apart at the brackets of its top level and of its offices,
//! and nothing else is looked at. Each part is checked later, by whoever reads it; where the brackets do
//! not match, or something stands between the parts that should not, the text is left to
//! [`scan`](super::scan).

use std::ops::Range;

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
    let mut split = SplitCursor { bytes: text.as_bytes(), at: 0 };
    let mut parts = DocumentParts::default();
    split.list(b'{', b'}', |split| {
        let key = split.value()?;
        split.space();
        split.take(b':')?;
        split.space();
        if text.as_bytes()[key.clone()] == *OFFICES {
            // Two of them: which one counts is a question for the scanner.
            if !parts.array.is_empty() {
                return None;
            }
            parts.key = key;
            let start = split.at;
            split.list(b'[', b']', |split| {
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
    let mut split = SplitCursor { bytes, at: 0 };
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
    let mut split = SplitCursor { bytes, at: 0 };
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
    let mut split = SplitCursor { bytes, at: 0 };
    split.space();
    let closed = split.take(b'}').is_some();
    split.space();
    closed && split.at == bytes.len()
}

/// The key of the offices.
const OFFICES: &[u8] = b"\"offices\"";

/// The places of a key and its value.
pub(crate) type MemberSpan = (Range<usize>, Range<usize>);

/// A place in a text that may be a directory.
struct SplitCursor<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl SplitCursor<'_> {
    /// The byte in hand.
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Steps over that byte, if it is the one in hand.
    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Steps over white space.
    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Steps over a list of what `item` steps over, with commas between.
    fn list(
        &mut self,
        open: u8,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.space();
        self.take(open)?;
        self.space();
        if self.take(close).is_some() {
            return Some(());
        }
        loop {
            item(self)?;
            self.space();
            if self.take(close).is_some() {
                return Some(());
            }
            self.take(b',')?;
            self.space();
        }
    }

    /// Steps over one value of any kind.
    fn value(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let mut depth = 0usize;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'"' => self.string()?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.checked_sub(1)?,
                // Within an office only strings and brackets matter.
                _ if depth > 0 => continue,
                _ => {
                    let rest = &self.bytes[self.at..];
                    let ends = |byte: &u8| {
                        matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r')
                    };
                    self.at += rest.iter().position(ends)?;
                }
            }
            if depth == 0 {
                return Some(start..self.at);
            }
        }
    }

    /// Steps over the rest of a string.
    fn string(&mut self) -> Option<()> {
        loop {
            let rest = &self.bytes[self.at..];
            // Strings are most of a directory. A search byte by byte is compiled to a fast one;
            // quotes and backslashes are never part of a longer character in UTF-8.
            self.at += rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            if self.bytes[self.at] == b'"' {
                self.at += 1;
                return Some(());
            }
            self.at += 2;
            if self.at > self.bytes.len() {
                return None;
            }
        }
    }
}
