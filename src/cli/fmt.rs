use std::path::PathBuf;

use officedir::bounded::{DIRECTORY, read_limited};
use officedir::model::{Header, Office};
use officedir::read::Document;
use serde::Serialize;

use super::{FINDINGS, FINE, Failure, report};

/// Lay a directory file out: members in the schema's order, offices in the file's
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The directory file: JSON, not compressed
    #[arg(value_name = "FILE", default_value = "directory.json")]
    file: PathBuf,

    /// Write nothing; say whether the file would change
    #[arg(long)]
    check: bool,
}

#[derive(Serialize)]
struct Directory<'d> {
    #[serde(flatten)]
    header: Header<'d>,
    offices: Vec<Office<'d>>,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let path = &arguments.file;
    super::inputs([path.as_path()])?;
    let bytes = read_limited(path, DIRECTORY).map_err(|error| {
        Failure::new(format!("cannot read {}: {error}", path.display()))
            .help("name the directory file, or run this beside directory.json")
    })?;
    let document = match Document::parse(&bytes) {
        Ok(document) => document,
        Err(errors) => {
            super::emit_warning(&report::broken(path, &bytes, &errors.0));
            return Ok(FINDINGS);
        }
    };
    let Some(directory) = directory(&document) else {
        super::warn(&format!(
            "error: {} is not laid out as long as it has errors\n  help: run officedir validate\n",
            path.display()
        ));
        return Ok(FINDINGS);
    };
    let mut text =
        serde_json::to_string_pretty(&directory).map_err(|it| Failure::new(it.to_string()))?;
    text.push('\n');
    if text.as_bytes() == bytes {
        return Ok(FINE);
    }
    if arguments.check {
        super::say(&format!(
            "would be laid out anew: {}\n  help: officedir fmt\n",
            path.display()
        ))?;
        return Ok(FINDINGS);
    }
    super::rewrite(path, text.as_bytes())?;
    super::warn(&format!("laid out {}\n", path.display()));
    Ok(FINE)
}

/// The directory by its types, where they have a place for all of it.
fn directory<'d>(document: &'d Document<'d>) -> Option<Directory<'d>> {
    const KNOWN: [&str; 4] = ["$schema", "organization", "regions", "offices"];
    let members = document.header.as_object()?;
    let is_array = members.get("offices").is_some_and(serde_json::Value::is_array);
    if !is_array || !members.keys().all(|name| KNOWN.contains(&name.as_str())) {
        return None;
    }
    let offices = document.offices.iter().map(|raw| serde_json::from_str(raw.json).ok());
    let header = serde::Deserialize::deserialize(&document.header).ok()?;
    Some(Directory { header, offices: offices.collect::<Option<_>>()? })
}
