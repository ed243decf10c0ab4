//! Files and folders on their way to their places: recognised by their names, so that what a killed run
//! leaves behind is swept by the next one.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile, TempDir};

use super::in_file;
use crate::storage::identity;

/// How names of temporary files begin; the full stop hides them from most listings.
const PREFIX: &str = ".officedir-";
/// How they end.
const SUFFIX: &str = ".tmp";
/// Letters and digits between the two.
const RANDOM: usize = 6;

/// How often a sweep may come between the making of a file and its lock.
const ATTEMPTS: usize = 10;

/// A folder of its own within that one.
pub(super) fn folder_in(folder: &Path) -> io::Result<TempDir> {
    // The library's error names a path that nobody has asked for. That of a file says the same without.
    named().tempdir_in(folder).map_err(|error| file_in(folder).err().unwrap_or(error))
}

/// A new file in the folder, locked as long as it lives, with the permissions of any new file.
pub(super) fn file_in(folder: &Path) -> io::Result<NamedTempFile> {
    // Made by ourselves, and not with the few permissions that the library gives.
    let create = |path: &Path| File::options().read(true).write(true).create_new(true).open(path);
    // Between the making of a file and its lock, another run may take it for one of a killed run: then anew.
    for _ in 0..ATTEMPTS {
        let file = named().make_in(folder, create)?;
        match file.as_file().try_lock() {
            Err(fs::TryLockError::WouldBlock) => {}
            // Where there are no locks, nothing is swept.
            Ok(()) | Err(fs::TryLockError::Error(_)) if is_at(file.as_file(), file.path()) => {
                return Ok(file);
            }
            Ok(()) | Err(fs::TryLockError::Error(_)) => {}
        }
    }
    Err(io::Error::other("another run removes our temporary files"))
}

/// Makes names as [`is_ours`] knows them.
fn named() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    builder
}

/// Removes the files that killed runs have left in the folder: nobody holds the lock of those. What cannot
/// be removed stays, for it is nothing that this run needs.
pub(super) fn sweep_files(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|it| it.is_file());
        if !is_file || !is_ours(&entry.file_name()) {
            continue;
        }
        let path = entry.path();
        // By now the name may lead to another file than the one whose lock is free.
        let dead = |file: &File| file.try_lock().is_ok() && is_at(file, &path);
        // Its lock is held until it is gone: whoever has just made it makes another then.
        if let Ok(file) = File::open(&path)
            && dead(&file)
        {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Removes the folders that killed runs have left in the folder, whose lock the caller holds.
pub(super) fn sweep_folders(folder: &Path) -> io::Result<()> {
    let cannot = |error: io::Error| in_file("cannot read", folder, &error);
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        if is_ours(&entry.file_name()) && entry.file_type().is_ok_and(|it| it.is_dir()) {
            let path = entry.path();
            fs::remove_dir_all(&path).map_err(|error| in_file("cannot remove", &path, &error))?;
        }
    }
    Ok(())
}

/// Whether a name is one of ours: nothing else is ever removed.
fn is_ours(name: &OsStr) -> bool {
    let random = |name: &str| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX).map(str::to_owned);
    name.to_str().and_then(random).is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|it| it.is_ascii_alphanumeric())
    })
}

/// Whether the path still leads to the open file.
fn is_at(file: &File, path: &Path) -> bool {
    let there = path.symlink_metadata().ok().and_then(|data| identity(path, &data));
    let open = file.metadata().ok().and_then(|data| identity(path, &data));
    there.is_some() && there == open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sweeps_what_nobody_holds() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let live = file_in(folder.path())?;
        let left = folder.path().join(".officedir-aB3dE6.tmp");
        let others = [".officedir-notes.tmp", ".officedir-a-b-c-.tmp", ".tmpaB3dE6", "own.tmp"];
        fs::write(&left, "")?;
        others.iter().try_for_each(|name| fs::write(folder.path().join(name), ""))?;
        let dir = folder.path().join(".officedir-folder.tmp");
        fs::create_dir(&dir)?;
        sweep_files(folder.path());
        assert!(!left.exists() && live.path().exists() && dir.exists());
        assert!(others.iter().all(|name| folder.path().join(name).exists()));
        sweep_folders(folder.path())?;
        assert!(!dir.exists() && live.path().exists());
        Ok(())
    }
}
