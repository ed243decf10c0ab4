//! Postal codes with a label or a country's sign, in small letters or without their separator.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::postal::AddressProblem;

/// A postal code that its post writes differently.
pub static RULE: Rule = Rule {
    code: "postal/postcode-form",
    severity: Severity::Warning,
    what: "A postal code is not written as its country's post writes it.",
    why: "Such mail arrives, but spreadsheets and other programs take the code for another one. A country's sign \
          in front of the code is no longer wanted where the post does not write it itself: the country \
          stands on the last line, alone.",
    example: "\"postal_code\": \"CH-8001\", \"country\": \"CH\"",
    instead: "\"postal_code\": \"8001\", \"country\": \"CH\"",
    fix: "Write the code alone, as the country's post does; `validate --fix` does it.",
};

/// Reports codes in another form, with the post's own as the edit.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    subject.postal_edits(&RULE, report, |problem| match problem {
        // It has the letters and digits of the code, so nothing is lost.
        AddressProblem::PostalCodeForm { corrected, .. } => Some(corrected),
        _ => None,
    });
}
