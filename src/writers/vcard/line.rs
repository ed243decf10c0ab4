//! Content lines of vCard 3.0 (RFC 2425, section 5.8; RFC 2426, section 2.6).

/// The most octets a line may have without its line break.
const LIMIT: usize = 75;

/// Writes content lines into a buffer: escaped, ended by CRLF and folded.
pub(super) struct Lines<'b> {
    out: &'b mut Vec<u8>,
    start: usize,
    /// A line that is being folded.
    line: Vec<u8>,
    broken: bool,
}

impl<'b> Lines<'b> {
    pub(super) fn new(out: &'b mut Vec<u8>) -> Self {
        let start = out.len();
        Lines { out, start, line: Vec::new(), broken: false }
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
        let mut rest = text.as_bytes();
        while let Some(at) = rest.iter().position(|byte| SPECIAL[usize::from(*byte)]) {
            self.out.extend_from_slice(&rest[..at]);
            match rest[at] {
                b'\n' => self.out.extend_from_slice(b"\\n"),
                byte @ (b'\\' | b',' | b';') => self.out.extend_from_slice(&[b'\\', byte]),
                _ => self.broken = true,
            }
            rest = &rest[at + 1..];
        }
        self.out.extend_from_slice(rest);
        self
    }

    /// A URI as a value; it has no escapes.
    pub(super) fn uri(&mut self, uri: &str) -> &mut Self {
        self.broken |= !uri.bytes().all(|byte| byte.is_ascii_graphic());
        self.raw(uri)
    }

    /// A parameter that is a token, which needs no quotes: readers differ in those.
    pub(super) fn token(&mut self, name: &str, value: &str) -> &mut Self {
        self.broken |= !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        self.raw(";").raw(name).raw("=").raw(value)
    }

    /// Ends the line.
    pub(super) fn end(&mut self) {
        if self.out.len() - self.start > LIMIT {
            self.fold();
        }
        self.out.extend_from_slice(b"\r\n");
        self.start = self.out.len();
    }

    /// Breaks the line into pieces of at most [`LIMIT`] octets, never within a character.
    fn fold(&mut self) {
        self.line.clear();
        self.line.extend_from_slice(&self.out[self.start..]);
        self.out.truncate(self.start);
        let mut rest = &self.line[..];
        let mut room = LIMIT;
        while rest.len() > room {
            let mut cut = room;
            // 0b10xxxxxx goes on with a character.
            while rest[cut] & 0xc0 == 0x80 {
                cut -= 1;
            }
            self.out.extend_from_slice(&rest[..cut]);
            self.out.extend_from_slice(b"\r\n ");
            rest = &rest[cut..];
            room = LIMIT - 1;
        }
        self.out.extend_from_slice(rest);
    }
}

/// The bytes that do not stand for themselves in text: separators, and controls, of which only a
/// newline can be written.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = true;
        byte += 1;
    }
    special[0x7f] = true;
    special[b'\\' as usize] = true;
    special[b',' as usize] = true;
    special[b';' as usize] = true;
    special
};

#[cfg(test)]
mod tests {
    use super::Lines;

    fn line(text: &str) -> (String, bool) {
        let mut out = Vec::new();
        let mut lines = Lines::new(&mut out);
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
