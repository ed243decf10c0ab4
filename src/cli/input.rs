//! The directory file that most commands take: how it is opened, by its name and its first bytes, and
//! what is said where it cannot be read.

use std::fmt::Display;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use officedir::directory::{Directory, ReadOptions, available_threads};
use officedir::finding::show::SourceLines;
use officedir::finding::{Finding, Findings};
use officedir::read::{
    DirectorySource, Document, KeptStream, StreamedFile, has_lines, read_document, read_whole,
};

use super::locate::directories;
use super::{CliError, FINDINGS, report};

/// How commands that go through a whole directory do it.
#[derive(clap::Args)]
pub(super) struct PassArguments {
    /// Number of threads [default: one for each available core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Print only warnings and errors: no progress, no names of files, no summary
    #[arg(long, short)]
    pub(super) quiet: bool,
}

impl PassArguments {
    /// As many as were asked for, or as many as there are cores.
    pub(super) fn threads(&self) -> usize {
        self.jobs.map_or_else(available_threads, usize::from).min(MOST_THREADS)
    }
}

/// More than any machine that this runs on has cores.
const MOST_THREADS: usize = 1024;

/// A directory file that is read.
#[derive(Clone, Copy)]
pub(super) struct DirectoryInput<'p> {
    /// Where it is; `-` is standard input.
    pub(super) path: &'p Path,
    /// What messages call it, and what its name says of it.
    pub(super) name: &'p Path,
}

impl<'p> From<&'p Path> for DirectoryInput<'p> {
    fn from(path: &'p Path) -> Self {
        DirectoryInput { path, name: path }
    }
}

/// The directory files of commands that take several: standard input where only its name is given.
pub(super) fn stdin_or_files(
    files: &[PathBuf],
    stdin_filename: Option<&Path>,
) -> Result<Vec<PathBuf>, CliError> {
    match (files, stdin_filename) {
        ([], Some(_)) => Ok(vec!["-".into()]),
        (_, Some(_)) if files.iter().all(|path| path.as_os_str() != "-") => {
            Err(CliError::new("--stdin-filename is the name of standard input, which is not read")
                .help("name - instead of the file"))
        }
        _ => directories(files),
    }
}

/// The file at the path, which for standard input has the name that it was given.
pub(super) fn named<'p>(path: &'p Path, stdin_filename: Option<&'p Path>) -> DirectoryInput<'p> {
    match stdin_filename {
        Some(name) if path.as_os_str() == "-" => DirectoryInput { path, name },
        _ => path.into(),
    }
}

/// Reads the directory file and gives it to `run`, or says why it cannot be read.
pub(super) fn with(
    path: &Path,
    options: ReadOptions<'_>,
    run: impl FnOnce(&Directory<'_>) -> Result<u8, CliError>,
) -> Result<u8, CliError> {
    super::inputs([path])?;
    with_kept(kept(path.into())?, path.into(), options, run, |bytes, findings| {
        super::emit_warning(&report::broken(path, bytes, findings));
        Ok(FINDINGS)
    })
}

/// What is on standard input, where that is the file: a stream cannot be read twice, so it is kept.
pub(super) fn kept(input: DirectoryInput<'_>) -> Result<Option<KeptStream>, CliError> {
    let kept = match input.path.as_os_str() == "-" {
        true => KeptStream::new(io::stdin().lock()).map(Some),
        false => Ok(None),
    };
    kept.map_err(|error| unreadable(input.name, &error))
}

/// The same of what was kept instead of the file, with `broken` for a file that is no JSON.
pub(super) fn with_kept<T>(
    kept: Option<KeptStream>,
    input: DirectoryInput<'_>,
    options: ReadOptions<'_>,
    run: impl FnOnce(&Directory<'_>) -> Result<T, CliError>,
    broken: impl FnOnce(&[u8], &[Finding]) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let DirectoryInput { path, name } = input;
    let failure = |error| unreadable(name, &error);
    let read = |source| Directory::read(source, options).map_err(|error| unreadable(name, &error));
    // By the name, because the first line of both kinds may look alike. A stream may have none.
    let is_lines = match &kept {
        Some(stream) if name.as_os_str() == "-" => stream.has_lines().map_err(failure)?,
        _ => has_lines(name),
    };
    if is_lines {
        let lines = kept.map_or_else(|| StreamedFile::lines(path), |stream| stream.lines());
        return run(&read(DirectorySource::Streamed(&lines.map_err(failure)?))?);
    }
    // In blocks if it can be; a document with mistakes is read again as a whole, which is the slower
    // way for files that need work anyway.
    let document = kept.as_ref().map_or_else(|| StreamedFile::document(path), KeptStream::document);
    if let Some(document) = document.map_err(failure)?
        && let Some(directory) = Directory::read_streaming(&document, options)
            .map_err(|error| unreadable(name, &error))?
    {
        return run(&directory);
    }
    let bytes = match &kept {
        Some(stream) => stream.bytes().and_then(read_whole),
        None => read_document(path),
    };
    let bytes = bytes.map_err(failure)?;
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
