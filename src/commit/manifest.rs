use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::in_file;

/// Name of the manifest in the folder that it describes.
pub const MANIFEST: &str = "manifest.json";

/// The files that exports have put into a folder: what `export --check` and the removal of files that
/// are no longer written go by. It is written last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Every file by its name, with `/` between folders.
    pub files: BTreeMap<String, Entry>,
}

/// What a file was when it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Reads the manifest of a folder; without one, no file is known.
    ///
    /// # Errors
    /// If there is one that cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let path = folder.join(MANIFEST);
        let unreadable = |error: io::Error| in_file("cannot read", &path, &error);
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                let error = unreadable(error.into());
                io::Error::new(error.kind(), format!("{error}; remove it to begin a new one"))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Manifest::default()),
            Err(error) => Err(unreadable(error)),
        }
    }

    /// The manifest as a file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Names and numbers always serialise.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// A writer that keeps count and hash of what goes through it.
#[derive(Debug)]
pub(crate) struct Hashed<W> {
    pub(super) inner: W,
    size: u64,
    hash: Sha256,
}

impl<W> Hashed<W> {
    pub(crate) fn new(inner: W) -> Self {
        Hashed { inner, size: 0, hash: Sha256::new() }
    }

    pub(crate) fn entry(&self) -> Entry {
        let digest = self.hash.clone().finalize();
        let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Entry { size: self.size, sha256 }
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.size += written as u64;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
