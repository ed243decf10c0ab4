//! A directory file by its name: whether it has one office per line, and how a document is read that has to be held in
//! memory.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::decode::decode;
use crate::bounded::{DOCUMENT_LIMIT, SizeLimit, read_to_limit};
use crate::json::is_hopeless;

/// Whether the file's name says that it has one office per line: its first line may look like a document's.
pub fn has_lines(path: &Path) -> bool {
    let name = match path.extension().and_then(OsStr::to_str) {
        // `offices.ndjson.gz` has lines. That it is compressed is told by its bytes.
        Some("gz" | "zst") => path.with_extension(""),
        _ => path.to_owned(),
    };
    matches!(name.extension().and_then(OsStr::to_str), Some("ndjson" | "jsonl"))
}

/// The bytes of a JSON document, decompressed; of a large file that is no JSON from its beginning on only that.
///
/// # Errors
/// If it cannot be read, or has more than [`DOCUMENT_LIMIT`] allows.
pub fn read_document(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len().min(DOCUMENT_LIMIT.bytes);
    let mut bytes = Vec::new();
    // Reserved with an error: a file that is larger than the memory must not end the program.
    bytes.try_reserve(usize::try_from(size).unwrap_or_default() + 1)?;
    read(decode(file)?, DOCUMENT_LIMIT, &mut bytes)?;
    Ok(bytes)
}

/// The same of a stream that was decompressed already.
///
/// # Errors
/// As [`read_document`].
pub fn read_whole(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read(input, DOCUMENT_LIMIT, &mut bytes)?;
    Ok(bytes)
}

/// Bytes by which a file is seen to be no JSON before the rest of it is read.
const BEGINNING: u64 = 1 << 16;

/// Reads up to so many bytes.
fn read(mut input: impl Read, limit: SizeLimit, bytes: &mut Vec<u8>) -> io::Result<()> {
    let mut beginning = Vec::new();
    (&mut input).take(BEGINNING).read_to_end(&mut beginning)?;
    // What is shorter has been read to its end already.
    if beginning.len() as u64 == BEGINNING && is_hopeless(&beginning) {
        *bytes = beginning;
        return Ok(());
    }
    read_to_limit(beginning.as_slice().chain(input), limit, bytes).map_err(|error| {
        match error.kind() {
            io::ErrorKind::FileTooLarge => {
                let message = format!("{error}; write one office per line (.ndjson)");
                io::Error::new(error.kind(), message)
            }
            _ => error,
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// What is read of so many spaces and a text behind them.
    fn length(spaces: u64, text: &[u8], most: u64) -> io::Result<usize> {
        let (mut bytes, spaces) = (Vec::new(), io::repeat(b' ').take(spaces));
        let limit = SizeLimit { bytes: most, of: "a test" };
        read(spaces.chain(text), limit, &mut bytes).map(|()| bytes.len())
    }

    #[test]
    fn no_more_is_read_than_may_be_held() {
        let most = 3 * BEGINNING;
        assert_eq!(length(most - 2, b"{}", most).unwrap(), 3 << 16);
        let error = length(u64::MAX, b"", most).unwrap_err();
        assert!(error.to_string().contains("one office per line"), "{error}");
        // What is no JSON from its beginning on is not read to its end.
        let text = [b"nonsense ".repeat(20_000), b"{}".to_vec()].concat();
        assert_eq!(length(0, &text, most).unwrap(), 1 << 16);
    }
}
