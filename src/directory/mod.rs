//! A directory that was read and checked, which is where every command begins.
//!
//! [`Directory::read`] is the first of the two passes. It reads offices, has each checked on whichever core
//! has it, and joins what they say of each other. The second pass, [`Directory::export`], is in
//! [`crate::export`]: there are no writers here.

mod context;
mod file;
mod header_own;
mod migrate;
mod uid;

use std::io;

pub use context::Context;
pub use file::{DirectoryFile, Offices};
pub use migrate::{Migration, MigrationInput, migrated};
pub(crate) use uid::UidNamespace;

use crate::check::{Checker, RuleSeverity, Suppression, newer_version};
use crate::error::Error;
use crate::finding::{Edit, Finding, Findings, OmittedCounts, apply_where, is_fatal, syntax};
use crate::model::Header;
use crate::pipeline::ordered;
use crate::read::{
    DeclaredIds, DirectorySource, Document, NeedsWholeDocument, OfficeChunk, OtherParts, RawOffice,
    ReferenceBatch, Registry, RegistryBuilder, StreamedFile,
};

/// A directory whose offices were all checked. [`Directory::export`] writes them.
///
/// It holds no offices, only where they are: reading a million of them takes as much memory as reading ten.
///
/// # Example
///
/// ```
/// use officedir::directory::{Directory, ReadOptions};
/// use officedir::read::{Document, DirectorySource};
///
/// let json = br#"{
///   "organization": {"name": "Example"},
///   "offices": [{"id": "a", "name": "A", "kind": "office", "parent": "b"}]
/// }"#;
/// let document = Document::parse(json)?;
/// let directory = Directory::read(DirectorySource::Document(&document), ReadOptions::default())?;
/// assert_eq!(directory.checked(), 1);
/// assert!(directory.failed(), "there is no office \"b\"");
/// assert_eq!(directory.findings()[0].code, "office/unknown-parent");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Directory<'d> {
    pub(crate) source: DirectorySource<'d>,
    pub(crate) registry: Registry,
    pub(crate) options: ReadOptions<'d>,
    /// `None` where something is wrong with it, or there is none.
    header: Option<Header<'d>>,
    /// Those on single offices and those on the directory as a whole.
    findings: Findings,
    /// Number of offices that were checked.
    checked: usize,
}

/// How a directory is read. The default is one thread, nothing suppressed, and no progress.
#[derive(Clone, Copy, Default)]
pub struct ReadOptions<'d> {
    /// Number of threads that work on it, for export too; 0 counts as 1.
    pub threads: usize,
    /// Findings that are known and stay. They are counted while the directory is read.
    pub suppressions: &'d [Suppression],
    /// What findings of a rule weigh, where that is not what the rule says.
    pub severities: &'d [RuleSeverity],
    /// Whether it is a part of a directory, and what that knows of the other parts.
    pub others: Option<OtherParts<'d>>,
    /// Whether every finding with a safe edit is kept, however many there are.
    pub edits: bool,
    /// Whether an export leaves an office out of the formats that cannot write it, instead of writing nothing.
    pub keep_going: bool,
    /// Is told again and again, while offices are read and while they are written, how many are done, and
    /// how many there are where that is known. Called on the thread that reads or exports, once a batch.
    pub progress: Option<&'d (dyn Fn(usize, Option<usize>) + Sync)>,
}

/// How many threads can run at once.
pub fn available_threads() -> usize {
    // Respects the limits of containers and of CPU affinity. Where it cannot be told, one thread is
    // always right.
    std::thread::available_parallelism().map_or(1, usize::from)
}

impl ReadOptions<'_> {
    /// Calls back with how far it is, if anybody wants to know.
    pub(crate) fn report_progress(&self, done: usize, all: Option<usize>) {
        if let Some(progress) = self.progress {
            progress(done, all);
        }
    }
}

impl<'d> Directory<'d> {
    /// Reads a directory and checks all of it. What is wrong with it is in [`Directory::findings`].
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn read(source: DirectorySource<'d>, options: ReadOptions<'d>) -> Result<Self, Error> {
        Ok(Directory::pass(source, options)?)
    }

    /// The first pass: checks every office and takes what others refer to.
    fn pass(source: DirectorySource<'d>, options: ReadOptions<'d>) -> io::Result<Self> {
        let unread = |findings: Vec<Finding>| {
            let registry = RegistryBuilder::new(&DeclaredIds::default()).finish()?;
            let findings = findings.into();
            Ok(Directory { source, registry, options, header: None, findings, checked: 0 })
        };
        if let DirectorySource::Document(document) = source
            && document.findings.iter().any(is_fatal)
        {
            return unread(document.findings.clone());
        }
        if let Some(finding) = newer_version(source) {
            return unread(vec![finding]);
        }
        let checker = Checker::new(options.suppressions).severities(options.severities);
        let declared = DeclaredIds::of(source.header().map(|(header, _)| header));
        let all = match source {
            DirectorySource::Document(document) => Some(document.offices.len()),
            DirectorySource::Streamed(_) => None,
        };
        let (mut joining, mut checked, mut found) =
            (RegistryBuilder::new(&declared), 0, Findings::with(options.edits));
        let mut chunks = source.chunks()?;
        ordered(
            options.threads,
            |chunk: &mut CheckedBatch| chunks.next(&mut chunk.input),
            |chunk| chunk.check(source, &checker, &declared, options.edits),
            |chunk| {
                checked += chunk.checked;
                found.append(&mut chunk.findings);
                options.report_progress(checked, all);
                joining.take(&mut chunk.heads)
            },
        )?;
        let registry = match options.others {
            Some(others) => joining.finish_part(others)?,
            None => joining.finish()?,
        };
        let mut findings = Findings::default();
        let mut header = checker.whole(source, &registry, &mut findings)?;
        // A part may be empty, and what has a header is a directory without offices.
        if checked == 0 && source.header().is_none() && options.others.is_none() {
            // What has failed in front of a pipe must not be taken for a directory without offices.
            findings.push(nothing());
            header = None;
        }
        findings = findings.merge(found).finish();
        if let DirectorySource::Document(document) = source
            && findings.has_fatal()
        {
            // Behind a syntax error an office may not be what it seems: only the text as a whole counts.
            findings = document.scan().into();
        }
        Ok(Directory { source, registry, options, header, findings, checked })
    }

    /// Reads a JSON document in parts; nothing where it has to be read as a whole, because its offices are
    /// not its last member, or what is wrong with it is no matter of single offices.
    ///
    /// # Errors
    /// As [`Directory::read`].
    pub fn read_streaming(
        document: &'d StreamedFile,
        options: ReadOptions<'d>,
    ) -> Result<Option<Self>, Error> {
        let of_office = |finding: &Finding| finding.pointer.starts_with("/offices/");
        match Directory::pass(DirectorySource::Streamed(document), options) {
            Ok(directory) => {
                // Any other finding may be the consequence of having taken the document apart at the
                // wrong place. Reading it as a whole decides.
                let in_parts = |it: &Finding| of_office(it) && !is_fatal(it);
                let all = directory.findings().iter().all(in_parts);
                Ok((all && !directory.findings.has_fatal()).then_some(directory))
            }
            Err(error) if NeedsWholeDocument::is_cause(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Where its offices are.
    pub fn source(&self) -> DirectorySource<'d> {
        self.source
    }

    /// The header, where nothing is wrong with it.
    pub fn header(&self) -> Option<&Header<'d>> {
        self.header.as_ref()
    }

    /// What is wrong with the directory, in the order of the file: the first findings, errors before warnings.
    pub fn findings(&self) -> &[Finding] {
        self.findings.kept()
    }

    /// How many findings there are besides those.
    pub fn omitted(&self) -> &OmittedCounts {
        self.findings.omitted()
    }

    /// Both.
    pub fn all_findings(&self) -> &Findings {
        &self.findings
    }

    /// Number of offices that were checked.
    pub fn checked(&self) -> usize {
        self.checked
    }

    /// Whether an error forbids to use it. Warnings do not.
    pub fn failed(&self) -> bool {
        self.findings.has_error()
    }

    /// What writers may know of it besides the office in hand; nothing where the header has a mistake.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn context(&self) -> Result<Option<Context<'_>>, Error> {
        // Nothing to do where the names were few enough to be kept while reading.
        self.registry.name_parents(self.source, self.options.threads)?;
        Ok(self.header.as_ref().map(|header| Context::new(header, &self.registry)))
    }
}

/// The finding on an input of lines that has none.
fn nothing() -> Finding {
    Finding::new(&syntax::JSON, "the file is empty").help(
        "begin with the line { \"organization\": … }; if another command writes it, that one has failed",
    )
}

/// Some offices, and what was found in them.
#[derive(Default)]
struct CheckedBatch {
    /// The offices.
    input: OfficeChunk,
    /// How many of them there were.
    checked: usize,
    /// What is wrong with them.
    findings: Findings,
    /// Their summaries.
    heads: ReferenceBatch,
}

impl CheckedBatch {
    /// Checks the offices of a batch and takes their summaries. Runs on any thread.
    fn check(
        &mut self,
        source: DirectorySource<'_>,
        checker: &Checker<'_>,
        declared: &DeclaredIds<'_>,
        edits: bool,
    ) {
        let CheckedBatch { input, checked, findings, heads } = self;
        // Emptied first, because a batch is used again and again.
        *findings = Findings::with(edits);
        heads.clear();
        *checked = 0;
        input.each(source, |raw: Result<RawOffice<'_>, _>| {
            *checked += 1;
            match raw {
                Ok(raw) => match checker.office(&raw, findings) {
                    Some(office) => heads.add_office(&raw, &office, declared),
                    // Children of an office that cannot be read have a parent all the same.
                    None => heads.read(&raw, declared),
                },
                Err(finding) => findings.push(*finding),
            }
        });
    }
}

/// A document with every safe edit made that its findings ask for, and how many these were. Behind one
/// mistake another may show, so it is checked until there is nothing more to correct. Whatever no edit
/// touches stays byte for byte, white space included.
///
/// ```
/// let broken = br#"{"organization": {"name": "Example",}, "offices": []}"#.to_vec();
/// let (fixed, count) = officedir::directory::corrected(broken, 1)?;
/// assert_eq!(fixed, br#"{"organization": {"name": "Example"}, "offices": []}"#);
/// assert_eq!(count, 1);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// What keeps the directory from being checked.
pub fn corrected(bytes: Vec<u8>, threads: usize) -> Result<(Vec<u8>, usize), Error> {
    let options = ReadOptions { threads, ..ReadOptions::default() };
    corrected_with(bytes, options, |edit| edit.safe)
}

/// The same with every edit that is wanted, safe or only offered, but for what is suppressed.
///
/// # Errors
/// As [`corrected`].
pub fn corrected_with(
    mut bytes: Vec<u8>,
    options: ReadOptions<'_>,
    is_wanted: impl Fn(&Edit) -> bool,
) -> Result<(Vec<u8>, usize), Error> {
    let mut total = 0;
    for _ in 0..CORRECTIONS {
        let parsed = Document::parse(&bytes);
        let was_json = parsed.is_ok();
        let findings = match parsed {
            Err(errors) => errors.0,
            Ok(document) => {
                let options = ReadOptions { edits: true, ..options };
                Directory::read(DirectorySource::Document(&document), options)?.findings().to_vec()
            }
        };
        let (fixed, count) = apply_where(&bytes, &findings, &is_wanted);
        // An edit that is no JSON would be a rule's mistake, and must not cost anybody the file.
        if count == 0 || was_json && Document::parse(&fixed).is_err() {
            break;
        }
        // Round by round: behind a comma that was too many there may be a misspelt member.
        (bytes, total) = (fixed, total + count);
    }
    Ok((bytes, total))
}

/// How often a document is corrected and checked again: syntax, names, values, and then once more.
const CORRECTIONS: usize = 5;
