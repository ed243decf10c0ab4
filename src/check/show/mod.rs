//! How findings are shown: one format a file, and one table of them all.

mod concise;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod lines;
mod printable;
mod rdjson;
mod sarif;

use std::collections::HashMap;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::{Finding, Severity};
pub use lines::{Lines, Place};
pub use printable::{printable, printable_lines};

/// A way to show findings.
pub struct Format {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Whether people read it, and no program.
    pub for_people: bool,
    /// Makes all of it.
    pub render: fn(&Report<'_>) -> String,
}

/// Every format.
pub static FORMATS: &[Format] = &[
    Format {
        name: "full",
        about: "for people: the source line, related places, what to write instead",
        for_people: true,
        render: full::render,
    },
    Format {
        name: "concise",
        about: "one line a finding",
        for_people: true,
        render: concise::render,
    },
    Format {
        name: "json",
        about: "JSON, with offsets and edits",
        for_people: false,
        render: json::render,
    },
    Format {
        name: "github",
        about: "GitHub workflow annotations",
        for_people: false,
        render: github::render,
    },
    Format {
        name: "gitlab",
        about: "GitLab Code Quality report",
        for_people: false,
        render: gitlab::render,
    },
    Format {
        name: "sarif",
        about: "SARIF 2.1.0, for code scanning",
        for_people: false,
        render: sarif::render,
    },
    Format {
        name: "junit",
        about: "JUnit XML, for test reports",
        for_people: false,
        render: junit::render,
    },
    Format {
        name: "rdjson",
        about: "Reviewdog Diagnostic Format",
        for_people: false,
        render: rdjson::render,
    },
];

/// What is shown.
pub struct Report<'r> {
    /// The directory.
    pub directory: File<'r>,
    /// The configuration, where there is one.
    pub config: Option<File<'r>>,
    /// The findings, in the file's order.
    pub findings: &'r [Finding],
    /// Number of offices that were checked.
    pub offices: usize,
    /// Number of findings that were suppressed.
    pub suppressed: usize,
    /// Number of findings that are shown to people; the others are counted.
    pub most: usize,
    /// Whether the terminal shows colours.
    pub color: bool,
}

/// A file that findings are in.
pub struct File<'r> {
    /// Its name, as it is shown.
    pub path: &'r str,
    /// What it says.
    pub lines: Lines<'r>,
}

impl File<'_> {
    /// Begin and end of a range.
    fn places(&self, span: &Range<usize>) -> (Place, Place) {
        (self.lines.place(span.start), self.lines.place(span.end))
    }
}

impl<'r> Report<'r> {
    /// The file that a finding is in.
    fn file(&self, finding: &Finding) -> &File<'r> {
        match &self.config {
            Some(config) if finding.in_config => config,
            _ => &self.directory,
        }
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The findings that people are shown, and those that are counted: errors are shown first where not all
    /// are.
    fn shown(&self) -> (Vec<&'r Finding>, Vec<&'r Finding>) {
        let mut shown: Vec<&Finding> = self.findings.iter().collect();
        if shown.len() <= self.most {
            return (shown, Vec::new());
        }
        shown.sort_by_key(|finding| finding.severity);
        let counted = shown.split_off(self.most);
        (shown, counted)
    }

    /// What is not shown, by code, and the numbers.
    fn summary(&self) -> String {
        let mut text = String::new();
        let (_, hidden) = self.shown();
        if !hidden.is_empty() {
            let mut counts: Vec<(&str, usize)> = Vec::new();
            for finding in &hidden {
                match counts.iter_mut().find(|(code, _)| *code == finding.code) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((finding.code, 1)),
                }
            }
            text = format!("and {} more:\n", hidden.len());
            for (code, count) in counts {
                text.push_str(&format!("  {count} × {code}\n"));
            }
        }
        text.push_str(&format!(
            "{}: {}, {}, {}",
            printable(self.directory.path),
            number(self.offices, "office"),
            number(self.count(Severity::Error), "error"),
            number(self.count(Severity::Warning), "warning")
        ));
        if self.suppressed > 0 {
            text.push_str(&format!(", {} suppressed", self.suppressed));
        }
        text + "\n"
    }

    /// A name of each finding that stays when others come, go or move: of rule, office and member. The
    /// second one of the same name is counted.
    fn fingerprints(&self) -> Vec<String> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let of = |finding: &Finding| {
            let Finding { code, office, pointer, message, .. } = finding;
            let text = match office {
                // An office keeps its findings when it moves.
                Some(id) => {
                    let within =
                        pointer.strip_prefix("/offices/").and_then(|it| it.split_once('/'));
                    format!("{code}\n{id}\n{}", within.map_or("", |(_, rest)| rest))
                }
                None if pointer.is_empty() => format!("{code}\n{message}"),
                None => format!("{code}\n\n{pointer}"),
            };
            let count = seen.entry(text.clone()).or_default();
            *count += 1;
            let digest = Sha256::digest(format!("{text}\n{count}"));
            digest[..16].iter().map(|byte| format!("{byte:02x}")).collect()
        };
        self.findings.iter().map(of).collect()
    }
}

fn number(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// The message with the advice behind it, for formats that have one text.
fn whole_message(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}: {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// Where the rules are explained.
fn rule_url(code: &str) -> String {
    format!(
        "https://docs.rs/officedir/latest/officedir/check/rules_reference/index.html#{}",
        code.replace('/', "")
    )
}
