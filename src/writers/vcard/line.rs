//! Content lines of vCard 3.0 (RFC 2425, section 5.8; RFC 2426, section 2.6).

use crate::model::every_byte;
use crate::writers::fold::fold;

/// The most octets a line may have without its line break.
const LIMIT: usize = 75;

/// Writes content lines into a buffer: escaped, ended by CRLF and folded.
pub(super) struct CardLines<'b> {
    /// Where the lines are appended.
    out: &'b mut Vec<u8>,
    /// Where the line in hand begins.
    start: usize,
    /// Whether lines are folded that are too long.
    is_folded: bool,
    /// Whether a character was given that no line can hold.
    broken: bool,
}

impl<'b> CardLines<'b> {
    /// Lines behind what the buffer has, folded where they are too long or not.
    pub(super) fn new(out: &'b mut Vec<u8>, is_folded: bool) -> Self {
        let start = out.len();
        CardLines { out, start, is_folded, broken: false }
    }

    /// Whether a character was given that no content line can hold; what was written must not be used.
    pub(super) fn broken(&self) -> bool {
        self.broken
    }

    /// A whole line.
    pub(super) fn line(&mut self, name: &str, text: &str) {
        self.raw(name).raw(":").text(text).end();
    }

    /// A part of a line as it stands: names, parameters and separators of our own.
    pub(super) fn raw(&mut self, part: &str) -> &mut Self {
        self.out.extend_from_slice(part.as_bytes());
        self
    }

    /// Text as a part of a value, escaped (RFC 2426, section 4).
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        if every_byte(text.as_bytes(), |byte| !is_special(byte)) {
            return self.raw(text);
        }
        // A text with one comma in it is still mostly plain.
        for part in text.as_bytes().chunks(16) {
            // A chunk may cut a character, whose bytes are all above 0x7f then, and none of these is special.
            if every_byte(part, |byte| !is_special(byte)) {
                self.out.extend_from_slice(part);
                continue;
            }
            for &byte in part {
                match byte {
                    b'\n' => self.out.extend_from_slice(b"\\n"),
                    b'\\' | b',' | b';' => self.out.extend_from_slice(&[b'\\', byte]),
                    _ if is_special(byte) => self.broken = true,
                    _ => self.out.push(byte),
                }
            }
        }
        self
    }

    /// A URI as a value; it has no escapes.
    pub(super) fn uri(&mut self, uri: &str) -> &mut Self {
        // A line break would end the line, and what follows could be a property of its own.
        self.broken |= !every_byte(uri.as_bytes(), |byte| byte.is_ascii_graphic());
        self.raw(uri)
    }

    /// A parameter that is a token, which needs no quotes: readers differ in those.
    pub(super) fn token(&mut self, name: &str, value: &str) -> &mut Self {
        // Without a separator among them, a value cannot end its parameter.
        self.broken |= !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        self.raw(";").raw(name).raw("=").raw(value)
    }

    /// Ends the line without folding it.
    pub(super) fn end_whole(&mut self) {
        self.out.extend_from_slice(b"\r\n");
        self.start = self.out.len();
    }

    /// Ends the line.
    pub(super) fn end(&mut self) {
        if self.is_folded {
            fold(self.out, self.start, LIMIT, b"\r\n ");
        }
        self.end_whole();
    }
}

/// Whether a byte does not stand for itself in text: separators, and controls, of which only a newline can
/// be written.
fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == 0x7f) | (byte == b'\\') | (byte == b',') | (byte == b';')
}

#[cfg(test)]
mod tests {
    use super::CardLines;

    fn line(text: &str) -> (String, bool) {
        let mut out = Vec::new();
        let mut lines = CardLines::new(&mut out, true);
        lines.line("NOTE", text);
        let broken = lines.broken();
        (String::from_utf8(out).unwrap_or_default(), broken)
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(line("a,b;c\\d:\"e\"\nf").0, "NOTE:a\\,b\\;c\\\\d:\"e\"\\nf\r\n");
    }

    #[test]
    fn folds_at_75_octets_between_characters() {
        for filler in 0..80 {
            let text = format!("{}{}", "x".repeat(filler), "ü日😀".repeat(20));
            let (written, broken) = line(&text);
            assert!(!broken);
            let lines: Vec<&str> = written.split("\r\n").collect();
            assert!(lines.iter().all(|it| it.len() <= 75), "{written}");
            assert!(lines[..lines.len() - 2].iter().all(|it| it.len() > 71), "{written}");
            assert_eq!(written.replace("\r\n ", ""), format!("NOTE:{text}\r\n"));
        }
        let exact = "x".repeat(70);
        assert_eq!(line(&exact).0, format!("NOTE:{exact}\r\n"));
    }

    #[test]
    fn no_control_gets_into_a_line() {
        for control in (0..0x20).chain([0x7f]).map(char::from).filter(|it| *it != '\n') {
            let (written, broken) = line(&format!("a{control}b"));
            assert!(broken && written == "NOTE:ab\r\n", "{written:?}");
        }
    }
}
