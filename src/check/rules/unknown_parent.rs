//! Parents, of offices or of regions, that do not exist.

use super::{
    DirectoryContext, DirectoryRule, NeededOffices, OfficeIssue, OfficeIssues, RelatedOffices,
};
use crate::finding::{Finding, Findings, Rule, Severity};
use crate::read::Registry;

/// A parent that is no office, or no region, of the directory.
pub static RULE: Rule = Rule {
    code: "office/unknown-parent",
    severity: Severity::Error,
    what: "The parent of an office, or of a region, is not in the directory.",
    why: "Formats that show which office belongs to which would refer to nothing.",
    example: "\"parent\": \"european-secretariot\"",
    instead: "\"parent\": \"european-secretariat\"",
    fix: "Write the id of an office in the directory, or remove the member.",
};

/// What it looks at.
pub(super) const AMONG: DirectoryRule = DirectoryRule { offices, finding, header };

/// What to do where a part does not know the parent of one of its offices.
const REFERENCES: &str = "have `officedir validate --merge --references FILE` write those of all parts, and export \
                          each part with `--references FILE`";

fn offices<'m>(registry: &'m Registry, facts: &'m NeededOffices<'_>) -> OfficeIssues<'m> {
    // Of what is no id the schema says so already.
    let unknown = registry.unknown_parents.iter().filter(|office| facts.has_parent_id(**office));
    Box::new(unknown.map(|office| OfficeIssue { office: *office, with: RelatedOffices::Nothing }))
}

fn finding(whole: &DirectoryContext<'_>, matter: &OfficeIssue) -> Finding {
    let office = whole.at(matter.office);
    if whole.is_part {
        let message = format!("the parent office \"{}\" is not in the references", office.parent);
        return office.finding("parent", &RULE, message).help(REFERENCES);
    }
    let message = format!("the parent office \"{}\" does not exist", office.parent);
    let finding = office.finding("parent", &RULE, message);
    if whole.regions.position(&office.parent).is_some() {
        let region = &office.parent;
        return finding.help(format!("it is a region: write \"region\": \"{region}\""));
    }
    // No office is a part of itself.
    finding.did_you_mean(whole.near_office(&office.parent).filter(|near| *near != office.id))
}

fn header(whole: &DirectoryContext<'_>, findings: &mut Findings) {
    let regions = &whole.regions;
    for at in 0..regions.ids.len() {
        let Some(id) = whole.region_parent(at) else { continue };
        if regions.position(id).is_none() {
            let message = format!("the parent region \"{id}\" does not exist");
            let finding = whole.item(regions, at, "parent", &RULE, message);
            findings.push(finding.did_you_mean(regions.nearest(id)));
        }
    }
}
