use std::fs;
use std::io::ErrorKind as IoKind;
use std::path::Path;

use minijinja::{Error, ErrorKind};

use crate::bounded::{TEMPLATE, read_text_limited};
use crate::commit::Inputs;

/// The source of a template in the folder, which is a canonical path. A link is followed only as far as
/// it stays there.
pub(super) fn load(folder: &Path, name: &str, inputs: &Inputs) -> Result<Option<String>, Error> {
    let refuse = |why: &str| Error::new(ErrorKind::InvalidOperation, format!("{name} {why}"));
    let leads_out = "leads out of the template's folder";
    if name.contains('\\') || name.split('/').any(|part| part.is_empty() || part == "..") {
        return Err(refuse(leads_out));
    }
    let path = match fs::canonicalize(folder.join(name)) {
        Ok(path) => path,
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
        return Err(refuse("is no file"));
    }
    inputs.add(&path);
    read_text_limited(&path, TEMPLATE).map(Some).map_err(cannot)
}
