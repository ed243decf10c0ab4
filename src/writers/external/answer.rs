//! What a program says behind its hello, and what the host makes of it.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Program;
use super::protocol::{FileChunk, ProgramMessage, REPORTS, REPORTS_AN_OFFICE, ReportedSeverity};
use crate::text::printable;
use crate::writers::{LossSeverity, TargetFiles};

/// The answer of a program so far.
#[derive(Debug)]
pub(crate) struct ProgramAnswer {
    /// The program, for its limits and for messages.
    pub(crate) program: Program,
    /// How many offices it says it has read, once it is done.
    pub(crate) done: Option<u64>,
    /// Losses and findings so far, which have a limit.
    reports: u64,
    /// The file beside the main one that is being written.
    file: Option<String>,
}

impl ProgramAnswer {
    /// Nothing said yet.
    pub(crate) fn new(program: Program) -> Self {
        ProgramAnswer { program, done: None, reports: 0, file: None }
    }

    /// Takes the next message of a program that was sent that many offices.
    pub(crate) fn take(
        &mut self,
        message: ProgramMessage,
        offices: u64,
        files: &mut TargetFiles<'_>,
    ) -> io::Result<()> {
        if self.done.is_some() {
            return Err(self.trouble("sends more after it said that it is done"));
        }
        // A terminal is shown what it says.
        let mut report = |weight, office: &str, pointer: &str, why: &str| {
            files.report(weight, printable(office), printable(pointer), printable(why));
        };
        match message {
            ProgramMessage::Hello(_) => return Err(self.trouble("says hello twice")),
            ProgramMessage::Chunk(chunk) => return self.write(chunk, files),
            ProgramMessage::Loss(it) => {
                report(LossSeverity::Loss, &it.office, &it.pointer, &it.why)
            }
            ProgramMessage::Finding(it) => {
                let weight = match it.severity {
                    ReportedSeverity::Error => LossSeverity::Refusal,
                    ReportedSeverity::Warning => LossSeverity::Warning,
                };
                report(weight, &it.office, &it.pointer, &it.message);
            }
            ProgramMessage::Error(it) => return Err(self.trouble(&printable(&it.message))),
            ProgramMessage::Done(it) => {
                self.done = Some(it.offices);
                return Ok(());
            }
        }
        // A program in an endless loop would fill memory with reports.
        self.reports += 1;
        let limit = REPORTS + REPORTS_AN_OFFICE * offices;
        if self.reports > limit {
            return Err(self.trouble(&format!("reports more than {limit} losses and findings")));
        }
        Ok(())
    }

    /// Writes a chunk into its file. Beside the target's own, one file is open at a time.
    fn write(&mut self, chunk: FileChunk, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let bytes = match (chunk.text, chunk.base64) {
            (Some(text), None) => text.into_bytes(),
            (None, Some(base64)) => STANDARD.decode(base64).map_err(|error| {
                self.trouble(&format!("sends a chunk in invalid Base64: {error}"))
            })?,
            _ => return Err(self.trouble("sends a chunk without exactly one of text and base64")),
        };
        // The target's own file by its name is the same as without a name.
        let name = chunk.file.filter(|name| name != files.name());
        if name != self.file
            && let Some(finished) = std::mem::replace(&mut self.file, name)
        {
            files.close(&finished)?;
        }
        let out = match &self.file {
            Some(name) => files.open(name),
            None => files.main(),
        };
        // A name that is refused is the program's mistake, all else is the host's trouble.
        let out = out.map_err(|error| match error.kind() {
            io::ErrorKind::InvalidFilename => self.trouble(&error.to_string()),
            _ => error,
        })?;
        out.write_all(&bytes)
    }

    /// An error of the export, which names the program.
    pub(crate) fn trouble(&self, why: &str) -> io::Error {
        self.program.error(why)
    }
}
