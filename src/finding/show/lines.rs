//! Places in a file, from byte offsets: line, and column in code points, UTF-16 units and bytes, because
//! every report format counts columns differently.
//!
//! A file of which only some lines matter is not kept: the lines with findings are read again from the
//! file when the findings are shown.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;

use crate::finding::Finding;

/// The places in a file that findings name, and the lines that these are in. The file itself is read and forgotten:
/// all of a directory may be one line.
#[derive(Debug, Default)]
pub struct SourceLines {
    /// In the file's order.
    places: Vec<(usize, SourcePosition)>,
    /// Those that have a place in them, in the file's order.
    lines: Vec<SourceLine>,
}

/// A line that is kept.
#[derive(Debug)]
struct SourceLine {
    /// Where it begins in the file, in bytes.
    start: usize,
    /// Without its end; of a long line the beginning.
    text: Vec<u8>,
}

/// A place between two characters. Line and columns count from 1.
///
/// Tools disagree on what a column is: people and most editors count code points, SARIF and the language
/// server protocol UTF-16 units, reviewdog bytes. So there are all three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourcePosition {
    /// The line.
    pub line: usize,
    /// The column in Unicode code points.
    pub column: usize,
    /// The column in UTF-16 code units.
    pub utf16: usize,
    /// The column in bytes of UTF-8.
    pub bytes: usize,
}

/// The line and the column in code points: `3:14`.
impl fmt::Display for SourcePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The longest line whose text is kept, in bytes.
pub(super) const LONGEST: usize = 1_000;

impl SourceLines {
    /// The lines of a directory in memory that findings are in.
    pub fn new(bytes: &[u8], findings: &[Finding]) -> Self {
        // Memory is read without fail.
        SourceLines::of_findings(bytes, findings).unwrap_or_default()
    }

    /// The lines of the configuration that findings are in.
    pub fn of_config(text: &str, findings: &[Finding]) -> Self {
        let findings = findings.iter().filter(|finding| finding.in_config);
        SourceLines::read(text.as_bytes(), findings.flat_map(places).collect()).unwrap_or_default()
    }

    /// The lines of a directory that findings are in.
    ///
    /// # Errors
    /// What keeps the file from being read.
    pub fn of_findings(file: impl Read, findings: &[Finding]) -> io::Result<SourceLines> {
        let findings = findings.iter().filter(|finding| !finding.in_config);
        SourceLines::read(file, findings.flat_map(places).collect())
    }

    /// Reads a file as far as places in it are wanted; these may come in any order.
    fn read(file: impl Read, mut wanted: Vec<usize>) -> io::Result<SourceLines> {
        wanted.sort_unstable();
        wanted.dedup();
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut reader = LineReader::default();
        let mut wanted = wanted.into_iter().peekable();
        while wanted.peek().is_some() || reader.is_line_wanted {
            let block = file.fill_buf()?;
            if block.is_empty() {
                break;
            }
            let mut rest = block;
            while let Some(next) = wanted.next_if(|next| *next < reader.at + rest.len()) {
                let (before, behind) = rest.split_at(next.saturating_sub(reader.at));
                reader.pass(before);
                reader.note(next);
                rest = behind;
            }
            let is_last = wanted.peek().is_none();
            reader.pass(if is_last { reader.rest_of_line(rest) } else { rest });
            let length = block.len();
            file.consume(length);
        }
        // What is wanted behind the end of the file gets the place of its end.
        wanted.for_each(|next| reader.note(next));
        reader.end_line();
        Ok(reader.lines)
    }

    /// The place of a byte. One behind the end of the file has the place of the end, and one in a line
    /// that was not kept has that of the end of the line before it.
    pub fn place(&self, at: usize) -> SourcePosition {
        let found = self.places.binary_search_by_key(&at, |(at, _)| *at);
        let found = found.ok().and_then(|found| self.places.get(found));
        found.map_or(SourcePosition { line: 1, column: 1, utf16: 1, bytes: 1 }, |(_, place)| *place)
    }

    /// The line that a byte stands in, without its end; of one that is too long to be shown, more than [`LONGEST`]
    /// bytes.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        self.at(at).map_or(0..0, |line| line.start..line.start + line.text.len())
    }

    /// The text in a range of one line; bytes that are no text are shown as U+FFFD.
    pub(super) fn text(&self, range: Range<usize>) -> std::borrow::Cow<'_, str> {
        let within = self.at(range.start).and_then(|line| {
            line.text.get(range.start - line.start..range.end.checked_sub(line.start)?)
        });
        String::from_utf8_lossy(within.unwrap_or_default())
    }

    /// The last kept line that begins at a byte or in front of it.
    fn at(&self, at: usize) -> Option<&SourceLine> {
        let behind = self.lines.partition_point(|line| line.start <= at);
        self.lines.get(behind.checked_sub(1)?)
    }
}

/// Every place that is named when a finding is shown.
fn places(finding: &Finding) -> impl Iterator<Item = usize> {
    let related = finding.related.iter().map(|(span, _)| span);
    let edit = finding.edit.as_ref().map(|edit| &edit.span);
    let spans = [&finding.span].into_iter().chain(related).chain(edit);
    spans.flat_map(|span| [span.start, span.end])
}

/// Goes through a file and counts.
#[derive(Default)]
struct LineReader {
    lines: SourceLines,
    /// Bytes so far.
    at: usize,
    /// Of the line in hand: its number from 0, where it begins, how many characters and UTF-16 units of it were
    /// passed, its beginning, and whether something in it is wanted.
    number: usize,
    start: usize,
    characters: usize,
    utf16: usize,
    text: Vec<u8>,
    is_line_wanted: bool,
}

impl LineReader {
    /// Steps over bytes.
    fn pass(&mut self, mut bytes: &[u8]) {
        if self.is_line_wanted
            && let Some(end) = memchr::memchr(b'\n', bytes)
        {
            self.step(&bytes[..end]);
            self.end_line();
            bytes = &bytes[end..];
        }
        if let Some(last) = memchr::memrchr(b'\n', bytes) {
            self.number += memchr::memchr_iter(b'\n', bytes).count();
            self.at += last + 1;
            (self.start, self.characters, self.utf16) = (self.at, 0, 0);
            self.text.clear();
            bytes = &bytes[last + 1..];
        }
        self.step(bytes);
    }

    /// Steps over bytes of the line in hand.
    fn step(&mut self, bytes: &[u8]) {
        self.at += bytes.len();
        // What goes on with a character is no character; those of four bytes are two units of UTF-16.
        let characters = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        self.characters += characters;
        self.utf16 += characters + bytes.iter().filter(|byte| **byte >= 0xf0).count();
        // With its end, and a byte more to see that it is too long.
        let room = (LONGEST + 2).saturating_sub(self.text.len()).min(bytes.len());
        self.text.extend_from_slice(&bytes[..room]);
    }

    /// The part of bytes that is still needed to show the line in hand.
    fn rest_of_line<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let room = (LONGEST + 2).saturating_sub(self.text.len()).min(bytes.len());
        &bytes[..memchr::memchr(b'\n', &bytes[..room]).map_or(room, |end| end + 1)]
    }

    /// Notes the place in hand, or that of a byte behind the end of the file.
    fn note(&mut self, at: usize) {
        let place = SourcePosition {
            line: self.number + 1,
            column: self.characters + 1,
            utf16: self.utf16 + 1,
            bytes: self.at - self.start + 1,
        };
        self.lines.places.push((at, place));
        self.is_line_wanted = true;
    }

    /// Keeps the line in hand, if something in it is wanted.
    fn end_line(&mut self) {
        if !std::mem::take(&mut self.is_line_wanted) {
            return;
        }
        // The carriage return of a Windows line end is no text of the line.
        let text = self.text.strip_suffix(b"\r").unwrap_or(&self.text);
        self.lines.lines.push(SourceLine { start: self.start, text: text.to_vec() });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::finding::syntax;

    /// The place by its definition.
    fn place(text: &str, at: usize) -> SourcePosition {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = &text[start..at];
        SourcePosition {
            line: text[..at].matches('\n').count() + 1,
            column: before.chars().count() + 1,
            utf16: before.encode_utf16().count() + 1,
            bytes: before.len() + 1,
        }
    }

    #[test]
    fn places_and_lines_are_those_of_the_file() {
        let long = format!("{}é日\u{1f600}\r\n", "x".repeat(200_000));
        let fit = format!("{}\r\n", "y".repeat(LONGEST));
        for end in ["", "\n", "last"] {
            let text = format!("a\n\n{long}日本 b\n{fit}{}{end}", "line\n".repeat(50_000));
            let len = text.len();
            let wanted =
                [0, 1, 2, 3, 200_003, 200_005, 200_014, 200_017, 200_025, 300_000, len - 1, len];
            let finding = |at: &usize| Finding::new(&syntax::JSON, "").at(*at..*at);
            let all: Vec<Finding> = wanted.iter().map(finding).collect();
            let of_all = SourceLines::new(text.as_bytes(), &all);
            for at in wanted {
                let of_one = SourceLines::new(text.as_bytes(), &[finding(&at)]);
                for lines in [&of_all, &of_one] {
                    assert_eq!(lines.place(at), place(&text, at), "{at} {end}");
                    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
                    let line = text[start..].split('\n').next().unwrap_or_default();
                    let line = line.strip_suffix('\r').unwrap_or(line);
                    let shown = lines.line(at);
                    match line.len() {
                        ..=LONGEST => assert_eq!(lines.text(shown), line, "{at} {end}"),
                        _ => assert!(shown.len() > LONGEST && shown.len() < LONGEST + 3),
                    }
                }
            }
        }
    }
}
