//! Findings as workflow commands of GitHub Actions.

use std::fmt::Write as _;

use crate::finding::show::FindingReport;
use crate::text::printable;

/// Workflow commands of GitHub Actions, which show each finding at its line of a pull request.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    reports.iter().map(commands).collect()
}

/// The commands about one file.
fn commands(report: &FindingReport<'_>) -> String {
    let mut text = String::new();
    // All findings, though GitHub shows ten of each kind for a step: the log has the others.
    for finding in report.findings {
        let file = report.file(finding);
        let (start, end) = file.places(&finding.span);
        // Columns are only valid within one line.
        let columns = match start.line == end.line {
            true => format!(",col={},endColumn={}", start.column, end.column),
            false => String::new(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "::{} file={},line={},endLine={}{columns},title={}::{}",
            finding.severity.as_str(),
            property(file.path),
            start.line,
            end.line,
            property(finding.code),
            data(&printable(&finding.whole_message()))
        );
    }
    if let Some(severity) = report.omitted_severity() {
        // At the file as a whole, since findings that were only counted have no line any more.
        let (level, path) = (severity.as_str(), property(report.directory.path));
        let message = data(&report.omitted_message());
        let _ = writeln!(text, "::{level} file={path},title=more findings::{message}");
    }
    text
}

/// A command's text, with what would end or escape it (the runner's own encoding, no other).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A command's property, in which colons and commas mean something as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
