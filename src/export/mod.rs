//! All formats in one pass over a directory that was checked: each core takes a chunk of offices through
//! every writer's pure half, and an ordered, bounded hand-over joins what comes out.
//!
//! All targets are written in the same pass, so that reading and parsing an office is paid once. Where the
//! output goes is a matter of the storage that is given ([`crate::commit`]); nothing here knows folders.

mod output;
mod part;
mod selection;

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

pub use part::{MergedParts, PartLines, merge_parts};
use selection::IndexedSelection;
pub use selection::Selection;

use crate::directory::{Context, Directory};
use crate::error::Error;
use crate::model::Office;
use crate::pipeline::ordered;
use crate::read::{DirectorySource, OfficeChunk, RawOffice, changed};
use crate::storage::{FileNames, Storage, TargetStorage};
use crate::writers::{LossSeverity, OfficeOutput, OutputProblem, Target};
use output::TargetOutput;

/// What an export gave. The files are in the storage, and may be used unless the export has
/// [failed](Outcome::failed).
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// Number of offices that were written.
    pub offices: usize,
    /// What writers could not carry or write: the target's position, and the problem, in the directory's
    /// order.
    pub problems: Vec<(usize, OutputProblem)>,
    /// How many others there are, by target and weight.
    pub omitted: BTreeMap<(usize, LossSeverity), usize>,
    /// How many there are of each weight.
    counts: [usize; 4],
    /// Whether the directory has errors, so that nothing was written.
    unsound: bool,
}

/// Problems of each weight that are kept.
const MOST: usize = 10_000;

impl Outcome {
    /// Whether something forbids to use the output.
    pub fn failed(&self) -> bool {
        self.unsound || self.count(LossSeverity::Refusal) > 0
    }

    /// Whether a format had no place for a value.
    pub fn has_losses(&self) -> bool {
        self.count(LossSeverity::Loss) > 0
    }

    /// How many problems of that weight there are.
    pub fn count(&self, weight: LossSeverity) -> usize {
        self.counts[weight as usize]
    }

    /// Counts the problems of a target, and keeps them up to [`MOST`] of each weight.
    fn take(&mut self, target: usize, problems: Vec<OutputProblem>) {
        for problem in problems {
            // The array has a place for each of the four weights.
            let count = &mut self.counts[problem.weight as usize];
            *count += 1;
            // A million offices may lose a value each. What is kept has a bound; the rest is only counted.
            match *count <= MOST {
                true => self.problems.push((target, problem)),
                false => *self.omitted.entry((target, problem.weight)).or_default() += 1,
            }
        }
    }
}

impl Directory<'_> {
    /// Whether the selection takes any office; it is looked for up to the first one.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn has_selected(&self, selection: &Selection) -> Result<bool, Error> {
        let Some(header) = self.header() else { return Ok(false) };
        // Commands ask before the first byte is written: standard output cannot be taken back.
        let taker = selection.taker(header);
        let (mut chunks, mut chunk) = (self.source.chunks()?, OfficeChunk::default());
        let mut found = false;
        while !found && chunks.next(&mut chunk)? {
            chunk.each(self.source, |raw| {
                let takes = |raw: RawOffice<'_>| {
                    serde_json::from_str(raw.json).is_ok_and(|office| taker.takes(&office))
                };
                found = found || raw.is_ok_and(takes);
            });
        }
        Ok(found)
    }

    /// Writes the selected offices to all targets, if the directory has no errors. Output is complete only
    /// where the outcome has not failed.
    ///
    /// [`Writer`](crate::writers::Writer) says what each target goes through. The number of threads is that
    /// with which the directory was read; the output does not depend on it.
    ///
    /// # Errors
    /// What went wrong with the output; an input that has changed since it was checked.
    pub fn export(
        &self,
        targets: &[Target],
        selection: &Selection,
        storage: &mut dyn Storage,
    ) -> Result<Outcome, Error> {
        let mut outcome = Outcome { unsound: self.failed(), ..Outcome::default() };
        // A directory with errors has been reported; it is not gone through again to find parents.
        let context = if outcome.unsound { None } else { self.context()? };
        let Some(mut context) = context else {
            return Ok(Outcome { unsound: true, ..outcome });
        };
        // Writers that point from one office to another must know that the other may be missing.
        context.partial = !selection.is_empty();
        let mut outputs: Vec<TargetOutput<'_>> =
            targets.iter().map(|target| TargetOutput::new(target, &context)).collect();
        // One set of names for all targets: two outputs must not meet in one file.
        let (mut names, mut done) = (FileNames::default(), 0);
        let mut chunks = self.source.chunks()?;
        let stop = storage.stop();
        let is_over = || stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed));
        let taker = selection.taker(context.header);
        let work = (targets, self.options.keep_going);
        ordered(
            self.options.threads,
            |chunk: &mut ExportBatch| chunks.next(&mut chunk.input),
            |chunk| chunk.write(self.source, work, &taker, &context, &is_over),
            |chunk| {
                // An interrupt is looked for once a batch, on the one thread that writes.
                storage.check_interrupted()?;
                if chunk.changed {
                    // Output that was written so far is in a stage or a stream of the caller, who
                    // gives it up.
                    return Err(changed());
                }
                done += chunk.read;
                outcome.offices += chunk.written;
                self.options.report_progress(done, Some(self.checked()));
                for (at, (piece, output)) in chunk.pieces.iter_mut().zip(&mut outputs).enumerate() {
                    // Also when nothing is written any more, so that all refusals are reported at once.
                    outcome.take(at, piece.take_problems());
                    // All targets stop at once: none of the output may be used from here on.
                    if !outcome.failed() {
                        let mut storage = TargetStorage { target: at, names: &mut names, storage };
                        outcome.take(at, output.append(piece, &mut storage)?);
                    }
                }
                Ok(())
            },
        )?;
        // Also where no office was selected: a target then has its file with a head and a tail.
        for (at, output) in outputs.into_iter().enumerate() {
            storage.check_interrupted()?;
            if !outcome.failed() {
                let mut storage = TargetStorage { target: at, names: &mut names, storage };
                outcome.take(at, output.finish(&mut storage)?);
            }
        }
        Ok(outcome)
    }
}

/// Some offices, and what each target makes of them.
#[derive(Default)]
struct ExportBatch {
    /// The offices as they were read.
    input: OfficeChunk,
    /// How many offices there are, selected or not; progress is shown by it.
    read: usize,
    /// How many of them the selection takes.
    written: usize,
    /// What each writer made of these, in the order of the targets.
    pieces: Vec<OfficeOutput>,
    /// Whether there is something else than what was checked.
    changed: bool,
}

impl ExportBatch {
    /// Gives each selected office of a batch to every writer. Runs on any thread.
    fn write(
        &mut self,
        source: DirectorySource<'_>,
        (targets, keep_going): (&[Target], bool),
        taker: &IndexedSelection<'_>,
        context: &Context<'_>,
        is_over: &impl Fn() -> bool,
    ) {
        let ExportBatch { input, read, written, pieces, changed } = self;
        (*read, *written) = (0, 0);
        // Batches are used again, so their pieces are made once.
        pieces.resize_with(targets.len(), OfficeOutput::default);
        pieces.iter_mut().for_each(OfficeOutput::clear);
        input.each(source, |raw| {
            if is_over() {
                // Nobody waits for the rest of an export that was interrupted.
                return;
            }
            *read += 1;
            // It was read in the first pass: an office that cannot be read now is not the one that
            // was checked.
            let office = raw.ok().and_then(|raw| serde_json::from_str::<Office<'_>>(raw.json).ok());
            let Some(office) = office else {
                *changed = true;
                return;
            };
            if !taker.takes(&office) {
                return;
            }
            *written += 1;
            for (target, piece) in targets.iter().zip(&mut *pieces) {
                let mark = piece.mark();
                target.writer.office(context, &office, piece);
                if keep_going {
                    piece.leave_out_refused(&mark);
                }
                // A writer reports by pointer; which office it has in hand, it need not say.
                piece.name_problems(&office.id);
            }
        });
    }
}
