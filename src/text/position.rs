//! Line and column in a text that is in memory as a whole. Findings have their places from
//! `finding/show/lines.rs`, which can do without the text.

/// Line and column of a byte offset, both from 1; columns count code points. An offset behind the end, or
/// within a character, counts as the end.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    LineStarts::new(text).line_and_column(offset)
}

/// Where the lines of a text begin, for many questions.
pub(crate) struct LineStarts<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> LineStarts<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        LineStarts { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// As [`line_and_column`].
    pub(crate) fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let offset = if self.text.is_char_boundary(offset) { offset } else { self.text.len() };
        let line = self.starts.partition_point(|start| *start <= offset);
        let before = &self.text[self.starts[line - 1]..offset];
        (line, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::line_and_column;

    #[test]
    fn columns_count_code_points() {
        let text = "a\nä日b\n";
        let expected =
            [(0, (1, 1)), (1, (1, 2)), (2, (2, 1)), (4, (2, 2)), (7, (2, 3)), (8, (2, 4))];
        for (offset, place) in expected {
            assert_eq!(line_and_column(text, offset), place, "{offset}");
        }
        // The end, what is behind it, and what is within a character.
        for offset in [9, 100, 5] {
            assert_eq!(line_and_column(text, offset), (3, 1), "{offset}");
        }
    }
}
