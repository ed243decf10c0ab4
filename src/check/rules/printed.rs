//! Printed forms that do not agree with the normalised values beside them: telephone numbers, websites
//! and postal codes. Comparing is lenient, since print leaves out what a reader can add.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Finding, Rule, Severity};
use crate::text::{NumberingPlan, after_web_scheme, read_phone};

/// A printed form that does not agree with the normalised one.
pub static RULE: Rule = Rule {
    code: "office/printed",
    severity: Severity::Warning,
    what: "The printed form of a telephone number, website or postal code does not agree with the \
           normalised one.",
    why: "The normalised value is made from the printed one. If the two differ, one was changed without \
          the other, or a label was taken for a part of the value. A printed number may lack the country \
          code and may have any separators.",
    example: "\"number\": \"+4922897629901\", \"printed\": \"F.+49-228/97 62 99-01\"",
    instead: "\"type\": \"fax\", \"number\": \"+4922897629901\", \"printed\": \"+49-228/97 62 99-01\"",
    fix: "Correct the one that is wrong; leave out labels such as \"F.\".",
};

/// Compares telephone numbers, websites and postal codes, each by what print may add and leave out.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    let office = subject.office;
    let mut add = |pointer: String, message: String, help: Option<String>| {
        if !subject.is_doubtful(&pointer) {
            report.add_with(&RULE, &pointer, message, |it| Finding { help, ..it });
        }
    };
    for (at, phone) in office.phones.iter().enumerate() {
        let Some(printed) = phone.printed.as_deref() else { continue };
        if let Some((message, help)) = phone_differs(printed, &phone.number) {
            add(format!("/phones/{at}/printed"), message, help);
        }
    }
    for (at, website) in office.websites.iter().enumerate() {
        let Some(printed) = website.printed.as_deref() else { continue };
        // Print leaves out the scheme, "www." or the slash at the end, in any combination.
        if !website.url.ends_with(printed) && bare_url(printed) != bare_url(&website.url) {
            let message =
                format!("the printed form \"{printed}\" does not match \"{}\"", website.url);
            add(format!("/websites/{at}/printed"), message, None);
        }
    }
    for (at, address) in office.addresses.iter().enumerate() {
        let printed = address.printed.as_ref().and_then(|printed| printed.postal_code.as_deref());
        let (Some(printed), Some(code)) = (printed, address.postal_code.as_deref()) else {
            continue;
        };
        // "CH-8001" and "〒105-0003" are printed forms of codes; so is "SW1A1AA" of one with a space.
        if printed.contains(code) || alphanumeric(printed).contains(&alphanumeric(code)) {
            continue;
        }
        if !subject.is_doubtful(&format!("/addresses/{at}/postal_code")) {
            let message = format!("the printed form \"{printed}\" does not match \"{code}\"");
            add(format!("/addresses/{at}/printed/postal_code"), message, None);
        }
    }
}

/// How a printed telephone number differs from the normalised one, and what to do about it.
fn phone_differs(printed: &str, number: &str) -> Option<(String, Option<String>)> {
    // A number begins with a plus, a bracket or a digit. What stands in front of it is a label: "F.",
    // "Tel.".
    let begin = printed.find(|c: char| c == '+' || c == '(' || c.is_ascii_digit()).unwrap_or(0);
    let (label, rest) = printed.split_at(begin);
    if !label.is_empty() {
        let message = format!("\"{label}\" before the printed number is not part of it");
        let help = || format!("write \"{rest}\"; the type says what answers");
        return Some((message, phone_differs(rest, number).is_none().then(help)));
    }
    // Most printed forms are the number with separators, with or without its beginning. That is seen without
    // libphonenumber, which takes its time.
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    // In most countries a zero is dialled before the number, and left out from abroad: "+49 (0)228", "0228/976299".
    let keeps_zero = NumberingPlan::of(number).is_some_and(|(plan, _)| plan.keeps_zero);
    let meant = digits(number);
    let said = if keeps_zero { digits(printed) } else { digits(&printed.replace("(0)", "")) };
    let national = if keeps_zero { &*said } else { said.trim_start_matches('0') };
    let agrees = said == meant
        // 00 is how most countries dial abroad, where a plus cannot be printed.
        || said.strip_prefix("00") == Some(&meant)
        // Three digits at least, or an extension alone would agree with every number.
        || !printed.starts_with('+') && national.len() >= 3 && meant.ends_with(national)
        || is_read_as(printed, number);
    (!agrees).then(|| (format!("the printed form \"{printed}\" does not match \"{number}\""), None))
}

/// Whether libphonenumber reads the text as the number: in the country of the number, or in one of those from which calls
/// abroad begin with neither a plus nor 00.
fn is_read_as(text: &str, number: &str) -> bool {
    let own = phonenumber::parse(None, number).ok().and_then(|it| it.country().id());
    let countries = own.as_ref().map(AsRef::as_ref).into_iter().chain(["US", "AU", "JP"]);
    // A word in place of digits: "1-800-FLOWERS".
    let dialled: String = text.chars().map(on_keypad).collect();
    let mut readings = countries.flat_map(|country| {
        [text, &dialled].into_iter().filter_map(move |text| read_phone(Some(country), text))
    });
    readings.any(|read| read == number)
}

/// The digit of a letter on a telephone's keys (ITU-T E.161, figure 2).
fn on_keypad(letter: char) -> char {
    let at = match letter.to_ascii_lowercase() {
        lower @ 'a'..='z' => usize::from(lower as u8 - b'a'),
        _ => return letter,
    };
    char::from(b"22233344455566677778889999"[at])
}

/// A website without what is often left out in print.
fn bare_url(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let bare = after_web_scheme(&url).unwrap_or(&url);
    bare.trim_start_matches("www.").trim_end_matches('/').to_owned()
}

/// Letters and digits alone, in capitals: what is left of a postal code when its separators do not
/// count.
fn alphanumeric(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
