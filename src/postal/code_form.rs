//! Postal codes that are right but for how they are written: "CH-8001", "CEP 01310-100", "m5v3a8", "〒１０５－０００３".

use super::country::{Country, countries};

/// The code as its country's post writes it, where that differs from a text by nothing but capitals, separators,
/// wide letters, digits of another script, and a label or the country's own sign in front. `fits` says
/// what a code of the country is.
///
/// Nothing is guessed: the letters and digits of the code stay as they are, and the sign of another country
/// stays too, because it says that the code or the country is wrong.
pub(super) fn corrected(
    text: &str,
    country: &Country,
    fits: impl Fn(&str) -> bool,
) -> Option<String> {
    let text = text.chars().map(ascii).collect::<String>().to_ascii_uppercase();
    let text = text.trim();
    let bare = without_sign(text, country.code).or_else(|| without_label(text, country));
    let own = country.code.to_owned() + &compact(text);
    // Separators first: some codes begin with what is a sign elsewhere.
    let texts = [Some(text), bare, Some(own.as_str())];
    texts.into_iter().flatten().find_map(|text| {
        if fits(text) {
            return Some(text.to_owned());
        }
        // Only separators may be moved; whatever else there is may be a label.
        let compact = Some(compact(text)).filter(|_| text.is_ascii())?;
        if fits(&compact) {
            return Some(compact);
        }
        let places = (1..compact.len()).map(|at| compact.split_at(at));
        let mut separated = places
            .flat_map(|(head, tail)| ["-", " "].map(|separator| [head, tail].join(separator)));
        separated.find(|text| fits(text))
    })
}

/// A letter in ASCII where it is in the wide letters of East Asia, a digit where it is one of another script.
fn ascii(letter: char) -> char {
    /// The zeros of Arabic, Persian, Hindi, Bengali, Thai, Burmese and Khmer.
    const ZEROS: [char; 7] =
        ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{1040}', '\u{17e0}'];
    let code = u32::from(letter);
    match letter {
        // Full-width forms, which are ASCII with an offset (Unicode, Halfwidth and Fullwidth Forms).
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(code - 0xfee0).unwrap_or(letter),
        // Dashes, the minus sign and the long vowel mark, which Japanese keyboards have in the
        // hyphen's place.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' => '-',
        _ if letter.is_whitespace() => ' ',
        _ => {
            let digits = ZEROS.iter().map(|zero| code.wrapping_sub(u32::from(*zero)));
            let digit = digits.into_iter().find(|digit| *digit < 10);
            digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(letter)
        }
    }
}

/// The letters and digits.
fn compact(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// What follows the country's code and a separator.
fn without_sign<'a>(text: &'a str, code: &str) -> Option<&'a str> {
    text.strip_prefix(code)?.strip_prefix(['-', ' ', '.']).map(str::trim_start)
}

/// The text from its first digit on, if what stands in front is a word and not the sign of another country.
fn without_label<'a>(text: &'a str, country: &Country) -> Option<&'a str> {
    let start = text.find(|letter: char| letter.is_ascii_digit())?;
    let (label, bare) = text.split_at(start);
    // A sign is of ASCII letters: the Czech PSČ is none of Palestine.
    let sign = if label.is_ascii() { compact(label) } else { String::new() };
    let own = |it: &&Country| {
        it.code == sign || it.alpha3 == sign || vehicle_sign(it.code) == Some(&*sign)
    };
    let owner = countries().iter().find(own);
    (start > 0 && owner.is_none_or(|owner| owner.code == country.code)).then_some(bare)
}

/// The sign of a country's vehicles (UNECE) where that is what old mail has in front of the code, and neither
/// of the codes of ISO 3166-1.
fn vehicle_sign(country: &str) -> Option<&'static str> {
    Some(match country {
        "AT" => "A",
        "BE" => "B",
        "DE" => "D",
        "ES" => "E",
        "FR" => "F",
        "HU" => "H",
        "IT" => "I",
        "LI" => "FL",
        "LU" => "L",
        "NO" => "N",
        "PT" => "P",
        "SE" => "S",
        "SI" => "SLO",
        "VA" => "V",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::country::country;
    use super::super::patterns::PostcodePatterns;
    use super::*;

    #[test]
    fn labels_and_signs_go_and_letters_stay() {
        let cases = [
            ("CH", "CH-8001", Some("8001")),
            ("CH", "Postleitzahl 8001", Some("8001")),
            ("BR", "CEP 01310-100", Some("01310-100")),
            ("JP", "〒１０５－０００３", Some("105-0003")),
            ("JP", "JP 105 0003", Some("1050003")),
            ("CZ", "PSČ: 110 00", Some("110 00")),
            ("AT", "A-1010", Some("1010")),
            ("LI", "FL 9490", Some("9490")),
            ("GB", "GB-SW1A 2AA", Some("SW1A 2AA")),
            ("NL", "nl-1012 js", Some("1012 JS")),
            ("CA", "m5v3a8", Some("M5V3A8")),
            ("PL", "00950", Some("00-950")),
            ("US", "221621010", Some("22162-1010")),
            ("SH", "TDCU1ZZ", Some("TDCU 1ZZ")),
            ("LV", "LV 1050", Some("LV-1050")),
            ("AD", "500", Some("AD500")),
            ("KY", "KY11100", Some("KY1-1100")),
            ("EG", "١١٥١١", Some("11511")),
            ("CL", "832-0000", Some("8320000")),
            // The sign of another country says that one of the two is wrong.
            ("DE", "F-67000", None),
            ("CH", "D-8001", None),
            ("DE", "5311", None),
            ("DE", "53 11 33", None),
            ("CH", "", None),
            ("CH", "CH-", None),
        ];
        for (code, text, expected) in cases {
            let found = country(code).and_then(|country| {
                let patterns = PostcodePatterns::of(country);
                corrected(text, country, |code| patterns.fits(code))
            });
            assert_eq!(found.as_deref(), expected, "{code} {text}");
        }
    }
}
