use serde_json::Value;

use super::{Finding, codes};
use crate::read::{Document, RawOffice, Registry, locate};
use crate::suggest::nearest;

/// Findings on one office's parent and region.
pub(super) fn office(
    raw: &RawOffice<'_>,
    registry: &Registry<'_>,
    regions: &[String],
    findings: &mut Vec<Finding>,
) {
    let head = &registry.heads[raw.index];
    let mut unknown = |member: &str, code, id: &str, near: Option<&str>| {
        let mut finding = raw_finding(raw, member, code, format!("there is no {member} \"{id}\""));
        if member == "parent" {
            finding.message = format!("there is no office \"{id}\" to be the parent");
        }
        finding.help = near.map(|near| format!("did you mean \"{near}\"?"));
        findings.push(finding);
    };
    if let Some(parent) = head.parent.as_deref().filter(|id| registry.position(id).is_none()) {
        unknown("parent", codes::UNKNOWN_PARENT, parent, nearest(parent, registry.ids()));
    }
    if let Some(region) = head.region.as_deref().filter(|id| !regions.iter().any(|it| it == id)) {
        let near = nearest(region, regions.iter().map(String::as_str));
        unknown("region", codes::UNKNOWN_REGION, region, near);
    }
}

/// Findings that take all offices: ids that stand twice, and offices that are their own ancestors.
pub(super) fn offices(
    document: &Document<'_>,
    registry: &Registry<'_>,
    findings: &mut Vec<Finding>,
) {
    for (raw, head) in document.offices.iter().zip(&registry.heads) {
        let Some(id) = &head.id else { continue };
        let Some(first) = registry.position(id).filter(|first| *first != raw.index) else {
            continue;
        };
        let message = format!("the id \"{id}\" is taken by an earlier office");
        let mut finding = raw_finding(raw, "id", codes::DUPLICATE_ID, message);
        let earlier = raw_finding(&document.offices[first], "id", "", String::new());
        finding.related.push((earlier.span, "the first one is here".into()));
        finding.help = Some("give this office an id of its own".into());
        findings.push(finding);
    }
    let parents: Vec<Option<usize>> =
        registry.heads.iter().map(|head| registry.position(head.parent.as_deref()?)).collect();
    for cycle in cycles(&parents) {
        let names: Vec<&str> = cycle
            .iter()
            .chain(&cycle[..1])
            .map(|at| registry.heads[*at].id.as_deref().unwrap_or_default())
            .collect();
        let message = format!("an office is its own ancestor: {}", names.join(" → "));
        let raw = &document.offices[cycle[0]];
        let mut finding = raw_finding(raw, "parent", codes::PARENT_CYCLE, message);
        for at in &cycle[1..] {
            let link = raw_finding(&document.offices[*at], "parent", "", String::new());
            finding.related.push((link.span, "and this parent".into()));
        }
        finding.help = Some("take one of these parents out".into());
        findings.push(finding);
    }
}

/// Findings on the regions among themselves.
pub(super) fn regions(header: &Value, text: &str, findings: &mut Vec<Finding>) {
    let ids = region_ids(header);
    let parent = |at: usize| header["regions"][at]["parent"].as_str();
    let mut add = |at: usize, member: &str, code, message: String, help: Option<String>| {
        let pointer = format!("/regions/{at}/{member}");
        let span = locate(text, &pointer).map_or(0..0, |found| found.value);
        let mut finding = Finding::error(code, message).at(span);
        finding.pointer = pointer;
        finding.help = help;
        findings.push(finding);
    };
    for (at, id) in ids.iter().enumerate() {
        if ids[..at].contains(id) {
            let message = format!("the region id \"{id}\" stands twice");
            add(at, "id", codes::DUPLICATE_REGION, message, None);
        }
        let Some(unknown) = parent(at).filter(|parent| !ids.iter().any(|id| id == parent)) else {
            continue;
        };
        let help = nearest(unknown, ids.iter().map(String::as_str))
            .map(|near| format!("did you mean \"{near}\"?"));
        let message = format!("there is no region \"{unknown}\" to be the parent");
        add(at, "parent", codes::UNKNOWN_REGION_PARENT, message, help);
    }
    let parents: Vec<Option<usize>> = (0..ids.len())
        .map(|at| ids.iter().position(|id| Some(id.as_str()) == parent(at)))
        .collect();
    for cycle in cycles(&parents) {
        let names: Vec<&str> =
            cycle.iter().chain(&cycle[..1]).map(|at| ids[*at].as_str()).collect();
        let message = format!("a region is its own ancestor: {}", names.join(" → "));
        add(cycle[0], "parent", codes::REGION_CYCLE, message, None);
    }
}

/// The ids of the regions; a region without one counts as "".
pub(super) fn region_ids(header: &Value) -> Vec<String> {
    let regions = header["regions"].as_array();
    let id = |region: &Value| region["id"].as_str().unwrap_or_default().to_owned();
    regions.into_iter().flatten().map(id).collect()
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

fn raw_finding(raw: &RawOffice<'_>, member: &str, code: &'static str, message: String) -> Finding {
    let span = locate(raw.json, &format!("/{member}")).map_or(0..0, |found| found.value);
    let mut finding =
        Finding::error(code, message).at(span.start + raw.offset..span.end + raw.offset);
    finding.pointer = format!("/offices/{}/{member}", raw.index);
    finding
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
