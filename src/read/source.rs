//! Where offices come from, as one type for a document in memory and a file that is read in blocks, so
//! that nobody above has to tell them apart.

use std::io;
use std::ops::Range;

use serde_json::Value;

use super::blocks::{FileBlock, FileBlocks};
use super::heads::OfficeSummary;
use super::{Document, RawOffice, StreamedFile};
use crate::error::{Error, ErrorKind};
use crate::finding::Finding;
use crate::finding::show::SourceLines;
use crate::model::{Office, Text};
use crate::text::printable;

/// Offices that one core takes at once: enough to make the hand-over cheap, few enough to keep every
/// core busy.
const CHUNK: usize = 64;

/// Where the offices are, to be gone through as often as it takes. Copied freely: it is a reference.
#[derive(Clone, Copy, Debug)]
pub enum DirectorySource<'d> {
    /// A document in memory.
    Document(&'d Document<'d>),
    /// A file that is read in parts.
    Streamed(&'d StreamedFile),
}

impl<'d> DirectorySource<'d> {
    /// Every member of the directory but the offices, and the text that it stands in; nothing where the
    /// directory says no more than its offices.
    pub fn header(self) -> Option<(&'d Value, &'d str)> {
        match self {
            DirectorySource::Document(document) => Some((&document.header, document.text)),
            DirectorySource::Streamed(streamed) => {
                Some((streamed.header.as_ref()?, &streamed.header_text))
            }
        }
    }

    /// The header as a directory of its own, which has no offices.
    pub fn without_offices(self) -> Option<Document<'d>> {
        let (header, text) = self.header()?;
        let findings = self.findings().to_vec();
        Some(Document { text, header: header.clone(), offices: Vec::new(), findings })
    }

    /// The lines that findings are in.
    ///
    /// # Errors
    /// What keeps the file from being read again.
    pub fn lines(self, findings: &[Finding]) -> io::Result<SourceLines> {
        match self {
            DirectorySource::Document(document) => {
                Ok(SourceLines::new(document.text.as_bytes(), findings))
            }
            DirectorySource::Streamed(streamed) => {
                SourceLines::of_findings(streamed.bytes()?, findings)
            }
        }
    }

    /// What was found while reading.
    pub(crate) fn findings(self) -> &'d [Finding] {
        match self {
            DirectorySource::Document(document) => &document.findings,
            DirectorySource::Streamed(streamed) => &streamed.findings,
        }
    }

    /// All offices, in memory.
    ///
    /// # Errors
    /// What keeps them from being read.
    pub fn keep(self) -> io::Result<Vec<OwnedOffice>> {
        let mut kept = Vec::new();
        self.each(|raw| kept.push(raw.into()))?;
        Ok(kept)
    }

    /// Gives every office on that is text, in order.
    pub(crate) fn each(self, mut take: impl FnMut(RawOffice<'_>)) -> io::Result<()> {
        let (mut chunks, mut chunk) = (self.chunks()?, OfficeChunk::default());
        while chunks.next(&mut chunk)? {
            chunk.each(self, |raw| {
                if let Ok(raw) = raw {
                    take(raw);
                }
            });
        }
        Ok(())
    }

    /// The ids of the offices, in order, up to so many. Goes through the whole file; an office without an id
    /// has none here.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn ids(self, most: usize) -> io::Result<Vec<String>> {
        let mut ids = Vec::new();
        self.each_id(|id| {
            if ids.len() < most {
                ids.push(id.to_owned());
            }
        })?;
        Ok(ids)
    }

    /// Gives the ids of the offices on, in order.
    pub(crate) fn each_id(self, mut take: impl FnMut(&str)) -> io::Result<()> {
        self.each(|raw| {
            if let Some(id) = OfficeSummary::of(&raw).id {
                take(&id);
            }
        })
    }

    /// The offices from the first on.
    pub(crate) fn chunks(self) -> io::Result<OfficeChunks<'d>> {
        Ok(match self {
            DirectorySource::Document(document) => OfficeChunks::Document(document, 0),
            DirectorySource::Streamed(streamed) => OfficeChunks::Streamed(streamed.blocks()?),
        })
    }
}

/// An office that outlives the chunk that it came in, because a finding is about it or somebody asked for it
/// by its id. What is read of it here is read leniently, so that an office with mistakes still has a name.
#[derive(Clone, Debug)]
pub struct OwnedOffice {
    /// Its text.
    json: String,
    /// Where the text begins in the directory, in bytes.
    offset: usize,
    /// Position among the offices, from 0.
    index: usize,
    /// Its id; empty without one.
    pub id: String,
    /// Its name; empty without one.
    pub name: String,
    /// Its parent's id; empty without one.
    pub parent: String,
    /// Its region's id; empty without one.
    pub region: String,
    /// Its kind's id; empty without one.
    pub kind: String,
}

impl From<RawOffice<'_>> for OwnedOffice {
    fn from(raw: RawOffice<'_>) -> Self {
        let text = |text: Option<Text<'_>>| text.map(|it| it.to_string()).unwrap_or_default();
        let RawOffice { json, offset, index } = raw;
        // Leniently: what is wrong with it has been found, and its name is for messages.
        let OfficeSummary { id, name, parent, region, kind, .. } = OfficeSummary::of(&raw);
        let [id, name, parent, region, kind] = [id, name, parent, region, kind].map(text);
        OwnedOffice { json: json.to_owned(), offset, index, id, name, parent, region, kind }
    }
}

impl OwnedOffice {
    /// The office by its type.
    ///
    /// # Errors
    /// If the office is not as the schema has it, for which there are findings.
    pub fn read(&self) -> Result<Office<'_>, Error> {
        serde_json::from_str(&self.json).map_err(|error| {
            let message = format!("the office \"{}\" cannot be read: {error}", printable(&self.id));
            Error::of(ErrorKind::InvalidInput, message)
        })
    }

    /// The office as it stands in the directory.
    pub fn raw(&self) -> RawOffice<'_> {
        RawOffice { json: &self.json, offset: self.offset, index: self.index }
    }
}

/// Deals the offices out.
pub(crate) enum OfficeChunks<'d> {
    /// A document, and the position of the next office.
    Document(&'d Document<'d>, usize),
    /// The blocks of a file.
    Streamed(FileBlocks<'d>),
}

impl OfficeChunks<'_> {
    /// Fills the chunk with the next offices; `false` where there are none left.
    pub(crate) fn next(&mut self, chunk: &mut OfficeChunk) -> io::Result<bool> {
        match self {
            OfficeChunks::Document(document, next) => {
                let end = document.offices.len().min(*next + CHUNK);
                chunk.range = *next..end;
                *next = end;
                Ok(!chunk.range.is_empty())
            }
            OfficeChunks::Streamed(blocks) => blocks.next(&mut chunk.block),
        }
    }
}

/// Some offices that stand behind one another.
#[derive(Debug, Default)]
pub(crate) struct OfficeChunk {
    /// Of a document in memory.
    range: Range<usize>,
    /// Of a file.
    block: FileBlock,
}

impl OfficeChunk {
    /// Gives every office on, or the finding that it is no text.
    pub(crate) fn each(
        &self,
        source: DirectorySource<'_>,
        mut take: impl FnMut(Result<RawOffice<'_>, Box<Finding>>),
    ) {
        match source {
            DirectorySource::Document(document) => {
                // The range was made of this document's offices by `OfficeChunks::next`.
                document.offices[self.range.clone()].iter().for_each(|raw| take(Ok(*raw)));
            }
            DirectorySource::Streamed(_) => self.block.each(take),
        }
    }
}
