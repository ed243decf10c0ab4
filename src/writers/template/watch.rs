//! What the thread of a template takes of time and memory, as the system tells it.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often it is looked at what a thread takes.
pub(super) const LOOK: Duration = Duration::from_millis(10);
/// Clock ticks in which a thread can take no memory to speak of: what has grown is another's.
const TICKS: u64 = 2;
/// A tick of the clock by which Linux counts a process's time, on every machine that it is common on.
const TICK: Duration = Duration::from_millis(10);

/// How many times its time a thread is given where only the clock tells.
const CLOCK: u32 = 4;

/// What a thread may take for a piece of work.
#[derive(Clone, Copy, Debug)]
pub(super) struct ThreadLimits {
    /// Time of the processor, or a share of the clock's where the system does not tell that.
    pub(super) time: Duration,
    /// Bytes, where the system tells what the program has.
    pub(super) memory: u64,
}

/// Looks at what a thread takes.
pub(super) struct ThreadWatch<'a> {
    /// What the thread may take.
    limits: ThreadLimits,
    /// What the system calls the thread; `None` where it has no names for threads.
    thread: Option<&'a PathBuf>,
    /// When it last looked.
    looked: Instant,
    /// When it first did, as most work is done before.
    first: Option<ThreadUsage>,
}

/// What a thread had taken at a moment.
struct ThreadUsage {
    /// The moment.
    at: Instant,
    /// Clock ticks that the thread has worked.
    ticks: Option<u64>,
    /// Bytes that the program has in memory.
    memory: Option<u64>,
}

impl<'a> ThreadWatch<'a> {
    /// For the thread that calls itself so.
    pub(super) fn new(limits: ThreadLimits, thread: Option<&'a PathBuf>) -> Self {
        ThreadWatch { limits, thread, looked: Instant::now(), first: None }
    }

    /// What the thread takes too much of.
    pub(super) fn too_much(&mut self) -> Option<String> {
        if self.looked.elapsed() < LOOK {
            return None;
        }
        self.looked = Instant::now();
        let now = ThreadUsage { at: self.looked, ticks: self.ticks(), memory: memory() };
        let Some(first) = &self.first else {
            // A thread is used again, so that only what is added from here on is this work's.
            self.first = Some(now);
            return None;
        };
        let since = |now: Option<u64>, first: Option<u64>| Some(now?.saturating_sub(first?));
        let ticks = since(now.ticks, first.ticks);
        let time = match ticks {
            Some(ticks) => TICK * u32::try_from(ticks).unwrap_or(u32::MAX),
            // The clock goes on while others work.
            None => (now.at - first.at) / CLOCK,
        };
        if time > self.limits.time {
            return Some(format!("it takes more than {} s", self.limits.time.as_secs()));
        }
        let grown = since(now.memory, first.memory).filter(|_| ticks.is_none_or(|it| it >= TICKS));
        grown
            .filter(|grown| *grown > self.limits.memory)
            .map(|_| format!("it takes more than {} MiB of memory", self.limits.memory >> 20))
    }

    /// Clock ticks that the thread has worked, for itself and within the system.
    fn ticks(&self) -> Option<u64> {
        let text = fs::read_to_string(self.thread?).ok()?;
        // Behind the name, which may have spaces and brackets: the 14th and 15th of all fields.
        let mut fields = text.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
        let mut field = || fields.next()?.parse::<u64>().ok();
        Some(field()? + field()?)
    }
}

/// What a [`ThreadWatch`] calls this thread, where the system has names for that.
pub(super) fn this_thread() -> Option<PathBuf> {
    let thread = fs::read_link("/proc/thread-self").ok()?;
    Some(PathBuf::from("/proc").join(thread).join("stat"))
}

/// Bytes that the program has in memory, where the system tells.
fn memory() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    // What the system calls kB are 1,024 bytes.
    line.split_ascii_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_system_tells() {
        let thread = this_thread();
        let limits = ThreadLimits { time: Duration::ZERO, memory: 0 };
        let mut watch = ThreadWatch::new(limits, thread.as_ref());
        assert!(watch.ticks().is_some() && memory().is_some_and(|it| it > 1 << 20));
        let began = Instant::now();
        while watch.too_much().is_none() {
            assert!(began.elapsed() < Duration::from_secs(60), "no end is seen");
        }
    }
}
