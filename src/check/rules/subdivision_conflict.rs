//! States whose name and code disagree.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::postal::AddressProblem;

/// A state whose name and code disagree.
pub static RULE: Rule = Rule {
    code: "postal/subdivision-conflict",
    severity: Severity::Error,
    what: "The name and the code of the state, province or prefecture belong to two different ones.",
    why: "Some formats carry the name and some the code, so mail would go to two places.",
    example: "\"administrative_area\": \"Ontario\", \"administrative_area_code\": \"QC\"",
    instead: "\"administrative_area\": \"Ontario\", \"administrative_area_code\": \"ON\"",
    fix: "Correct the one that is wrong.",
};

/// Reports what `postal` has found about names and codes of two states.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    subject.postal(&RULE, report, |problem| {
        matches!(problem, AddressProblem::SubdivisionConflict { .. })
    });
}
