//! Findings one per line, as compilers and editors have them.

use std::fmt::Write as _;

use crate::finding::show::FindingReport;
use crate::text::printable;

/// One line a finding: `FILE:LINE:COLUMN: severity[code]: message: advice`.
pub(super) fn render(report: &FindingReport<'_>) -> String {
    let mut text = String::new();
    for finding in report.shown().0 {
        let file = report.file(finding);
        let place = file.lines.place(finding.span.start);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}:{place}: {finding}", printable(file.path));
    }
    text + &report.summary()
}
