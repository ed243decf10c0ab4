//! What writers make of offices, on its way from any thread to the ordered half.

use std::any::Any;

/// What a writer made of one or more offices, on its way to the ordered half. Made once for each batch on its
/// way, and used again, so that its memory is too.
///
/// A writer appends to [`bytes`](OfficeOutput::bytes), or [keeps](OfficeOutput::keep) values if its ordered half has to do
/// more than to write them, or both. Problems are reported beside, with the office's id added by the host.
#[derive(Default)]
pub struct OfficeOutput {
    /// Text output, appended to by each office.
    pub bytes: Vec<u8>,
    /// What the writer keeps for its ordered half, in the order of the offices.
    kept: Vec<Box<dyn Any + Send>>,
    /// What was reported, in the order of the offices.
    problems: Vec<OutputProblem>,
}

/// Something that did not come out as the office has it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutputProblem {
    /// Whether the value is left out or the office cannot be written.
    pub weight: LossSeverity,
    /// Id of the office, which the host fills in; empty for what is not about one office.
    pub office: String,
    /// JSON pointer from the office; empty for the office as a whole.
    pub pointer: String,
    /// Why, in one sentence without a full stop.
    pub why: String,
}

/// How much an [`OutputProblem`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossSeverity {
    /// Something to look at: everything came out.
    Warning,
    /// The format has no place for the value: the export goes on without it.
    Loss,
    /// The office cannot be written rightly, and the output has only the others, as was asked for
    /// ([`ReadOptions::keep_going`](crate::directory::ReadOptions::keep_going)).
    Omission,
    /// The office cannot be written rightly: nothing is exported.
    Refusal,
}

/// How much was in an [`OfficeOutput`] before an office.
pub(crate) struct OutputMark {
    /// Number of bytes.
    bytes: usize,
    /// Number of kept values.
    kept: usize,
    /// Number of problems.
    problems: usize,
}

impl OfficeOutput {
    /// Hands a value of any type to the ordered half, which gets it by [`OfficeOutput::take`].
    pub fn keep(&mut self, value: impl Any + Send) {
        // Of any type, because the host hands on what only the writer's two halves know.
        self.kept.push(Box::new(value));
    }

    /// The kept values of that type, in the order of the offices. Values of another type are dropped: a writer
    /// keeps values of one type only.
    pub fn take<T: Any>(&mut self) -> impl Iterator<Item = T> {
        self.kept.drain(..).filter_map(|value| value.downcast().ok().map(|value| *value))
    }

    /// Reports a value that the format has no place for, by its JSON pointer from the office. It is shown as
    /// a warning with the office's id, so `why` needs neither.
    pub fn lose(&mut self, pointer: impl Into<String>, why: impl Into<String>) {
        self.problem(LossSeverity::Loss, pointer.into(), why.into());
    }

    /// Reports that the office cannot be written rightly: a label that does not fit, a character that the
    /// format cannot hold. Nothing of the export is used then.
    pub fn refuse(&mut self, pointer: impl Into<String>, why: impl Into<String>) {
        self.problem(LossSeverity::Refusal, pointer.into(), why.into());
    }

    /// Notes a problem of an office whose id the host fills in later.
    fn problem(&mut self, weight: LossSeverity, pointer: String, why: String) {
        self.problems.push(OutputProblem { weight, office: String::new(), pointer, why });
    }

    /// How much there is now.
    pub(crate) fn mark(&self) -> OutputMark {
        OutputMark { bytes: self.bytes.len(), kept: self.kept.len(), problems: self.problems.len() }
    }

    /// Takes back what a refused office brought since then, and says that the output is without it.
    pub(crate) fn leave_out_refused(&mut self, mark: &OutputMark) {
        let mut problems = self.problems.split_off(mark.problems);
        if problems.iter().any(|it| it.weight == LossSeverity::Refusal) {
            self.bytes.truncate(mark.bytes);
            self.kept.truncate(mark.kept);
            // Nothing of the office is in the output, so that no single value is missing from it.
            problems.retain(|it| it.weight == LossSeverity::Refusal);
            problems.iter_mut().for_each(|it| it.weight = LossSeverity::Omission);
        }
        self.problems.append(&mut problems);
    }

    /// Writes the office's id into the problems that it brought.
    pub(crate) fn name_problems(&mut self, office: &str) {
        // Problems of offices before this one have their id already, so the search from the end stops there.
        for problem in self.problems.iter_mut().rev().take_while(|it| it.office.is_empty()) {
            office.clone_into(&mut problem.office);
        }
    }

    /// The problems so far; the piece has none afterwards.
    pub(crate) fn take_problems(&mut self) -> Vec<OutputProblem> {
        std::mem::take(&mut self.problems)
    }

    /// Empties the piece and keeps its memory for the next chunk.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.kept.clear();
        self.problems.clear();
    }
}
