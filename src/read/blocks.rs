//! A file in blocks of whole offices, each of which one core works on.
//!
//! Reading is the one thing that only one thread can do at a time, so it does as little as possible: it
//! reads 64 kB and looks for the last place at which an office ends. In a file of lines that is the last
//! line end. In a JSON document it takes a look at every bracket, so the first pass notes where offices
//! begin and end, and the second takes them from there.

use std::io::{self, Read};
use std::ops::Range;

use super::RawOffice;
use super::streamed::{FileLayout, NeedsWholeDocument, StreamedFile, changed};
use crate::finding::{Finding, syntax};
use crate::json::split::{OfficesReach, is_end, offices};

/// Bytes that are read at once, and then worked on by one core.
pub(super) const BLOCK: usize = 1 << 16;
/// The longest line, office or header that is read: more is no office.
pub(super) const LONGEST: usize = 1 << 24;
/// Offices of a block. They may be as short as `{}`, and a block that began with a long one is as long as that.
const MOST_OF_BLOCK: usize = BLOCK;
/// Offices whose places are kept; in a larger document they are looked for again.
const MOST_PLACES: usize = 1 << 22;

/// The blocks of a document, so that nobody has to look for the ends of offices again. Eight bytes an
/// office.
#[derive(Debug, Default)]
pub(super) struct OfficeSpans {
    /// Of each block its bytes and the number of its offices.
    blocks: Vec<(usize, usize)>,
    /// Of each office where it begins and ends in its block; no block has more than [`LONGEST`] bytes.
    offices: Vec<(u32, u32)>,
}

/// Some offices of a file that stand behind one another.
#[derive(Debug, Default)]
pub(crate) struct FileBlock {
    /// The text of the offices, with what stands between them.
    bytes: Vec<u8>,
    /// Where it begins in the file.
    offset: usize,
    /// Number of offices, or of lines behind the header, in front of it.
    index: usize,
    /// The offices' places in it; of a file of lines each line is one.
    offices: Vec<Range<usize>>,
}

/// Reads a file in blocks of whole offices.
pub(crate) struct FileBlocks<'s> {
    /// The file, which knows its layout and notes the places.
    streamed: &'s StreamedFile,
    /// Its bytes, as far as they were not read.
    input: Box<dyn Read + Send + 's>,
    /// The beginning of the office that the last block did not hold to its end.
    rest: Vec<u8>,
    /// Where the next block begins in the file.
    offset: usize,
    /// Number of the first office of the next block.
    index: usize,
    /// Number of blocks so far.
    number: usize,
    /// Their places, unless they are known or too many.
    places: Option<OfficeSpans>,
    /// Whether the offices' array is closed.
    ended: bool,
}

impl<'s> FileBlocks<'s> {
    /// The blocks of a file, of which `input` gives the bytes from the first office on.
    pub(super) fn new(streamed: &'s StreamedFile, input: Box<dyn Read + Send + 's>) -> Self {
        FileBlocks {
            streamed,
            input,
            rest: Vec::new(),
            offset: streamed.skipped,
            index: 0,
            number: 0,
            places: Some(OfficeSpans::default()),
            ended: false,
        }
    }

    /// Number of offices, or of lines behind the header, so far.
    #[cfg(test)]
    pub(super) fn index(&self) -> usize {
        self.index
    }

    /// Reads the next block; `false` where there is none left.
    ///
    /// # Errors
    /// What keeps the file from being read, an office that is too long, a file that was changed meanwhile;
    /// [`NeedsWholeDocument`] where a document does not go on as it has to.
    pub(crate) fn next(&mut self, block: &mut FileBlock) -> io::Result<bool> {
        block.bytes.clear();
        block.offices.clear();
        // The beginning of an office that was cut off at the end of the block before.
        block.bytes.append(&mut self.rest);
        (block.offset, block.index) = (self.offset, self.index);
        match (self.streamed.layout, self.streamed.places.get()) {
            (FileLayout::Lines, _) => self.read_lines(block)?,
            (FileLayout::Document, Some(places)) => self.read_known(places, block)?,
            (FileLayout::Document, None) => {
                self.read_offices(block)?;
                self.note(block);
            }
        }
        self.offset += block.bytes.len();
        self.index += block.offices.len();
        self.number += 1;
        // A block always holds a whole office, unless the input has ended.
        Ok(!block.offices.is_empty())
    }

    /// Notes where the offices of a block are.
    fn note(&mut self, block: &FileBlock) {
        let Some(noted) = &mut self.places else { return };
        // No block has 4 GB.
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let places = block.offices.iter().map(|it| (number(it.start), number(it.end)));
        noted.offices.extend(places);
        noted.blocks.push((block.bytes.len(), block.offices.len()));
        if noted.offices.len() > MOST_PLACES {
            self.places = None;
        } else if self.ended {
            self.places.take().map(|places| self.streamed.places.set(places));
        }
    }

    /// Reads a block whose offices were found before.
    fn read_known(&mut self, places: &OfficeSpans, block: &mut FileBlock) -> io::Result<()> {
        let Some((length, count)) = places.blocks.get(self.number).copied() else { return Ok(()) };
        // Exactly the bytes of the first pass, so that the offices are where they were.
        (&mut self.input).take(length as u64).read_to_end(&mut block.bytes)?;
        if block.bytes.len() < length {
            return Err(changed());
        }
        // The last block: whatever came to be behind it is not read, but noticed.
        if self.number + 1 == places.blocks.len() {
            self.streamed.check_unchanged()?;
        }
        let found = places.offices.get(self.index..self.index + count).unwrap_or_default();
        block.offices.extend(found.iter().map(|(start, end)| *start as usize..*end as usize));
        Ok(())
    }

    /// Adds so many bytes, or as many as there are; `false` at the file's end.
    fn read(&mut self, bytes: &mut Vec<u8>, wanted: usize) -> io::Result<bool> {
        let wanted = wanted as u64;
        let read = (&mut self.input).take(wanted).read_to_end(bytes)?;
        if read == 0 {
            self.streamed.check_unchanged()?;
        }
        Ok(read > 0)
    }

    /// Fills a block with whole lines, each of which is an office, or nothing.
    fn read_lines(&mut self, block: &mut FileBlock) -> io::Result<()> {
        let FileBlock { bytes, offices, .. } = block;
        let mut start = bytes.len();
        // Behind a line that is longer than a block there is no more than a block's worth of others.
        while self.read(bytes, BLOCK)? {
            if let Some(last) = memchr::memrchr(b'\n', &bytes[start..]) {
                self.rest.extend_from_slice(&bytes[start + last + 1..]);
                bytes.truncate(start + last + 1);
                break;
            }
            if bytes.len() > LONGEST {
                let message = format!(
                    "line {} is longer than {LONGEST} bytes; an .ndjson file has one office per line",
                    // Lines count from 1, and the header is one of them.
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

    /// Fills a block with whole offices of a document, and finds where each begins and ends.
    fn read_offices(&mut self, block: &mut FileBlock) -> io::Result<()> {
        let FileBlock { bytes, offices: found, .. } = block;
        if self.ended {
            return Ok(());
        }
        // What is left of a long block may have whole offices in it.
        let mut is_read = bytes.len() > BLOCK;
        while found.is_empty() {
            // As much again, as what is there is gone through once more.
            let wanted = BLOCK.max(bytes.len());
            if !std::mem::take(&mut is_read) && !self.read(bytes, wanted)? || bytes.len() > LONGEST
            {
                return Err(NeedsWholeDocument::error());
            }
            match offices(bytes, self.index == 0, MOST_OF_BLOCK, found) {
                Some(OfficesReach::Open(reach)) if !found.is_empty() => {
                    self.rest.extend_from_slice(&bytes[reach..]);
                    bytes.truncate(reach);
                }
                Some(OfficesReach::Open(_)) => {}
                Some(OfficesReach::End(end)) => {
                    self.ended = true;
                    let mut rest = bytes.split_off(end);
                    // What is behind the offices is a bracket and white space, or the document is
                    // read as a whole.
                    (&mut self.input).take(LONGEST as u64).read_to_end(&mut rest)?;
                    self.streamed.check_unchanged()?;
                    let is_all = rest.len() < LONGEST && is_end(&rest);
                    return if is_all { Ok(()) } else { Err(NeedsWholeDocument::error()) };
                }
                None => return Err(NeedsWholeDocument::error()),
            }
        }
        Ok(())
    }
}

impl FileBlock {
    /// Gives every office on, or the finding that it is no text.
    pub(crate) fn each(&self, mut take: impl FnMut(Result<RawOffice<'_>, Box<Finding>>)) {
        for (at, place) in self.offices.iter().enumerate() {
            let line = &self.bytes[place.clone()];
            // White space around an office is no part of it; a line without anything else is none.
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
