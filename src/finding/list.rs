//! Findings up to a bound: the first ones are kept, errors before warnings, and the others counted.

use std::collections::BTreeMap;

use super::syntax::is_fatal_code;
use crate::finding::{Finding, Rule, Severity};

/// Findings of each severity that are kept, which are the first ones of the file; of the others only the numbers
/// are known. A directory with a mistake in every office must not take a thousand times its own size in memory.
pub const MOST: usize = 10_000;
/// Bytes of text in the findings of each severity after which no more are kept: a message may quote a value.
const MOST_BYTES: usize = 1 << 24;

/// Findings, of which the first are kept and the others are counted.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// In the order in which they were added, which is mostly that of the file.
    kept: Vec<Finding>,
    /// How many are kept of each severity, and the bytes of their text.
    room: [(usize, usize); 2],
    /// The numbers of the others.
    omitted: OmittedCounts,
    /// Whether every finding is kept that has a safe edit.
    keeps_edits: bool,
}

/// Numbers of findings that are not kept, by severity and code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OmittedCounts(BTreeMap<(Severity, &'static str), usize>);

impl OmittedCounts {
    /// Whether every finding is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// Those of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|((it, _), _)| *it == severity).map(|(_, count)| count).sum()
    }

    /// The numbers by code, errors first.
    pub fn by_code(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.0.iter().map(|((_, code), count)| (*code, *count))
    }

    /// Counts so many more of a code.
    fn add(&mut self, severity: Severity, code: &'static str, count: usize) {
        if count > 0 {
            *self.0.entry((severity, code)).or_default() += count;
        }
    }

    /// Adds the numbers of others to these.
    fn extend(&mut self, other: OmittedCounts) {
        for ((severity, code), count) in other.0 {
            self.add(severity, code, count);
        }
    }
}

impl Findings {
    /// None as yet. With `edits`, every one will be kept that has a safe edit, however many there are.
    pub(crate) fn with(edits: bool) -> Self {
        Findings { keeps_edits: edits, ..Findings::default() }
    }

    /// None, of which as many will be kept as of these.
    pub(crate) fn like(&self) -> Self {
        Findings::with(self.keeps_edits)
    }

    /// Those that are kept.
    pub fn kept(&self) -> &[Finding] {
        &self.kept
    }

    /// The numbers of the others.
    pub fn omitted(&self) -> &OmittedCounts {
        &self.omitted
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.omitted.is_empty()
    }

    /// How many there are, kept or not.
    pub fn count(&self) -> usize {
        self.kept.len() + self.omitted.total()
    }

    /// Whether one of them is an error. Of each severity that there is, the first one is kept.
    pub fn has_error(&self) -> bool {
        self.kept.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Whether one of them says that a text is no JSON.
    pub(crate) fn has_fatal(&self) -> bool {
        let kept = self.kept.iter().map(|finding| finding.code);
        kept.chain(self.omitted.by_code().map(|(code, _)| code)).any(is_fatal_code)
    }

    /// Adds the next finding in the order of the file.
    pub fn push(&mut self, finding: Finding) {
        // The place of a severity is its number in the enum: errors 0, warnings 1.
        let (count, bytes) = &mut self.room[finding.severity as usize];
        let is_edit = || finding.edit.as_ref().is_some_and(|edit| edit.safe);
        // Safe edits are kept beyond the bound where they are to be made, so that none of them is left out.
        if *count < MOST && *bytes < MOST_BYTES || self.keeps_edits && is_edit() {
            *count += 1;
            *bytes += size(&finding);
            self.kept.push(finding);
        } else {
            self.omitted.add(finding.severity, finding.code, 1);
        }
    }

    /// Adds a finding wherever it stands; [`Findings::merge`] brings all in order.
    pub(crate) fn keep(&mut self, finding: Finding) {
        self.kept.push(finding);
    }

    /// Counts findings of a rule that are not made.
    pub(crate) fn omit(&mut self, rule: &Rule, count: usize) {
        self.omitted.add(rule.severity, rule.code, count);
    }

    /// Adds those that stand behind all of these in the file, and leaves none there.
    pub fn append(&mut self, later: &mut Findings) {
        if later.is_empty() {
            return;
        }
        later.kept.drain(..).for_each(|finding| self.push(finding));
        self.omitted.extend(std::mem::take(&mut later.omitted));
        later.room = Default::default();
    }

    /// All of both in the order of the file.
    #[must_use]
    pub(crate) fn merge(mut self, other: Findings) -> Findings {
        self.kept.extend(other.kept);
        self.omitted.extend(other.omitted);
        self.keeps_edits |= other.keeps_edits;
        self.sorted()
    }

    /// The same in the order of the file, in which the first ones are kept.
    #[must_use]
    pub(crate) fn sorted(mut self) -> Findings {
        // Stable, so that findings at one place stay in the order in which they were made.
        self.kept.sort_by_key(|finding| finding.span.start);
        let mut sorted = Findings { omitted: self.omitted, ..Findings::with(self.keeps_edits) };
        self.kept.into_iter().for_each(|finding| sorted.push(finding));
        sorted
    }

    /// The same with no more kept than [`MOST`] of both severities: no warning stands in the place of an error.
    #[must_use]
    pub fn finish(mut self) -> Findings {
        if self.keeps_edits || self.kept.len() <= MOST {
            return self;
        }
        let mut room = MOST.saturating_sub(self.room[Severity::Error as usize].0);
        let (kept, mut rest) = (std::mem::take(&mut self.kept), OmittedCounts::default());
        self.kept.extend(kept.into_iter().filter(|finding| {
            let stays = finding.severity == Severity::Error || room > 0;
            match finding.severity {
                Severity::Warning if stays => room -= 1,
                Severity::Warning => rest.add(finding.severity, finding.code, 1),
                Severity::Error => {}
            }
            stays
        }));
        self.omitted.extend(rest);
        self
    }

    /// Counts as many more of each code as are only counted in one list and not in the other.
    pub(super) fn omit_more_than(&mut self, all: &Findings, known: &Findings) {
        for ((severity, code), count) in &all.omitted.0 {
            let before = known.omitted.0.get(&(*severity, *code)).copied().unwrap_or_default();
            self.omitted.add(*severity, code, count.saturating_sub(before));
        }
    }

    /// Keeps only some of those that are kept.
    pub(crate) fn retain(&mut self, stays: impl Fn(&Finding) -> bool) {
        self.kept.retain(stays);
    }

    /// Takes those of a code away and says how many there were.
    pub(crate) fn remove(&mut self, code: &str) -> usize {
        let before = self.count();
        self.kept.retain(|finding| finding.code != code);
        self.omitted.0.retain(|(_, it), _| *it != code);
        before - self.count()
    }

    /// Gives those of a code another severity, or takes them away. An error in the header stays: offices are read
    /// by what the header says.
    pub(crate) fn weigh(&mut self, code: &str, severity: Option<Severity>) {
        let is_open = |it: &Finding| it.office.is_some() || it.severity == Severity::Warning;
        for finding in self.kept.iter_mut().filter(|it| it.code == code && is_open(it)) {
            finding.severity = severity.unwrap_or(Severity::Warning);
        }
        if severity.is_none() {
            self.kept.retain(|it| it.code != code || !is_open(it));
        }
        for ((was, it), count) in std::mem::take(&mut self.omitted).0 {
            match severity {
                None if it == code => {}
                Some(now) if it == code => self.omitted.add(now, it, count),
                _ => self.omitted.add(was, it, count),
            }
        }
    }

    /// Takes the warnings away.
    pub fn keep_errors(&mut self) {
        self.kept.retain(|finding| finding.severity == Severity::Error);
        self.omitted.0.retain(|(severity, _), _| *severity == Severity::Error);
    }

    /// Makes every warning an error.
    pub fn make_errors(&mut self) {
        self.kept.iter_mut().for_each(|finding| finding.severity = Severity::Error);
        for ((_, code), count) in std::mem::take(&mut self.omitted).0 {
            self.omitted.add(Severity::Error, code, count);
        }
    }

    /// Says of all of them which office they are about.
    pub(crate) fn of_office(&mut self, id: Option<&str>) {
        self.kept.iter_mut().for_each(|finding| finding.office = id.map(str::to_owned));
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(kept: Vec<Finding>) -> Self {
        let mut findings = Findings::default();
        kept.into_iter().for_each(|finding| findings.push(finding));
        findings
    }
}

/// The bytes of a finding's text.
fn size(finding: &Finding) -> usize {
    let Finding { message, pointer, help, edit, related, .. } = finding;
    let related: usize = related.iter().map(|(_, what)| what.len()).sum();
    let edit = edit.as_ref().map_or(0, |edit| edit.text.len());
    message.len() + pointer.len() + help.as_ref().map_or(0, String::len) + edit + related
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::syntax;

    fn error(at: usize) -> Finding {
        Finding::new(&syntax::JSON, "").at(at..at)
    }

    fn warning(at: usize) -> Finding {
        Finding::new(&syntax::BYTE_ORDER_MARK, "").at(at..at)
    }

    #[test]
    fn the_first_are_kept_and_errors_before_warnings() {
        let mut findings = Findings::default();
        (0..2 * MOST).for_each(|at| findings.push(warning(at)));
        (0..5).for_each(|at| findings.push(error(at)));
        assert_eq!((findings.kept().len(), findings.count()), (MOST + 5, 2 * MOST + 5));
        let findings = findings.finish();
        assert_eq!((findings.kept().len(), findings.omitted().total()), (MOST, MOST + 5));
        assert!(findings.has_error() && findings.has_fatal());
        assert_eq!(findings.omitted().count(Severity::Error), 0);
    }

    #[test]
    fn what_is_kept_does_not_depend_on_how_it_came() {
        let mut all = Findings::default();
        (0..3 * MOST).for_each(|at| all.push(error(at)));
        let mut joined = Findings::default();
        for piece in 0..30 {
            let mut chunk = Findings::default();
            (0..MOST / 10).for_each(|at| chunk.push(error(piece * MOST / 10 + at)));
            joined.append(&mut chunk);
        }
        assert_eq!(all.kept(), joined.kept());
        assert_eq!(all.omitted(), joined.omitted());
        let behind = Findings::from(vec![error(7), error(MOST)]);
        let merged = all.merge(behind);
        assert_eq!(merged.kept()[8].span, 7..7);
        assert_eq!(merged.count(), 3 * MOST + 2);
    }

    #[test]
    fn long_texts_are_kept_up_to_a_bound() {
        let mut findings = Findings::default();
        for _ in 0..100 {
            findings.push(Finding::new(&syntax::JSON, "x".repeat(1 << 20)));
        }
        assert_eq!((findings.kept().len(), findings.count()), (MOST_BYTES >> 20, 100));
        assert_eq!(findings.remove(syntax::JSON.code), 100);
        assert!(findings.is_empty());
    }
}
