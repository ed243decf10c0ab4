//! Offices, regions or kinds that share an id. The registry has found the pairs by the hashes of the ids; here
//! they are put into words.

use super::{
    DirectoryContext, DirectoryRule, NeededOffices, OfficeIssue, OfficeIssues, RelatedOffices,
};
use crate::finding::{Finding, Findings, Rule, Severity};
use crate::read::Registry;

/// Two offices, regions or kinds of one id.
pub static RULE: Rule = Rule {
    code: "office/duplicate-id",
    severity: Severity::Error,
    what: "Two offices, two regions or two kinds have the same id.",
    why: "Address books recognise an office by its id: of two offices with one id, only one survives an import.",
    example: "{ \"id\": \"japan-office\", … }, { \"id\": \"japan-office\", … }",
    instead: "{ \"id\": \"japan-office\", … }, { \"id\": \"japan-project-office\", … }",
    fix: "Give the newer office an id of its own. An id never changes once it has been exported.",
};

/// What it looks at.
pub(super) const AMONG: DirectoryRule = DirectoryRule { offices, finding, header };

fn offices<'m>(registry: &'m Registry, _: &'m NeededOffices<'_>) -> OfficeIssues<'m> {
    let with = |first: u32| RelatedOffices::Office(first, FIRST);
    let duplicates = registry.duplicates.iter();
    Box::new(
        duplicates.map(move |(later, first)| OfficeIssue { office: *later, with: with(*first) }),
    )
}

fn finding(whole: &DirectoryContext<'_>, matter: &OfficeIssue) -> Finding {
    let later = whole.at(matter.office);
    let message = format!("the id \"{}\" is taken by an earlier office", later.id);
    let finding = later.finding("id", &RULE, message).help("give this office an id of its own");
    match matter.with {
        RelatedOffices::Office(first, what) => whole.related(finding, first, "id", what),
        _ => finding,
    }
}

fn header(whole: &DirectoryContext<'_>, findings: &mut Findings) {
    for list in [&whole.kinds, &whole.regions] {
        for (at, id) in list.ids.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
            let Some(first) = list.position(id).filter(|first| *first < at) else { continue };
            let message = format!("the id \"{id}\" is taken by an earlier {}", list.item);
            let mut finding = whole.item(list, at, "id", &RULE, message);
            let place = whole.header_span(&format!("/{}/{first}/id", list.member));
            finding.related.push((place, FIRST.into()));
            findings.push(finding.help(format!("give this {} an id of its own", list.item)));
        }
    }
}

/// What stands at the first of two in a report.
const FIRST: &str = "the first one is here";
