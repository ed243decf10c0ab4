//! Findings one per line, as compilers and editors have them.

use crate::finding::Finding;
use crate::finding::show::{FindingReport, for_people};
use crate::text::printable;

/// One line a finding: `FILE:LINE:COLUMN: severity[code]: message: advice`.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    for_people(reports, |report, findings| {
        let line = |finding: &Finding| {
            let file = report.file(finding);
            let place = file.lines.place(finding.span.start);
            format!("{}:{place}: {finding}\n", printable(file.path))
        };
        findings.into_iter().map(line).collect()
    })
}
