//! Findings as JSON of our own, for programs that want everything.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;
use serde_json::{Value, json};

use crate::finding::show::{FindingReport, SerializedOnce, json_text};
use crate::finding::{Finding, Severity};
use crate::text::counted;

/// The report as it is printed.
#[derive(Serialize)]
struct JsonReport<'r, F> {
    /// The paths of the directories.
    files: Vec<&'r str>,
    /// Made one by one while they are written.
    findings: F,
    /// Numbers, and a sentence for people.
    summary: Value,
}

/// Everything, as JSON. Columns count code points, offsets bytes.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    let sum = |number: fn(&FindingReport<'_>) -> usize| reports.iter().map(number).sum::<usize>();
    let all = sum(|it| it.findings.len() + it.omitted.total());
    let mut summary = json!({
        "offices": sum(|it| it.offices),
        "errors": sum(|it| it.count(Severity::Error)),
        "warnings": sum(|it| it.count(Severity::Warning)),
        "suppressed": sum(|it| it.suppressed),
        "text": counted(all, "finding", "findings"),
    });
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, count) in reports.iter().flat_map(|report| report.omitted.by_code()) {
        *by_code.entry(code).or_default() += count;
    }
    // Only there where some are missing from the list.
    if !by_code.is_empty() {
        summary["omitted"] = json!(by_code);
    }
    let files = reports.iter().map(|report| report.directory.path).collect();
    let findings =
        reports.iter().flat_map(|report| report.findings.iter().map(move |it| finding(report, it)));
    json_text(&JsonReport { files, findings: SerializedOnce::new(findings), summary })
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
