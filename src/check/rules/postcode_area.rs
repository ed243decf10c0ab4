use super::{Report, Subject};
use crate::finding::Rule;
use crate::finding::Severity;
use crate::postal::Problem;

/// A postal code of another state.
pub static RULE: Rule = Rule {
    code: "postal/postcode-area",
    severity: Severity::Warning,
    what: "A postal code is one of another state, province or prefecture than the address names.",
    why: "One of the two is wrong, and sorting goes by the code. Beginnings of codes are known for the countries whose post publishes them, and are added to now and then: hence a warning.",
    example: "\"administrative_area_code\": \"UT\", \"postal_code\": \"80202\", \"country\": \"US\"",
    instead: "\"administrative_area_code\": \"CO\", \"postal_code\": \"80202\", \"country\": \"US\"",
    fix: "Correct the code or the state.",
};

pub(super) fn check(subject: &Subject<'_, '_>, report: &mut Report<'_, '_>) {
    subject.postal(&RULE, report, |problem| matches!(problem, Problem::ForeignPostalCode { .. }));
}
