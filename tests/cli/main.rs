//! The command as its users run it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod bad_input;
mod bounds;
mod breaks;
mod calibrate;
mod check;
mod ci_paths;
mod config;
mod export;
mod files;
#[path = "../support/golden.rs"]
mod golden_files;
mod growth;
mod help;
mod init;
mod injection;
mod inputs;
mod labels;
mod line_ends;
mod lines;
mod migrate;
mod open;
mod outputs;
mod parts;
mod readme;
mod run;
mod schema;
mod show;
mod since;
mod stock;
mod transcripts;
