//! Widths of columns and heights of rows, which a workbook has to name: spreadsheets fit rows only to what somebody
//! types.
//!
//! Both are estimated from the letters and not measured, since a reader without the workbook's font takes another one.

use unicode_linebreak::linebreaks;

use crate::text::is_east_asian;

/// The narrowest and widest column, in characters: wide enough for a street, and so narrow that a page has room for all
/// columns.
const WIDTHS: (usize, usize) = (5, 22);
/// Height of a line in points: that of Excel's font of 11 points.
const LINE: usize = 15;
/// The highest row in points (Excel specifications and limits).
const HIGHEST: usize = 409;

/// The width of a column with that heading and these cells, in characters: as much as its longest line needs, within
/// bounds. A heading is broken between its words.
pub(super) fn column_width<'c>(heading: &str, cells: impl Iterator<Item = &'c str>) -> usize {
    // The button of the filter covers the end of the heading.
    let words = heading.split(' ').map(|word| columns(word) + 2);
    let lines = cells.flat_map(str::lines).map(columns);
    let widest = words.chain(lines).max().unwrap_or_default();
    widest.clamp(WIDTHS.0, WIDTHS.1)
}

/// The height of a row with these cells, each beside the width of its column, in points.
pub(super) fn row_height<'c>(cells: impl Iterator<Item = (&'c str, usize)>) -> usize {
    let lines = cells.map(|(cell, width)| cell.lines().map(|line| wrapped(line, width)).sum());
    let most: usize = lines.max().unwrap_or_default();
    (most.max(1) * LINE).min(HIGHEST)
}

/// How many lines a line takes in a column of that width.
fn wrapped(line: &str, width: usize) -> usize {
    let (mut lines, mut used, mut start) = (1, 0, 0);
    for (end, _) in linebreaks(line) {
        let (word, space) = (columns(line[start..end].trim_end()), columns(&line[start..end]));
        if used > 0 && used + word > width {
            lines += 1;
            used = 0;
        }
        // What is longer than the column is broken anywhere.
        lines += word.saturating_sub(1) / width;
        used += if word > width { (word - 1) % width + 1 } else { space };
        start = end;
    }
    lines
}

/// How many digits wide a text is, at least about: spreadsheets count widths in digits.
fn columns(text: &str) -> usize {
    let tenths = text.chars().map(|letter| match letter {
        ' ' | '!'..='/' | ':' | 'I' | ';' | '[' | ']' | '|' | 'f' | 'i' | 'j' | 'l' | 'r' | 't' => {
            7
        }
        '@' | 'M' | 'W' | 'm' | 'w' => 17,
        _ if is_east_asian(letter) => 20,
        _ if letter.is_uppercase() => 13,
        _ => 10,
    });
    tenths.sum::<usize>().div_ceil(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_lines() {
        assert_eq!(column_width("Postal code", ["53113"].into_iter()), 8);
        assert_eq!(column_width("City", ["Bonn", "Freiburg im Breisgau\nx"].into_iter()), 19);
        assert_eq!(column_width("Website", ["https://example.org/a/long/path"].into_iter()), 22);
        assert_eq!(column_width("", ["東京都港区"].into_iter()), 10);
    }

    #[test]
    fn rows_are_as_high_as_their_lines() {
        let height = |cell: &str| row_height([(cell, 11), ("", 5)].into_iter()) / LINE;
        assert_eq!(height(""), 1);
        assert_eq!(height("one\ntwo\nthree"), 3);
        assert_eq!(height("12345678901"), 1);
        assert_eq!(height("123456789012"), 2);
        assert_eq!(height("one two three four"), 2);
        assert_eq!(height("https://example.org/somewhere"), 4);
        assert_eq!(height("東京都港区西新橋"), 2);
        assert_eq!(row_height([(&*"x\n".repeat(500), 11)].into_iter()), HIGHEST);
    }
}
