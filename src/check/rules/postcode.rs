//! Postal codes without the shape that their country's codes have.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::postal::AddressProblem;

/// A postal code that the country does not have.
pub static RULE: Rule = Rule {
    code: "postal/postcode",
    severity: Severity::Error,
    what: "A postal code does not have the shape of its country's codes.",
    why: "Sorting machines read the code first; mail with a code that cannot exist is delayed or \
          returned. If the shape that is known here is out of date, suppress the finding and say so in the \
          reason.",
    example: "\"postal_code\": \"801\", \"country\": \"CH\"",
    instead: "\"postal_code\": \"8001\", \"country\": \"CH\"",
    fix: "Look up the code. One that the source prints and that is no longer used belongs in `printed`, with a \
          doubtful note at the postal code.",
};

/// Reports what `postal` has found about such codes.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    subject.postal(&RULE, report, |problem| matches!(problem, AddressProblem::PostalCode { .. }));
}
