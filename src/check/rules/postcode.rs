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
    example: "\"postal_code\": \"CH-8001\", \"country\": \"CH\"",
    instead: "\"postal_code\": \"8001\", \"country\": \"CH\"",
    fix: "Write the code alone, as the country's post does. A code that the source prints and that is \
          no longer used belongs in `printed`, with a doubtful note at the postal code.",
};

/// Reports codes without the country's shape, with the code that was probably meant as the edit.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    for (at, problem) in &subject.problems {
        let AddressProblem::PostalCode { suggestion, .. } = problem else { continue };
        let pointer = format!("/addresses/{at}/postal_code");
        // A code that is kept as printed and marked as doubtful has its warning from the note.
        if !subject.is_doubtful(&pointer) {
            report.add_with(&RULE, &pointer, problem.to_string(), |mut finding| {
                finding.help = problem.help();
                finding.write_instead(suggestion.as_deref());
                finding
            });
        }
    }
}
