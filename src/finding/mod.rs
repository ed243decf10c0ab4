//! A finding: what is wrong with a directory, and where; the rule that it is of, as data; and how findings are
//! shown. Which function runs for a rule is the business of [`crate::check`].
//!
//! Findings are made where a mistake is seen and never change afterwards, but for the severity under
//! `--strict`. Nothing reads a finding's message to learn what to do: what programs need of it is a field.
//! Places are byte ranges of the file; they become lines and columns when they are shown ([`show::SourceLines`]).

mod fix;
mod list;
mod rule;
pub mod show;
mod since;
pub(crate) mod syntax;

use std::fmt;
use std::ops::Range;

pub use fix::apply;
pub(crate) use fix::apply_where;
pub use list::{Findings, MOST, OmittedCounts};
pub(crate) use rule::DOUBTFUL;
pub use rule::Rule;
pub use since::since;
pub use syntax::is_fatal;

use crate::text::printable;

/// How much a finding weighs. Errors sort before warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The directory is not exported, and `validate` exits with 1.
    Error,
    /// Something to look at. It is exported all the same, unless warnings count as errors (`--strict`).
    Warning,
}

impl Severity {
    /// The word that reports print.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// The finding on one line, as compilers print them: severity, code, message, and what to do about it.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { severity, code, .. } = self;
        write!(f, "{}[{code}]: {}", severity.as_str(), printable(&self.whole_message()))
    }
}

/// A change of the document that would correct a finding.
///
/// It is shown as advice. [`apply`] makes those that are safe.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// Byte range in the document that is replaced.
    pub span: Range<usize>,
    /// What stands there then.
    pub text: String,
    /// Whether it can be made without asking: it keeps what the editor meant, and the result is valid.
    /// `validate --fix` makes these and no others. A property test makes each alone and validates.
    pub safe: bool,
}

/// One thing that is wrong with a directory, and where.
///
/// # Example
///
/// Findings of a directory, one per line, as editors and CI logs like them:
///
/// ```
/// use officedir::check::RULES;
/// use officedir::directory::{Directory, ReadOptions};
/// use officedir::finding::show::{FORMATS, ReportedFile, SourceLines, FindingReport};
/// use officedir::read::{Document, DirectorySource};
///
/// let json = br#"{
///   "organization": {"name": "Example"},
///   "offices": [{"id": "seat", "name": "Seat", "kind": "ofice"}]
/// }"#;
/// let document = Document::parse(json)?;
/// let directory = Directory::read(DirectorySource::Document(&document), ReadOptions::default())?;
/// let concise = FORMATS.iter().find(|it| it.name == "concise").ok_or("no such format")?;
/// let text = (concise.render)(&[FindingReport {
///     directory: ReportedFile { path: "directory.json", lines: SourceLines::new(json, directory.findings()) },
///     rules: RULES,
///     config: None,
///     findings: directory.findings(),
///     omitted: directory.omitted(),
///     offices: directory.checked(),
///     suppressed: 0,
///     most: usize::MAX,
///     color: false,
/// }]);
/// assert!(text.starts_with("directory.json:3:54: error[office/unknown-kind]: "));
/// assert!(text.contains("did you mean \"office\"?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Stable name of the rule: `office/unknown-parent`. What programs should match on; messages may be
    /// reworded.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop. It may quote from the file, so whoever shows it
    /// on a terminal has to make it [`printable`] first.
    pub message: String,
    /// The id of the office that it is about, where it is about one that has an id.
    pub office: Option<String>,
    /// JSON pointer (RFC 6901) into the document; empty for what is about the document or the
    /// configuration as a whole. Of something that is missing it names the place where it should be.
    pub pointer: String,
    /// Byte range in the document, as the file has it: of compressed input, after unpacking. Of something
    /// that is missing it is the first byte of what lacks it.
    pub span: Range<usize>,
    /// Other places that belong to it, each with its part in the matter: "the first one is here".
    pub related: Vec<(Range<usize>, String)>,
    /// What to do about it, where there is more to say than the message does.
    pub help: Option<String>,
    /// What to write instead, where that is known.
    pub edit: Option<Edit>,
    /// Whether the places are in the configuration, not in the directory.
    pub in_config: bool,
}

impl Finding {
    /// The message with the advice after it, for formats that have a single text for both.
    fn whole_message(&self) -> String {
        match &self.help {
            Some(help) => format!("{}: {help}", self.message),
            None => self.message.clone(),
        }
    }

    /// A finding of a rule, as yet without a place.
    pub fn new(rule: &Rule, message: impl Into<String>) -> Self {
        Finding {
            code: rule.code,
            severity: rule.severity,
            message: message.into(),
            office: None,
            pointer: String::new(),
            span: 0..0,
            related: Vec::new(),
            help: None,
            edit: None,
            in_config: false,
        }
    }

    /// Sets the byte range.
    #[must_use]
    pub fn at(mut self, span: Range<usize>) -> Self {
        self.span = span;
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests a text in place of the one that the finding points at.
    pub(crate) fn write_instead(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            let text = serde_json::Value::from(text).to_string();
            self.edit = Some(Edit { span: self.span.clone(), text, safe: false });
        }
    }

    /// Asks for the text that was probably meant, where there is one.
    #[must_use]
    pub(crate) fn did_you_mean(mut self, near: Option<&str>) -> Self {
        self.help = near.map(|near| format!("did you mean \"{near}\"?"));
        self.write_instead(near);
        self
    }

    /// Sets what to write instead.
    #[must_use]
    pub fn edit(mut self, span: Range<usize>, text: impl Into<String>, safe: bool) -> Self {
        self.edit = Some(Edit { span, text: text.into(), safe });
        self
    }
}
