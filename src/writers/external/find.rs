//! Where the program of a writer is.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// How the names of programs end. Windows has more of them, but only these run without another program.
#[cfg(windows)]
const ENDINGS: [&str; 3] = [".exe", ".cmd", ".bat"];
#[cfg(not(windows))]
const ENDINGS: [&str; 1] = [""];

/// The program `officedir-writer-NAME` on PATH. Entries that are empty or relative are skipped: what
/// runs must not depend on the folder that one happens to be in.
pub(super) fn find(name: &str) -> Result<PathBuf, Error> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    // The name becomes a part of a file name, which must not lead into another folder.
    if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
        let message = format!("\"{name}\" is not the name of an external writer");
        let help = "use lowercase letters, digits, \"-\" and \"_\", 64 at most";
        return Err(Error::new(message).with_help(help));
    }
    let files = ENDINGS.map(|ending| format!("officedir-writer-{name}{ending}"));
    let path = search_path();
    // Folder by folder, as the system looks for programs.
    let found = std::env::split_paths(&path)
        .flat_map(|folder| files.iter().map(move |file| folder.join(file)).collect::<Vec<_>>());
    // All of that name, so that one that cannot be executed is told apart from none.
    let mut found: Vec<PathBuf> = found.filter(|path| path.is_file()).collect();
    match found.iter().position(|path| is_executable(path)) {
        Some(at) => Ok(found.swap_remove(at)),
        None => Err(missing(name, &files.join(" or "), found.first())),
    }
}

/// Why there is no such program, and what to do.
fn missing(name: &str, file: &str, inert: Option<&PathBuf>) -> Error {
    let (message, help) = match inert {
        Some(path) => (
            format!("ext:{name}: {} is not executable", path.display()),
            format!("chmod +x {}", path.display()),
        ),
        None => (
            format!("ext:{name}: there is no {file} on PATH"),
            format!(
                "put it there, or name it in officedir.toml: [[writer]] name = \"{name}\", program = \"…\""
            ),
        ),
    };
    Error::new(message).with_help(help)
}

/// PATH without the entries that are empty or relative.
pub(super) fn search_path() -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let absolute = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
    // They came out of one variable and so fit into one.
    std::env::join_paths(absolute).unwrap_or_default()
}

/// Whether it is a file that somebody may execute.
#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

/// Whether it is a file: other systems have no bits to ask for.
#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}
