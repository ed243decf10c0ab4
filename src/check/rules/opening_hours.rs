//! Opening hours that are not written as OpenStreetMap writes them. The grammar is that of the crate
//! `opening-hours-syntax`; what people write instead is put right here.

use std::ops::Range;
use std::sync::LazyLock;

use opening_hours_syntax::{Error, parse};
use pest::error::InputLocation;
use regex::{Captures, Regex};

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};

/// Opening hours that cannot be read.
pub static RULE: Rule = Rule {
    code: "office/opening-hours",
    severity: Severity::Warning,
    what: "The opening hours are not in the syntax of OpenStreetMap.",
    why: "Programs that show whether an office is open read this syntax only. It is a warning because people can read \
          the text all the same.",
    example: "\"opening_hours\": \"Mon–Fri 9.00–17.00\"",
    instead: "\"opening_hours\": \"Mo-Fr 09:00-17:00\"",
    fix: "Write days by two letters and times by hour and minute: \"Mo-Fr 09:00-12:30,14:00-18:00; Sa 09:00-12:00; \
          PH off\". The whole syntax is in OpenStreetMap's wiki, under \"Key:opening_hours\".",
};

/// Reads the opening hours.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    let Some(hours) = subject.office.opening_hours.as_deref() else { return };
    let Err(error) = parse(hours) else { return };
    let (place, message) = explained(&error, hours);
    let meant = put_right(hours);
    report.mark(&RULE, "/opening_hours", &place, message, |mut finding| {
        if meant.is_none() {
            return finding.help("write days and times as in \"Mo-Fr 09:00-17:00; PH off\"");
        }
        finding.write_instead(meant.as_deref());
        finding
    });
}

/// Which part of the text cannot be read, and why.
fn explained(error: &Error, hours: &str) -> (Range<usize>, String) {
    let whole = 0..hours.len();
    match error {
        // The parser lists the names of its grammar's rules, which mean nothing to others.
        Error::Syntax(error) => {
            let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
            let rest = hours.get(at..).filter(|rest| !rest.is_empty());
            match rest {
                Some(rest) => {
                    (at..at + rest.len(), "from here on these are no opening hours".into())
                }
                None => (whole, "the opening hours break off".into()),
            }
        }
        error => (whole, format!("the opening hours mean nothing: {error}")),
    }
}

/// What was probably meant, where the usual slips explain it.
fn put_right(hours: &str) -> Option<String> {
    /// Slips and what stands for them.
    static SLIPS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        let slips = [
            // Dashes of typographers, and the spaces around them.
            (r"\s*[-‐‑‒–—]\s*", "-"),
            // Names of days, and of holidays.
            (
                r"(?i)\b(mo|tu|we|th|fr|sa|su)(n|nday|es|esday|s|d|dnesday|u|ur|urs|ursday|i|iday|t|turday)\b\.?",
                "$1",
            ),
            (r"(?i)\b(?:public )?holidays?\b", "PH"),
            (r"(?i)\bclosed\b", "off"),
            // Times with a full stop or a letter between hour and minute, and hours alone.
            (r"\b(\d{1,2})[.h](\d{2})\b", "$1:$2"),
            (r"(^|[ ,])(\d{1,2})-(\d{1,2})($|[ ,;])", "$1$2:00-$3:00$4"),
            (r"\b(\d):(\d{2})", "0$1:$2"),
            (r"[;,\s]+$", ""),
        ];
        slips
            .into_iter()
            .filter_map(|(slip, meant)| Some((Regex::new(slip).ok()?, meant)))
            .collect()
    });
    let mut meant = hours.to_owned();
    for (slip, instead) in &*SLIPS {
        meant = slip.replace_all(&meant, *instead).into_owned();
    }
    let (day, span) = WORDS.as_ref()?;
    // Days have a capital each, which the parser does not insist on and other programs do.
    meant = day.replace_all(&meant, |day: &Captures<'_>| capitalised(&day[0])).into_owned();
    // "9-5" does not mean that it is open all night.
    let is_sure = span.captures_iter(&meant).all(|span| span[1] < span[2]);
    (is_sure && meant != hours && parse(&meant).is_ok()).then_some(meant)
}

/// A day of the week by two letters, and a span of hours.
static WORDS: LazyLock<Option<(Regex, Regex)>> = LazyLock::new(|| {
    let day = Regex::new(r"(?i)\b(?:mo|tu|we|th|fr|sa|su)\b").ok()?;
    Some((day, Regex::new(r"(\d\d:\d\d)-(\d\d:\d\d)").ok()?))
});

/// The word with a capital and small letters.
fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{}", first.to_ascii_uppercase(), rest.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::put_right;

    #[test]
    fn the_usual_slips() {
        let cases = [
            ("Mon–Fri 9.00–17.00", "Mo-Fr 09:00-17:00"),
            ("Mo-Fr 9-17", "Mo-Fr 09:00-17:00"),
            ("mon-fri 9-17", "Mo-Fr 09:00-17:00"),
            ("Monday - Thursday 08h30-16h00;", "Mo-Th 08:30-16:00"),
            ("Mo-Fr 09:00 — 17:00; public holidays closed", "Mo-Fr 09:00-17:00; PH off"),
        ];
        for (written, meant) in cases {
            assert_eq!(put_right(written).as_deref(), Some(meant), "{written}");
        }
        for nonsense in
            ["by appointment", "Lu-Ve 09:00-17:00", "9-17 Uhr", "Mo-Fr 9-5", "Mo-Fr 9.30-5.30"]
        {
            assert_eq!(put_right(nonsense), None, "{nonsense}");
        }
    }
}
