//! The manifest of an output folder: which files exports have written, with size and SHA-256.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::in_file;
use super::place::look;
use crate::bounded::{self, read_limited};
use crate::storage::{MANIFEST, check_path};
use crate::strict::named_objects;
use crate::text::hex;

/// The files that exports have put into a folder: what `export --check` and the removal of files that
/// are no longer written go by. It is written last, so that it never claims what is not there yet.
///
/// Exports add to it: one of a single format leaves the entries of the others as they are. It is JSON with
/// the names in order, and anybody may check a file against it with `sha256sum`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
#[non_exhaustive]
pub struct Manifest {
    /// Every file by its name, with `/` between folders.
    #[serde(deserialize_with = "named_objects")]
    pub files: BTreeMap<String, ManifestEntry>,
}

/// What a file was when it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
#[non_exhaustive]
pub struct ManifestEntry {
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Reads the manifest of a folder; without one, no file is known. One that cannot be read is an error and
    /// not overwritten, because pruning by a wrong one would remove the wrong files.
    ///
    /// # Errors
    /// If there is one that cannot be read, or has a name that no output has.
    pub fn read(folder: &Path) -> io::Result<Self> {
        if look(folder, MANIFEST)?.is_none() {
            return Ok(Manifest::default());
        }
        let path = folder.join(MANIFEST);
        let bytes = read_limited(&path, bounded::MANIFEST_LIMIT)
            .map_err(|error| in_file("cannot read", &path, &error))?;
        Manifest::parse(&bytes).map_err(|why| {
            let path = path.display();
            let message = format!("cannot read {path}: {why}; remove it to start a new one");
            io::Error::new(io::ErrorKind::InvalidData, message)
        })
    }

    /// Parses a manifest; a name that no output has is a mistake.
    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Manifest =
            serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        // A manifest may come from anybody, and pruning removes the files that it names.
        manifest.files.keys().try_for_each(|name| check_path(name))?;
        Ok(manifest)
    }

    /// The manifest as a file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Names and numbers always serialise.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// A writer that keeps count and hash of what goes through it, so that no file is read again for them.
#[derive(Debug)]
pub(crate) struct HashingWriter<W> {
    /// Where the bytes go.
    pub(super) inner: W,
    /// Bytes so far.
    size: u64,
    /// SHA-256 of the bytes so far.
    hash: Sha256,
}

impl<W> HashingWriter<W> {
    /// Begins to count.
    pub(crate) fn new(inner: W) -> Self {
        HashingWriter { inner, size: 0, hash: Sha256::new() }
    }

    /// What went through so far, as an entry of the manifest.
    pub(crate) fn entry(&self) -> ManifestEntry {
        // Cloned, since a comparison asks before the file is done.
        let digest = self.hash.clone().finalize();
        let sha256 = hex(&digest);
        ManifestEntry { size: self.size, sha256 }
    }
}

impl<W: Write> Write for HashingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.size += written as u64;
        // What was written, which may be less than was given.
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
