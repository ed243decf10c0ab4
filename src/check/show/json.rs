use std::ops::Range;

use serde_json::{Value, json};

use super::{Report, number};
use crate::check::{Finding, Severity};

/// Everything, as JSON. Columns count code points, offsets bytes.
pub(super) fn render(report: &Report<'_>) -> String {
    let findings: Vec<Value> = report.findings.iter().map(|it| finding(report, it)).collect();
    let report = json!({
        "file": report.directory.path,
        "summary": {
            "offices": report.offices,
            "errors": report.count(Severity::Error),
            "warnings": report.count(Severity::Warning),
            "suppressed": report.suppressed,
            "text": number(report.findings.len(), "finding"),
        },
        "findings": findings,
    });
    format!("{report:#}\n")
}

fn finding(report: &Report<'_>, finding: &Finding) -> Value {
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
