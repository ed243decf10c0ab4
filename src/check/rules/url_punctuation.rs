//! URLs with the punctuation of the sentence that they were copied from.

use serde_json::Value;

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Finding, Findings, Rule, Severity};
use crate::json::ValueIndex;

/// A URL that ends with a punctuation mark.
pub static RULE: Rule = Rule {
    code: "contact/url-punctuation",
    severity: Severity::Warning,
    what: "A website or contact form ends with a punctuation mark.",
    why: "A full stop or comma at the end is a part of the URL (RFC 3986, section 3.3), and mostly comes from the \
          sentence that the URL was copied from: browsers then ask for another page. It is a warning because there \
          are such pages.",
    example: "\"url\": \"https://www.iclei.org/contact.\"",
    instead: "\"url\": \"https://www.iclei.org/contact\"",
    fix: "Write the URL without the mark. If the mark belongs to it, write it percent-encoded, which means the same: \
          %2E for a full stop.",
};

/// Looks at the ends of the office's websites and contact forms.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    let office = subject.office;
    let websites = office.websites.iter().map(|it| it.url.as_str()).enumerate();
    let forms = office.contact_forms.iter().map(|it| it.url.as_str()).enumerate();
    let all = websites.map(|it| ("websites", it)).chain(forms.map(|it| ("contact_forms", it)));
    for (list, (at, url)) in all {
        let Some((message, bare)) = punctuated(url) else { continue };
        let pointer = format!("/{list}/{at}/url");
        report.add_with(&RULE, &pointer, message, |finding| with(finding, bare));
    }
}

/// Looks at the end of the organisation's website, whose header stands in that text, if it has no finding yet.
pub(in crate::check) fn header(
    header: &Value,
    text: &str,
    known: &Findings,
    findings: &mut Findings,
) {
    const POINTER: &str = "/organization/website";
    let url = header.pointer(POINTER).and_then(Value::as_str);
    let is_known = known.kept().iter().any(|finding| finding.pointer == POINTER);
    if let Some((message, bare)) = url.and_then(punctuated).filter(|_| !is_known) {
        let place = ValueIndex::of_header(text).find(POINTER).map_or(0..0, |found| found.value);
        let finding = Finding { pointer: POINTER.into(), ..Finding::new(&RULE, message).at(place) };
        findings.push(with(finding, bare));
    }
}

/// The finding with the URL to write instead.
fn with(mut finding: Finding, bare: &str) -> Finding {
    finding.write_instead(Some(bare));
    finding.help(format!("write \"{bare}\""))
}

/// What is wrong with a URL that ends with punctuation marks, and the URL without them.
fn punctuated(url: &str) -> Option<(String, &str)> {
    let is_mark = |c: char| ".,;:!".contains(c);
    // A closing bracket belongs to the sentence where none was opened in the URL.
    let is_open = |text: &str| text.matches('(').count() < text.matches(')').count();
    let mut bare = url;
    while let Some(shorter) = bare.strip_suffix(|c| is_mark(c) || c == ')' && is_open(bare)) {
        bare = shorter;
    }
    (bare.len() < url.len())
        .then(|| (format!("the URL ends with \"{}\"", &url[bare.len()..]), bare))
}
