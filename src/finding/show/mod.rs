//! How findings are shown: one format a file, and one table of them all.
//!
//! A format is a function from a [`FindingReport`] to a text. It is pure: colours, paths and the number of
//! findings to show are decided by who makes the report. Formats for people cut off after
//! [`FindingReport::most`] findings and end with a line of counts; formats for programs have everything.
//!
//! A format counts columns as its readers do, and [`SourcePosition`] has all ways. In texts for people and CI logs,
//! whatever is quoted from a file goes through [`crate::text::printable`]; JSON and XML have escapes of
//! their own.

mod azure;
mod concise;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod lines;
mod rdjson;
mod sarif;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::finding::{Finding, OmittedCounts, Rule, Severity};
use crate::text::{counted, hex, printable};
pub use lines::{SourceLines, SourcePosition};

/// A way to show findings. `validate --output-format` takes its name, the help lists it with what it is
/// about, and a test shows every broken directory of the tests in it.
#[non_exhaustive]
pub struct ReportFormat {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Whether people read it, and no program: then its text goes through
    /// [`printable_lines`](crate::text::printable_lines) before a terminal sees it.
    pub for_people: bool,
    /// Whether those who read it know the files of a repository by their paths from its root: then the paths of the
    /// report have to be such.
    pub from_root: bool,
    /// Makes all of it, with the end of the last line, from what was found in each of the files.
    pub render: fn(&[FindingReport<'_>]) -> String,
}

/// Every format. The first one is the default.
pub static FORMATS: &[ReportFormat] = &[
    ReportFormat {
        name: "full",
        about: "for people: the source line, related places, what to write instead",
        for_people: true,
        from_root: false,
        render: full::render,
    },
    ReportFormat {
        name: "concise",
        about: "one line a finding",
        for_people: true,
        from_root: false,
        render: concise::render,
    },
    ReportFormat {
        name: "json",
        about: "JSON, with offsets and edits",
        for_people: false,
        from_root: false,
        render: json::render,
    },
    ReportFormat {
        name: "github",
        about: "GitHub workflow annotations",
        for_people: false,
        from_root: true,
        render: github::render,
    },
    ReportFormat {
        name: "azure",
        about: "Azure Pipelines logging commands",
        for_people: false,
        from_root: true,
        render: azure::render,
    },
    ReportFormat {
        name: "gitlab",
        about: "GitLab Code Quality report",
        for_people: false,
        from_root: true,
        render: gitlab::render,
    },
    ReportFormat {
        name: "sarif",
        about: "SARIF 2.1.0, for code scanning",
        for_people: false,
        from_root: true,
        render: sarif::render,
    },
    ReportFormat {
        name: "junit",
        about: "JUnit XML, for test reports",
        for_people: false,
        from_root: true,
        render: junit::render,
    },
    ReportFormat {
        name: "rdjson",
        about: "Reviewdog Diagnostic Format",
        for_people: false,
        from_root: true,
        render: rdjson::render,
    },
];

/// What is shown, and how much of it.
pub struct FindingReport<'r> {
    /// The directory.
    pub directory: ReportedFile<'r>,
    /// Every rule there is, for formats that list them.
    pub rules: &'r [&'static Rule],
    /// The configuration, where there is one.
    pub config: Option<ReportedFile<'r>>,
    /// The findings, in the file's order.
    pub findings: &'r [Finding],
    /// How many there are besides, which no format lists and every one counts.
    pub omitted: &'r OmittedCounts,
    /// Number of offices that were checked.
    pub offices: usize,
    /// Number of findings that were suppressed.
    pub suppressed: usize,
    /// Number of findings that are shown to people; the others are counted by rule. A directory with one
    /// mistake in every office would fill the terminal otherwise.
    pub most: usize,
    /// Whether the terminal shows colours.
    pub color: bool,
}

/// A file that findings are in.
pub struct ReportedFile<'r> {
    /// Its name, as it is shown.
    pub path: &'r str,
    /// What it says.
    pub lines: SourceLines,
}

impl ReportedFile<'_> {
    /// Begin and end of a range.
    fn places(&self, span: &Range<usize>) -> (SourcePosition, SourcePosition) {
        (self.lines.place(span.start), self.lines.place(span.end))
    }
}

impl<'r> FindingReport<'r> {
    /// The file that a finding is in.
    fn file(&self, finding: &Finding) -> &ReportedFile<'r> {
        match &self.config {
            Some(config) if finding.in_config => config,
            _ => &self.directory,
        }
    }

    /// How many findings of that severity there are, shown or not.
    fn count(&self, severity: Severity) -> usize {
        self.listed(severity) + self.omitted.count(severity)
    }

    /// How many findings of that severity are listed.
    fn listed(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// How much those weigh that are not listed; nothing where all are.
    fn omitted_severity(&self) -> Option<Severity> {
        let severities = [Severity::Error, Severity::Warning];
        severities.into_iter().find(|severity| self.omitted.count(*severity) > 0)
    }

    /// A sentence about those that are not listed, for formats that list all others.
    fn omitted_message(&self) -> String {
        let by_code: Vec<String> =
            self.omitted.by_code().map(|(code, count)| format!("{count} × {code}")).collect();
        let (total, codes) =
            (counted(self.omitted.total(), "more finding", "more findings"), by_code.join(", "));
        format!("{total} not listed: {codes}; correct those that are listed, and check again")
    }

    /// The findings that people are shown, and those that are counted: errors are shown first where not all
    /// are.
    fn shown(&self) -> (Vec<&'r Finding>, Vec<&'r Finding>) {
        let mut shown: Vec<&Finding> = self.findings.iter().collect();
        if shown.len() <= self.most {
            return (shown, Vec::new());
        }
        // Stable, so errors stay in the order of the file, and warnings behind them too.
        shown.sort_by_key(|finding| finding.severity);
        let counted = shown.split_off(self.most);
        (shown, counted)
    }

    /// What is not shown, by code, and the numbers.
    fn summary(&self) -> String {
        let mut text = String::new();
        let (_, hidden) = self.shown();
        if !hidden.is_empty() || !self.omitted.is_empty() {
            // A list and no map: there are few codes, and they stay in the order in which they came.
            let mut counts: Vec<(&str, usize)> = Vec::new();
            let hidden = hidden.iter().map(|finding| (finding.code, 1));
            for (code, more) in hidden.chain(self.omitted.by_code()) {
                match counts.iter_mut().find(|(it, _)| *it == code) {
                    Some((_, count)) => *count += more,
                    None => counts.push((code, more)),
                }
            }
            let all: usize = counts.iter().map(|(_, count)| count).sum();
            text = format!("and {all} more:\n");
            for (code, count) in counts {
                text.push_str(&format!("  {count} × {code}\n"));
            }
        }
        text.push_str(&format!(
            "{}: {}, {}, {}",
            printable(self.directory.path),
            counted(self.offices, "office", "offices"),
            counted(self.count(Severity::Error), "error", "errors"),
            counted(self.count(Severity::Warning), "warning", "warnings")
        ));
        if self.suppressed > 0 {
            text.push_str(&format!(", {} suppressed", self.suppressed));
        }
        text + "\n"
    }

    /// A name of each finding that stays when others come, go or move, by which GitLab and code scanning
    /// know it again: of file, rule, office and member, and not of line or message. The second one of the same
    /// name is counted. 128 bits are enough not to meet by chance.
    fn fingerprints(&self) -> Vec<String> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let of = |finding: &Finding| {
            let Finding { code, office, pointer, message, .. } = finding;
            let text = match office {
                // An office keeps its findings when it moves.
                Some(id) => {
                    let within =
                        // Without the position of the office, which changes when another is added
                        // before it.
                        pointer.strip_prefix("/offices/").and_then(|it| it.split_once('/'));
                    format!("{code}\n{id}\n{}", within.map_or("", |(_, rest)| rest))
                }
                // Mistakes of syntax have no pointer; their message tells them apart.
                None if pointer.is_empty() => format!("{code}\n{message}"),
                None => format!("{code}\n\n{pointer}"),
            };
            let count = seen.entry(text.clone()).or_default();
            *count += 1;
            // Counted, because an office may have two findings of one rule at one member. With the file, because
            // two directories may have an office of the same id.
            let path = self.file(finding).path;
            let digest = Sha256::digest(format!("{path}\n{text}\n{count}"));
            hex(&digest[..16])
        };
        self.findings.iter().map(of).collect()
    }
}

/// A text for people: what is shown of the findings of each file with its numbers below them, and the numbers of all
/// where there are several.
fn for_people<'r>(
    reports: &'r [FindingReport<'_>],
    show: impl Fn(&'r FindingReport<'_>, Vec<&'r Finding>) -> String,
) -> String {
    let mut text = String::new();
    for report in reports {
        text.push_str(&show(report, report.shown().0));
        text.push_str(&report.summary());
    }
    if reports.len() > 1 {
        let count = |severity| reports.iter().map(|it| it.count(severity)).sum();
        text.push_str(&format!(
            "{} files: {}, {}\n",
            reports.len(),
            counted(count(Severity::Error), "error", "errors"),
            counted(count(Severity::Warning), "warning", "warnings")
        ));
    }
    text
}

/// The findings of all files as commands to a CI server, which reads them in the log: those of `command`, and for the
/// findings of a file that are only counted the one that `omitted` makes of severity, path and message.
fn commands(
    reports: &[FindingReport<'_>],
    command: impl Fn(&ReportedFile<'_>, &Finding) -> String,
    omitted: impl Fn(&str, &str, &str) -> String,
) -> String {
    let mut text = String::new();
    for report in reports {
        for finding in report.findings {
            text.push_str(&command(report.file(finding), finding));
        }
        // At the file as a whole, since findings that were only counted have no line any more.
        if let Some(severity) = report.omitted_severity() {
            let (path, message) = (report.directory.path, report.omitted_message());
            text.push_str(&omitted(severity.as_str(), path, &message));
        }
    }
    text
}

/// A list of which each item is made when it is written: all of them at once would take many times as much
/// memory as their text.
struct SerializedOnce<I>(RefCell<I>);

impl<I: Iterator> SerializedOnce<I> {
    /// A list that can be written once.
    fn new(items: I) -> Self {
        SerializedOnce(RefCell::new(items))
    }
}

impl<I: Iterator<Item: Serialize>> Serialize for SerializedOnce<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Used up by the one call that writes it; a second one would write an empty list.
        serializer.collect_seq(&mut *self.0.borrow_mut())
    }
}

/// JSON as it is read by people, with members in the order of their names.
fn json_text(value: &impl Serialize) -> String {
    // Texts and numbers always serialise.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Where the rules are explained: the page of all rules on docs.rs, whose headings become anchors without
/// the slash.
fn rule_url(code: &str) -> String {
    format!(
        "https://docs.rs/officedir/latest/officedir/check/rules_reference/index.html#{}",
        code.replace('/', "")
    )
}
