//! The one pass: each core takes a chunk of offices through check and every writer's pure half, and an
//! ordered, bounded hand-over joins what comes out.

use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::check::{Checker, Finding, Severity, Suppression, apply};
use crate::commit::Stream;
use crate::model::{Header, Kind, Office};
use crate::pipeline::ordered;
use crate::read::{Document, OfficeChunk, RawOffice, Registry, Source, is_fatal};
use crate::writers::{Context, Files, Join, Misuse, Names, Options, Owned, Piece, Problem};
use crate::writers::{Storage, Weight, Writer, WriterInfo, check_name};

/// One output: a writer with its options and the name of its file.
pub struct Target {
    /// The name of the writer, for messages.
    pub name: String,
    /// The name of its file.
    pub file: String,
    writer: Box<dyn Writer>,
    section: Option<Section>,
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
        Ok(Target { name, file, writer, section: None })
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
        let file = file.unwrap_or_else(|| writer.file().unwrap_or(info.file).to_owned());
        Target::with_writer(info.name, file, writer)
    }
}

/// Which offices are exported: those that every list takes which is not empty.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Ids.
    pub ids: Vec<String>,
    /// Regions by id, each with the regions within it.
    pub regions: Vec<String>,
    /// ISO 3166-1 alpha-2 codes, any address of an office.
    pub countries: Vec<String>,
    /// Kinds.
    pub kinds: Vec<Kind>,
}

impl Selection {
    /// Checks that every id and region is one of the directory's.
    ///
    /// # Errors
    /// Names the first that is not, and the nearest that is; or what keeps the offices from being read.
    pub fn check(&self, header: &Header<'_>, source: Source<'_>) -> io::Result<Result<(), Misuse>> {
        Ok(self.check_ids(source)?.and_then(|()| self.check_regions(header)))
    }

    fn check_ids(&self, source: Source<'_>) -> io::Result<Result<(), Misuse>> {
        let known = if self.ids.is_empty() { Vec::new() } else { source.ids(usize::MAX)? };
        let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
        Ok(match self.ids.iter().find(|id| !known.contains(id.as_str())) {
            Some(id) => Err(Misuse::unknown("office", id, known.iter().copied())),
            None => Ok(()),
        })
    }

    fn check_regions(&self, header: &Header<'_>) -> Result<(), Misuse> {
        let regions = || header.regions.iter().map(|region| region.id.as_str());
        match self.regions.iter().find(|id| header.region(id).is_none()) {
            Some(id) => Err(Misuse::unknown("region", id, regions())),
            None => Ok(()),
        }
    }

    /// Whether it takes every office.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
            && self.regions.is_empty()
            && self.countries.is_empty()
            && self.kinds.is_empty()
    }

    fn takes(&self, office: &Office<'_>, header: &Header<'_>) -> bool {
        let any =
            |list: &[String], value: &str| list.is_empty() || list.iter().any(|it| it == value);
        let in_country =
            |address: &crate::model::Address<'_>| any(&self.countries, &address.country);
        any(&self.ids, &office.id)
            && (self.kinds.is_empty() || self.kinds.contains(&office.kind))
            && (self.countries.is_empty() || office.addresses.iter().any(in_country))
            && (self.regions.is_empty() || self.takes_region(office.region.as_deref(), header))
    }

    fn takes_region<'h>(&self, mut region: Option<&'h str>, header: &'h Header<'_>) -> bool {
        // The check has found that regions have no cycles.
        while let Some(id) = region {
            if self.regions.iter().any(|it| it == id) {
                return true;
            }
            region = header.region(id).and_then(|region| region.parent.as_deref());
        }
        false
    }
}

fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// What a pass found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Number of offices that were checked.
    pub checked: usize,
    /// Number of offices that were written.
    pub offices: usize,
    /// What is wrong with the directory, in the order of the file.
    pub findings: Vec<Finding>,
    /// What writers could not carry or write: the target's position, and the problem.
    pub problems: Vec<(usize, Problem)>,
}

impl Outcome {
    /// Takes the counts and findings of a chunk.
    fn take(&mut self, chunk: &mut Chunk) {
        self.checked += chunk.checked;
        self.offices += chunk.offices;
        self.findings.append(&mut chunk.findings);
    }

    /// Whether something forbids to use the output.
    pub fn failed(&self) -> bool {
        has_error(&self.findings)
            || self.problems.iter().any(|(_, problem)| problem.weight == Weight::Refusal)
    }

    /// Whether a format had no place for a value.
    pub fn has_losses(&self) -> bool {
        self.problems.iter().any(|(_, problem)| problem.weight == Weight::Loss)
    }
}

/// A directory that has been read, with what was found in it as a whole.
pub struct Directory<'d> {
    source: Source<'d>,
    registry: &'d Registry,
    checker: Checker<'d>,
    header: Option<Header<'d>>,
    findings: Vec<Finding>,
    progress: Option<Box<Progress<'d>>>,
}

/// Is told how many offices have been checked, and how many there are where that is known.
type Progress<'d> = dyn Fn(usize, Option<usize>) + Sync + 'd;

impl<'d> Directory<'d> {
    /// Calls that function again and again while offices are exported, on the thread that exports.
    pub fn on_progress(&mut self, progress: impl Fn(usize, Option<usize>) + Sync + 'd) {
        self.progress = Some(Box::new(progress));
    }

    fn tell(&self, checked: usize) {
        let Some(progress) = &self.progress else { return };
        let total = match self.source {
            Source::Document(document) => Some(document.offices.len()),
            Source::Lines(_) => None,
        };
        progress(checked, total);
    }

    /// Checks the directory as a whole; its offices are checked by [`Directory::export`].
    ///
    /// # Errors
    /// What keeps the offices from being read; what is wrong with the schema that is built in.
    pub fn new(source: Source<'d>, registry: &'d Registry) -> io::Result<Self> {
        Self::suppressing(source, registry, &[])
    }

    /// The same, without the findings that are suppressed.
    ///
    /// # Errors
    /// As [`Directory::new`].
    pub fn suppressing(
        source: Source<'d>,
        registry: &'d Registry,
        suppressions: &'d [Suppression],
    ) -> io::Result<Self> {
        let checker = Checker::new(source, registry, suppressions).map_err(io::Error::other)?;
        let mut findings = Vec::new();
        let header = checker.whole(&mut findings)?;
        Ok(Directory { source, registry, checker, header, findings, progress: None })
    }

    /// The header, where nothing is wrong with it.
    pub fn header(&self) -> Option<&Header<'d>> {
        self.header.as_ref()
    }

    /// Checks all offices and writes the selected ones to all targets, on `threads` threads. Without
    /// targets it only checks. Output is complete only where the outcome has not failed.
    ///
    /// # Errors
    /// What went wrong with the output.
    pub fn export(
        &self,
        targets: &[Target],
        selection: &Selection,
        storage: &mut dyn Storage,
        threads: usize,
    ) -> io::Result<Outcome> {
        let mut context = self.header.as_ref().map(|header| Context::new(header, self.registry));
        if let Some(context) = &mut context {
            context.partial = !selection.is_empty();
        }
        let pass = Pass {
            directory: self,
            context: context.as_ref(),
            targets,
            selection,
            failed: AtomicBool::new(has_error(&self.findings)),
        };
        let mut outcome = Outcome { findings: self.findings.clone(), ..Outcome::default() };
        let mut names = Names::default();
        let mut outputs: Vec<Output<'_>> = match &context {
            Some(context) => targets.iter().map(|target| Output::new(target, context)).collect(),
            None => Vec::new(),
        };
        let mut chunks = self.source.chunks()?;
        let take = |chunk: &mut Chunk| chunks.next(&mut chunk.input);
        ordered(
            threads,
            take,
            |chunk| pass.fill(chunk),
            |chunk| {
                outcome.take(chunk);
                self.tell(outcome.checked);
                for (at, (piece, output)) in chunk.pieces.iter_mut().zip(&mut outputs).enumerate() {
                    outcome.problems.extend(piece.take_problems().into_iter().map(|it| (at, it)));
                    if !outcome.failed() {
                        let mut storage = Owned { target: at, names: &mut names, storage };
                        let problems = output.append(piece, &mut storage)?;
                        outcome.problems.extend(problems.into_iter().map(|it| (at, it)));
                    }
                }
                Ok(())
            },
        )?;
        if let Source::Document(document) = self.source
            && outcome.findings.iter().any(is_fatal)
        {
            // Behind a syntax error an office may not be what it seems: only the text as a whole counts.
            outcome.findings = document.scan();
        }
        outcome.findings.sort_by_key(|finding| finding.span.start);
        for (at, output) in outputs.into_iter().enumerate() {
            if !outcome.failed() {
                let mut storage = Owned { target: at, names: &mut names, storage };
                let problems = output.finish(&mut storage)?;
                outcome.problems.extend(problems.into_iter().map(|it| (at, it)));
            }
        }
        Ok(outcome)
    }
}

/// A document with every safe edit made that its findings ask for, and how many these were. Behind one
/// mistake another may show, so it is checked until there is nothing more to correct.
///
/// # Errors
/// What is wrong with the schema that is built in.
pub fn corrected(mut bytes: Vec<u8>, threads: usize) -> io::Result<(Vec<u8>, usize)> {
    let mut total = 0;
    for _ in 0..CORRECTIONS {
        let findings = match Document::parse(&bytes) {
            Err(errors) => errors.0,
            Ok(document) => {
                let source = Source::Document(&document);
                let registry = Registry::new(source, threads)?;
                let directory = Directory::new(source, &registry)?;
                let mut nowhere = io::sink();
                let mut stream = Stream::new(&mut nowhere);
                directory.export(&[], &Selection::default(), &mut stream, threads)?.findings
            }
        };
        let (fixed, count) = apply(&bytes, &findings);
        if count == 0 {
            break;
        }
        (bytes, total) = (fixed, total + count);
    }
    Ok((bytes, total))
}

/// How often a document is corrected and checked again: syntax, names, values, and then once more.
const CORRECTIONS: usize = 5;

/// What comes of one chunk of offices.
#[derive(Default)]
struct Chunk {
    input: OfficeChunk,
    checked: usize,
    offices: usize,
    findings: Vec<Finding>,
    pieces: Vec<Piece>,
}

struct Pass<'p, 'd> {
    directory: &'p Directory<'d>,
    context: Option<&'p Context<'p>>,
    targets: &'p [Target],
    selection: &'p Selection,
    /// Set at the first error: from then on offices are only checked.
    failed: AtomicBool,
}

impl Pass<'_, '_> {
    fn fill(&self, chunk: &mut Chunk) {
        let input = std::mem::take(&mut chunk.input);
        (chunk.checked, chunk.offices) = (0, 0);
        chunk.findings.clear();
        chunk.pieces.resize_with(self.targets.len(), Piece::default);
        chunk.pieces.iter_mut().for_each(Piece::clear);
        input.each(self.directory.source, |raw| {
            chunk.checked += 1;
            match raw {
                Ok(raw) => self.office(&raw, chunk),
                Err(finding) => {
                    self.failed.store(true, Ordering::Relaxed);
                    chunk.findings.push(*finding);
                }
            }
        });
        chunk.input = input;
    }

    fn office(&self, raw: &RawOffice<'_>, chunk: &mut Chunk) {
        let before = chunk.findings.len();
        let office = self.directory.checker.office(raw, &mut chunk.findings);
        if has_error(&chunk.findings[before..]) {
            self.failed.store(true, Ordering::Relaxed);
        }
        let (Some(office), Some(context)) = (office, self.context) else { return };
        if self.failed.load(Ordering::Relaxed) || !self.selection.takes(&office, context.header) {
            return;
        }
        chunk.offices += 1;
        for (target, piece) in self.targets.iter().zip(&mut chunk.pieces) {
            target.writer.office(context, &office, piece);
            piece.name_problems(&office.id);
        }
    }
}

/// The ordered half of a target.
struct Output<'p> {
    file: &'p str,
    join: Box<dyn Join + 'p>,
}

impl<'p> Output<'p> {
    fn new(target: &'p Target, context: &'p Context<'p>) -> Self {
        let writer = &*target.writer;
        let join = match target.section {
            Some(section) => Box::new(Sectional { writer, context, section }) as Box<dyn Join>,
            None => writer
                .join(context)
                .unwrap_or_else(|| Box::new(Concatenation { writer, context, begun: false })),
        };
        Output { file: &target.file, join }
    }

    fn append(&mut self, piece: &mut Piece, storage: &mut dyn Storage) -> io::Result<Vec<Problem>> {
        let mut files = Files::new(self.file, storage);
        self.join.append(piece, &mut files)?;
        Ok(files.into_problems())
    }

    fn finish(self, storage: &mut dyn Storage) -> io::Result<Vec<Problem>> {
        let mut files = Files::new(self.file, storage);
        self.join.finish(&mut files)?;
        Ok(files.into_problems())
    }
}

/// What a writer gets that has no ordered half of its own.
struct Concatenation<'p> {
    writer: &'p dyn Writer,
    context: &'p Context<'p>,
    begun: bool,
}

impl Concatenation<'_> {
    fn begin(&mut self, files: &mut Files<'_>) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let mut head = Vec::new();
        self.writer.begin(self.context, &mut head);
        files.main()?.write_all(&head)
    }
}

impl Join for Concatenation<'_> {
    fn append(&mut self, piece: &mut Piece, files: &mut Files<'_>) -> io::Result<()> {
        self.begin(files)?;
        files.main()?.write_all(&piece.bytes)
    }

    fn finish(mut self: Box<Self>, files: &mut Files<'_>) -> io::Result<()> {
        self.begin(files)?;
        let mut tail = Vec::new();
        self.writer.end(self.context, &mut tail);
        files.main()?.write_all(&tail)
    }
}

/// What a section of a target is made by.
struct Sectional<'p> {
    writer: &'p dyn Writer,
    context: &'p Context<'p>,
    section: Section,
}

impl Join for Sectional<'_> {
    fn append(&mut self, piece: &mut Piece, files: &mut Files<'_>) -> io::Result<()> {
        match self.section {
            Section::Body => files.main()?.write_all(&piece.bytes),
            Section::Head | Section::Tail => Ok(()),
        }
    }

    fn finish(self: Box<Self>, files: &mut Files<'_>) -> io::Result<()> {
        let mut bytes = Vec::new();
        match self.section {
            Section::Head => self.writer.begin(self.context, &mut bytes),
            Section::Tail => self.writer.end(self.context, &mut bytes),
            Section::Body => {}
        }
        files.main()?.write_all(&bytes)
    }
}
