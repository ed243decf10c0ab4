//! `officedir man`: the manual pages, made of the same definitions as the help.

use std::path::PathBuf;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use officedir::Error;

use super::{Cli, CliError, FINE};

/// Print the manual page of a command, or write those of all commands into a folder
#[derive(clap::Args)]
pub(super) struct ManArguments {
    /// The command [default: officedir itself]
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Option<String>,

    /// The folder to write the pages of all commands into, which has to exist
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints one page or writes all of them.
pub(super) fn run(arguments: &ManArguments) -> Result<u8, CliError> {
    let inputs = super::inputs([])?;
    let mut root = Cli::command().disable_help_subcommand(true);
    // Gives every command the name that its page has.
    root.build();
    if let Some(folder) = &arguments.out {
        let mut left = vec![&root];
        while let Some(command) = left.pop() {
            left.extend(command.get_subcommands());
            let man = man(command);
            let path = folder.join(man.get_filename());
            super::write(&path, &page(&man)?, &inputs)?;
            super::warn(&format!("wrote {}\n", path.display()));
        }
        return Ok(FINE);
    }
    let command = match &arguments.command {
        Some(name) => root.find_subcommand(name).ok_or_else(|| {
            let names: Vec<&str> = root.get_subcommands().map(Command::get_name).collect();
            Error::unknown("command", name, names.iter().copied())
        })?,
        None => &root,
    };
    super::emit(&String::from_utf8_lossy(&page(&man(command))?))?;
    Ok(FINE)
}

/// The manual page of a command, which says what it is of.
fn man(command: &Command) -> Man {
    Man::new(command.clone()).source(concat!("officedir ", env!("CARGO_PKG_VERSION")))
}

/// The page in roff.
fn page(man: &Man) -> Result<Vec<u8>, CliError> {
    let mut page = Vec::new();
    man.render(&mut page)?;
    Ok(page)
}
