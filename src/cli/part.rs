//! One part of a directory, for engines that have many machines: the offices of the part come on
//! standard input one per line, findings go to standard error as JSON.

use std::fmt::Display;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use officedir::bounded::{REFERENCES_LIMIT, read_text_limited};
use officedir::check::{Checker, RULES};
use officedir::commit::StreamStorage;
use officedir::config::Config;
use officedir::directory::{Directory, ReadOptions};
use officedir::export::{Outcome, PartLines, Selection, merge_parts};
use officedir::finding::Findings;
use officedir::finding::show::{FORMATS, FindingReport, ReportedFile};
use officedir::read::{
    DirectorySource, Document, OtherParts, PartReferences, Registry, StreamedFile, has_lines,
    read_document,
};
use officedir::storage::Inputs;
use officedir::writers::{FileSection, ReferenceWriter, Target};

use super::input::render_findings;
use super::{CliError, FINDINGS, FINE, report};

/// The heading of the options in the help.
pub(super) const PARTS: &str = "Parts of a directory, for engines that run on many machines";

/// What a part has to be told of the whole.
#[derive(clap::Args)]
#[command(next_help_heading = PARTS)]
pub(super) struct PartArguments {
    /// The directory file that the organisation and the regions are taken from
    #[arg(long, value_name = "FILE", requires = "part")]
    header: Option<PathBuf>,

    /// The name of the input in findings, and of the part for --merge
    #[arg(long, value_name = "NAME", requires = "part")]
    input_name: Option<PathBuf>,
}

/// Which section of a file to write.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SectionArgument {
    /// What comes before the first office
    Head,
    /// The offices
    Body,
    /// What comes after the last office
    Tail,
}

impl From<SectionArgument> for FileSection {
    fn from(argument: SectionArgument) -> Self {
        match argument {
            SectionArgument::Head => FileSection::Head,
            SectionArgument::Body => FileSection::Body,
            SectionArgument::Tail => FileSection::Tail,
        }
    }
}

/// A part that is checked, and then written.
pub(super) struct CheckedPart<'p> {
    /// Where the header is, and what the part is called.
    pub(super) arguments: &'p PartArguments,
    /// For what it suppresses.
    pub(super) config: &'p Config,
    /// Number of threads that check and write.
    pub(super) threads: usize,
    /// Whether what a format leaves out is an error; `validate` takes warnings for errors as well.
    pub(super) strict: bool,
}

impl CheckedPart<'_> {
    /// Checks the offices of the part by themselves, and writes what a merge takes of them to standard output.
    pub(super) fn validate(&self) -> Result<u8, CliError> {
        let target = [Target::with_writer("heads", "heads", Box::new(ReferenceWriter))?];
        let lines =
            StreamedFile::keep(io::stdin().lock()).map_err(|error| self.unreadable(&error))?;
        self.read(lines, OtherParts::Unknown, self.strict, |directory| {
            let mut out = io::BufWriter::new(io::stdout().lock());
            let mut part = PartLines::new(&mut out);
            let outcome = directory.export(
                &target,
                &Selection::default(),
                &mut StreamStorage::new(&mut part),
            )?;
            tell_problems(&target[0], &outcome);
            if self.refuses(&outcome) {
                return Ok(FINDINGS);
            }
            let header = directory.header();
            let headquarters = header.and_then(|it| it.organization.headquarters.as_deref());
            part.close(&self.name().to_string_lossy(), outcome.offices, headquarters)?;
            out.flush()?;
            Ok(FINE)
        })
    }

    /// Checks the offices of the part, whose parents have to be among the references, and writes a section of a
    /// target to standard output.
    pub(super) fn export(
        &self,
        section: FileSection,
        target: Target,
        references: Option<&Path>,
    ) -> Result<u8, CliError> {
        let target = [target.section(section)?];
        let paths = [self.arguments.header.as_deref(), references];
        // With standard input, so that the output cannot go into the file that the offices come from.
        let inputs = super::inputs(paths.into_iter().flatten().chain([Path::new("-")]))?;
        inputs.extend(target[0].inputs());
        // Asked again: only now the files of the target itself are known.
        inputs.refuse_standard_output()?;
        // Head and tail have no offices, so nobody has to give them any.
        let lines = match section {
            FileSection::Body => StreamedFile::keep(io::stdin().lock()),
            FileSection::Head | FileSection::Tail => StreamedFile::keep(io::empty()),
        }
        .map_err(|error| self.unreadable(&error))?;
        let references = references.map(read_references).transpose()?.unwrap_or_default();
        // Not strict about findings: as in an export of the whole, `--strict` is about what the format leaves out.
        self.read(lines, OtherParts::Known(&references), false, |directory| {
            let export = |out: &mut dyn Write| {
                directory.export(&target, &Selection::default(), &mut StreamStorage::new(out))
            };
            // A stream cannot be taken back, and what a format loses is only known when it was written.
            if self.strict {
                let outcome = export(&mut io::sink())?;
                if self.refuses(&outcome) {
                    tell_problems(&target[0], &outcome);
                    return Ok(FINDINGS);
                }
            }
            let mut out = io::BufWriter::new(io::stdout().lock());
            let outcome = export(&mut out)?;
            out.flush()?;
            tell_problems(&target[0], &outcome);
            Ok(if self.refuses(&outcome) { FINDINGS } else { FINE })
        })
    }

    /// Reads and checks the header and the offices, says what is wrong with them, and goes on where nothing is.
    fn read(
        &self,
        mut lines: StreamedFile,
        others: OtherParts<'_>,
        strict: bool,
        write: impl FnOnce(&Directory<'_>) -> Result<u8, CliError>,
    ) -> Result<u8, CliError> {
        let options = ReadOptions {
            threads: self.threads,
            suppressions: &self.config.suppressions,
            severities: &self.config.severities,
            others: Some(others),
            ..ReadOptions::default()
        };
        if let Some(path) = &self.arguments.header
            && !header(path, &mut lines, options, strict)?
        {
            return Ok(FINDINGS);
        }
        let directory = Directory::read(DirectorySource::Streamed(&lines), options)
            .map_err(|error| self.unreadable(&error))?;
        match sound(self.name(), &directory, strict)? {
            true => write(&directory),
            false => Ok(FINDINGS),
        }
    }

    /// What findings call the input: `-`, unless the command line has a name for it.
    fn name(&self) -> &Path {
        self.arguments.input_name.as_deref().unwrap_or(Path::new("-"))
    }

    /// The failure that the part cannot be read.
    fn unreadable(&self, error: &impl Display) -> CliError {
        CliError::new(format!("cannot read {}: {error}", self.name().display()))
            .help("give the offices of the part on standard input, one per line")
    }

    /// Whether the output must not be used.
    fn refuses(&self, outcome: &Outcome) -> bool {
        outcome.failed() || self.strict && outcome.has_losses()
    }
}

/// Says what the target could not carry or write.
fn tell_problems(target: &Target, outcome: &Outcome) {
    for (_, problem) in &outcome.problems {
        let line = serde_json::json!({
            "writer": target.name,
            "office": problem.office,
            "pointer": problem.pointer,
            "message": problem.why,
        });
        super::emit_warning(&format!("{line}\n"));
    }
    for count in outcome.omitted.values() {
        let message = format!("{count} more, which are not listed");
        let line = serde_json::json!({ "writer": target.name, "message": message });
        super::emit_warning(&format!("{line}\n"));
    }
}

/// Reads what `validate --merge --references` wrote.
fn read_references(path: &Path) -> Result<PartReferences, CliError> {
    let help = "name a file that `officedir validate --merge --references` wrote";
    let failure = |error: &dyn std::fmt::Display| {
        CliError::new(format!("cannot read {}: {error}", path.display())).help(help)
    };
    let text = read_text_limited(path, REFERENCES_LIMIT).map_err(|error| failure(&error))?;
    PartReferences::parse(&text).map_err(|error| failure(&error))
}

/// Says what was found on standard error, as JSON; whether there is nothing against using the directory.
fn sound(path: &Path, directory: &Directory<'_>, strict: bool) -> Result<bool, CliError> {
    let mut findings = directory.all_findings().clone();
    if strict {
        findings.make_errors();
    }
    write_findings(path, directory, &findings)?;
    Ok(!findings.has_error())
}

/// Writes the findings to standard error as JSON.
fn write_findings(
    path: &Path,
    directory: &Directory<'_>,
    findings: &Findings,
) -> Result<(), CliError> {
    let json = FORMATS.iter().find(|format| format.name == "json");
    // Nothing at all where all is well, so that an engine can take any output for findings.
    let (Some(json), false) = (json, findings.is_empty()) else { return Ok(()) };
    let lines = super::input::lines(path, directory.source(), findings.kept())?;
    let path = path.display().to_string();
    let report = FindingReport {
        rules: RULES,
        directory: ReportedFile { path: &path, lines },
        config: None,
        findings: findings.kept(),
        omitted: findings.omitted(),
        offices: directory.checked(),
        suppressed: 0,
        // The number of findings that people are shown is no limit for programs.
        most: usize::MAX,
        color: false,
    };
    super::emit_warning(&(json.render)(&[report]));
    Ok(())
}

/// Takes the header of that file for the offices, where nothing is wrong with it.
fn header(
    path: &Path,
    lines: &mut StreamedFile,
    options: ReadOptions<'_>,
    strict: bool,
) -> Result<bool, CliError> {
    let failure = |error: &dyn Display| {
        CliError::new(format!("cannot read {}: {error}", path.display()))
            .help("name a directory file with the organisation and the regions")
    };
    // Declared out here, because the document borrows from whichever of the two is used.
    let (whole, content);
    let document = if has_lines(path) {
        whole = StreamedFile::lines(path).map_err(|error| failure(&error))?;
        DirectorySource::Streamed(&whole)
            .without_offices()
            .ok_or_else(|| failure(&"its first line is not the header of a directory"))?
    } else {
        content = read_document(path).map_err(|error| failure(&error))?;
        let mut document = match Document::parse(&content) {
            Ok(document) => document,
            Err(errors) => {
                super::emit_warning(&report::broken(path, &content, &errors.0));
                return Ok(false);
            }
        };
        // Only the header is taken: the offices of this file are not those of the part.
        document.offices.clear();
        document
    };
    let directory = Directory::read(DirectorySource::Document(&document), options)
        .map_err(|error| failure(&error))?;
    let is_sound = sound(path, &directory, strict)?;
    lines.set_header(document.header.clone(), document.text.to_owned());
    Ok(is_sound)
}

/// Where the lines of all parts are, and how many offices there have to be.
pub(super) struct PartMerge<'m> {
    /// The lines of all parts, or `-` for standard input.
    pub(super) input: &'m Path,
    /// How many offices the whole directory has.
    pub(super) offices: u64,
    /// Where to write what offices refer to in other parts; `None` where nobody asks for it.
    pub(super) references: Option<&'m Path>,
    /// Whether warnings are errors.
    pub(super) strict: bool,
    /// What no output may replace.
    pub(super) inputs: &'m Inputs,
}

impl PartMerge<'_> {
    /// Checks that all parts are there, and what their offices say of each other.
    pub(super) fn run(&self, config: &Config, threads: usize) -> Result<u8, CliError> {
        let failure = |error: &dyn Display| {
            CliError::new(format!("cannot merge {}: {error}", self.input.display())).help(
                "give --merge all lines that `officedir validate --part` wrote, of one part behind the other",
            )
        };
        // Looked at before the lines are read, so that a place that cannot be written is told at once.
        if let Some(path) = self.references {
            super::destination(path, self.inputs)?;
        }
        let lines = match self.input.as_os_str() == "-" {
            true => StreamedFile::keep(io::stdin().lock()),
            false => StreamedFile::lines(self.input),
        }
        .map_err(|error| failure(&error))?;
        // Counted before references are followed: a missing part would show as parents that do not exist.
        let parts = lines.bytes().and_then(|bytes| merge_parts(BufReader::new(bytes)));
        let parts = parts.map_err(|error| failure(&error))?;
        self.compare(parts.offices)?;
        let source = DirectorySource::Streamed(&lines);
        let registry = Registry::of_parts(source, parts.headquarters.as_deref(), threads)
            .map_err(|error| failure(&error))?;
        let checker = Checker::new(&config.suppressions).severities(&config.severities);
        let mut findings = Findings::default();
        checker.whole(source, &registry, &mut findings).map_err(|error| failure(&error))?;
        let mut findings = findings.finish();
        if self.strict {
            findings.make_errors();
        }
        super::emit(&render_findings(self.input, source, &findings)?)?;
        if findings.has_error() {
            return Ok(FINDINGS);
        }
        // Only where nothing is wrong: exports of parts rely on these references and cannot check them.
        if let Some(path) = self.references {
            super::write(path, format!("{}\n", registry.references()).as_bytes(), self.inputs)?;
        }
        Ok(FINE)
    }

    /// Compares the number of offices that the parts have with that of the directory.
    fn compare(&self, found: u64) -> Result<(), CliError> {
        let PartMerge { input, offices, .. } = self;
        let help = match found.cmp(offices) {
            std::cmp::Ordering::Equal => return Ok(()),
            std::cmp::Ordering::Less => {
                "a part is missing: give --merge what `validate --part` wrote for each one"
            }
            std::cmp::Ordering::Greater => {
                "a part is there twice, or --offices is not the number of all offices"
            }
        };
        let message =
            format!("{}: the parts have {found} offices, and not {offices}", input.display());
        Err(CliError::new(message).help(help))
    }
}
