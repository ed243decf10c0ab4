//! Findings in the Reviewdog Diagnostic Format.

use std::ops::Range;

use serde::Serialize;
use serde_json::{Value, json};

use crate::finding::show::{FindingReport, SerializedOnce, json_text, rule_url};
use crate::finding::{Finding, Severity};

/// The report as reviewdog reads it.
#[derive(Serialize)]
struct RdjsonReport<D> {
    /// Made one by one while they are written.
    diagnostics: D,
    /// Who has made the report.
    source: Value,
}

/// Reviewdog Diagnostic Format. Columns count bytes of UTF-8.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    json_text(&RdjsonReport {
        diagnostics: SerializedOnce::new(reports.iter().flat_map(diagnostics)),
        source: json!({ "name": "officedir", "url": "https://docs.rs/officedir" }),
    })
}

/// The diagnostics of one file.
fn diagnostics<'r>(report: &'r FindingReport<'_>) -> impl Iterator<Item = Value> + 'r {
    let diagnostics = report.findings.iter().map(|it| diagnostic(report, it));
    // About the file as a whole, so without a range.
    let omitted = report.omitted_severity().map(|severity| {
        json!({
            "message": report.omitted_message(),
            "location": { "path": report.directory.path },
            "severity": level(severity),
        })
    });
    diagnostics.chain(omitted)
}

/// The severity in the terms of reviewdog's schema.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
    }
}

/// A finding in the terms of reviewdog's schema.
fn diagnostic(report: &FindingReport<'_>, finding: &Finding) -> Value {
    let file = report.file(finding);
    let range = |span: &Range<usize>| {
        let (start, end) = file.places(span);
        json!({
            "start": { "line": start.line, "column": start.bytes },
            "end": { "line": end.line, "column": end.bytes },
        })
    };
    let location = |span| json!({ "path": file.path, "range": range(span) });
    let mut diagnostic = json!({
        "message": finding.whole_message(),
        "location": location(&finding.span),
        "severity": level(finding.severity),
        "code": { "value": finding.code, "url": rule_url(finding.code) },
    });
    if let Some(edit) = &finding.edit {
        // Reviewdog offers them for one click in a pull request.
        diagnostic["suggestions"] = json!([{ "range": range(&edit.span), "text": edit.text }]);
    }
    let related = finding.related.iter();
    let related: Vec<Value> = related
        .map(|(span, what)| json!({ "message": what, "location": location(span) }))
        .collect();
    if !related.is_empty() {
        diagnostic["related_locations"] = related.into();
    }
    diagnostic
}
