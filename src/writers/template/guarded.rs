//! Rendering within bounds. minijinja's fuel bounds the instructions of a template and the data that most of
//! them make, but not all: lists that are added to themselves become one list of all at the thirty-third
//! time, a list within a list within a list is printed, compared and freed by as many calls within each
//! other, and one that holds another twice is printed as often as 2 to the power of its depth, all in one
//! instruction. Nothing can stop an instruction, but it can be left alone: a template is rendered on a thread
//! of its own, whose stack is larger than the memory that it may take, so that it is found out before the
//! stack ends. Where it takes too much, the thread is abandoned, and the program ends with an error. It
//! could also be a process of its own with limits that the system holds, but that would cost every template
//! the start of one and a way for its data there and back, and Windows has no such limits.
//!
//! What a template gives does not depend on any of this. Its time is that of the processor, where the
//! system tells it, and not of the clock, so that other work on the machine is not held against it.

use std::cell::RefCell;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::Builder;
use std::time::Duration;

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};

use super::watch::{LOOK, ThreadLimits, ThreadWatch, this_thread};

/// The function by which a template says which line it is at.
pub(super) const MARK: &str = "__officedir_at";

/// What a template may take, and as much more for each office. All its fuel lasts for a tenth of that time,
/// the fuel for one office for a millisecond; the values of one take some kilobytes.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 2 } else { 1 });
/// Time for each office on top of that.
const TIME_AN_OFFICE: Duration = Duration::from_millis(2);
/// Bytes of memory that a template may take.
const MEMORY: u64 = 96 << 20;
/// Bytes for each office on top of that.
const MEMORY_AN_OFFICE: u64 = 16 << 10;
/// Stack beyond the memory, and the sizes that do where the system does not give as much.
const STACK: u64 = 512 << 20;
/// Whole stacks that are tried one after the other, in bytes.
const SMALLER_STACKS: [u64; 2] = [64 << 20, 16 << 20];
/// Bytes of output that are handed over at once, and how often before the template waits.
const CHUNK: usize = 64 << 10;
/// Chunks on their way at most.
const CHUNKS: usize = 4;

/// What a template does with its output in reach. Its mistake comes as a text: minijinja's errors hold
/// values, which may be too deep for another thread to free.
pub(super) type TemplateWork =
    Box<dyn FnOnce(&mut dyn Write) -> Result<(), TemplateFailure> + Send>;

/// A thread for templates.
pub(super) struct TemplateThread {
    /// Where work is handed over; dropping it ends the thread.
    work: Sender<TemplateWork>,
    /// What the thread gives in return.
    events: Receiver<ThreadEvent>,
    /// What the thread says of itself, shared with it.
    mark: Arc<ThreadStatus>,
    /// What each piece of work may take.
    limits: ThreadLimits,
}

/// What comes back from the thread.
enum ThreadEvent {
    /// Output.
    Wrote(Vec<u8>),
    /// The work has ended, and so has its output.
    Ended(Result<(), TemplateFailure>),
}

/// Why nothing came of a template.
pub(super) enum TemplateFailure {
    /// The template's mistake.
    Template(String),
    /// It has used up its fuel, and where.
    Fuel(String),
    /// It takes more than it may; where it was, in terms of [`MARK`], and what it takes too much of.
    Limit(u64, String),
    /// The trouble of whoever takes the output, or of the machine.
    Other(io::Error),
}

/// What a thread says of itself.
#[derive(Default)]
struct ThreadStatus {
    /// The last mark that it has passed; 0 before the first.
    at: AtomicU64,
    /// Whether it was abandoned.
    stop: AtomicBool,
    /// What the system calls it.
    thread: OnceLock<Option<PathBuf>>,
}

thread_local! {
    /// The status of the thread that asks, so that a template need not be given one.
    static OWN: RefCell<Option<Arc<ThreadStatus>>> = const { RefCell::new(None) };
}

/// Lets templates say where they are.
pub(super) fn install(environment: &mut Environment<'_>) {
    environment.add_function(MARK, |at: u64| {
        let stopped = OWN.with_borrow(|mark| {
            mark.as_ref().is_some_and(|mark| {
                // Each of the two is a value by itself, and nothing else is read because of it: relaxed is enough.
                mark.at.store(at, Ordering::Relaxed);
                mark.stop.load(Ordering::Relaxed)
            })
        });
        match stopped {
            true => Err(Error::new(ErrorKind::InvalidOperation, "it takes too much")),
            false => Ok(Value::from(())),
        }
    });
}

impl TemplateThread {
    /// A thread for templates that see so many offices.
    ///
    /// # Errors
    /// If none can be started.
    pub(super) fn new(offices: u64) -> io::Result<Self> {
        let limits = ThreadLimits {
            time: TIME + TIME_AN_OFFICE * u32::try_from(offices).unwrap_or(u32::MAX),
            memory: MEMORY + MEMORY_AN_OFFICE * offices,
        };
        let mut last = None;
        // A stack takes addresses and no memory until it is used, so that a large one costs nothing.
        for stack in [limits.memory + STACK].into_iter().chain(SMALLER_STACKS) {
            let mark = Arc::new(ThreadStatus::default());
            let (work, given) = channel();
            let (said, events) = sync_channel(CHUNKS);
            let own = Arc::clone(&mark);
            let size = usize::try_from(stack).unwrap_or(isize::MAX as usize);
            match Builder::new().stack_size(size).spawn(move || serve(&given, &said, own)) {
                Ok(_) => return Ok(TemplateThread { work, events, mark, limits }),
                Err(error) => last = Some(error),
            }
        }
        let why = last.map(|it| it.to_string()).unwrap_or_default();
        let why = format!("it is rendered by a thread of its own, and none can be started: {why}");
        Err(io::Error::other(why))
    }

    /// Does the work and gives its output to `take` as it comes; in between that is called without any, and
    /// may end it.
    pub(super) fn run(
        &self,
        work: TemplateWork,
        take: &mut dyn FnMut(Option<Vec<u8>>) -> io::Result<()>,
    ) -> Result<(), TemplateFailure> {
        let thread = self.mark.thread.get().and_then(Option::as_ref);
        let mut watch = ThreadWatch::new(self.limits, thread);
        self.mark.at.store(0, Ordering::Relaxed);
        let gone = || TemplateFailure::Other(io::Error::other("the template's thread has ended"));
        self.work.send(work).map_err(|_| gone())?;
        loop {
            let taken = match self.events.recv_timeout(LOOK) {
                Ok(ThreadEvent::Ended(result)) => return result,
                Ok(ThreadEvent::Wrote(bytes)) => take(Some(bytes)),
                Err(RecvTimeoutError::Timeout) => take(None),
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
            };
            let too_much = watch.too_much();
            if taken.is_err() || too_much.is_some() {
                // It is told at its next mark. Whether it ever comes to one is not waited for.
                self.mark.stop.store(true, Ordering::Relaxed);
            }
            taken.map_err(TemplateFailure::Other)?;
            if let Some(why) = too_much {
                return Err(TemplateFailure::Limit(self.mark.at.load(Ordering::Relaxed), why));
            }
        }
    }

    /// Whether it can be used again.
    pub(super) fn is_free(&self) -> bool {
        !self.mark.stop.load(Ordering::Relaxed)
    }
}

/// Does what is given until there is no more.
fn serve(given: &Receiver<TemplateWork>, said: &SyncSender<ThreadEvent>, mark: Arc<ThreadStatus>) {
    let _ = mark.thread.set(this_thread());
    OWN.set(Some(mark));
    for work in given {
        // A template prints value by value; whoever takes the output gets whole chunks.
        let mut out = BufWriter::with_capacity(CHUNK, ChunkSender(said));
        // What the work has had is freed before it ends, however deep it is.
        let result = work(&mut out);
        let flushed = out.flush();
        // The template's own mistake comes before the trouble of its last chunk.
        let result = result.and(flushed.map_err(TemplateFailure::Other));
        if said.send(ThreadEvent::Ended(result)).is_err() {
            return;
        }
    }
}

/// Sends on what is written, by chunks.
struct ChunkSender<'a>(&'a SyncSender<ThreadEvent>);

impl Write for ChunkSender<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Whoever has abandoned the template takes nothing more.
        let sent = self.0.send(ThreadEvent::Wrote(bytes.to_vec()));
        sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
