//! The model against its contract and its source.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../support/generated.rs"]
mod generated;
mod objects;
mod schema;
mod source;
