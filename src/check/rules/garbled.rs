//! Text that was read in a wrong encoding: UTF-8 taken for Windows-1252, and letters that became U+FFFD.
//!
//! Other mix-ups exist, but most cannot be told from text that is meant. UTF-8 in Windows-1252 is by far
//! the most common one, and undoing it can be checked: the bytes have to be valid UTF-8 again.

use super::subject::TextIssue;
use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};

/// Text that has gone through a wrong encoding.
pub static RULE: Rule = Rule {
    code: "text/garbled",
    severity: Severity::Warning,
    what: "A program has read a text in the wrong encoding.",
    why: "UTF-8 that is read as Windows-1252 shows \"Ã£\" instead of \"ã\", and what could not be read at \
          all became U+FFFD. Every export would pass the damage on.",
    example: "\"locality\": \"SÃ£o Paulo\"",
    instead: "\"locality\": \"São Paulo\"",
    fix: "Write the letters that were meant, and check the other texts from the same source.",
};

/// Looks at every text but the quoted source. Of a text with lost letters only that is said, since
/// the rest cannot be trusted either.
pub(super) fn check(_: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    report.texts(&RULE, may_have, |pointer, text| {
        // The source is quoted verbatim.
        if text.is_ascii() || pointer.starts_with("/source/") {
            return None;
        }
        // The letter is gone and cannot be restored, so there is nothing to write instead.
        if let Some(at) = text.find('\u{fffd}') {
            return Some(TextIssue {
                message: "the text has U+FFFD where a letter was lost",
                help: "write the letter",
                marks: std::iter::once(at..at + '\u{fffd}'.len_utf8()).collect(),
                instead: None,
                safe: false,
            });
        }
        // Only the first letter is marked, because whoever sees it knows, and the edit restores the
        // rest of the text.
        let mut places = text.char_indices().map(|(at, _)| at);
        let (at, length) = places.find_map(|at| Some((at, letter(&text[at..])?.0)))?;
        Some(TextIssue {
            message: "the text is UTF-8 that was read as Windows-1252",
            help: "write the letters that were meant",
            marks: std::iter::once(at..at + length).collect(),
            instead: Some((at..text.len(), restored(&text[at..]))),
            safe: false,
        })
    });
}

/// Whether an office may have such a text: a fast answer, as nearly all have none.
fn may_have(json: &str) -> bool {
    let bytes = json.as_bytes();
    // The first bytes of what Windows-1252 has for bytes that go on with a character.
    let goes_on = |at: usize| matches!(bytes.get(at + 2), Some(0xc2 | 0xc5 | 0xc6 | 0xcb | 0xe2));
    memchr::memchr_iter(0xc3, bytes).any(goes_on)
        || json.contains('\u{fffd}')
        || json.contains("\\u")
}

/// The letter that a text begins with if it is taken for bytes of UTF-8 again, behind its length now.
fn letter(text: &str) -> Option<(usize, char)> {
    let mut bytes = Vec::new();
    let mut length = 0;
    // UTF-8 has four bytes at most.
    for c in text.chars().take(4) {
        bytes.push(windows_1252(c)?);
        // First bytes of Latin letters (C2 to C5), Greek and Cyrillic (CE to D1), CJK and punctuation
        // (E1 to E9) and emoji (F0).
        if !matches!(bytes[0], 0xc2..=0xc5 | 0xce..=0xd1 | 0xe1..=0xe9 | 0xf0) {
            // Of the scripts that are left, none is likelier than „Spaß“.
            return None;
        }
        length += c.len_utf8();
        match std::str::from_utf8(&bytes) {
            Ok(letter) => return letter.chars().next().map(|letter| (length, letter)),
            Err(error) if error.error_len().is_some() => return None,
            Err(_) => {}
        }
    }
    None
}

/// The text with every letter restored that can be; what is between them stays.
fn restored(mut text: &str) -> String {
    let mut restored = String::new();
    while let Some(c) = text.chars().next() {
        let (length, letter) = letter(text).unwrap_or((c.len_utf8(), c));
        restored.push(letter);
        text = &text[length..];
    }
    restored
}

/// The byte from 80 on that Windows-1252 has for a character (Unicode's CP1252.TXT).
fn windows_1252(c: char) -> Option<u8> {
    /// The characters of the bytes 80 to 9F, in order. Five bytes are not assigned and stand for
    /// themselves.
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match c {
        // From A0 on Windows-1252 is Latin-1, whose bytes are the code points.
        '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => FROM_80.chars().zip(0x80..).find(|(it, _)| *it == c).map(|(_, byte)| byte),
    }
}
