use std::ops::Range;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The directory is not exported.
    Error,
    /// Something to look at.
    Warning,
    /// Something to know.
    Note,
}

impl Severity {
    /// The word that reports print.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// One thing that is wrong with a directory, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable name of the rule: `office/unknown-parent`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The id of the office that it is about, where it is about one that has an id.
    pub office: Option<String>,
    /// JSON pointer (RFC 6901) into the document.
    pub pointer: String,
    /// Byte range in the document.
    pub span: Range<usize>,
    /// Other places that belong to it, each with its part in the matter.
    pub related: Vec<(Range<usize>, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Finding {
    /// An error, as yet without a place.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Finding {
            code,
            severity: Severity::Error,
            message: message.into(),
            office: None,
            pointer: String::new(),
            span: 0..0,
            related: Vec::new(),
            help: None,
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
}
