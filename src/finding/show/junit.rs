//! Findings as JUnit XML, which most CI servers show as test results.

use quick_xml::events::BytesText;
use quick_xml::writer::Writer;

use crate::finding::show::FindingReport;
use crate::finding::{Finding, Severity};

/// JUnit XML: a test case for each finding, failed where it is an error; one that passed where there are
/// none.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory cannot fail.
    let suites = writer.create_element("testsuites").with_attribute(("name", "officedir"));
    let _ = suites
        .write_inner_content(|writer| reports.iter().try_for_each(|report| suite(writer, report)));
    let xml = String::from_utf8(writer.into_inner()).unwrap_or_default();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}\n")
}

/// The element around the cases of one file, with the counts that it has to carry.
fn suite(writer: &mut Writer<Vec<u8>>, report: &FindingReport<'_>) -> std::io::Result<()> {
    let omitted = report.omitted_severity();
    let more_failures = usize::from(omitted == Some(Severity::Error));
    // At least 1: where nothing is wrong, there is one case that has passed.
    let tests = (report.findings.len() + usize::from(omitted.is_some())).max(1).to_string();
    let failures = (report.listed(Severity::Error) + more_failures).to_string();
    let suite = writer.create_element("testsuite").with_attributes([
        ("name", report.directory.path),
        ("tests", &*tests),
        ("failures", &*failures),
        ("errors", "0"),
    ]);
    suite.write_inner_content(|writer| {
        if report.findings.is_empty() {
            let case = writer.create_element("testcase");
            case.with_attributes([("name", "validate"), ("classname", "officedir")])
                .write_empty()?;
        }
        report.findings.iter().try_for_each(|finding| case(writer, report, finding))?;
        omitted.map_or(Ok(()), |severity| {
            let text = report.omitted_message();
            outcome(writer, "more findings", severity, &text, &text, "more findings")
        })
    })?;
    Ok(())
}

/// A finding as a test case, which is called by its code and place so that each is a case of its
/// own.
fn case(
    writer: &mut Writer<Vec<u8>>,
    report: &FindingReport<'_>,
    finding: &Finding,
) -> std::io::Result<()> {
    let file = report.file(finding);
    let place = file.lines.place(finding.span.start);
    let place = format!("{}:{}:{}", file.path, place.line, place.column);
    let name = format!("{} at {place}", finding.code);
    let help = finding.help.as_deref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let text = xml_text(&format!("{place}: {}{help}", finding.message));
    let (name, message) = (xml_text(&name), xml_text(&finding.message));
    outcome(writer, &name, finding.severity, &message, &text, finding.code)
}

/// A test case of that name: failed for an error, else with an output.
fn outcome(
    writer: &mut Writer<Vec<u8>>,
    name: &str,
    severity: Severity,
    message: &str,
    text: &str,
    code: &str,
) -> std::io::Result<()> {
    let case = writer.create_element("testcase");
    case.with_attributes([("name", name), ("classname", "officedir")]).write_inner_content(
        |writer| {
            let inner = match severity {
                Severity::Error => writer
                    .create_element("failure")
                    .with_attributes([("message", message), ("type", code)]),
                // A warning fails nothing, so it is the output of a case that has passed.
                Severity::Warning => writer.create_element("system-out"),
            };
            inner.write_text_content(BytesText::new(text))?;
            Ok(())
        },
    )?;
    Ok(())
}

/// The text without what XML 1.0 has no place for (section 2.2).
fn xml_text(text: &str) -> String {
    let is_char = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(is_char).collect()
}
