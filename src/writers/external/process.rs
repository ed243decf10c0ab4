//! A child process that cannot outlive us, with its pipes read and written at once.

use std::cmp::Ordering;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::group::ProcessGroup;
use super::protocol::{LINE, ProgramMessage};
use crate::text::{excerpt, printable, printable_lines};

/// Events on their way: with the size of a batch it bounds what a flood can put into memory.
const EVENTS: usize = 16;
/// Bytes of messages in a batch, at most one line more.
const BATCH: usize = 64 * 1024;
/// Buffers that may wait to be written: the sender keeps to it and so never blocks.
pub(crate) const IN_FLIGHT: usize = 4;
/// Lines of standard error that are passed on, and the bytes of each.
const ERROR_LINES: usize = 200;
/// Bytes of such a line; the rest of a longer one counts as the next.
const ERROR_LINE: u64 = 4096;
/// How often a wait looks whether the process is still there.
const LOOK: Duration = Duration::from_millis(50);
/// How long output may trickle in after the process has ended.
const TRICKLE: Duration = Duration::from_secs(1);

/// Variables that a program has from us: interpreters look for their libraries where these say.
#[cfg(not(windows))]
const KEPT: &[&str] = &["HOME"];
/// The same on Windows, where hardly anything starts without the first.
#[cfg(windows)]
const KEPT: &[&str] = &["SYSTEMROOT", "APPDATA", "LOCALAPPDATA", "USERPROFILE"];
/// Variables that say where temporary files go.
const TEMPORARY: &[&str] = if cfg!(windows) { &["TEMP", "TMP", "TMPDIR"] } else { &["TMPDIR"] };

/// What happens at the process's pipes.
#[derive(Debug)]
pub(crate) enum ProcessEvent {
    /// Messages, and the bytes that they took.
    Said(Vec<ProgramMessage>, usize),
    /// Something that is no message; nothing is read behind it.
    Garbage(String),
    /// Its output has ended.
    Ended,
    /// It has ended, but a process that it has left behind holds its output open.
    Abandoned,
    /// A buffer was written and is free again.
    Taken(Vec<u8>),
    /// It has closed its input.
    Closed,
}

/// A running program. Dropping it ends the program and its process group.
#[derive(Debug)]
pub(crate) struct ChildProcess {
    /// The process with all that it starts, which is reaped when all of it has been ended.
    group: ProcessGroup,
    /// What the threads that serve its input and output tell.
    events: Receiver<ProcessEvent>,
    /// Where buffers for its input go; `None` once that is closed.
    input: Option<SyncSender<Vec<u8>>>,
    /// Says by being dropped that standard error has ended.
    errors: Receiver<()>,
    /// The working folder; goes with the process.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only kept"))]
    scratch: TempDir,
    /// Its exit status; `None` until it was reaped.
    status: Option<ExitStatus>,
}

impl ChildProcess {
    /// Starts the program in a folder of its own, with a thread for each of its pipes.
    pub(crate) fn start(program: &Path, label: &str) -> io::Result<Self> {
        let scratch = tempfile::Builder::new().prefix("officedir-").tempdir()?;
        let mut group = ProcessGroup::start(command(program, scratch.path()))?;
        let pipes = group.take_pipes();
        let (sender, events) = sync_channel(EVENTS);
        let (input, buffers) = sync_channel(IN_FLIGHT);
        // Nothing is ever sent here: the receiver is woken when the thread drops its end.
        let (ended, errors) = sync_channel(0);
        // Made before anything that can fail, so that whatever does fail ends the child as well.
        let process =
            ChildProcess { group, events, input: Some(input), errors, scratch, status: None };
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::Error::other("it has no pipes"));
        };
        let written = sender.clone();
        start_thread(move || write(stdin, &buffers, &written))?;
        start_thread(move || read(stdout, &sender))?;
        let label = label.to_owned();
        start_thread(move || {
            pass_on(stderr, &label);
            drop(ended);
        })?;
        Ok(process)
    }

    /// Gives the process a buffer. At most [`IN_FLIGHT`] of them may be on their way.
    pub(crate) fn write(&self, buffer: Vec<u8>) {
        // Where the writing thread has gone it has said so.
        let _ = self.input.as_ref().map(|input| input.send(buffer));
    }

    /// Closes its input behind what was written.
    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    /// What has happened already.
    pub(crate) fn happened(&self) -> Option<ProcessEvent> {
        self.events.try_recv().ok()
    }

    /// What happens next; `None` if nothing does within that time.
    pub(crate) fn next(&mut self, limit: Duration) -> Option<ProcessEvent> {
        let mut deadline = Instant::now() + limit;
        let mut gone = false;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            // In short steps: that the process has ended is no event of its pipes when a child of it
            // holds them open.
            match self.events.recv_timeout(left.min(LOOK)) {
                Ok(event) => return Some(event),
                Err(RecvTimeoutError::Disconnected) => return Some(ProcessEvent::Ended),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                    return gone.then_some(ProcessEvent::Abandoned);
                }
                Err(RecvTimeoutError::Timeout) if !gone && self.has_exited() => {
                    gone = true;
                    deadline = Instant::now() + TRICKLE;
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Waits for the process to end by itself and gives its status; `None` if it does not in time.
    pub(crate) fn wait(&mut self, limit: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + limit;
        while !self.has_exited() {
            if Instant::now() >= deadline {
                return None;
            }
            thread::sleep(Duration::from_millis(2));
        }
        // Also where it has ended by itself: what it has started and left behind ends here.
        self.end();
        self.status
    }

    /// Whether it has ended.
    fn has_exited(&mut self) -> bool {
        self.status.is_some() || self.group.has_exited()
    }

    /// Ends the process with all that it has started, and passes on its last words.
    fn end(&mut self) {
        if self.status.is_some() {
            return;
        }
        self.input = None;
        self.group.kill();
        #[cfg(target_os = "linux")]
        kill_strays(self.scratch.path());
        self.status = self.group.wait();
        // Its last words should stand in front of the export's error. A stray that holds the pipe open is not
        // waited for longer.
        let _ = self.errors.recv_timeout(TRICKLE);
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts a thread; an error where the system has none left.
fn start_thread(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    // A thread ends with the pipe that it serves; nobody waits for it.
    let thread = thread::Builder::new().spawn(work);
    thread.map(drop).map_err(|error| {
        io::Error::new(error.kind(), format!("its pipes need threads, and none starts: {error}"))
    })
}

/// The command, with as little of our environment as interpreters need.
fn command(program: &Path, scratch: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(scratch)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // What a program writes must not depend on who runs it.
        .env_clear()
        .envs(KEPT.iter().filter_map(|key| Some((key, std::env::var_os(key)?))))
        .env("PATH", super::find::search_path())
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC");
    for name in TEMPORARY {
        command.env(name, scratch);
    }
    command
}

/// Ends processes that have left the group: those whose environment names the scratch folder, which no
/// other process's does.
#[cfg(target_os = "linux")]
fn kill_strays(scratch: &Path) {
    use std::os::unix::ffi::OsStrExt;
    let mark = [b"TMPDIR=", scratch.as_os_str().as_bytes(), b"\0"].concat();
    // A stray may start another while we look; twice finds that one too.
    for _ in 0..2 {
        for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let name = entry.file_name();
            let pid = name.to_str().and_then(|name| name.parse().ok());
            let Some(pid) = pid.and_then(rustix::process::Pid::from_raw) else { continue };
            let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
            if environment.windows(mark.len()).any(|it| it == mark) {
                let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
            }
        }
    }
}

/// Serves standard input: writes buffers and gives them back.
fn write(mut stdin: ChildStdin, buffers: &Receiver<Vec<u8>>, events: &SyncSender<ProcessEvent>) {
    for mut buffer in buffers {
        // A pipe that is closed is no error here: the program may be about to say why.
        let written = stdin.write_all(&buffer);
        // It goes back with the memory that it has, for the next lines.
        buffer.clear();
        let event =
            if written.is_ok() { ProcessEvent::Taken(buffer) } else { ProcessEvent::Closed };
        if events.send(event).is_err() || written.is_err() {
            return;
        }
    }
}

/// Reads messages, as many at once as are there.
fn read(stdout: ChildStdout, events: &SyncSender<ProcessEvent>) {
    let mut reader = BufReader::with_capacity(BATCH, stdout);
    let mut line = Vec::new();
    let (mut messages, mut bytes) = (Vec::new(), 0);
    let last = loop {
        match message(&mut reader, &mut line) {
            Ok(message) => messages.push(message),
            Err(last) => break last,
        }
        bytes += line.len();
        // What is in the buffer is sent on at once, or a program that waits for an answer would wait
        // for ever.
        if bytes >= BATCH || !reader.buffer().contains(&b'\n') {
            let said =
                ProcessEvent::Said(std::mem::take(&mut messages), std::mem::take(&mut bytes));
            if events.send(said).is_err() {
                return;
            }
        }
    };
    // Whoever no longer listens has no need to know.
    let _ = events.send(ProcessEvent::Said(messages, bytes)).and_then(|()| events.send(last));
}

/// The next message, or why there is none.
pub(crate) fn message(
    reader: &mut impl BufRead,
    line: &mut Vec<u8>,
) -> Result<ProgramMessage, ProcessEvent> {
    line.clear();
    match reader.take(LINE).read_until(b'\n', line) {
        Ok(0) => Err(ProcessEvent::Ended),
        // Cut off at the limit or at the end of the output: half a message is none.
        Ok(_) if line.last() != Some(&b'\n') => Err(ProcessEvent::Garbage(unended(line))),
        Ok(_) => serde_json::from_slice(line).map_err(|error| {
            ProcessEvent::Garbage(format!("{}: {}", describe(&error), shown(line)))
        }),
        Err(error) => Err(ProcessEvent::Garbage(error.to_string())),
    }
}

/// What is wrong with a line that has no end.
fn unended(line: &[u8]) -> String {
    if line.len() as u64 >= LINE {
        format!("a line is longer than {LINE} bytes: {}", shown(line))
    } else {
        format!("its last line has no end: {}", shown(line))
    }
}

/// What is wrong with a line, which quotes from it.
fn describe(error: &serde_json::Error) -> String {
    let text: String = error.to_string().chars().take(200).collect();
    printable(&text).into_owned()
}

/// The beginning of a line, for a message.
fn shown(line: &[u8]) -> String {
    // A character that is cut in two becomes a replacement character, which does for a message.
    let text = String::from_utf8_lossy(&line[..line.len().min(200)]);
    excerpt(&text.trim_end().escape_debug().to_string(), 60).into_owned()
}

/// Passes standard error on line by line with the program's name, and without control characters.
fn pass_on(stderr: ChildStderr, label: &str) {
    let mut reader = BufReader::new(stderr);
    let mut line = Vec::new();
    let mut lines = 0;
    loop {
        line.clear();
        match (&mut reader).take(ERROR_LINE).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => lines += 1,
        }
        let text = String::from_utf8_lossy(&line);
        let printed = printable_lines(text.trim_end());
        let said = match lines.cmp(&ERROR_LINES) {
            Ordering::Less => format!("{label}: {printed}\n"),
            Ordering::Equal => format!("{label}: … (it says more)\n"),
            // It is read on all the same, so that the program does not block.
            Ordering::Greater => continue,
        };
        // Nobody hears it if standard error is gone.
        let _ = io::stderr().lock().write_all(said.as_bytes());
    }
}
