//! Telephone numbers that nobody can have: the plan of their calling code has none like them. Whether a number is in use
//! is not asked, since numbering plans change more often than this program.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::text::{NumberingPlan, read_phone};

/// A telephone number that its calling code does not have.
pub static RULE: Rule = Rule {
    code: "contact/phone-impossible",
    severity: Severity::Warning,
    what: "A telephone number has a calling code that nobody has, too few or too many digits for its country, or the \
           zero in front that only calls within the country have.",
    why: "Nobody can call it: a digit was lost or added, or two numbers became one. Lengths are libphonenumber's. It is \
          a warning because numbering plans change.",
    example: "\"number\": \"+490228976299\"  (the zero is dialled in Germany only)",
    instead: "\"number\": \"+49228976299\"",
    fix: "Correct the number, or suppress the finding with the reason.",
};

/// Compares each number with what is possible behind its calling code.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    for (at, phone) in subject.office.phones.iter().enumerate() {
        let Some(problem) = impossible(&phone.number) else { continue };
        let pointer = format!("/phones/{at}/number");
        if subject.is_doubtful(&pointer) {
            continue;
        }
        report.add_with(&RULE, &pointer, problem, |finding| {
            let span = finding.span.clone();
            match read_phone(None, &phone.number).filter(|read| **read != *phone.number) {
                Some(read) => finding.help(format!("did you mean \"{read}\"?")).edit(
                    span,
                    format!("\"{read}\""),
                    false,
                ),
                None => finding,
            }
        });
    }
}

/// What makes a number impossible.
pub(in crate::check) fn impossible(number: &str) -> Option<String> {
    let Some((plan, rest)) = NumberingPlan::of(number) else {
        return Some(format!("{number} begins with no calling code of a country or a network"));
    };
    let code = number.strip_suffix(rest).unwrap_or_default();
    if rest.starts_with('0') && !plan.keeps_zero {
        return Some(format!(
            "{number} has a zero behind {code}, which no number there begins with"
        ));
    }
    if plan.has_length(rest.len()) {
        return None;
    }
    let lengths: Vec<String> = plan.lengths().map(|it| it.to_string()).collect();
    let possible = match lengths.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        all => all.concat(),
    };
    Some(format!("{number} has {} digits behind {code}, where numbers have {possible}", rest.len()))
}
