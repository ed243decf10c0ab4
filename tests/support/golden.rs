//! Golden files: what a test expects, in files that people review. One switch writes all of them anew:
//!
//! ```sh
//! UPDATE_GOLDEN=1 cargo test
//! ```
//!
//! A test includes this file by `#[path]`. What fails says which file differs, where it does, and which
//! command writes it.

#![allow(dead_code, reason = "each test uses some of it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;

/// A folder of golden files, of which all belong to one test.
pub struct Goldens {
    folder: &'static str,
    test: &'static str,
    used: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Goldens {
    /// The files of a folder, named from the root of the project, that a test (`--test writers golden`)
    /// compares.
    pub fn new(folder: &'static str, test: &'static str) -> Self {
        Goldens { folder, test, used: BTreeSet::new(), wrong: Vec::new() }
    }

    /// Compares a file of the folder with what was made; [`Goldens::finish`] says what is wrong.
    pub fn check(&mut self, name: &str, found: &str) {
        self.wrong.extend(compare(&format!("{}/{name}", self.folder), self.test, found).err());
        self.used.insert(name.to_owned());
    }

    /// Ends the test.
    ///
    /// # Panics
    /// Where a file is missing, differs, or is used by no test.
    #[track_caller]
    pub fn finish(mut self) {
        let folder = root().join(self.folder);
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if self.used.contains(&name) {
                continue;
            }
            match is_update() {
                true => fs::remove_file(folder.join(&name)).unwrap(),
                false => self.wrong.push(format!(
                    "{}/{name} is used by no test: remove it, or run\n{}",
                    self.folder,
                    command(self.test)
                )),
            }
        }
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

/// Compares one golden file, named from the root of the project, with what a test made.
///
/// # Panics
/// Where it is missing or differs.
#[track_caller]
pub fn check(file: &str, test: &str, found: &str) {
    if let Err(wrong) = compare(file, test, found) {
        panic!("{wrong}");
    }
}

fn compare(file: &str, test: &str, found: &str) -> Result<(), String> {
    let path = root().join(file);
    let expected = fs::read_to_string(&path);
    if expected.as_deref().is_ok_and(|expected| expected == found) {
        return Ok(());
    }
    if is_update() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
        return Ok(());
    }
    let command = command(test);
    Err(match expected {
        Ok(expected) => {
            let changes = difference(&expected, found);
            let (shown, more) = match changes.match_indices("\n@@").nth(2) {
                Some((at, _)) => (&changes[..at], "\nand more, which is not shown"),
                None => (changes.trim_end(), ""),
            };
            format!(
                "{file} differs from what the test makes:\n{shown}{more}\nif the change is meant, run\n{command}"
            )
        }
        Err(_) => format!("{file} is missing: look at what this writes, and add it\n{command}"),
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn is_update() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

fn command(test: &str) -> String {
    format!("    UPDATE_GOLDEN=1 cargo test {test}")
}

/// The second text by what is other than in the first one, as a unified diff without context.
pub fn difference(old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().context_radius(0).to_string()
}
