//! Findings as workflow commands of GitHub Actions.

use crate::finding::show::{FindingReport, commands};
use crate::text::printable;

/// Workflow commands of GitHub Actions, which show each finding at its line of a pull request. All findings, though
/// GitHub shows ten of each kind for a step: the log has the others.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    commands(
        reports,
        |file, finding| {
            let (start, end) = file.places(&finding.span);
            // Columns are only valid within one line.
            let columns = match start.line == end.line {
                true => format!(",col={},endColumn={}", start.column, end.column),
                false => String::new(),
            };
            format!(
                "::{} file={},line={},endLine={}{columns},title={}::{}\n",
                finding.severity.as_str(),
                property(file.path),
                start.line,
                end.line,
                property(finding.code),
                data(&printable(&finding.whole_message()))
            )
        },
        |level, path, message| {
            let (path, message) = (property(path), data(message));
            format!("::{level} file={path},title=more findings::{message}\n")
        },
    )
}

/// A command's text, with what would end or escape it (the runner's own encoding, no other).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A command's property, in which colons and commas mean something as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
