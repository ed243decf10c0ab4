//! Text that is not in Unicode's composed form (NFC, UAX #15), with the letters marked that are not.

use std::borrow::Cow;
use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::subject::TextIssue;
use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};

/// Text that is not in Unicode's composed form.
pub static RULE: Rule = Rule {
    code: "text/nfc",
    severity: Severity::Warning,
    what: "A text is not in Unicode's composed form (NFC).",
    why: "The same letter can be written as one character or as a letter and a combining accent. The two \
          look alike but compare as different: a search for one misses the other, and fonts may set the \
          accent beside the letter.",
    example: "\"locality\": \"Sa\\u0303o Paulo\"",
    instead: "\"locality\": \"São Paulo\"",
    fix: "Write the composed form; `validate --fix` does it.",
};

/// Looks at every text but the quoted source, which is kept as it was found.
pub(super) fn check(_: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    // What is in composed form as a whole is so in each text: no accent joins a quote.
    let may_have = |json: &str| !json.is_ascii() && !is_composed(json) || json.contains("\\u");
    report.texts(&RULE, may_have, |pointer, text| {
        if text.is_ascii() || is_verbatim(pointer) || is_composed(text) {
            return None;
        }
        // Everything in front of the first decomposed letter stays untouched, so the edit is as short
        // as the change.
        let (head, tail) = split(text);
        let composed = compose(tail);
        // And from behind likewise: what is the same at the end need not be replaced.
        let same = tail.chars().rev().zip(composed.chars().rev());
        let same: usize = same.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
        Some(TextIssue {
            message: "the text is not in composed form (NFC)",
            help: "write the composed form",
            marks: decomposed(text),
            instead: Some((
                head.len()..text.len() - same,
                composed[..composed.len() - same].to_owned(),
            )),
            // Safe: both forms are the same text by the standard (UAX #15), and only the composed one
            // is found by those who type it.
            safe: true,
        })
    });
}

/// The tables are compiled in: validation must not depend on files of the machine.
const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

// The normalizer is large, and would be set into every place that calls it.

/// Whether a text is kept as it is: the source is quoted, and own members mean nothing to the program.
fn is_verbatim(pointer: &str) -> bool {
    pointer.starts_with("/source/") || pointer.contains("/x_")
}

/// What is in composed form, and what is not from its first letter on.
#[inline(never)]
fn split(text: &str) -> (&str, &str) {
    NFC.split_normalized(text)
}

#[inline(never)]
fn compose(text: &str) -> Cow<'_, str> {
    NFC.normalize(text)
}

/// Whether there is nothing left to compose.
fn is_composed(text: &str) -> bool {
    split(text).1.is_empty()
}

/// Letters of a text that are marked, and characters that are taken for one letter.
const MOST_LETTERS: usize = 5;
const MOST_CHARACTERS: usize = 8;

/// The first letters of a text that are not in composed form, each with its accents.
fn decomposed(text: &str) -> Vec<Range<usize>> {
    let mut letters = Vec::new();
    let mut rest = text;
    while letters.len() < MOST_LETTERS {
        let tail = split(rest).1;
        if tail.is_empty() {
            break;
        }
        // It ends where what is behind it has its form without it.
        let whole = compose(tail);
        let ends_at = |end: &usize| {
            let (letter, behind) = tail.split_at(*end);
            !is_composed(letter) && whole.strip_prefix(&*compose(letter)) == Some(&*compose(behind))
        };
        // A letter with its marks has no fixed length; Hangul syllables are made of two or three
        // letters, and Vietnamese ones carry two marks.
        let ends = tail.char_indices().map(|(at, _)| at).chain([tail.len()]);
        let end = ends.skip(1).take(MOST_CHARACTERS).find(ends_at).unwrap_or(tail.len());
        let start = text.len() - tail.len();
        letters.push(start..start + end);
        rest = &tail[end..];
    }
    letters
}
