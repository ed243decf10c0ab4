//! `officedir validate`: the findings in a directory, in the formats that were asked for. Parts of a
//! directory are checked in `part`.

use std::io;
use std::path::{Path, PathBuf};

use officedir::Error;
use officedir::bounded::{DIRECTORY_LIMIT, read_limited};
use officedir::check::{RULES, newer_version, unused};
use officedir::config::Config;
use officedir::directory::{Directory, ReadOptions, corrected_with};
use officedir::finding::show::{FORMATS, FindingReport, ReportFormat, ReportedFile, SourceLines};
use officedir::finding::{Edit, Finding, Findings, MOST, since};
use officedir::read::{KeptStream, has_lines, is_compressed};
use officedir::storage::Inputs;

use super::input::{
    DirectoryInput, PassArguments, kept, lines, named, stdin_or_files, unreadable, with_kept,
};
use super::locate::{self, Configuration, configuration};
use super::part::{CheckedPart, PARTS, PartArguments, PartMerge};
use super::progress::OfficeProgress;
use super::report::{self, ReportPaths};
use super::{CliError, FINDINGS, FINE, git};

/// Check a directory: syntax, schema, references, addresses and contacts
#[derive(clap::Args)]
#[command(after_help = formats())]
pub(super) struct ValidateArguments {
    /// The directory files: JSON, or one office per line (.ndjson), which may be compressed (.gz, .zst); - reads
    /// standard input [default: those that officedir.toml names, or else directory.json, in this folder or the
    /// nearest one above]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// What standard input is called in findings; its configuration is looked for from there. Reads standard input
    /// where no FILE is named, as editors want it
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,

    #[command(flatten)]
    pass: PassArguments,

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

    /// Make what findings only offer as well, such as DE for Germany; look at the changes before you keep them
    #[arg(long, requires = "fix")]
    unsafe_fixes: bool,

    /// Show only findings that the file did not have at that revision, git:REVISION, wherever they stand now
    #[arg(long, value_name = "git:REVISION", value_parser = revision)]
    since: Option<String>,

    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,

    /// The configuration, for what it suppresses [default: officedir.toml beside the directory file or
    /// in the nearest folder above, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Check the offices on standard input, one per line, by themselves, and write to standard output what
    /// --merge needs to check them against the others. Findings go to standard error as JSON. A part
    /// may be empty
    #[arg(long, help_heading = PARTS, conflicts_with_all = ["files", "stdin_filename", "since", "output_format", "max_findings", "fix", "unsafe_fixes", "merge"])]
    part: bool,

    /// Check the offices of all parts against each other; FILE has the lines that --part wrote
    #[arg(long, help_heading = PARTS, requires = "offices", conflicts_with_all = ["stdin_filename", "since", "output_format", "max_findings", "fix"])]
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

/// Parses `git:REVISION`, for clap.
fn revision(text: &str) -> Result<String, String> {
    let revision = text.strip_prefix("git:").filter(|revision| !revision.is_empty());
    revision.map(str::to_owned).ok_or_else(|| "write git:REVISION, such as git:origin/main".into())
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
    if arguments.part || arguments.merge {
        return part(arguments);
    }
    let paths = stdin_or_files(&arguments.files, arguments.stdin_filename.as_deref())?;
    let files = paths.iter().map(|path| named(path, arguments.stdin_filename.as_deref()));
    let files = files.collect::<Vec<_>>();
    let configurations = configurations(arguments, &files)?;
    let of_config = configurations.iter().map(|(it, _)| it.path.as_path());
    let inputs = super::inputs(paths.iter().map(PathBuf::as_path).chain(of_config))?;
    // Before anything is written, and again when it is.
    for path in arguments.output_format.iter().filter_map(|output| output.path.as_ref()) {
        super::destination(path, &inputs)?;
    }
    let mut checked = Vec::new();
    let mut code = FINE;
    for (configuration, numbers) in &configurations {
        let first = checked.len();
        for file in numbers.iter().map(|number| files[*number]) {
            match check(arguments, file, configuration) {
                Ok(file) => checked.push(file),
                // One file that cannot be read keeps nobody from the findings in the others.
                Err(error) if files.len() > 1 => code = error.report(),
                Err(error) => return Err(error),
            }
        }
        if arguments.config.is_some() || is_whole(configuration, &checked[first..]) {
            tell_unused(&mut checked[first..]);
        }
    }
    let shown = show(arguments, &mut checked, &inputs)?;
    Ok(code.max(shown))
}

/// One part of a directory, or all of them together.
fn part(arguments: &ValidateArguments) -> Result<u8, CliError> {
    let (threads, strict) = (arguments.pass.threads(), arguments.strict);
    let path = match &*arguments.files {
        [path] => path.clone(),
        [] => locate::DIRECTORY.into(),
        _ => return Err(CliError::new("--merge takes a single file").help("give it all lines")),
    };
    let Configuration { path: config_path, config } =
        configuration(arguments.config.as_ref(), &path)?;
    if arguments.part {
        return CheckedPart { arguments: &arguments.parts, config: &config, threads, strict }
            .validate();
    }
    let inputs = super::inputs([path.as_path(), config_path.as_path()])?;
    let references = arguments.references.as_deref();
    // Clap has seen to it that the number is there.
    let offices = arguments.offices.unwrap_or_default();
    PartMerge { input: &path, offices, references, strict, inputs: &inputs }.run(&config, threads)
}

/// The configuration of each file, with the places of its files in the list. One that several files have is read
/// once, so that a suppression is unused only where none of them uses it.
fn configurations(
    arguments: &ValidateArguments,
    files: &[DirectoryInput<'_>],
) -> Result<Vec<(Configuration, Vec<usize>)>, CliError> {
    let mut all: Vec<(Configuration, Vec<usize>)> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let found = configuration(arguments.config.as_ref(), file.name)?;
        match all.iter_mut().find(|(known, _)| known.path == found.path) {
            Some((_, numbers)) => numbers.push(number),
            None => all.push((found, vec![number])),
        }
    }
    Ok(all)
}

/// Corrects the file if asked to, and checks it.
fn check<'c>(
    arguments: &ValidateArguments,
    file: DirectoryInput<'c>,
    configuration: &'c Configuration,
) -> Result<CheckedFile<'c>, CliError> {
    // Before the check, so that what is reported is what is left.
    if arguments.fix {
        fix(arguments, file.path, &configuration.config)?;
    }
    // The old version first: suppressions count what they took away in the last one that was checked.
    let old = match &arguments.since {
        Some(revision) => git::file_since(revision, file.name)?,
        None => None,
    };
    let old = old.map(|bytes| {
        let kept = KeptStream::new(&*bytes).map_err(|error| unreadable(file.name, &error))?;
        check_version(arguments, file, configuration, Some(kept))
    });
    let old = old.transpose()?;
    let mut new = check_version(arguments, file, configuration, kept(file)?)?;
    if let Some(old) = old {
        new.findings = since(&new.findings, &old.findings);
        if let (Some(unused), Some(known)) = (&mut new.unused, &old.unused) {
            unused.retain(|finding| !known.contains(finding));
        }
    }
    Ok(new)
}

/// Checks the file, or the version of it that was kept.
fn check_version<'c>(
    arguments: &ValidateArguments,
    file: DirectoryInput<'c>,
    configuration: &'c Configuration,
    kept: Option<KeptStream>,
) -> Result<CheckedFile<'c>, CliError> {
    let threads = arguments.pass.threads();
    let progress = OfficeProgress::new(arguments.pass.quiet);
    let tell = |done, all| progress.show(done, all);
    let suppressions = &configuration.config.suppressions;
    let severities = &configuration.config.severities;
    let options = ReadOptions {
        threads,
        suppressions,
        severities,
        progress: Some(&tell),
        ..ReadOptions::default()
    };
    let run = |directory: &Directory<'_>| {
        progress.clear();
        let (findings, offices) = (directory.all_findings().clone(), directory.checked());
        let lines = lines(file.name, directory.source(), findings.kept())?;
        // A later version of the format is the only finding there is, and no office was looked at.
        let is_read = newer_version(directory.source()).is_none();
        let (suppressed, unused) = unused(suppressions);
        let unused = is_read.then_some(unused);
        Ok(CheckedFile { file, configuration, lines, findings, offices, suppressed, unused })
    };
    with_kept(kept, file, options, run, |bytes, findings| {
        progress.clear();
        let lines = SourceLines::new(bytes, findings);
        let findings = findings.to_vec().into();
        // It has no offices, and every suppression would seem unused.
        let (offices, suppressed, unused) = (0, 0, None);
        Ok(CheckedFile { file, configuration, lines, findings, offices, suppressed, unused })
    })
}

/// Corrects the file where that is safe.
fn fix(arguments: &ValidateArguments, path: &Path, config: &Config) -> Result<(), CliError> {
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
    let options = ReadOptions {
        threads: arguments.pass.threads(),
        suppressions: &config.suppressions,
        severities: &config.severities,
        ..ReadOptions::default()
    };
    let is_wanted = |edit: &Edit| edit.safe || arguments.unsafe_fixes;
    let (corrected, count) = corrected_with(bytes, options, is_wanted).map_err(failure)?;
    // Not written where nothing changes, so that the file keeps its time.
    if count > 0 {
        super::rewrite(path, &corrected)?;
        super::warn(&format!("{}: {count} corrected\n", path.display()));
    }
    Ok(())
}

/// What was found in a file.
struct CheckedFile<'c> {
    file: DirectoryInput<'c>,
    configuration: &'c Configuration,
    /// The lines of the directory that findings are in.
    lines: SourceLines,
    /// Those of the directory; one on the configuration is added to the last of its files.
    findings: Findings,
    /// Number of offices that were checked; 0 where the file is no JSON.
    offices: usize,
    /// Number of findings that were suppressed.
    suppressed: usize,
    /// Suppressions that took nothing away here; `None` where the offices were not looked at.
    unused: Option<Vec<Finding>>,
}

/// Whether every directory was checked that the configuration is about: those that it names, else one beside it. A
/// suppression of another one is not unused.
fn is_whole(configuration: &Configuration, files: &[CheckedFile<'_>]) -> bool {
    match &*configuration.config.directories {
        [] => files.iter().any(|it| it.file.name.parent() == configuration.path.parent()),
        all => all.iter().all(|path| files.iter().any(|it| it.file.name == path)),
    }
}

/// Says of the suppressions of a configuration that none of its files has a finding for, if all could be looked at.
fn tell_unused(files: &mut [CheckedFile<'_>]) {
    let unused = files.iter_mut().map(|file| file.unused.take()).collect::<Option<Vec<_>>>();
    let Some((last, others)) = unused.as_deref().and_then(<[_]>::split_last) else { return };
    let everywhere = last.iter().filter(|finding| others.iter().all(|it| it.contains(finding)));
    if let Some(file) = files.last_mut() {
        everywhere.for_each(|finding| file.findings.push(finding.clone()));
        file.findings = std::mem::take(&mut file.findings).finish();
    }
}

/// Shows the findings in every format that was asked for and gives the exit code.
fn show(
    arguments: &ValidateArguments,
    checked: &mut [CheckedFile<'_>],
    inputs: &Inputs,
) -> Result<u8, CliError> {
    if arguments.strict {
        checked.iter_mut().for_each(|file| file.findings.make_errors());
    }
    let paths: Vec<ReportPaths> =
        checked.iter().map(|it| ReportPaths::new(it.file.name, &it.configuration.path)).collect();
    let has_error = checked.iter().any(|file| file.findings.has_error());
    let mut reports: Vec<FindingReport<'_>> = checked
        .iter_mut()
        .map(|file| {
            let lines = std::mem::take(&mut file.lines);
            let findings = file.findings.kept();
            let config_lines = SourceLines::of_config(&file.configuration.config.text, findings);
            FindingReport {
                rules: RULES,
                directory: ReportedFile { path: "", lines },
                config: Some(ReportedFile { path: "", lines: config_lines }),
                findings,
                omitted: file.findings.omitted(),
                offices: file.offices,
                suppressed: file.suppressed,
                most: match arguments.max_findings {
                    0 => usize::MAX,
                    most => most,
                },
                color: false,
            }
        })
        .collect();
    // Files first: they have no colours.
    for output in &arguments.output_format {
        if let Some(path) = &output.path {
            let text = report::render(output.format, &paths, &mut reports);
            super::write(path, text.as_bytes(), inputs)?;
        }
    }
    let console = arguments.output_format.iter().find(|output| output.path.is_none());
    let color = super::color::color(&io::stdout());
    reports.iter_mut().for_each(|report| report.color = color);
    let format = console.map_or(&FORMATS[0], |output| output.format);
    let text = report::render(format, &paths, &mut reports);
    // With colours the text has escape sequences of our own, and what it quotes was made printable
    // piece by piece.
    if format.for_people && !color {
        super::say(&text)?
    } else {
        super::emit(&text)?
    }
    Ok(if has_error { FINDINGS } else { FINE })
}
