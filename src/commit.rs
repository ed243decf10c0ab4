//! How output gets to its place: staged in a folder and renamed when all is well, streamed to standard
//! output, or compared with what is there.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::writers::Storage;

/// Size of the buffer in front of every open file, in bytes.
const BUFFER: usize = 64 * 1024;

/// Files that are staged beside their places. Nothing that was there before changes until
/// [`Staging::commit`]; dropping the staging leaves the folder as it was.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    /// The outermost folder that had to be made.
    made: Option<PathBuf>,
    open: BTreeMap<String, BufWriter<NamedTempFile>>,
    complete: BTreeMap<String, NamedTempFile>,
}

impl Staging {
    /// Stages for a folder, which is made if it does not exist.
    ///
    /// # Errors
    /// If the folder cannot be made, or is none.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let exists = |it: &&Path| it.as_os_str().is_empty() || it.symlink_metadata().is_ok();
        let made = folder.ancestors().take_while(|it| !exists(it)).last().map(Path::to_owned);
        fs::create_dir_all(folder).map_err(|error| in_file("cannot make", folder, &error))?;
        let folder = folder.to_owned();
        Ok(Staging { folder, made, open: BTreeMap::new(), complete: BTreeMap::new() })
    }

    /// Puts every file in its place and gives the paths, in order.
    ///
    /// # Errors
    /// If a file cannot be written to the disk or renamed. A file is its old or its new self as a whole
    /// in any case.
    pub fn commit(mut self) -> io::Result<Vec<PathBuf>> {
        for (name, file) in std::mem::take(&mut self.open) {
            let path = self.folder.join(&name);
            let file = file
                .into_inner()
                .map_err(|error| in_file("cannot write", &path, &error.into_error()))?;
            self.complete.insert(name, file);
        }
        for (name, file) in &self.complete {
            let path = self.folder.join(name);
            if path.is_dir() {
                let cause = io::Error::from(io::ErrorKind::IsADirectory);
                return Err(in_file("cannot write", &path, &cause));
            }
            file.as_file().sync_all().map_err(|error| in_file("cannot write", &path, &error))?;
        }
        let mut paths = Vec::new();
        for (name, file) in std::mem::take(&mut self.complete) {
            let path = self.folder.join(name);
            file.persist(&path).map_err(|error| in_file("cannot write", &path, &error.error))?;
            paths.push(path);
        }
        self.made = None;
        sync_folder(&self.folder)?;
        Ok(paths)
    }

    fn temporary(&self, name: &str) -> io::Result<NamedTempFile> {
        let path = self.folder.join(name);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|error| in_file("cannot make", folder, &error))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".officedir-").suffix(".tmp");
        // The default of 0600 would keep others from reading the output; the umask still applies.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(folder).map_err(|error| in_file("cannot write into", folder, &error))
    }
}

impl Storage for Staging {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if !self.open.contains_key(name) {
            let file = BufWriter::with_capacity(BUFFER, self.temporary(name)?);
            self.open.insert(name.to_owned(), file);
        }
        self.open
            .get_mut(name)
            .map_or_else(|| Err(io::ErrorKind::NotFound.into()), |file| Ok(file as _))
    }

    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.temporary(name)?;
        file.write_all(bytes)
            .map_err(|error| in_file("cannot write", &self.folder.join(name), &error))?;
        self.complete.insert(name.to_owned(), file);
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.open.clear();
        self.complete.clear();
        // Only an empty folder goes; whatever somebody else has put there stays.
        let mut folder = self.made.is_some().then_some(self.folder.as_path());
        while let Some(path) = folder {
            if fs::remove_dir(path).is_err() || Some(path) == self.made.as_deref() {
                return;
            }
            folder = path.parent();
        }
    }
}

/// Makes a rename last through a power failure; Windows has no such call.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder_file = File::open(folder);
        folder_file
            .and_then(|file| file.sync_all())
            .map_err(|error| in_file("cannot write", folder, &error))?;
    }
    Ok(())
}

fn in_file(what: &str, path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{what} {}: {error}", path.display()))
}

/// One file on standard output, or any other stream.
pub struct Stream<'a> {
    name: Option<String>,
    out: &'a mut dyn Write,
}

impl<'a> Stream<'a> {
    /// Writes to that stream.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Stream { name: None, out }
    }
}

impl Storage for Stream<'_> {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        let first = self.name.get_or_insert_with(|| name.to_owned());
        if first == name {
            Ok(self.out)
        } else {
            let message = format!("{first} and {name} cannot both go to standard output");
            Err(io::Error::new(io::ErrorKind::InvalidInput, message))
        }
    }
}

/// A comparison of what an export gives with what a folder has. Nothing is written.
#[derive(Debug)]
pub struct Comparison {
    folder: PathBuf,
    files: BTreeMap<String, Compared>,
}

#[derive(Debug)]
struct Compared {
    existing: Option<BufReader<File>>,
    same: bool,
}

impl Comparison {
    /// Compares with that folder.
    pub fn new(folder: &Path) -> Self {
        Comparison { folder: folder.to_owned(), files: BTreeMap::new() }
    }

    /// The files that are missing or differ, in order.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn stale(self) -> io::Result<Vec<PathBuf>> {
        let mut stale = Vec::new();
        for (name, mut compared) in self.files {
            if !compared.same || !compared.at_end()? {
                stale.push(self.folder.join(name));
            }
        }
        Ok(stale)
    }
}

impl Storage for Comparison {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if !self.files.contains_key(name) {
            let path = self.folder.join(name);
            let existing = match File::open(&path) {
                Ok(file) => Some(BufReader::with_capacity(BUFFER, file)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(in_file("cannot read", &path, &error)),
            };
            let same = existing.is_some();
            self.files.insert(name.to_owned(), Compared { existing, same });
        }
        self.files
            .get_mut(name)
            .map_or_else(|| Err(io::ErrorKind::NotFound.into()), |file| Ok(file as _))
    }
}

impl Compared {
    fn at_end(&mut self) -> io::Result<bool> {
        self.existing.as_mut().map_or(Ok(false), |file| Ok(file.read(&mut [0])? == 0))
    }
}

impl Write for Compared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(existing) = self.existing.as_mut().filter(|_| self.same) {
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
