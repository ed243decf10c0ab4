//! Numbers among the members of the organisation's own that have more digits than the program can pass on.

use std::cell::OnceCell;

use serde_json::{Number, Value};

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Finding, Findings, Rule, Severity};
use crate::json::{ValueIndex, token};
use crate::model::{OwnMembers, OwnValue};

/// A number with more digits than are kept.
pub static RULE: Rule = Rule {
    code: "office/precision",
    severity: Severity::Warning,
    what: "A number among members of your own has more digits than can be kept.",
    why: "Numbers are read as 64-bit integers, or as floating point of 17 digits (RFC 8259, section 6): every export \
          has another number.",
    example: "\"x_account\": 123456789012345678901",
    instead: "\"x_account\": \"123456789012345678901\"",
    fix: "Write the number as a text, in quotes.",
};

/// Compares numbers with how they are written.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    subject.office.each_own(|pointer, name, value| {
        numbers(value, &format!("{pointer}{}", token(name)), &mut |pointer, number| {
            if report.literal(pointer).is_some_and(|literal| !is_kept(literal, number)) {
                report.add_with(&RULE, pointer, changed(number), |finding| finding.help(HELP));
            }
        });
    });
}

/// The same for the members of the organisation, the kinds and the regions, whose header stands in that text.
pub(in crate::check) fn header(header: &Value, text: &str, findings: &mut Findings) {
    let index = OnceCell::new();
    let mut check = |pointer: String, object: &Value| {
        let members = object.as_object().into_iter().flatten();
        for (name, value) in members.filter(|(name, _)| name.starts_with(OwnMembers::PREFIX)) {
            let value = OwnValue::from(value.clone());
            numbers(&value, &format!("{pointer}{}", token(name)), &mut |pointer, number| {
                let index = index.get_or_init(|| ValueIndex::of_header(text));
                let Some(place) = index.find(pointer).map(|found| found.value) else { return };
                if text.get(place.clone()).is_some_and(|literal| !is_kept(literal, number)) {
                    let finding = Finding::new(&RULE, changed(number)).at(place).help(HELP);
                    findings.push(Finding { pointer: pointer.to_owned(), ..finding });
                }
            });
        }
    };
    check("/organization".to_owned(), &header["organization"]);
    for list in ["kinds", "regions"] {
        for (at, item) in header[list].as_array().into_iter().flatten().enumerate() {
            check(format!("/{list}/{at}"), item);
        }
    }
}

/// What is wrong with a number that would become another.
fn changed(number: &Number) -> String {
    format!("the number would become {number}")
}

/// What to do about it.
const HELP: &str = "write it as a text, in quotes";

/// Visits the numbers in a value that may have lost digits, with their JSON pointers.
fn numbers(value: &OwnValue, pointer: &str, visit: &mut dyn FnMut(&str, &Number)) {
    match value {
        // Integers of 64 bits are kept as they are.
        OwnValue::Number(number) if number.is_f64() => visit(pointer, number),
        OwnValue::List(items) => {
            for (at, item) in items.iter().enumerate() {
                numbers(item, &format!("{pointer}/{at}"), visit);
            }
        }
        OwnValue::Object(members) => {
            for (name, member) in members {
                numbers(member, &format!("{pointer}{}", token(name)), visit);
            }
        }
        _ => {}
    }
}

/// Whether a number is the one that is written.
fn is_kept(literal: &str, number: &Number) -> bool {
    decimal(literal) == decimal(&number.to_string())
}

/// Sign, digits without zeros at either end, and the power of ten by which they are multiplied; `None` where the power
/// is beyond all numbers.
fn decimal(literal: &str) -> Option<(bool, String, i64)> {
    let (mantissa, exponent) = literal.split_once(['e', 'E']).unwrap_or((literal, "0"));
    let unsigned = mantissa.trim_start_matches('-');
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_end_matches('0');
    // Digits are as many as a file has bytes at most, so that the sum stays within its type.
    let moved = (all.len() - digits.len()) as i64 - fraction.len() as i64;
    let power = exponent.parse::<i64>().ok()?.checked_add(moved)?;
    let digits = digits.trim_start_matches('0');
    let is_zero = digits.is_empty();
    Some((
        mantissa.starts_with('-') && !is_zero,
        digits.to_owned(),
        if is_zero { 0 } else { power },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_and_changed_numbers() {
        let kept = |literal: &str| {
            let value: Value = serde_json::from_str(literal).unwrap_or_default();
            value.as_number().is_some_and(|number| is_kept(literal, number))
        };
        for literal in [
            "0.1",
            "1.10",
            "-0.0",
            "1e2",
            "0.00e5",
            "1E-7",
            "100",
            "18446744073709551615",
            "0.30000000000000004",
        ] {
            assert!(kept(literal), "{literal}");
        }
        for literal in
            ["18446744073709551617", "0.1000000000000000001", "9007199254740993.0", "1e-400"]
        {
            assert!(!kept(literal), "{literal}");
        }
    }
}
