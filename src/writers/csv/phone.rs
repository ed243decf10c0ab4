//! Telephone numbers that spreadsheets leave alone.

/// An E.164 number with a space behind the country calling code: LibreOffice and Excel take
/// "+49228123456" for a number and drop the plus, but keep "+49 228123456" as it is. Without its space
/// it is the number again.
pub(in crate::writers) fn spaced(number: &str) -> String {
    let digits = number.strip_prefix('+').unwrap_or_default();
    match digits.split_at_checked(calling_code(digits)) {
        Some((code, rest)) => ["+", code, " ", rest].concat(),
        None => number.to_owned(),
    }
}

/// Length of the country calling code in front of a number: ITU-T E.164, annex to the Operational
/// Bulletin, "List of ITU-T Recommendation E.164 assigned country codes".
fn calling_code(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn a_space_behind_the_calling_code() {
        for number in ["+1 2025550123", "+49 22897629900", "+81 312345678", "+886 71234567"] {
            assert_eq!(spaced(&number.replace(' ', "")), number);
        }
        for odd in ["", "+", "+2", "12", "+日本"] {
            assert_eq!(spaced(odd).replace(' ', ""), odd);
        }
    }
}
