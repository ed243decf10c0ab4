use super::{Look, Rule, Whole};
use crate::check::plain::is_slug;
use crate::check::{Finding, Severity};
use crate::suggest::nearest;

/// A parent that is no office, or no region, of the directory.
pub static RULE: Rule = Rule {
    code: "office/unknown-parent",
    severity: Severity::Error,
    what: "The parent of an office, or of a region, is not in the directory.",
    why: "Formats that show who belongs to whom would refer to nothing.",
    example: "\"parent\": \"european-secretariot\"",
    instead: "\"parent\": \"european-secretariat\"",
    fix: "Write the id of an office of the directory, or take the member out.",
    look: Look::Whole(look),
};

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    let unknown = &whole.registry.unknown_parents;
    for office in unknown.iter().filter_map(|at| whole.at(*at)) {
        if !is_slug(&office.parent) {
            // The schema says so already.
            continue;
        }
        let message = format!("there is no office \"{}\" to be the parent", office.parent);
        let near = nearest(&office.parent, whole.ids.iter().map(String::as_str));
        let mut finding = office.finding("parent", &RULE, message).did_you_mean(near);
        if whole.regions.contains(&&*office.parent) {
            let region = &office.parent;
            finding = finding.help(format!("it is a region: write \"region\": \"{region}\""));
            finding.edit = None;
        }
        findings.push(finding);
    }
    for at in 0..whole.regions.len() {
        let Some(id) = whole.region_parent(at) else { continue };
        if !whole.regions.contains(&id) {
            let message = format!("there is no region \"{id}\" to be the parent");
            let near = nearest(id, whole.regions.iter().copied());
            findings.push(whole.region(at, "parent", &RULE, message).did_you_mean(near));
        }
    }
}
