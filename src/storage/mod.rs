//! Where output goes, the names that it may have there, and what it must not replace.
//!
//! The trait is here, below everything that writes. What implements it is in [`crate::commit`]: staging
//! for a folder, a stream, and a comparison with what is there. Writers never see it; they get at their
//! own files only.

mod inputs;
mod names;

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::error::Error;

pub use inputs::Inputs;
pub(crate) use inputs::{are_same, identity};
pub(crate) use names::{FileNames, TargetStorage};

/// Name of the manifest in the folder that it describes.
pub const MANIFEST: &str = "manifest.json";

/// Name of the description that stands beside a CSV table.
pub(crate) const DESCRIPTION: &str = "datapackage.json";

/// Name of the file in a folder by which the CardDAV server Radicale knows that it is an address book.
pub(crate) const RADICALE_PROPERTIES: &str = ".Radicale.props";

/// The error of an export that is not to go on.
pub(crate) fn interruption() -> io::Error {
    Error::interrupted().into()
}

/// Where files come to be: staged for a folder, on standard output, or compared with what is there.
///
/// One thread uses it, in the order of the output. Several files may be open at a time, one or more for
/// each target. Names were checked before ([`check_name`]) and are told apart on every file system. Files
/// that are not closed are ended when the storage is.
///
/// # Example
///
/// Files in memory, for a test or a server:
///
/// ```
/// use std::collections::BTreeMap;
/// use std::io::{self, Write};
///
/// use officedir::storage::Storage;
///
/// #[derive(Default)]
/// struct Memory(BTreeMap<String, Vec<u8>>);
///
/// impl Storage for Memory {
///     fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
///         Ok(self.0.entry(name.to_owned()).or_default())
///     }
/// }
///
/// let mut memory = Memory::default();
/// memory.whole("a.txt", b"text")?;
/// assert_eq!(memory.0["a.txt"], b"text");
/// # Ok::<(), io::Error>(())
/// ```
pub trait Storage {
    /// The file of that name, begun if this is the first call for it. Later calls give the same file, to
    /// go on writing behind what is there.
    ///
    /// # Errors
    /// If the file cannot be begun.
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write>;

    /// Ends the file of that name; the name cannot be opened again.
    ///
    /// # Errors
    /// If what is left of it cannot be written.
    fn close(&mut self, _name: &str) -> io::Result<()> {
        Ok(())
    }

    /// Whether there is a single file only, such as standard output. Files that only describe another are
    /// left out then.
    fn is_single(&self) -> bool {
        false
    }

    /// Whether to go on, for those who wait for something else than this storage, such as the output of a
    /// program. Without this an interrupt would be noticed at the next write only.
    ///
    /// # Errors
    /// If the export was interrupted.
    fn check_interrupted(&self) -> io::Result<()> {
        Ok(())
    }

    /// A flag that is set when the export is to stop, for those who work on other threads.
    fn stop(&self) -> Option<Arc<AtomicBool>> {
        None
    }

    /// Takes a file as a whole.
    ///
    /// # Errors
    /// If the file cannot be written.
    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.open(name)?.write_all(bytes)?;
        self.close(name)
    }
}

/// Device names that Windows takes in place of a file, whatever the extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether a file name, with `/` between folders, is one on every file system, stays where it is put, and
/// is not that of a file which the program writes of its own accord.
///
/// The rules are those of the strictest system, so that an export of one machine can be copied to any
/// other: ASCII letters, digits, `-`, `_` and `.`; no part that begins or ends with a dot, which leads out
/// of the folder or is hidden or cut off; no device of Windows; 255 bytes at most.
///
/// ```
/// use officedir::storage::check_name;
///
/// assert!(check_name("offices/japan-office.vcf").is_ok());
/// assert!(check_name("../offices.vcf").is_err());
/// assert!(check_name("con.vcf").is_err());
/// ```
///
/// # Errors
/// What is wrong with it.
pub fn check_name(name: &str) -> Result<(), String> {
    check_path(name)?;
    let last = name.rsplit('/').next().unwrap_or_default();
    if last.eq_ignore_ascii_case(DESCRIPTION) {
        return Err(format!("the file name {name:?} is that of the description of a CSV table"));
    }
    if last == RADICALE_PROPERTIES {
        return Err(format!("the file name {name:?} is that of the properties of an address book"));
    }
    Ok(())
}

/// The same for names of all files, those of the program's own accord as well.
pub(crate) fn check_path(name: &str) -> Result<(), String> {
    let bad = |why: &str| Err(format!("the file name {name:?} {why}"));
    // The limit of most file systems for one part of a name, taken for all of it.
    if name.len() > 255 {
        return bad("is longer than 255 bytes");
    }
    if name.eq_ignore_ascii_case(MANIFEST) {
        return bad("is that of the manifest");
    }
    // The one name with a dot in front is where the server looks for it.
    let folder = name.strip_suffix(RADICALE_PROPERTIES).and_then(|it| it.strip_suffix('/'));
    for part in folder.unwrap_or(name).split('/') {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        // Windows takes `con.vcf` for the device as well.
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        if part.is_empty() || part.starts_with('.') || part.ends_with('.') {
            return bad("has a part that is empty, or begins or ends with a dot");
        } else if !part.chars().all(plain) {
            return bad("has characters other than ASCII letters, digits, \"-\", \"_\" and \".\"");
        } else if DEVICES.contains(&stem.as_str()) {
            return bad("is the name of a device on Windows");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{check_name, check_path};

    #[test]
    fn names_stay_where_they_are_put() {
        for name in ["offices.vcf", "offices/japan-office.vcf", "a_b.tar.gz", "a/manifest.json"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        let long = "a".repeat(256);
        for name in [
            "",
            "../x",
            "/etc/x",
            "a//b",
            ".x",
            "a.",
            "a b",
            "a\\b",
            "nul.vcf",
            "é",
            "manifest.json",
            "MANIFEST.JSON",
            "datapackage.json",
            "tables/DataPackage.json",
            "offices/.Radicale.props",
            &long,
        ] {
            assert!(check_name(name).is_err(), "{name}");
        }
        // Of the program's own accord, and nowhere but in a folder.
        assert_eq!(check_path("offices/.Radicale.props"), Ok(()));
        for name in
            [".Radicale.props", "a/.radicale.props", "../.Radicale.props", "a/.Radicale.props/b"]
        {
            assert!(check_path(name).is_err(), "{name}");
        }
    }
}
