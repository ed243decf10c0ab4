//! What is found in a directory, and how it is shown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod agreement;
mod cases;
mod drafts;
#[path = "../support/generated.rs"]
mod generated;
#[path = "../support/golden.rs"]
mod golden_files;
mod mutation;
mod oracle;
mod phones;
mod places;
mod safe_edits;
mod scan;
mod suggestions;
mod version;
