//! Output that is compared with what is there: `export --check`. It reads the old file along with what
//! the export gives, so that neither is ever in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
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
    /// Those of the stale files that would not be with other ends of lines, such as Git makes where it is not told to
    /// leave them.
    pub line_ends: Vec<PathBuf>,
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
        let (mut stale, mut line_ends) = (Vec::new(), Vec::new());
        let mut recorded = true;
        for (name, mut compared) in self.files {
            // The files may be right and the manifest not: one that was edited, or written by another
            // version.
            recorded &= manifest.files.get(&name) == Some(&compared.entry());
            match compared.inner.at_end()? {
                Likeness::Same => {}
                Likeness::SameLines => {
                    stale.push(self.folder.join(&name));
                    line_ends.push(self.folder.join(name));
                }
                Likeness::Different => stale.push(self.folder.join(name)),
            }
        }
        // Named only where no file is stale: an export that replaces a file writes the manifest as well.
        if stale.is_empty() && !recorded {
            stale.push(self.folder.join(MANIFEST));
        }
        Ok(FolderDifference { stale, line_ends, left_over })
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
            let so_far = if existing.is_some() { Likeness::Same } else { Likeness::Different };
            let compared = ComparedFile { existing, so_far, held: false };
            self.files.insert(name.to_owned(), HashingWriter::new(compared));
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
        file.so_far = file.at_end()?;
        file.existing = None;
        Ok(())
    }
}

/// How much of an old file is what the export gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// Every byte.
    Same,
    /// Every byte but those that end lines: CR LF and LF are taken for the same.
    SameLines,
    /// Less than that.
    Different,
}

/// One file under comparison: the old one is read as far as the new one has been given.
#[derive(Debug)]
struct ComparedFile {
    /// `None` where there is no such file, or it has been compared to its end.
    existing: Option<BufReader<File>>,
    /// Whether the old file has all that was given so far.
    so_far: Likeness,
    /// Whether the last byte that was given is a carriage return whose line feed may follow.
    held: bool,
}

impl ComparedFile {
    /// How much the old file is like the new one, which ends here.
    fn at_end(&mut self) -> io::Result<Likeness> {
        if self.so_far == Likeness::SameLines && std::mem::take(&mut self.held) {
            self.expect(b'\r')?;
        }
        let Some(existing) = self.existing.as_mut() else { return Ok(self.so_far) };
        // An old file that goes on behind the new one's end differs.
        if !existing.fill_buf()?.is_empty() {
            self.so_far = Likeness::Different;
        }
        Ok(self.so_far)
    }

    /// Compares bytes with no regard to carriage returns before line feeds.
    fn compare_lines(&mut self, bytes: &[u8]) -> io::Result<()> {
        for byte in bytes {
            if self.so_far == Likeness::Different {
                return Ok(());
            }
            if std::mem::take(&mut self.held) && *byte != b'\n' {
                self.expect(b'\r')?;
            }
            match byte {
                b'\r' => self.held = true,
                byte => self.expect(*byte)?,
            }
        }
        Ok(())
    }

    /// Reads the next byte of the old file, of CR LF the second one, and compares it.
    fn expect(&mut self, byte: u8) -> io::Result<()> {
        let Some(existing) = self.existing.as_mut() else { return Ok(()) };
        let mut next = || -> io::Result<Option<u8>> {
            let byte = existing.fill_buf()?.first().copied();
            existing.consume(usize::from(byte.is_some()));
            Ok(byte)
        };
        let mut old = next()?;
        if old == Some(b'\r') && byte == b'\n' {
            old = next()?;
        }
        if old != Some(byte) {
            self.so_far = Likeness::Different;
        }
        Ok(())
    }
}

impl Write for ComparedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let (Likeness::Same, Some(existing)) = (self.so_far, self.existing.as_mut()) {
            // As much of the old file as of the new one, piece by piece.
            let mut there = Vec::with_capacity(bytes.len());
            existing.by_ref().take(bytes.len() as u64).read_to_end(&mut there)?;
            if there == bytes {
                return Ok(bytes.len());
            }
            // This piece once more, by its lines.
            existing.seek_relative(-i64::try_from(there.len()).unwrap_or(i64::MAX))?;
            self.so_far = Likeness::SameLines;
        }
        if self.so_far == Likeness::SameLines {
            self.compare_lines(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The stale files, and those of them where only ends of lines differ, of one file given in pieces of that length.
    fn compare(old: &[u8], new: &[u8], length: usize) -> (usize, usize) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), old).unwrap();
        let mut comparison = FolderComparison::new(folder.path());
        for piece in new.chunks(length) {
            comparison.open("a.txt").unwrap().write_all(piece).unwrap();
        }
        comparison.open("a.txt").unwrap();
        comparison.close("a.txt").unwrap();
        let difference = comparison.finish().unwrap();
        let of_file = |list: &[PathBuf]| list.iter().filter(|it| it.ends_with("a.txt")).count();
        (of_file(&difference.stale), of_file(&difference.line_ends))
    }

    #[test]
    fn ends_of_lines_are_told_from_the_rest() {
        let cases = [
            ("a\nb\n", "a\nb\n", (0, 0)),
            ("a\r\nb\r\n", "a\nb\n", (1, 1)),
            ("a\nb\n", "a\r\nb\r\n", (1, 1)),
            // A table whose cells have line feeds.
            ("a,\"x\ny\"\nb\n", "a,\"x\ny\"\r\nb\r\n", (1, 1)),
            ("a\r\nb", "a\nb\n", (1, 0)),
            ("a\nb\nc", "a\r\nb\r\n", (1, 0)),
            ("a\rb\n", "a\nb\n", (1, 0)),
            ("a\r\r\n", "a\n", (1, 0)),
            ("a\r", "a\r\n", (1, 0)),
            ("", "a\n", (1, 0)),
        ];
        for (old, new, expected) in cases {
            for length in 1..=new.len() {
                assert_eq!(
                    compare(old.as_bytes(), new.as_bytes(), length),
                    expected,
                    "{old:?} {new:?} by {length}"
                );
            }
        }
    }
}
