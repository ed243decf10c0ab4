//! The formats that a directory is exported to: one trait, one table.
//!
//! A new writer is its own file and one line in [`WRITERS`]; the command line, `officedir writers` and
//! the tests take everything else from there.
//!
//! What a writer makes of **one office is pure** and runs on whichever core has that office; the pieces
//! are joined in the directory's order. A writer sees offices, a buffer and the files that the host
//! hands it: never a path, the clock, the locale or the environment.

mod array;
mod card;
pub mod csv;
pub mod external;
mod files;
mod heads;
pub mod html;
pub mod jcard;
pub mod jscontact;
pub mod labels;
pub mod ldif;
pub mod markdown;
mod names;
pub mod ndjson;
mod options;
mod piece;
mod target;
pub mod template;
pub mod vcard;
pub(crate) mod view;
pub mod xcard;
pub mod xlsx;
pub mod xml;

pub use files::Files;
pub use heads::Heads;
pub(crate) use names::{Names, Owned};
pub use options::{OptionInfo, OptionKind, Options};
pub use piece::{Piece, Problem, Weight};
pub use target::{Section, Target};

use std::io;

use crate::directory::Context;
use crate::error::Misuse;
use crate::model::Office;

/// Every built-in writer, in the order in which `export` runs those that it runs by default.
pub static WRITERS: &[&WriterInfo] = &[
    &vcard::INFO,
    &xml::INFO,
    &csv::INFO,
    &labels::INFO,
    &html::INFO,
    &ndjson::INFO,
    &xcard::INFO,
    &jcard::INFO,
    &jscontact::INFO,
    &ldif::INFO,
    &xlsx::INFO,
    &markdown::INFO,
];

/// A directory with everything that is hard for a format: separators, quotes, markup, cells that look like
/// formulas, right-to-left text, emoji, lines at the fold limit, ten kilobytes in one value, and an
/// office with nothing.
pub const TORTURE: &str = include_str!("torture.json");

/// What the host knows of a writer before there is one.
pub struct WriterInfo {
    /// The name that selects it on the command line.
    pub name: &'static str,
    /// One line about what it makes.
    pub about: &'static str,
    /// The file that it writes, unless the target's `file` option names another.
    pub file: &'static str,
    /// Whether `export` runs it when no target is named.
    pub default: bool,
    /// The members of the model that the format is not meant to carry; everything else is carried, or
    /// reported as lost.
    pub leaves_out: &'static [&'static str],
    /// The options that it takes.
    pub options: &'static [OptionInfo],
    /// Makes one from options that were checked against [`WriterInfo::options`].
    pub build: fn(&Options) -> Result<Box<dyn Writer>, Misuse>,
}

impl WriterInfo {
    /// The writer of that name.
    ///
    /// # Errors
    /// Names the nearest one, or all of them, where there is none of that name.
    pub fn find(name: &str) -> Result<&'static WriterInfo, Misuse> {
        let names = || WRITERS.iter().map(|info| info.name);
        WRITERS
            .iter()
            .copied()
            .find(|info| info.name == name)
            .ok_or_else(|| Misuse::unknown("writer", name, names()))
    }
}

/// A format. Only [`Writer::office`] is required.
pub trait Writer: Send + Sync {
    /// Appends what one office is in this format to the piece. Pure, and called on any thread in any
    /// order. What cannot be carried goes to [`Piece::lose`], what cannot be written to
    /// [`Piece::refuse`].
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut Piece);

    /// What stands in front of the first office.
    fn begin(&self, _context: &Context<'_>, _out: &mut Vec<u8>) {}

    /// What stands behind the last office.
    fn end(&self, _context: &Context<'_>, _out: &mut Vec<u8>) {}

    /// The name of its file, where options give it another one than [`WriterInfo::file`].
    fn file(&self) -> Option<&'static str> {
        None
    }

    /// Whether the bytes of all pieces behind one another are the body of the file, so that it can be
    /// written in parts.
    fn in_sections(&self) -> bool {
        false
    }

    /// The ordered half of a writer whose pieces are more than concatenated bytes. With `None`, the
    /// host writes [`Writer::begin`], the bytes of every piece and [`Writer::end`] to the target's
    /// file.
    fn join<'a>(&'a self, _context: &'a Context<'a>) -> Option<Box<dyn Join + 'a>> {
        None
    }
}

/// Joins the pieces of a writer in the directory's order, on one thread.
pub trait Join {
    /// Takes the next piece, which holds one or more offices, and leaves it empty.
    ///
    /// # Errors
    /// What went wrong with the output.
    fn append(&mut self, piece: &mut Piece, files: &mut Files<'_>) -> io::Result<()>;

    /// Ends the output.
    ///
    /// # Errors
    /// What went wrong with the output.
    fn finish(self: Box<Self>, files: &mut Files<'_>) -> io::Result<()>;
}
