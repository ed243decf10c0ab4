//! The end of an export that was interrupted and does not end by itself.

use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use super::FAILED;

/// How often the watch looks whether there was an interrupt.
const LOOK: Duration = Duration::from_millis(50);
/// How long an export has to end by itself after an interrupt.
const PATIENCE: Duration = Duration::from_millis(500);

/// Who goes on with the export: it itself, nobody because it is done, or who ends the program.
const RUNNING: u8 = 0;
/// The export has come to its end, and the watch does nothing any more.
const DONE: u8 = 1;
/// The watch has come first, and ends the program.
const ENDING: u8 = 2;

/// Ends the program soon after an interrupt. An export stops by itself between offices and when it writes; a template
/// that computes, or a workbook that is compressed, cannot be stopped.
pub(super) struct InterruptWatch(Arc<AtomicU8>);

impl InterruptWatch {
    /// Begins to watch; `clean` takes away what would be left behind.
    pub(super) fn new(interrupted: Arc<AtomicBool>, clean: impl FnOnce() + Send + 'static) -> Self {
        let state = Arc::new(AtomicU8::new(RUNNING));
        let watched = Arc::clone(&state);
        let watch = move || {
            while !interrupted.load(Ordering::Relaxed) {
                if watched.load(Ordering::Acquire) != RUNNING {
                    return;
                }
                sleep(LOOK);
            }
            sleep(PATIENCE);
            // Whoever changes the state first decides, so that the program never ends while files are renamed.
            let is_ours =
                watched.compare_exchange(RUNNING, ENDING, Ordering::AcqRel, Ordering::Acquire);
            if is_ours.is_ok() {
                clean();
                super::warn("error: interrupted; nothing was changed\n");
                exit(i32::from(FAILED));
            }
        };
        // Where no thread can be had, a second interrupt ends the program.
        let _ = thread::Builder::new().spawn(watch);
        InterruptWatch(state)
    }

    /// Ends the watch: what comes now is not to be cut off. Does not come back where the program is being ended.
    pub(super) fn finish(self) {
        let state = self.0.compare_exchange(RUNNING, DONE, Ordering::AcqRel, Ordering::Acquire);
        // The other thread is about to end the program. In a loop, because `park` may come back by itself.
        while state.is_err() {
            thread::park();
        }
    }
}
