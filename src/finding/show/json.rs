//! Findings as JSON of our own, for programs that want everything.

use std::ops::Range;

use serde::Serialize;
use serde_json::{Value, json};

use crate::finding::show::{FindingReport, SerializedOnce, json_text};
use crate::finding::{Finding, Severity};
use crate::text::counted;

/// The report as it is printed.
#[derive(Serialize)]
struct JsonReport<'r, F> {
    /// The path of the directory.
    file: &'r str,
    /// Made one by one while they are written.
    findings: F,
    /// Numbers, and a sentence for people.
    summary: Value,
}

/// Everything, as JSON. Columns count code points, offsets bytes.
pub(super) fn render(report: &FindingReport<'_>) -> String {
    let mut summary = json!({
        "offices": report.offices,
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "suppressed": report.suppressed,
        "text": counted(report.findings.len() + report.omitted.total(), "finding", "findings"),
    });
    // Only there where some are missing from the list.
    if !report.omitted.is_empty() {
        let by_code: serde_json::Map<String, Value> =
            report.omitted.by_code().map(|(code, count)| (code.to_owned(), count.into())).collect();
        summary["omitted"] = by_code.into();
    }
    let findings = SerializedOnce::new(report.findings.iter().map(|it| finding(report, it)));
    json_text(&JsonReport { file: report.directory.path, findings, summary })
}

/// A finding with all that is known of it, and `null` where there is nothing.
fn finding(report: &FindingReport<'_>, finding: &Finding) -> Value {
    let file = report.file(finding);
    let place = |span: &Range<usize>| {
        let (start, end) = file.places(span);
        json!({
            "line": start.line,
            "column": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "offset": span.start,
            "endOffset": span.end,
        })
    };
    let related = finding.related.iter();
    json!({
        "file": file.path,
        "code": finding.code,
        "severity": finding.severity.as_str(),
        "message": finding.message,
        "help": finding.help,
        "office": finding.office,
        "pointer": finding.pointer,
        "place": place(&finding.span),
        "related": related
            .map(|(span, what)| json!({ "message": what, "place": place(span) }))
            .collect::<Vec<_>>(),
        "edit": finding.edit.as_ref().map(|edit| {
            json!({ "place": place(&edit.span), "text": edit.text, "safe": edit.safe })
        }),
    })
}
