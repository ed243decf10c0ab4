//! Files that a command writes one by one: reports, sheets, and directory files that are laid out anew.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::NamedTempFile;

use super::in_use::{check_replaceable, explain};
use super::place::{kind_name, take_after};
use super::temporary;
use crate::storage::{Inputs, interruption};

/// How many links may lead to a file, as most systems have it.
const LINKS: usize = 40;

/// Where a file goes that a command writes. Links were followed to their end: they stay what they are.
#[derive(Debug)]
pub struct Destination {
    /// Where the links lead to.
    path: PathBuf,
    /// What is there.
    kind: DestinationKind,
}

#[derive(Debug)]
#[cfg_attr(not(unix), allow(dead_code, reason = "only files are written to"))]
enum DestinationKind {
    /// A regular file, or none yet.
    File(Option<Box<Metadata>>),
    /// A device or a pipe, or something that is open already: it is written to and not replaced.
    Stream,
    /// Our own standard output.
    Stdout,
    /// Our own standard error.
    Stderr,
}

impl Destination {
    /// Where output goes that is written to `path`.
    ///
    /// # Errors
    /// If it is an input, or something that is not written to, such as a folder.
    pub fn new(path: &Path, inputs: &Inputs) -> io::Result<Self> {
        inputs.refuse(path)?;
        let mut path = path.to_owned();
        for _ in 0..LINKS {
            // Before links are read: that of a descriptor need not be a path, as `pipe:[4711]` is none.
            if let Some(kind) = descriptor(&path) {
                return kind.map(|kind| Destination { path, kind });
            }
            match path.symlink_metadata() {
                Ok(data) if data.is_symlink() => {
                    let target = fs::read_link(&path)?;
                    // A relative target counts from the link's folder, and `push` lets an absolute one take the
                    // place of all.
                    path.pop();
                    path.push(target);
                }
                Ok(data) => return kind(&data).map(|kind| Destination { path, kind }),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Ok(Destination { path, kind: DestinationKind::File(None) });
                }
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("too many symbolic links lead to one another"))
    }

    /// Where a directory file goes that was read from `path`.
    ///
    /// # Errors
    /// If it is anything else than a regular file.
    pub fn of_input(path: &Path) -> io::Result<Self> {
        // The input is to be replaced here, so none is refused.
        let destination = Destination::new(path, &Inputs::default())?;
        match destination.kind {
            DestinationKind::File(Some(_)) => Ok(destination),
            _ => Err(io::Error::other("it is not a regular file")),
        }
    }

    /// Whether a file is replaced as a whole, which leaves nothing behind where it is interrupted.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, DestinationKind::File(_))
    }

    /// Writes the file. A regular one is replaced as a whole or not at all, and keeps its permissions; a new
    /// one has those of any new file. Once `interrupted` is set, it is left as it was.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, bytes: &[u8], interrupted: &AtomicBool) -> io::Result<()> {
        match &self.kind {
            DestinationKind::File(old) => {
                let file = staged(&self.path, bytes)?;
                if let Some(old) = old {
                    check_replaceable(&self.path, old)?;
                    take_after(file.as_file(), old)?;
                }
                // On the disk before the rename, or a power failure could leave the name with an empty file.
                file.as_file().sync_all()?;
                // Asked last: from the rename on, nothing can be taken back.
                if interrupted.load(Ordering::Relaxed) {
                    return Err(interruption());
                }
                file.persist(&self.path).map(drop).map_err(|error| explain(error.error))
            }
            // Whoever has it open may have written to it already: that stays in front.
            DestinationKind::Stream => {
                File::options().append(true).open(&self.path)?.write_all(bytes)
            }
            DestinationKind::Stdout => all(io::stdout().lock(), bytes),
            DestinationKind::Stderr => all(io::stderr().lock(), bytes),
        }
    }
}

/// Writes a file that is not there yet.
///
/// # Errors
/// If it is there, or cannot be written; it is not there afterwards then.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = staged(path, bytes)?;
    file.as_file().sync_all()?;
    // A file that has appeared meanwhile is kept.
    file.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// A file with that content beside its place.
fn staged(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    // Beside its place, because a rename does not lead from one file system to another.
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    temporary::sweep_files(folder);
    let mut file = temporary::file_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Writes and flushes, so that a failure is told and not lost with the buffer.
fn all(mut out: impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(bytes)?;
    out.flush()
}

/// What can be done with something that is no link.
fn kind(data: &Metadata) -> io::Result<DestinationKind> {
    if data.is_file() {
        return Ok(DestinationKind::File(Some(Box::new(data.clone()))));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if data.file_type().is_fifo() || data.file_type().is_char_device() {
            return Ok(DestinationKind::Stream);
        }
    }
    let what = kind_name(data.file_type());
    Err(io::Error::other(format!(
        "{what} is there, and only files, pipes and terminals are written to"
    )))
}

/// What the path of an open file descriptor (`/dev/fd/3`, `/proc/self/fd/3`) leads to.
#[cfg(unix)]
fn descriptor(path: &Path) -> Option<io::Result<DestinationKind>> {
    let number: u32 = path.file_name()?.to_str()?.parse().ok()?;
    let folder = path.parent()?.canonicalize().ok()?;
    let is_process = folder.starts_with("/proc") && folder.ends_with("fd");
    if !is_process && folder != Path::new("/dev/fd") {
        return None;
    }
    let data = path.metadata().ok()?;
    // `/proc/PID/fd` may be that of another process, whose 1 and 2 are not our streams.
    let own = |name: &str| Path::new(name).canonicalize().is_ok_and(|it| it == folder);
    let is_own = own("/dev/fd") || own("/proc/self/fd") || own("/proc/thread-self/fd");
    Some(match number {
        // Through the handles that everything else goes through, so that nothing overtakes anything.
        1 if is_own => Ok(DestinationKind::Stdout),
        2 if is_own => Ok(DestinationKind::Stderr),
        _ if data.is_file() => Ok(DestinationKind::Stream),
        _ => kind(&data),
    })
}

#[cfg(not(unix))]
fn descriptor(_path: &Path) -> Option<io::Result<DestinationKind>> {
    None
}
