//! How far a long command is, on a terminal.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

/// What takes less time is done before one could read of it.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on standard error, where that is a terminal: offices done, how many a second, and the time left.
pub(super) struct OfficeProgress {
    /// When the command began.
    began: Instant,
    /// `None` until there is something to show, and after it was cleared.
    bar: Mutex<Option<ProgressBar>>,
    /// Whether nothing is ever drawn.
    quiet: bool,
}

impl OfficeProgress {
    /// Begins to count; nothing is ever drawn if it is to be quiet.
    pub(super) fn new(quiet: bool) -> Self {
        OfficeProgress { began: Instant::now(), bar: Mutex::new(None), quiet }
    }

    /// Time since the beginning.
    pub(super) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Shows that so many offices are done, of as many as there are.
    pub(super) fn show(&self, done: usize, all: Option<usize>) {
        // Asked first, as it is most often: the lock is not taken for commands that end within a
        // second.
        if self.quiet || self.began.elapsed() < PATIENCE {
            return;
        }
        let mut bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        // indicatif draws on standard error, and only where that is a terminal.
        let bar = bar.get_or_insert_with(|| styled(all));
        if bar.length() != all.map(|all| all as u64) {
            // Another part of the work begins: offices are checked first, then written.
            bar.finish_and_clear();
            *bar = styled(all);
        }
        bar.set_position(done as u64);
    }

    /// Takes the bar away, before something else is said.
    pub(super) fn clear(&self) {
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for OfficeProgress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// A bar for a known number of offices, else a spinner with a count.
fn styled(all: Option<usize>) -> ProgressBar {
    let (bar, template) = match all {
        Some(all) => (
            ProgressBar::new(all as u64),
            "{bar:30} {human_pos} of {human_len} offices, {rate}, {eta} left",
        ),
        None => (ProgressBar::no_length(), "{spinner} {human_pos} offices checked, {rate}"),
    };
    // The templates are constants that the test below makes once.
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.progress_chars("##-").with_key("rate", rate)),
        Err(_) => bar,
    }
}

/// Offices in a second, without the fractions that indicatif has.
fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    // A bar that cannot be drawn is no reason to stop.
    let _ = write!(out, "{}/s", count(state.per_sec() as u64));
}

/// A number for people: "100,000".
pub(super) fn count(number: u64) -> String {
    HumanCount(number).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use indicatif::{InMemoryTerm, ProgressDrawTarget};

    use super::*;

    fn drawn(all: Option<usize>) -> String {
        let terminal = InMemoryTerm::new(2, 100);
        let bar = styled(all);
        bar.set_draw_target(ProgressDrawTarget::term_like(Box::new(terminal.clone())));
        bar.set_position(50_000);
        bar.force_draw();
        terminal.contents()
    }

    #[test]
    fn says_what_is_done() {
        let bar = drawn(Some(100_000));
        assert!(bar.starts_with("###############"), "{bar}");
        assert!(bar.contains(" 50,000 of 100,000 offices, ") && bar.ends_with(" left"), "{bar}");
        assert!(drawn(None).contains(" 50,000 offices checked, "));
    }
}
