//! Text as it stands in Markdown.

/// The text without what CommonMark, GitHub and HTML would make of it (CommonMark, section 2.4: any ASCII punctuation
/// may have a backslash). What only means something at the start of a line gets one only there.
pub(crate) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in text.char_indices() {
        // GitHub makes a link to an issue of `#5`, wherever it stands.
        let everywhere = "\\`*_[]<>|~&$#".contains(c);
        let at_start = at == 0 && matches!(c, '+' | '-' | '=');
        let numbers = at == digits && at > 0 && matches!(c, '.' | ')');
        if everywhere || at_start || numbers {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn nothing_of_a_text_is_markdown() {
        let cases = [
            ("1. Bureau", "1\\. Bureau"),
            ("12) Bureau", "12\\) Bureau"),
            ("No. 1", "No. 1"),
            ("- a - b", "\\- a - b"),
            ("a_b *c* [d](e)", "a\\_b \\*c\\* \\[d\\](e)"),
            ("<b> &amp; | #5", "\\<b\\> \\&amp; \\| \\#5"),
        ];
        for (text, expected) in cases {
            assert_eq!(markdown(text), expected);
        }
    }
}
