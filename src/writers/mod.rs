//! The formats that a directory is exported to: one trait, one table.
//!
//! A new writer is its own file and one line in [`WRITERS`]; the command line, `officedir writers` and
//! the tests take everything else from there. `CONTRIBUTING.md` walks through it.
//!
//! What a writer makes of **one office is pure** and runs on whichever core has that office; what the
//! offices gave is joined in the directory's order. A writer sees offices, a buffer and the files that
//! the host hands it: never a path, the clock, the locale or the environment. So a writer cannot make
//! the output depend on the machine or on the number of threads, and the host alone decides where
//! output goes and when it takes the place of what was there.
//!
//! [`Writer`] says what is called when, on which thread and in which order, and what follows an error.
//! This folder holds the formats and what several of them share (`card`, `array`, `view`). It does not
//! hold the pass that calls them, which is [`crate::export`], nor the places that files go to, which
//! are [`crate::commit`].

mod array;
mod card;
pub mod csv;
#[cfg(feature = "plugins")]
pub mod external;
mod files;
mod fold;
mod heads;
#[cfg(feature = "html")]
pub mod html;
pub mod jcard;
pub mod jscontact;
#[cfg(feature = "labels")]
pub mod labels;
pub mod ldif;
pub mod markdown;
pub mod ndjson;
mod omission;
mod options;
mod own;
mod people;
mod piece;
mod place;
mod target;
#[cfg(feature = "plugins")]
pub mod template;
pub mod vcard;
pub(crate) mod view;
pub mod xcard;
#[cfg(feature = "xlsx")]
pub mod xlsx;
pub mod xml;

pub use files::TargetFiles;
pub use heads::ReferenceWriter;
pub use omission::{OmissionCase, OmittedMember, OmittedMembers, OptionCondition};
pub use options::{OptionInfo, OptionKind, WriterOptions};
pub use piece::{LossSeverity, OfficeOutput, OutputProblem};
pub(crate) use target::take_file;
pub use target::{FileSection, Target};

use std::io;
use std::path::Path;

use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::text::{nearest, printable};

/// Every built-in writer, in the order in which `export` runs those that it runs by default.
pub static WRITERS: &[&WriterInfo] = &[
    &vcard::INFO,
    &xml::INFO,
    &csv::INFO,
    #[cfg(feature = "labels")]
    &labels::INFO,
    #[cfg(feature = "html")]
    &html::INFO,
    &ndjson::INFO,
    &xcard::INFO,
    &jcard::INFO,
    &jscontact::INFO,
    &ldif::INFO,
    #[cfg(feature = "xlsx")]
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
    /// The members of the schema that the format is not meant to carry; everything else is carried, or
    /// reported by [`OfficeOutput::lose`]. `tests/writers/losses.rs` holds every writer to that.
    pub leaves_out: &'static [OmittedMembers],
    /// The options that it takes.
    pub options: &'static [OptionInfo],
    /// Makes one from options that were checked against [`WriterInfo::options`].
    pub build: fn(&WriterOptions) -> Result<Box<dyn Writer>, Error>,
}

impl WriterInfo {
    /// The writer of that name.
    ///
    /// # Errors
    /// Names the nearest one, or all of them, where there is none of that name.
    pub fn find(name: &str) -> Result<&'static WriterInfo, Error> {
        let names = || WRITERS.iter().map(|info| info.name);
        WRITERS
            .iter()
            .copied()
            .find(|info| info.name == name)
            .ok_or_else(|| WriterInfo::unknown(name, names()))
    }

    /// The error of a name that is none of the known ones. People ask for a format by the ending of its files and by
    /// the program that opens them, too.
    pub(crate) fn unknown<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> Error {
        let word = name.to_lowercase();
        let is_file = |info: &&&WriterInfo| {
            Path::new(info.file).extension().is_some_and(|it| it.to_str() == Some(&word))
        };
        let is_about = |info: &&&WriterInfo| {
            let about = info.about.to_lowercase();
            about.split(|c: char| !c.is_alphanumeric()).any(|it| it == word)
        };
        // Of an ending that several have nobody knows which is meant.
        let mut of_file = WRITERS.iter().filter(is_file);
        let of_file = of_file.next().filter(|_| of_file.next().is_none());
        let of_about = || WRITERS.iter().find(is_about).filter(|_| word.len() > 2);
        let meant = match nearest(name, known.clone()) {
            Some(_) => of_file,
            None => of_file.or_else(of_about),
        };
        match meant {
            Some(info) => Error::new(format!("unknown writer \"{}\"", printable(name)))
                .with_help(format!("did you mean \"{}\"?", info.name)),
            None => Error::unknown("writer", name, known),
        }
    }
}

/// A format. Only [`Writer::office`] is required.
///
/// # The life of a writer
///
/// A writer is built once for a target, before the directory is opened, and may then serve several
/// exports one after the other. In each of them this happens, where *main* is the thread that called
/// [`Directory::export`](crate::directory::Directory::export) and *any* is one of the threads of the
/// export, of which main is one too:
///
/// | when | what is called | thread | how often |
/// | --- | --- | --- | --- |
/// | before the directory is opened | [`WriterInfo::build`], then [`Writer::file`] | main | once for the target |
/// | the export begins | [`Writer::join`] | main | once |
/// | an office is selected | [`Writer::office`] | any | once an office, in any order, several at once |
/// | a batch of offices is done | [`Assembler::append`] | main | once a batch, in the directory's order |
/// | all batches are done | [`Assembler::finish`] | main | once |
///
/// Without an ordered half of its own, which is when [`Writer::join`] gives `None`, the host joins: it
/// writes what [`Writer::begin`] gives, the bytes of every batch, and what [`Writer::end`] gives, to the
/// target's file. With one, nobody calls `begin` and `end` but the writer itself.
///
/// A target that is one [section](FileSection) of a file, as engines with many machines write it, has no
/// ordered half either: `begin`, the bytes of the offices, or `end` are all that it writes. A writer for
/// which that makes sense says so by [`Writer::in_sections`].
///
/// # What follows an error
///
/// - **A value has no place in the format.** [`OfficeOutput::lose`] reports it, and the export goes on. People
///   see a warning; under `--strict` nothing of the export is used.
/// - **An office cannot be written rightly.** [`OfficeOutput::refuse`] reports it. From then on nothing is
///   appended or finished for any target, and none of the output may be used. The offices that follow
///   are still given to `office`, so that all refusals are reported at once.
/// - **The output cannot be written.** `append` and `finish` return the error, which ends the export at
///   once, for all targets. Neither is called again; what belongs to the export is dropped.
/// - **An option cannot be used.** [`WriterInfo::build`] returns the [`Error`]. Nothing has been opened
///   by then.
/// - **A panic** in one thread ends the others, and then goes on in the caller of the export.
///
/// # What a writer must not do
///
/// `office` is *pure*: it must not depend on what it was called with before, and must not read the
/// clock, files or the environment, because offices come in any order. What belongs to one export
/// belongs into the [`Assembler`], because the writer lives longer. Caches are fine as long as they cannot be
/// seen in the output.
///
/// # Example
///
/// A telephone list. It has a heading, a line for each number, and reports what it has no place for.
///
/// ```
/// use officedir::commit::StreamStorage;
/// use officedir::directory::{Context, Directory, ReadOptions};
/// use officedir::export::Selection;
/// use officedir::model::Office;
/// use officedir::read::{Document, DirectorySource};
/// use officedir::writers::{OfficeOutput, Target, Writer};
///
/// struct Phones;
///
/// impl Writer for Phones {
///     fn begin(&self, context: &Context<'_>, out: &mut Vec<u8>) {
///         out.extend_from_slice(context.header.organization.name.as_bytes());
///         out.push(b'\n');
///     }
///
///     fn office(&self, _: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
///         for phone in &office.phones {
///             let line = format!("{}: {}\n", office.name, phone.number);
///             piece.bytes.extend_from_slice(line.as_bytes());
///         }
///         for at in 0..office.emails.len() {
///             piece.lose(format!("/emails/{at}"), "a telephone list has no email addresses");
///         }
///     }
/// }
///
/// let json = br#"{
///   "organization": {"name": "Example"},
///   "offices": [{
///     "id": "seat", "name": "Seat", "kind": "world-secretariat",
///     "phones": [{"type": "voice", "number": "+4922897629900"}],
///     "emails": ["seat@example.org"]
///   }]
/// }"#;
/// let document = Document::parse(json)?;
/// let directory = Directory::read(DirectorySource::Document(&document), ReadOptions::default())?;
/// let target = Target::with_writer("phones", "phones.txt", Box::new(Phones))?;
/// let mut out = Vec::new();
/// let outcome = directory.export(&[target], &Selection::default(), &mut StreamStorage::new(&mut out))?;
///
/// assert_eq!(String::from_utf8(out)?, "Example\nSeat: +4922897629900\n");
/// // The export went on, and says what it lost, of which office.
/// let (_, problem) = &outcome.problems[0];
/// assert!(!outcome.failed() && outcome.has_losses());
/// assert_eq!((&*problem.office, &*problem.pointer), ("seat", "/emails/0"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Writer: Send + Sync {
    /// Appends what one office is in this format to the piece. Pure, and called on any thread in any
    /// order. What cannot be carried goes to [`OfficeOutput::lose`], what cannot be written to
    /// [`OfficeOutput::refuse`].
    ///
    /// The piece may hold other offices already: a writer appends to its bytes and never looks at them.
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput);

    /// What stands in front of the first office. The host calls it right before it writes the first
    /// batch, or at the end where there was none.
    fn begin(&self, _context: &Context<'_>, _out: &mut Vec<u8>) {}

    /// What stands behind the last office.
    fn end(&self, _context: &Context<'_>, _out: &mut Vec<u8>) {}

    /// The name of its file, where options give it another one than [`WriterInfo::file`]: labels as
    /// pictures are not called `labels.pdf`. The target's option `file` wins over both.
    fn file(&self) -> Option<&'static str> {
        None
    }

    /// Whether the bytes of all pieces behind one another are the body of the file, so that it can be
    /// written in parts on several machines.
    fn in_sections(&self) -> bool {
        false
    }

    /// The ordered half of a writer whose file is more than the bytes of its offices behind one another.
    /// With `None`, the host writes [`Writer::begin`], the bytes of every piece and [`Writer::end`] to
    /// the target's file.
    ///
    /// Called once at the beginning of every export, on its main thread, before any office.
    fn join<'a>(&'a self, _context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        None
    }
}

/// The ordered half of a [`Writer`]: gets what the writer made of the offices, in the directory's order,
/// on one thread, and writes the files.
///
/// A join lives as long as one export. It may keep what it likes between calls, but memory should not
/// grow with the number of offices where the format allows that: labels are put on a page and written
/// when the page is full, while a workbook has to be kept until its end.
///
/// After [`Assembler::finish`], or an error of either method, nothing is called any more. An export that was
/// refused is not finished: the join is dropped, and what it has written is not used.
///
/// # Example
///
/// A list that ends with a count, and a second file beside it. The pure half [keeps](OfficeOutput::keep) values
/// for the ordered half, which [takes](OfficeOutput::take) them.
///
/// ```
/// use std::io;
///
/// use officedir::directory::{Context, Directory, ReadOptions};
/// use officedir::export::Selection;
/// use officedir::model::Office;
/// use officedir::read::{Document, DirectorySource};
/// use officedir::storage::Storage;
/// use officedir::writers::{TargetFiles, Assembler, OfficeOutput, Target, Writer};
///
/// struct Names;
///
/// impl Writer for Names {
///     fn office(&self, _: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
///         piece.keep(office.name.to_string());
///     }
///
///     fn join<'a>(&'a self, _: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
///         Some(Box::new(Counted { count: 0 }))
///     }
/// }
///
/// struct Counted {
///     count: usize,
/// }
///
/// impl Assembler for Counted {
///     fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
///         for name in piece.take::<String>() {
///             self.count += 1;
///             writeln!(files.main()?, "{name}")?;
///         }
///         Ok(())
///     }
///
///     fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
///         files.beside("count.txt", self.count.to_string().as_bytes())
///     }
/// }
///
/// /// Files in memory.
/// #[derive(Default)]
/// struct Memory(std::collections::BTreeMap<String, Vec<u8>>);
///
/// impl Storage for Memory {
///     fn open(&mut self, name: &str) -> io::Result<&mut dyn io::Write> {
///         Ok(self.0.entry(name.to_owned()).or_default())
///     }
/// }
///
/// let json = br#"{
///   "organization": {"name": "Example"},
///   "offices": [{"id": "a", "name": "A", "kind": "office"}, {"id": "b", "name": "B", "kind": "office"}]
/// }"#;
/// let document = Document::parse(json)?;
/// let directory = Directory::read(DirectorySource::Document(&document), ReadOptions::default())?;
/// let target = Target::with_writer("names", "names.txt", Box::new(Names))?;
/// let mut memory = Memory::default();
/// directory.export(&[target], &Selection::default(), &mut memory)?;
/// assert_eq!(memory.0["names.txt"], b"A\nB\n");
/// assert_eq!(memory.0["count.txt"], b"2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Assembler {
    /// Takes what the writer made of the next batch of offices: of all that are selected in it, which may
    /// be none. The host empties the piece afterwards, so nothing needs to be left in a certain state.
    ///
    /// # Errors
    /// What went wrong with the output. It ends the export.
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()>;

    /// Ends the output. Called exactly once in an export that nothing forbids to use, also where no
    /// office was selected and [`Assembler::append`] never came.
    ///
    /// # Errors
    /// What went wrong with the output. It ends the export.
    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()>;
}
