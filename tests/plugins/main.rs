//! Writers from outside: programs, and templates.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![cfg(unix)]

mod check;
mod external;
#[path = "../support/golden.rs"]
mod golden_files;
#[cfg(target_os = "linux")]
mod hostile;
mod misbehaving;
mod names;
mod protocol;
#[allow(dead_code, reason = "shared with the tests of the command")]
#[path = "../cli/run.rs"]
mod run;
mod templates;
