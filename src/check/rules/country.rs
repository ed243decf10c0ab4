//! Country codes that are not assigned. The schema has only seen that there are two capital letters;
//! which codes exist is known to the table of countries in `postal`.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::postal::AddressProblem;

/// A country code that is not assigned.
pub static RULE: Rule = Rule {
    code: "postal/country",
    severity: Severity::Error,
    what: "A country is not an ISO 3166-1 code.",
    why: "The layout of an address, its postal code and the country line all depend on the country. \
          Kosovo (XK), Ascension Island (AC) and Tristan da Cunha (TA), which have a post of their own \
          and a reserved code, count as countries.",
    example: "\"country\": \"UK\"",
    instead: "\"country\": \"GB\"",
    fix: "Write the ISO 3166-1 alpha-2 code, which has two letters.",
};

/// Reports what `postal` has found about countries, at the member.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    for (at, problem) in &subject.problems {
        // Of an address with an unknown country `postal` says nothing else: every other rule depends
        // on the country.
        let AddressProblem::UnknownCountry { suggestion, .. } = problem else { continue };
        let pointer = format!("/addresses/{at}/country");
        report.add_with(&RULE, &pointer, problem.to_string(), |mut finding| {
            finding.help = problem.help();
            finding.write_instead(suggestion.map(|country| country.code));
            finding
        });
    }
}
