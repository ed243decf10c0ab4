//! Opening hours as people read them.

use std::borrow::Cow;

use serde::Serialize;

use super::words::Words;

/// A word of opening hours, which no line is broken within.
#[derive(Serialize)]
pub(super) struct HourWord<'v> {
    /// The word, with a comma behind it.
    text: Cow<'v, str>,
    /// What follows before the next one.
    gap: &'static str,
    /// The word for what an abbreviation stands for that not everybody knows.
    meaning: Option<&'static str>,
}

/// The rules of opening hours, which semicolons part outside of comments.
pub(super) fn lines<'v>(hours: &'v str, words: &Words) -> Vec<Vec<HourWord<'v>>> {
    let mut is_comment = false;
    let rules = hours.split(|it| {
        is_comment ^= it == '"';
        it == ';' && !is_comment
    });
    let rules = rules.map(str::trim).filter(|rule| !rule.is_empty());
    rules.map(|rule| line(rule, words)).collect()
}

/// The words of one rule.
fn line<'v>(rule: &'v str, words: &Words) -> Vec<HourWord<'v>> {
    let mut is_comment = false;
    let parts = rule.split_inclusive([' ', ',']).map(|part| {
        let text = part.trim_end_matches(' ');
        let quotes = text.matches('"').count();
        // A comment is somebody's own text, and stays as it is.
        let is_own = is_comment || quotes > 0;
        is_comment ^= quotes % 2 == 1;
        let meaning = match text.trim_end_matches(',') {
            _ if is_own || !words.is_in("en") => None,
            "PH" => Some("public_holidays"),
            "SH" => Some("school_holidays"),
            _ => None,
        };
        HourWord {
            text: if is_own { text.into() } else { in_language(text, words) },
            gap: if text == part { "" } else { " " },
            meaning,
        }
    });
    parts.collect()
}

/// A word such as "Mo-Fr," with its abbreviations in the language of the page.
fn in_language<'v>(text: &'v str, words: &Words) -> Cow<'v, str> {
    if words.is_in("en") {
        return text.into();
    }
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_letter = first.is_ascii_alphabetic();
        let end = rest.find(|it: char| it.is_ascii_alphabetic() != is_letter);
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        said.push_str(words.of_hours(part).unwrap_or(part));
        rest = after;
    }
    said.into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_in_the_language_of_the_page() {
        let hours = "Mo-We,Fr 09:00-12:00; Dec 24,PH off \"Fr only; Mo\"";
        let cases = [
            ("en", "Mo-We,Fr 09:00-12:00|Dec 24,PH off \"Fr only; Mo\""),
            ("de", "Mo-Mi,Fr 09:00-12:00|Dez. 24,Feiertage geschlossen \"Fr only; Mo\""),
            ("ja", "月-水,金 09:00-12:00|12月 24,祝日 休業 \"Fr only; Mo\""),
        ];
        for (language, expected) in cases {
            let words = Words::new(Some(language)).unwrap();
            let said = lines(hours, &words).into_iter().map(|line| {
                line.into_iter().map(|it| format!("{}{}", it.text, it.gap)).collect::<String>()
            });
            assert_eq!(said.collect::<Vec<_>>().join("|"), expected);
        }
    }
}
