//! A place in a JSON text that is gone through without being parsed.

use std::ops::Range;

/// A place in a text that is JSON, or may be. Where it is not, the cursor gives up instead of going astray: what is
/// wrong is found in [`scan`](super::scan).
pub(super) struct JsonCursor<'t> {
    /// The text.
    pub bytes: &'t [u8],
    /// Offset of the byte in hand; behind a backslash at the very end it is beyond the text.
    pub at: usize,
}

impl<'t> JsonCursor<'t> {
    /// At the first byte of the text.
    pub fn new(bytes: &'t [u8]) -> Self {
        JsonCursor { bytes, at: 0 }
    }

    /// The byte in hand.
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Steps over that byte, if it is the one in hand.
    pub fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Steps over white space.
    pub fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Steps over one value of any kind, without recursion.
    pub fn value(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let mut depth = 0usize;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'"' => self.rest_of_string()?,
                b'{' | b'[' => depth += 1,
                // A closing bracket before any opening one stands where a value is missing.
                b'}' | b']' => depth = depth.checked_sub(1)?,
                // Within an object or array only strings and brackets matter.
                _ if depth > 0 => continue,
                _ => {
                    // Whether that is a number or a literal name is not asked: it goes on up to what may stand
                    // behind a value.
                    let rest = &self.bytes[self.at..];
                    let ends = |byte: &u8| {
                        matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r')
                    };
                    self.at += rest.iter().position(ends).unwrap_or(rest.len());
                }
            }
            if depth == 0 {
                return Some(start..self.at);
            }
        }
    }

    /// Steps over a string, and gives its place with the quotes.
    pub fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        self.take(b'"')?;
        self.rest_of_string()?;
        Some(start..self.at)
    }

    /// Steps over a string whose first quote is behind.
    fn rest_of_string(&mut self) -> Option<()> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            // Strings are most of a directory. A search byte by byte is compiled to a fast one;
            // quotes and backslashes are never part of a longer character in UTF-8.
            self.at += rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            if self.bytes[self.at] == b'"' {
                self.at += 1;
                return Some(());
            }
            // With the byte that it escapes, which may be a quote. Where that is missing, the next search gives up.
            self.at += 2;
        }
    }
}
