//! Every writer of the table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod address_books;
mod example;
mod foreign;
mod golden;
#[path = "../support/golden.rs"]
mod golden_files;
mod losses;
mod memory;
mod page;
mod people;
mod review;
mod scripts;
mod xml;
