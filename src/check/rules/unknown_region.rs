use super::{Look, Rule, Whole};
use crate::check::plain::is_slug;
use crate::check::{Finding, Severity};
use crate::suggest::nearest;

/// A region that the directory does not list.
pub static RULE: Rule = Rule {
    code: "office/unknown-region",
    severity: Severity::Error,
    what: "The region of an office is not one of the directory's regions.",
    why: "The office would be missing from every export of a region, and stand under no heading.",
    example: "\"region\": \"afrika\"",
    instead: "\"region\": \"africa\"",
    fix: "Write the id of one of the regions at the top of the file, or add the region there.",
    look: Look::Whole(look),
};

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    let unknown = &whole.registry.unknown_regions;
    for office in unknown.iter().filter_map(|at| whole.at(*at)) {
        if !is_slug(&office.region) {
            // The schema says so already.
            continue;
        }
        let message = format!("there is no region \"{}\"", office.region);
        let near = nearest(&office.region, whole.regions.iter().copied());
        findings.push(office.finding("region", &RULE, message).did_you_mean(near));
    }
}
