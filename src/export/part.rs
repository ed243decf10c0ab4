//! What `validate --part` writes of a part of a directory, and how a merge sees that it has all of it: behind the
//! offices of each part stands a line with the part's name, the number of its offices and the SHA-256 of their lines.

use std::io::{self, BufRead, Read as _, Write};

use serde::{Deserialize, Serialize};

use crate::commit::HashingWriter;

/// The line that closes a part.
#[derive(Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
struct ClosingLine {
    /// What the part is called; only messages use it.
    part: String,
    /// How many offices, and so lines, it has.
    offices: u64,
    /// Hash of these lines with their ends, in hexadecimal.
    sha256: String,
    /// Id of the headquarters, where the organisation of the part's header names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    headquarters: Option<String>,
}

/// What the lines of all parts say together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct MergedParts {
    /// How many offices they have.
    pub offices: u64,
    /// Id of the headquarters, where the organisation names it.
    pub headquarters: Option<String>,
}

/// How that line begins; no office's line does.
const CLOSING: &[u8] = b"{\"part\":";

/// A writer of the lines of a part.
pub struct PartLines<W> {
    /// Hashes each line on its way.
    out: HashingWriter<W>,
}

impl<W: Write> PartLines<W> {
    /// Begins a part.
    pub fn new(out: W) -> Self {
        PartLines { out: HashingWriter::new(out) }
    }

    /// Closes the part, whose header may name the headquarters. Without that it is not complete.
    ///
    /// # Errors
    /// What keeps the line from being written.
    pub fn close(
        mut self,
        name: &str,
        offices: usize,
        headquarters: Option<&str>,
    ) -> io::Result<()> {
        // Asked for before the closing line goes through the same hash, which it cannot be a part of.
        let sha256 = self.out.entry().sha256;
        let (part, headquarters) = (name.to_owned(), headquarters.map(str::to_owned));
        let closing = ClosingLine { part, offices: offices as u64, sha256, headquarters };
        serde_json::to_writer(&mut self.out, &closing)?;
        self.out.write_all(b"\n")
    }
}

impl<W: Write> Write for PartLines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Looks whether lines are those of whole parts, and gives what these say together.
///
/// # Errors
/// What keeps the lines from being read; which part is cut off or not as it was written.
pub fn merge_parts(mut lines: impl BufRead) -> io::Result<MergedParts> {
    let (mut line, mut number) = (Vec::new(), 0_u64);
    let (mut parts, mut merged) = (0_u64, MergedParts::default());
    let mut open = OpenPart::default();
    loop {
        line.clear();
        // A line without an end must not fill memory.
        if (&mut lines).take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        if line.starts_with(CLOSING) {
            let closing = serde_json::from_slice(&line)
                .map_err(|error| incomplete(format!("line {number} closes no part: {error}")))?;
            merged.offices += std::mem::take(&mut open).close(&closing)?;
            // All parts of one directory have its header.
            merged.headquarters = merged.headquarters.or(closing.headquarters);
            parts += 1;
        } else if !line.trim_ascii().is_empty() {
            // Empty lines, which come from joining parts, are passed over: no hash has them.
            open.add(&line, number)?;
        }
    }
    // Offices behind the last closing line are a part that was cut off.
    match (open.offices, parts) {
        (0, 0) => Err(incomplete("there is no part in it".into())),
        (0, _) => Ok(merged),
        _ => Err(incomplete(format!(
            "the part that begins on line {} is cut off, or no part: the line that closes it is missing",
            open.first
        ))),
    }
}

/// The longest line that is read; a longer one is taken for several, which no part has.
const LONGEST: u64 = 1 << 24;

/// The lines of a part that is not closed yet.
struct OpenPart {
    /// The number of its first line.
    first: u64,
    /// How many lines it has so far.
    offices: u64,
    /// Hash of these lines with their ends.
    hash: HashingWriter<io::Sink>,
}

impl Default for OpenPart {
    fn default() -> Self {
        OpenPart { first: 0, offices: 0, hash: HashingWriter::new(io::sink()) }
    }
}

impl OpenPart {
    /// Adds a line, which is that one of the whole input, from 1.
    fn add(&mut self, line: &[u8], number: u64) -> io::Result<()> {
        if self.offices == 0 {
            self.first = number;
        }
        self.offices += 1;
        self.hash.write_all(line)
    }

    /// Compares the part with the line that closes it; gives the number of its offices.
    fn close(self, closing: &ClosingLine) -> io::Result<u64> {
        let ClosingLine { part, offices, sha256, headquarters: _ } = closing;
        // The number comes first, because it tells a line that is missing from one that was changed.
        if self.offices != *offices {
            return Err(incomplete(format!(
                "the part \"{part}\" has {offices} offices, and {} are here",
                self.offices
            )));
        }
        if self.hash.entry().sha256 != *sha256 {
            let message = format!("the part \"{part}\" is not as it was written");
            return Err(incomplete(message));
        }
        Ok(self.offices)
    }
}

/// The error of input that is not all of its parts.
fn incomplete(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn part(name: &str, offices: &[&str]) -> String {
        let mut out = Vec::new();
        let mut lines = PartLines::new(&mut out);
        for office in offices {
            writeln!(lines, "{{\"id\":\"{office}\"}}").unwrap();
        }
        lines.close(name, offices.len(), None).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn whole_parts_in_any_order() {
        let parts = [part("1", &["a", "b"]), part("empty", &[]), part("2", &["c"])];
        assert_eq!(merge_parts(parts.concat().as_bytes()).unwrap().offices, 3);
        assert_eq!(
            merge_parts((parts[2].clone() + "\n\n" + &parts[0]).as_bytes()).unwrap().offices,
            3
        );
        assert_eq!(merge_parts(part("empty", &[]).as_bytes()).unwrap().offices, 0);
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_found() {
        let whole = [part("1", &["a", "b"]), part("2", &["c"])].concat();
        let ends = [part("1", &["a", "b"]).len(), whole.len()];
        for cut in 0..whole.len() {
            let rest = &whole[..cut];
            // A whole part without the next one, or without its last line break, is no less than it says.
            let is_whole = ends.iter().any(|end| cut == *end || cut + 1 == *end);
            assert_eq!(merge_parts(rest.as_bytes()).is_ok(), is_whole, "{rest}");
        }
        let name = |at: usize| whole[..at].ends_with("{\"part\":\"");
        for at in 0..whole.len() {
            let mut changed = whole.clone().into_bytes();
            changed[at] ^= 1;
            let found = merge_parts(&*changed).is_err();
            // What a part is called does not matter, nor whether a digit of a hash is written as a capital.
            assert!(found || name(at) || at + 1 == whole.len(), "{at}");
        }
    }

    #[test]
    fn says_what_is_missing() {
        let said = |text: &str| merge_parts(text.as_bytes()).unwrap_err().to_string();
        assert_eq!(said(""), "there is no part in it");
        assert!(said("[]").contains("begins on line 1 is cut off, or no part"));
        assert!(said(&(part("1", &["a"]) + "\n{}\n")).contains("begins on line 4"));
        assert!(said("{\"part\":1}").contains("line 1 closes no part: invalid type"));
        let less = part("p", &["a", "b"]).replacen("{\"id\":\"a\"}\n", "", 1);
        assert_eq!(said(&less), "the part \"p\" has 2 offices, and 1 are here");
        let other = part("p", &["a"]).replacen("\"a\"", "\"b\"", 1);
        assert_eq!(said(&other), "the part \"p\" is not as it was written");
    }
}
