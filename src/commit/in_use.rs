//! Files that another program has open: Windows replaces and removes none of those, other systems do.

use std::fs::Metadata;
use std::io;
use std::path::Path;

/// Fails where the file that is there cannot be replaced or removed, so that this is known before anything was
/// changed. A spreadsheet program keeps the files that it shows open.
#[cfg(windows)]
pub(super) fn check_replaceable(path: &Path, old: &Metadata) -> io::Result<()> {
    use std::os::windows::fs::OpenOptionsExt;
    const DELETE: u32 = 0x0001_0000;
    if old.permissions().readonly() {
        return Err(io::Error::other("it is read-only; take that attribute away"));
    }
    // The right to delete is what a rename over the file asks for.
    std::fs::File::options().access_mode(DELETE).open(path).map(drop).map_err(explain)
}

/// Nothing is in the way: an open file keeps its content there when its name goes to another.
#[cfg(not(windows))]
pub(super) fn check_replaceable(_path: &Path, _old: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Renames, and on Windows tries again for a second: programs that look for viruses or index files open every new
/// one for a moment.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let mut attempts = if cfg!(windows) { 20 } else { 0 };
    loop {
        match std::fs::rename(from, to) {
            // Refused access (5) is what some versions of Windows call it.
            Err(error)
                if attempts > 0
                    && (is_open_elsewhere(&error)
                        || error.kind() == io::ErrorKind::PermissionDenied) =>
            {
                attempts -= 1;
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            renamed => return renamed.map_err(explain),
        }
    }
}

/// Adds what to do where another program has the file open.
pub(super) fn explain(error: io::Error) -> io::Error {
    match error.kind() {
        _ if is_open_elsewhere(&error) => {
            io::Error::new(error.kind(), "another program has it open; close the file there")
        }
        // What it is called where that program would let others remove the file.
        io::ErrorKind::PermissionDenied if cfg!(windows) => {
            let message = format!("{error}; if another program has it open, close the file there");
            io::Error::new(error.kind(), message)
        }
        _ => error,
    }
}

/// Whether the system refused because somebody has the file open (Windows: ERROR_SHARING_VIOLATION,
/// ERROR_LOCK_VIOLATION).
pub(super) fn is_open_elsewhere(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}
