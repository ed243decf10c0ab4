use serde_json::{Value, json};

use super::{Report, whole_message};
use crate::check::Severity;

/// A Code Quality report of GitLab, in the terms of Code Climate.
pub(super) fn render(report: &Report<'_>) -> String {
    let issues: Value = report
        .findings
        .iter()
        .zip(report.fingerprints())
        .map(|(finding, fingerprint)| {
            let file = report.file(finding);
            let (start, end) = file.places(&finding.span);
            json!({
                "type": "issue",
                "categories": ["Bug Risk"],
                "description": whole_message(finding),
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                },
                "location": {
                    "path": file.path,
                    "lines": { "begin": start.line, "end": end.line },
                },
            })
        })
        .collect();
    format!("{issues:#}\n")
}
