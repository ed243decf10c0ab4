//! The command line: what is asked for, and what is said about it.

mod calibrate;
mod color;
mod completions;
mod context;
mod diff;
mod explain;
mod export;
mod failure;
mod fmt;
mod git;
mod init;
mod input;
mod locate;
mod man;
mod migrate;
mod part;
mod progress;
mod report;
mod schema;
mod show;
mod signals;
mod stock;
mod targets;
mod validate;
mod watch;
mod writers;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::{ColorChoice, Parser, Subcommand};
use officedir::commit::Destination;
use officedir::config;
use officedir::postal::{country_named, probable_country};
use officedir::storage::Inputs;
use officedir::text::printable_lines;

use failure::CliError;
use input::with;

/// One JSON file of an organisation's offices in; vCard, XML, CSV and printable address labels out.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to use colours: auto, always or never; auto follows NO_COLOR, CLICOLOR_FORCE and the terminal
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help_heading = "Global options"
    )]
    color: ColorChoice,
}

/// Shown below the help of the program.
const EXIT_CODES: &str = "\
Exit codes: 0 all is well, 1 errors in the directory or stale output, 2 misuse, unreadable input or failed output.";

/// The subcommands, in the order of the help.
#[derive(Subcommand)]
enum Command {
    Calibrate(calibrate::CalibrateArguments),
    Completions(completions::CompletionsArguments),
    Context(context::ContextArguments),
    Diff(diff::DiffArguments),
    Explain(explain::ExplainArguments),
    Export(export::ExportArguments),
    Fmt(fmt::FmtArguments),
    Init(init::InitArguments),
    Man(man::ManArguments),
    Migrate(migrate::MigrateArguments),
    Schema(schema::SchemaArguments),
    Show(show::ShowArguments),
    Stock(stock::StockArguments),
    Validate(validate::ValidateArguments),
    Writers(writers::WritersArguments),
}

/// Everything went well.
const FINE: u8 = 0;
/// The directory has findings, or the output is stale.
const FINDINGS: u8 = 1;
/// The program could not do what it was asked.
const FAILED: u8 = 2;

/// Parses the command line, runs the command and says what went wrong.
pub fn main() -> ExitCode {
    signals::survive_file_size_limit();
    let Cli { command, color } = Cli::parse();
    color::choose(color);
    let result = match command {
        Command::Calibrate(arguments) => calibrate::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Context(arguments) => context::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
        Command::Migrate(arguments) => migrate::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Stock(arguments) => stock::run(&arguments),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Writers(arguments) => writers::run(&arguments),
    };
    ExitCode::from(result.unwrap_or_else(|failure| failure.report()))
}

/// The files that the command reads, and those that commands read without being told: no output takes the
/// place of one. `-` is standard input.
///
/// # Errors
/// If standard output goes into one of them.
fn inputs<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Result<Inputs, CliError> {
    let inputs = Inputs::default();
    for path in paths {
        match path.as_os_str() == "-" {
            true => inputs.add_standard_input(),
            false => inputs.add(path),
        }
    }
    ["directory.json", config::FILE].into_iter().for_each(|name| inputs.add(name.as_ref()));
    inputs.refuse_standard_output()?;
    Ok(inputs)
}

/// Writes an output: a file is replaced as a whole or not at all, a device or a pipe is written to.
fn write(path: &Path, bytes: &[u8], inputs: &Inputs) -> Result<(), CliError> {
    write_to(&destination(path, inputs)?, path, bytes)
}

/// Where an output goes, if it may.
fn destination(path: &Path, inputs: &Inputs) -> Result<Destination, CliError> {
    Destination::new(path, inputs).map_err(|it| unwritable(path, &it))
}

/// Writes a file anew that was read, as a whole or not at all.
fn rewrite(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let destination = Destination::of_input(path).map_err(|it| unwritable(path, &it))?;
    write_to(&destination, path, bytes)
}

/// Writes to a destination. While a file is written, interrupts only set a flag: until its rename, nothing has
/// changed.
fn write_to(destination: &Destination, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    if !destination.is_file() {
        // A pipe without a reader is waited for, until a signal ends that.
        let written = destination.write(bytes, &AtomicBool::new(false));
        return written.map_err(|it| unwritable(path, &it));
    }
    let held = signals::hold();
    let written = destination.write(bytes, held.interrupted());
    written.map_err(|it| unwritable(path, &it)).and_then(|()| held.release())
}

/// The failure that an output cannot be written, with advice where the system is the cause.
fn unwritable(path: &Path, error: &io::Error) -> CliError {
    // Without a message: a reader that has gone is told by the kind of the error, and is no failure.
    if error.kind() == io::ErrorKind::BrokenPipe {
        return CliError::from(io::Error::from(error.kind()));
    }
    let failure = CliError::new(format!("cannot write {}: {error}", path.display()));
    match error.raw_os_error() {
        Some(_) => failure.help("name a file in a folder that exists and may be written"),
        // An error without a number is our own, and says by itself what is wrong.
        None => failure,
    }
}

/// Writes to standard output what people read. Nothing in it is a command to a terminal or a CI runner, whatever
/// names and values it quotes.
fn say(text: &str) -> io::Result<()> {
    emit(&printable_lines(text))
}

/// The same in colours, where somebody wants them.
fn say_painted(text: &str, painter: color::Painter) -> io::Result<()> {
    emit(&color::for_output(text, painter))
}

/// Writes to standard output what programs read, or what was made printable piece by piece and has colours.
fn emit(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// Writes to standard error what people read, as [`say`] does; nobody listens to a failure there.
fn warn(text: &str) {
    emit_warning(&color::for_messages(text));
}

/// Writes to standard error as [`emit`] does to standard output.
fn emit_warning(text: &str) {
    // Where standard error is closed, the exit code still tells.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Parses a country by its code or name, for clap.
fn country_code(text: &str) -> Result<String, String> {
    country_named(text).map(|country| country.code.to_owned()).ok_or_else(
        || match probable_country(text) {
            Some(country) => format!("did you mean {}?", country.english_name()),
            None => "not the code (ISO 3166-1) or name of a country".to_owned(),
        },
    )
}
