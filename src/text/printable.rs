//! Text on its way to a terminal or a CI log, which obey some of what they are sent: escape sequences move the
//! cursor or open links, and runners take lines such as `::error::…` and `##vso[…]` for commands of their own.

use std::borrow::Cow;

/// Text of a file or a plug-in as a message quotes it, on one line.
///
/// # Example
///
/// ```
/// use officedir::text::printable;
///
/// assert_eq!(printable("Japan Office"), "Japan Office");
/// assert_eq!(printable("\u{1b}[2J"), "\u{fffd}[2J");
/// assert_eq!(printable("##vso[task.setvariable]"), "##vso(task.setvariable]");
/// ```
///
/// Every character that a terminal obeys, or that moves or hides others, becomes U+FFFD, and the bracket of a
/// runner's `##command[` a parenthesis.
pub fn printable(text: &str) -> Cow<'_, str> {
    printed(text, sign)
}

/// A whole message for people: lines stay lines, and none of them is a runner's command.
///
/// Joiners and the zero-width space stay, unlike in [`printable`]: names in Persian and the scripts of India
/// are written with them, and here a person reads the name rather than looks for a mistake in it.
pub fn printable_lines(text: &str) -> String {
    let keep = |c| match c {
        '\t' | '\n' | '\u{200b}'..='\u{200d}' => c,
        _ => sign(c),
    };
    let mut lines = String::with_capacity(text.len());
    for line in printed(text, keep).split_inclusive('\n') {
        // GitHub's runner looks behind leading white space as well.
        let command = line.trim_start();
        match command.strip_prefix("::") {
            // A third colon makes it none: so begin the related places of a finding.
            Some(rest) if !rest.starts_with(':') => {
                lines.push_str(&line[..line.len() - command.len()]);
                lines.push_str("\u{fffd}:");
                lines.push_str(rest);
            }
            _ => lines.push_str(line),
        }
    }
    lines
}

/// The text with characters changed, and without commands.
fn printed(text: &str, sign: impl Fn(char) -> char) -> Cow<'_, str> {
    let text = match text.chars().any(|c| sign(c) != c) {
        true => Cow::Owned(text.chars().map(sign).collect()),
        false => Cow::Borrowed(text),
    };
    // Rare enough that it is looked for first: nearly all text is given on as it is, without a copy.
    match text.contains("##") {
        true => Cow::Owned(without_commands(&text)),
        false => text,
    }
}

/// The text with a parenthesis for the bracket of each `##[` and `##word[`, which Azure Pipelines, TeamCity and
/// older runners of GitHub obey anywhere in a line. Both take one byte, so that places in the text stay.
fn without_commands(text: &str) -> String {
    let mut rest = text;
    let mut shown = String::with_capacity(text.len());
    while let Some(at) = rest.find("##") {
        let (before, command) = rest.split_at(at + "##".len());
        shown.push_str(before);
        // `##[group]` and `##vso[…]`: a word may stand in between.
        let word = command.len()
            - command.trim_start_matches(|c: char| c == '#' || c.is_alphanumeric()).len();
        rest = command;
        if command[word..].starts_with('[') {
            shown.push_str(&command[..word]);
            shown.push('(');
            rest = &command[word + 1..];
        }
    }
    shown + rest
}

/// U+FFFD in the place of a character that a terminal obeys, or that moves or hides others.
fn sign(c: char) -> char {
    let is_joiner = matches!(c, '\u{200b}'..='\u{200d}');
    if is_joiner || is_forbidden(c) { '\u{fffd}' } else { c }
}

/// Whether no member of a directory may have the character: it is invisible, and moves or hides others. Joiners and
/// the zero-width space are not among these, since names are written with them.
pub(crate) fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text as a message quotes it: that many characters at most, the last of them `…` where it is longer. Where the
/// text has escapes (`\u0000`, `\u{10ffff}`), none is cut in two.
pub(crate) fn excerpt(text: &str, most: usize) -> Cow<'_, str> {
    if text.chars().nth(most).is_none() {
        return Cow::Borrowed(text);
    }
    let mut kept = text.char_indices().nth(most - 1).map_or(text, |(end, _)| &text[..end]);
    // A backslash so close to the end may begin an escape that is cut.
    if let Some(at) = kept.rfind('\\').filter(|at| kept.len() - at < r"\u{10ffff}".len()) {
        kept = kept[..at].trim_end_matches('\\');
    }
    Cow::Owned(format!("{kept}…"))
}

#[cfg(test)]
mod tests {
    use crate::text::{excerpt, printable, printable_lines};

    #[test]
    fn excerpts_are_short_and_cut_no_escape_in_two() {
        assert_eq!(excerpt("abcde", 5), "abcde");
        assert_eq!(excerpt("abcdef", 5), "abcd…");
        assert_eq!(excerpt("日本語日本語", 5), "日本語日…");
        assert_eq!(excerpt(r"abc\u0000def", 8), "abc…");
        assert_eq!(excerpt(r"abc\\def ghi jkl", 6), "abc…");
        assert_eq!(excerpt(r"a\u0000bcdefghijkl", 12), r"a\u0000bcde…");
        assert_eq!(excerpt(r"abc\u{10ffff}def", 13), "abc…");
    }

    #[test]
    fn terminals_and_runners_obey_nothing() {
        let cases = [
            ("plain", "plain"),
            (
                "\u{1b}]8;;https://example.org\u{7}here",
                "\u{fffd}]8;;https://example.org\u{fffd}here",
            ),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("a\u{202e}b\u{200b}c\nd", "a\u{fffd}b\u{fffd}c\u{fffd}d"),
            ("##[error]x ##vso[task.x] ###[y", "##(error]x ##vso(task.x] ###(y"),
            ("# ## [no command", "# ## [no command"),
        ];
        for (text, expected) in cases {
            assert_eq!(printable(text), expected);
        }
    }

    #[test]
    fn lines_stay_and_are_no_commands() {
        let text = "one\n::error::two\n \u{2003}::set-output name=x::\n a::b\n ::: c\n\u{1b}[2Jن\u{200c}ا\r\n";
        let expected = "one\n\u{fffd}:error::two\n \u{2003}\u{fffd}:set-output name=x::\n a::b\n ::: c\n\u{fffd}[2Jن\u{200c}ا\u{fffd}\n";
        assert_eq!(printable_lines(text), expected);
    }
}
