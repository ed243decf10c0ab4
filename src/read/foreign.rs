//! Files of other formats in a directory's place: address books and spreadsheets export them, and what is wrong with
//! them as JSON helps nobody.

use crate::finding::{Finding, syntax};

/// That the bytes, which are no JSON, are a file of another format, if they are one of those that are met.
pub(super) fn foreign(bytes: &[u8]) -> Option<Finding> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |with: &str| {
        text.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with.as_bytes()))
    };
    let what = match () {
        () if bytes.starts_with(b"PK\x03\x04") => "a workbook or another ZIP archive",
        () if bytes.starts_with(b"%PDF-") => "PDF",
        () if begins("BEGIN:VCARD") => "vCard",
        () if begins("<") => "XML or HTML",
        () if is_table(text) => "CSV",
        () => return None,
    };
    let start = bytes.len() - text.len();
    Some(
        Finding::new(&syntax::JSON, format!("this is {what}, not JSON"))
            .at(start..start + 1)
            .help("a directory is a JSON file: officedir init writes one to start from"),
    )
}

/// Whether the first two lines have cells between the same separators.
fn is_table(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    // JSON with a mistake in it has brackets or names of members.
    let is_json = |line: &[u8]| {
        line.iter().any(|byte| b"{}[]".contains(byte)) || line.windows(2).any(|it| it == b"\":")
    };
    let has = |separator: &u8| first.contains(separator) && second.contains(separator);
    !is_json(first) && b",;\t".iter().any(has)
}
