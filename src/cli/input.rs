//! The directory file that most commands take: how it is opened, by its name and its first bytes, and
//! what is said where it cannot be read.

use std::fmt::Display;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use officedir::directory::{Directory, ReadOptions, available_threads};
use officedir::finding::show::SourceLines;
use officedir::finding::{Finding, Findings};
use officedir::read::{DirectorySource, Document, StreamedFile, has_lines, read_document};

use super::{CliError, FINDINGS, report};

/// The directory file that all commands take.
#[derive(clap::Args)]
pub(super) struct InputArguments {
    /// The directory file: JSON, or one office per line (.ndjson), which may be compressed (.gz, .zst); -
    /// reads lines from standard input
    #[arg(value_name = "FILE", default_value = "directory.json")]
    pub(super) file: PathBuf,

    /// Number of threads [default: one for each available core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Print only warnings and errors: no progress, no names of files, no summary
    #[arg(long, short)]
    pub(super) quiet: bool,
}

impl InputArguments {
    /// As many as were asked for, or as many as there are cores.
    pub(super) fn threads(&self) -> usize {
        self.jobs.map_or_else(available_threads, usize::from).min(MOST_THREADS)
    }
}

/// More than any machine that this runs on has cores.
const MOST_THREADS: usize = 1024;

/// Reads the directory file and gives it to `run`, or says why it cannot be read.
pub(super) fn with(
    path: &Path,
    options: ReadOptions<'_>,
    run: impl FnOnce(&Directory<'_>) -> Result<u8, CliError>,
) -> Result<u8, CliError> {
    with_broken(path, options, run, |bytes, findings| {
        super::emit_warning(&report::broken(path, bytes, findings));
        Ok(FINDINGS)
    })
}

/// The same, with `broken` for a file that is no JSON.
pub(super) fn with_broken(
    path: &Path,
    options: ReadOptions<'_>,
    run: impl FnOnce(&Directory<'_>) -> Result<u8, CliError>,
    broken: impl FnOnce(&[u8], &[Finding]) -> Result<u8, CliError>,
) -> Result<u8, CliError> {
    super::inputs([path])?;
    let failure = |error| unreadable(path, &error);
    let read = |source| Directory::read(source, options).map_err(|error| unreadable(path, &error));
    // A stream cannot be read twice, so it is kept in a temporary file.
    if path.as_os_str() == "-" {
        let lines = StreamedFile::keep(io::stdin().lock()).map_err(failure)?;
        return run(&read(DirectorySource::Streamed(&lines))?);
    }
    // By the name, because the first line of both kinds may look alike.
    if has_lines(path) {
        let lines = StreamedFile::lines(path).map_err(failure)?;
        return run(&read(DirectorySource::Streamed(&lines))?);
    }
    // In blocks if it can be; a document with mistakes is read again as a whole, which is the slower
    // way for files that need work anyway.
    if let Some(document) = StreamedFile::document(path).map_err(failure)?
        && let Some(directory) = Directory::read_streaming(&document, options)
            .map_err(|error| unreadable(path, &error))?
    {
        return run(&directory);
    }
    let bytes = read_document(path).map_err(failure)?;
    match Document::parse(&bytes) {
        Ok(document) => run(&read(DirectorySource::Document(&document))?),
        Err(errors) => broken(&bytes, &errors.0),
    }
}

/// The findings with their places, for people.
pub(super) fn render_findings(
    path: &Path,
    source: DirectorySource<'_>,
    findings: &Findings,
) -> Result<String, CliError> {
    Ok(match findings.is_empty() {
        true => String::new(),
        false => {
            let lines = lines(path, source, findings.kept())?;
            report::text(path, lines, findings.kept(), findings.omitted())
        }
    })
}

/// The lines that the findings are in.
pub(super) fn lines(
    path: &Path,
    source: DirectorySource<'_>,
    findings: &[Finding],
) -> Result<SourceLines, CliError> {
    source.lines(findings).map_err(|error| unreadable(path, &error))
}

/// The failure that the file cannot be read, with what to do.
pub(super) fn unreadable(path: &Path, error: &impl Display) -> CliError {
    CliError::new(format!("cannot read {}: {error}", path.display()))
        .help("name the directory file, or run officedir in its folder")
}

/// Says what is wrong with the directory; gives the exit code.
pub(super) fn errors(path: &Path, directory: &Directory<'_>) -> Result<u8, CliError> {
    let mut errors = directory.all_findings().clone();
    // The command stops for the errors alone; warnings are told by `validate`.
    errors.keep_errors();
    super::emit_warning(&render_findings(path, directory.source(), &errors)?);
    Ok(FINDINGS)
}
