use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;
use std::{error, fmt};

use serde_json::Value;

use super::split::{Reach, is_end, offices};
use super::{RawOffice, decode, plain_header, split};
use crate::check::{Finding, syntax};

/// Bytes that are read at once, and then worked on by one core.
const BLOCK: usize = 1 << 16;
/// The longest line, office or header that is read: more is no office.
const LONGEST: usize = 1 << 24;

/// A file of offices that is gone through in blocks and never held as a whole, as often as it takes.
#[derive(Debug)]
pub struct Streamed {
    file: File,
    /// What the file was when it was opened, to see whether it changes while it is read.
    opened: Metadata,
    layout: Layout,
    /// Every member but the offices, where the file has them.
    pub(crate) header: Option<Value>,
    /// The text that the header stands in; empty without a header.
    pub(crate) header_text: String,
    /// Bytes in front of the offices.
    skipped: usize,
    /// Where a document has its offices, once it was gone through.
    places: OnceLock<Places>,
}

/// The blocks of a document, so that nobody has to look for the ends of offices again.
#[derive(Debug, Default)]
struct Places {
    /// Of each block its bytes and the number of its offices.
    blocks: Vec<(usize, usize)>,
    /// Of each office where it begins and ends in its block; no block has more than [`LONGEST`] bytes.
    offices: Vec<(u32, u32)>,
}

/// How a file has its offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// One a line (NDJSON), behind the header on the first line or none.
    Lines,
    /// As the last member of a JSON document.
    Document,
}

/// A document that has to be read as a whole, as [`Document`](super::Document): its offices are not its last
/// member, or its syntax has a mistake.
#[derive(Debug)]
pub struct NotPlain;

impl fmt::Display for NotPlain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the document cannot be read in parts")
    }
}

impl error::Error for NotPlain {}

impl NotPlain {
    fn error() -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, NotPlain)
    }

    /// Whether that is why reading has ended.
    pub(crate) fn is_cause(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|cause| cause.is::<NotPlain>())
    }
}

impl Streamed {
    /// Opens a file of one office a line, which may be compressed by gzip or Zstandard.
    ///
    /// # Errors
    /// What keeps its first line from being read.
    pub fn lines(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        match file.metadata()?.is_file() {
            true => Streamed::new(file)?.with_first_line(),
            // Nothing else is read twice.
            false => Streamed::keep(file),
        }
    }

    /// Keeps what a stream of one office a line holds in a temporary file, because a directory is gone
    /// through more than once.
    ///
    /// # Errors
    /// What keeps the stream from being read or kept.
    pub fn keep(mut stream: impl Read) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        io::copy(&mut stream, &mut file)?;
        Streamed::new(file)?.with_first_line()
    }

    /// Opens a JSON document, which may be compressed by gzip or Zstandard; nothing where its beginning says
    /// that it has to be read as a whole, or it is no file that can be read twice.
    ///
    /// # Errors
    /// What keeps its beginning from being read.
    pub fn document(path: &Path) -> io::Result<Option<Self>> {
        let mut streamed = Streamed::new(File::open(path)?)?;
        if !streamed.opened.is_file() {
            return Ok(None);
        }
        streamed.layout = Layout::Document;
        let mut beginning = Vec::new();
        let mut input = streamed.bytes()?;
        let found = loop {
            let more = (&mut input).take(BLOCK as u64).read_to_end(&mut beginning)?;
            let is_object = beginning.trim_ascii_start().first().is_none_or(|it| *it == b'{');
            match split::head(&beginning) {
                Some(found) => break found,
                None if more == 0 || !is_object || beginning.len() > LONGEST => return Ok(None),
                None => {}
            }
        };
        drop(input);
        let (members, start) = found;
        beginning.truncate(start);
        let Ok(text) = String::from_utf8(beginning) else { return Ok(None) };
        let Some(header) = plain_header(&text, members) else { return Ok(None) };
        (streamed.header, streamed.header_text, streamed.skipped) = (Some(header), text, start);
        Ok(Some(streamed))
    }

    fn new(file: File) -> io::Result<Self> {
        Ok(Streamed {
            opened: file.metadata()?,
            file,
            layout: Layout::Lines,
            header: None,
            header_text: String::new(),
            skipped: 0,
            places: OnceLock::new(),
        })
    }

    /// Takes the first line for the header, if it is one.
    fn with_first_line(mut self) -> io::Result<Self> {
        let mut first = Vec::new();
        let input = BufReader::new(self.bytes()?);
        input.take(LONGEST as u64).read_until(b'\n', &mut first)?;
        if let Ok(text) = String::from_utf8(first)
            && let Ok(Value::Object(mut members)) = serde_json::from_str(&text)
            && members.contains_key("organization")
        {
            if members.insert("offices".into(), Value::Array(Vec::new())).is_some() {
                let message = "it is one JSON document, not one office a line; name it .json";
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
            self.header = Some(Value::Object(members));
            self.skipped = text.len();
            self.header_text = text;
        }
        Ok(self)
    }

    /// Sets what the directory says apart from its offices, and the text that it stands in.
    pub fn set_header(&mut self, header: Value, text: String) {
        (self.header, self.header_text) = (Some(header), text);
    }

    /// The bytes from the first on, decompressed.
    ///
    /// # Errors
    /// What keeps the file from being read.
    pub fn bytes(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        let mut file = &self.file;
        file.rewind()?;
        decode(file)
    }

    /// The blocks of offices, from the first on. Only one of them may be in use.
    ///
    /// # Errors
    /// What keeps the file from being read.
    pub(crate) fn blocks(&self) -> io::Result<Blocks<'_>> {
        let mut input = self.bytes()?;
        let offset = self.skipped;
        io::copy(&mut (&mut input).take(offset as u64), &mut io::sink())?;
        let rest = Vec::new();
        let places = Places::default();
        Ok(Blocks {
            streamed: self,
            input,
            rest,
            offset,
            index: 0,
            number: 0,
            places,
            ended: false,
        })
    }

    /// Whether the file is so small that one block has all of it.
    pub(crate) fn is_one_block(&self) -> bool {
        self.opened.len() <= BLOCK as u64
    }

    fn check_unchanged(&self) -> io::Result<()> {
        let now = self.file.metadata()?;
        if now.len() == self.opened.len() && now.modified().ok() == self.opened.modified().ok() {
            return Ok(());
        }
        Err(changed())
    }
}

/// The error of a file that does not hold still.
pub(crate) fn changed() -> io::Error {
    io::Error::other("the file was changed while it was read; run the command again")
}

/// Some offices of a file that stand behind one another.
#[derive(Debug, Default)]
pub(crate) struct Block {
    bytes: Vec<u8>,
    /// Where it begins in the file.
    offset: usize,
    /// Number of offices, or of lines behind the header, in front of it.
    index: usize,
    /// The offices' places in it; of a file of lines each line is one.
    offices: Vec<Range<usize>>,
}

/// Reads a file in blocks of whole offices.
pub(crate) struct Blocks<'s> {
    streamed: &'s Streamed,
    input: Box<dyn Read + Send + 's>,
    /// The beginning of the office that the last block did not hold to its end.
    rest: Vec<u8>,
    offset: usize,
    index: usize,
    /// Number of blocks so far.
    number: usize,
    /// Their places, unless they are known.
    places: Places,
    /// Whether the offices' array is closed.
    ended: bool,
}

impl Blocks<'_> {
    /// Reads the next block; `false` where there is none left.
    ///
    /// # Errors
    /// What keeps the file from being read, an office that is too long, a file that was changed meanwhile;
    /// [`NotPlain`] where a document does not go on as it has to.
    pub(crate) fn next(&mut self, block: &mut Block) -> io::Result<bool> {
        block.bytes.clear();
        block.offices.clear();
        block.bytes.append(&mut self.rest);
        (block.offset, block.index) = (self.offset, self.index);
        match (self.streamed.layout, self.streamed.places.get()) {
            (Layout::Lines, _) => self.read_lines(block)?,
            (Layout::Document, Some(places)) => self.read_known(places, block)?,
            (Layout::Document, None) => {
                self.read_offices(block)?;
                self.note(block);
            }
        }
        self.offset += block.bytes.len();
        self.index += block.offices.len();
        self.number += 1;
        Ok(!block.offices.is_empty())
    }

    /// Notes where the offices of a block are.
    fn note(&mut self, block: &Block) {
        // No block has 4 GB.
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let places = block.offices.iter().map(|it| (number(it.start), number(it.end)));
        self.places.offices.extend(places);
        self.places.blocks.push((block.bytes.len(), block.offices.len()));
        if self.ended {
            let _ = self.streamed.places.set(std::mem::take(&mut self.places));
        }
    }

    /// Reads a block whose offices were found before.
    fn read_known(&mut self, places: &Places, block: &mut Block) -> io::Result<()> {
        let Some((length, count)) = places.blocks.get(self.number).copied() else { return Ok(()) };
        if self.number + 1 == places.blocks.len() {
            self.streamed.check_unchanged()?;
        }
        (&mut self.input).take(length as u64).read_to_end(&mut block.bytes)?;
        if block.bytes.len() < length {
            return Err(changed());
        }
        let found = places.offices.get(self.index..self.index + count).unwrap_or_default();
        block.offices.extend(found.iter().map(|(start, end)| *start as usize..*end as usize));
        Ok(())
    }

    /// Adds a block's bytes, or more where none of its offices has ended yet; `false` at the file's end.
    fn read(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let wanted = BLOCK.max(bytes.len()) as u64;
        let read = (&mut self.input).take(wanted).read_to_end(bytes)?;
        if read == 0 {
            self.streamed.check_unchanged()?;
        }
        Ok(read > 0)
    }

    fn read_lines(&mut self, block: &mut Block) -> io::Result<()> {
        let Block { bytes, offices, .. } = block;
        let mut start = bytes.len();
        while self.read(bytes)? {
            if let Some(last) = memchr::memrchr(b'\n', &bytes[start..]) {
                self.rest.extend_from_slice(&bytes[start + last + 1..]);
                bytes.truncate(start + last + 1);
                break;
            }
            if bytes.len() > LONGEST {
                let message = format!(
                    "line {} is longer than {LONGEST} bytes; an .ndjson file has one office a line",
                    self.index + 1 + usize::from(self.streamed.skipped > 0)
                );
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
            start = bytes.len();
        }
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            offices.push(start..end);
            start = end + 1;
        }
        if start < bytes.len() {
            offices.push(start..bytes.len());
        }
        Ok(())
    }

    fn read_offices(&mut self, block: &mut Block) -> io::Result<()> {
        let Block { bytes, offices: found, .. } = block;
        if self.ended {
            return Ok(());
        }
        while found.is_empty() {
            if !self.read(bytes)? || bytes.len() > LONGEST {
                return Err(NotPlain::error());
            }
            match offices(bytes, self.index == 0, found) {
                Some(Reach::Open(reach)) if !found.is_empty() => {
                    self.rest.extend_from_slice(&bytes[reach..]);
                    bytes.truncate(reach);
                }
                Some(Reach::Open(_)) => {}
                Some(Reach::End(end)) => {
                    self.ended = true;
                    let mut rest = bytes.split_off(end);
                    (&mut self.input).take(LONGEST as u64).read_to_end(&mut rest)?;
                    self.streamed.check_unchanged()?;
                    return if is_end(&rest) { Ok(()) } else { Err(NotPlain::error()) };
                }
                None => return Err(NotPlain::error()),
            }
        }
        Ok(())
    }
}

impl Block {
    /// Gives every office on, or the finding that it is no text.
    pub(crate) fn each(&self, mut take: impl FnMut(Result<RawOffice<'_>, Box<Finding>>)) {
        for (at, place) in self.offices.iter().enumerate() {
            let line = &self.bytes[place.clone()];
            let json = line.trim_ascii();
            let offset = self.offset + place.start + (line.len() - line.trim_ascii_start().len());
            if json.is_empty() {
                continue;
            }
            take(match std::str::from_utf8(json) {
                Ok(json) => Ok(RawOffice { json, offset, index: self.index + at }),
                Err(error) => {
                    let at = offset + error.valid_up_to();
                    let finding = Finding::new(&syntax::ENCODING, "the line is not UTF-8");
                    Err(Box::new(finding.at(at..at + 1).help("save the file as UTF-8")))
                }
            });
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use super::*;

    fn count(streamed: &Streamed) -> Result<usize, String> {
        let read = || {
            let (mut blocks, mut block) = (streamed.blocks()?, Block::default());
            while blocks.next(&mut block)? {}
            Ok(blocks.index)
        };
        read().map_err(|error: io::Error| error.to_string())
    }

    #[test]
    fn a_file_that_changes_while_it_is_read() {
        let path = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&path, "{\"id\":\"a\"}\n".repeat(20_000)).unwrap();
        let lines = Streamed::lines(path.path()).unwrap();
        assert_eq!(count(&lines), Ok(20_000));
        let mut file = File::options().append(true).open(&path).unwrap();
        file.write_all(b"{}\n").unwrap();
        assert!(count(&lines).unwrap_err().contains("changed while it was read"));
        file.set_len(1_000).unwrap();
        assert!(count(&lines).unwrap_err().contains("changed while it was read"));
    }

    #[test]
    fn documents_that_are_read_in_parts_and_others() {
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
            let streamed = Streamed::document(path.path()).unwrap();
            let again = |it: &Streamed| [count(it), count(it)].map(|it| it.map_err(|_| ()));
            let found = streamed.map(|it| again(&it));
            assert_eq!(found, expected.map(|it| [it, it]), "{}", text.get(..60).unwrap_or(&text));
        }
    }
}
