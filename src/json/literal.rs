//! Places in a text, found again in the JSON string that is written for it.

use std::ops::Range;

/// Where a byte range of a text stands within the JSON string that is written for the text: its own byte
/// range, counted from the opening quote. An escape counts as a whole, so that a finding never marks half
/// of `\u00e9`.
pub(crate) fn within(literal: &str, text: &Range<usize>) -> Range<usize> {
    // One walk for both ends: the second goes on from where the first has stopped.
    let (mut at, mut read) = (1, 0);
    let mut until = |end: usize| {
        // The closing quote stands for no character, so a range that is too long ends in front of it.
        while read < end && at + 1 < literal.len() {
            let (source, decoded) = step(&literal[at..]);
            (at, read) = (at + source, read + decoded);
        }
        at
    };
    let start = until(text.start);
    start..until(text.end)
}

/// The bytes that the next character takes in the string, and those that it takes in the text.
fn step(rest: &str) -> (usize, usize) {
    let unit = |at: usize| u32::from_str_radix(rest.get(at..at + 4)?, 16).ok();
    match rest.as_bytes() {
        [b'\\', b'u', ..] => match unit(2) {
            // A surrogate pair: two escapes for one character of four bytes.
            Some(0xd800..=0xdbff) => (12, 4),
            // Half a pair is no text, but counts as U+FFFD, of three bytes, where it is read
            // leniently.
            code => (6, code.and_then(char::from_u32).map_or(3, char::len_utf8)),
        },
        [b'\\', ..] => (2, 1),
        _ => {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            (length, length)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::json::within;

    #[test]
    fn escapes_count_as_a_whole() {
        let literal = r#""a日\u202e\n\ud834\udd1e\"ü""#;
        let text: String = serde_json::from_str(literal).unwrap_or_default();
        let expected = ["a", "日", "\\u202e", "\\n", "\\ud834\\udd1e", "\\\"", "ü"];
        for ((at, c), expected) in text.char_indices().zip(expected) {
            assert_eq!(&literal[within(literal, &(at..at + c.len_utf8()))], expected);
        }
        let all = within(literal, &(0..text.len()));
        assert_eq!(&literal[all], &literal[1..literal.len() - 1]);
    }
}
