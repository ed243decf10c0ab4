//! Why a command could not do what it was asked: a message, what to do about it, and exit code 2.
//! Findings in a directory are no failures; they have exit code 1.

use std::io;

use officedir::Error;
use officedir::text::printable;

/// Why a command could not do what it was asked.
pub(super) struct CliError {
    /// A sentence without a full stop, shown behind `error:`.
    message: String,
    /// What to do about it, shown on a line of its own.
    help: Option<String>,
    /// The reader of our output has gone, which is fine.
    quiet: bool,
}

impl CliError {
    /// A failure without advice.
    pub(super) fn new(message: impl Into<String>) -> Self {
        CliError { message: message.into(), help: None, quiet: false }
    }

    /// Adds what to do about it.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says it on standard error and gives the exit code.
    pub(super) fn report(&self) -> u8 {
        if self.quiet {
            return super::FINE;
        }
        super::warn(&format!("error: {}\n", printable(&self.message)));
        if let Some(help) = &self.help {
            super::warn(&format!("  help: {}\n", printable(help)));
        }
        super::FAILED
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<Error> for CliError {
    fn from(error: Error) -> Self {
        // `officedir stock | head` is no failure of ours.
        let quiet = error.io_kind() == Some(io::ErrorKind::BrokenPipe);
        CliError { message: error.to_string(), help: error.help().map(str::to_owned), quiet }
    }
}
