//! Postal codes that belong to another state than the one that the address names, where the post
//! publishes which codes are whose.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::postal::AddressProblem;

/// A postal code of another state.
pub static RULE: Rule = Rule {
    code: "postal/postcode-area",
    severity: Severity::Warning,
    what: "A postal code belongs to another state, province or prefecture than the one in the address.",
    why: "One of the two is wrong, and mail is sorted by the code. It is a warning because posts add codes now \
          and then. Only countries whose post publishes which codes belong to which state are checked.",
    example: "\"administrative_area_code\": \"UT\", \"postal_code\": \"80202\", \"country\": \"US\"",
    instead: "\"administrative_area_code\": \"CO\", \"postal_code\": \"80202\", \"country\": \"US\"",
    fix: "Correct the code or the state.",
};

/// Reports what `postal` has found about codes and states.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    subject.postal(&RULE, report, |problem| {
        matches!(problem, AddressProblem::ForeignPostalCode { .. })
    });
}
