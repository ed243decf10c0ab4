use super::{Report, Subject};
use crate::finding::Rule;
use crate::finding::Severity;

/// A post-office box together with a street.
pub static RULE: Rule = Rule {
    code: "postal/box-and-street",
    severity: Severity::Warning,
    what: "An address has a post-office box and a street at once.",
    why: "Carriers of letters go to the box, couriers to the door. With both in one address the sorting \
          decides, and a courier may be sent to the box.",
    example: "{ \"uses\": [\"physical\", \"postal\"], \"address_lines\": [\"3 Knowledge Park\"], \
              \"post_office_box\": \"PO Box 5319\" }",
    instead: "{ \"uses\": [\"physical\"], \"address_lines\": [\"3 Knowledge Park\"] },\n\
              { \"uses\": [\"postal\"], \"post_office_box\": \"PO Box 5319\" }",
    fix: "Make two addresses of it: a physical one with the street, a postal one with the box.",
};

pub(super) fn check(subject: &Subject<'_, '_>, report: &mut Report<'_, '_>) {
    for (at, address) in subject.office.addresses.iter().enumerate() {
        if address.post_office_box.is_some() && !address.address_lines.is_empty() {
            let pointer = format!("/addresses/{at}/post_office_box");
            let message = "the address has a post-office box and a street";
            report.add_with(&RULE, &pointer, message, |finding| {
                finding.help("make a postal address of the box and a physical one of the street")
            });
        }
    }
}
