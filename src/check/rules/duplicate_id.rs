use super::{Look, Rule, Whole};
use crate::check::{Finding, Severity};

/// Two offices, or two regions, of one id.
pub static RULE: Rule = Rule {
    code: "office/duplicate-id",
    severity: Severity::Error,
    what: "Two offices, or two regions, have the same id.",
    why: "Address books recognise an office by its id: of two with one id only one survives an import.",
    example: "{ \"id\": \"japan-office\", … }, { \"id\": \"japan-office\", … }",
    instead: "{ \"id\": \"japan-office\", … }, { \"id\": \"japan-project-office\", … }",
    fix: "Give the newer office an id of its own. An id never changes once it was exported.",
    look: Look::Whole(look),
};

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    for (later, first) in &whole.registry.duplicates {
        let (Some(later), Some(first)) = (whole.at(*later), whole.at(*first)) else { continue };
        let message = format!("the id \"{}\" is taken by an earlier office", later.id);
        let mut finding = later.finding("id", &RULE, message);
        finding.related.push((first.span("id"), FIRST.into()));
        findings.push(finding.help("give this office an id of its own"));
    }
    for (at, id) in whole.regions.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
        let Some(first) = whole.regions[..at].iter().position(|it| it == id) else { continue };
        let mut finding =
            whole.region(at, "id", &RULE, format!("the id \"{id}\" is taken by an earlier region"));
        finding.related.push((whole.region(first, "id", &RULE, String::new()).span, FIRST.into()));
        findings.push(finding.help("give this region an id of its own"));
    }
}

const FIRST: &str = "the first one is here";
