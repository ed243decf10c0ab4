//! Every writer of the table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod example;
mod golden;
#[path = "../support/golden.rs"]
mod golden_files;
mod losses;
mod memory;
mod review;
mod xml;
