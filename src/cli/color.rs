//! Colours of what people read. A line is painted by what it begins with, after everything in it was made printable,
//! so that no value of a file can have a colour of its own.

use std::io;

use anstyle::{AnsiColor, Style};
use officedir::text::printable_lines;

/// The beginning of a line that is painted, in bytes, and how.
pub(super) type Painter = fn(&str) -> Option<(usize, Style)>;

/// Headings, which have no colour of their own.
const BOLD: Style = Style::new().bold();

/// A colour as findings have them.
const fn bright(color: AnsiColor) -> Style {
    color.on_default().bold()
}

/// Takes the choice of the command line for all output from here on.
pub(super) fn choose(choice: clap::ColorChoice) {
    let choice = match choice {
        clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
        clap::ColorChoice::Always => anstream::ColorChoice::Always,
        clap::ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Whether a terminal that wants colours reads the stream.
pub(super) fn color(stream: &impl anstream::stream::RawStream) -> bool {
    // Follows --color, else NO_COLOR, CLICOLOR_FORCE and TERM, and whether the stream is a terminal.
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// The text as standard output shows it.
pub(super) fn for_output(text: &str, painter: Painter) -> String {
    painted(&printable_lines(text), painter, color(&io::stdout()))
}

/// The text as standard error shows it.
pub(super) fn for_messages(text: &str) -> String {
    painted(&printable_lines(text), message, color(&io::stderr()))
}

/// Paints the beginning of every line that the painter names; without colours the text stays as it is.
fn painted(text: &str, painter: Painter, is_wanted: bool) -> String {
    if !is_wanted {
        return text.to_owned();
    }
    // The line's end is never painted, so a style ends on the line that it began on.
    let paint = |line: &str| match painter(line.trim_end_matches('\n')) {
        Some((end, style)) => format!("{style}{}{style:#}{}", &line[..end], &line[end..]),
        None => line.to_owned(),
    };
    text.split_inclusive('\n').map(paint).collect()
}

/// `error:`, `warning:` and `help:`.
fn message(line: &str) -> Option<(usize, Style)> {
    let styles = [
        ("error:", bright(AnsiColor::BrightRed)),
        ("warning:", bright(AnsiColor::Yellow)),
        ("  help:", bright(AnsiColor::BrightCyan)),
    ];
    let (word, style) = styles.into_iter().find(|(word, _)| line.starts_with(word))?;
    Some((word.len(), style))
}

/// Differences: what was added, removed, changed and moved.
pub(super) fn difference(line: &str) -> Option<(usize, Style)> {
    let color = match line.trim_start().as_bytes().first()? {
        b'+' => AnsiColor::Green,
        b'-' => AnsiColor::Red,
        b'~' => AnsiColor::Yellow,
        b'>' => AnsiColor::Cyan,
        _ => return None,
    };
    Some((line.len(), color.on_default()))
}

/// A list with headings: lines that are not indented, up to what stands apart from them, and the names of what is
/// below them (`Region:`, `version=`).
pub(super) fn list(line: &str) -> Option<(usize, Style)> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    if indent == 0 && !line.is_empty() {
        // Columns stand apart by two spaces or more: what is behind them is no part of the name.
        return Some((line.find("  ").unwrap_or(line.len()), BOLD));
    }
    let is_of_name = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_';
    let end = text.find(is_of_name).filter(|end| text[*end..].starts_with(['=', ':']))?;
    // A place such as `12:30` in a value is no name.
    text.starts_with(char::is_alphabetic).then_some((indent + end, AnsiColor::Cyan.on_default()))
}

/// Markdown: headings, and the fences of examples.
pub(super) fn markdown(line: &str) -> Option<(usize, Style)> {
    match line {
        _ if line.starts_with("## ") => Some((line.len(), BOLD)),
        _ if line.starts_with("```") => Some((line.len(), Style::new().dimmed())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, painter: Painter) -> String {
        painted(text, painter, true).replace('\u{1b}', "^")
    }

    #[test]
    fn lines_are_painted_by_what_they_begin_with() {
        assert_eq!(
            shown("error: a\n  help: b\n", message),
            "^[1m^[91merror:^[0m a\n^[1m^[96m  help:^[0m b\n"
        );
        assert_eq!(shown("+ a\nb\n", difference), "^[32m+ a^[0m\nb\n");
        assert_eq!(
            shown("vcard   vCards\n  a=b  c\n", list),
            "^[1mvcard^[0m   vCards\n^[36m  a^[0m=b  c\n"
        );
        assert_eq!(shown("## a\nb", markdown), "^[1m## a^[0m\nb");
    }

    #[test]
    fn nothing_is_painted_where_nobody_wants_colours() {
        assert_eq!(painted("error: a\n", message, false), "error: a\n");
    }
}
