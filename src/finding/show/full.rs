//! Findings with their source lines, drawn by `annotate-snippets` as rustc draws them.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet,
};

use crate::finding::show::lines::LONGEST;
use crate::finding::show::{FindingReport, ReportedFile, for_people};
use crate::finding::{DOUBTFUL, Finding, Severity};
use crate::text::printable;

/// The longest line that is shown twice, as it is and as it should be.
const LONGEST_PATCH: usize = 160;
/// How many related places are shown.
const RELATED: usize = 5;

/// Each finding with its source line, the related places and what to write instead.
pub(super) fn render(reports: &[FindingReport<'_>]) -> String {
    for_people(reports, |report, mut findings| {
        let renderer = if report.color { Renderer::styled() } else { Renderer::plain() };
        // Errors last: a terminal shows the end of a long text.
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let mut text = String::new();
        let is_doubt = |it: &&Finding| it.code == DOUBTFUL && it.severity == Severity::Warning;
        let doubts: Vec<&Finding> = findings.iter().copied().filter(is_doubt).collect();
        // One is shown as it is: it takes as many lines.
        if doubts.len() > 1 {
            findings.retain(|finding| !is_doubt(finding));
            text.push_str(&renderer.render(&[folded(report, &doubts)]));
            text.push_str("\n\n");
        }
        for finding in findings {
            text.push_str(&renderer.render(&groups(report, finding)));
            text.push_str("\n\n");
        }
        text
    })
}

/// The doubts that the directory itself notes, as one finding: whoever wrote the notes knows them.
fn folded<'r>(report: &'r FindingReport<'_>, doubts: &[&Finding]) -> Group<'r> {
    let title = format!("{} notes say that a value is doubtful", doubts.len());
    let lines = doubts.iter().map(|it| report.file(it).lines.place(it.span.start).line.to_string());
    let mut lines: Vec<String> = lines.collect();
    lines.dedup();
    let path = printable(report.directory.path);
    let at = format!("{path}, line {}", lines.join(", "));
    Group::with_title(Level::WARNING.primary_title(title).id(DOUBTFUL))
        .element(Origin::path(at))
        .element(Level::HELP.message("--output-format concise shows each of them"))
}

/// A finding as the renderer wants it: the message with its places, and what to write instead as a
/// group of its own.
fn groups<'r>(report: &'r FindingReport<'_>, finding: &'r Finding) -> Vec<Group<'r>> {
    let file = report.file(finding);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(printable(&finding.message)).id(finding.code);
    let mut group = Group::with_title(title);
    // A long line is named and not shown: a directory may be one line of a megabyte.
    group = match source(file, &finding.span, AnnotationKind::Primary, None) {
        Ok(snippet) => group.element(snippet),
        Err(origin) => group.element(origin),
    };
    // A cycle may have twenty members; five show what is meant.
    for (span, what) in finding.related.iter().take(RELATED) {
        group = match source(file, span, AnnotationKind::Context, Some(what)) {
            Ok(snippet) => group.element(snippet),
            Err(origin) => group.element(origin),
        };
    }
    if let Some(office) = &finding.office {
        group = group.element(Level::NOTE.message(format!("in office \"{}\"", printable(office))));
    }
    // The corrected line says more than words, and needs none.
    let patch = finding.edit.as_ref().and_then(|edit| patch(file, &edit.span, &edit.text));
    let help = finding.help.as_deref().map(printable);
    match (patch, help) {
        (Some(patch), help) => {
            let help = help.unwrap_or(Cow::Borrowed("write this instead"));
            vec![group, Group::with_title(Level::HELP.secondary_title(help)).element(patch)]
        }
        (None, Some(help)) => vec![group.element(Level::HELP.message(help))],
        (None, None) => vec![group],
    }
}

/// The line of a place, or the name of the place where the line is too long.
fn source<'r>(
    file: &'r ReportedFile<'_>,
    span: &Range<usize>,
    kind: AnnotationKind,
    label: Option<&'r str>,
) -> Result<Snippet<'r, Annotation<'r>>, Origin<'r>> {
    let line = file.lines.line(span.start);
    let place = file.lines.place(span.start);
    if line.len() > LONGEST {
        let origin = Origin::path(printable(file.path)).line(place.line).char_column(place.column);
        return Err(origin);
    }
    // The renderer wants places in the text that it is given, which is the line made printable.
    let annotation = kind.span(within(file, &line, span)).label(label);
    Ok(Snippet::source(visible(&file.lines.text(line)))
        .path(printable(file.path))
        .line_start(place.line)
        .annotation(annotation))
}

/// The line as it should be, where the edit is within one line that is short enough to show twice.
fn patch<'r>(
    file: &'r ReportedFile<'_>,
    span: &Range<usize>,
    text: &'r str,
) -> Option<Snippet<'r, Patch<'r>>> {
    let line = file.lines.line(span.start);
    // An edit across lines, or one that adds some, would have to be drawn as several.
    if line.len() > LONGEST_PATCH || line.end < span.end || text.contains('\n') {
        return None;
    }
    let place = file.lines.place(span.start);
    let patch = Patch::new(within(file, &line, span), printable(text));
    let source = visible(&file.lines.text(line));
    Some(Snippet::source(source).path(printable(file.path)).line_start(place.line).patch(patch))
}

/// A range of the file as one of the line that is shown; of what spans lines, the part in the first one.
fn within(file: &ReportedFile<'_>, line: &Range<usize>, span: &Range<usize>) -> Range<usize> {
    // Measured as it is shown: U+FFFD is longer than the control character whose place it takes.
    let shown =
        |at: usize| visible(&file.lines.text(line.start..at.clamp(line.start, line.end))).len();
    shown(span.start)..shown(span.end)
}

/// A line as it is shown; a tab takes one column, so that marks stand below what they are about.
fn visible(line: &str) -> String {
    printable(&line.replace('\t', " ")).into_owned()
}
