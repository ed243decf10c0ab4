//! `officedir diff`: two directories, from files or from Git. What differs is found by the library's
//! `diff`, which knows neither.

use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use officedir::bounded::{DIRECTORY_LIMIT, read_to_limit};
use officedir::diff::{DirectoryDifference, markdown, text};
use officedir::read::{Document, decode};
use serde_json::Value;

use super::{CliError, FINDINGS, FINE, color, report};

/// Compare two directories office by office: what was added, removed, changed and moved
#[derive(clap::Args)]
pub(super) struct DiffArguments {
    /// The old directory: a file, or git:REVISION for the file of the new one at that revision
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new directory
    #[arg(value_name = "NEW", default_value = "directory.json")]
    new: PathBuf,

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
    // Only standard output is written to, and it must not go into one of the two files.
    super::inputs([arguments.old.as_path(), arguments.new.as_path()])?;
    let old = read(&arguments.old, &arguments.new)?;
    let new = read(&arguments.new, &arguments.old)?;
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
        Some(revision) => git(revision, other)?,
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

/// Bytes of what git says is wrong.
const MESSAGES: u64 = 4096;

/// The file as it was at a revision.
fn git(revision: &str, file: &Path) -> Result<Vec<u8>, CliError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let help = "name a revision that has the file, such as git:HEAD or git:origin/main";
    // Git would take it for an option.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(CliError::new(format!("\"{revision}\" is not a revision")).help(help));
    }
    let cannot =
        |error: io::Error| CliError::new(format!("cannot run git: {error}")).help("install git");
    // Its messages go to a file: it would wait for somebody to read them from a pipe.
    let mut messages = tempfile::tempfile().map_err(cannot)?;
    let mut child = Command::new("git")
        .arg("-C")
        .arg(folder.unwrap_or(Path::new(".")))
        // `./` makes the path one from the folder of `-C` and not from the root of the repository.
        .args(["show", "--end-of-options", &format!("{revision}:./{name}")])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(messages.try_clone().map_err(cannot)?)
        .spawn()
        .map_err(cannot)?;
    let mut bytes = Vec::new();
    // Read to the end before git is waited for: it cannot end while nobody reads what it writes.
    let read =
        child.stdout.take().map_or(Ok(()), |it| read_to_limit(it, DIRECTORY_LIMIT, &mut bytes));
    let status = child.wait().map_err(cannot)?;
    // Before the status: where the limit was met, git failed only because its pipe was closed.
    read.map_err(|error| CliError::new(format!("cannot read {name} at {revision}: {error}")))?;
    if status.success() {
        return Ok(bytes);
    }
    let mut said = Vec::new();
    messages.rewind().map_err(cannot)?;
    messages.take(MESSAGES).read_to_end(&mut said).map_err(cannot)?;
    let said = String::from_utf8_lossy(&said).trim().replace('\n', "; ");
    Err(CliError::new(format!("git has no {name} at {revision}: {said}")).help(help))
}
