//! `officedir diff`: two directories, from files or from Git. What differs is found by the library's
//! `diff`, which knows neither.

use std::io;
use std::path::{Path, PathBuf};

use officedir::bounded::{DIRECTORY_LIMIT, read_to_limit};
use officedir::diff::{DirectoryDifference, markdown, text};
use officedir::read::{Document, decode};
use serde_json::Value;

use super::locate::directory;
use super::{CliError, FINDINGS, FINE, color, git, report};

/// Compare two directories office by office: what was added, removed, changed and moved
#[derive(clap::Args)]
pub(super) struct DiffArguments {
    /// The old directory: a file, or git:REVISION for the file of the new one at that revision
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new directory [default: directory.json, in this folder or the nearest one above]
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,

    /// Format of the differences
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: DiffFormat,

    /// Exit with 1 if the two differ
    #[arg(long)]
    exit_code: bool,
}

/// How the differences are printed.
#[derive(Clone, Copy, clap::ValueEnum)]
enum DiffFormat {
    Text,
    Markdown,
    Json,
}

/// Compares and prints. Differences are no error unless `--exit-code` says so.
pub(super) fn run(arguments: &DiffArguments) -> Result<u8, CliError> {
    let path = &directory(arguments.new.as_ref())?;
    // Only standard output is written to, and it must not go into one of the two files.
    super::inputs([arguments.old.as_path(), path])?;
    let old = read(&arguments.old, path)?;
    let new = read(path, &arguments.old)?;
    let (Some(old), Some(new)) = (old, new) else { return Ok(FINDINGS) };
    let difference = DirectoryDifference::new(&old, &new);
    match arguments.output_format {
        DiffFormat::Text => super::say_painted(&text(&difference), color::difference)?,
        DiffFormat::Markdown => super::say(&markdown(&difference))?,
        DiffFormat::Json => super::emit(&format!("{:#}\n", serde_json::json!(difference)))?,
    }
    Ok(if arguments.exit_code && !difference.is_empty() { FINDINGS } else { FINE })
}

/// The directory; nothing where it is no JSON, which has been reported then.
fn read(path: &Path, other: &Path) -> Result<Option<Value>, CliError> {
    // A revision has no path of its own: the other directory's says which file of it is meant.
    let revision = path.to_str().and_then(|path| path.strip_prefix("git:"));
    let bytes = match revision {
        Some(revision) => git::file_at(revision, other)?,
        None => {
            let failure = |error: io::Error| {
                CliError::new(format!("cannot read {}: {error}", path.display()))
                    .help("name two directory files, or git:REVISION for the old one")
            };
            let mut bytes = Vec::new();
            let input = std::fs::File::open(path).and_then(decode).map_err(failure)?;
            read_to_limit(input, DIRECTORY_LIMIT, &mut bytes).map_err(failure)?;
            bytes
        }
    };
    let findings = match Document::parse(&bytes) {
        Ok(document) => {
            // The text still has its byte order mark, which `serde_json` refuses.
            // As JSON and not as a directory: a version with mistakes can be compared too.
            let text = document.text.strip_prefix('\u{feff}').unwrap_or(document.text);
            match serde_json::from_str(text) {
                Ok(value) => return Ok(Some(value)),
                Err(_) => document.scan(),
            }
        }
        Err(errors) => errors.0,
    };
    super::emit_warning(&report::broken(path, &bytes, &findings));
    Ok(None)
}
