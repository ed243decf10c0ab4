//! Offices that were probably entered twice. Candidates come from the registry, which groups offices by
//! hashes of folded names and addresses; only names within one group are compared letter by letter.

use std::collections::HashSet;

use super::{
    DirectoryContext, DirectoryRule, NeededOffices, OfficeIssue, OfficeIssues, RelatedOffices,
};
use crate::finding::{Finding, Rule, Severity};
use crate::read::Registry;

/// Two offices that are probably one.
pub static RULE: Rule = Rule {
    code: "office/near-duplicate",
    severity: Severity::Warning,
    what: "Two offices are probably the same: they have the same name in the same country, or nearly the same \
           name at the same address.",
    why: "An office that was entered twice gets its mail twice, and a change reaches only one of the \
          two records. Names are compared without capitals, spaces and punctuation; names that differ \
          in a number are of different offices.",
    example: "{ \"id\": \"japan-office\", \"name\": \"Japan Office\", … },\n\
              { \"id\": \"office-japan\", \"name\": \"Japan office\", … }",
    instead: "{ \"id\": \"japan-office\", \"name\": \"Japan Office\", … }",
    fix: "Merge the two, or give them names that tell them apart.",
};

/// What it looks at.
pub(super) const AMONG: DirectoryRule = DirectoryRule { offices, finding, header: |_, _| () };

fn offices<'m>(registry: &'m Registry, facts: &'m NeededOffices<'_>) -> OfficeIssues<'m> {
    let (mut found, mut matters) = (HashSet::new(), Vec::new());
    let mut take = |first: u32, later: u32, why: &'static str| {
        // One id for two offices is a matter of its own.
        if found.insert(later) && !facts.have_one_id(first, later) {
            matters.push(OfficeIssue { office: later, with: RelatedOffices::Office(first, why) });
        }
    };
    for group in &registry.same_name {
        group[1..].iter().for_each(|later| take(group[0], *later, SAME_NAME));
    }
    for group in &registry.same_place {
        let mut group: Vec<(&str, u32)> = group.iter().map(|at| (facts.name(*at), *at)).collect();
        group.sort_unstable();
        for (place, (name, first)) in group.iter().enumerate() {
            for (other, second) in group[place + 1..].iter().take(NEIGHBOURS) {
                if nearly_same(name, other) {
                    take(*first.min(second), *first.max(second), SAME_PLACE);
                }
            }
        }
    }
    matters.sort_unstable_by_key(|matter| matter.office);
    Box::new(matters.into_iter())
}

const SAME_NAME: &str = "the same name in the same country";
const SAME_PLACE: &str = "nearly the same name at the same address";

/// How many of the next names in alphabetical order a name is compared with: a thousand offices in one
/// building must not take a million comparisons.
const NEIGHBOURS: usize = 16;

/// Characters of a name, of which the schema allows 200, up to which names are compared letter by letter.
const LONGEST: usize = 200;

fn nearly_same(left: &str, right: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let [length, other] = [left, right].map(|name| name.chars().count());
    let limit = (length / 10).max(1);
    let may_be = length.max(other) <= LONGEST && length.abs_diff(other) <= limit;
    let is_nearly = || digits(left) == digits(right) && strsim::osa_distance(left, right) <= limit;
    left == right || may_be && is_nearly()
}

fn finding(whole: &DirectoryContext<'_>, matter: &OfficeIssue) -> Finding {
    let RelatedOffices::Office(first, why) = matter.with else { return Finding::new(&RULE, "") };
    let message = format!("this office looks like \"{}\": {why}", whole.at(first).id);
    let finding = whole.at(matter.office).finding("name", &RULE, message);
    let finding = finding.help("merge the two, or give them names that tell them apart");
    whole.related(finding, first, "name", "the other one is here")
}
