use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use officedir::check::{Finding, Suppression};
use officedir::export::Directory;
use officedir::read::{Document, Lines, Registry, Source, decode, is_hopeless};

use super::{FINDINGS, Failure, report};

/// The directory file that all commands take.
#[derive(clap::Args)]
pub(super) struct Input {
    /// The directory file: JSON, or one office a line (.ndjson), also compressed (.gz, .zst); - reads
    /// lines from standard input
    #[arg(value_name = "FILE", default_value = "directory.json")]
    pub(super) file: PathBuf,

    /// Number of threads [default: as many as the machine has for us]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

impl Input {
    pub(super) fn threads(&self) -> usize {
        self.jobs.map_or_else(super::threads, usize::from).min(MOST_THREADS)
    }
}

/// More than any machine that this runs on has cores.
const MOST_THREADS: usize = 1024;

/// A directory that has been read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'r> {
    pub(super) path: &'r Path,
    pub(super) source: Source<'r>,
    pub(super) registry: &'r Registry,
    /// Number of threads to work with.
    pub(super) threads: usize,
}

impl Reading<'_> {
    /// Checks the directory as a whole.
    pub(super) fn directory<'s>(
        &'s self,
        suppressions: &'s [Suppression],
    ) -> Result<Directory<'s>, Failure> {
        Directory::suppressing(self.source, self.registry, suppressions)
            .map_err(|error| unreadable(self.path, &error))
    }

    /// The findings with their places, for people.
    pub(super) fn report(&self, findings: &[Finding]) -> Result<String, Failure> {
        Ok(match findings.is_empty() {
            true => String::new(),
            false => report::text(self.path, &self.text()?, findings),
        })
    }

    /// The whole file.
    pub(super) fn text(&self) -> Result<Cow<'_, [u8]>, Failure> {
        Ok(match self.source {
            Source::Document(document) => Cow::Borrowed(document.text.as_bytes()),
            Source::Lines(lines) => {
                Cow::Owned(lines.text().map_err(|error| unreadable(self.path, &error))?)
            }
        })
    }
}

/// Reads the directory file and gives it to `run`, or says why it cannot be read.
pub(super) fn with(
    path: &Path,
    threads: usize,
    run: impl FnOnce(&Reading<'_>) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    with_broken(path, threads, run, |bytes, findings| {
        super::warn(&report::text(path, bytes, findings));
        Ok(FINDINGS)
    })
}

/// The same, with `broken` for a file that is no JSON.
pub(super) fn with_broken(
    path: &Path,
    threads: usize,
    run: impl FnOnce(&Reading<'_>) -> Result<u8, Failure>,
    broken: impl FnOnce(&[u8], &[Finding]) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    let failure = |error: &io::Error| unreadable(path, error);
    let run = |source| {
        let registry = Registry::new(source, threads).map_err(|error| failure(&error))?;
        run(&Reading { path, source, registry: &registry, threads })
    };
    if path.as_os_str() == "-" {
        let lines = Lines::keep(io::stdin().lock()).map_err(|error| failure(&error))?;
        return run(Source::Lines(&lines));
    }
    if has_lines(path) {
        let lines = Lines::open(path).map_err(|error| failure(&error))?;
        return run(Source::Lines(&lines));
    }
    let bytes = read(path).map_err(|error| failure(&error))?;
    match Document::parse(&bytes) {
        Ok(document) => run(Source::Document(&document)),
        Err(errors) => broken(&bytes, &errors.0),
    }
}

/// The whole file, decompressed; of a large one that is no JSON from its beginning on only that.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len().min(LARGE);
    let mut input = decode(file)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    (&mut input).take(BEGINNING).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == BEGINNING && is_hopeless(&bytes) {
        return Ok(bytes);
    }
    input.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Bytes by which a file is seen to be no JSON before the rest of it is read.
const BEGINNING: u64 = 1 << 22;
/// The largest buffer that is asked for on the word of the file system.
const LARGE: u64 = 1 << 30;

/// Whether the file's name says that it has one office a line.
pub(super) fn has_lines(path: &Path) -> bool {
    let name = match path.extension().and_then(OsStr::to_str) {
        Some("gz" | "zst") => path.with_extension(""),
        _ => path.to_owned(),
    };
    matches!(name.extension().and_then(OsStr::to_str), Some("ndjson" | "jsonl"))
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("cannot read {}: {error}", path.display()))
        .help("name the directory file, or run this beside directory.json")
}
