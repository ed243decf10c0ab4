//! Findings that are known and stay: taken away where they are made, and counted, so that a suppression
//! that is no longer needed is a finding itself. Where they are written is a matter of `config`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::rules::{UNUSED_SUPPRESSION, suppressible};
use crate::finding::{Finding, Findings, Severity};

/// A finding that is known and stays as it is. It names the rule and the office and not the member, so that
/// it still holds when the address moves within the office.
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
        suppressible().map(|rule| rule.code)
    }
}

/// What findings of a rule weigh in this directory, instead of what the rule says.
#[derive(Clone, Copy, Debug)]
pub struct RuleSeverity {
    /// Code of the rule, one of [`Suppression::rules`].
    pub rule: &'static str,
    /// `None` where it is turned off.
    pub severity: Option<Severity>,
}

/// Suppressions by the office that they are about.
#[derive(Debug)]
pub(super) struct Suppressions<'d> {
    /// By the id of the office.
    offices: HashMap<&'d str, Vec<&'d Suppression>>,
}

impl<'d> Suppressions<'d> {
    /// Those of a list, which count anew. Of two that say the same the first one is used.
    pub fn new(list: &'d [Suppression]) -> Self {
        let mut offices: HashMap<&str, Vec<&Suppression>> = HashMap::new();
        for suppression in list {
            suppression.used.store(0, Ordering::Relaxed);
            let known = offices.entry(&suppression.office).or_default();
            if known.iter().all(|it| it.rule != suppression.rule) {
                known.push(suppression);
            }
        }
        Suppressions { offices }
    }

    /// Those of an office.
    pub fn of(&self, office: &str) -> Option<&[&'d Suppression]> {
        self.offices.get(office).map(Vec::as_slice)
    }

    /// Takes those findings on an office away that are suppressed.
    pub fn take(&self, office: &str, findings: &mut Findings) {
        for suppression in self.of(office).unwrap_or_default() {
            let taken = findings.remove(&suppression.rule);
            suppression.used.fetch_add(taken, Ordering::Relaxed);
        }
    }
}

impl Suppression {
    /// Whether a finding of that rule is suppressed by one of a list.
    pub(super) fn takes(list: &[&Suppression], rule: &str) -> bool {
        let Some(taken) = list.iter().find(|it| it.rule == rule) else { return false };
        taken.used.fetch_add(1, Ordering::Relaxed);
        true
    }
}

/// The number of findings that were suppressed, and a finding on every suppression that took none away.
pub fn unused(list: &[Suppression]) -> (usize, Vec<Finding>) {
    let used = |it: &Suppression| it.used.load(Ordering::Relaxed);
    let finding = |it: &Suppression| {
        let Suppression { rule: code, office, .. } = it;
        let message =
            format!("unused suppression: {code} has no finding in the office \"{office}\"");
        let mut finding = Finding::new(&UNUSED_SUPPRESSION, message).at(it.span.clone());
        finding.in_config = true;
        finding.help("remove the suppression, or check its id")
    };
    let unused = list.iter().filter(|it| used(it) == 0).map(finding).collect();
    (list.iter().map(used).sum(), unused)
}
