//! A rule as data: what it is called, how much it weighs, and every text about it. Which function runs
//! for a rule, and when, is a table in `check/rules/mod.rs`, so that this room needs nothing from the
//! ones above it.

use super::Severity;

/// The code of the rule on values that the directory's own notes call doubtful: whoever reads it knows of them.
pub(crate) const DOUBTFUL: &str = "note/doubtful";

/// One thing that is checked, as data.
///
/// All texts about a rule are in it, so that `officedir explain`, the page of all rules, the help in
/// SARIF reports and the documentation of the library cannot disagree. They are Markdown, in whole
/// sentences.
///
/// # The life of a rule
///
/// A rule runs at one of four stages of the first pass over a directory:
///
/// | stage | what it sees | thread | what it cannot do |
/// | --- | --- | --- | --- |
/// | reading | bytes | any | be suppressed: behind a mistake of syntax an office may not be what it seems |
/// | schema | one office or the header, as JSON | any | be suppressed: an office with one cannot be exported |
/// | office | one office, typed | any, in any order | see other offices |
/// | whole | what offices refer to, and the offices that this points out | one, at the end | read all offices |
///
/// Rules of an office are pure and run in the order of the table, each office once. They run also on an
/// office that breaks the schema, as far as its types can be read, but a place that already has a finding
/// gets no second one. Rules of the whole run after every office was seen. In the end findings are sorted
/// by their place in the file, so the order in which rules run shows only between findings at one place.
///
/// A rule reports by [`Finding`](super::Finding); it never fails and never changes the office. An error
/// keeps the directory from being exported, a warning does not. Suppressions of the configuration take
/// findings away right where they are made, and are counted.
///
/// # Example
///
/// ```
/// use officedir::check::{RULES, rule};
/// use officedir::finding::Severity;
///
/// let postcode = rule("postal/postcode").ok_or("no such rule")?;
/// assert_eq!(postcode.severity, Severity::Error);
/// assert!(postcode.markdown().starts_with("## postal/postcode\n"));
///
/// // Codes are `group/name`, and stable: suppressions and reports refer to them.
/// assert!(RULES.iter().all(|rule| rule.code.split('/').count() == 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Rule {
    /// Stable name, `group/name`. Suppressions and reports refer to it.
    pub code: &'static str,
    /// How much a finding of it weighs.
    pub severity: Severity,
    /// What it objects to, in one sentence. SARIF's `shortDescription`.
    pub what: &'static str,
    /// Why that matters: what goes wrong with the mail, the import or the export. Of a warning also why it
    /// is none worse.
    pub why: &'static str,
    /// A piece of a directory that it objects to. It need not be JSON as a whole: `…` stands for more.
    pub example: &'static str,
    /// The same piece as it should be; empty where nothing can be written instead.
    pub instead: &'static str,
    /// What to do about it.
    pub fix: &'static str,
}

impl Rule {
    /// What nearly all rules on syntax, and all on the schema, have in common: a file with such a mistake cannot be
    /// exported. The texts are each rule's own.
    pub(crate) const ERROR: Rule = Rule {
        code: "",
        severity: Severity::Error,
        what: "",
        why: "",
        example: "",
        instead: "",
        fix: "",
    };

    /// The rule as a page of Markdown: what `officedir explain` prints, and what stands for it in
    /// `docs/rules.md`. The heading is the code, so that `#postalpostcode` leads to it on docs.rs.
    pub fn markdown(&self) -> String {
        let Rule { code, what, why, example, instead, fix, .. } = self;
        let severity = self.severity.as_str();
        let instead = match instead.is_empty() {
            true => String::new(),
            false => format!("Write instead:\n\n```text\n{instead}\n```\n\n"),
        };
        format!(
            "## {code}\n\n{what} ({severity})\n\n{why}\n\nFor example:\n\n```text\n{example}\n```\n\n\
             {instead}{fix}\n"
        )
    }
}
