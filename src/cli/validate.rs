//! `officedir validate`: the findings in a directory, in the formats that were asked for. Parts of a
//! directory are checked in `part`.

use std::io;
use std::path::{Path, PathBuf};

use officedir::Error;
use officedir::bounded::{DIRECTORY_LIMIT, read_limited};
use officedir::check::{RULES, newer_version, unused};
use officedir::config::Config;
use officedir::directory::{Directory, ReadOptions, corrected};
use officedir::finding::show::{FORMATS, FindingReport, ReportFormat, ReportedFile, SourceLines};
use officedir::finding::{Findings, MOST};
use officedir::read::{has_lines, is_compressed};
use officedir::storage::Inputs;

use super::input::lines;
use super::part::{CheckedPart, PARTS, PartArguments, PartMerge};
use super::progress::OfficeProgress;
use super::report::{self, ReportPaths};
use super::targets::{configuration, configuration_path};
use super::{CliError, FINDINGS, FINE, InputArguments};

/// Check a directory: syntax, schema, references, addresses and contacts
#[derive(clap::Args)]
#[command(after_help = formats())]
pub(super) struct ValidateArguments {
    #[command(flatten)]
    input: InputArguments,

    /// Format of the findings, and the file that they are written to; repeatable [default: full]
    #[arg(long, value_name = "FORMAT[=PATH]", value_parser = output)]
    output_format: Vec<ReportOutput>,

    /// How many findings the formats for people show; the others are counted. 0 shows all of them
    #[arg(long, value_name = "N", default_value_t = report::MOST)]
    max_findings: usize,

    /// Correct what leaves no doubt (commas, byte order mark, misspelt members, composed letters, telephone
    /// numbers), and keep the rest of the file as it is
    #[arg(long)]
    fix: bool,

    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,

    /// The configuration, for what it suppresses [default: officedir.toml beside the directory file, if
    /// there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Check the offices on standard input, one per line, by themselves, and write to standard output what
    /// --merge needs to check them against the others. Findings go to standard error as JSON. A part
    /// may be empty
    #[arg(long, help_heading = PARTS, conflicts_with_all = ["file", "output_format", "max_findings", "fix", "merge"])]
    part: bool,

    /// Check the offices of all parts against each other; FILE has the lines that --part wrote
    #[arg(long, help_heading = PARTS, requires = "offices", conflicts_with_all = ["output_format", "max_findings", "fix"])]
    merge: bool,

    /// How many offices all parts have together, so that --merge sees whether one is missing
    #[arg(long, value_name = "N", help_heading = PARTS, requires = "merge")]
    offices: Option<u64>,

    /// Where --merge writes what offices refer to in other parts; `export --part` reads it
    #[arg(long, value_name = "FILE", help_heading = PARTS, requires = "merge")]
    references: Option<PathBuf>,

    #[command(flatten)]
    parts: PartArguments,
}

/// A format, and the file that it goes to if not to standard output.
#[derive(Clone)]
struct ReportOutput {
    /// An entry of [`FORMATS`].
    format: &'static ReportFormat,
    /// `None` for standard output.
    path: Option<PathBuf>,
}

/// Parses `FORMAT[=PATH]`, for clap.
fn output(text: &str) -> Result<ReportOutput, String> {
    let (name, path) = match text.split_once('=') {
        Some((name, path)) => (name, Some(PathBuf::from(path))),
        None => (text, None),
    };
    let format = FORMATS.iter().find(|format| format.name == name).ok_or_else(|| {
        let known = FORMATS.iter().map(|format| format.name);
        Error::unknown("format", name, known).help().unwrap_or_default().to_owned()
    })?;
    // `-` is standard output, as it is where no path is given.
    Ok(ReportOutput { format, path: path.filter(|path| path.as_os_str() != "-") })
}

/// The formats, for the end of the help.
fn formats() -> String {
    let lines = FORMATS.iter().map(|format| format!("  {:8}  {}\n", format.name, format.about));
    format!(
        "Formats:\n{}\nEvery format lists the first {MOST} findings, errors before warnings, and counts the others.",
        lines.collect::<String>()
    )
}

/// Corrects if asked to, then checks and shows.
pub(super) fn run(arguments: &ValidateArguments) -> Result<u8, CliError> {
    // Two formats in one stream could be read by nobody.
    let consoles = arguments.output_format.iter().filter(|output| output.path.is_none());
    if consoles.count() > 1 {
        return Err(CliError::new("only one format can be written to standard output")
            .help("name a file for the others: --output-format sarif=findings.sarif"));
    }
    let path = &arguments.input.file;
    let config_path = configuration_path(arguments.config.as_ref(), path);
    let inputs = super::inputs([path.as_path(), config_path.as_path()])?;
    // Before anything is written, and again when it is.
    for path in arguments.output_format.iter().filter_map(|output| output.path.as_ref()) {
        super::destination(path, &inputs)?;
    }
    // Before the check, so that what is reported is what is left.
    if arguments.fix {
        fix(path, arguments.input.threads())?;
    }
    let config = configuration(arguments.config.as_ref(), path)?;
    let threads = arguments.input.threads();
    let strict = arguments.strict;
    if arguments.part {
        return CheckedPart { arguments: &arguments.parts, config: &config, threads, strict }
            .validate();
    }
    if let (true, Some(offices)) = (arguments.merge, arguments.offices) {
        let references = arguments.references.as_deref();
        let merge = PartMerge { input: path, offices, references, strict, inputs: &inputs };
        return merge.run(&config, threads);
    }
    let progress = OfficeProgress::new(arguments.input.quiet);
    let tell = |done, all| progress.show(done, all);
    let options = ReadOptions {
        threads,
        suppressions: &config.suppressions,
        progress: Some(&tell),
        ..ReadOptions::default()
    };
    let run = |directory: &Directory<'_>| {
        progress.clear();
        let (findings, offices) = (directory.all_findings().clone(), directory.checked());
        let lines = lines(path, directory.source(), findings.kept())?;
        // A later version of the format is the only finding there is, and no office was looked at.
        let unused = newer_version(directory.source()).is_none();
        show(arguments, &config, lines, &inputs, FoundInFile { findings, offices, unused })
    };
    super::with_broken(path, options, run, |bytes, findings| {
        progress.clear();
        let lines = SourceLines::new(bytes, findings);
        let found = FoundInFile { findings: findings.to_vec().into(), offices: 0, unused: false };
        show(arguments, &config, lines, &inputs, found)
    })
}

/// Corrects the file where that is safe.
fn fix(path: &Path, threads: usize) -> Result<(), CliError> {
    let help = "--fix corrects JSON files that are not compressed";
    let failure =
        |error: Error| CliError::new(format!("cannot read {}: {error}", path.display())).help(help);
    if has_lines(path) || path.as_os_str() == "-" {
        return Err(CliError::new(format!("cannot correct {}", path.display())).help(help));
    }
    let bytes = read_limited(path, DIRECTORY_LIMIT).map_err(|error| failure(error.into()))?;
    // By the first bytes: the name says nothing about compression.
    if is_compressed(&bytes) {
        return Err(CliError::new(format!("cannot correct {}", path.display())).help(help));
    }
    let (corrected, count) = corrected(bytes, threads).map_err(failure)?;
    // Not written where nothing changes, so that the file keeps its time.
    if count > 0 {
        super::rewrite(path, &corrected)?;
        super::warn(&format!("{}: {count} corrected\n", path.display()));
    }
    Ok(())
}

/// What was found.
struct FoundInFile {
    /// Those of the directory; those of the configuration are added when they are shown.
    findings: Findings,
    /// Number of offices that were checked; 0 where the file is no JSON.
    offices: usize,
    /// Whether the offices were looked at, so that a suppression may be unused.
    unused: bool,
}

/// Shows the findings in every format that was asked for and gives the exit code.
fn show(
    arguments: &ValidateArguments,
    config: &Config,
    lines: SourceLines,
    inputs: &Inputs,
    mut found: FoundInFile,
) -> Result<u8, CliError> {
    let (suppressed, unused) = unused(&config.suppressions);
    // A file that is no JSON has no offices, and every suppression would seem unused.
    if found.unused {
        unused.into_iter().for_each(|finding| found.findings.push(finding));
        found.findings = found.findings.finish();
    }
    if arguments.strict {
        found.findings.make_errors();
    }
    let findings = found.findings.kept();
    let of_config = configuration_path(arguments.config.as_ref(), &arguments.input.file);
    let paths = ReportPaths::new(&arguments.input.file, &of_config);
    let config_lines = SourceLines::of_config(&config.text, findings);
    let mut report = FindingReport {
        rules: RULES,
        directory: ReportedFile { path: "", lines },
        config: Some(ReportedFile { path: "", lines: config_lines }),
        findings,
        omitted: found.findings.omitted(),
        offices: found.offices,
        suppressed,
        most: match arguments.max_findings {
            0 => usize::MAX,
            most => most,
        },
        color: false,
    };
    // Files first: they have no colours.
    for output in &arguments.output_format {
        if let Some(path) = &output.path {
            super::write(path, paths.render(output.format, &mut report).as_bytes(), inputs)?;
        }
    }
    let console = arguments.output_format.iter().find(|output| output.path.is_none());
    report.color = super::color::color(&io::stdout());
    let format = console.map_or(&FORMATS[0], |output| output.format);
    let text = paths.render(format, &mut report);
    // With colours the text has escape sequences of our own, and what it quotes was made printable
    // piece by piece.
    if format.for_people && !report.color {
        super::say(&text)?
    } else {
        super::emit(&text)?
    }
    Ok(if found.findings.has_error() { FINDINGS } else { FINE })
}
