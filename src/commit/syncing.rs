//! Files on their way to the disk while more is written into them.
//!
//! A commit has to wait until its files are on the disk. Started only then, that takes 0.1 s for 200 MB, in
//! which no core has anything to do. So one thread syncs each file again and again while it grows,
//! and the sync before the commit finds little left.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, JoinHandle};

use super::BUFFER;
use crate::pipeline::joined;
use crate::storage::interruption;

/// Bytes of a file after which they are brought to the disk. Without that, all of it is waited for at the
/// end: 0.1 s for 200 MB, while no core has anything to do.
const STEP: usize = 1 << 23;

/// Brings files to the disk in the background.
#[derive(Debug)]
pub(super) struct DiskSyncer {
    /// The way to the thread, which ends when all senders are gone.
    files: Sender<File>,
    /// None where no thread can be started: then the sync before the commit does it all.
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl DiskSyncer {
    /// Starts the thread.
    pub fn new() -> DiskSyncer {
        // Unbounded, but there is one message for each 8 MB, and each is a handle only.
        let (files, given) = channel::<File>();
        // The first failure is kept: the system reports it once.
        let sync = move || given.iter().map(|file| file.sync_data()).fold(Ok(()), Result::and);
        DiskSyncer { files, thread: Builder::new().spawn(sync).ok() }
    }

    /// A file that goes to the disk as it grows. Once `interrupted` is set, every write fails.
    pub fn file(&self, file: File, interrupted: Arc<AtomicBool>) -> SyncedFile {
        let file = BufWriter::with_capacity(BUFFER, file);
        SyncedFile { file, ahead: 0, files: self.files.clone(), interrupted }
    }

    /// Waits until nothing is on its way any more; there must be no [`SyncedFile`] left.
    ///
    /// # Errors
    /// What did not reach the disk.
    pub fn finish(self) -> io::Result<()> {
        // Our own sender goes first: the thread waits for more as long as there is one.
        drop(self.files);
        self.thread.map_or(Ok(()), |thread| joined(thread.join()))
    }
}

/// See [`DiskSyncer::file`].
#[derive(Debug)]
pub(super) struct SyncedFile {
    /// Buffered by [`BUFFER`] bytes.
    file: BufWriter<File>,
    /// Bytes that were written since the file was last on its way to the disk.
    ahead: usize,
    /// Where a handle goes to be synced.
    files: Sender<File>,
    /// Looked at before every write.
    interrupted: Arc<AtomicBool>,
}

impl Write for SyncedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.interrupted.load(Ordering::Relaxed) {
            return Err(interruption());
        }
        // No more than fills the buffer: the system takes whole pages in half the time.
        let room = match self.file.capacity() - self.file.buffer().len() {
            0 => BUFFER,
            room => room,
        };
        // A `BufWriter` would hand a long buffer on as it is, at an offset that is no multiple of a
        // page.
        let written = self.file.write(&bytes[..bytes.len().min(room)])?;
        self.ahead += written;
        if self.ahead >= STEP {
            self.ahead = 0;
            // Where nobody takes it, the sync before the commit does it all.
            let _ = self.file.get_ref().try_clone().map(|file| self.files.send(file));
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
