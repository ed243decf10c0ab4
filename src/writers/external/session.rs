//! One conversation with a program, from hello to its exit.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use super::answer::ProgramAnswer;
use super::process::{ChildProcess, IN_FLIGHT, ProcessEvent};
use super::protocol::{Hello, HostMessage, LINE, PROTOCOL, ProgramMessage, ProgramOption};
use super::{Program, ProgramLimits};
use crate::text::printable;
use crate::writers::TargetFiles;

/// How long a program that has closed its input may take to say why.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// How often a wait looks whether the export is to go on.
const LOOK: Duration = Duration::from_millis(250);

/// What went wrong, in a clause behind the program's name.
pub(crate) type SessionError = String;

/// A program that has said hello.
#[derive(Debug)]
pub(crate) struct Session {
    /// What the program has said of itself, checked.
    pub(crate) hello: Hello,
    /// What it says behind that.
    pub(crate) answer: ProgramAnswer,
    /// The process, which ends with the session.
    process: ChildProcess,
    /// When its time as a whole began.
    began: Instant,
    /// What came together with hello, or is still to be looked at.
    waiting: VecDeque<ProgramMessage>,
    /// Buffers that it was given and that have not come back.
    in_flight: usize,
    /// Buffers that have come back, empty.
    spare: Vec<Vec<u8>>,
    /// Offices that it was sent.
    offices: u64,
    /// Bytes that it has said behind its hello.
    received: u64,
    /// Whether its output has ended.
    ended: bool,
    /// Whether its output ended only for the host, because a process left behind holds it open.
    abandoned: bool,
    /// Whether a write has failed: it no longer reads.
    closed: bool,
}

impl Session {
    /// Starts the program and hears its hello.
    pub(crate) fn open(program: &Program) -> Result<Self, SessionError> {
        let began = Instant::now();
        let mut process = ChildProcess::start(&program.path, &program.label)
            .map_err(|error| format!("cannot start {}: {error}", program.path.display()))?;
        let limit = program.limits.hello;
        let mut waiting = VecDeque::new();
        // A program that ends without a word still has a last batch, without messages.
        while waiting.is_empty() {
            let left = limit.saturating_sub(began.elapsed());
            match process.next(left) {
                Some(ProcessEvent::Said(messages, _)) => waiting.extend(messages),
                Some(ProcessEvent::Garbage(why)) => return Err(not_a_message(&why)),
                Some(ProcessEvent::Ended | ProcessEvent::Abandoned) => {
                    return Err(ended_early(&mut process, "before hello"));
                }
                Some(ProcessEvent::Taken(_) | ProcessEvent::Closed) => {}
                None => return Err(format!("says no hello within {} s", limit.as_secs())),
            }
        }
        let Some(ProgramMessage::Hello(hello)) = waiting.pop_front() else {
            return Err("its first message is not hello".into());
        };
        Ok(Session {
            hello: hello.check()?,
            answer: ProgramAnswer::new(program.clone()),
            process,
            began,
            waiting,
            in_flight: 0,
            spare: Vec::new(),
            offices: 0,
            received: 0,
            ended: false,
            abandoned: false,
            closed: false,
        })
    }

    /// The process of a program that is spoken to otherwise.
    ///
    /// # Errors
    /// If it has said something that it was not asked for.
    pub(crate) fn into_process(self) -> Result<ChildProcess, SessionError> {
        match self.waiting.is_empty() {
            true => Ok(self.process),
            false => Err("sends more after hello without waiting for an answer".into()),
        }
    }

    /// Gives the program lines, `offices` of which are offices, and takes what it says meanwhile. The
    /// buffer comes back empty.
    pub(crate) fn send(
        &mut self,
        lines: &mut Vec<u8>,
        offices: u64,
        files: &mut TargetFiles<'_>,
    ) -> io::Result<()> {
        if self.offices == 0 && self.in_flight == 0 {
            // Its time to stay silent was its own until now; its time as a whole begins here.
            self.began = Instant::now();
        }
        while let Some(event) = self.process.happened() {
            self.handle(event, files)?;
        }
        // The host never waits in a write: a program that writes without reading would wait for the
        // host to read.
        while self.in_flight >= IN_FLIGHT && !self.is_over() {
            self.next(files)?;
        }
        self.take_waiting(files)?;
        if self.is_over() {
            return Err(self.over_early(files)?);
        }
        // Buffers go round, as large as they have become.
        let buffer = std::mem::replace(lines, self.spare.pop().unwrap_or_default());
        self.process.write(buffer);
        self.in_flight += 1;
        self.offices += offices;
        Ok(())
    }

    /// Says that this was all, and takes what the program says until it has ended.
    pub(crate) fn finish(&mut self, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let mut line = Vec::new();
        HostMessage::End { offices: self.offices }.append_to(&mut line);
        self.send(&mut line, 0, files)?;
        self.process.close_input();
        while !self.ended {
            // It has not read everything, and so cannot say that it is done.
            if self.closed && self.answer.done.is_none() {
                return Err(self.over_early(files)?);
            }
            self.next(files)?;
        }
        let limit = self.answer.program.limits.stall;
        let Some(status) = self.process.wait(limit) else {
            let limit = limit.as_secs();
            return Err(
                self.trouble(format!("does not end within {limit} s of closing its output"))
            );
        };
        match self.answer.done {
            None => Err(self.trouble(format!("ended before it was done ({status})"))),
            Some(_) if !status.success() => {
                Err(self.trouble(format!("says that it is done, but failed ({status})")))
            }
            // A program that lost lines would otherwise write a file that lacks offices.
            Some(count) if count != self.offices => {
                let sent = self.offices;
                Err(self.trouble(format!("says it has read {count} offices; it was sent {sent}")))
            }
            Some(_) if self.abandoned => {
                let why = "is done, but left a process behind that holds its output open";
                Err(self.trouble(why.into()))
            }
            Some(_) => Ok(()),
        }
    }

    /// Whether there is any use in sending more.
    fn is_over(&self) -> bool {
        self.closed || self.ended || self.answer.done.is_some()
    }

    /// Why a program that was not yet sent everything is over.
    fn over_early(&mut self, files: &mut TargetFiles<'_>) -> io::Result<io::Error> {
        if self.answer.done.is_some() {
            return Ok(self.trouble("says that it is done before it was sent everything".into()));
        }
        // It may have an explanation on its way.
        let deadline = Instant::now() + LAST_WORDS;
        while !self.ended {
            match self.process.next(deadline.saturating_duration_since(Instant::now())) {
                Some(event) => self.handle(event, files)?,
                None => break,
            }
        }
        let sent = format!("before it was sent everything (by then {} offices)", self.offices);
        Ok(if self.ended {
            let why = ended_early(&mut self.process, &sent);
            self.trouble(why)
        } else {
            self.trouble(format!("closed its input {sent}"))
        })
    }

    /// Waits for the next thing to happen, within the limits of time.
    fn next(&mut self, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let ProgramLimits { stall, total, .. } = self.answer.program.limits;
        let waiting = Instant::now();
        loop {
            // An interrupt must end the export while a program is waited for.
            files.check_interrupted()?;
            let left = total.saturating_sub(self.began.elapsed());
            if left.is_zero() {
                return Err(self.trouble(format!("takes longer than {} s", total.as_secs())));
            }
            let patience = stall.saturating_sub(waiting.elapsed());
            if let Some(event) = self.process.next(left.min(patience).min(LOOK)) {
                return self.handle(event, files);
            }
            if patience.is_zero() {
                let why = format!("makes no progress for {} s", stall.as_secs());
                return Err(self.trouble(why));
            }
        }
    }

    /// Takes what has happened.
    fn handle(&mut self, event: ProcessEvent, files: &mut TargetFiles<'_>) -> io::Result<()> {
        match event {
            ProcessEvent::Said(messages, bytes) => {
                self.received += bytes as u64;
                self.waiting.extend(messages);
                self.take_waiting(files)?;
                if self.received > self.answer.program.limits.output {
                    let limit = self.answer.program.limits.output >> 20;
                    return Err(self.trouble(format!("writes more than {limit} MiB")));
                }
            }
            ProcessEvent::Taken(buffer) => {
                // Each buffer comes back once, so that this does not go below zero.
                self.in_flight -= 1;
                self.spare.push(buffer);
            }
            ProcessEvent::Closed => self.closed = true,
            ProcessEvent::Ended => self.ended = true,
            ProcessEvent::Abandoned => (self.ended, self.abandoned) = (true, true),
            ProcessEvent::Garbage(why) => return Err(self.trouble(not_a_message(&why))),
        }
        Ok(())
    }

    /// Takes the messages that have come.
    fn take_waiting(&mut self, files: &mut TargetFiles<'_>) -> io::Result<()> {
        while let Some(message) = self.waiting.pop_front() {
            self.answer.take(message, self.offices, files)?;
        }
        Ok(())
    }

    /// An error of the export, which names the program.
    fn trouble(&self, why: SessionError) -> io::Error {
        self.answer.trouble(&why)
    }
}

impl Hello {
    /// The hello, of which a terminal can be shown every text.
    pub(crate) fn check(mut self) -> Result<Self, SessionError> {
        let options = self.options.iter_mut().flat_map(|it| {
            [&mut it.name, &mut it.help].into_iter().chain(&mut it.default).chain(&mut it.values)
        });
        // They are shown in lists and in errors, and come from a program.
        for text in std::iter::once(&mut self.about).chain(options) {
            *text = printable(text).into_owned();
        }
        if !self.protocols.contains(&PROTOCOL) {
            let known: Vec<String> = self.protocols.iter().map(u32::to_string).collect();
            let known = known.join(", ");
            return Err(format!("speaks protocol {known}; this program speaks {PROTOCOL}"));
        }
        let names = self.options.iter().map(|option| option.name.as_str());
        for (at, name) in names.clone().enumerate() {
            // `file` is every target's own option, which the host takes out before the program sees any.
            if name.is_empty() || name == "file" || names.clone().take(at).any(|it| it == name) {
                return Err(format!(
                    "declares an option \"{name}\", which is reserved or declared twice"
                ));
            }
        }
        for ProgramOption { name, default, values, .. } in &self.options {
            let default = default.as_ref().filter(|it| !values.is_empty() && !values.contains(it));
            if let Some(default) = default {
                return Err(format!(
                    "declares the default \"{default}\", which option \"{name}\" does not take"
                ));
            }
        }
        Ok(self)
    }
}

/// What to say of something that is no message.
pub(crate) fn not_a_message(why: &str) -> SessionError {
    format!(
        "sends something that is not a message of the protocol (lines have at most {LINE} bytes): {why}"
    )
}

/// What to say of a program that has ended too soon.
fn ended_early(process: &mut ChildProcess, when: &str) -> SessionError {
    match process.wait(LAST_WORDS) {
        Some(status) => format!("ended {when} ({status})"),
        None => format!("closed its output {when}"),
    }
}
