//! `officedir writers`: what formats there are with their options, and the test of an external writer.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use officedir::config::Config;
use officedir::conformance::CASES;
use officedir::writers::external::{Hello, Program};
use officedir::writers::{WRITERS, WriterInfo};

use super::locate::{self, configuration};
use super::{CliError, FINDINGS, FINE, color};

/// List the writers with their options
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct WritersArguments {
    /// One writer only; ext:NAME starts the program officedir-writer-NAME and asks it
    name: Option<String>,

    #[command(flatten)]
    config: ConfigArgument,

    #[command(subcommand)]
    command: Option<WritersCommand>,
}

/// Where programs may be named.
#[derive(clap::Args)]
struct ConfigArgument {
    /// The configuration, which may name programs [default: officedir.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What can be done besides listing.
#[derive(Subcommand)]
enum WritersCommand {
    /// Test a program against the writer protocol
    Check {
        /// The NAME of the program officedir-writer-NAME
        name: String,

        #[command(flatten)]
        config: ConfigArgument,
    },
}

/// Lists the built-in writers, asks one program, or tests one.
pub(super) fn run(arguments: &WritersArguments) -> Result<u8, CliError> {
    if let Some(WritersCommand::Check { name, config }) = &arguments.command {
        let name = name.strip_prefix("ext:").unwrap_or(name);
        return check(name, &program(name, config)?);
    }
    if arguments.config.config.is_some() {
        // A file that was named is read, even if no program is asked for.
        read(&arguments.config)?;
    }
    let mut list = String::new();
    match &arguments.name {
        Some(name) => match name.strip_prefix("ext:") {
            Some(program_name) => {
                describe_program(
                    name,
                    &program(program_name, &arguments.config)?.hello()?,
                    &mut list,
                );
            }
            None => describe(WriterInfo::find(name)?, &mut list),
        },
        None => WRITERS.iter().for_each(|info| describe(info, &mut list)),
    }
    super::say_painted(&list, color::list)?;
    Ok(FINE)
}

/// The program of that name, from the configuration or the PATH.
fn program(name: &str, config: &ConfigArgument) -> Result<Program, CliError> {
    Ok(read(config)?.program(name)?)
}

/// Reads the configuration that the arguments name, or the one in the working folder.
fn read(config: &ConfigArgument) -> Result<Config, CliError> {
    Ok(configuration(config.config.as_ref(), Path::new(locate::DIRECTORY))?.config)
}

/// Runs the suite, and says each result as it comes.
fn check(name: &str, program: &Program) -> Result<u8, CliError> {
    let mut failed = 0;
    for (at, case) in CASES.iter().enumerate() {
        let verdict = case.run(program);
        let text = match &verdict {
            Ok(seen) => format!("{:<18} passed  {seen}\n", case.name),
            Err(why) => {
                format!("{:<18} FAILED  {why}\n{:<18} expected: {}\n", case.name, "", case.expected)
            }
        };
        super::say(&text)?;
        failed += usize::from(verdict.is_err());
        // A program that says no hello would fail all other tests in the same way, after ten seconds
        // each.
        if verdict.is_err() && at == 0 {
            super::say("the other tests need a program that says hello\n")?;
            return Ok(FINDINGS);
        }
    }
    super::say(&format!("ext:{name}: {} passed, {failed} failed\n", CASES.len() - failed))?;
    Ok(if failed == 0 { FINE } else { FINDINGS })
}

/// A built-in writer, from its entry in the table.
fn describe(info: &WriterInfo, list: &mut String) {
    let by_default = if info.default { "" } else { ", not by default" };
    describe_head(info.name, info.about, &format!("{}{by_default}", info.file), list);
    describe_omissions(info, list);
    for option in info.options {
        describe_option(option.name, &option.kind.placeholder(), option.help, option.default, list);
    }
}

/// One line for what is always left out, and one for each condition on the options.
fn describe_omissions(info: &WriterInfo, list: &mut String) {
    for groups in info.leaves_out.chunk_by(|a, b| a.with == b.with) {
        let members = groups.iter().flat_map(|group| group.members);
        let members: Vec<String> = members.map(ToString::to_string).collect();
        let with = groups.first().map_or(&[][..], |group| group.with);
        let with: Vec<String> = with.iter().map(ToString::to_string).collect();
        let when = if with.is_empty() { "".into() } else { format!("with {}, ", with.join(",")) };
        // Writing to a string cannot fail.
        let _ = writeln!(list, "{:<10} {when}leaves out {}", "", members.join(", "));
    }
}

/// An external writer, from the hello of its program.
fn describe_program(name: &str, hello: &Hello, list: &mut String) {
    describe_head(name, &hello.about, &hello.file, list);
    for option in &hello.options {
        let takes = if option.values.is_empty() { "TEXT".into() } else { option.values.join("|") };
        let default = option.default.as_deref().unwrap_or_default();
        describe_option(&option.name, &takes, &option.help, default, list);
    }
}

/// What it makes and which file it writes.
fn describe_head(name: &str, about: &str, file: &str, list: &mut String) {
    let _ = writeln!(list, "{name:<10} {about}\n{:<10} writes {file}", "");
}

/// An option on a line: name, values, help, default.
fn describe_option(name: &str, takes: &str, help: &str, default: &str, list: &mut String) {
    let default = if default.is_empty() { String::new() } else { format!(" [{default}]") };
    let _ = writeln!(list, "{:<12} {name}={takes}  {help}{default}", "");
}
