use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;

use serde_json::Value;

use super::decode;

/// Bytes that are read at once, and then worked on by one core.
const BLOCK: usize = 1 << 16;
/// The longest line that is read: more is no office.
const LONGEST: usize = 1 << 24;

/// A directory of one JSON object a line (NDJSON): the header on the first line or nowhere, then the
/// offices. It is read in blocks and never held as a whole.
#[derive(Debug)]
pub struct Lines {
    file: File,
    /// Size of the file, to see whether it changes while it is read.
    size: u64,
    /// The first line, where it is the header.
    pub(crate) header: Option<Value>,
    /// The text that the header stands in; empty without a header.
    pub(crate) header_text: String,
    /// Bytes in front of the offices.
    skipped: usize,
}

impl Lines {
    /// Opens a file, which may be compressed by gzip or Zstandard.
    ///
    /// # Errors
    /// What keeps its first line from being read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Lines::new(File::open(path)?)
    }

    /// Keeps what a stream holds in a temporary file, because a directory is gone through more than once.
    ///
    /// # Errors
    /// What keeps the stream from being read or kept.
    pub fn keep(mut stream: impl Read) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        io::copy(&mut stream, &mut file)?;
        Lines::new(file)
    }

    fn new(file: File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        let mut lines = Lines { file, size, header: None, header_text: String::new(), skipped: 0 };
        let mut first = Vec::new();
        let input = BufReader::new(lines.bytes()?);
        input.take(LONGEST as u64).read_until(b'\n', &mut first)?;
        if let Ok(text) = String::from_utf8(first)
            && let Ok(Value::Object(mut members)) = serde_json::from_str(&text)
            && members.contains_key("organization")
        {
            if members.insert("offices".into(), Value::Array(Vec::new())).is_some() {
                let message = "it is one JSON document, not one office a line; name it .json";
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
            lines.header = Some(Value::Object(members));
            lines.skipped = text.len();
            lines.header_text = text;
        }
        Ok(lines)
    }

    /// Sets what the directory says apart from its offices, and the text that it stands in.
    pub fn set_header(&mut self, header: Value, text: String) {
        (self.header, self.header_text) = (Some(header), text);
    }

    /// The whole text, decompressed.
    ///
    /// # Errors
    /// What keeps the file from being read.
    pub fn text(&self) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        self.bytes()?.read_to_end(&mut text)?;
        Ok(text)
    }

    /// The bytes from the first on.
    fn bytes(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        let mut file = &self.file;
        file.rewind()?;
        decode(file)
    }

    /// The blocks of lines behind the header, from the first on. Only one of them may be in use.
    ///
    /// # Errors
    /// What keeps the file from being read.
    pub(crate) fn blocks(&self) -> io::Result<Blocks<'_>> {
        let mut input = self.bytes()?;
        let offset = self.skipped;
        io::copy(&mut (&mut input).take(offset as u64), &mut io::sink())?;
        Ok(Blocks { lines: self, input, rest: Vec::new(), offset, index: 0 })
    }
}

/// Some whole lines of a file.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) bytes: Vec<u8>,
    /// Where it begins in the file.
    pub(crate) offset: usize,
    /// Number of lines between the header and it.
    pub(crate) index: usize,
}

/// Reads a file in blocks of whole lines.
pub(crate) struct Blocks<'l> {
    lines: &'l Lines,
    input: Box<dyn Read + Send + 'l>,
    /// The beginning of the line that the last block did not hold to its end.
    rest: Vec<u8>,
    offset: usize,
    index: usize,
}

impl Blocks<'_> {
    /// Reads the next block; `false` at the end of the file.
    ///
    /// # Errors
    /// What keeps the file from being read, a line that is too long, a file that was changed meanwhile.
    pub(crate) fn next(&mut self, block: &mut Block) -> io::Result<bool> {
        let bytes = &mut block.bytes;
        bytes.clear();
        bytes.append(&mut self.rest);
        loop {
            let read = (&mut self.input).take(BLOCK as u64).read_to_end(bytes)?;
            if read == 0 {
                self.lines.check_size()?;
                break;
            }
            if let Some(last) = memchr::memrchr(b'\n', bytes) {
                self.rest.extend_from_slice(&bytes[last + 1..]);
                bytes.truncate(last + 1);
                break;
            }
            if bytes.len() > LONGEST {
                let message = format!(
                    "line {} is longer than {LONGEST} bytes; an .ndjson file has one office a line",
                    self.index + 1 + usize::from(self.lines.skipped > 0)
                );
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
        }
        (block.offset, block.index) = (self.offset, self.index);
        self.offset += bytes.len();
        self.index += memchr::memchr_iter(b'\n', bytes).count();
        Ok(!bytes.is_empty())
    }
}

impl Lines {
    fn check_size(&self) -> io::Result<()> {
        if self.file.metadata()?.len() == self.size {
            return Ok(());
        }
        Err(io::Error::other("the file was changed while it was read; run the command again"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_changes_while_it_is_read() {
        let path = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&path, "{\"id\":\"a\"}\n".repeat(20_000)).unwrap();
        let lines = Lines::open(path.path()).unwrap();
        let read = || {
            let (mut blocks, mut block) = (lines.blocks()?, Block::default());
            while blocks.next(&mut block)? {}
            Ok(blocks.index)
        };
        assert_eq!(read().map_err(|error: io::Error| error.to_string()), Ok(20_000));
        let mut file = File::options().append(true).open(&path).unwrap();
        file.write_all(b"{}\n").unwrap();
        assert!(read().unwrap_err().to_string().contains("changed while it was read"));
        file.set_len(1_000).unwrap();
        assert!(read().unwrap_err().to_string().contains("changed while it was read"));
    }
}
