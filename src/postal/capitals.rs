//! Capital letters as the language writes them.

/// The languages whose capitals are not Unicode's general ones (SpecialCasing.txt, and CLDR's
/// el-Upper transform).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CapitalsRule {
    /// Every other language.
    General,
    /// Turkish and Azerbaijani: i has a dotted capital.
    Turkic,
    /// Greek: capitals carry no accent.
    Greek,
}

impl CapitalsRule {
    /// The casing of a BCP 47 tag's language.
    pub(super) fn of(tag: &str) -> CapitalsRule {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        let is = |code: &str| language.eq_ignore_ascii_case(code);
        if is("tr") || is("az") {
            CapitalsRule::Turkic
        } else if is("el") {
            CapitalsRule::Greek
        } else {
            CapitalsRule::General
        }
    }
}

/// Appends a text in capitals.
pub(super) fn push_capitals(out: &mut String, text: &str, casing: CapitalsRule) {
    // Most addresses are ASCII, where capitals are a matter of one bit. In Turkish "i" is not.
    if text.is_ascii() && casing != CapitalsRule::Turkic {
        let start = out.len();
        out.push_str(text);
        // Only what was appended: what stands in front of it may be in small letters on purpose.
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_uppercase();
        }
        return;
    }
    if casing == CapitalsRule::Greek {
        return push_greek(out, text);
    }
    for letter in text.chars() {
        match letter {
            'i' if casing == CapitalsRule::Turkic => out.push('İ'),
            // Georgian's capitals (Mtavruli, Unicode 11) are a headline style that few fonts have.
            '\u{10D0}'..='\u{10FF}' => out.push(letter),
            _ => out.extend(letter.to_uppercase()),
        }
    }
}

/// Greek capitals lose the accent but keep a diaeresis; where the accent alone told two vowels from a
/// diphthong, the capital takes a diaeresis instead (Μάιος, ΜΑΪΟΣ).
fn push_greek(out: &mut String, text: &str) {
    let mut after_accent = false;
    for letter in text.chars() {
        let (base, accented) = without_accent(letter);
        match base {
            // An accent of its own behind its letter, in decomposed text.
            '\u{301}' => continue,
            'ι' | 'Ι' if after_accent => out.push('Ϊ'),
            'υ' | 'Υ' if after_accent => out.push('Ϋ'),
            _ => out.extend(base.to_uppercase()),
        }
        after_accent = accented;
    }
}

/// A Greek letter without its tonos, and whether it had one.
fn without_accent(letter: char) -> (char, bool) {
    let base = match letter {
        'ά' | 'Ά' => 'α',
        'έ' | 'Έ' => 'ε',
        'ή' | 'Ή' => 'η',
        'ί' | 'Ί' => 'ι',
        'ό' | 'Ό' => 'ο',
        'ύ' | 'Ύ' => 'υ',
        'ώ' | 'Ώ' => 'ω',
        // The diaeresis stays: it tells two vowels from a diphthong, in capitals too.
        'ΐ' => return ('ϊ', false),
        'ΰ' => return ('ϋ', false),
        _ => return (letter, false),
    };
    (base, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capitals(text: &str, language: &str) -> String {
        let mut out = String::new();
        push_capitals(&mut out, text, CapitalsRule::of(language));
        out
    }

    #[test]
    fn capitals_follow_the_language() {
        let cases = [
            ("São Paulo", "pt", "SÃO PAULO"),
            ("Curaçao", "en", "CURAÇAO"),
            ("Gießen", "de", "GIESSEN"),
            ("İzmir", "tr", "İZMİR"),
            ("Diyarbakır", "tr", "DİYARBAKIR"),
            ("istanbul", "TR-tr", "İSTANBUL"),
            ("istanbul", "en", "ISTANBUL"),
            ("Αθήνα", "el", "ΑΘΗΝΑ"),
            ("Πειραιάς", "el", "ΠΕΙΡΑΙΑΣ"),
            ("Μάιος", "el", "ΜΑΪΟΣ"),
            ("Καΐκι", "el", "ΚΑΪΚΙ"),
            ("თბილისი", "ka", "თბილისი"),
            ("Łódź", "pl", "ŁÓDŹ"),
            ("IJmuiden", "nl", "IJMUIDEN"),
            ("東京", "ja", "東京"),
        ];
        for (text, language, expected) in cases {
            assert_eq!(capitals(text, language), expected, "{text} in {language}");
        }
    }
}
