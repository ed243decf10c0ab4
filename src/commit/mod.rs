//! How output gets to its place: staged in a folder and renamed when all is well, streamed to standard
//! output, or compared with what is there.
//!
//! [`Staging`] is what makes an export all or nothing: whatever happens to a run, every file is its old or
//! its new self as a whole. `tests/fault` kills runs at 200 moments and looks at every file.

mod comparison;
mod in_use;
mod lock;
mod manifest;
mod place;
mod single;
mod staging;
mod stream;
mod syncing;
mod temporary;

pub use comparison::{FolderComparison, FolderDifference};
pub(crate) use manifest::HashingWriter;
pub use manifest::{Manifest, ManifestEntry};
pub use single::{Destination, create};
pub use staging::{CommitSummary, Staging};
pub use stream::StreamStorage;

use std::io;
use std::path::Path;

/// Size of the buffer in front of every open file, in bytes: whole pages.
const BUFFER: usize = 128 * 1024;

/// The error with the file that it is about, and its kind kept.
fn in_file(what: &str, path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{what} {}: {error}", path.display()))
}
