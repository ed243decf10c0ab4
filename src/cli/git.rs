//! Files as they were at a revision of Git, which is run as a program.

use std::io::{self, Read, Seek};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use officedir::bounded::{DIRECTORY_LIMIT, read_to_limit};

use super::CliError;

/// Bytes of what git says is wrong.
const MESSAGES: u64 = 4096;

/// The file as it was at a revision.
///
/// # Errors
/// If there is no git, no such revision, or no such file in it.
pub(super) fn file_at(revision: &str, file: &Path) -> Result<Vec<u8>, CliError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let ran = run(revision, file, &["show", "--end-of-options", &object(revision, &name)])?;
    // Before the status: where the limit was met, git failed only because its pipe was closed.
    ran.read
        .map_err(|error| CliError::new(format!("cannot read {name} at {revision}: {error}")))?;
    match ran.status.success() {
        true => Ok(ran.bytes),
        false => Err(CliError::new(format!("git has no {name} at {revision}: {}", ran.said))
            .help("name a revision that has the file, such as git:HEAD or git:origin/main")),
    }
}

/// The file as it was at a revision; nothing where the revision has no such file.
///
/// # Errors
/// If there is no git, or no such revision.
pub(super) fn file_since(revision: &str, file: &Path) -> Result<Option<Vec<u8>>, CliError> {
    let commit = format!("{revision}^{{commit}}");
    let ran = run(revision, file, &["rev-parse", "--verify", "--end-of-options", &commit])?;
    if !ran.status.success() {
        return Err(CliError::new(format!("git has no revision {revision}: {}", ran.said)).help(
            "name one, such as git:origin/main; a CI server has to fetch it (fetch-depth: 0, GIT_DEPTH: 0)",
        ));
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let ran = run(revision, file, &["cat-file", "-e", &object(revision, &name)])?;
    if !ran.status.success() {
        return Ok(None);
    }
    file_at(revision, file).map(Some)
}

/// What Git calls a file of the folder of `-C` at a revision: without `./` its path would begin at the root of the
/// repository.
fn object(revision: &str, name: &str) -> String {
    format!("{revision}:./{name}")
}

/// What a run of git came to.
struct GitRun {
    status: ExitStatus,
    /// What it printed.
    bytes: Vec<u8>,
    /// Whether all of that was read.
    read: io::Result<()>,
    /// Its messages, on one line.
    said: String,
}

/// Runs git in the folder of the file.
fn run(revision: &str, file: &Path, arguments: &[&str]) -> Result<GitRun, CliError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    // Git would take it for an option.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(CliError::new(format!("\"{revision}\" is not a revision"))
            .help("name one, such as git:HEAD or git:origin/main"));
    }
    let cannot =
        |error: io::Error| CliError::new(format!("cannot run git: {error}")).help("install git");
    // Its messages go to a file: it would wait for somebody to read them from a pipe.
    let mut messages = tempfile::tempfile().map_err(cannot)?;
    let mut child = Command::new("git")
        .arg("-C")
        .arg(folder.unwrap_or(Path::new(".")))
        .args(arguments)
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
    let mut said = Vec::new();
    messages.rewind().map_err(cannot)?;
    messages.take(MESSAGES).read_to_end(&mut said).map_err(cannot)?;
    let said = String::from_utf8_lossy(&said).trim().replace('\n', "; ");
    Ok(GitRun { status, bytes, read, said })
}
