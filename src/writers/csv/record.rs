//! Records of CSV (RFC 4180).
//!
//! They are written by hand, without the `csv` crate: every cell with a value is quoted and none without
//! one is, which that crate's quoting styles cannot do, and whole cells are copied at once.

use crate::model::every_byte;

/// A record under way (RFC 4180, section 2). Every text is quoted: LibreOffice then takes more of them for
/// text, and Thunderbird no row that begins with a comma for one cell.
pub(super) struct CsvRecord<'b> {
    /// Where the record is appended.
    out: &'b mut Vec<u8>,
    /// What stands between cells, an ASCII character.
    separator: u8,
    /// Whether it has a cell, so that the next one needs a separator in front.
    begun: bool,
}

impl<'b> CsvRecord<'b> {
    /// A record behind what is in the buffer.
    pub(super) fn new(out: &'b mut Vec<u8>, separator: u8) -> Self {
        CsvRecord { out, separator, begun: false }
    }

    /// Appends a cell.
    pub(super) fn cell(&mut self, text: &str) {
        self.empty(1);
        self.out.push(b'"');
        // Most texts have no quote, which is found out sixteen bytes at a time, and are copied at once.
        match every_byte(text.as_bytes(), |byte| byte != b'"') {
            true => self.out.extend_from_slice(text.as_bytes()),
            false => self.out.extend_from_slice(text.replace('"', "\"\"").as_bytes()),
        }
        self.out.push(b'"');
    }

    /// Appends so many cells without a value. They have no quotes: to PostgreSQL `""` is a value.
    pub(super) fn empty(&mut self, count: usize) {
        if count > 0 {
            // The first cell of a record has none in front. The count is at least 1 here, so this cannot underflow.
            let separators = count - usize::from(!self.begun);
            self.begun = true;
            self.out.resize(self.out.len() + separators, self.separator);
        }
    }

    /// Ends it with that line end.
    pub(super) fn end(self, line_end: &str) {
        self.out.extend_from_slice(line_end.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::CsvRecord;

    #[test]
    fn texts_are_quoted() {
        let mut out = b"before".to_vec();
        let mut record = CsvRecord::new(&mut out, b';');
        for cell in ["", "a;b", "\"", "say \"no\"", "two\r\nlines"] {
            record.cell(cell);
        }
        record.empty(2);
        record.end("\r\n");
        let expected = "before\"\";\"a;b\";\"\"\"\";\"say \"\"no\"\"\";\"two\r\nlines\";;\r\n";
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}
