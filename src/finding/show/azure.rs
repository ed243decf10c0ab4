//! Findings as logging commands of Azure Pipelines.

use std::fmt::Write as _;

use crate::finding::show::FindingReport;
use crate::text::printable;

/// Logging commands of Azure Pipelines, which list each finding as an issue of the run.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    reports.iter().map(commands).collect()
}

/// The commands about one file.
fn commands(report: &FindingReport<'_>) -> String {
    let mut text = String::new();
    for finding in report.findings {
        let file = report.file(finding);
        let place = file.lines.place(finding.span.start);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "##vso[task.logissue type={};sourcepath={};linenumber={};columnnumber={};code={}]{}",
            finding.severity.as_str(),
            escaped(file.path),
            place.line,
            place.column,
            escaped(finding.code),
            escaped(&printable(&finding.whole_message()))
        );
    }
    if let Some(severity) = report.omitted_severity() {
        let (level, path) = (severity.as_str(), escaped(report.directory.path));
        let message = escaped(&report.omitted_message());
        let _ = writeln!(text, "##vso[task.logissue type={level};sourcepath={path}]{message}");
    }
    text
}

/// What would end a property or a command, as the agent writes it; it undoes this in texts as well.
fn escaped(text: &str) -> String {
    let text = text.replace('%', "%AZP25").replace(';', "%3B").replace(']', "%5D");
    text.replace('\r', "%0D").replace('\n', "%0A")
}
