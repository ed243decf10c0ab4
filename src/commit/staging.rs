//! Output that is staged in a folder and renamed when all is well.
//!
//! The order of a commit is what makes it safe, and `ARCHITECTURE.md` lists it. Bringing files to the disk
//! while they grow is done in `syncing`. Names are checked before they come here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Builder;

use tempfile::TempDir;

use super::in_use::{check_replaceable, rename};
use super::lock::lock;
use super::manifest::HashingWriter;
use super::place::{are_alike, look, take_after};
use super::syncing::{DiskSyncer, SyncedFile};
use super::{Manifest, ManifestEntry, in_file, temporary};
use crate::pipeline::StartedWork;
use crate::storage::{Inputs, MANIFEST, Storage, are_same, check_path, interruption};

/// Bytes from which it takes noticeable time to free a file.
const LARGE: u64 = 1 << 22;
/// How many files are synced or freed at once.
const AT_ONCE: usize = 16;

/// Files that are staged beside their places. Nothing that was there before changes until
/// [`Staging::commit`]; dropping the staging leaves the folder as it was.
///
/// # Example
///
/// ```
/// use officedir::commit::Staging;
/// use officedir::storage::{Inputs, Storage};
///
/// let folder = tempfile::tempdir()?;
/// let out = folder.path().join("out");
/// let mut staging = Staging::new(&out, Default::default())?;
/// staging.whole("a.txt", b"text")?;
/// assert!(!out.join("a.txt").exists(), "it is staged");
/// let committed = staging.commit(false, &Inputs::default())?;
/// assert_eq!(committed.written, [out.join("a.txt")]);
/// assert_eq!(std::fs::read(out.join("a.txt"))?, b"text");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Staging {
    /// The output folder.
    folder: PathBuf,
    /// Where the files are until the commit: within the folder, so that a rename is all it takes.
    stage: TempDir,
    /// The outermost folder that had to be made, and goes again if nothing comes of it.
    made: Option<PathBuf>,
    /// Files that are being written, by name.
    open: BTreeMap<String, HashingWriter<SyncedFile>>,
    /// Files that are complete, each with what the manifest will say of it.
    written: BTreeMap<String, ManifestEntry>,
    /// Once there is a file.
    syncer: Option<DiskSyncer>,
    /// Keeps a second export out of the folder while this one lives.
    lock: Option<File>,
    /// Set from outside; every write looks at it.
    interrupted: Arc<AtomicBool>,
}

/// What a commit did, each by path and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommitSummary {
    /// Files that were written.
    pub written: Vec<PathBuf>,
    /// Their bytes together.
    pub bytes: u64,
    /// Files of earlier exports that were removed.
    pub removed: Vec<PathBuf>,
    /// Files of earlier exports that were to be removed and were kept, because they have changed since.
    pub kept: Vec<PathBuf>,
}

impl Staging {
    /// Stages for a folder, which is made if it does not exist. Once `interrupted` is set, every write
    /// fails, and so does the commit until it begins to rename: from there on it is finished.
    ///
    /// The folder is locked until the staging is committed or dropped, and what a killed run has left in it
    /// is removed.
    ///
    /// # Errors
    /// If the folder cannot be made or is none, or another export is at work in it.
    pub fn new(folder: &Path, interrupted: Arc<AtomicBool>) -> io::Result<Self> {
        // Looked for before anything is made, to know what to take away again if nothing comes of it.
        // A broken link counts as existing.
        let exists = |it: &&Path| it.as_os_str().is_empty() || it.symlink_metadata().is_ok();
        let made = folder.ancestors().take_while(|it| !exists(it)).last().map(Path::to_owned);
        make_folder(folder)?;
        // The lock before the sweep, which would take away the stage of an export that is at work.
        let lock = lock(folder)?;
        temporary::sweep_folders(folder)?;
        temporary::sweep_files(folder);
        let stage = temporary::folder_in(folder)
            .map_err(|error| in_file("cannot write into", folder, &error))?;
        Ok(Staging {
            folder: folder.to_owned(),
            stage,
            made,
            open: BTreeMap::new(),
            written: BTreeMap::new(),
            syncer: None,
            lock: Some(lock),
            interrupted,
        })
    }

    /// What takes away all that was staged, for whoever ends the program while an export is at work.
    pub fn cleaner(&self) -> impl FnOnce() + Send + 'static {
        let (stage, folder, made) =
            (self.stage.path().to_owned(), self.folder.clone(), self.made.clone());
        move || clean(&stage, &folder, made.as_deref())
    }

    /// Puts every file in its place, the manifest last. With `prune`, files that an earlier export has
    /// written and this one has not are removed, unless they were changed since.
    ///
    /// # Errors
    /// If a file would take the place of one of the `inputs` or of something that is not a file, or cannot
    /// be written to the disk, renamed or removed. Every file is its old or its new self as a whole in any
    /// case.
    pub fn commit(mut self, prune: bool, inputs: &Inputs) -> io::Result<CommitSummary> {
        for name in self.open.keys().cloned().collect::<Vec<_>>() {
            self.close(&name)?;
        }
        let mut committed = CommitSummary::default();
        // Everything that can fail without having changed anything comes before the first rename.
        let mut manifest = Manifest::read(&self.folder)?;
        let outdated = match prune {
            true => self.outdated(&mut manifest, &mut committed, inputs)?,
            false => Vec::new(),
        };
        committed.bytes = self.written.values().map(|entry| entry.size).sum();
        manifest.files.extend(self.written.clone());
        self.whole(MANIFEST, &manifest.to_bytes())?;
        self.check_places(inputs)?;
        self.sync()?;
        // The last moment at which everything can be taken back.
        self.uninterrupted()?;
        self.make_folders()?;
        // Opened before the renames: what has a handle is not freed within them.
        let replaced = self.replaced();
        // In the order of the names, so that two killed runs leave the same behind.
        for name in self.written.keys().filter(|name| *name != MANIFEST) {
            committed.written.push(self.put(name)?);
        }
        // The disk space of a file is freed with its last handle, which takes 15 ms for 50 MB: of several at
        // once, while the rest is done. A thread that cannot be started drops its file at once.
        let free = |file| Builder::new().spawn(move || drop(file)).ok();
        let freed: Vec<_> = replaced.into_iter().filter_map(free).collect();
        for path in outdated {
            self.remove(&path)?;
            committed.removed.push(path);
        }
        // Last: until then the old manifest says that the new files are stale, which is true.
        self.put(MANIFEST)?;
        sync_folder(&self.folder)?;
        for thread in freed {
            let _ = thread.join();
        }
        // The folder is somebody's now and is not taken away when this is dropped.
        self.made = None;
        Ok(committed)
    }

    /// The large files that are to be replaced; a few, because each keeps a handle.
    fn replaced(&self) -> Vec<File> {
        // Windows replaces no file that is open.
        let is_large = |file: &File| cfg!(unix) && file.metadata().is_ok_and(|it| it.len() > LARGE);
        let files = self.written.keys().filter_map(|name| File::open(self.folder.join(name)).ok());
        files.filter(is_large).take(AT_ONCE).collect()
    }

    /// A file can take a file's place, and nothing else's; it keeps that one's permissions.
    fn check_places(&self, inputs: &Inputs) -> io::Result<()> {
        // Stands for all staged files, which have the same owner and permissions.
        let new = self.stage.path().join(MANIFEST).metadata()?;
        for name in self.written.keys() {
            let Some(old) = look(&self.folder, name)? else { continue };
            let path = self.folder.join(name);
            let mut ready =
                inputs.refuse_existing(&path, &old).and_then(|()| check_replaceable(&path, &old));
            if ready.is_ok() && !are_alike(&new, &old) {
                ready = File::open(self.stage.path().join(name))
                    .and_then(|file| take_after(&file, &old));
            }
            ready.map_err(|error| in_file("cannot write", &path, &error))?;
        }
        Ok(())
    }

    /// Makes the folders that files go into.
    fn make_folders(&self) -> io::Result<()> {
        let folders = self.written.keys().filter_map(|name| Some(name.rsplit_once('/')?.0));
        let folders: BTreeSet<&str> = folders.collect();
        folders.into_iter().map(|it| self.folder.join(it)).try_for_each(|it| make_folder(&it))
    }

    /// Brings the staged files to the disk before any of them takes its place, several at once.
    fn sync(&mut self) -> io::Result<()> {
        let written = |error| in_file("cannot write", &self.folder, &error);
        let syncer = self.syncer.take();
        let finish = || syncer.map_or(Ok(()), DiskSyncer::finish).map_err(written);
        // Many small files reach the disk in one go, where the system can do that.
        #[cfg(target_os = "linux")]
        // One sync of the file system takes as long as some dozens of single ones. It syncs files of
        // others too, which is why it is not done for a few.
        if self.written.len() > 64 {
            let stage = File::open(self.stage.path()).map_err(written)?;
            rustix::fs::syncfs(&stage).map_err(|error| written(error.into()))?;
            return finish();
        }
        let names: Vec<&String> = self.written.keys().collect();
        // Windows syncs only what is open for writing. Elsewhere a file may not be open for that any more.
        let mut options = File::options();
        options.read(true).write(cfg!(windows));
        let sync = |name: &&String| options.open(self.stage.path().join(name))?.sync_all();
        let synced = std::thread::scope(|scope| {
            // Disks take several requests at once: 16 files one after the other take as long as 16
            // rounds.
            let shares = names.chunks(names.len().div_ceil(AT_ONCE).max(1));
            let begun: Vec<_> = shares
                .map(|names| StartedWork::new(scope, move || names.iter().try_for_each(sync)))
                .collect();
            begun.into_iter().try_for_each(StartedWork::finish)
        });
        synced.map_err(written).and(finish())
    }

    /// Moves a staged file to its place, over what is there.
    fn put(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.folder.join(name);
        rename(&self.stage.path().join(name), &path)
            .map_err(|error| in_file("cannot write", &path, &error))?;
        Ok(path)
    }

    /// Takes the files out of the manifest that are not written any more, and gives those that are still
    /// there and have not changed since.
    fn outdated(
        &self,
        manifest: &mut Manifest,
        committed: &mut CommitSummary,
        inputs: &Inputs,
    ) -> io::Result<Vec<PathBuf>> {
        let mut outdated = Vec::new();
        let mut names: Vec<String> = manifest.files.keys().cloned().collect();
        names.retain(|name| !self.written.contains_key(name));
        let spelled = self.written.keys().map(|name| (name.to_ascii_lowercase(), name.as_str()));
        let spelled: BTreeMap<String, &str> = spelled.collect();
        for name in names {
            if let Some(there) = look(&self.folder, &name)? {
                let path = self.folder.join(&name);
                let refuse = |error| in_file("cannot remove", &path, &error);
                inputs.refuse_existing(&path, &there).map_err(refuse)?;
                check_replaceable(&path, &there).map_err(refuse)?;
                let entry =
                    entry_of(&path).map_err(|error| in_file("cannot read", &path, &error))?;
                // What was changed keeps its entry in the manifest, so that a later `--prune` looks at it again.
                if manifest.files.get(&name) != Some(&entry) {
                    committed.kept.push(path);
                    continue;
                }
                let written = spelled.get(&name.to_ascii_lowercase());
                // Where letter case does not tell files apart, it is the file that is being written.
                if !written.is_some_and(|it| are_same(&path, &self.folder.join(it))) {
                    outdated.push(path);
                }
            }
            manifest.files.remove(&name);
        }
        Ok(outdated)
    }

    /// Removes a file of an earlier export, and its folder if that is empty then.
    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path).map_err(|error| in_file("cannot remove", path, &error))?;
        // The folder of a file goes with its last file.
        // Fails where something is left in it, which is right.
        let _ = path.parent().filter(|it| *it != self.folder).map(fs::remove_dir);
        Ok(())
    }

    /// An error once an interrupt has come. Asked with every write, so a long export ends soon.
    fn uninterrupted(&self) -> io::Result<()> {
        if self.interrupted.load(Ordering::Relaxed) {
            return Err(interruption());
        }
        Ok(())
    }
}

impl Storage for Staging {
    fn check_interrupted(&self) -> io::Result<()> {
        self.uninterrupted()
    }

    fn stop(&self) -> Option<Arc<AtomicBool>> {
        Some(Arc::clone(&self.interrupted))
    }

    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        self.uninterrupted()?;
        if !self.open.contains_key(name) {
            if name != MANIFEST {
                check_path(name)
                    .map_err(|why| io::Error::new(io::ErrorKind::InvalidFilename, why))?;
            }
            let path = self.stage.path().join(name);
            if self.written.contains_key(name) {
                let message = format!("two outputs have the name {name}");
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
            }
            path.parent().map_or(Ok(()), make_folder)?;
            let file =
                // `create_new`, because two names may be one file where letter case does not tell files apart.
                File::create_new(&path).map_err(|error| in_file("cannot write", &path, &error))?;
            let syncer = self.syncer.get_or_insert_with(DiskSyncer::new);
            let file = HashingWriter::new(syncer.file(file, Arc::clone(&self.interrupted)));
            self.open.insert(name.to_owned(), file);
        }
        self.open
            .get_mut(name)
            .map_or_else(|| Err(io::ErrorKind::NotFound.into()), |file| Ok(file as _))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        let Some(mut file) = self.open.remove(name) else { return Ok(()) };
        file.flush().map_err(|error| in_file("cannot write", &self.folder.join(name), &error))?;
        self.written.insert(name.to_owned(), file.entry());
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Before the stage is removed, so that no file in it is open any more.
        self.open.clear();
        // Where the folder was there before, the stage goes with its `TempDir`.
        if let Some(made) = &self.made {
            // On Windows it is a file in the folder.
            self.lock.take_if(|_| cfg!(windows));
            clean(self.stage.path(), &self.folder, Some(made));
        }
    }
}

/// Removes the stage, and the folders that were made for it from the outermost one on.
fn clean(stage: &Path, folder: &Path, made: Option<&Path>) {
    let _ = fs::remove_dir_all(stage);
    let Some(made) = made else { return };
    // Only empty folders go; whatever somebody else has put there stays.
    for folder in folder.ancestors().take_while(|it| it.starts_with(made)) {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// What the manifest would say of a file that is there.
fn entry_of(path: &Path) -> io::Result<ManifestEntry> {
    let mut hashed = HashingWriter::new(io::sink());
    io::copy(&mut File::open(path)?, &mut hashed)?;
    Ok(hashed.entry())
}

/// Makes a folder and those that it is in.
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder).map_err(|error| in_file("cannot create", folder, &error))
}

/// Makes renames last through a power failure; Windows has no such call.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|file| file.sync_all());
        synced.map_err(|error| in_file("cannot write", folder, &error))?;
    }
    Ok(())
}
