//! A headquarters that is no office of the directory.

use super::{DirectoryContext, DirectoryRule};
use crate::check::fast_accept::is_slug;
use crate::finding::{Findings, Rule, Severity};

/// A headquarters that is no office.
pub static RULE: Rule = Rule {
    code: "organization/unknown-headquarters",
    severity: Severity::Error,
    what: "The organisation names a headquarters that is not in the directory.",
    why: "Mail comes from the headquarters: without it, labels do not know which country they are posted in.",
    example: "\"headquarters\": \"minstry\"",
    instead: "\"headquarters\": \"ministry\"",
    fix: "Write the id of the office that is the headquarters, or remove the member.",
};

/// What it looks at.
pub(super) const AMONG: DirectoryRule = DirectoryRule {
    offices: |_, _| Box::new(std::iter::empty()),
    finding: |whole, matter| whole.at(matter.office).finding("id", &RULE, String::new()),
    header,
};

fn header(whole: &DirectoryContext<'_>, findings: &mut Findings) {
    // Of what is no id the schema says so already.
    let Some(id) = whole.missing_headquarters.filter(|id| is_slug(id)) else { return };
    let message = format!("the office \"{id}\" does not exist");
    let finding = whole.in_header("/organization/headquarters", &RULE, message);
    findings.push(finding.did_you_mean(whole.near_office(id)));
}
