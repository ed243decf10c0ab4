//! A post-office box and a street in one address. Only addresses in which both are present are reported:
//! which of the two is meant is for people to decide.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};

/// A post-office box together with a street.
pub static RULE: Rule = Rule {
    code: "postal/box-and-street",
    severity: Severity::Warning,
    what: "An address has both a post-office box and a street.",
    why: "Mail goes to the box, couriers go to the door. With both in one address nobody can tell which \
          is meant, and a courier may be sent to the box.",
    example: "{ \"uses\": [\"physical\", \"postal\"], \"address_lines\": [\"3 Knowledge Park\"], \
              \"post_office_box\": \"PO Box 5319\" }",
    instead: "{ \"uses\": [\"physical\"], \"address_lines\": [\"3 Knowledge Park\"] },\n\
              { \"uses\": [\"postal\"], \"post_office_box\": \"PO Box 5319\" }",
    fix: "Split it into two addresses: a physical one with the street and a postal one with the box.",
};

/// Looks at each address by itself: two addresses, one with the box and one with the street, are
/// what is advised.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    for (at, address) in subject.office.addresses.iter().enumerate() {
        // At the box, because it is what moves to an address of its own.
        if address.post_office_box.is_some() && !address.address_lines.is_empty() {
            let pointer = format!("/addresses/{at}/post_office_box");
            let message = "the address has both a post-office box and a street";
            report.add_with(&RULE, &pointer, message, |finding| {
                finding.help("split it into a postal address with the box and a physical one with the street")
            });
        }
    }
}
