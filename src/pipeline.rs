//! Work on numbered pieces of input by all cores, joined again in their order, in bounded memory.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Pieces on their way for each thread; more only costs memory.
const A_THREAD: usize = 4;

/// Fills one piece after the other by `take` until it says that there is no more, works on them on
/// `threads` threads, or on this one where one piece is all, and gives them to `join` in the order in which they were taken. Pieces are made by
/// `T::default` and used again.
///
/// # Errors
/// The first error of `take` or `join`.
pub(crate) fn ordered<T: Default + Send>(
    threads: usize,
    mut take: impl FnMut(&mut T) -> io::Result<bool> + Send,
    work: impl Fn(&mut T) + Sync,
    mut join: impl FnMut(&mut T) -> io::Result<()>,
) -> io::Result<()> {
    let (mut first, mut second) = (T::default(), T::default());
    if !take(&mut first)? {
        return Ok(());
    }
    if !take(&mut second)? {
        // A thread takes longer to start than most pieces take.
        work(&mut first);
        return join(&mut first);
    }
    let threads = threads.max(1);
    let (free, freed) = channel();
    for _ in 2..threads * A_THREAD {
        // The receiver is alive: it is in this function.
        let _ = free.send(T::default());
    }
    let taken = [first, second].into_iter();
    let tickets = Mutex::new(Tickets { taken, freed, take, number: 0, end: None });
    let (done, made) = channel();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (done, tickets, work) = (done.clone(), &tickets, &work);
            scope.spawn(move || run(tickets, work, &done));
        }
        drop(done);
        // Dropping `free` at the end, or on an error, is what lets the threads end.
        let free = free;
        in_order(&made, |mut piece| {
            join(&mut piece)?;
            let _ = free.send(piece);
            Ok(())
        })
    })?;
    match tickets.into_inner().map(|tickets| tickets.end) {
        Ok(Some(Err(error))) => Err(error),
        _ => Ok(()),
    }
}

struct Tickets<T, F> {
    /// Pieces that are filled already.
    taken: std::array::IntoIter<T, 2>,
    freed: Receiver<T>,
    take: F,
    number: usize,
    /// Set when there is no more input.
    end: Option<io::Result<()>>,
}

impl<T, F: FnMut(&mut T) -> io::Result<bool>> Tickets<T, F> {
    /// A free piece is waited for first: so the lowest number is always on its way, and no more than
    /// the free pieces are.
    fn next(&mut self) -> Option<(usize, T)> {
        if self.end.is_some() {
            return None;
        }
        let piece = match self.taken.next() {
            Some(piece) => piece,
            None => self.fill()?,
        };
        self.number += 1;
        Some((self.number - 1, piece))
    }

    fn fill(&mut self) -> Option<T> {
        let mut piece = self.freed.recv().ok()?;
        match (self.take)(&mut piece) {
            Ok(true) => Some(piece),
            end => {
                self.end = Some(end.map(|_| ()));
                None
            }
        }
    }
}

fn run<T, F: FnMut(&mut T) -> io::Result<bool>>(
    tickets: &Mutex<Tickets<T, F>>,
    work: &impl Fn(&mut T),
    done: &Sender<(usize, T)>,
) {
    loop {
        let ticket = tickets.lock().ok().and_then(|mut tickets| tickets.next());
        let Some((number, mut piece)) = ticket else { return };
        work(&mut piece);
        if done.send((number, piece)).is_err() {
            return;
        }
    }
}

fn in_order<T>(
    made: &Receiver<(usize, T)>,
    mut next: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    let mut waiting = BTreeMap::new();
    let mut number = 0;
    for (at, piece) in made {
        waiting.insert(at, piece);
        while let Some(piece) = waiting.remove(&number) {
            next(piece)?;
            number += 1;
        }
    }
    Ok(())
}
