//! Numbers among the members of the organisation's own that have more digits than the program can pass on.

use serde_json::Number;

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::json::token;
use crate::model::OwnValue;

/// A number with more digits than are kept.
pub static RULE: Rule = Rule {
    code: "office/precision",
    severity: Severity::Warning,
    what: "A number among an office's own members has more digits than can be kept.",
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
                let message = format!("the number would become {number}");
                report.add_with(&RULE, pointer, message, |finding| {
                    finding.help("write it as a text, in quotes")
                });
            }
        });
    });
}

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
    use serde_json::Value;

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
