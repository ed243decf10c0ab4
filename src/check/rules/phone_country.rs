//! Telephone numbers whose calling code belongs to none of the countries of the office. Whether a number
//! is well-formed is a matter of the schema.

use smallvec::SmallVec;

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::model::Office;
use crate::postal;
use crate::text::calling_code;

/// A telephone number of another country.
pub static RULE: Rule = Rule {
    code: "contact/phone-country",
    severity: Severity::Warning,
    what: "A telephone number belongs to none of the countries in which the office has addresses.",
    why: "It is usually a slip in the country code. It is a warning because an office may well be reached \
          through another country.",
    example: "\"number\": \"+48228976299\"  (a Polish number of an office in Germany)",
    instead: "\"number\": \"+49228976299\"",
    fix: "Correct the country code, or suppress the finding with the reason.",
};

/// Compares the beginning of each number with the calling codes of all of the office's countries.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    let Office { addresses, phones, .. } = subject.office;
    let Some(first) = addresses.first() else { return };
    let country = first.country.as_str();
    // Thousands of addresses are in few countries.
    let mut codes: SmallVec<[Option<&str>; 4]> =
        addresses.iter().map(|address| calling_code(&address.country)).collect();
    codes.sort_unstable();
    codes.dedup();
    for (at, phone) in phones.iter().enumerate() {
        let digits = phone.number.trim_start_matches('+');
        if codes.iter().any(|code| code.is_none_or(|code| digits.starts_with(code))) {
            continue;
        }
        let name = postal::country(country).map_or(country, |country| country.english_name());
        let message = format!("{} is not a number in {name}, where the office is", phone.number);
        let code = calling_code(country).unwrap_or_default();
        let pointer = format!("/phones/{at}/number");
        report.add_with(&RULE, &pointer, message, |finding| {
            finding.help(format!("numbers there begin with +{code}"))
        });
    }
}
