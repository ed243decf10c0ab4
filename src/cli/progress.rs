//! How far an export is, on a terminal.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The line is drawn again after that many offices; a directory of fewer is done before one could read.
const STEP: usize = 2_000;

/// Characters of the bar.
const WIDTH: usize = 30;

/// Shows a directory's progress on standard error, where that is a terminal.
pub(super) fn shown() -> Option<impl Fn(usize, Option<usize>) + Sync> {
    let next = AtomicUsize::new(STEP);
    io::stderr().is_terminal().then_some(move |done: usize, total: Option<usize>| {
        let is_end = done > STEP && total == Some(done);
        if is_end || done >= next.load(Ordering::Relaxed) {
            next.store(done + STEP, Ordering::Relaxed);
            super::warn(&line(done, total));
        }
    })
}

/// Back to the line's start, then what is done; the next message writes over it.
fn line(done: usize, total: Option<usize>) -> String {
    let Some(total) = total else { return format!("{done} offices\r") };
    if done >= total {
        // Clears the line.
        return "\x1b[2K\r".to_owned();
    }
    let full = WIDTH * done / total.max(1);
    format!("[{}{}] {done} of {total} offices\r", "#".repeat(full), " ".repeat(WIDTH - full))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn fills_the_bar_and_clears_it() {
        assert_eq!(
            line(500, Some(1000)),
            format!("[{}{}] 500 of 1000 offices\r", "#".repeat(15), " ".repeat(15))
        );
        assert_eq!(line(1000, Some(1000)), "\x1b[2K\r");
        assert_eq!(line(7, None), "7 offices\r");
    }
}
