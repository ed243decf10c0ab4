//! The lock of an output folder, which one export at a time holds.

use std::fs::File;
use std::io;
use std::path::Path;

use super::in_file;

/// Keeps a second export out of the folder as long as the handle is open. The system gives the lock up when the
/// process ends, however it ends.
pub(super) fn lock(folder: &Path) -> io::Result<File> {
    match locked(folder) {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            let message = format!("another export is writing into {}", folder.display());
            Err(io::Error::new(io::ErrorKind::ResourceBusy, message))
        }
        other => other.map_err(|error| in_file("cannot write into", folder, &error)),
    }
}

/// Locks the folder itself, so that no file is left behind for it.
#[cfg(not(windows))]
fn locked(folder: &Path) -> io::Result<File> {
    let file = File::open(folder)?;
    file.try_lock()?;
    Ok(file)
}

/// Makes a file in the folder that nobody else can open, because Windows locks no folders. The system removes it
/// with its handle.
#[cfg(windows)]
fn locked(folder: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    options.share_mode(0).custom_flags(FILE_FLAG_DELETE_ON_CLOSE);
    options.open(folder.join(".officedir.lock")).map_err(|error| {
        match super::in_use::is_open_elsewhere(&error) {
            true => io::ErrorKind::WouldBlock.into(),
            false => error,
        }
    })
}
