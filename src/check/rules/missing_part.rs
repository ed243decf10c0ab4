//! Components that the post of a country needs and an address lacks. What is needed comes from
//! `postal`, so that the rule and the layout of labels cannot disagree.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Finding, Rule, Severity};
use crate::postal::AddressProblem;

/// A component that the country's post needs.
pub static RULE: Rule = Rule {
    code: "postal/missing-part",
    severity: Severity::Warning,
    what: "An address lacks a part that its country's post needs.",
    why: "Mail without it is delayed or returned. It is a warning because the rest may be right and the \
          part unknown. Nothing is reported where `printed` keeps the part in a form that cannot be used, \
          or where a note already calls it doubtful.",
    example: "{ \"address_lines\": [\"401 Richmond St. W\"], \"locality\": \"Toronto\", \"country\": \"CA\" }",
    instead: "{ \"address_lines\": [\"401 Richmond St. W\"], \"locality\": \"Toronto\", \
              \"administrative_area_code\": \"ON\", \"postal_code\": \"M5V 3A8\", \"country\": \"CA\" }",
    fix: "Add the part.",
};

/// Reports each missing component at the place where it would be.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    for (at, problem) in &subject.problems {
        let AddressProblem::Missing { .. } = problem else { continue };
        let member = problem.member();
        let pointer = format!("/addresses/{at}/{member}");
        // A directory that quotes its source may know a code only in a form that no post takes
        // ("110-110"). Then it is kept as printed, and asking for the code again would only be noise.
        if !subject.is_doubtful(&pointer) && !subject.is_printed(*at, member) {
            let help = problem.help();
            report.add_with(&RULE, &pointer, problem.to_string(), |it| Finding { help, ..it });
        }
    }
}
