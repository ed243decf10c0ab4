//! Findings as SARIF 2.1.0, which GitHub's code scanning reads.

use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use crate::finding::show::{FindingReport, ReportedFile, SerializedOnce, json_text, rule_url};
use crate::finding::{Finding, Rule};

/// The log. Members are in the order of their names, as in all reports here.
#[derive(Serialize)]
struct SarifLog<R> {
    /// Where the schema of the log is found.
    #[serde(rename = "$schema")]
    schema: &'static str,
    /// One check is one run.
    runs: [SarifRun<R>; 1],
    /// The version of SARIF.
    version: &'static str,
}

/// The run of a check.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun<R> {
    /// What columns count.
    column_kind: &'static str,
    /// Says what is missing from the results; `None` where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    invocations: Option<Value>,
    /// Made one by one while they are written.
    results: R,
    /// The program, with all of its rules.
    tool: Value,
}

/// SARIF 2.1.0 (OASIS). Columns count UTF-16 code units, which `columnKind` says.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    // One run for all files: code scanning takes no two runs of one tool in an upload.
    let results = reports.iter().flat_map(|report| {
        let results = report.findings.iter().zip(report.fingerprints());
        results.map(move |(finding, fingerprint)| result(report, finding, &fingerprint))
    });
    let run = SarifRun {
        column_kind: "utf16CodeUnits",
        invocations: invocations(reports),
        results: SerializedOnce::new(results),
        tool: json!({ "driver": {
            "name": "officedir",
            "version": env!("CARGO_PKG_VERSION"),
            "informationUri": "https://docs.rs/officedir",
            "rules": rules(reports.first().map_or(&[][..], |report| report.rules)),
        } }),
    };
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    json_text(&SarifLog { schema, runs: [run], version: "2.1.0" })
}

/// Says that there are more results (section 3.20.21), if there are.
fn invocations(reports: &[FindingReport<'_>]) -> Option<Value> {
    let notification = |report: &FindingReport<'_>| {
        Some(json!({
            "level": report.omitted_severity()?.as_str(),
            "message": { "text": format!("{}.", report.omitted_message()) },
        }))
    };
    let notifications: Vec<Value> = reports.iter().filter_map(notification).collect();
    let invocation =
        || json!([{ "executionSuccessful": true, "toolExecutionNotifications": notifications }]);
    (!notifications.is_empty()).then(invocation)
}

/// All rules, with their texts, so that code scanning can explain a finding without our
/// documentation.
fn rules(rules: &[&Rule]) -> Vec<Value> {
    rules
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

/// A finding as a result, which refers to its rule by name and position.
fn result(report: &FindingReport<'_>, finding: &Finding, fingerprint: &str) -> Value {
    let file = report.file(finding);
    // Messages have no full stop of their own, and here two of them become one text.
    let message = match &finding.help {
        Some(help) => format!("{}. Help: {help}.", finding.message),
        None => format!("{}.", finding.message),
    };
    let mut result = json!({
        "ruleId": finding.code,
        // Viewers that do not look rules up by name find them by position.
        "ruleIndex": report.rules.iter().position(|rule| rule.code == finding.code),
        "level": finding.severity.as_str(),
        "message": { "text": message },
        "locations": [location(file, finding)],
        // By these GitHub knows an alert again after lines have moved (SARIF 2.1.0, section 3.27.17).
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

/// Where it is, by place and by pointer.
fn location(file: &ReportedFile<'_>, finding: &Finding) -> Value {
    let mut location = json!({ "physicalLocation": physical(file, &finding.span) });
    if !finding.pointer.is_empty() {
        // Where in the directory, for those who do not look at lines.
        location["logicalLocations"] = json!([{
            "fullyQualifiedName": finding.pointer,
            "kind": "member",
        }]);
    }
    location
}

/// A file and a region of it.
fn physical(file: &ReportedFile<'_>, span: &Range<usize>) -> Value {
    json!({
        "artifactLocation": { "uri": uri(file.path) },
        "region": region(file, span),
    })
}

/// Lines and columns from 1, the end behind the last character.
fn region(file: &ReportedFile<'_>, span: &Range<usize>) -> Value {
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
    /// What a path keeps: the unreserved characters (RFC 3986, section 2.3), and slashes.
    const ENCODED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    // Windows separates folders by backslashes, which no URI has.
    let path = path.replace('\\', "/");
    let encode = |path| utf8_percent_encode(path, ENCODED);
    match path.split_at_checked(2) {
        _ if path.starts_with('/') => format!("file://{}", encode(&path)),
        // A drive: its colon would otherwise stand for a scheme, or be taken for a part of a name.
        Some((drive, rest)) if drive.ends_with(':') && rest.starts_with('/') => {
            format!("file:///{drive}{}", encode(rest))
        }
        _ => encode(&path).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        let cases = [
            ("a b/ö.json", "a%20b/%C3%B6.json"),
            ("/srv/a.json", "file:///srv/a.json"),
            ("C:\\data\\a.json", "file:///C:/data/a.json"),
            ("c:a.json", "c%3Aa.json"),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path), expected);
        }
    }
}
