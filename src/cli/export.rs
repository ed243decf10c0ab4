//! `officedir export`: checks a directory and writes it. What targets there are is decided in `targets`,
//! and the pass itself is the library's; here are its options, where the output goes, and what people are
//! told about it.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use officedir::commit::{
    CommitSummary, FolderComparison, FolderDifference, Staging, StreamStorage,
};
use officedir::config::Config;
use officedir::directory::{Directory, ReadOptions};
use officedir::export::{Outcome, Selection};
use officedir::storage::{Inputs, Storage};
use officedir::text::{plural, printable};
use officedir::writers::{FileSection, LossSeverity, OutputProblem, Target};

use super::input::PassArguments;
use super::locate::{self, Configuration, configuration};
use super::part::{CheckedPart, PARTS, PartArguments, SectionArgument};
use super::progress::{OfficeProgress, count};
use super::targets::targets;
use super::watch::InterruptWatch;
use super::{CliError, FINDINGS, FINE, signals};

/// Check a directory and write it in other formats
#[derive(clap::Args)]
pub(super) struct ExportArguments {
    /// The directory file: JSON, or one office per line (.ndjson), which may be compressed (.gz, .zst); - reads
    /// standard input [default: the one that officedir.toml names, or else directory.json, in this folder or the
    /// nearest one above]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    #[command(flatten)]
    pass: PassArguments,

    /// A writer with its options, such as csv or csv:file=list.csv; repeatable [default: the targets in
    /// officedir.toml, or else every writer that `officedir writers` does not list as "not by default"]
    #[arg(long, value_name = "WRITER[:KEY=VALUE,…]")]
    to: Vec<String>,

    /// The folder to write into, or - for standard output [default: out, in this folder or in the one above that the
    /// directory was found in]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The configuration [default: officedir.toml beside the directory file or in the nearest folder above, if
    /// there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// The profile of the printer that prints the labels (see `officedir calibrate`)
    #[arg(long, value_name = "FILE")]
    printer: Option<PathBuf>,

    /// Write nothing; list the files that an export would change
    #[arg(long)]
    check: bool,

    /// Remove files that an earlier export wrote and this one does not, unless they have changed since
    // A check writes nothing, so it has nothing to remove.
    #[arg(long, conflicts_with = "check")]
    prune: bool,

    /// Write nothing if a format has no place for a value, which is a warning otherwise
    #[arg(long)]
    strict: bool,

    /// Leave an office out of a format that cannot write it, such as a label that does not fit, and write the
    /// others; without it nothing is written then
    #[arg(long)]
    keep_going: bool,

    #[command(flatten)]
    selection: SelectionArguments,

    /// Check the offices on standard input, one per line, and write a section of one target to standard
    /// output; findings go to standard error as JSON
    // A part comes in on standard input and leaves on standard output, so no option that names a file, a folder
    // or a selection has a meaning.
    #[arg(
        long,
        value_name = "SECTION",
        num_args = 0..=1,
        default_missing_value = "body",
        help_heading = PARTS,
        requires = "to",
        conflicts_with_all = ["out", "check", "prune", "keep_going", "file", "id", "region", "country", "kind", "exclude"]
    )]
    part: Option<SectionArgument>,

    /// What offices of the part refer to in other parts, as `validate --merge` has written it
    #[arg(long, value_name = "FILE", help_heading = PARTS, requires = "part")]
    references: Option<PathBuf>,

    #[command(flatten)]
    parts: PartArguments,
}

/// What [`Selection`] is made of. Options of one name add up, different ones narrow.
#[derive(clap::Args)]
#[command(next_help_heading = "Selection (each repeatable)")]
struct SelectionArguments {
    /// Only the office with this id
    #[arg(long, value_name = "ID")]
    id: Vec<String>,

    /// Only offices in this region or in a region within it
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,

    /// Only offices with an address in this country, by its code (ISO 3166-1) or name
    #[arg(long, value_name = "COUNTRY", value_parser = super::country_code)]
    country: Vec<String>,

    /// Only offices of this kind
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,

    /// Not the office with this id
    #[arg(long, value_name = "ID")]
    exclude: Vec<String>,
}

/// Decides what is written and where, then reads the directory and writes it.
pub(super) fn run(arguments: &ExportArguments) -> Result<u8, CliError> {
    // A part is on standard input, and has the configuration of the folder of the run.
    let path = &match arguments.part {
        Some(_) => "-".into(),
        None => locate::directory(arguments.file.as_ref())?,
    };
    let Configuration { path: config_path, config } =
        configuration(arguments.config.as_ref(), path)?;
    let out = out(arguments, &config, path);
    // Before the directory is opened: whoever misspells an option does not wait for a million
    // offices.
    let targets = targets(&arguments.to, arguments.printer.as_deref(), &config)?;
    // With the configuration and with what the options name: an export must not replace what it was made from.
    let inputs = super::inputs([path.as_path(), config_path.as_path()])?;
    targets.iter().for_each(|target| inputs.extend(target.inputs()));
    if out.as_os_str() == "-" {
        check_stream(&targets, arguments.check)?;
    }
    if let Some(section) = arguments.part {
        return part(arguments, section.into(), &config, targets);
    }
    if arguments.file.is_none() && path.as_os_str() != locate::DIRECTORY && !arguments.pass.quiet {
        super::warn(&format!("exporting {}\n", path.display()));
    }
    let selection = selection(&arguments.selection);
    let progress = OfficeProgress::new(arguments.pass.quiet);
    let tell = |done, all| progress.show(done, all);
    let options = ReadOptions {
        threads: arguments.pass.threads(),
        suppressions: &config.suppressions,
        severities: &config.severities,
        keep_going: arguments.keep_going,
        progress: Some(&tell),
        ..ReadOptions::default()
    };
    super::with(path, options, |directory| {
        if let Some(header) = directory.header() {
            // Also where the directory has errors: a misspelt selection is told at once and not after
            // they are mended.
            selection.check(header, directory.source())?;
        }
        if directory.failed() {
            progress.clear();
            return super::input::errors(path, directory);
        }
        let run = ExportRun {
            out: &out,
            directory,
            progress: &progress,
            targets: &targets,
            selection: &selection,
            strict: arguments.strict,
            keep_going: arguments.keep_going,
            inputs: &inputs,
        };
        run.write(arguments)
    })
}

/// A stream has room for one file, and nothing old that it could be compared with.
fn check_stream(targets: &[Target], compares: bool) -> Result<(), CliError> {
    if targets.len() == 1 && !compares {
        return Ok(());
    }
    let why = "only a single target can be written to standard output, and not with --check";
    Err(CliError::new(why).help("name one writer: --to csv --out -"))
}

/// The folder that is written into. The command line wins over the configuration, as it does for the targets.
fn out(arguments: &ExportArguments, config: &Config, directory: &Path) -> PathBuf {
    let default = || match &arguments.file {
        Some(_) => "out".into(),
        // Not in the folder of the run: whoever exports from a folder below the directory gets no second output.
        None => directory.with_file_name("out"),
    };
    arguments.out.clone().or(config.out.clone()).unwrap_or_else(default)
}

/// One section of a part of a directory, to standard output.
fn part(
    arguments: &ExportArguments,
    section: FileSection,
    config: &Config,
    targets: Vec<Target>,
) -> Result<u8, CliError> {
    let [target] = <[Target; 1]>::try_from(targets)
        .map_err(|_| CliError::new("a part is written to a single target"))?;
    let threads = arguments.pass.threads();
    let part =
        CheckedPart { arguments: &arguments.parts, config, threads, strict: arguments.strict };
    part.export(section, target, arguments.references.as_deref())
}

/// An export under way, wherever its output goes.
struct ExportRun<'r> {
    /// The output folder; a stream has none, and its `-` is not looked at.
    out: &'r Path,
    /// Read, and without errors.
    directory: &'r Directory<'r>,
    /// Cleared before anything is said, so that no message is drawn over.
    progress: &'r OfficeProgress,
    /// In the order of the command line or the configuration; problems name a target by its place here.
    targets: &'r [Target],
    /// Which offices are written: all of them, if it is empty.
    selection: &'r Selection,
    /// Whether a value that a format has no place for forbids the output.
    strict: bool,
    /// Whether an office that cannot be written is left out.
    keep_going: bool,
    /// What no output may replace; grows by the files that templates turn out to include.
    inputs: &'r Inputs,
}

impl ExportRun<'_> {
    /// A comparison, a stream and a stage differ in where the output goes; the export is the same.
    fn write(&self, arguments: &ExportArguments) -> Result<u8, CliError> {
        match (arguments.check, self.out.as_os_str() == "-") {
            (true, _) => self.compare(arguments),
            (false, true) => self.stream(),
            (false, false) => self.stage(arguments),
        }
    }

    /// Into a folder: staged, reported, and only then put in place.
    fn stage(&self, arguments: &ExportArguments) -> Result<u8, CliError> {
        // From here on an interrupt only sets a flag, so that the stage is taken away again.
        let held = signals::hold();
        let mut staging = Staging::new(self.out, Arc::clone(held.interrupted()))?;
        let watch = InterruptWatch::new(Arc::clone(held.interrupted()), staging.cleaner());
        let outcome = self.directory.export(self.targets, self.selection, &mut staging);
        // Also where the export failed: the watch must not end the program while that is told or files are renamed.
        watch.finish();
        let outcome = outcome?;
        let code = match self.report(&outcome)? {
            ControlFlow::Break(code) => return Ok(code),
            ControlFlow::Continue(code) => code,
        };
        // Templates have been read with all that they include by now.
        self.targets.iter().for_each(|target| self.inputs.extend(target.inputs()));
        let committed = staging.commit(arguments.prune, self.inputs)?;
        if !arguments.pass.quiet {
            let parts = [("wrote", &committed.written), ("removed", &committed.removed)];
            for (what, paths) in parts {
                for path in paths {
                    super::warn(&format!("{what} {}\n", path.display()));
                }
            }
        }
        // Said even with --quiet: somebody may have meant the file to go.
        for path in &committed.kept {
            super::warn(&format!(
                "kept {}, which has changed since it was written\n",
                path.display()
            ));
        }
        if !arguments.pass.quiet {
            super::warn(&self.summary(&outcome, &committed));
        }
        Ok(code)
    }

    /// One line for people about what was done.
    fn summary(&self, outcome: &Outcome, committed: &CommitSummary) -> String {
        let counted = |number: usize, one, many| {
            format!("{} {}", count(number as u64), plural(number, one, many))
        };
        // An export has no errors.
        let warnings = self.directory.all_findings().count();
        let hint = if warnings > 0 { " (officedir validate shows them)" } else { "" };
        let lost = outcome.count(LossSeverity::Loss);
        let parts = [
            counted(outcome.offices, "office", "offices"),
            counted(warnings, "warning", "warnings") + hint,
            format!("{} left out", counted(lost, "value", "values")),
            counted(committed.written.len(), "file", "files"),
            format!("{} bytes", count(committed.bytes)),
            format!("{:.1} s", self.progress.elapsed().as_secs_f64()),
        ];
        parts.join(", ") + "\n"
    }

    /// Compares with what is there, and lists what an export would change.
    fn compare(&self, arguments: &ExportArguments) -> Result<u8, CliError> {
        let mut comparison = FolderComparison::new(self.out);
        let code = match self.export(&mut comparison)? {
            ControlFlow::Break(code) => return Ok(code),
            ControlFlow::Continue(code) => code,
        };
        let mut difference = comparison.finish()?;
        if !arguments.to.is_empty() {
            // A few targets say nothing of what the others have written.
            difference.left_over.clear();
        }
        for path in &difference.stale {
            let is_like = difference.line_ends.contains(path);
            let why = if is_like { ", where only line ends differ" } else { "" };
            super::say(&format!("stale: {}{why}\n", path.display()))?;
        }
        for path in &difference.left_over {
            super::say(&format!("left over: {}\n", path.display()))?;
        }
        if difference == FolderDifference::default() {
            return Ok(code);
        }
        if !difference.line_ends.is_empty() {
            let out = self.out.display();
            super::say(&format!(
                "  help: Git may have changed the line ends: add \"{out}/** -text\" to .gitattributes\n"
            ))?;
        }
        super::say(
            "  help: export without --check, and with --prune to remove what is left over\n",
        )?;
        Ok(FINDINGS)
    }

    /// To standard output. With `--strict` it is written to nowhere first, because output that was
    /// sent cannot be taken back.
    fn stream(&self) -> Result<u8, CliError> {
        self.inputs.refuse_standard_output()?;
        // A stream cannot be taken back: what forbids it is looked for before its first byte.
        if !self.selection.is_empty() && !self.directory.has_selected(self.selection)? {
            self.progress.clear();
            return Err(nothing_selected());
        }
        // What a format loses is only known when it was written.
        let mut unused = io::sink();
        if self.strict
            && let ControlFlow::Break(code) = self.export(&mut StreamStorage::new(&mut unused))?
        {
            return Ok(code);
        }
        // Buffered, because standard output by itself is flushed at the end of every line.
        let mut out = io::BufWriter::new(io::stdout().lock());
        let code = self.export(&mut StreamStorage::new(&mut out))?;
        // By hand: a buffer that is dropped passes over the error of its last write.
        out.flush()?;
        let (ControlFlow::Break(code) | ControlFlow::Continue(code)) = code;
        Ok(code)
    }

    /// Exports into that storage; gives the exit code, and breaks where the output must not be used.
    fn export(&self, storage: &mut dyn Storage) -> Result<ControlFlow<u8, u8>, CliError> {
        let outcome = self.directory.export(self.targets, self.selection, storage)?;
        self.report(&outcome)
    }

    /// Reports problems; gives the exit code, and breaks where the output must not be used.
    fn report(&self, outcome: &Outcome) -> Result<ControlFlow<u8, u8>, CliError> {
        self.progress.clear();
        for (target, problem) in &outcome.problems {
            super::warn(&self.problem(&self.targets[*target].name, problem));
        }
        for ((target, weight), count) in &outcome.omitted {
            let (name, weight) = (&self.targets[*target].name, self.weight(*weight));
            super::warn(&format!("{weight}: {name}: {count} more, which are not listed\n"));
        }
        if outcome.failed() || self.strict && outcome.has_losses() {
            if outcome.count(LossSeverity::Refusal) > 0 && !self.keep_going {
                super::warn("  help: --keep-going writes the offices that can be written\n");
            }
            return Ok(ControlFlow::Break(FINDINGS));
        }
        // An empty directory may be exported; an empty selection is a mistake.
        if outcome.offices == 0 && !self.selection.is_empty() {
            return Err(nothing_selected());
        }
        let is_whole = outcome.count(LossSeverity::Omission) == 0;
        Ok(ControlFlow::Continue(if is_whole { FINE } else { FINDINGS }))
    }

    /// What a problem is called in messages; with `--strict` a loss is an error.
    fn weight(&self, weight: LossSeverity) -> &'static str {
        match weight {
            LossSeverity::Warning => "warning",
            LossSeverity::Loss if self.strict => "error: left out",
            LossSeverity::Loss => "warning: left out",
            LossSeverity::Omission => "error: without this office",
            LossSeverity::Refusal => "error",
        }
    }

    /// One line about a problem, with the office and the place in it where it has them.
    fn problem(&self, writer: &str, problem: &OutputProblem) -> String {
        let weight = self.weight(problem.weight);
        let [office, pointer, why] =
            [&problem.office, &problem.pointer, &problem.why].map(|it| printable(it));
        let space = if pointer.is_empty() { "" } else { " " };
        // A problem of the output as a whole has no office.
        match &*office {
            "" => format!("{weight}: {writer}: {why}\n"),
            _ => format!("{weight}: {writer}: office \"{office}\"{space}{pointer}: {why}\n"),
        }
    }
}

/// The failure of a selection that no office matches.
fn nothing_selected() -> CliError {
    CliError::new("no office is selected")
        .help("widen the selection (--id, --region, --country, --kind, --exclude)")
}

/// The library's selection, from the options of the command line.
fn selection(arguments: &SelectionArguments) -> Selection {
    let SelectionArguments { id, region, country, kind, exclude } = arguments;
    Selection {
        ids: id.clone(),
        regions: region.clone(),
        countries: country.clone(),
        kinds: kind.clone(),
        excluded: exclude.clone(),
    }
}
