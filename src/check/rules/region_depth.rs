//! Regions that are nested too deep for the formats that nest them.

use super::{DirectoryContext, DirectoryRule};
use crate::finding::{Findings, Rule, Severity};

/// Regions nested too deeply.
pub static RULE: Rule = Rule {
    code: "region/depth",
    severity: Severity::Error,
    what: "Regions are nested more than 32 levels deep.",
    why: "Every contact names all the regions that its office is in, and the page of all offices has a heading \
          for each: nobody could read them. The world's countries with their districts take five levels.",
    example: "{ \"id\": \"level-33\", \"parent\": \"level-32\" }",
    instead: "{ \"id\": \"level-33\", \"parent\": \"europe\" }",
    fix: "Put the region into one of the larger regions, or take the regions between them out.",
};

/// What it looks at.
pub(super) const AMONG: DirectoryRule = DirectoryRule {
    offices: |_, _| Box::new(std::iter::empty()),
    finding: |whole, matter| whole.at(matter.office).finding("region", &RULE, String::new()),
    header,
};

/// How many regions stand within each other at most, the largest included.
const DEEPEST: usize = 32;

fn header(whole: &DirectoryContext<'_>, findings: &mut Findings) {
    let regions = &whole.regions;
    let parent = |at: usize| whole.region_parent(at).and_then(|id| regions.position(id));
    // Each region is passed once; those of a cycle, which is a finding of its own, have no depth.
    let mut depths: Vec<usize> = vec![0; regions.ids.len()];
    for start in 0..depths.len() {
        let mut way = Vec::new();
        let mut at = Some(start);
        while let Some(region) = at.filter(|region| depths[*region] == 0) {
            depths[region] = usize::MAX;
            way.push(region);
            at = parent(region);
        }
        let mut depth = at.map_or(0, |region| depths[region]);
        for region in way.into_iter().rev() {
            depth = depth.saturating_add(1);
            depths[region] = depth;
        }
    }
    // Only the first region that is too deep is reported, not all that are within it.
    for at in (0..depths.len()).filter(|at| depths[*at] == DEEPEST + 1) {
        let message = format!("regions are nested more than {DEEPEST} levels deep");
        let finding = whole.item(regions, at, "parent", &RULE, message);
        findings.push(finding.help("put the region into a larger one"));
    }
}
