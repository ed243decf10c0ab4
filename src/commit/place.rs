//! The places of files within an output folder, which may come from anybody, as its manifest may.

use std::fs::{File, FileType, Metadata};
use std::io;
use std::path::Path;

use crate::storage::{MANIFEST, check_path};

/// What is in the place of that name in the folder: a regular file, or nothing. No link below the folder
/// is followed, so that nothing outside is read, written or removed, and nothing is opened, because the
/// opening of a pipe waits.
///
/// # Errors
/// A name that could lead out of the folder, or something else than a file in its place or a folder on
/// the way to it.
pub(super) fn look(folder: &Path, name: &str) -> io::Result<Option<Metadata>> {
    if name != MANIFEST {
        check_path(name).map_err(|why| io::Error::new(io::ErrorKind::InvalidFilename, why))?;
    }
    // Folder by folder: asked for the whole path, the system would follow a link on the way.
    for (end, _) in name.match_indices('/') {
        match existing(&folder.join(&name[..end]))? {
            Some(data) if data.is_dir() => {}
            Some(data) => return Err(in_the_way(&folder.join(&name[..end]), data.file_type())),
            None => return Ok(None),
        }
    }
    let path = folder.join(name);
    match existing(&path)? {
        Some(data) if !data.is_file() => Err(in_the_way(&path, data.file_type())),
        data => Ok(data),
    }
}

/// What is at the path, without following a link.
fn existing(path: &Path) -> io::Result<Option<Metadata>> {
    match path.symlink_metadata() {
        Ok(data) => Ok(Some(data)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(super::in_file("cannot read", path, &error)),
    }
}

/// The failure that something else than a file is where output goes.
fn in_the_way(path: &Path, kind: FileType) -> io::Error {
    let (path, kind) = (path.display(), kind_name(kind));
    io::Error::other(format!("cannot use {path}: {kind} is in the way of the output; remove it"))
}

/// What something is that is not a regular file, for messages.
pub(super) fn kind_name(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a named pipe";
        } else if kind.is_socket() {
            return "a socket";
        } else if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    if kind.is_symlink() {
        "a symbolic link"
    } else if kind.is_dir() {
        "a folder"
    } else {
        "a file"
    }
}

/// Gives a new file the permissions and, where we may, the owner of the file whose place it takes.
///
/// # Errors
/// If the permissions cannot be set.
pub(super) fn take_after(new: &File, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
        let now = new.metadata()?;
        if (now.uid(), now.gid()) != (old.uid(), old.gid()) {
            // Only root may give files away; everybody may give them to a group of their own.
            let _ = fchown(new, Some(old.uid()), Some(old.gid()))
                .or_else(|_| fchown(new, None, Some(old.gid())));
        }
        if !are_alike(&now, old) {
            // Permissions only: new content does not inherit a set-user-id bit.
            new.set_permissions(std::fs::Permissions::from_mode(old.mode() & 0o777))?;
        }
        Ok(())
    }
    #[cfg(not(unix))]
    new.set_permissions(old.permissions())
}

/// Whether two files have the same owner and permissions, so that one needs not take after the other.
pub(super) fn are_alike(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let of = |it: &Metadata| (it.uid(), it.gid(), it.mode() & 0o777);
        of(one) == of(other)
    }
    #[cfg(not(unix))]
    {
        one.permissions() == other.permissions()
    }
}
