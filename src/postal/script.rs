//! Which of a country's two layouts an address is set in: that of its own script or that of Latin
//! letters.

use crate::model::Address;

/// Which of a country's two layouts an address is set in. Countries whose script is Latin have one only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Script {
    /// The layout of the script that the address is written in.
    #[default]
    Auto,
    /// The layout in Latin letters.
    Latin,
    /// The layout in the country's own script.
    Local,
}

impl Script {
    /// Whether that address is written in the script; every address is where none is wanted.
    pub(super) fn is_of(self, address: &Address<'_>) -> bool {
        self == Script::Auto || (self == Script::Latin) == Script::Auto.is_latin(address)
    }

    /// Whether that address is set in the layout for Latin letters.
    ///
    /// The town decides, else the area or district, and the street where there are none: a Latin company name in a
    /// Japanese street does not turn the address round.
    pub(crate) fn is_latin(self, address: &Address<'_>) -> bool {
        if self != Script::Auto {
            return self == Script::Latin;
        }
        let Address { locality, administrative_area, dependent_locality, .. } = address;
        match locality.as_ref().or(administrative_area.as_ref()).or(dependent_locality.as_ref()) {
            Some(name) => is_latin(name),
            None => address.address_lines.iter().all(|line| is_latin(line)),
        }
    }
}

/// The language of a BCP 47 tag in small letters, without its script and region. Nothing where the tag says that it is
/// written in Latin letters: "ja-Latn" is Japanese in letters in which no Japanese word or separator stands.
pub(super) fn language_in_own_letters(tag: &str) -> Option<String> {
    let mut subtags = tag.split(['-', '_']);
    let base = subtags.next().unwrap_or_default().to_ascii_lowercase();
    (!subtags.any(|subtag| subtag.eq_ignore_ascii_case("latn"))).then_some(base)
}

/// Whether every letter of a text is Latin; digits and punctuation belong to every script.
pub(super) fn is_latin(text: &str) -> bool {
    text.is_ascii()
        || text.chars().all(|letter| {
            // Latin as far as addresses use it, Vietnamese in 1E00 to 1EFF, and combining marks,
            // which belong to the letter before.
            matches!(letter, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{300}'..='\u{36F}')
                || !letter.is_alphabetic()
        })
}
