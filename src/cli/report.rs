//! Findings as people are shown them by commands other than `validate`.

use std::path::Path;

use officedir::check::RULES;
use officedir::finding::show::{FORMATS, FindingReport, ReportedFile, SourceLines};
use officedir::finding::{Finding, OmittedCounts};

/// Findings for people, without the numbers.
pub(super) fn text(
    path: &Path,
    lines: SourceLines,
    findings: &[Finding],
    omitted: &OmittedCounts,
) -> String {
    let path = shown_path(path);
    let report = FindingReport {
        rules: RULES,
        directory: ReportedFile { path: &path, lines },
        config: None,
        findings,
        omitted,
        offices: 0,
        suppressed: 0,
        most: MOST,
        color: super::color::color(&std::io::stderr()),
    };
    // The first format is the one for people.
    (FORMATS[0].render)(&report)
}

/// The same of a file that is no JSON.
pub(super) fn broken(path: &Path, bytes: &[u8], findings: &[Finding]) -> String {
    text(path, SourceLines::new(bytes, findings), findings, &OmittedCounts::default())
}

/// Findings that people are shown unless they ask for more.
pub(super) const MOST: usize = 100;

/// The path from where the program runs, where the file is below.
pub(super) fn shown_path(path: &Path) -> String {
    // Without a folder to run in, the path stays as it was given.
    let here = std::env::current_dir().unwrap_or_default();
    // Editors and CI servers join the path with the folder of the run.
    let path = path.strip_prefix(&here).unwrap_or(path);
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}
