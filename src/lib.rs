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
//! use officedir::writers::Target;
//! use officedir::read::{Document, DirectorySource};
//! use officedir::writers::WriterInfo;
//!
//! let json = br#"{
//!   "organization": {"name": "Example"},
//!   "offices": [{"id": "seat", "name": "Seat", "kind": "world-secretariat"}]
//! }"#;
//! let document = Document::parse(json)?;
//! let directory = Directory::read(DirectorySource::Document(&document), ReadOptions::default())?;
//! assert!(directory.findings().is_empty());
//! let xml = WriterInfo::find("xml").map_err(|misuse| misuse.message)?;
//! let target = Target::new(xml, Vec::new()).map_err(|misuse| misuse.message)?;
//! let mut out = Vec::new();
//! let outcome = directory.export(&[target], &Selection::default(), &mut StreamStorage::new(&mut out))?;
//! assert!(!outcome.failed());
//! assert!(String::from_utf8(out)?.contains("<office id=\"seat\""));
//! # Ok::<(), Box<dyn std::error::Error>>(())
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

pub mod bounded;
pub mod check;
pub mod commit;
pub mod config;
pub mod conformance;
pub mod diff;
pub mod directory;
pub mod error;
pub mod export;
pub mod finding;
pub mod json;
pub mod model;
mod pipeline;
pub mod postal;
pub mod read;
pub mod stock;
pub mod storage;
mod strict;
pub mod text;
mod typeset;
pub mod writers;
