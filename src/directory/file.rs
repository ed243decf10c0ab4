//! A directory together with the file that it was read from, for programs that open one by its name.

use std::path::{Path, PathBuf};

use super::{Directory, ReadOptions, available_threads};
use crate::error::Error;
use crate::finding::Finding;
use crate::finding::show::{SourceLines, SourcePosition};
use crate::read::{
    DirectorySource, Document, OfficeChunk, OfficeChunks, OwnedOffice, StreamedFile, has_lines,
    read_document,
};

self_cell::self_cell!(
    /// A document with the bytes that it borrows from.
    struct OwnedDocument {
        owner: Vec<u8>,
        #[covariant]
        dependent: Document,
    }
);

/// What a directory borrows from.
enum OpenedFile {
    /// A document in memory.
    Document(OwnedDocument),
    /// A file that is gone through in blocks.
    Streamed(Box<StreamedFile>),
}

self_cell::self_cell!(
    /// A directory with the file that it borrows from.
    struct OwnedDirectory {
        owner: OpenedFile,
        #[covariant]
        dependent: Directory,
    }
);

/// A directory that was opened by its name, with the file that it borrows from. See [`Directory::open`].
pub struct DirectoryFile {
    /// As it was given, for errors.
    path: PathBuf,
    /// The directory, with what it borrows from.
    directory: OwnedDirectory,
}

impl Directory<'static> {
    /// Opens a directory file, JSON or one office per line (`.ndjson`), which may be compressed, and checks all of it
    /// on every core. What is wrong with it, syntax included, is in [`DirectoryFile::findings`].
    ///
    /// # Example
    ///
    /// ```
    /// use officedir::postal::{LayoutOptions, layout};
    /// use officedir::{Directory, Error};
    ///
    /// fn main() -> Result<(), Error> {
    ///     let directory = Directory::open("directory.json")?;
    ///     for (place, finding) in directory.findings()? {
    ///         println!("directory.json:{place}: {finding}");
    ///     }
    ///     for office in directory.offices()? {
    ///         for address in &office?.read()?.addresses {
    ///             println!("{}", layout(address, &LayoutOptions::default()).to_lines().join("\n"));
    ///         }
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn open(path: impl AsRef<Path>) -> Result<DirectoryFile, Error> {
        let options = ReadOptions { threads: available_threads(), ..ReadOptions::default() };
        Directory::open_with(path, options)
    }

    /// The same, with options.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn open_with(
        path: impl AsRef<Path>,
        options: ReadOptions<'static>,
    ) -> Result<DirectoryFile, Error> {
        let path = path.as_ref();
        let directory = open(path, options).map_err(|error| located(error, Some(path)))?;
        Ok(DirectoryFile { path: path.to_owned(), directory })
    }
}

/// The error, with the file that it is about.
fn located(error: Error, path: Option<&Path>) -> Error {
    match path {
        Some(path) => error.within(path.display()),
        None => error,
    }
}

/// Reads the file in blocks where that can be done, and as a whole otherwise.
fn open(path: &Path, options: ReadOptions<'static>) -> Result<OwnedDirectory, Error> {
    let read = |file| OwnedDirectory::try_new(file, |file| Directory::read(file.source(), options));
    if has_lines(path) {
        return read(OpenedFile::Streamed(Box::new(StreamedFile::lines(path)?)));
    }
    if let Some(document) = StreamedFile::document(path)? {
        // A document that cannot be read in blocks is no error: it is read again as a whole.
        let opened =
            OwnedDirectory::try_new(OpenedFile::Streamed(Box::new(document)), |file| match file {
                OpenedFile::Streamed(file) => {
                    Directory::read_streaming(file, options).map_err(Some)?.ok_or(None)
                }
                // Never reached: what was opened a few lines above is a stream.
                OpenedFile::Document(_) => Err(None),
            });
        match opened {
            Err(None) => {}
            Err(Some(error)) => return Err(error),
            Ok(directory) => return Ok(directory),
        }
    }
    read(OpenedFile::Document(OwnedDocument::new(read_document(path)?, |bytes| {
        Document::parse(bytes).unwrap_or_else(Document::broken)
    })))
}

impl OpenedFile {
    /// What offices are read from.
    fn source(&self) -> DirectorySource<'_> {
        match self {
            OpenedFile::Document(document) => {
                DirectorySource::Document(document.borrow_dependent())
            }
            OpenedFile::Streamed(file) => DirectorySource::Streamed(file),
        }
    }

    /// The lines that findings are in.
    fn lines(&self, findings: &[Finding]) -> Result<SourceLines, Error> {
        Ok(match self {
            // Not the document's text, which a file that is no UTF-8 does not have.
            OpenedFile::Document(document) => SourceLines::new(document.borrow_owner(), findings),
            OpenedFile::Streamed(_) => self.source().lines(findings)?,
        })
    }
}

impl DirectoryFile {
    /// The directory, for everything else that one can do with it, such as [`Directory::export`].
    pub fn directory(&self) -> &Directory<'_> {
        self.directory.borrow_dependent()
    }

    /// What is wrong with the directory, in the order of the file, each with its line and column. Of very many
    /// findings these are the first ones, as [`Directory::findings`] has them.
    ///
    /// # Errors
    /// If the file cannot be read again.
    pub fn findings(&self) -> Result<Vec<(SourcePosition, &Finding)>, Error> {
        let findings = self.directory().findings();
        let lines = self.directory.borrow_owner().lines(findings);
        let lines = lines.map_err(|error| located(error, Some(&self.path)))?;
        let places = findings.iter().map(|finding| lines.place(finding.span.start));
        Ok(places.zip(findings).collect())
    }

    /// As [`Directory::offices`].
    ///
    /// # Errors
    /// If the file cannot be read again.
    pub fn offices(&self) -> Result<Offices<'_>, Error> {
        let offices = self.directory().offices();
        let offices = offices.map_err(|error| located(error, Some(&self.path)))?;
        Ok(Offices { path: Some(&self.path), ..offices })
    }
}

impl<'d> Directory<'d> {
    /// The offices in the order of the file, whether anything is wrong with them or not. They are read again while
    /// one goes through them.
    ///
    /// # Errors
    /// If the file cannot be read again.
    pub fn offices(&self) -> Result<Offices<'d>, Error> {
        let chunks = self.source.chunks()?;
        let ready = Vec::new().into_iter();
        Ok(Offices { path: None, source: self.source, chunks, is_over: false, ready })
    }
}

/// Goes through the offices of a directory, up to the first error. See [`Directory::offices`].
pub struct Offices<'d> {
    /// Of a directory that was opened by its name, for errors.
    path: Option<&'d Path>,
    /// What the offices are read from.
    source: DirectorySource<'d>,
    /// What was not read yet.
    chunks: OfficeChunks<'d>,
    /// Whether everything was read, or an error was given.
    is_over: bool,
    /// Offices that were read and not given yet.
    ready: std::vec::IntoIter<OwnedOffice>,
}

impl Iterator for Offices<'_> {
    type Item = Result<OwnedOffice, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut chunk = OfficeChunk::default();
        loop {
            if let Some(office) = self.ready.next() {
                return Some(Ok(office));
            }
            if self.is_over {
                return None;
            }
            match self.chunks.next(&mut chunk) {
                Ok(more) => self.is_over = !more,
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(located(error.into(), self.path)));
                }
            }
            let mut ready = Vec::new();
            // What is no text is no office; a finding says so.
            chunk.each(self.source, |raw| ready.extend(raw.map(OwnedOffice::from)));
            self.ready = ready.into_iter();
        }
    }
}
