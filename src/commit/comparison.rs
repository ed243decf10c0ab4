//! Output that is compared with what is there: `export --check`. It reads the old file along with what
//! the export gives, so that neither is ever in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use super::manifest::HashingWriter;
use super::place::look;
use super::{BUFFER, Manifest, in_file};
use crate::storage::{MANIFEST, Storage};

/// A comparison of what an export gives with what a folder has. Nothing is written.
///
/// # Example
///
/// ```
/// use officedir::commit::FolderComparison;
/// use officedir::storage::Storage;
///
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("a.txt"), "old")?;
/// let mut comparison = FolderComparison::new(folder.path());
/// comparison.whole("a.txt", b"new")?;
/// assert_eq!(comparison.finish()?.stale, [folder.path().join("a.txt")]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct FolderComparison {
    /// The output folder, which need not exist.
    folder: PathBuf,
    /// Every file that the export has opened, by name; kept after it is closed, for its hash.
    files: BTreeMap<String, HashingWriter<ComparedFile>>,
}

/// What a [`FolderComparison`] has found, each in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FolderDifference {
    /// Files that are missing, or not what the export gives.
    pub stale: Vec<PathBuf>,
    /// Files that an earlier export has written and this one does not.
    pub left_over: Vec<PathBuf>,
}

impl FolderComparison {
    /// Compares with that folder.
    pub fn new(folder: &Path) -> Self {
        FolderComparison { folder: folder.to_owned(), files: BTreeMap::new() }
    }

    /// What differs.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn finish(self) -> io::Result<FolderDifference> {
        let manifest = Manifest::read(&self.folder)?;
        let mut left_over = Vec::new();
        for name in manifest.files.keys().filter(|name| !self.files.contains_key(*name)) {
            look(&self.folder, name)?;
            left_over.push(self.folder.join(name));
        }
        let mut stale = Vec::new();
        let mut recorded = true;
        for (name, mut compared) in self.files {
            // The files may be right and the manifest not: one that was edited, or written by another
            // version.
            recorded &= manifest.files.get(&name) == Some(&compared.entry());
            if !compared.inner.at_end()? {
                stale.push(self.folder.join(name));
            }
        }
        // Named only where no file is stale: an export that replaces a file writes the manifest as well.
        if stale.is_empty() && !recorded {
            stale.push(self.folder.join(MANIFEST));
        }
        Ok(FolderDifference { stale, left_over })
    }
}

impl Storage for FolderComparison {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if !self.files.contains_key(name) {
            let path = self.folder.join(name);
            let existing = match look(&self.folder, name)? {
                Some(_) => {
                    let file = File::open(&path);
                    let file = file.map_err(|error| in_file("cannot read", &path, &error))?;
                    Some(BufReader::with_capacity(BUFFER, file))
                }
                None => None,
            };
            let same = existing.is_some();
            self.files.insert(name.to_owned(), HashingWriter::new(ComparedFile { existing, same }));
        }
        self.files
            .get_mut(name)
            .map_or_else(|| Err(io::ErrorKind::NotFound.into()), |file| Ok(file as _))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        let Some(compared) = self.files.get_mut(name) else { return Ok(()) };
        let file = &mut compared.inner;
        // Closed as soon as it was compared, or a target with a file for each office would run out of
        // handles.
        file.same = file.at_end()?;
        file.existing = None;
        Ok(())
    }
}

/// One file under comparison: the old one is read as far as the new one has been given.
#[derive(Debug)]
struct ComparedFile {
    /// `None` where there is no such file, or it has been compared to its end.
    existing: Option<BufReader<File>>,
    /// Whether the old file has all that was given so far.
    same: bool,
}

impl ComparedFile {
    /// Whether the old file ends where the new one does.
    fn at_end(&mut self) -> io::Result<bool> {
        let Some(existing) = self.existing.as_mut() else { return Ok(self.same) };
        // An old file that goes on behind the new one's end differs.
        Ok(self.same && existing.read(&mut [0])? == 0)
    }
}

impl Write for ComparedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(existing) = self.existing.as_mut().filter(|_| self.same) {
            // As much of the old file as of the new one, piece by piece.
            let mut there = Vec::with_capacity(bytes.len());
            existing.take(bytes.len() as u64).read_to_end(&mut there)?;
            self.same = there == bytes;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
