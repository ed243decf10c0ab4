//! The scripts that letters are of.

use unicode_script::{Script, UnicodeScript};

/// Whether the character belongs to a script that is set with a Han font.
pub(crate) fn is_east_asian(character: char) -> bool {
    use Script::{Bopomofo, Han, Hangul, Hiragana, Katakana};
    matches!(character.script(), Han | Hangul | Hiragana | Katakana | Bopomofo)
        // Ideographic punctuation, enclosed and full-width forms belong to no single script.
        || matches!(character, '\u{3000}'..='\u{30ff}' | '\u{3200}'..='\u{33ff}' | '\u{ff00}'..='\u{ffef}')
}
