//! The threads of a pass: work on batches of input by all cores, joined again in their order, in bounded
//! memory. `ARCHITECTURE.md` has a drawing.
//!
//! # The life of a batch
//!
//! A batch is a `T` that is made once and used again and again. It goes through three closures:
//!
//! 1. **`take`** fills it with the next input. Whoever has an empty batch locks the input, so batches are
//!    filled one after the other, by any thread, and each gets the next number.
//! 2. **`work`** does what can be done in any order, on the thread that filled the batch, while others
//!    fill and work on theirs.
//! 3. **`join`** gets the batches by number, on the thread that called [`ordered`] only. It empties them
//!    as far as it likes, and they are free to be filled again.
//!
//! The thread that joins works on batches too whenever the next number is not done yet, so `n` threads
//! keep `n` cores busy. With a thread of its own for joining there would be one more thread than cores,
//! or an idle core whenever joining has nothing to do.
//!
//! # What follows an error
//!
//! An error of `take` ends the input: batches that were filled before it are worked on and joined, then
//! it is returned. An error of `join` ends everything at once. `work` has no errors; what goes wrong
//! there is data in the batch. Where a thread panics, the others stop waiting for it, and the panic goes
//! on in the caller.
//!
//! # Why it is written by hand
//!
//! Channels between stages would do the same but for two things: memory would have to be bounded by
//! counting what is anywhere between the stages, and buffers would have to be sent back. One lock around
//! what is done and what is free does both, and it is taken a few times for each batch of 64 offices or 64 kB.
//! A pool such as rayon's has no order and no bound on what waits for its turn.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, Scope, ScopedJoinHandle};

/// Pieces on their way for each thread; more only costs memory.
const A_THREAD: usize = 4;

/// Fills one piece after the other by `take` until it says that there is no more, works on them on
/// `threads` threads, of which this is one, and gives them to `join`, on this one, in the order in which
/// they were taken. Pieces are made by `T::default` and used again.
///
/// # Errors
/// The first error of `take` or `join`.
pub(crate) fn ordered<T: Default + Send>(
    threads: usize,
    mut take: impl FnMut(&mut T) -> io::Result<bool> + Send,
    work: impl Fn(&mut T) + Sync,
    mut join: impl FnMut(&mut T) -> io::Result<()>,
) -> io::Result<()> {
    // Two are taken before anything else: whether there is more than one decides whether threads are
    // worth starting.
    let (mut first, mut second) = (T::default(), T::default());
    if !take(&mut first)? {
        return Ok(());
    }
    if !take(&mut second)? {
        // A thread takes longer to start than most pieces take.
        work(&mut first);
        return join(&mut first);
    }
    // 0 means that somebody could not tell.
    let threads = threads.max(1);
    let pieces = BatchQueue {
        free: (0..threads * A_THREAD).map(|_| T::default()).collect(),
        // At most as many as there are batches, so a map by number is as fast as a ring and simpler.
        made: BTreeMap::new(),
        end: None,
        error: None,
    };
    let shared = SharedState {
        // They are dealt out first, so no input is lost or out of order.
        input: Mutex::new(BatchInput { taken: [first, second].into_iter(), take, number: 0 }),
        work,
        pieces: Mutex::new(pieces),
        freed: Condvar::new(),
        made: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            // Where no more can be started, those that there are do all the work.
            if Builder::new().spawn_scoped(scope, || shared.work()).is_err() {
                break;
            }
        }
        shared.work_and_join(join)
    })
}

/// Work that was begun on a thread of its own, or waits because none could be started.
pub(crate) enum StartedWork<'s, T> {
    Thread(ScopedJoinHandle<'s, io::Result<T>>),
    Waiting(Work<'s, T>),
}

type Work<'s, T> = Box<dyn FnOnce() -> io::Result<T> + Send + 's>;

impl<'s, T: Send + 's> StartedWork<'s, T> {
    pub fn new(
        scope: &'s Scope<'s, '_>,
        work: impl FnOnce() -> io::Result<T> + Send + 's,
    ) -> StartedWork<'s, T> {
        // A thread that does not start drops what it was given, so that it is given a way to the work only.
        let work: Arc<Mutex<Option<Work<'s, T>>>> = Arc::new(Mutex::new(Some(Box::new(work))));
        let given = Arc::clone(&work);
        let take = |work: &Mutex<Option<Work<'s, T>>>| {
            let work = work.lock().unwrap_or_else(PoisonError::into_inner).take();
            work.unwrap_or_else(|| Box::new(|| Err(io::Error::other("nothing is left to do"))))
        };
        match Builder::new().spawn_scoped(scope, move || take(&given)()) {
            Ok(thread) => StartedWork::Thread(thread),
            Err(_) => StartedWork::Waiting(take(&work)),
        }
    }

    /// What comes of the work, which is done now if it was waiting.
    pub fn finish(self) -> io::Result<T> {
        match self {
            StartedWork::Thread(thread) => joined(thread.join()),
            StartedWork::Waiting(work) => work(),
        }
    }
}

/// What a thread has ended with.
pub(crate) fn joined<T>(ended: std::thread::Result<io::Result<T>>) -> io::Result<T> {
    ended.unwrap_or_else(|_| Err(io::Error::other("a thread has panicked")))
}

/// What all threads of a pass share.
struct SharedState<T, F, W> {
    input: Mutex<BatchInput<T, F>>,
    work: W,
    pieces: Mutex<BatchQueue<T>>,
    /// Tells those that wait for a free piece.
    freed: Condvar,
    /// Tells the one that joins.
    made: Condvar,
}

/// Where batches are filled, by one thread at a time.
struct BatchInput<T, F> {
    /// Pieces that are filled already.
    taken: std::array::IntoIter<T, 2>,
    take: F,
    /// Number of pieces so far.
    number: usize,
}

/// Batches that wait: for input, or for their turn.
struct BatchQueue<T> {
    free: Vec<T>,
    /// What waits for its turn.
    made: BTreeMap<usize, T>,
    /// How many pieces there are to join, once that is known.
    end: Option<usize>,
    error: Option<io::Error>,
}

impl<T> BatchQueue<T> {
    /// Notes that there are no more than so many; of several ends the first one counts.
    fn end(&mut self, number: usize) {
        self.end = Some(self.end.unwrap_or(number).min(number));
    }
}

/// What the thread that joins does next.
enum NextStep<T> {
    Join(T),
    Fill(T),
    End,
}

impl<T, F, W> SharedState<T, F, W>
where
    F: FnMut(&mut T) -> io::Result<bool>,
    W: Fn(&mut T),
{
    /// What every thread but the one that joins does: fills batches and works on them until the
    /// input ends.
    fn work(&self) {
        let _guard = PanicGuard(self);
        while let Some(piece) = self.free() {
            self.fill(piece);
        }
    }

    /// The thread that joins does so as soon as it can, and works on a piece where there is none to join.
    fn work_and_join(&self, mut join: impl FnMut(&mut T) -> io::Result<()>) -> io::Result<()> {
        let _guard = PanicGuard(self);
        let mut number = 0;
        loop {
            match self.next(number) {
                // Without a lock: joining writes files, and the others must go on meanwhile.
                NextStep::Join(mut piece) => {
                    join(&mut piece).inspect_err(|_| self.stop())?;
                    number += 1;
                    self.pieces().free.push(piece);
                    // One batch is free, so one thread can use it.
                    self.freed.notify_one();
                }
                NextStep::Fill(piece) => self.fill(piece),
                NextStep::End => return self.pieces().error.take().map_or(Ok(()), Err),
            }
        }
    }

    /// What there is to do for the thread that joins; waits until there is something.
    fn next(&self, number: usize) -> NextStep<T> {
        let mut pieces = self.pieces();
        loop {
            // Joining comes before working: it frees a batch, and without free batches everybody
            // stops.
            if let Some(piece) = pieces.made.remove(&number) {
                return NextStep::Join(piece);
            }
            match pieces.end {
                Some(end) if end <= number => return NextStep::End,
                Some(_) => {}
                None => {
                    if let Some(piece) = pieces.free.pop() {
                        return NextStep::Fill(piece);
                    }
                }
            }
            // Nothing to join and nothing free: the next number is on another thread, which will
            // tell.
            pieces = self.made.wait(pieces).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A piece to fill; nothing where there is nothing left to fill it with.
    fn free(&self) -> Option<T> {
        let none = |pieces: &mut BatchQueue<T>| pieces.free.is_empty() && pieces.end.is_none();
        let pieces = self.freed.wait_while(self.pieces(), none);
        let mut pieces = pieces.unwrap_or_else(PoisonError::into_inner);
        if pieces.end.is_some() { None } else { pieces.free.pop() }
    }

    /// Fills a piece and works on it. There was a free piece before it got its number: so the lowest number
    /// is always on its way.
    fn fill(&self, mut piece: T) {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = match input.taken.next() {
            Some(taken) => {
                piece = taken;
                Ok(true)
            }
            // The input has ended while this thread waited for its lock.
            None if self.pieces().end.is_some() => return,
            None => (input.take)(&mut piece),
        };
        let number = input.number;
        input.number += 1;
        if let Ok(true) = taken {
            // Before the work, which takes much longer than filling: the next thread fills the next
            // batch.
            drop(input);
            (self.work)(&mut piece);
            self.pieces().made.insert(number, piece);
        } else {
            let mut pieces = self.pieces();
            pieces.end(number);
            pieces.error = taken.err();
            self.freed.notify_all();
        }
        self.made.notify_one();
    }

    /// Nothing more is filled or joined.
    fn stop(&self) {
        // Every number is behind the end now.
        self.pieces().end(0);
        self.freed.notify_all();
        self.made.notify_one();
    }

    /// The waiting batches. A panic elsewhere leaves them usable: each change is one step.
    fn pieces(&self) -> MutexGuard<'_, BatchQueue<T>> {
        self.pieces.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where one thread panics, the others do not wait for it.
struct PanicGuard<'s, T, F, W>(&'s SharedState<T, F, W>)
where
    F: FnMut(&mut T) -> io::Result<bool>,
    W: Fn(&mut T);

impl<T, F, W> Drop for PanicGuard<'_, T, F, W>
where
    F: FnMut(&mut T) -> io::Result<bool>,
    W: Fn(&mut T),
{
    fn drop(&mut self) {
        // A thread that ends in the usual way leaves nothing behind that others wait for.
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::ordered;

    /// The pieces that are joined of so many, where `work` may do something to each.
    fn joined(
        threads: usize,
        pieces: usize,
        work: impl Fn(&mut usize) + Sync,
        fails: Option<usize>,
    ) -> (Vec<usize>, io::Result<()>) {
        let (mut taken, mut joined) = (0, Vec::new());
        let result = ordered(
            threads,
            |piece| {
                *piece = taken;
                taken += 1;
                match fails {
                    Some(at) if at == *piece => Err(io::Error::other("taken")),
                    _ => Ok(*piece < pieces),
                }
            },
            work,
            |piece| {
                joined.push(*piece);
                Ok(())
            },
        );
        (joined, result)
    }

    #[test]
    fn pieces_are_joined_in_order_each_once() {
        for threads in [0, 1, 2, 7] {
            for pieces in [0, 1, 2, 3, 500] {
                let worked = AtomicUsize::new(0);
                let work = |piece: &mut usize| {
                    worked.fetch_add(1, Ordering::Relaxed);
                    if piece.is_multiple_of(7) {
                        std::thread::yield_now();
                    }
                };
                let (joined, result) = joined(threads, pieces, work, None);
                assert!(result.is_ok() && joined.into_iter().eq(0..pieces), "{threads} {pieces}");
                assert_eq!(worked.into_inner(), pieces);
            }
        }
    }

    #[test]
    fn what_comes_before_an_error_of_the_input_is_joined() {
        let (joined, result) = joined(3, 500, |_| {}, Some(100));
        assert!(result.is_err() && joined.into_iter().eq(0..100));
    }

    #[test]
    fn an_error_while_joining_ends_it() {
        let mut count = 0;
        let join = |_: &mut usize| {
            count += 1;
            if count == 5 { Err(io::Error::other("full")) } else { Ok(()) }
        };
        assert!(ordered(3, |_| Ok(true), |_| {}, join).is_err());
        assert_eq!(count, 5);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn nobody_waits_for_a_thread_that_panics() {
        let main = std::thread::current().id();
        let fail = |_: &mut usize| {
            let is_main = std::thread::current().id() == main;
            assert!(is_main, "a mistake of a writer");
            std::thread::yield_now();
        };
        let _ = ordered(3, |_| Ok(true), fail, |_| Ok(()));
    }
}
