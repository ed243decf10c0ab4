use std::borrow::Cow;
use std::ops::Range;

/// A file's lines, for places in it.
pub struct Lines<'t> {
    bytes: &'t [u8],
    starts: Vec<usize>,
}

/// A place between two characters. Line and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column in Unicode code points.
    pub column: usize,
    /// The column in UTF-16 code units.
    pub utf16: usize,
    /// The column in bytes of UTF-8.
    pub bytes: usize,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a file.
    pub fn new(bytes: &'t [u8]) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
        Lines { bytes, starts: starts.collect() }
    }

    /// The place of a byte.
    pub fn place(&self, at: usize) -> Place {
        let at = at.min(self.bytes.len());
        let line = self.starts.partition_point(|start| *start <= at);
        let before = self.text(self.starts[line - 1]..at);
        Place {
            line,
            column: before.chars().count() + 1,
            utf16: before.encode_utf16().count() + 1,
            bytes: at - self.starts[line - 1] + 1,
        }
    }

    /// The line that a byte stands in, without its end.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        let line = self.starts.partition_point(|start| *start <= at);
        let end = self.starts.get(line).map_or(self.bytes.len(), |next| next - 1);
        let start = self.starts[line - 1];
        start..if self.bytes[start..end].ends_with(b"\r") { end - 1 } else { end }
    }

    /// The text in a range; bytes that are no text are shown as U+FFFD.
    pub(super) fn text(&self, range: Range<usize>) -> Cow<'t, str> {
        String::from_utf8_lossy(&self.bytes[range])
    }
}
