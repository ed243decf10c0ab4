use super::{Report, Subject};
use crate::finding::Rule;
use crate::finding::Severity;
use crate::postal::Problem;

/// A postal code that stops at the delivery area.
pub static RULE: Rule = Rule {
    code: "postal/short-postcode",
    severity: Severity::Warning,
    what: "A postal code is a valid one and names no more than a delivery area.",
    why: "Such mail arrives, and takes longer. The full code cannot be inferred.",
    example: "\"postal_code\": \"812\", \"country\": \"TW\"",
    instead: "\"postal_code\": \"812024\", \"country\": \"TW\"",
    fix: "Look the full code up.",
};

pub(super) fn check(subject: &Subject<'_, '_>, report: &mut Report<'_, '_>) {
    subject.postal(&RULE, report, |problem| matches!(problem, Problem::ShortPostalCode { .. }));
}
