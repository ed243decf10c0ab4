//! Findings as a Code Quality report of GitLab.

use serde_json::{Value, json};

use crate::finding::Severity;
use crate::finding::show::{FindingReport, SerializedOnce, json_text};

/// A Code Quality report of GitLab, in the terms of Code Climate.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    json_text(&SerializedOnce::new(reports.iter().flat_map(issues)))
}

/// The issues of one file.
fn issues<'r>(report: &'r FindingReport<'_>) -> impl Iterator<Item = Value> + 'r {
    let issues =
        report.findings.iter().zip(report.fingerprints()).map(move |(finding, fingerprint)| {
            let file = report.file(finding);
            let (start, end) = file.places(&finding.span);
            json!({
                "type": "issue",
                "categories": ["Bug Risk"],
                "description": finding.whole_message(),
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": level(finding.severity),
                "location": {
                    "path": file.path,
                    "lines": { "begin": start.line, "end": end.line },
                },
            })
        });
    // The report is a list and nothing else, so what is not listed is an issue of its own, in the first line.
    let omitted = report.omitted_severity().map(|severity| {
        json!({
            "type": "issue",
            "categories": ["Bug Risk"],
            "description": report.omitted_message(),
            "check_name": "more findings",
            "fingerprint": format!("more findings in {}", report.directory.path),
            "severity": level(severity),
            "location": { "path": report.directory.path, "lines": { "begin": 1, "end": 1 } },
        })
    });
    issues.chain(omitted)
}

/// The severity in the terms of Code Climate.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
    }
}
