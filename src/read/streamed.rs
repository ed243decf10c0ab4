//! Files that are gone through in blocks and never held as a whole: one office per line, or the offices of
//! a JSON document as its last member.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::OnceLock;
use std::{error, fmt};

use serde_json::Value;

use super::blocks::{BLOCK, FileBlocks, LONGEST, OfficeSpans};
use super::{MARK, byte_order_mark, decode, plain_header};
use crate::error::{Error, ErrorKind};
use crate::finding::{Finding, syntax};
use crate::json::{scan, split, without_mark};

/// A file of offices that is gone through in blocks and never held as a whole, as often as it takes.
///
/// The file stays open from the first look to the last, so that a file that is replaced meanwhile does not
/// matter, and one that is changed is noticed by its length and time.
///
/// # Example
///
/// ```
/// use officedir::read::{DirectorySource, StreamedFile};
///
/// let lines = "{\"organization\": {\"name\": \"Example\"}}\n{\"id\": \"a\"}\n{\"id\": \"b\"}\n";
/// // From standard input or the network; a file is opened by `StreamedFile::lines`.
/// let streamed = StreamedFile::keep(lines.as_bytes())?;
/// assert_eq!(DirectorySource::Streamed(&streamed).ids(10)?, ["a", "b"]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct StreamedFile {
    /// One handle for all passes.
    file: File,
    /// What the file was when it was opened, to see whether it changes while it is read.
    opened: Metadata,
    /// How the file has its offices.
    pub(super) layout: FileLayout,
    /// Every member but the offices, where the file has them.
    pub(crate) header: Option<Value>,
    /// The text that the header stands in; empty without a header.
    pub(crate) header_text: String,
    /// What was found in front of the offices.
    pub(super) findings: Vec<Finding>,
    /// Bytes in front of the offices.
    pub(super) skipped: usize,
    /// Where a document has its offices, once it was gone through.
    pub(super) places: OnceLock<OfficeSpans>,
}

/// How a file has its offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileLayout {
    /// One per line (NDJSON), behind the header on the first line or none.
    Lines,
    /// As the last member of a JSON document.
    Document,
}

/// A document that has to be read as a whole, as [`Document`](super::Document): its offices are not its last
/// member, or its syntax has a mistake. It travels as an [`io::Error`] through everything that reads, and
/// [`crate::directory::Directory::read_streaming`] turns it into an answer.
#[derive(Debug)]
pub struct NeedsWholeDocument;

impl fmt::Display for NeedsWholeDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the document cannot be read in parts")
    }
}

impl error::Error for NeedsWholeDocument {}

impl NeedsWholeDocument {
    /// As an error of input and output.
    pub(super) fn error() -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, NeedsWholeDocument)
    }

    /// Whether that is why reading has ended.
    pub(crate) fn is_cause(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|cause| cause.is::<NeedsWholeDocument>())
    }
}

impl StreamedFile {
    /// Opens a file of one office per line, which may be compressed by gzip or Zstandard.
    ///
    /// # Errors
    /// What keeps its first line from being read.
    pub fn lines(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        match file.metadata()?.is_file() {
            true => StreamedFile::new(file)?.with_first_line(),
            // Nothing else is read twice.
            false => StreamedFile::keep(file),
        }
    }

    /// Keeps what a stream of one office per line holds in a temporary file, because a directory is gone
    /// through more than once.
    ///
    /// # Errors
    /// What keeps the stream from being read or kept.
    pub fn keep(stream: impl Read) -> io::Result<Self> {
        KeptStream::new(stream)?.lines()
    }

    /// Opens a JSON document, which may be compressed by gzip or Zstandard; nothing where its beginning says
    /// that it has to be read as a whole, or it is no file that can be read twice.
    ///
    /// # Errors
    /// What keeps its beginning from being read.
    pub fn document(path: &Path) -> io::Result<Option<Self>> {
        if !std::fs::metadata(path)?.is_file() {
            // Opening a pipe for a look takes its writer away from who reads it afterwards.
            return Ok(None);
        }
        StreamedFile::document_in(File::open(path)?)
    }

    /// The document in a file that can be read twice.
    pub(super) fn document_in(file: File) -> io::Result<Option<Self>> {
        let mut streamed = StreamedFile::new(file)?;
        streamed.layout = FileLayout::Document;
        let mut beginning = Vec::new();
        let mut input = streamed.bytes()?;
        let found = loop {
            // As much again, as what is there is gone through once more.
            let wanted = BLOCK.max(beginning.len()) as u64;
            let more = (&mut input).take(wanted).read_to_end(&mut beginning)?;
            let is_object = beginning.trim_ascii_start().first().is_none_or(|it| *it == b'{');
            match split::head(&beginning) {
                Some(found) => break found,
                None if more == 0 || !is_object || beginning.len() > LONGEST => return Ok(None),
                None => {}
            }
        };
        drop(input);
        let (members, start) = found;
        // The header is kept as text, so that findings in it can be shown at their place.
        beginning.truncate(start);
        let Ok(text) = String::from_utf8(beginning) else { return Ok(None) };
        let Some(header) = plain_header(&text, members) else { return Ok(None) };
        (streamed.header, streamed.header_text, streamed.skipped) = (Some(header), text, start);
        Ok(Some(streamed))
    }

    /// The file, before anything of it was read.
    fn new(file: File) -> io::Result<Self> {
        Ok(StreamedFile {
            opened: file.metadata()?,
            file,
            layout: FileLayout::Lines,
            header: None,
            header_text: String::new(),
            findings: Vec::new(),
            skipped: 0,
            places: OnceLock::new(),
        })
    }

    /// Takes the first line for the header, if it is one.
    fn with_first_line(mut self) -> io::Result<Self> {
        let mut first = Vec::new();
        let input = BufReader::new(self.bytes()?);
        // A file without line ends is one line, of any length.
        input.take(LONGEST as u64).read_until(b'\n', &mut first)?;
        if first.starts_with(MARK.as_bytes()) {
            self.findings.push(byte_order_mark());
            self.skipped = MARK.len();
        }
        let Ok(text) = String::from_utf8(first) else { return Ok(self) };
        let json = without_mark(&text);
        if let Ok(Value::Object(mut members)) = serde_json::from_str(json)
            && members.contains_key("organization")
        {
            // A whole document on one line has its offices in it.
            if members.insert("offices".into(), Value::Array(Vec::new())).is_some() {
                let message = "it is one JSON document, not one office per line; name it .json";
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
            // A value keeps the last one of equal keys; which of them are equal, only the text says.
            self.findings.extend(scan(json, self.skipped, 0));
            self.header = Some(Value::Object(members));
            self.skipped = text.len();
            self.header_text = text;
        }
        Ok(self)
    }

    /// Sets what the directory says apart from its offices, and the text that it stands in.
    pub fn set_header(&mut self, header: Value, text: String) {
        // A header of its own is none then, and read as an office, which it is not.
        self.findings.retain(|finding| finding.code == syntax::BYTE_ORDER_MARK.code);
        self.skipped = self.findings.first().map_or(0, |mark| mark.span.end);
        (self.header, self.header_text) = (Some(header), text);
    }

    /// The bytes from the first on, decompressed.
    ///
    /// # Errors
    /// What keeps the file from being read.
    pub fn bytes(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        // One handle for all passes: a file that is replaced meanwhile is still the one that was
        // opened.
        decode(FileAt { file: &self.file, at: 0 })
    }

    /// The blocks of offices, from the first on.
    ///
    /// # Errors
    /// What keeps the file from being read.
    pub(crate) fn blocks(&self) -> io::Result<FileBlocks<'_>> {
        let mut input = self.bytes()?;
        io::copy(&mut (&mut input).take(self.skipped as u64), &mut io::sink())?;
        Ok(FileBlocks::new(self, input))
    }

    /// An error where the file is not what it was when it was opened.
    pub(super) fn check_unchanged(&self) -> io::Result<()> {
        let now = self.file.metadata()?;
        // Length and time are what every file system has. Hashing what is read would cost as much as
        // checking it.
        if now.len() == self.opened.len() && now.modified().ok() == self.opened.modified().ok() {
            return Ok(());
        }
        Err(changed())
    }
}

/// What a stream held, in a temporary file: a directory is gone through more than once, and of a stream without a
/// name only its content says which of the two kinds of directory it is.
///
/// # Example
///
/// ```
/// use officedir::read::KeptStream;
///
/// let document = KeptStream::new("{\n  \"organization\": {\"name\": \"Example\"}\n}".as_bytes())?;
/// assert!(!document.has_lines()?);
/// let lines = KeptStream::new("{\"id\": \"a\"}\n{\"id\": \"b\"}\n".as_bytes())?;
/// assert!(lines.has_lines()?);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct KeptStream(File);

impl KeptStream {
    /// Reads the stream to its end.
    ///
    /// # Errors
    /// What keeps it from being read or kept.
    pub fn new(mut stream: impl Read) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        io::copy(&mut stream, &mut file)?;
        Ok(KeptStream(file))
    }

    /// Whether it has one office per line and is no document: its first line is an object by itself, and not one
    /// with `offices` in it. Nothing at all counts as lines.
    ///
    /// # Errors
    /// What keeps its first line from being read.
    pub fn has_lines(&self) -> io::Result<bool> {
        let mut first = Vec::new();
        let mut input = BufReader::new(self.bytes()?).take(LONGEST as u64);
        // The first line that is not blank.
        while input.read_until(b'\n', &mut first)? > 0 && first.trim_ascii().is_empty() {}
        let text = String::from_utf8_lossy(&first);
        let text = without_mark(&text).trim();
        Ok(match serde_json::from_str(text) {
            Ok(Value::Object(members)) => !members.contains_key("offices"),
            Ok(_) => false,
            // A line with a mistake in it still ends as an object does, and the beginning of a document does not.
            Err(_) if first.len() < LONGEST => {
                text.is_empty() || text.starts_with('{') && text.ends_with('}')
            }
            Err(_) => false,
        })
    }

    /// As [`StreamedFile::lines`].
    ///
    /// # Errors
    /// What keeps its first line from being read.
    pub fn lines(&self) -> io::Result<StreamedFile> {
        StreamedFile::new(self.0.try_clone()?)?.with_first_line()
    }

    /// As [`StreamedFile::document`].
    ///
    /// # Errors
    /// What keeps its beginning from being read.
    pub fn document(&self) -> io::Result<Option<StreamedFile>> {
        StreamedFile::document_in(self.0.try_clone()?)
    }

    /// The bytes from the first on, decompressed.
    ///
    /// # Errors
    /// What keeps them from being read.
    pub fn bytes(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        decode(FileAt { file: &self.0, at: 0 })
    }
}

/// A file that is read at an offset of its own, so that several readers of one handle do not disturb each other.
struct FileAt<'f> {
    file: &'f File,
    /// Offset of the next byte.
    at: u64,
}

impl Read for FileAt<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let read = std::os::unix::fs::FileExt::read_at(self.file, buffer, self.at)?;
        #[cfg(windows)]
        let read = std::os::windows::fs::FileExt::seek_read(self.file, buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// The error of a file that does not hold still.
pub(crate) fn changed() -> io::Error {
    let message = "the file was changed while it was read; run the command again";
    Error::of(ErrorKind::InputChanged, message).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use super::super::blocks::FileBlock;
    use super::*;

    fn count(streamed: &StreamedFile) -> Result<usize, String> {
        let read = || {
            let (mut blocks, mut block) = (streamed.blocks()?, FileBlock::default());
            while blocks.next(&mut block)? {}
            Ok(blocks.index())
        };
        read().map_err(|error: io::Error| error.to_string())
    }

    #[test]
    fn a_file_that_changes_while_it_is_read() {
        let path = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&path, "{\"id\":\"a\"}\n".repeat(20_000)).unwrap();
        let lines = StreamedFile::lines(path.path()).unwrap();
        assert_eq!(count(&lines), Ok(20_000));
        let mut file = File::options().append(true).open(&path).unwrap();
        file.write_all(b"{}\n").unwrap();
        assert!(count(&lines).unwrap_err().contains("changed while it was read"));
        file.set_len(1_000).unwrap();
        assert!(count(&lines).unwrap_err().contains("changed while it was read"));
        let many = vec!["{\"id\": \"a\"}"; 20_000].join(",");
        std::fs::write(&path, format!("{{\"offices\": [{many}]}}")).unwrap();
        let document = StreamedFile::document(path.path()).unwrap().unwrap();
        assert_eq!(count(&document), Ok(20_000));
        for length in [many.len() + 100, 1_000] {
            file.set_len(length as u64).unwrap();
            assert!(count(&document).unwrap_err().contains("changed while it was read"));
        }
    }

    #[test]
    fn documents_that_are_streamed_and_others() {
        let path = tempfile::NamedTempFile::new().unwrap();
        let office = "{\"id\": \"]}\\\"\", \"x\": [{}]}";
        let many = vec![office; 20_000].join(" ,\n");
        let long = format!("{{\"x\": \"{}\"}}", "y".repeat(BLOCK * 3));
        let cases = [
            ("{\"offices\": []}".to_owned(), Some(Ok(0))),
            (format!(" {{\"a\": 1, \"offices\" : [ {office} ] }} "), Some(Ok(1))),
            (format!("{{\"offices\": [{many}]}}"), Some(Ok(20_000))),
            (format!("{{\"offices\": [{long},{long}]}}"), Some(Ok(2))),
            (format!("{{\"offices\": [{office}], \"a\": 1}}"), Some(Err(()))),
            (format!("{{\"offices\": [{office},]}}"), Some(Err(()))),
            (format!("{{\"offices\": [{office} {office}]}}"), Some(Err(()))),
            (format!("{{\"offices\": [{office}, 1]}}"), Some(Err(()))),
            (format!("{{\"offices\": [{office}]"), Some(Err(()))),
            ("{\"offices\": [".to_owned(), Some(Err(()))),
            ("{\"a\": 1, \"a\": 2, \"offices\": []}".to_owned(), None),
            ("{\"a\": 1}".to_owned(), None),
            ("[1]".to_owned(), None),
            (String::new(), None),
        ];
        for (text, expected) in cases {
            std::fs::write(&path, &text).unwrap();
            let streamed = StreamedFile::document(path.path()).unwrap();
            let again = |it: &StreamedFile| [count(it), count(it)].map(|it| it.map_err(|_| ()));
            let found = streamed.map(|it| again(&it));
            assert_eq!(found, expected.map(|it| [it, it]), "{}", text.get(..60).unwrap_or(&text));
        }
    }
}
