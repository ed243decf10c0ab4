//! Telephone numbers as text. Whether a number is one that somebody can call is known to libphonenumber's data.

use std::sync::LazyLock;

/// Countries (ISO 3166-1) with their calling codes (ITU-T E.164), by country. Several countries share a code: +1, +44,
/// +61. The script that writes the file sorts it.
static CALLING_CODES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    include_str!("data/calling-codes.txt").lines().filter_map(|it| it.split_once(' ')).collect()
});

/// The calling code of a country, without the plus.
pub(crate) fn calling_code(country: &str) -> Option<&'static str> {
    let found = CALLING_CODES.binary_search_by_key(&country, |row| row.0);
    found.ok().and_then(|at| CALLING_CODES.get(at)).map(|row| row.1)
}

/// An E.164 number with a space behind the country calling code: LibreOffice and Excel take
/// "+49228123456" for a number and drop the plus, but keep "+49 228123456" as it is. Without its space
/// it is the number again.
pub(crate) fn spaced(number: &str) -> String {
    let digits = number.strip_prefix('+').unwrap_or_default();
    match digits.split_at_checked(calling_code_length(digits)) {
        Some((code, rest)) => ["+", code, " ", rest].concat(),
        None => number.to_owned(),
    }
}

/// Length of the calling code in front of a number. All codes of one or two digits are some country's; codes of
/// networks and those that nobody has yet have three.
fn calling_code_length(digits: &str) -> usize {
    static SHORT: LazyLock<[bool; 100]> = LazyLock::new(|| {
        let codes: Vec<usize> =
            CALLING_CODES.iter().filter_map(|(_, code)| code.parse().ok()).collect();
        std::array::from_fn(|code| codes.contains(&code))
    });
    let is_code = |length: &usize| {
        let code = digits.get(..*length).and_then(|it| it.parse::<usize>().ok());
        // One or two digits make a number below 100.
        code.is_some_and(|code| SHORT[code])
    };
    (1..=2).find(is_code).unwrap_or(3)
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn a_space_behind_the_calling_code() {
        let numbers = [
            "+1 2025550123",
            "+7 4951234567",
            "+49 22897629900",
            "+81 312345678",
            "+98 2112345678",
            "+351 213456789",
            "+886 71234567",
        ];
        for number in numbers {
            assert_eq!(spaced(&number.replace(' ', "")), number);
        }
        for odd in ["", "+", "+2", "12", "+日本"] {
            assert_eq!(spaced(odd).replace(' ', ""), odd);
        }
    }
}
