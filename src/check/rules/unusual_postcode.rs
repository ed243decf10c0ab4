//! Postal codes of a former system, or of a range that no list vouches for.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::postal::AddressProblem;

/// A postal code that deserves a second look.
pub static RULE: Rule = Rule {
    code: "postal/unusual-postcode",
    severity: Severity::Warning,
    what: "A postal code has a shape that its country's post has left, or is outside of what is known of its codes.",
    why: "Mail with a former code arrives later or not at all. It is a warning because some posts publish no list \
          of their codes, so what is known of them may be incomplete.",
    example: "\"postal_code\": \"1209\", \"country\": \"PY\"",
    instead: "\"postal_code\": \"001209\", \"country\": \"PY\"",
    fix: "Look up the code. If it is right, suppress the finding.",
};

/// Reports what `postal` has found about such codes.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    subject.postal(&RULE, report, |problem| {
        matches!(problem, AddressProblem::UnusualPostalCode { .. })
    });
}
