//! Line and column in a text that is in memory as a whole. Findings have their places from
//! `finding/show/lines.rs`, which can do without the text.

/// Line and column of a byte offset, both from 1; columns count code points. An offset behind the end, or
/// within a character, counts as the end.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
