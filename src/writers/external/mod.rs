//! Writers that are programs of their own, in any language.
//!
//! `ext:NAME` is the program `officedir-writer-NAME` on PATH, or the one that `officedir.toml` names; a
//! directory file never names one. It talks JSON Lines on its standard streams, as
//! `schema/writer-protocol.md` specifies; the host writes the files. A program is held to time and size
//! limits and ends with its process group, but it runs with the rights of whoever runs the export: this
//! is not a sandbox.
//!
#![doc = include_str!("../../../schema/writer-protocol.md")]

mod answer;
mod find;
mod group;
pub(crate) mod process;
pub(crate) mod protocol;
pub(crate) mod session;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

pub use protocol::{Hello, ProgramOption};

use self::protocol::{BeginMessage, HostMessage, PROTOCOL};
use self::session::Session;
use super::view::TemplateOffice;
use super::{Assembler, OfficeOutput, TargetFiles, Writer, take_file};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::storage::Inputs;
use crate::writers::Target;

/// A program that is a writer.
#[derive(Clone, Debug)]
pub struct Program {
    /// What messages call it: `ext:NAME`.
    label: String,
    /// Absolute path of the executable.
    path: PathBuf,
    /// What it may take before it is ended.
    pub(crate) limits: ProgramLimits,
}

/// What a program may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramLimits {
    /// Time until its hello.
    pub hello: Duration,
    /// Time without any progress while the host waits for it.
    pub stall: Duration,
    /// Time for the whole export.
    pub total: Duration,
    /// Bytes that it may say.
    pub output: u64,
}

impl Default for ProgramLimits {
    fn default() -> Self {
        ProgramLimits {
            hello: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            total: Duration::from_secs(3_600),
            output: 1 << 30,
        }
    }
}

impl Program {
    /// The program `officedir-writer-NAME` on PATH.
    ///
    /// # Errors
    /// If there is none that can be run.
    pub fn find(name: &str) -> Result<Self, Error> {
        Ok(Program::new(name, find::find(name)?, ProgramLimits::default()))
    }

    /// The program at that path; its name is for messages.
    pub fn new(name: &str, path: PathBuf, limits: ProgramLimits) -> Self {
        // It runs in another folder than we do.
        let path = std::path::absolute(&path).unwrap_or(path);
        Program { label: format!("ext:{name}"), path, limits }
    }

    /// Starts the program for its hello only.
    ///
    /// # Errors
    /// If it cannot be started or says no hello in time.
    pub fn hello(&self) -> Result<Hello, Error> {
        self.open().map(|session| session.hello.clone())
    }

    /// A target that this program writes, with the options that were given for it.
    ///
    /// # Errors
    /// If the program cannot be started, says no hello in time, or does not take the options.
    pub fn target(&self, mut given: Vec<(String, String)>) -> Result<Target, Error> {
        // Started for its options, and kept for the export: starting an interpreter takes longer than
        // exporting 15 offices.
        let session = self.open()?;
        // The host writes the files, so the name is its business; the program is told.
        let file = take_file(&mut given).map_err(|error| error.within(&self.label))?;
        let file = file.unwrap_or_else(|| session.hello.file.clone());
        let checked = session.hello.check_options(&given);
        let options = checked.map_err(|error| error.within(&self.label))?;
        let external = ProgramWriter {
            program: self.clone(),
            options,
            file: file.clone(),
            session: Mutex::new(Some(session)),
        };
        let inputs = Inputs::default();
        inputs.add(&self.path);
        Ok(Target::with_writer(self.label.clone(), file, Box::new(external))?.reading(inputs))
    }

    /// Starts the program.
    fn open(&self) -> Result<Session, Error> {
        Session::open(self).map_err(|why| Error::new(why).within(&self.label))
    }

    /// An error that names the program.
    fn error(&self, why: &str) -> io::Error {
        io::Error::other(format!("{}: {why}", self.label))
    }
}

/// What the host makes of the bytes that a program says when it is sent that many offices, without a program:
/// for fuzzing only.
///
/// # Errors
/// What is wrong with them.
#[cfg(any(fuzzing, test))]
pub fn hear(
    mut said: &[u8],
    given: &[(String, String)],
    offices: u64,
    storage: &mut dyn crate::storage::Storage,
) -> Result<Vec<super::OutputProblem>, String> {
    use crate::storage::{FileNames, TargetStorage};
    use process::{ProcessEvent, message};
    let mut line = Vec::new();
    let hello = match message(&mut said, &mut line) {
        Ok(protocol::ProgramMessage::Hello(hello)) => hello.check()?,
        _ => return Err("no hello".into()),
    };
    hello.check_options(given).map_err(|error| error.to_string())?;
    let mut names = FileNames::default();
    crate::storage::check_name(&hello.file).and_then(|()| names.take(0, &hello.file))?;
    let mut storage = TargetStorage { target: 0, names: &mut names, storage };
    let mut files = TargetFiles::new(&hello.file, &mut storage);
    let program = Program::new("fuzz", PathBuf::new(), ProgramLimits::default());
    let mut answer = answer::ProgramAnswer::new(program);
    loop {
        match message(&mut said, &mut line) {
            Ok(message) => {
                answer.take(message, offices, &mut files).map_err(|error| error.to_string())?;
            }
            Err(ProcessEvent::Garbage(why)) => return Err(session::not_a_message(&why)),
            Err(_) => return Ok(files.into_problems()),
        }
    }
}

impl Hello {
    /// Checks the given options against those that the program declares, and fills in the defaults.
    pub(crate) fn check_options(
        &self,
        given: &[(String, String)],
    ) -> Result<BTreeMap<String, String>, Error> {
        let mut options = BTreeMap::new();
        for (key, value) in given {
            let option = self.options.iter().find(|it| it.name == *key).ok_or_else(|| {
                Error::unknown("option", key, self.options.iter().map(|it| it.name.as_str()))
            })?;
            // An option without a list takes any text, which the program checks itself.
            if !option.values.is_empty() && !option.values.contains(value) {
                let values = option.values.iter().map(String::as_str);
                return Err(Error::unknown(&format!("value of \"{key}\":"), value, values));
            }
            if options.insert(key.clone(), value.clone()).is_some() {
                return Err(Error::new(format!("the option \"{key}\" is given twice")));
            }
        }
        for option in &self.options {
            if let Some(default) = &option.default {
                options.entry(option.name.clone()).or_insert_with(|| default.clone());
            }
        }
        Ok(options)
    }
}

/// A program with the options that were given for it.
struct ProgramWriter {
    /// The program, which is started again for every export but the first.
    program: Program,
    /// Every option that was given or has a default.
    options: BTreeMap<String, String>,
    /// Name of the target's own file, which the program is told.
    file: String,
    /// The process that said which options it takes: the first export uses it.
    session: Mutex<Option<Session>>,
}

impl Writer for ProgramWriter {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        HostMessage::Office(TemplateOffice::new(context, office)).append_to(&mut piece.bytes);
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        // Where another thread has panicked with the lock there is no session either, and a new one is started.
        let session = self.session.lock().ok().and_then(|mut session| session.take());
        Some(Box::new(ProgramAssembler { external: self, context, session, begun: false }))
    }
}

/// The ordered half: talks to the program in the order of the offices.
struct ProgramAssembler<'a> {
    /// The program and its options.
    external: &'a ProgramWriter,
    /// What the program is told of the directory before the offices.
    context: &'a Context<'a>,
    /// The conversation; `None` where the process that said hello was used before, until something is sent.
    session: Option<Session>,
    /// Whether `begin` was sent.
    begun: bool,
}

impl ProgramAssembler<'_> {
    /// The conversation, opened if there is none yet, and begun.
    fn session(&mut self, files: &mut TargetFiles<'_>) -> io::Result<&mut Session> {
        let program = &self.external.program;
        let session = match self.session.take() {
            Some(session) => session,
            None => Session::open(program).map_err(|why| program.error(&why))?,
        };
        let session = self.session.insert(session);
        if !std::mem::replace(&mut self.begun, true) {
            let header = self.context.header;
            let begin = HostMessage::Begin(BeginMessage {
                protocol: PROTOCOL,
                file: &self.external.file,
                options: &self.external.options,
                organization: &header.organization,
                kinds: header.all_kinds(),
                regions: &header.regions,
                headquarters: self.context.headquarters(),
            });
            let mut line = Vec::new();
            begin.append_to(&mut line);
            session.send(&mut line, 0, files)?;
        }
        Ok(session)
    }
}

impl Assembler for ProgramAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // One line an office: JSON has no line ends within its texts.
        let offices = piece.bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.session(files)?.send(&mut piece.bytes, offices, files)
    }

    fn finish(mut self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        self.session(files)?.finish(files)
    }
}
