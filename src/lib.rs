//! One JSON file of an organisation's offices in; vCard, XML, CSV and printable address labels out.
//!
//! The `officedir` command is a thin layer on this library. A [`directory`] is read ([`read`]) and checked
//! ([`check`]), then exported ([`export`]) by any number of writers ([`writers`]) at once; [`commit`] has the
//! places where output goes to. The model that writers see is [`model`], and [`postal`] lays addresses out.
//!
//! ```
//! use officedir::commit::StreamStorage;
//! use officedir::directory::{Directory, ReadOptions};
//! use officedir::export::Selection;
//! use officedir::read::{DirectorySource, Document};
//! use officedir::writers::{Target, WriterInfo};
//!
//! # fn main() -> Result<(), officedir::Error> {
//! let document = Document::parse(br#"{
//!   "organization": {"name": "Example"},
//!   "offices": [{"id": "seat", "name": "Seat", "kind": "world-secretariat"}]
//! }"#)?;
//! let directory = Directory::read(DirectorySource::Document(&document), ReadOptions::default())?;
//! assert!(directory.findings().is_empty());
//! let target = Target::new(WriterInfo::find("xml")?, Vec::new())?;
//! let mut out = Vec::new();
//! let outcome = directory.export(&[target], &Selection::default(), &mut StreamStorage::new(&mut out))?;
//! assert!(!outcome.failed());
//! assert!(String::from_utf8_lossy(&out).contains("<office id=\"seat\""));
//! # Ok(())
//! # }
//! ```
//!
//! `examples/phone_list.rs` is a program with a [writer](writers::Writer) of its own. Programs in other
//! languages are writers by the protocol of [`writers::external`].
//!
//! # Versions
//!
//! Versions follow [semantic versioning](https://semver.org). Before 1.0 a change that breaks users raises
//! the second number, any other the third. A break is one of the public items of this library, of commands,
//! options and exit codes, of `officedir.toml`, of the directory's schema, of a member that templates see, or
//! of the writer protocol, which has a number of its own. Codes of findings and the UIDs of exported
//! contacts never change their meaning. New members of schema and context, new writers, options and findings,
//! and output that serves its readers better are no breaks: pin the version where output must stay the same
//! to the byte. Raising the oldest Rust that compiles it raises the second number.

// What only a format or the command needs is not missed where those are left out.
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]

pub mod bounded;
pub mod check;
pub mod commit;
#[cfg(feature = "plugins")]
pub mod config;
#[cfg(feature = "plugins")]
pub mod conformance;
pub mod diff;
pub mod directory;
mod error;
pub mod export;
pub mod finding;
pub mod json;
pub mod model;
mod pipeline;
pub mod postal;
pub mod read;
#[cfg(feature = "labels")]
pub mod stock;
pub mod storage;
mod strict;
pub mod text;
#[cfg(feature = "labels")]
mod typeset;
pub mod writers;

pub use directory::Directory;
pub use error::{Error, ErrorKind};

/// The page of the documentation that has an example in Rust, which is compiled and run with the others.
#[cfg(doctest)]
#[doc = include_str!("../docs/data-and-library.md")]
struct DataAndLibrary;
