use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;

use crate::check::Finding;

/// A file's lines, for places in it: all of them, or those that findings are in.
pub struct Lines<'t> {
    /// In the file's order.
    lines: Vec<Line<'t>>,
}

struct Line<'t> {
    /// From 0.
    number: usize,
    /// Where it begins in the file, in bytes.
    start: usize,
    /// With its end.
    bytes: Cow<'t, [u8]>,
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
    /// The lines of a file.
    pub fn new(bytes: &'t [u8]) -> Self {
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).chain([bytes.len()]);
        let line = |(number, end): (usize, usize)| {
            let from = std::mem::replace(&mut start, end);
            Line { number, start: from, bytes: Cow::Borrowed(&bytes[from..end]) }
        };
        Lines { lines: ends.enumerate().map(line).collect() }
    }

    /// The lines of a file that findings are in; the others are read and forgotten.
    ///
    /// # Errors
    /// What keeps the file from being read.
    pub fn of_findings(file: impl Read, findings: &[Finding]) -> io::Result<Lines<'static>> {
        let mut places: Vec<usize> = findings.iter().flat_map(places).collect();
        places.sort_unstable();
        let mut places = places.into_iter().peekable();
        let mut file = BufReader::with_capacity(1 << 16, file);
        let (mut lines, mut start, mut number) = (Vec::new(), 0, 0);
        while places.peek().is_some() {
            let mut bytes = Vec::new();
            let (skipped, passed) = skip(&mut file, start, places.peek().copied(), &mut bytes)?;
            (start, number) = (skipped, number + passed);
            file.read_until(b'\n', &mut bytes)?;
            let (from, is_last) = (start, !bytes.ends_with(b"\n"));
            start += bytes.len();
            while places.next_if(|at| *at < start || is_last).is_some() {}
            lines.push(Line { number, start: from, bytes: Cow::Owned(bytes) });
            number += 1;
        }
        Ok(Lines { lines })
    }

    /// The place of a byte.
    pub fn place(&self, at: usize) -> Place {
        let Some(line) = self.at(at) else {
            return Place { line: 1, column: 1, utf16: 1, bytes: 1 };
        };
        let before = &line.bytes[..(at - line.start).min(line.bytes.len())];
        let text = String::from_utf8_lossy(before);
        Place {
            line: line.number + 1,
            column: text.chars().count() + 1,
            utf16: text.encode_utf16().count() + 1,
            bytes: before.len() + 1,
        }
    }

    /// The line that a byte stands in, without its end.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        self.at(at).map_or(0..0, |line| {
            let text = line.bytes.strip_suffix(b"\n").unwrap_or(&line.bytes);
            line.start..line.start + text.strip_suffix(b"\r").unwrap_or(text).len()
        })
    }

    /// The text in a range of one line; bytes that are no text are shown as U+FFFD.
    pub(super) fn text(&self, range: Range<usize>) -> Cow<'_, str> {
        let within = self.at(range.start).and_then(|line| {
            line.bytes.get(range.start - line.start..range.end.checked_sub(line.start)?)
        });
        String::from_utf8_lossy(within.unwrap_or_default())
    }

    fn at(&self, at: usize) -> Option<&Line<'t>> {
        let behind = self.lines.partition_point(|line| line.start <= at);
        self.lines.get(behind.checked_sub(1)?)
    }
}

/// Every place that is named when a finding is shown.
fn places(finding: &Finding) -> impl Iterator<Item = usize> {
    let related = finding.related.iter().map(|(span, _)| span);
    let edit = finding.edit.as_ref().map(|edit| &edit.span);
    let spans = [&finding.span].into_iter().chain(related).chain(edit);
    spans.filter(|_| !finding.in_config).flat_map(|span| [span.start, span.end])
}

/// Steps over whole lines as far as `wanted` is not in them. `bytes` gets what was read of the line behind
/// them. Gives where that line begins, and how many lines were stepped over.
fn skip(
    file: &mut impl BufRead,
    mut start: usize,
    wanted: Option<usize>,
    bytes: &mut Vec<u8>,
) -> io::Result<(usize, usize)> {
    let wanted = wanted.unwrap_or(usize::MAX);
    let (mut at, mut passed) = (start, 0);
    loop {
        let block = file.fill_buf()?;
        let end = at + block.len();
        // As much of the block as is in front of the wanted byte.
        let before = &block[..block.len().min(wanted.saturating_sub(at))];
        passed += memchr::memchr_iter(b'\n', before).count();
        let last = memchr::memrchr(b'\n', before);
        if let Some(last) = last {
            start = at + last + 1;
            bytes.clear();
        }
        let is_there = wanted < end || block.is_empty();
        let used = before.len();
        bytes.extend_from_slice(&before[last.map_or(0, |last| last + 1)..]);
        file.consume(used);
        at += used;
        if is_there {
            return Ok((start, passed));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::check::syntax;

    #[test]
    fn some_lines_have_the_places_that_all_have() {
        let long = format!("{}é日\u{1f600}\r\n", "x".repeat(200_000));
        for end in ["", "\n", "last"] {
            let text = format!("a\n\n{long}日本 b\n{}{end}", "line\n".repeat(50_000));
            let all = Lines::new(text.as_bytes());
            let len = text.len();
            for at in [0, 1, 2, 3, 200_003, 200_005, 200_014, 200_018, 300_000, len - 1, len] {
                let finding = Finding::new(&syntax::JSON, "").at(at..at);
                let some = Lines::of_findings(text.as_bytes(), &[finding]).unwrap();
                assert_eq!(some.lines.len(), 1, "{at}");
                assert_eq!(some.place(at), all.place(at), "{at} {end}");
                assert_eq!(some.line(at), all.line(at), "{at} {end}");
                assert_eq!(some.text(some.line(at)), all.text(all.line(at)), "{at} {end}");
            }
        }
    }
}
