//! Offices, or regions, that are their own ancestors.
//!
//! Links between offices come from the registry by position, because a directory may have millions of
//! them; regions are few and come from the header.

use std::ops::Range;

use super::whole::SHOWN;
use super::{
    DirectoryContext, DirectoryRule, NeededOffices, OfficeIssue, OfficeIssues, RelatedOffices,
};
use crate::finding::{Finding, Findings, Rule, Severity};
use crate::read::Registry;

/// An office, or a region, that is its own ancestor.
pub static RULE: Rule = Rule {
    code: "office/parent-cycle",
    severity: Severity::Error,
    what: "An office, or a region, is its own parent, or the parent of one of its parents.",
    why: "Nobody is at the top: the offices cannot be drawn as a tree, and a program that follows the \
          parents never stops.",
    example: "{ \"id\": \"a\", \"parent\": \"b\" }, { \"id\": \"b\", \"parent\": \"a\" }",
    instead: "{ \"id\": \"a\" }, { \"id\": \"b\", \"parent\": \"a\" }",
    fix: "Remove one of the parents.",
};

/// What it looks at.
pub(super) const AMONG: DirectoryRule = DirectoryRule { offices, finding, header };

fn offices<'m>(registry: &'m Registry, _: &'m NeededOffices<'_>) -> OfficeIssues<'m> {
    let mut cycles = of_offices(registry);
    cycles.sort_unstable();
    Box::new(cycles.into_iter().map(|cycle| {
        let office = cycle.first().copied().unwrap_or_default();
        OfficeIssue {
            office,
            with: RelatedOffices::Cycle(cycle.get(1..).unwrap_or_default().into()),
        }
    }))
}

fn finding(whole: &DirectoryContext<'_>, matter: &OfficeIssue) -> Finding {
    let RelatedOffices::Cycle(others) = &matter.with else { return Finding::new(&RULE, "") };
    let first = whole.at(matter.office);
    let shown = || others.iter().take(SHOWN).map(|at| whole.at(*at));
    let ids = std::iter::once(first).chain(shown()).map(|office| office.id.as_str());
    let message = message("an office", ids, others.len() + 1);
    let finding = first.finding("parent", &RULE, message);
    linked(finding, shown().map(|office| office.span("parent")))
}

fn header(whole: &DirectoryContext<'_>, findings: &mut Findings) {
    let regions = &whole.regions;
    let parents: Vec<Option<usize>> = (0..regions.ids.len())
        .map(|at| whole.region_parent(at).and_then(|parent| regions.position(parent)))
        .collect();
    let mut found = cycles(&parents);
    found.sort_unstable();
    for cycle in found {
        let message = message("a region", cycle.iter().map(|at| regions.ids[*at]), cycle.len());
        let finding = whole.item(regions, cycle[0], "parent", &RULE, message);
        let others = cycle.iter().skip(1).take(SHOWN);
        let spans = others.map(|at| whole.header_span(&format!("/regions/{at}/parent")));
        findings.push(linked(finding, spans));
    }
}

/// The cycles among the offices, by position.
pub(super) fn of_offices(registry: &Registry) -> Vec<Vec<u32>> {
    let links = &registry.links;
    let parents: Vec<Option<usize>> = links
        .iter()
        // Links are sorted by the child, and a parent is looked up among the children: an office
        // without a parent has no link and ends the chain.
        .map(|(_, parent)| links.binary_search_by_key(parent, |(child, _)| *child).ok())
        .collect();
    let offices = |cycle: Vec<usize>| cycle.into_iter().map(|at| links[at].0).collect();
    cycles(&parents).into_iter().map(offices).collect()
}

/// A cycle of so many in words; the ids of a long one are counted.
fn message<'i>(what: &str, mut ids: impl Iterator<Item = &'i str>, count: usize) -> String {
    let shown: Vec<&str> = ids.by_ref().take(SHOWN).collect();
    let more = match count.saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" → {more} more"),
    };
    let first = shown.first().copied().unwrap_or_default();
    format!("{what} is its own ancestor: {}{more} → {first}", shown.join(" → "))
}

fn linked(mut finding: Finding, others: impl Iterator<Item = Range<usize>>) -> Finding {
    finding.related.extend(others.map(|span| (span, "and this parent".into())));
    finding.help("remove one of these parents")
}

/// The cycles of a graph in which every node has one parent at most, each from its first node on.
fn cycles(parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    // Each node is walked once, whatever the number of starts: a walk stops at a node that an earlier
    // one has seen. A directory may be one chain of a million offices.
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
        // A node of this very walk: the walk has bitten its own tail. One of an earlier walk leads
        // into a cycle that is known already.
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
