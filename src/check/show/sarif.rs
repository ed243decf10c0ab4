use std::ops::Range;

use serde_json::{Value, json};

use super::{File, Report, rule_url};
use crate::check::{Finding, RULES, Severity};

/// SARIF 2.1.0 (OASIS). Columns count UTF-16 code units, which `columnKind` says.
pub(super) fn render(report: &Report<'_>) -> String {
    let results: Vec<Value> = report
        .findings
        .iter()
        .zip(report.fingerprints())
        .map(|(finding, fingerprint)| result(report, finding, &fingerprint))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "officedir",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://docs.rs/officedir",
                "rules": rules(),
            } },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rules() -> Vec<Value> {
    RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code,
                "shortDescription": { "text": rule.what },
                "fullDescription": { "text": rule.why },
                "help": { "text": rule.fix, "markdown": rule.markdown() },
                "helpUri": rule_url(rule.code),
                "defaultConfiguration": { "level": rule.severity.as_str() },
            })
        })
        .collect()
}

fn result(report: &Report<'_>, finding: &Finding, fingerprint: &str) -> Value {
    let file = report.file(finding);
    let message = match &finding.help {
        Some(help) => format!("{}. Help: {help}.", finding.message),
        None => format!("{}.", finding.message),
    };
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": RULES.iter().position(|rule| rule.code == finding.code),
        "level": match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": message },
        "locations": [location(file, finding)],
        "partialFingerprints": { "officedir/v1": fingerprint },
    });
    let related = finding.related.iter().enumerate();
    let related: Vec<Value> = related
        .map(|(id, (span, what))| {
            json!({
                "id": id,
                "message": { "text": what },
                "physicalLocation": physical(file, span),
            })
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(edit) = &finding.edit {
        let description = finding.help.as_deref().unwrap_or("write this instead");
        result["fixes"] = json!([{
            "description": { "text": description },
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(file.path) },
                "replacements": [{
                    "deletedRegion": region(file, &edit.span),
                    "insertedContent": { "text": edit.text },
                }],
            }],
        }]);
    }
    result
}

fn location(file: &File<'_>, finding: &Finding) -> Value {
    let mut location = json!({ "physicalLocation": physical(file, &finding.span) });
    if !finding.pointer.is_empty() {
        location["logicalLocations"] = json!([{
            "fullyQualifiedName": finding.pointer,
            "kind": "member",
        }]);
    }
    location
}

fn physical(file: &File<'_>, span: &Range<usize>) -> Value {
    json!({
        "artifactLocation": { "uri": uri(file.path) },
        "region": region(file, span),
    })
}

fn region(file: &File<'_>, span: &Range<usize>) -> Value {
    let (start, end) = file.places(span);
    json!({
        "startLine": start.line,
        "startColumn": start.utf16,
        "endLine": end.line,
        "endColumn": end.utf16,
    })
}

/// A path as a URI reference (RFC 3986), relative where the path is.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let path = path.replace('\\', "/");
    let encoded = path.bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    let encoded: String = encoded.collect();
    if encoded.starts_with('/') { format!("file://{encoded}") } else { encoded }
}
