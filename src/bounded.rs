//! Files that are read whole, up to a limit: an endless one, such as `/dev/zero` or a pipe that never ends,
//! would otherwise take all memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The most bytes that a file of one kind may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeLimit {
    /// That many bytes are still read.
    pub bytes: u64,
    /// What the limit is of, for messages: "a printer profile".
    pub of: &'static str,
}

const fn limit(bytes: u64, of: &'static str) -> SizeLimit {
    SizeLimit { bytes, of }
}

/// `officedir.toml`: a target takes some lines.
pub const CONFIGURATION_LIMIT: SizeLimit = limit(1 << 20, "a configuration file");
/// A printer's profile has three lines.
pub const PROFILE_LIMIT: SizeLimit = limit(64 << 10, "a printer profile");
/// gLabels' own files of all makers have 2 MB together.
pub const STOCK_LIMIT: SizeLimit = limit(16 << 20, "a stock file");
/// The largest collections of East Asian fonts have some 150 MB.
pub const FONT_LIMIT: SizeLimit = limit(256 << 20, "a font file");
/// A page of text has some kilobytes; a larger one has no place in a template.
pub const TEMPLATE_LIMIT: SizeLimit = limit(1 << 20, "a template");
/// A logo is in every page as a whole; as an SVG it has some kilobytes.
pub const LOGO_LIMIT: SizeLimit = limit(256 << 10, "a logo");
/// The names of parents, some 100 bytes for each.
pub const REFERENCES_LIMIT: SizeLimit = limit(256 << 20, "a file of references");
/// Some 150 bytes for each file of an export.
pub const MANIFEST_LIMIT: SizeLimit = limit(256 << 20, "a manifest");
/// A document that is held in memory, decompressed. Others are read in blocks, whatever their size.
pub const DOCUMENT_LIMIT: SizeLimit = limit(
    1 << 29,
    "a document that has to be held as a whole, because its offices are not its last member or something else is \
     wrong with it,",
);
/// A directory that is worked on as a whole, about 1,000,000 offices. Larger ones go through in parts.
pub const DIRECTORY_LIMIT: SizeLimit = limit(1 << 30, "a directory file that is read whole");

/// The whole file.
///
/// # Errors
/// If it cannot be read, or has more bytes than the limit.
pub fn read_limited(path: &Path, limit: SizeLimit) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    // What is no regular file has no size, or one that means something else.
    let size = file.metadata().ok().filter(|it| it.is_file()).map_or(0, |it| it.len());
    if size > limit.bytes {
        return Err(limit.exceeded());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    read_to_limit(file, limit, &mut bytes)?;
    Ok(bytes)
}

/// The whole file as text.
///
/// # Errors
/// As [`read_limited`], or if it is not UTF-8.
pub fn read_text_limited(path: &Path, limit: SizeLimit) -> io::Result<String> {
    text(read_limited(path, limit)?)
}

/// Appends everything that comes to `bytes`.
///
/// # Errors
/// If it cannot be read, or there are more bytes than the limit.
pub fn read_to_limit(input: impl Read, limit: SizeLimit, bytes: &mut Vec<u8>) -> io::Result<()> {
    let read = input.take(limit.bytes + 1).read_to_end(bytes)?;
    if read as u64 > limit.bytes { Err(limit.exceeded()) } else { Ok(()) }
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    let why = "it is not UTF-8 text";
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, why))
}

impl SizeLimit {
    fn exceeded(self) -> io::Error {
        let message =
            format!("it has more than {} bytes, the most that {} may have", self.bytes, self.of);
        io::Error::new(io::ErrorKind::FileTooLarge, message)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use super::*;

    const FIVE: SizeLimit = limit(5, "a test");

    #[test]
    fn the_limit_itself_is_still_read() {
        for (text, fits) in [("", true), ("1234", true), ("12345", true), ("123456", false)] {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            let read = read_text_limited(file.path(), FIVE);
            assert_eq!(read.as_ref().ok().map(String::as_str), fits.then_some(text), "{text}");
            // Without a size that is known beforehand.
            let mut bytes = Vec::new();
            assert_eq!(read_to_limit(text.as_bytes(), FIVE, &mut bytes).is_ok(), fits, "{text}");
            assert!(bytes.len() <= 6);
        }
    }

    #[test]
    fn an_endless_input_ends_at_the_limit() {
        let error = read_to_limit(io::repeat(0), FIVE, &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "it has more than 5 bytes, the most that a test may have");
    }
}
