//! Kinds of offices that the directory does not declare.

use super::whole::SHOWN;
use super::{
    DirectoryContext, DirectoryRule, NeededOffices, OfficeIssue, OfficeIssues, RelatedOffices,
};
use crate::finding::{Finding, Rule, Severity};
use crate::read::Registry;

/// A kind that the directory does not declare.
pub static RULE: Rule = Rule {
    code: "office/unknown-kind",
    severity: Severity::Error,
    what: "The kind of an office is not one of the directory's kinds.",
    why: "Nobody could say what the kind is called, and an export of a kind would miss the office.",
    example: "\"kind\": \"embasy\"",
    instead: "\"kind\": \"embassy\"",
    fix: "Write the id of one of the kinds at the top of the file, or add the kind there. A file that declares no \
          kinds has world-secretariat, regional-secretariat, office, project-office and capacity-center.",
};

/// What it looks at.
pub(super) const AMONG: DirectoryRule = DirectoryRule { offices, finding, header: |_, _| () };

fn offices<'m>(registry: &'m Registry, facts: &'m NeededOffices<'_>) -> OfficeIssues<'m> {
    // Of what is no id the schema says so already.
    let unknown = registry.unknown_kinds.iter().filter(|office| facts.has_kind_id(**office));
    Box::new(unknown.map(|office| OfficeIssue { office: *office, with: RelatedOffices::Nothing }))
}

fn finding(whole: &DirectoryContext<'_>, matter: &OfficeIssue) -> Finding {
    let kind = &whole.at(matter.office).kind;
    let message = format!("the kind \"{kind}\" is not declared");
    let finding = whole.at(matter.office).finding("kind", &RULE, message);
    match whole.kinds.nearest(kind) {
        None => {
            let known = whole.kinds.ids.iter().filter(|id| !id.is_empty());
            let known: Vec<&str> = known.take(SHOWN).copied().collect();
            let known = match &*known {
                [] => String::new(),
                known => format!("write one of {}; or ", known.join(", ")),
            };
            finding.help(format!("{known}declare \"{kind}\" in \"kinds\""))
        }
        near => finding.did_you_mean(near),
    }
}
