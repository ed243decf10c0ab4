//! Findings as logging commands of Azure Pipelines.

use crate::finding::show::{FindingReport, commands};
use crate::text::printable;

/// Logging commands of Azure Pipelines, which list each finding as an issue of the run.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    commands(
        reports,
        |file, finding| {
            let place = file.lines.place(finding.span.start);
            format!(
                "##vso[task.logissue type={};sourcepath={};linenumber={};columnnumber={};code={}]{}\n",
                finding.severity.as_str(),
                escaped(file.path),
                place.line,
                place.column,
                escaped(finding.code),
                escaped(&printable(&finding.whole_message()))
            )
        },
        |level, path, message| {
            let (path, message) = (escaped(path), escaped(message));
            format!("##vso[task.logissue type={level};sourcepath={path}]{message}\n")
        },
    )
}

/// What would end a property or a command, as the agent writes it; it undoes this in texts as well.
fn escaped(text: &str) -> String {
    let text = text.replace('%', "%AZP25").replace(';', "%3B").replace(']', "%5D");
    text.replace('\r', "%0D").replace('\n', "%0A")
}
