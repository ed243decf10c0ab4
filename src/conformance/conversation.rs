//! Talking to a program as an export never does: with new members, an unknown protocol, or an input that
//! ends half-way.

use std::process::ExitStatus;

use serde_json::Value;

use crate::directory::{Directory, ReadOptions};
use crate::model::Office;
use crate::read::{DirectorySource, Document};
use crate::writers::TORTURE;
use crate::writers::external::Program;
use crate::writers::external::process::ProcessEvent;
use crate::writers::external::protocol::{BeginMessage, HostMessage, PROTOCOL, ProgramMessage};
use crate::writers::external::session::{Session, not_a_message};
use crate::writers::view::TemplateOffice;

/// A conversation in which the host does what an export never does.
pub(super) struct TestConversation {
    /// The program has said hello, and nothing has been sent to it yet.
    session: Session,
}

/// How a program has ended by itself.
pub(super) struct ProgramEnding {
    /// The offices that it says it has read.
    pub(super) done: Option<u64>,
    /// The text of its `error` message, if it sent one.
    error: Option<String>,
    /// Its exit status, as the system tells it.
    status: ExitStatus,
}

impl TestConversation {
    /// Starts the program and waits for its hello.
    pub(super) fn new(program: &Program) -> Result<Self, String> {
        Ok(TestConversation { session: Session::open(program)? })
    }

    /// A protocol that the program does not know.
    pub(super) fn unknown_protocol(&self) -> u32 {
        let known = &self.session.hello.protocols;
        // Far from those that will ever be.
        (1_000..).find(|number| !known.contains(number)).unwrap_or_default()
    }

    /// What the host says of the hard directory, a line each, with a change in every message.
    pub(super) fn lines(&self, change: impl Fn(&mut Value)) -> Result<Vec<Vec<u8>>, String> {
        let document = Document::parse(TORTURE.as_bytes()).map_err(|it| it.to_string())?;
        let directory =
            Directory::read(DirectorySource::Document(&document), ReadOptions::default())
                .map_err(|error| error.to_string())?;
        let context = directory.context().map_err(|error| error.to_string())?;
        let context = context.ok_or("the hard directory has no header")?;
        let header = context.header;
        // As any export begins without options: the defaults are filled in.
        let begin = HostMessage::Begin(BeginMessage {
            protocol: PROTOCOL,
            file: &self.session.hello.file,
            options: &self.session.hello.check_options(&[]).map_err(|it| it.to_string())?,
            organization: &header.organization,
            kinds: header.all_kinds(),
            regions: &header.regions,
            headquarters: context.headquarters(),
        });
        let mut lines = vec![line(&begin, &change)?];
        for raw in &document.offices {
            let office: Office<'_> =
                serde_json::from_str(raw.json).map_err(|error| error.to_string())?;
            lines
                .push(line(&HostMessage::Office(TemplateOffice::new(&context, &office)), &change)?);
        }
        lines.push(line(&HostMessage::End { offices: document.offices.len() as u64 }, &change)?);
        Ok(lines)
    }

    /// Sends these bytes, closes the input, and waits for the program to end by itself.
    pub(super) fn end(self, bytes: &[u8]) -> Result<ProgramEnding, String> {
        // A program that ends is given as long as one that pauses.
        let limit = self.session.answer.program.limits.stall;
        let mut process = self.session.into_process()?;
        // One buffer for everything, which the writing thread takes: a program that answers before it has read
        // all of its input cannot make this thread wait.
        process.write(bytes.to_vec());
        process.close_input();
        let (mut done, mut error) = (None, None);
        let late = || format!("does not end within {} s of the end of its input", limit.as_secs());
        loop {
            match process.next(limit).ok_or_else(late)? {
                ProcessEvent::Said(messages, _) => {
                    for message in messages {
                        match message {
                            ProgramMessage::Done(it) => done = Some(it.offices),
                            ProgramMessage::Error(it) => error = Some(it.message),
                            // Chunks, losses and findings do not matter here: only how the program ends is judged.
                            _ => {}
                        }
                    }
                }
                ProcessEvent::Garbage(why) => return Err(not_a_message(&why)),
                ProcessEvent::Abandoned => {
                    return Err("leaves a process behind that holds its output open".into());
                }
                ProcessEvent::Ended => break,
                ProcessEvent::Taken(_) | ProcessEvent::Closed => {}
            }
        }
        // Its output has ended by now; its status may take a moment longer.
        let status = process.wait(limit).ok_or_else(late)?;
        Ok(ProgramEnding { done, error, status })
    }
}

impl ProgramEnding {
    /// The program must have done all that it was asked for.
    pub(super) fn succeeds(self) -> Result<u64, String> {
        match self {
            // Its own words come first, because they say more than an exit status.
            ProgramEnding { error: Some(why), .. } => Err(format!("fails: {why}")),
            ProgramEnding { done: None, status, .. } => {
                Err(format!("ends before it is done ({status})"))
            }
            ProgramEnding { status, .. } if !status.success() => Err(format!("fails ({status})")),
            ProgramEnding { done: Some(count), .. } => Ok(count),
        }
    }

    /// The program must have said that it could not.
    pub(super) fn fails(self) -> Result<String, String> {
        match self {
            // The worst of all: a host that believes it takes half an export for a whole one.
            ProgramEnding { done: Some(_), .. } => Err("says that it is done".into()),
            ProgramEnding { error: Some(why), .. } => Ok(format!("error: {why}")),
            ProgramEnding { status, .. } if status.success() => {
                Err("ends as if all were well".into())
            }
            ProgramEnding { status, .. } => Ok(status.to_string()),
        }
    }
}

/// A message as a line, changed as the test wants it.
fn line(order: &HostMessage<'_>, change: &impl Fn(&mut Value)) -> Result<Vec<u8>, String> {
    let mut message = serde_json::to_value(order).map_err(|error| error.to_string())?;
    // The change is made in what a message says, below its kind.
    message.as_object_mut().into_iter().flat_map(|it| it.values_mut()).for_each(change);
    let mut line = message.to_string().into_bytes();
    line.push(b'\n');
    Ok(line)
}
