//! One part of a directory, for engines that have many machines: the offices of the part come on
//! standard input one a line, findings go to standard error as JSON.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use officedir::bounded::{REFERENCES, read_text_limited};
use officedir::check::show::{FORMATS, File, Report};
use officedir::check::{Checker, Findings};
use officedir::commit::{Inputs, Stream};
use officedir::config::Config;
use officedir::directory::{Directory, Reading};
use officedir::export::{Outcome, Section, Selection, Target};
use officedir::read::{Document, References, Registry, Source, Streamed};

use super::input::{bytes, has_lines, said, unreadable};
use super::{FINDINGS, FINE, Failure, report};

/// The heading of the options in the help.
pub(super) const PARTS: &str = "Parts of a directory, for engines with many machines";

/// What a part has to be told of the whole.
#[derive(clap::Args)]
#[command(next_help_heading = PARTS)]
pub(super) struct PartArguments {
    /// The directory file, or any other, that says who the organisation is and which regions it has
    #[arg(long, value_name = "FILE", requires = "part")]
    header: Option<PathBuf>,

    /// What offices refer to in other parts: `validate --merge` writes it, `export --part` reads it
    #[arg(long, value_name = "FILE")]
    references: Option<PathBuf>,

    /// What findings call the input
    #[arg(long, value_name = "NAME", requires = "part")]
    input_name: Option<PathBuf>,
}

/// Which section of a file to write.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SectionArgument {
    /// What stands in front of the first office
    Head,
    /// The offices
    Body,
    /// What stands behind the last office
    Tail,
}

impl From<SectionArgument> for Section {
    fn from(argument: SectionArgument) -> Self {
        match argument {
            SectionArgument::Head => Section::Head,
            SectionArgument::Body => Section::Body,
            SectionArgument::Tail => Section::Tail,
        }
    }
}

/// Checks the offices of a part and writes a section of one target to standard output.
pub(super) fn export(
    arguments: &PartArguments,
    section: Section,
    target: Target,
    config: &Config,
    threads: usize,
) -> Result<u8, Failure> {
    let target = [target.section(section)?];
    let paths = [arguments.header.as_deref(), arguments.references.as_deref()];
    let inputs = super::inputs(paths.into_iter().flatten().chain([Path::new("-")]))?;
    inputs.extend(target[0].inputs());
    inputs.refuse_standard_output()?;
    let mut lines = match section {
        Section::Body => Streamed::keep(io::stdin().lock()),
        Section::Head | Section::Tail => Streamed::keep(io::empty()),
    }
    .map_err(|error| unreadable(Path::new("-"), &error))?;
    if let Some(path) = &arguments.header {
        header(path, &mut lines)?;
    }
    let references = match &arguments.references {
        Some(path) => {
            let text =
                read_text_limited(path, REFERENCES).map_err(|error| unreadable(path, &error))?;
            References::parse(&text).map_err(|error| {
                Failure::new(format!("{}: {error}", path.display()))
                    .help("name a file that `officedir validate --merge --references` wrote")
            })?
        }
        None => References::default(),
    };
    let source = Source::Streamed(&lines);
    let options = Reading {
        threads,
        suppressions: &config.suppressions,
        others: Some(&references),
        ..Reading::default()
    };
    let directory =
        Directory::read(source, options).map_err(|error| unreadable(Path::new("-"), &error))?;
    let path = arguments.input_name.as_deref().unwrap_or(Path::new("-"));
    tell(path, &directory)?;
    if directory.failed() {
        return Ok(FINDINGS);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let outcome = directory.export(&target, &Selection::default(), &mut Stream::new(&mut out))?;
    out.flush()?;
    Ok(if refused(&target[0], &outcome) { FINDINGS } else { FINE })
}

/// Says what the target could not carry or write; whether the output must not be used.
fn refused(target: &Target, outcome: &Outcome) -> bool {
    for (_, problem) in &outcome.problems {
        let line = serde_json::json!({
            "writer": target.name,
            "office": problem.office,
            "pointer": problem.pointer,
            "message": problem.why,
        });
        super::emit_warning(&format!("{line}\n"));
    }
    for ((_, _), count) in &outcome.omitted {
        let message = format!("{count} more, which are not listed");
        let line = serde_json::json!({ "writer": target.name, "message": message });
        super::warn(&format!("{line}\n"));
    }
    outcome.failed()
}

/// Says what was found on standard error, as JSON.
fn tell(path: &Path, directory: &Directory<'_>) -> Result<(), Failure> {
    let findings = directory.findings();
    let json = FORMATS.iter().find(|format| format.name == "json");
    let (Some(json), false) = (json, findings.is_empty()) else { return Ok(()) };
    let lines = super::input::lines(path, directory.source(), findings)?;
    let path = path.display().to_string();
    let report = Report {
        directory: File { path: &path, lines },
        config: None,
        findings,
        omitted: directory.omitted(),
        offices: directory.checked(),
        suppressed: 0,
        most: usize::MAX,
        color: false,
    };
    super::emit_warning(&(json.render)(&report));
    Ok(())
}

/// Takes the header of that file for the offices.
fn header(path: &Path, lines: &mut Streamed) -> Result<(), Failure> {
    let failure = |error: &io::Error| unreadable(path, error);
    if has_lines(path) {
        let whole = Streamed::lines(path).map_err(|error| failure(&error))?;
        if let Some((header, text)) = Source::Streamed(&whole).header() {
            lines.set_header(header.clone(), text.to_owned());
        }
        return Ok(());
    }
    let bytes = bytes(path).map_err(|error| failure(&error))?;
    let document = Document::parse(&bytes).map_err(|errors| {
        Failure::new(report::broken(path, &bytes, &errors.0).trim_end().to_owned())
    })?;
    lines.set_header(document.header.clone(), document.text.to_owned());
    Ok(())
}

/// Checks what the offices of all parts say of each other. The lines are those that `validate --part`
/// wrote for each part, one behind the other.
pub(super) fn merge(
    arguments: &PartArguments,
    input: &Path,
    config: &Config,
    inputs: &Inputs,
    threads: usize,
) -> Result<u8, Failure> {
    let failure = |error: &io::Error| unreadable(input, error);
    if let Some(path) = &arguments.references {
        super::destination(path, inputs)?;
    }
    let lines = match input.as_os_str() == "-" {
        true => Streamed::keep(io::stdin().lock()),
        false => Streamed::lines(input),
    }
    .map_err(|error| failure(&error))?;
    let source = Source::Streamed(&lines);
    let registry = Registry::new(source, threads).map_err(|error| failure(&error))?;
    let checker = Checker::new(&config.suppressions);
    let mut findings = Findings::default();
    checker.whole(source, &registry, &mut findings).map_err(|error| failure(&error))?;
    let findings = findings.finish();
    super::emit(&said(input, source, &findings)?)?;
    if findings.has_error() {
        return Ok(FINDINGS);
    }
    if let Some(path) = &arguments.references {
        super::write(path, format!("{}\n", registry.references()).as_bytes(), inputs)?;
    }
    Ok(FINE)
}
