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

fn look(whole: &Whole<'_, '_>, findings: &mut Vec<Finding>) {
    let mut found = HashSet::new();
    let same_name = groups(whole.registry.likenesses().map(|(at, it)| (it.name, at)));
    let same_place = groups(whole.registry.likenesses().map(|(at, it)| (it.place, at)));
    for group in same_name {
        for later in &group[1..] {
            if fold(whole.name(group[0])) == fold(whole.name(*later)) && found.insert(*later) {
                findings.extend(finding(
                    whole,
                    group[0],
                    *later,
                    "the same name in the same country",
                ));
            }
        }
    }
    for mut group in same_place {
        let folded = |at: &usize| fold(whole.name(*at));
        group.sort_by_cached_key(|at| (folded(at), *at));
        for (place, first) in group.iter().enumerate() {
            for second in group[place + 1..].iter().take(NEIGHBOURS) {
                let (first, later) = (*first.min(second), *first.max(second));
                if nearly_same(&folded(&first), &folded(&later)) && found.insert(later) {
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

/// The positions of equal keys, in order, where there are several of one. Key 0 is of nothing.
fn groups(keys: impl Iterator<Item = (u64, usize)>) -> Vec<Vec<usize>> {
    let mut keys: Vec<(u64, usize)> = keys.filter(|(key, _)| *key != 0).collect();
    keys.sort_unstable();
    let groups = keys.chunk_by(|left, right| left.0 == right.0).filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|(_, at)| *at).collect()).collect()
}

fn nearly_same(left: &str, right: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let limit = (left.chars().count() / 10).max(1);
    left == right || digits(left) == digits(right) && strsim::osa_distance(left, right) <= limit
}

fn finding(whole: &Whole<'_, '_>, first: usize, later: usize, what: &str) -> Option<Finding> {
    let (id, other) = (whole.registry.id(later)?, whole.registry.id(first)?);
    if id == other {
        return None;
    }
    let message = format!("this office looks like \"{other}\": {what}");
    let mut finding = whole.office(later, "name", &RULE, message);
    let related = whole.office(first, "name", &RULE, String::new());
    finding.related.push((related.span, "the other one is here".into()));
    Some(finding.help("merge the two, or give them names that tell them apart"))
}
