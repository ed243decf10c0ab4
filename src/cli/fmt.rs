//! `officedir fmt`: members in the order of the schema. It reads a directory into the types and writes
//! them again, which is only right for a directory that the types hold all of.

use std::path::PathBuf;

use officedir::bounded::{DIRECTORY_LIMIT, read_limited};
use officedir::check::newer_version;
use officedir::model::{Header, Office};
use officedir::read::{DirectorySource, Document};
use serde::Serialize;

use super::{CliError, FINDINGS, FINE, report};

/// Format a directory file: members in the order of the schema, offices in the order of the file
#[derive(clap::Args)]
pub(super) struct FmtArguments {
    /// The directory file: JSON, not compressed
    #[arg(value_name = "FILE", default_value = "directory.json")]
    file: PathBuf,

    /// Write nothing; exit with 1 if the file would change
    #[arg(long)]
    check: bool,
}

/// The directory with its members in the order of the schema, which is that of the types.
#[derive(Serialize)]
struct FormattedDirectory<'d> {
    /// Every member but the offices.
    #[serde(flatten)]
    header: Header<'d>,
    /// In the order of the file.
    offices: Vec<Office<'d>>,
}

/// Formats the file in place, or says whether it would change.
pub(super) fn run(arguments: &FmtArguments) -> Result<u8, CliError> {
    let path = &arguments.file;
    super::inputs([path.as_path()])?;
    let bytes = read_limited(path, DIRECTORY_LIMIT).map_err(|error| {
        CliError::new(format!("cannot read {}: {error}", path.display()))
            .help("name the directory file, or run officedir in its folder")
    })?;
    let document = match Document::parse(&bytes) {
        Ok(document) => document,
        Err(errors) => {
            super::emit_warning(&report::broken(path, &bytes, &errors.0));
            return Ok(FINDINGS);
        }
    };
    if let Some(newer) = newer_version(DirectorySource::Document(&document)) {
        super::emit_warning(&report::broken(path, &bytes, &[newer]));
        return Ok(FINDINGS);
    }
    // What the types do not hold would be lost, so a file with errors stays as it is.
    let Some(directory) = directory(&document) else {
        super::warn(&format!(
            "error: cannot format {} because it has errors\n  help: run officedir validate\n",
            path.display()
        ));
        return Ok(FINDINGS);
    };
    // Two spaces and a line for each value: what `serde_json` makes, most editors do too, and
    // differences of versions are readable.
    let mut text =
        serde_json::to_string_pretty(&directory).map_err(|it| CliError::new(it.to_string()))?;
    text.push('\n');
    // Not written where nothing changes, so that its time stays.
    if text.as_bytes() == bytes {
        return Ok(FINE);
    }
    if arguments.check {
        super::say(&format!("would reformat: {}\n", path.display()))?;
        // No text has a carriage return in it: JSON escapes it (RFC 8259, section 7).
        let without: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\r').collect();
        if without == text.as_bytes() {
            let name = path.file_name().unwrap_or_default().display();
            super::say(&format!(
                "  only line ends differ: Git may have changed them; add \"{name} text eol=lf\" to .gitattributes\n"
            ))?;
        }
        super::say("  help: run officedir fmt\n")?;
        return Ok(FINDINGS);
    }
    // Through a temporary file, so that a run that is killed leaves the old text as it was.
    super::rewrite(path, text.as_bytes())?;
    super::warn(&format!("reformatted {}\n", path.display()));
    Ok(FINE)
}

/// The directory by its types, where they have a place for all of it.
fn directory<'d>(document: &'d Document<'d>) -> Option<FormattedDirectory<'d>> {
    // The header's type passes over unknown members, which would be lost here.
    /// The members that the types hold.
    const KNOWN: [&str; 6] =
        ["$schema", "schema_version", "organization", "kinds", "regions", "offices"];
    let members = document.header.as_object()?;
    let is_array = members.get("offices").is_some_and(serde_json::Value::is_array);
    if !is_array || !members.keys().all(|name| KNOWN.contains(&name.as_str())) {
        return None;
    }
    // All or nothing: an office that cannot be read would be missing from the file.
    let offices = document.offices.iter().map(|raw| serde_json::from_str(raw.json).ok());
    // From the text, because a JSON value does not keep the order within own members.
    let header = serde_json::from_str(document.text.trim_start_matches('\u{feff}')).ok()?;
    Some(FormattedDirectory { header, offices: offices.collect::<Option<_>>()? })
}
