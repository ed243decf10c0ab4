use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::rules::{Look, UNUSED_SUPPRESSION};
use super::{Finding, RULES};

/// A finding that is known and stays as it is.
#[derive(Debug)]
pub struct Suppression {
    /// Code of the rule.
    pub rule: String,
    /// Id of the office.
    pub office: String,
    /// Where it stands in the configuration, in bytes.
    pub span: Range<usize>,
    /// How many findings it took away.
    used: AtomicUsize,
}

impl Suppression {
    /// A suppression of the findings of that rule on that office.
    pub fn new(rule: String, office: String, span: Range<usize>) -> Self {
        Suppression { rule, office, span, used: AtomicUsize::new(0) }
    }

    /// The rules that may be suppressed: those without which an office can still be read.
    pub fn rules() -> impl Iterator<Item = &'static str> + Clone {
        let rules =
            RULES.iter().filter(|rule| matches!(rule.look, Look::Office(_) | Look::Whole(_)));
        rules.map(|rule| rule.code)
    }
}

/// Counts anew.
pub(super) fn forget(list: &[Suppression]) {
    list.iter().for_each(|it| it.used.store(0, Ordering::Relaxed));
}

/// Takes the findings from `from` on that are suppressed away.
pub(super) fn suppress(list: &[Suppression], findings: &mut Vec<Finding>, from: usize) {
    if list.is_empty() || findings.len() == from {
        return;
    }
    let stays = |finding: &Finding| {
        let takes = |it: &&Suppression| {
            it.rule == finding.code && finding.office.as_deref() == Some(&it.office)
        };
        match list.iter().find(takes) {
            Some(suppression) => {
                suppression.used.fetch_add(1, Ordering::Relaxed);
                false
            }
            None => true,
        }
    };
    let kept: Vec<Finding> = findings.drain(from..).filter(stays).collect();
    findings.extend(kept);
}

/// The number of findings that were suppressed, and a finding on every suppression that took none away.
pub fn unused(list: &[Suppression]) -> (usize, Vec<Finding>) {
    let used = |it: &Suppression| it.used.load(Ordering::Relaxed);
    let finding = |it: &Suppression| {
        let Suppression { rule: code, office, .. } = it;
        let message =
            format!("nothing is suppressed: {code} finds nothing in the office \"{office}\"");
        let mut finding = Finding::new(&UNUSED_SUPPRESSION, message).at(it.span.clone());
        finding.in_config = true;
        finding.help("take the suppression out, or look whether the id is right")
    };
    let unused = list.iter().filter(|it| used(it) == 0).map(finding).collect();
    (list.iter().map(used).sum(), unused)
}
