use std::ops::Range;

use serde_json::{Value, json};

use super::{Report, rule_url, whole_message};
use crate::check::{Finding, Severity};

/// Reviewdog Diagnostic Format. Columns count bytes of UTF-8.
pub(super) fn render(report: &Report<'_>) -> String {
    let diagnostics: Vec<Value> = report.findings.iter().map(|it| diagnostic(report, it)).collect();
    let report = json!({
        "source": { "name": "officedir", "url": "https://docs.rs/officedir" },
        "diagnostics": diagnostics,
    });
    format!("{report:#}\n")
}

fn diagnostic(report: &Report<'_>, finding: &Finding) -> Value {
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
        "message": whole_message(finding),
        "location": location(&finding.span),
        "severity": match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        },
        "code": { "value": finding.code, "url": rule_url(finding.code) },
    });
    if let Some(edit) = &finding.edit {
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
