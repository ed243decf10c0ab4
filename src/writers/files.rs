//! The files of one target, as its writer gets at them.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::piece::{LossSeverity, OutputProblem};
use crate::storage::{Storage, check_name};

/// The files of one target, as its writer gets at them: by name, and never by path.
///
/// Most writers have one file, [`TargetFiles::main`]. Others are written [as a whole](TargetFiles::whole), or
/// [in parts](TargetFiles::open). Names come from ids or from programs, so each is checked for every file system,
/// and two targets never get the same one. Nothing is where people see it before the export is committed.
pub struct TargetFiles<'a> {
    /// Name of the target's own file.
    main: &'a str,
    /// Where the files come to be.
    storage: &'a mut dyn Storage,
    /// What the ordered half has reported so far.
    problems: Vec<OutputProblem>,
}

impl<'a> TargetFiles<'a> {
    /// The files of the target whose own file is called `main`.
    pub fn new(main: &'a str, storage: &'a mut dyn Storage) -> Self {
        TargetFiles { main, storage, problems: Vec::new() }
    }

    /// The name of the target's own file, from which names of files beside it are made.
    pub fn name(&self) -> &'a str {
        self.main
    }

    /// The target's own file.
    ///
    /// # Errors
    /// If it cannot be begun.
    pub fn main(&mut self) -> io::Result<&mut dyn Write> {
        // This name was checked when the target was made.
        self.storage.open(self.main)
    }

    /// Another file, as a whole, by a name such as `offices/japan-office.vcf`.
    ///
    /// # Errors
    /// If the name could lead out of the target's folder or is no name on some file system, or the file
    /// cannot be written.
    pub fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.open(name)?.write_all(bytes)?;
        self.close(name)
    }

    /// A file that describes the target's own, in the same folder. It is left out where there is a single
    /// file only.
    ///
    /// # Errors
    /// As [`TargetFiles::whole`].
    pub fn beside(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        // On standard output a description would end up in the table.
        if self.storage.is_single() {
            return Ok(());
        }
        let folder = self.main.rfind('/').map_or("", |end| &self.main[..=end]);
        // Not by `whole` of this type, which refuses the name of the description so that no writer takes it.
        self.storage.whole(&format!("{folder}{name}"), bytes)
    }

    /// Another file, to be written in parts until [`TargetFiles::close`]. Every call with its name gives the
    /// same file.
    ///
    /// # Errors
    /// As [`TargetFiles::whole`], or if the name is taken by another target or was closed.
    pub fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        // Names may come from programs and templates; the kind of the error tells who is to blame.
        check_name(name).map_err(|why| io::Error::new(io::ErrorKind::InvalidFilename, why))?;
        self.storage.open(name)
    }

    /// Ends a file of [`TargetFiles::open`]; its name cannot be opened again. Files that are left open are
    /// ended with the export.
    ///
    /// # Errors
    /// If what is left of it cannot be written.
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.storage.close(name)
    }

    /// Whether to go on; to be asked now and then by who waits.
    ///
    /// # Errors
    /// If the export was interrupted.
    pub fn check_interrupted(&self) -> io::Result<()> {
        self.storage.check_interrupted()
    }

    /// A buffer that takes no more once the export was interrupted.
    pub(crate) fn buffer(&self) -> FileBuffer {
        FileBuffer { bytes: Vec::new(), stop: self.storage.stop() }
    }

    /// Reports what the ordered half has found; `office` is an id, or empty for what is not about one.
    pub fn report(
        &mut self,
        weight: LossSeverity,
        office: impl Into<String>,
        pointer: impl Into<String>,
        why: impl Into<String>,
    ) {
        let (office, pointer, why) = (office.into(), pointer.into(), why.into());
        self.problems.push(OutputProblem { weight, office, pointer, why });
    }

    /// What was reported.
    pub(crate) fn into_problems(self) -> Vec<OutputProblem> {
        self.problems
    }
}

/// See [`TargetFiles::buffer`].
pub(crate) struct FileBuffer {
    /// What was written so far.
    bytes: Vec<u8>,
    /// Set once the export was interrupted; `None` where nothing can interrupt it.
    stop: Option<Arc<AtomicBool>>,
}

impl FileBuffer {
    /// Everything that was written.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Write for FileBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &self.stop {
            // An error is the only way to stop a library that writes a whole file in one call.
            Some(stop) if stop.load(Ordering::Relaxed) => Err(crate::storage::interruption()),
            _ => self.bytes.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
