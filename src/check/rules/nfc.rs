use icu_normalizer::ComposingNormalizerBorrowed;

use super::{Look, Report, Rule, Subject};
use crate::check::Severity;

/// Text that is not in Unicode's composed form.
pub static RULE: Rule = Rule {
    code: "text/nfc",
    severity: Severity::Warning,
    what: "A text is not in Unicode's composed form (NFC).",
    why: "The same letter can be written as one character or as a letter and a combining accent. The two \
          look alike and compare as different: searches fail, and fonts may set the accent beside the \
          letter.",
    example: "\"locality\": \"Sa\\u0303o Paulo\"",
    instead: "\"locality\": \"São Paulo\"",
    fix: "Write the composed form; `validate --fix` does.",
    look: Look::Office(look),
};

fn look(_: &Subject<'_, '_>, report: &mut Report<'_, '_>) {
    let nfc = const { ComposingNormalizerBorrowed::new_nfc() };
    report.texts(&RULE, |pointer, text| {
        // The source is quoted verbatim.
        if text.is_ascii() || nfc.is_normalized(text) || pointer.starts_with("/source/") {
            return None;
        }
        Some(("the text is not in composed form (NFC)".into(), nfc.normalize(text).into_owned()))
    });
}
