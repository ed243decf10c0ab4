//! States, provinces and prefectures that their country does not have.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::postal::AddressProblem;

/// A state that the country does not have.
pub static RULE: Rule = Rule {
    code: "postal/subdivision",
    severity: Severity::Warning,
    what: "A state, province or prefecture does not belong to the country, by its name or its ISO 3166-2 code, or the \
           code was withdrawn.",
    why: "Posts that sort by state do not know it, and formats that carry the code carry a wrong one. Only \
          countries whose post uses states are checked, and a name in any language is fine beside a known \
          code.",
    example: "\"administrative_area_code\": \"VI\", \"country\": \"AU\"",
    instead: "\"administrative_area_code\": \"VIC\", \"country\": \"AU\"",
    fix: "Write the ISO 3166-2 code without its country, or the name that the post uses. Where a withdrawn code has one \
          successor, `validate --fix` writes it.",
};

/// Reports what `postal` has found about names and codes of no state, and codes that were withdrawn, with the
/// present one as the edit.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    subject.postal(&RULE, report, |problem| {
        matches!(problem, AddressProblem::UnknownSubdivision { .. })
    });
    subject.postal_edits(&RULE, report, |problem| match problem {
        AddressProblem::FormerSubdivisionCode { subdivision, .. } => Some(subdivision.code),
        _ => None,
    });
}
