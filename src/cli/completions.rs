//! `officedir completions`: what a shell completes, made of the same definitions as the help.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::{Cli, CliError, FINE};

/// Print a script that completes commands and options in a shell
#[derive(clap::Args)]
#[command(after_help = INSTALL)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Where the common shells look for such a script.
const INSTALL: &str = "\
Install it, for example:
  officedir completions bash >~/.local/share/bash-completion/completions/officedir
  officedir completions fish >~/.config/fish/completions/officedir.fish
  officedir completions zsh >_officedir    (into a folder of $fpath)";

/// Prints the script.
pub(super) fn run(arguments: &CompletionsArguments) -> Result<u8, CliError> {
    // Into none of the files that commands read without being told.
    super::inputs([])?;
    let mut script = Vec::new();
    generate(arguments.shell, &mut Cli::command(), "officedir", &mut script);
    super::emit(&String::from_utf8_lossy(&script))?;
    Ok(FINE)
}
