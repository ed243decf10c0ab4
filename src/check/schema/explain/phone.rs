//! A telephone number that is not E.164: what was meant by it, and whether that is beyond doubt.
//!
//! Which digits belong to a number depends on its country: Germany drops the zero of "+49 (0)228", Italy keeps
//! that of "+39 (0)6", and Hungary's prefix is 06. So only what libphonenumber's rules make of a text is safe.

use super::ExplainedError;
use crate::check::rules::impossible_phone as impossible;
use crate::text::read_phone;

/// Adds what to write instead.
pub(super) fn phone(finding: ExplainedError, text: &str) -> ExplainedError {
    if let Some(number) = one_number(text) {
        return ExplainedError { safe: true, ..finding }.instead(Some(number));
    }
    if let Some(numbers) = several(text) {
        let numbers = numbers.join("\" and \"");
        return finding.help(format!("make each number an item of its own: \"{numbers}\""));
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
    match (digits_after_plus(main), likely(main)) {
        (_, Some(number)) if more.is_empty() => finding.instead(Some(number)),
        (_, Some(number)) => {
            let help = format!("write \"{number}\"; the rest belongs in \"printed\"");
            finding.help(help).instead(Some(number))
        }
        (Some(_), None) => finding.help("no country has such a number: compare its digits"),
        _ if text.contains('+') => finding,
        _ => finding.help("begin with a plus and the country code"),
    }
}

/// The number that a text probably stands for: one that a country has, with or without a zero in brackets, else one that
/// it could have.
pub(super) fn likely(text: &str) -> Option<String> {
    let number = digits_after_plus(text)?;
    let without_zero = || read_phone(None, &digits_after_plus(&text.replace("(0)", ""))?);
    read_phone(None, &number)
        .or_else(without_zero)
        .or_else(|| Some(number).filter(|number| impossible(number).is_none()))
}

/// The numbers in a text that has more than one, each whole: of the others there may be only the end.
fn several(text: &str) -> Option<Vec<String>> {
    let text = [" or ", " oder ", " ou ", " and ", " und "]
        .iter()
        .fold(text.to_owned(), |text, word| text.replace(word, ";"));
    let mut parts = text.split(['/', ';', ',', '|', '&']).map(str::trim);
    let first = parts.next()?;
    let mut numbers = vec![one_number(first)?];
    for part in parts {
        let whole = if part.starts_with('+') { part.to_owned() } else { with_end(first, part)? };
        numbers.push(one_number(&whole)?);
    }
    (numbers.len() > 1).then_some(numbers)
}

/// The first number with the end of another: of "976299-0 / -10" the second is 976299-10, of "555 0100 / 0101" it is
/// 555 0101.
fn with_end(first: &str, end: &str) -> Option<String> {
    if let Some(extension) = end.strip_prefix(['-', '–']) {
        let (main, _) = first.rsplit_once(['-', '–'])?;
        return Some(format!("{main}-{extension}"));
    }
    // What is longer may have an area code of its own.
    let digits = Some(end.len()).filter(|digits| (1..=4).contains(digits))?;
    let common = first.len().checked_sub(digits).and_then(|at| first.split_at_checked(at));
    let (common, replaced) = common?;
    let are_digits = [replaced, end].iter().all(|it| it.bytes().all(|it| it.is_ascii_digit()));
    are_digits.then(|| [common, end].concat())
}

/// The E.164 form of a text that can be no other number, nor two of them: a plus, digits and separators that
/// libphonenumber finds valid for their country.
fn one_number(text: &str) -> Option<String> {
    let number = text.trim().strip_prefix('+')?;
    let is_plain = |c: char| c.is_ascii_digit() || SEPARATORS.contains(&c);
    let is_one = number.chars().all(is_plain)
        && number.split_once('/').is_none_or(|(before, after)| continues(before, after));
    let read = |text: &str| read_phone(None, &digits_after_plus(text)?);
    let number = read(text).filter(|_| is_one)?;
    // In Italy both may be a number, one with the zero in brackets and one without it.
    read(&text.replace("(0)", "")).is_none_or(|other| other == number).then_some(number)
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

/// Characters that group digits in print.
const SEPARATORS: [char; 9] = [' ', '\u{a0}', '-', '\u{2011}', '–', '/', '.', '(', ')'];

/// The digits behind a plus with the plus, without separators and without a label in front.
fn digits_after_plus(text: &str) -> Option<String> {
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
    use super::{likely, one_number, several};

    #[test]
    fn each_of_several_numbers_is_written_out() {
        let cases = [
            ("+49 228 976299-0 / -10", "+492289762990 +4922897629910"),
            ("+1 303 555 0100 / 0101", "+13035550100 +13035550101"),
            ("+41 44 123 45 67/68", "+41441234567 +41441234568"),
            ("+49 228 976299 oder +49 228 976300", "+49228976299 +49228976300"),
            (
                "+39 06 6982 1234; +39 (0)6 6982 1235, 36",
                "+390669821234 +390669821235 +390669821236",
            ),
        ];
        for (text, numbers) in cases {
            assert_eq!(several(text).map(|it| it.join(" ")).as_deref(), Some(numbers), "{text}");
        }
        for text in
            ["+49 228 976299", "+49 228 976299 ext. 12", "+49 228 976299 / 0228 976300", "/"]
        {
            assert_eq!(several(text), None, "{text}");
        }
    }

    #[test]
    fn no_advice_is_an_impossible_number() {
        assert_eq!(likely("+45 (0)32 12 34 56").as_deref(), Some("+4532123456"));
        assert_eq!(likely("+49 (0)228 976299").as_deref(), Some("+49228976299"));
        // Possible, if in use by nobody.
        assert_eq!(likely("+49 111 2222222").as_deref(), Some("+491112222222"));
        for text in ["+49 (0)", "+999 123 456 789", "+1 303 555 0100 0101", "+39 6"] {
            assert_eq!(likely(text), None, "{text}");
        }
    }

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
            "+39 (0)312 345 6789",
            "+999 123 456 789",
            "+",
        ] {
            assert_eq!(one_number(text), None, "{text}");
        }
    }
}
