use std::ffi::OsStr;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use officedir::check::Finding;
use officedir::export::Directory;
use officedir::read::{Document, Lines, Registry, Source, decode};

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
    path: &'r Path,
    pub(super) source: Source<'r>,
    pub(super) registry: &'r Registry,
    /// Number of threads to work with.
    pub(super) threads: usize,
}

impl Reading<'_> {
    /// Checks the directory as a whole.
    pub(super) fn directory(&self) -> Result<Directory<'_>, Failure> {
        Directory::new(self.source, self.registry).map_err(|error| unreadable(self.path, &error))
    }

    /// The findings with their places.
    pub(super) fn report(&self, findings: &[Finding]) -> Result<String, Failure> {
        if findings.is_empty() {
            return Ok(String::new());
        }
        Ok(match self.source {
            Source::Document(document) => {
                report::findings(self.path, document.text.as_bytes(), findings)
            }
            Source::Lines(lines) => {
                let text = lines.text().map_err(|error| unreadable(self.path, &error))?;
                report::findings(self.path, &text, findings)
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
        Err(errors) => {
            super::warn(&report::findings(path, &bytes, &errors.0));
            Ok(FINDINGS)
        }
    }
}

/// The whole file, decompressed.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let bytes = std::fs::read(path)?;
    if !officedir::read::is_compressed(&bytes) {
        return Ok(bytes);
    }
    let mut decoded = Vec::new();
    decode(&*bytes)?.read_to_end(&mut decoded)?;
    Ok(decoded)
}

/// Whether the file's name says that it has one office a line.
fn has_lines(path: &Path) -> bool {
    let name = match path.extension().and_then(OsStr::to_str) {
        Some("gz" | "zst") => path.with_extension(""),
        _ => path.to_owned(),
    };
    matches!(name.extension().and_then(OsStr::to_str), Some("ndjson" | "jsonl"))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("cannot read {}: {error}", path.display()))
        .help("name the directory file, or run this beside directory.json")
}
