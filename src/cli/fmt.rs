//! `officedir fmt`: members in the order of the schema. It reads a directory into the types and writes
//! them again, which is only right for a directory that the types hold all of.

use std::io;
use std::path::PathBuf;

use officedir::bounded::{DIRECTORY_LIMIT, read_limited, read_to_limit};
use officedir::check::newer_version;
use officedir::model::{Header, Office};
use officedir::read::{DirectorySource, Document};
use serde::Serialize;

use super::input::{DirectoryInput, named, stdin_or_files, unreadable};
use super::{CliError, FINDINGS, FINE, report};

/// Format a directory file: members in the order of the schema, offices in the order of the file
#[derive(clap::Args)]
pub(super) struct FmtArguments {
    /// The directory files: JSON, not compressed; - formats standard input to standard output [default: those that
    /// officedir.toml names, or else directory.json, in this folder or the nearest one above]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// What standard input is called in findings. Reads standard input where no FILE is named, as editors want it
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,

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

/// Formats the files in place, or says whether they would change.
pub(super) fn run(arguments: &FmtArguments) -> Result<u8, CliError> {
    let stdin_filename = arguments.stdin_filename.as_deref();
    let paths = stdin_or_files(&arguments.files, stdin_filename)?;
    super::inputs(paths.iter().map(PathBuf::as_path))?;
    let mut code = FINE;
    for path in &paths {
        code = code.max(match format(named(path, stdin_filename), arguments.check) {
            Ok(code) => code,
            // One file that cannot be read keeps none of the others from being formatted.
            Err(error) if paths.len() > 1 => error.report(),
            Err(error) => return Err(error),
        });
    }
    Ok(code)
}

/// Formats a file in place and standard input to standard output, or says whether it would change.
fn format(input: DirectoryInput<'_>, check: bool) -> Result<u8, CliError> {
    let DirectoryInput { path: file, name: path } = input;
    let is_stream = file.as_os_str() == "-";
    let mut bytes = Vec::new();
    match is_stream {
        true => read_to_limit(io::stdin().lock(), DIRECTORY_LIMIT, &mut bytes),
        false => read_limited(file, DIRECTORY_LIMIT).map(|read| bytes = read),
    }
    .map_err(|error| unreadable(path, &error))?;
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
    // An editor that pipes its text through wants it back, changed or not.
    if is_stream && !check {
        super::emit(&text)?;
        return Ok(FINE);
    }
    // Not written where nothing changes, so that its time stays.
    if text.as_bytes() == bytes {
        return Ok(FINE);
    }
    if check {
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
    super::rewrite(file, text.as_bytes())?;
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
