//! Why a command could not do what it was asked: a message, what to do about it, and exit code 2.
//! Findings in a directory are no failures; they have exit code 1.

use std::io;

use officedir::error::Misuse;
use officedir::stock::StockError;
use officedir::text::printable;

/// Why a command could not do what it was asked.
pub(super) struct Failure {
    message: String,
    help: Option<String>,
    /// The reader of our output has gone, which is fine.
    quiet: bool,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Failure { message: message.into(), help: None, quiet: false }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says it on standard error and gives the exit code.
    pub(super) fn tell(&self) -> u8 {
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

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // `officedir stock | head` is no failure of ours.
        let quiet = error.kind() == io::ErrorKind::BrokenPipe;
        Failure { quiet, ..Failure::new(error.to_string()) }
    }
}

impl From<Misuse> for Failure {
    fn from(misuse: Misuse) -> Self {
        Failure { help: misuse.help, ..Failure::new(misuse.message) }
    }
}

impl From<StockError> for Failure {
    fn from(error: StockError) -> Self {
        Misuse::from(error).into()
    }
}
