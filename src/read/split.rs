//! The fast way into a document: it is taken apart at the brackets of its top level and of its offices,
//! and nothing else is looked at. Each part is checked later, by whoever reads it; where the brackets do
//! not match, or something stands between the parts that should not, the text is left to
//! [`scan`](super::scan).

use std::ops::Range;

/// The places of a document's parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Keys and values of the top level, but the offices.
    pub members: Vec<(Range<usize>, Range<usize>)>,
    /// The key of the offices.
    pub key: Range<usize>,
    /// The offices' array.
    pub array: Range<usize>,
    /// Every office.
    pub offices: Vec<Range<usize>>,
}

/// The parts of a text that is an object with one array `offices` of objects in it.
pub(super) fn split(text: &str) -> Option<Parts> {
    let mut split = Split { bytes: text.as_bytes(), at: 0 };
    let mut parts = Parts::default();
    split.list(b'{', b'}', |split| {
        let key = split.value()?;
        split.space();
        split.take(b':')?;
        split.space();
        if &text[key.clone()] == "\"offices\"" {
            if !parts.array.is_empty() {
                return None;
            }
            parts.key = key;
            let start = split.at;
            split.list(b'[', b']', |split| {
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

struct Split<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Split<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

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
