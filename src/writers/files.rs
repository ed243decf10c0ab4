use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::piece::{Problem, Weight};

/// The files of one target, as its writer gets at them: by name, and never by path.
pub struct Files<'a> {
    main: &'a str,
    storage: &'a mut dyn Storage,
    problems: Vec<Problem>,
}

/// Where files come to be: staged for a folder, on standard output, or compared with what is there.
pub trait Storage {
    /// The file of that name, begun if this is the first call for it.
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

    /// Whether there is a single file only, such as standard output.
    fn is_single(&self) -> bool {
        false
    }

    /// Whether to go on, for those who wait for something else than this storage.
    ///
    /// # Errors
    /// If the export was interrupted.
    fn go_on(&self) -> io::Result<()> {
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

impl<'a> Files<'a> {
    /// The files of the target whose own file is called `main`.
    pub fn new(main: &'a str, storage: &'a mut dyn Storage) -> Self {
        Files { main, storage, problems: Vec::new() }
    }

    /// The name of the target's own file, from which names of files beside it are made.
    pub fn name(&self) -> &'a str {
        self.main
    }

    /// The target's own file.
    ///
    /// # Errors
    /// If it cannot be begun.
    pub fn main(&mut self) -> io::Result<&mut dyn Write> {
        self.storage.open(self.main)
    }

    /// Another file, as a whole, by a name such as `offices/japan-office.vcf`.
    ///
    /// # Errors
    /// If the name could lead out of the target's folder or is no name on some file system, or the file
    /// cannot be written.
    pub fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.open(name)?.write_all(bytes)?;
        self.close(name)
    }

    /// A file that describes the target's own, in the same folder. It is left out where there is a single
    /// file only.
    ///
    /// # Errors
    /// As [`Files::whole`].
    pub fn beside(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if self.storage.is_single() {
            return Ok(());
        }
        let folder = self.main.rfind('/').map_or("", |end| &self.main[..=end]);
        self.storage.whole(&format!("{folder}{name}"), bytes)
    }

    /// Another file, to be written in parts until [`Files::close`]. Every call with its name gives the
    /// same file.
    ///
    /// # Errors
    /// As [`Files::whole`], or if the name is taken by another target or was closed.
    pub fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        check_name(name).map_err(|why| io::Error::new(io::ErrorKind::InvalidFilename, why))?;
        self.storage.open(name)
    }

    /// Ends a file of [`Files::open`]; its name cannot be opened again. Files that are left open are
    /// ended with the export.
    ///
    /// # Errors
    /// If what is left of it cannot be written.
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.storage.close(name)
    }

    /// Whether to go on; to be asked now and then by who waits.
    ///
    /// # Errors
    /// If the export was interrupted.
    pub fn go_on(&self) -> io::Result<()> {
        self.storage.go_on()
    }

    /// A buffer that takes no more once the export was interrupted.
    pub(crate) fn buffer(&self) -> Buffer {
        Buffer { bytes: Vec::new(), stop: self.storage.stop() }
    }

    /// Reports what the ordered half has found; `office` is an id, or empty for what is not about one.
    pub fn report(
        &mut self,
        weight: Weight,
        office: impl Into<String>,
        pointer: impl Into<String>,
        why: impl Into<String>,
    ) {
        let (office, pointer, why) = (office.into(), pointer.into(), why.into());
        self.problems.push(Problem { weight, office, pointer, why });
    }

    /// What was reported.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

/// See [`Files::buffer`].
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    stop: Option<Arc<AtomicBool>>,
}

impl Buffer {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &self.stop {
            Some(stop) if stop.load(Ordering::Relaxed) => Err(crate::commit::interruption()),
            _ => self.bytes.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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
/// # Errors
/// What is wrong with it.
pub fn check_name(name: &str) -> Result<(), String> {
    check_path(name)?;
    let last = name.rsplit('/').next().unwrap_or_default();
    if last.eq_ignore_ascii_case(super::csv::DESCRIPTION) {
        return Err(format!("the file name {name:?} is that of the description of a CSV table"));
    }
    Ok(())
}

/// The same for names of all files, those of the program's own accord as well.
pub(crate) fn check_path(name: &str) -> Result<(), String> {
    let bad = |why: &str| Err(format!("the file name {name:?} {why}"));
    if name.len() > 255 {
        return bad("is longer than 255 bytes");
    }
    if name.eq_ignore_ascii_case(crate::commit::MANIFEST) {
        return bad("is that of the manifest");
    }
    for part in name.split('/') {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
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
    use super::check_name;

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
            &long,
        ] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
