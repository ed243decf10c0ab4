use std::ops::Range;

use super::{Look, Rule, Whole};
use crate::check::{Finding, Severity};
use crate::read::{KeptOffice, Registry};

/// An office, or a region, that is its own ancestor.
pub static RULE: Rule = Rule {
    code: "office/parent-cycle",
    severity: Severity::Error,
    what: "An office, or a region, is its own parent, or the parent of one of its parents.",
    why: "There is no top to begin from: a tree of the offices could not be drawn, and whoever follows \
          the parents never ends.",
    example: "{ \"id\": \"a\", \"parent\": \"b\" }, { \"id\": \"b\", \"parent\": \"a\" }",
    instead: "{ \"id\": \"a\" }, { \"id\": \"b\", \"parent\": \"a\" }",
    fix: "Take one of the parents out.",
    look: Look::Whole(look),
};

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    for cycle in office_cycles(whole.registry) {
        let offices: Vec<&KeptOffice> = cycle.iter().filter_map(|at| whole.at(*at)).collect();
        let Some(first) = offices.first() else { continue };
        let message = message("an office", &offices, |office| &office.id);
        let finding = first.finding("parent", &RULE, message);
        findings.push(linked(finding, offices.iter().map(|office| office.span("parent"))));
    }
    let parents: Vec<Option<usize>> = (0..whole.regions.len())
        .map(|at| whole.regions.iter().position(|id| Some(*id) == whole.region_parent(at)))
        .collect();
    for cycle in cycles(&parents) {
        let message = message("a region", &cycle, |at| whole.regions[*at]);
        let place = |at: &usize| whole.region(*at, "parent", &RULE, String::new()).span;
        let finding = whole.region(cycle[0], "parent", &RULE, message);
        findings.push(linked(finding, cycle.iter().map(place)));
    }
}

/// The offices that a finding of this rule is about.
pub(super) fn members(registry: &Registry) -> impl Iterator<Item = u32> {
    office_cycles(registry).into_iter().flatten()
}

/// The cycles among the offices, by position.
fn office_cycles(registry: &Registry) -> Vec<Vec<u32>> {
    let links = &registry.links;
    let parents: Vec<Option<usize>> = links
        .iter()
        .map(|(_, parent)| links.binary_search_by_key(parent, |(child, _)| *child).ok())
        .collect();
    let offices = |cycle: Vec<usize>| cycle.into_iter().map(|at| links[at].0).collect();
    cycles(&parents).into_iter().map(offices).collect()
}

/// The whole cycle in words; the ids of a long one are counted.
fn message<'i, T>(what: &str, cycle: &'i [T], id: impl Fn(&'i T) -> &'i str) -> String {
    let shown = cycle.iter().take(SHOWN).map(&id).collect::<Vec<_>>().join(" → ");
    let more = match cycle.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" → {more} more"),
    };
    format!("{what} is its own ancestor: {shown}{more} → {}", id(&cycle[0]))
}

/// How many members of a cycle are named.
const SHOWN: usize = 20;

fn linked(mut finding: Finding, links: impl Iterator<Item = Range<usize>>) -> Finding {
    let others = links.skip(1).take(SHOWN);
    finding.related.extend(others.map(|span| (span, "and this parent".into())));
    finding.help("take one of these parents out")
}

/// The cycles of a graph in which every node has one parent at most, each from its first node on.
fn cycles(parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut walked_by = vec![usize::MAX; parents.len()];
    let mut cycles = Vec::new();
    for start in 0..parents.len() {
        let mut at = start;
        while walked_by[at] == usize::MAX {
            walked_by[at] = start;
            match parents[at] {
                Some(parent) => at = parent,
                None => break,
            }
        }
        if walked_by[at] == start && parents[at].is_some() {
            let mut cycle = vec![at];
            let mut next = parents[at];
            while let Some(node) = next.filter(|node| *node != at) {
                cycle.push(node);
                next = parents[node];
            }
            cycles.push(cycle);
        }
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::cycles;

    #[test]
    fn finds_each_cycle_once() {
        let parents = [None, Some(0), Some(3), Some(4), Some(2), Some(2), Some(6)];
        assert_eq!(cycles(&parents), [vec![2, 3, 4], vec![6]]);
        assert!(cycles(&[Some(1), Some(2), None]).is_empty());
    }
}
