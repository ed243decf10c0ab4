//! All formats in one pass over a directory that was checked: each core takes a chunk of offices through
//! every writer's pure half, and an ordered, bounded hand-over joins what comes out.

mod output;
mod part;
mod selection;

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::Ordering;

pub use part::{PartLines, offices_of_parts};
pub use selection::Selection;
use selection::Taker;

use crate::commit::Inputs;
use crate::directory::Directory;
use crate::model::Office;
use crate::pipeline::ordered;
use crate::read::{OfficeChunk, Source, changed};
use crate::writers::{
    Context, Misuse, Names, Options, Owned, Piece, Problem, Storage, Weight, Writer, WriterInfo,
    check_name,
};
use output::Output;

/// One output: a writer with its options and the name of its file.
pub struct Target {
    /// The name of the writer, for messages.
    pub name: String,
    /// The name of its file.
    pub file: String,
    writer: Box<dyn Writer>,
    section: Option<Section>,
    inputs: Inputs,
}

/// A part of a file that is written by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What stands in front of the first office.
    Head,
    /// The offices.
    Body,
    /// What stands behind the last office.
    Tail,
}

impl Target {
    /// A target of a writer that is not built in.
    ///
    /// # Errors
    /// A file name that cannot be used.
    pub fn with_writer(
        name: impl Into<String>,
        file: impl Into<String>,
        writer: Box<dyn Writer>,
    ) -> Result<Self, Misuse> {
        let (name, file) = (name.into(), file.into());
        check_name(&file).map_err(|why| Misuse::new(format!("{name}: {why}")))?;
        Ok(Target { name, file, writer, section: None, inputs: Inputs::default() })
    }

    /// The same, and the files that its writer reads.
    pub fn reading(mut self, inputs: Inputs) -> Self {
        self.inputs = inputs;
        self
    }

    /// The files that its writer reads, or has read so far.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// The same, but only that section of its file.
    ///
    /// # Errors
    /// A writer whose file is more than what it makes of each office.
    pub fn section(mut self, section: Section) -> Result<Self, Misuse> {
        if !self.writer.in_sections() {
            let message = format!("{} is not written in parts", self.name);
            let help = "csv, ndjson, vcard in one file, and xml are".into();
            return Err(Misuse { message, help: Some(help) });
        }
        self.section = Some(section);
        Ok(self)
    }

    /// Checks that no two targets' files meet in one file on any file system.
    ///
    /// # Errors
    /// Names the files that do.
    pub fn check_files(targets: &[Target]) -> Result<(), Misuse> {
        let mut names = Names::default();
        for (at, target) in targets.iter().enumerate() {
            names.take(at, &target.file).map_err(|why| Misuse {
                message: format!("{}: {why}", target.name),
                help: Some("give one of the targets another file: file=…".into()),
            })?;
        }
        Ok(())
    }

    /// A target of a built-in writer from the options that were given for it. The option `file`, which
    /// every writer takes, names its file.
    ///
    /// # Errors
    /// An option or file name that cannot be used.
    pub fn new(
        info: &'static WriterInfo,
        mut given: Vec<(String, String)>,
    ) -> Result<Self, Misuse> {
        let in_writer = |mut misuse: Misuse| {
            misuse.message = format!("{}: {}", info.name, misuse.message);
            misuse
        };
        let at = given.iter().position(|(key, _)| key == "file");
        let file = at.map(|at| given.remove(at).1);
        let options = Options::check(info.options, &given).map_err(in_writer)?;
        let writer = (info.build)(&options).map_err(in_writer)?;
        let inputs = Inputs::default();
        options.paths(info.options).for_each(|path| inputs.add(path));
        let file = file.unwrap_or_else(|| writer.file().unwrap_or(info.file).to_owned());
        Ok(Target::with_writer(info.name, file, writer)?.reading(inputs))
    }
}

/// What an export gave.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Number of offices that were written.
    pub offices: usize,
    /// What writers could not carry or write: the target's position, and the problem. Of each weight the first ones
    /// are kept.
    pub problems: Vec<(usize, Problem)>,
    /// How many others there are, by target and weight.
    pub omitted: BTreeMap<(usize, Weight), usize>,
    /// How many there are of each weight.
    counts: [usize; 3],
    /// Whether the directory has errors, so that nothing was written.
    unsound: bool,
}

/// Problems of each weight that are kept.
const MOST: usize = 10_000;

impl Outcome {
    /// Whether something forbids to use the output.
    pub fn failed(&self) -> bool {
        self.unsound || self.count(Weight::Refusal) > 0
    }

    /// Whether a format had no place for a value.
    pub fn has_losses(&self) -> bool {
        self.count(Weight::Loss) > 0
    }

    /// How many problems of that weight there are.
    pub fn count(&self, weight: Weight) -> usize {
        self.counts[weight as usize]
    }

    fn take(&mut self, target: usize, problems: Vec<Problem>) {
        for problem in problems {
            let count = &mut self.counts[problem.weight as usize];
            *count += 1;
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
    pub fn has_selected(&self, selection: &Selection) -> io::Result<bool> {
        let Some(header) = self.header() else { return Ok(false) };
        let taker = selection.taker(header);
        let (mut chunks, mut chunk) = (self.source.chunks()?, OfficeChunk::default());
        let mut found = false;
        while !found && chunks.next(&mut chunk)? {
            chunk.each(self.source, |raw| {
                let office =
                    raw.ok().and_then(|raw| serde_json::from_str::<Office<'_>>(raw.json).ok());
                found = found || office.is_some_and(|office| taker.takes(&office));
            });
        }
        Ok(found)
    }

    /// Writes the selected offices to all targets, if the directory has no errors. Output is complete only
    /// where the outcome has not failed.
    ///
    /// # Errors
    /// What went wrong with the output; an input that has changed since it was checked.
    pub fn export(
        &self,
        targets: &[Target],
        selection: &Selection,
        storage: &mut dyn Storage,
    ) -> io::Result<Outcome> {
        let mut outcome = Outcome { unsound: self.failed(), ..Outcome::default() };
        let context = if outcome.unsound { None } else { self.context()? };
        let Some(mut context) = context else {
            return Ok(Outcome { unsound: true, ..outcome });
        };
        context.partial = !selection.is_empty();
        let mut outputs: Vec<Output<'_>> =
            targets.iter().map(|target| Output::new(target, &context)).collect();
        let (mut names, mut done) = (Names::default(), 0);
        let mut chunks = self.source.chunks()?;
        let stop = storage.stop();
        let is_over = || stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed));
        let taker = selection.taker(context.header);
        ordered(
            self.options.threads,
            |chunk: &mut Chunk| chunks.next(&mut chunk.input),
            |chunk| chunk.write(self.source, targets, &taker, &context, &is_over),
            |chunk| {
                storage.go_on()?;
                if chunk.changed {
                    return Err(changed());
                }
                done += chunk.read;
                outcome.offices += chunk.written;
                self.options.tell(done, Some(self.checked()));
                for (at, (piece, output)) in chunk.pieces.iter_mut().zip(&mut outputs).enumerate() {
                    outcome.take(at, piece.take_problems());
                    if !outcome.failed() {
                        let mut storage = Owned { target: at, names: &mut names, storage };
                        outcome.take(at, output.append(piece, &mut storage)?);
                    }
                }
                Ok(())
            },
        )?;
        for (at, output) in outputs.into_iter().enumerate() {
            storage.go_on()?;
            if !outcome.failed() {
                let mut storage = Owned { target: at, names: &mut names, storage };
                outcome.take(at, output.finish(&mut storage)?);
            }
        }
        Ok(outcome)
    }
}

/// Some offices, and what each target makes of them.
#[derive(Default)]
struct Chunk {
    input: OfficeChunk,
    read: usize,
    written: usize,
    pieces: Vec<Piece>,
    /// Whether there is something else than what was checked.
    changed: bool,
}

impl Chunk {
    fn write(
        &mut self,
        source: Source<'_>,
        targets: &[Target],
        taker: &Taker<'_>,
        context: &Context<'_>,
        is_over: &impl Fn() -> bool,
    ) {
        let Chunk { input, read, written, pieces, changed } = self;
        (*read, *written) = (0, 0);
        pieces.resize_with(targets.len(), Piece::default);
        pieces.iter_mut().for_each(Piece::clear);
        input.each(source, |raw| {
            if is_over() {
                // Nobody waits for the rest of an export that was interrupted.
                return;
            }
            *read += 1;
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
                target.writer.office(context, &office, piece);
                piece.name_problems(&office.id);
            }
        });
    }
}
