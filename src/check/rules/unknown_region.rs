//! Regions of offices that the directory does not list.

use super::{
    DirectoryContext, DirectoryRule, NeededOffices, OfficeIssue, OfficeIssues, RelatedOffices,
};
use crate::finding::{Finding, Rule, Severity};
use crate::read::Registry;

/// A region that the directory does not list.
pub static RULE: Rule = Rule {
    code: "office/unknown-region",
    severity: Severity::Error,
    what: "The region of an office is not one of the directory's regions.",
    why: "The office would be missing from every export of a region, and appear under no heading.",
    example: "\"region\": \"afrika\"",
    instead: "\"region\": \"africa\"",
    fix: "Write the id of one of the regions at the top of the file, or add the region there.",
};

/// What it looks at.
pub(super) const AMONG: DirectoryRule = DirectoryRule { offices, finding, header: |_, _| () };

fn offices<'m>(registry: &'m Registry, facts: &'m NeededOffices<'_>) -> OfficeIssues<'m> {
    // Of what is no id the schema says so already.
    let unknown = registry.unknown_regions.iter().filter(|office| facts.has_region_id(**office));
    Box::new(unknown.map(|office| OfficeIssue { office: *office, with: RelatedOffices::Nothing }))
}

fn finding(whole: &DirectoryContext<'_>, matter: &OfficeIssue) -> Finding {
    let office = whole.at(matter.office);
    let message = format!("the region \"{}\" does not exist", office.region);
    office.finding("region", &RULE, message).did_you_mean(whole.regions.nearest(&office.region))
}
