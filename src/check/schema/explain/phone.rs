//! A telephone number that is not E.164: what was meant by it, and whether that is beyond doubt.
//!
//! Which digits belong to a number depends on its country: Germany drops the zero of "+49 (0)228", Italy keeps
//! that of "+39 (0)6", and Hungary's prefix is 06. So only what libphonenumber's rules make of a text is safe.

use super::ExplainedError;

/// Adds what to write instead.
pub(super) fn phone(finding: ExplainedError, text: &str) -> ExplainedError {
    if let Some(number) = one_number(text) {
        return ExplainedError { safe: true, ..finding }.instead(Some(number));
    }
    let first = text.find(char::is_numeric).unwrap_or(text.len());
    let mut rest = text[first..].char_indices().skip(1);
    let behind = rest.find(|(_, c)| c.is_alphabetic()).map_or(text.len(), |(at, _)| first + at);
    let (main, more) = text.split_at(behind);
    // Only as advice: in some countries 00 begins an inland number.
    let abroad = main.trim_start().strip_prefix("00").map(|rest| format!("+{rest}"));
    let main = abroad.as_deref().unwrap_or(main);
    // Two numbers in one text, of which the second has only its end.
    if main.split_once('/').is_some_and(|(before, after)| !continues(before, after)) {
        return finding.help("make each number an item of its own, starting with its country code");
    }
    match digits_after_plus(main).map(|number| valid(&number).unwrap_or(number)) {
        Some(number) if more.is_empty() => finding.instead(Some(number)),
        Some(number) => {
            let help = format!("write \"{number}\"; the rest belongs in \"printed\"");
            finding.help(help).instead(Some(number))
        }
        None if text.contains('+') => finding,
        None => finding.help("begin with a plus and the country code"),
    }
}

/// The E.164 form of a text that can be no other number, nor two of them: a plus, digits and separators that
/// libphonenumber finds valid for their country.
fn one_number(text: &str) -> Option<String> {
    let number = text.trim().strip_prefix('+')?;
    let is_plain = |c: char| c.is_ascii_digit() || SEPARATORS.contains(&c);
    let is_one = number.chars().all(is_plain)
        && number.split_once('/').is_none_or(|(before, after)| continues(before, after));
    if is_one { valid(&digits_after_plus(text)?) } else { None }
}

/// Whether the number goes on behind a slash. In Germany one stands between the area code and the rest; anywhere
/// else it may separate two numbers, of which the second is cut short: "976299-0 / -10", "555 0100/0101".
fn continues(before: &str, after: &str) -> bool {
    let groups = before.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let digits = after.chars().filter(char::is_ascii_digit).count();
    // Country code and area code at most in front, and a whole subscriber number behind, which
    // nowhere has fewer than four digits.
    groups.count() <= 2 && digits >= 4 && !after.contains('/')
}

/// What libphonenumber reads, with the national prefix taken away where the country does so; nothing where the
/// country has no such number.
fn valid(number: &str) -> Option<String> {
    let parsed = phonenumber::parse(None, number).ok()?;
    // libphonenumber drops the trunk prefix in the countries that do, and keeps it in Italy and
    // others.
    let number = parsed.format().mode(phonenumber::Mode::E164).to_string();
    (parsed.is_valid() && is_e164(&number)).then_some(number)
}

/// Characters that group digits in print.
const SEPARATORS: [char; 9] = [' ', '\u{a0}', '-', '\u{2011}', '–', '/', '.', '(', ')'];

/// The digits behind a plus with the plus, without separators and without a label in front.
pub(super) fn digits_after_plus(text: &str) -> Option<String> {
    let (label, number) = text.split_once('+')?;
    let number = format!("+{}", number.replace(SEPARATORS, ""));
    // "Tel.: +49", "F.+49". Digits in front of the plus would be part of something else.
    let is_label = |c: char| c.is_alphabetic() || " .:".contains(c);
    (is_e164(&number) && label.chars().all(is_label)).then_some(number)
}

/// Whether the schema takes the number: 7 to 15 digits, of which the first is no zero (ITU-T E.164, section 6).
fn is_e164(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::one_number;

    #[test]
    fn prefixes_go_where_the_country_drops_them() {
        let cases = [
            ("+49-228/97 62 99-00", "+4922897629900"),
            ("+49 (0)228 976299", "+49228976299"),
            ("+49 (0228) 976299", "+49228976299"),
            ("+39 (0)6 6982 1234", "+390669821234"),
            ("+39 06 6982 1234", "+390669821234"),
            ("+225 (0)7 12 34 56 78", "+2250712345678"),
            ("+36 (06) 1 123 4567", "+3611234567"),
            ("+7 8 495 123-45-67", "+74951234567"),
            ("+81\u{a0}(0)3-3580-9300", "+81335809300"),
        ];
        for (text, expected) in cases {
            assert_eq!(one_number(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_may_be_two_numbers_or_none_is_left_alone() {
        for text in [
            "+49 228 976299-0 / -10",
            "+49 228 976299/10",
            "+1 303 555 0100 / 0101",
            "+41 44 123 45 67/68",
            "+49/228/976299",
            "+1 303 555 01",
            "+39 6 6982 1234",
            "0228 976299",
            "+49 228 976299 ext. 12",
            "Fax: +49 228 976299",
            "+999 123 456 789",
            "+",
        ] {
            assert_eq!(one_number(text), None, "{text}");
        }
    }
}
