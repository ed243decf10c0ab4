//! The model against its contract and its source.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod objects;
mod schema;
mod source;
