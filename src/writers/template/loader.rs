//! Reading templates from their own folder, and nothing else.

use std::fs;
use std::io::ErrorKind as IoKind;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use minijinja::{Error, ErrorKind};

use super::scan::{self, MarkedTemplate, RefusedSyntax};
use crate::bounded::{TEMPLATE_LIMIT, read_text_limited};
use crate::storage::Inputs;

/// The templates that were loaded, for the places that they are marked with.
#[derive(Debug, Default)]
pub(super) struct LoadedNames(Mutex<Vec<(String, usize)>>);

impl LoadedNames {
    /// The source of a template with marks.
    fn marked(&self, name: &str, source: &str) -> Result<String, Error> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The position of the name stands above the bits of the line, so that a mark is one number.
        let marked = scan::marked(source, (names.len() as u64) << LINES);
        let MarkedTemplate { source, longest } =
            marked.map_err(|RefusedSyntax { line, why }| {
                Error::new(ErrorKind::SyntaxError, format!("{name}:{line}: {why}"))
            })?;
        // With the line of its longest tag, where a template is likely to be that is stopped while it is compiled.
        names.push((name.to_owned(), longest));
        Ok(source)
    }

    /// The template and the line that a mark stands for; 0 does for the first template before its first tag.
    pub(super) fn place(&self, mark: u64) -> Option<String> {
        let line = mark & ((1 << LINES) - 1);
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (name, longest) = names.get(usize::try_from(mark >> LINES).ok()?)?;
        Some(format!("{name}:{}", if line > 0 { line } else { *longest as u64 }))
    }
}

/// Bits of a mark that are the line.
const LINES: u32 = 32;

/// The source of a template in the folder, which is a canonical path. A link is followed only as far as
/// it stays there. Every tag says where it is, see [`scan::marked`], and `inputs` is told what was read.
pub(super) fn load(
    folder: &Path,
    names: &LoadedNames,
    inputs: &Inputs,
    name: &str,
) -> Result<Option<String>, Error> {
    let refuse = |why: &str| Error::new(ErrorKind::InvalidOperation, format!("{name} {why}"));
    let leads_out = "leads out of the template's folder";
    // A backslash leads into folders on Windows, and does not on other systems.
    if name.contains('\\') || name.split('/').any(|part| part.is_empty() || part == "..") {
        return Err(refuse(leads_out));
    }
    let path = match fs::canonicalize(folder.join(name)) {
        Ok(path) => path,
        // minijinja says so itself, or passes over it where the template says `ignore missing`.
        Err(error) if error.kind() == IoKind::NotFound => return Ok(None),
        Err(error) => return Err(refuse(&format!("cannot be read: {error}"))),
    };
    if !path.starts_with(folder) {
        return Err(refuse(leads_out));
    }
    let cannot = |error: std::io::Error| refuse(&format!("cannot be read: {error}"));
    let metadata = fs::metadata(&path).map_err(cannot)?;
    if !metadata.is_file() {
        // A pipe would be waited for.
        return Err(refuse("is not a file"));
    }
    inputs.add(&path);
    let source = read_text_limited(&path, TEMPLATE_LIMIT).map_err(cannot)?;
    names.marked(name, &source).map(Some)
}
