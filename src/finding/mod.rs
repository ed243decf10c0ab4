//! A finding: what is wrong with a directory, and where; the rule that it is of, as data; and how findings are
//! shown. Which function runs for a rule is the business of [`crate::check`].

mod fix;
mod list;
mod rule;
pub mod show;
pub(crate) mod syntax;

use std::ops::Range;

pub use fix::apply;
pub use list::{Findings, MOST, Omitted};
pub use rule::Rule;
pub use syntax::is_fatal;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The directory is not exported.
    Error,
    /// Something to look at.
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

/// A change of the document that would correct a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Byte range in the document that is replaced.
    pub span: Range<usize>,
    /// What stands there then.
    pub text: String,
    /// Whether it can be made without asking: it keeps what the editor meant.
    pub safe: bool,
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
    /// What to write instead.
    pub edit: Option<Edit>,
    /// Whether the places are in the configuration, not in the directory.
    pub in_config: bool,
}

impl Finding {
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
