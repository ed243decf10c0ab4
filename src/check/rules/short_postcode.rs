//! Postal codes that are valid and stop at the delivery area (Taiwan).

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::postal::AddressProblem;

/// A postal code that stops at the delivery area.
pub static RULE: Rule = Rule {
    code: "postal/short-postcode",
    severity: Severity::Warning,
    what: "A postal code is valid but names no more than a delivery area.",
    why: "Such mail arrives, but later. The full code cannot be inferred.",
    example: "\"postal_code\": \"812\", \"country\": \"TW\"",
    instead: "\"postal_code\": \"812024\", \"country\": \"TW\"",
    fix: "Look up the full code.",
};

/// Reports what `postal` has found about such codes.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    subject
        .postal(&RULE, report, |problem| matches!(problem, AddressProblem::ShortPostalCode { .. }));
}
