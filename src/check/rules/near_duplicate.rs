use std::collections::HashSet;

use super::{Look, Rule, Whole};
use crate::check::{Finding, Severity};
use crate::read::fold;

/// Two offices that are probably one.
pub static RULE: Rule = Rule {
    code: "office/near-duplicate",
    severity: Severity::Warning,
    what: "Two offices are probably one: they have the same name in the same country, or nearly the same \
           name at the same address.",
    why: "An office that was entered twice gets its mail twice, and a change reaches one of the two \
          records only. Names are compared without capitals, spaces and punctuation; names that differ \
          in a number are different.",
    example: "{ \"id\": \"japan-office\", \"name\": \"Japan Office\", … },\n\
              { \"id\": \"office-japan\", \"name\": \"Japan office\", … }",
    instead: "{ \"id\": \"japan-office\", \"name\": \"Japan Office\", … }",
    fix: "Merge the two, or give them names that tell them apart.",
    look: Look::Whole(look),
};

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    let mut found = HashSet::new();
    for group in &whole.registry.same_name {
        for later in &group[1..] {
            if found.insert(*later) {
                findings.extend(finding(
                    whole,
                    group[0],
                    *later,
                    "the same name in the same country",
                ));
            }
        }
    }
    for group in &whole.registry.same_place {
        let named = |at: &u32| (fold(whole.at(*at).map_or("", |office| &office.name)), *at);
        let mut group: Vec<(String, u32)> = group.iter().map(named).collect();
        group.sort();
        for (place, (name, first)) in group.iter().enumerate() {
            for (other, second) in group[place + 1..].iter().take(NEIGHBOURS) {
                let (first, later) = (*first.min(second), *first.max(second));
                if nearly_same(name, other) && found.insert(later) {
                    let what = "nearly the same name at the same address";
                    findings.extend(finding(whole, first, later, what));
                }
            }
        }
    }
}

/// How many of the next names in alphabetical order a name is compared with: a thousand offices in one
/// building must not take a million comparisons.
const NEIGHBOURS: usize = 16;

fn nearly_same(left: &str, right: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let limit = (left.chars().count() / 10).max(1);
    left == right || digits(left) == digits(right) && strsim::osa_distance(left, right) <= limit
}

fn finding(whole: &Whole<'_>, first: u32, later: u32, what: &str) -> Option<Finding> {
    let (later, first) = (whole.at(later)?, whole.at(first)?);
    if later.id == first.id {
        return None;
    }
    let message = format!("this office looks like \"{}\": {what}", first.id);
    let mut finding = later.finding("name", &RULE, message);
    finding.related.push((first.span("name"), "the other one is here".into()));
    Some(finding.help("merge the two, or give them names that tell them apart"))
}
