//! What a command reads, so that no output takes its place.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The files that a command reads. They are known by what they are and not by their names: a link to a
/// file, or a second name of it, is the same file. Clones share what they know.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// What each file is, with the first path that led to it.
    files: Arc<Mutex<BTreeMap<FileIdentity, PathBuf>>>,
}

/// What a file is, whatever it is called.
#[cfg(unix)]
type FileIdentity = (u64, u64);
/// The standard library does not tell the number of a file here; its full path finds links at least.
#[cfg(not(unix))]
type FileIdentity = PathBuf;

impl Inputs {
    /// Takes the file in. One that does not exist, and what is not a regular file, cannot be overwritten.
    pub fn add(&self, path: &Path) {
        if let Some(identity) = path.metadata().ok().and_then(|data| identity(path, &data)) {
            self.insert(identity, path);
        }
    }

    /// Takes in the file that standard input comes from, if it is one.
    pub fn add_standard_input(&self) {
        #[cfg(unix)]
        if let Some(identity) = stream(&io::stdin()) {
            self.insert(identity, Path::new("on standard input"));
        }
    }

    /// Takes in what others know.
    pub fn extend(&self, other: &Inputs) {
        // A copy, because the other may share what this one knows.
        let others = other.files.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.files.lock().unwrap_or_else(PoisonError::into_inner).extend(others);
    }

    /// Refuses an output that is one of the files; a path where nothing is, is none of them.
    ///
    /// # Errors
    /// Names the input that it is.
    pub fn refuse(&self, output: &Path) -> io::Result<()> {
        output.metadata().map_or(Ok(()), |data| self.refuse_existing(output, &data))
    }

    /// The same for an output that is there, and known not to be a link.
    pub(crate) fn refuse_existing(&self, output: &Path, data: &Metadata) -> io::Result<()> {
        let Some(input) = identity(output, data).and_then(|it| self.input(&it)) else {
            return Ok(());
        };
        Err(io::Error::other(format!(
            "it is the input {}, which would be lost; write to another file or folder",
            input.display()
        )))
    }

    /// Refuses standard output if it goes into one of the files.
    ///
    /// # Errors
    /// Names the input that it is.
    pub fn refuse_standard_output(&self) -> io::Result<()> {
        #[cfg(unix)]
        if let Some(input) = stream(&io::stdout()).and_then(|it| self.input(&it)) {
            let input = input.display();
            return Err(io::Error::other(format!(
                "cannot write to standard output: it goes into the input {input}; redirect it into \
                 another file"
            )));
        }
        Ok(())
    }

    /// Takes a file in, by the first path that leads to it.
    fn insert(&self, identity: FileIdentity, path: &Path) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.entry(identity).or_insert_with(|| path.to_owned());
    }

    /// The path of the input that a file is, if it is one.
    fn input(&self, identity: &FileIdentity) -> Option<PathBuf> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).get(identity).cloned()
    }
}

/// Device and number of a regular file; `None` for anything else.
#[cfg(unix)]
pub(crate) fn identity(_path: &Path, data: &Metadata) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt;
    data.is_file().then(|| (data.dev(), data.ino()))
}

/// The full path of a regular file; `None` for anything else.
#[cfg(not(unix))]
pub(crate) fn identity(path: &Path, data: &Metadata) -> Option<FileIdentity> {
    data.is_file().then(|| path.canonicalize().ok()).flatten()
}

/// Whether two paths, neither of them a link, lead to one file.
pub(crate) fn are_same(one: &Path, other: &Path) -> bool {
    let of = |path: &Path| identity(path, &path.symlink_metadata().ok()?);
    of(one).is_some_and(|it| of(other) == Some(it))
}

/// The file that a stream comes from or goes to, if it is one.
#[cfg(unix)]
fn stream(stream: &impl std::os::fd::AsFd) -> Option<FileIdentity> {
    // With a handle of its own, because a `File` closes its handle in the end.
    let file = std::fs::File::from(stream.as_fd().try_clone_to_owned().ok()?);
    identity(Path::new(""), &file.metadata().ok()?)
}
