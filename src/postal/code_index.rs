//! Tables that are looked up by a code of two letters.

/// The place of each code in a table of countries or of what belongs to them; [`NOWHERE`] for others.
pub(super) type CodeIndex = [u8; 26 * 26];
/// The place of a code that is not in the table.
pub(super) const NOWHERE: u8 = u8::MAX;

/// Place in [`CodeIndex`] of a code of two letters, capitals or not.
pub(super) const fn letters(code: &str) -> Option<usize> {
    match *code.as_bytes() {
        [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
            let [first, second] = [first.to_ascii_uppercase(), second.to_ascii_uppercase()];
            Some((first - b'A') as usize * 26 + (second - b'A') as usize)
        }
        _ => None,
    }
}

/// The [`CodeIndex`] of a table whose rows have their code in that field.
macro_rules! code_index {
    ($table:expr, $code:ident) => {{
        let mut places = [$crate::postal::code_index::NOWHERE; 26 * 26];
        let mut at = 0;
        while at < $table.len() {
            if let Some(letters) = $crate::postal::code_index::letters($table[at].$code) {
                // 252 countries and the value for none fit into a byte.
                places[letters] = at as u8;
            }
            at += 1;
        }
        places
    }};
}
pub(super) use code_index;

/// Place of a code in the table that the places are of.
pub(super) fn place(code: &str, places: &CodeIndex) -> Option<usize> {
    // Two letters give a number below 26 × 26, so the index is always within the table.
    let place = places[letters(code)?];
    (place != NOWHERE).then_some(place.into())
}
