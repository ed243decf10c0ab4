use std::path::Path;

use officedir::check::show::{FORMATS, File, Lines, Report};
use officedir::check::{Finding, Severity};

/// Findings for people, without the numbers.
pub(super) fn text(path: &Path, bytes: &[u8], findings: &[Finding]) -> String {
    let path = shown_path(path);
    let report = Report {
        directory: File { path: &path, lines: Lines::new(bytes) },
        config: None,
        findings,
        offices: 0,
        suppressed: 0,
        most: MOST,
        color: color(&std::io::stderr()),
    };
    (FORMATS[0].render)(&report)
}

/// Findings that people are shown unless they ask for more.
pub(super) const MOST: usize = 100;

/// Whether a terminal that wants colours reads the stream.
pub(super) fn color(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// The path from where the program runs, where the file is below.
pub(super) fn shown_path(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// Whether any finding is an error.
pub(super) fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
