//! The command line: what is asked for, and what is said about it.

mod calibrate;
mod context;
mod diff;
mod explain;
mod export;
mod failure;
mod fmt;
mod init;
mod input;
mod part;
mod progress;
mod report;
mod show;
mod stock;
mod targets;
mod validate;
mod writers;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::{Parser, Subcommand};
use officedir::check::show::printable_lines;

use failure::Failure;
use input::{Input, with, with_broken};

/// One JSON file of an organisation's offices in; vCard, XML, CSV and printable address labels out.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 all is well, 1 findings or stale output, 2 misuse, unreadable input or failed output.";

#[derive(Subcommand)]
enum Command {
    Calibrate(calibrate::Arguments),
    Context(context::Arguments),
    Diff(diff::Arguments),
    Explain(explain::Arguments),
    Export(export::Arguments),
    Fmt(fmt::Arguments),
    Init(init::Arguments),
    Show(show::Arguments),
    Stock(stock::Arguments),
    Validate(validate::Arguments),
    Writers(writers::Arguments),
}

/// Everything went well.
const FINE: u8 = 0;
/// The directory has findings, or the output is stale.
const FINDINGS: u8 = 1;
/// The program could not do what it was asked.
const FAILED: u8 = 2;

/// Parses the command line, runs the command and says what went wrong.
pub fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Calibrate(arguments) => calibrate::run(&arguments),
        Command::Context(arguments) => context::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Stock(arguments) => stock::run(&arguments),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Writers(arguments) => writers::run(&arguments),
    };
    ExitCode::from(result.unwrap_or_else(|failure| failure.tell()))
}

/// The threads that the machine has for us.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A flag that an interrupt (SIGINT, SIGTERM) sets; the second one ends the program at once.
fn interrupted() -> Arc<AtomicBool> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Where a handler cannot be set, the signal ends the program, and the next run sweeps.
        let _ = signal_hook::flag::register_conditional_shutdown(
            signal,
            i32::from(FAILED),
            Arc::clone(&flag),
        );
        let _ = signal_hook::flag::register(signal, Arc::clone(&flag));
    }
    flag
}

/// Replaces a file as a whole or not at all; its permissions stay.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let write = || {
        // A link stays one: what it leads to is replaced.
        let path = path.canonicalize().or_else(|_| std::path::absolute(path))?;
        let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
        file.write_all(bytes)?;
        if let Ok(data) = std::fs::metadata(&path) {
            file.as_file().set_permissions(data.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&path).map(drop).map_err(|error| error.error)
    };
    write().map_err(|error: io::Error| {
        Failure::new(format!("cannot write {}: {error}", path.display()))
            .help("name a file in a folder that exists and may be written")
    })
}

/// Writes to standard output what people read. Nothing in it is a command to a terminal or a CI runner, whatever
/// names and values it quotes.
fn say(text: &str) -> io::Result<()> {
    emit(&printable_lines(text))
}

/// Writes to standard output what programs read, or what was made printable piece by piece and has colours.
fn emit(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// Writes to standard error what people read, as [`say`] does; nobody listens to a failure there.
fn warn(text: &str) {
    emit_warning(&printable_lines(text));
}

/// Writes to standard error as [`emit`] does to standard output.
fn emit_warning(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
