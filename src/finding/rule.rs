use super::Severity;

/// One thing that is checked.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, `group/name`. Suppressions and reports refer to it.
    pub code: &'static str,
    /// How much a finding of it weighs.
    pub severity: Severity,
    /// What it objects to, in one sentence.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// A piece of a directory that it objects to.
    pub example: &'static str,
    /// The same piece as it should be.
    pub instead: &'static str,
    /// What to do about it.
    pub fix: &'static str,
}

impl Rule {
    /// The rule as a page of Markdown.
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
