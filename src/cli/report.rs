use std::fmt::Write as _;
use std::path::Path;

use officedir::check::{Finding, Severity};

/// Findings as text, one a line with its place: `FILE:LINE:COLUMN: severity[code]: message`. Lines and
/// columns count from 1, columns in code points.
pub(super) fn findings(path: &Path, bytes: &[u8], findings: &[Finding]) -> String {
    let mut report = String::new();
    let place = |at: usize| {
        let before = &bytes[..at.min(bytes.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        // A place is never behind what is not UTF-8.
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        format!("{}:{line}:{column}", path.display())
    };
    for finding in findings {
        let Finding { code, severity, message, pointer, span, related, help, .. } = finding;
        let at = if pointer.is_empty() { String::new() } else { format!(" (at {pointer})") };
        let place_of = place(span.start);
        // Writing to a string cannot fail.
        let _ = writeln!(report, "{place_of}: {}[{code}]: {message}{at}", severity.as_str());
        for (span, what) in related {
            let _ = writeln!(report, "  {}: {what}", place(span.start));
        }
        if let Some(help) = help {
            let _ = writeln!(report, "  help: {help}");
        }
    }
    report
}

/// Whether any finding is an error.
pub(super) fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
