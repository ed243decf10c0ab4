//! What signals do, so that nothing is left behind by a program that was told to end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::flag::{register, register_conditional_default, register_conditional_shutdown};

use super::{CliError, FAILED};

/// The flags that the handlers share with the program.
struct Signals {
    /// Set by an interrupt and never taken back.
    interrupted: Arc<AtomicBool>,
    /// Whether nothing is held: signals do then what they do to any program.
    idle: Arc<AtomicBool>,
}

/// Made with the first hold: a command that holds nothing leaves interrupts as they are.
static SIGNALS: OnceLock<Signals> = OnceLock::new();

/// While this lives, an interrupt sets a flag and does not end the program, so that what was begun can be
/// taken back.
pub(super) struct HeldInterrupts(&'static Signals);

impl HeldInterrupts {
    /// The flag that an interrupt sets.
    pub(super) fn interrupted(&self) -> &Arc<AtomicBool> {
        &self.0.interrupted
    }

    /// Ends the command if there was an interrupt that came too late to take anything back.
    pub(super) fn release(self) -> Result<(), CliError> {
        match self.interrupted().load(Ordering::Relaxed) {
            true => Err(CliError::new("interrupted")),
            false => Ok(()),
        }
    }
}

impl Drop for HeldInterrupts {
    fn drop(&mut self) {
        // After an interrupt the program ends by itself, and the next SIGHUP must not cut off what it says.
        let interrupted = self.0.interrupted.load(Ordering::SeqCst);
        self.0.idle.store(!interrupted, Ordering::SeqCst);
    }
}

/// Holds interrupts (SIGINT, SIGTERM, SIGHUP). A second SIGINT or SIGTERM ends the program at once; a second
/// SIGHUP does not, because a terminal that is closed sends several.
pub(super) fn hold() -> HeldInterrupts {
    let signals = SIGNALS.get_or_init(|| {
        let signals = Signals {
            interrupted: Arc::new(AtomicBool::new(false)),
            idle: Arc::new(AtomicBool::new(false)),
        };
        for signal in interrupts() {
            // Where a handler cannot be set, the signal ends the program, and the next run sweeps.
            let _ = signals.register(signal);
        }
        signals
    });
    signals.idle.store(false, Ordering::SeqCst);
    HeldInterrupts(signals)
}

impl Signals {
    /// Sets the handlers of one signal.
    fn register(&self, signal: i32) -> std::io::Result<()> {
        // Handlers run in the order in which they were set. The shutdown looks at the flag before the same
        // signal sets it, so that only the second signal ends the program.
        register_conditional_default(signal, Arc::clone(&self.idle))?;
        if signal == signal_hook::consts::SIGINT || signal == signal_hook::consts::SIGTERM {
            let flag = Arc::clone(&self.interrupted);
            register_conditional_shutdown(signal, i32::from(FAILED), flag)?;
        }
        register(signal, Arc::clone(&self.interrupted)).map(drop)
    }
}

/// The signals that interrupt, but for those that we were started to ignore, as `nohup` has it.
#[cfg(target_os = "linux")]
fn interrupts() -> Vec<i32> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // A mask in hexadecimal, whose lowest bit is signal 1.
    let ignored = ignored.and_then(|it| u64::from_str_radix(it.trim(), 16).ok()).unwrap_or(0);
    [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|it| ignored >> (it - 1) & 1 == 0).collect()
}

/// The same where it cannot be known whether `nohup` has started us: SIGHUP stays what it is.
#[cfg(not(target_os = "linux"))]
fn interrupts() -> Vec<i32> {
    vec![signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM]
}

/// Makes a limit on the size of files an error of the write that meets it, where it ends the program
/// otherwise. A handler does that; programs that we start have none.
pub(super) fn survive_file_size_limit() {
    #[cfg(unix)]
    let _ = register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
}
