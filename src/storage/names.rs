//! Which file names the targets of an export have taken.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Storage, check_path};

/// The file names that the targets of one export have taken, so that no two outputs meet in one file on
/// any file system: letter case does not tell names apart, and no file is another one's folder.
#[derive(Debug, Default)]
pub(crate) struct FileNames {
    /// By the name in lower case.
    taken: BTreeMap<String, TakenName>,
}

/// A name that is not to be had any more.
#[derive(Debug)]
struct TakenName {
    /// As it was spelled.
    name: String,
    /// What it is taken for.
    what: NameUse,
}

/// What a name is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameUse {
    /// A folder, because a file within it is taken; all targets may write there.
    Folder,
    /// A file, by the target that writes it.
    Open(usize),
    /// A file that has ended and cannot be opened again.
    Closed,
}

impl FileNames {
    /// Takes the name for that target, or finds that the target has it already and may go on writing.
    ///
    /// # Errors
    /// What is wrong with the name, or which earlier one it meets.
    pub(crate) fn take(&mut self, target: usize, name: &str) -> Result<(), String> {
        // macOS and Windows do not tell letters by case; names are ASCII.
        let key = name.to_ascii_lowercase();
        if let Some(taken) = self.taken.get(&key) {
            return match taken.what {
                // The target goes on with its own file, but only by the spelling that it began with.
                NameUse::Open(owner) if owner == target && taken.name == name => Ok(()),
                NameUse::Folder => Err(meet(name, &format!("{}/", taken.name))),
                _ => Err(meet(name, &taken.name)),
            };
        }
        check_path(name)?;
        let folders = || name.match_indices('/').map(|(at, _)| at);
        for end in folders() {
            match self.taken.get(&key[..end]) {
                // A folder in two spellings would be two folders on Linux, and one on macOS and Windows.
                Some(it) if it.what != NameUse::Folder || it.name != name[..end] => {
                    return Err(meet(name, &it.name));
                }
                _ => {}
            }
        }
        for end in folders() {
            let folder = TakenName { name: name[..end].to_owned(), what: NameUse::Folder };
            self.taken.entry(key[..end].to_owned()).or_insert(folder);
        }
        // Only when nothing stands against it, so that a refused name takes nothing.
        self.taken.insert(key, TakenName { name: name.to_owned(), what: NameUse::Open(target) });
        Ok(())
    }

    /// Notes that a file has ended.
    fn close(&mut self, name: &str) {
        if let Some(taken) = self.taken.get_mut(&name.to_ascii_lowercase()) {
            taken.what = NameUse::Closed;
        }
    }
}

/// What to say of two names that are one somewhere.
fn meet(name: &str, earlier: &str) -> String {
    if name == earlier {
        format!("the file name {name} is used twice")
    } else {
        format!("the file names {name} and {earlier} cannot exist side by side")
    }
}

/// The storage as one target has it: names that others have taken are refused, by whichever writer or
/// program comes second, and before anything is written to it.
pub(crate) struct TargetStorage<'s> {
    /// Position of the target among those of the export.
    pub(crate) target: usize,
    /// What all targets have taken so far.
    pub(crate) names: &'s mut FileNames,
    /// Where files come to be.
    pub(crate) storage: &'s mut dyn Storage,
}

impl Storage for TargetStorage<'_> {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        let taken = self.names.take(self.target, name);
        taken.map_err(|why| io::Error::new(io::ErrorKind::InvalidFilename, why))?;
        self.storage.open(name)
    }

    fn is_single(&self) -> bool {
        self.storage.is_single()
    }

    fn check_interrupted(&self) -> io::Result<()> {
        self.storage.check_interrupted()
    }

    fn stop(&self) -> Option<Arc<AtomicBool>> {
        self.storage.stop()
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.names.close(name);
        self.storage.close(name)
    }
}

#[cfg(test)]
mod tests {
    use super::FileNames;

    #[test]
    fn no_two_outputs_meet() {
        let mut names = FileNames::default();
        assert_eq!(names.take(0, "offices/a.vcf"), Ok(()));
        assert_eq!(names.take(0, "offices/a.vcf"), Ok(()), "its own file, still open");
        assert_eq!(names.take(0, "offices/b.vcf"), Ok(()));
        for other in
            ["offices/a.vcf", "offices/A.vcf", "offices", "Offices/c.vcf", "offices/a.vcf/d"]
        {
            assert!(names.take(1, other).is_err(), "{other}");
        }
        names.close("offices/a.vcf");
        let twice = names.take(0, "offices/a.vcf");
        assert_eq!(twice, Err("the file name offices/a.vcf is used twice".into()));
        assert!(names.take(0, "../x").is_err());
    }
}
