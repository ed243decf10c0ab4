//! Every writer of the table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod example;
mod golden;
mod losses;
mod memory;
mod xml;
