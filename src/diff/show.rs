//! Differences for people: as text for a terminal, and as Markdown for a pull request. JSON comes from
//! the types themselves.

use std::fmt::Write as _;

use serde_json::Value;

use super::{DirectoryDifference, MemberChange, OfficeName};
use crate::text::{markdown as markdown_text, printable};

/// The numbers, in one line.
fn summary(difference: &DirectoryDifference) -> String {
    let DirectoryDifference { header, added, removed, changed, moved } = difference;
    let mut parts = Vec::new();
    let counts = [(added.len(), "added"), (removed.len(), "removed"), (changed.len(), "changed")];
    for (count, what) in counts.into_iter().chain([(moved.len(), "moved")]) {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let offices = match parts.is_empty() {
        true => "no office differs".to_owned(),
        false => format!("offices: {}", parts.join(", ")),
    };
    match header.len() {
        0 => offices,
        count => format!("{offices}; {count} outside the offices"),
    }
}

/// The differences for a terminal. Writing to a string cannot fail.
pub fn text(difference: &DirectoryDifference) -> String {
    let mut text = String::new();
    let changes = |text: &mut String, changes: &[MemberChange]| {
        for change in changes {
            // Directories that are compared need not be valid, so a name in them may hold an escape sequence.
            let pointer = printable(&change.pointer);
            let _ = match (&change.old, &change.new) {
                (Some(old), Some(new)) => writeln!(text, "    {pointer}: {old} → {new}"),
                (Some(old), None) => writeln!(text, "  - {pointer}: {old}"),
                // A change without either value does not come to be; null would stand for it.
                (None, new) => {
                    writeln!(text, "  + {pointer}: {}", new.as_ref().unwrap_or(&Value::Null))
                }
            };
        }
    };
    if !difference.header.is_empty() {
        text.push_str("~ directory\n");
        changes(&mut text, &difference.header);
    }
    for OfficeName { id, name } in &difference.removed {
        let _ = writeln!(text, "- {} ({})", printable(id), printable(name));
    }
    for OfficeName { id, name } in &difference.added {
        let _ = writeln!(text, "+ {} ({})", printable(id), printable(name));
    }
    for changed in &difference.changed {
        let OfficeName { id, name } = &changed.office;
        let _ = writeln!(text, "~ {} ({})", printable(id), printable(name));
        changes(&mut text, &changed.changes);
    }
    for moved in &difference.moved {
        let id = printable(&moved.office.id);
        let _ = writeln!(text, "> {id}: from {} to {}", moved.from, moved.to);
    }
    let _ = writeln!(text, "{}", summary(difference));
    text
}

/// The differences as Markdown, for a comment on a pull request. Writing to a string cannot fail.
pub fn markdown(difference: &DirectoryDifference) -> String {
    let mut text = format!("**Directory:** {}\n", summary(difference));
    for (title, offices) in [("Added", &difference.added), ("Removed", &difference.removed)] {
        if !offices.is_empty() {
            let _ = write!(text, "\n### {title}\n\n");
            for OfficeName { id, name } in offices {
                let _ = writeln!(text, "- {} ({})", escaped(name), code(id));
            }
        }
    }
    if !difference.header.is_empty() {
        text.push_str("\n### Directory\n\n");
        table(&mut text, &difference.header);
    }
    if !difference.changed.is_empty() {
        text.push_str("\n### Changed\n");
        for changed in &difference.changed {
            let OfficeName { id, name } = &changed.office;
            let _ = write!(text, "\n**{}** ({})\n\n", escaped(name), code(id));
            table(&mut text, &changed.changes);
        }
    }
    if !difference.moved.is_empty() {
        text.push_str("\n### Moved\n\n");
        for moved in &difference.moved {
            let OfficeName { id, name } = &moved.office;
            let (from, to) = (moved.from, moved.to);
            let _ = writeln!(text, "- {} ({}): from {from} to {to}", escaped(name), code(id));
        }
    }
    text
}

/// The changes of an office as a table.
fn table(text: &mut String, changes: &[MemberChange]) {
    text.push_str("| member | old | new |\n| --- | --- | --- |\n");
    for MemberChange { pointer, old, new } in changes {
        let cell = |value: &Option<Value>| {
            value.as_ref().map_or(String::new(), |it| code(&it.to_string()))
        };
        let _ = writeln!(text, "| {} | {} | {} |", code(pointer), cell(old), cell(new));
    }
}

/// A text as code: in more backticks than it holds, with the pipe of tables escaped.
fn code(text: &str) -> String {
    // CommonMark, section 6.1: a code span ends with as many backticks as it began with.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A backtick at an end would become a part of the fence, so a space stands between them. CommonMark takes
    // one away from each end again.
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    // A pipe ends the cell even within code (GitHub Flavored Markdown, section 4.10).
    let text = text.replace('|', "\\|").replace(['\n', '\r'], " ");
    format!("{fence}{space}{text}{space}{fence}")
}

/// A text on one line, without what Markdown and HTML would make of it.
fn escaped(text: &str) -> String {
    // GitHub would notify whoever is called so.
    markdown_text(&text.replace(['\n', '\r'], " ")).replace('@', "@\u{200b}")
}
