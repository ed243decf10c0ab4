//! The table of countries, generated from Google's address data and Unicode's CLDR. What is wrong in it
//! is corrected in `overlay`, never here and never in the generated file.

use super::code_index::{CodeIndex, code_index, place};
use super::codes::codes;
use super::component::Components;
use super::format::AddressFormat;
use super::overlay::{Overlay, overlay};

/// How many languages have names of countries; see [`languages`].
const LANGUAGES: usize = 31;

/// What the post of a country or territory asks of an address.
///
/// ```
/// use officedir::postal::country;
///
/// let japan = country("JP").ok_or("no such country")?;
/// assert_eq!(japan.english_name(), "Japan");
/// assert_eq!(japan.name("de-AT"), Some("Japan"));
/// assert_eq!(japan.postal_code().map(|code| code.example), Some("154-0023"));
/// assert!(japan.latin_format.is_some(), "it is written in two scripts");
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code, or a territory's reserved one (AC, TA, XK).
    pub code: &'static str,
    /// ISO 3166-1 alpha-3 code.
    pub alpha3: &'static str,
    /// BCP 47 code of the language that most people there write.
    pub language: &'static str,
    /// Whether that language is written in Latin letters.
    pub latin_script: bool,
    /// In the order of the table's languages.
    names: [&'static str; LANGUAGES],
    /// The layout in the country's own script, as libaddressinput has it.
    pub format: AddressFormat,
    /// The layout in Latin letters, where it is another one.
    pub latin_format: Option<AddressFormat>,
    /// The components that libaddressinput's data requires; [`Country::required`] is the corrected set.
    pub(super) required: Components,
    /// The components that libaddressinput's data wants in capitals.
    pub(super) capitals: Components,
    /// The postal code's shape in libaddressinput's data; [`Country::postal_code`] is the corrected one.
    pub(super) postal_code: Option<PostalCode>,
    /// States, provinces or prefectures; empty where the post does not use them.
    pub subdivisions: &'static [Subdivision],
    /// The index of their names and codes; see `subdivisions.rs`.
    pub(super) subdivision_names: &'static str,
}

/// The shape of a country's postal codes. That a code has the shape does not mean that it is assigned: lists
/// of assigned codes are large, change every month, and cost money in many countries.
#[derive(Debug)]
pub struct PostalCode {
    /// Regular expression for the whole code, ASCII only.
    pub pattern: &'static str,
    /// A valid code.
    pub example: &'static str,
}

/// A state, province or prefecture, or a region that provinces are in.
#[derive(Debug)]
pub struct Subdivision {
    /// ISO 3166-2 code without the country; empty where there is none.
    pub code: &'static str,
    /// What the country's post writes: an abbreviation or the full official name. Empty where the post does not
    /// sort by it.
    pub key: &'static str,
    /// The everyday name in the country's script, or in Latin letters where the post does not sort by it.
    pub name: &'static str,
    /// The name in Latin letters, where `key` is in another script; else empty.
    pub latin: &'static str,
    /// The code of the subdivision that it is a part of; empty where it is one of the first level.
    pub parent: &'static str,
    /// Regular expression for the beginning of its postal codes; empty where the post does not say, or sorts
    /// by something else.
    pub postal_code: &'static str,
}

impl Subdivision {
    /// The name in Latin letters, for a sentence in English.
    pub fn latin_name(&self) -> &'static str {
        if self.latin.is_empty() { self.name } else { self.latin }
    }

    /// Its code and all of its names; some are empty.
    pub fn all_names(&self) -> impl Iterator<Item = &'static str> {
        [self.code, self.key, self.name, self.latin].into_iter()
    }

    /// Whether one of two is the other, or is in it.
    pub(super) fn overlaps(&self, other: &Subdivision) -> bool {
        let is_in = |one: &Subdivision, other: &Subdivision| {
            !other.code.is_empty() && one.parent == other.code
        };
        std::ptr::eq(self, other) || is_in(self, other) || is_in(other, self)
    }
}

/// The generated table.
struct CountryTable {
    /// BCP 47 tags, English first.
    languages: [&'static str; LANGUAGES],
    /// In the order of their codes.
    countries: [Country; 252],
}

/// All countries, compiled in. The file is Rust, written by `data/make-table.py`.
static TABLE: CountryTable = include!("data/countries.in");

/// Every country and territory, by code.
pub fn countries() -> &'static [Country] {
    &TABLE.countries
}

/// The country with that ISO 3166-1 alpha-2 code, capitals or not.
pub fn country(code: &str) -> Option<&'static Country> {
    TABLE.countries.get(place(code, &PLACES)?)
}

/// Where each code is in the table: two letters are a number, so a country is found without a
/// search.
static PLACES: CodeIndex = code_index!(TABLE.countries, code);

/// The country's place in [`countries`].
pub(super) fn number(country: &Country) -> usize {
    // A country of the table always has its place.
    place(country.code, &PLACES).unwrap_or_default()
}

/// The languages that countries have names in, as BCP 47 tags.
pub fn languages() -> &'static [&'static str] {
    &TABLE.languages
}

/// The language with names of countries that a BCP 47 tag means, by its tag in [`languages`]; see [`Country::name`].
pub(crate) fn nearest_language(tag: &str) -> Option<&'static str> {
    TABLE.languages.get(language_index(tag)?).copied()
}

/// Whether countries have names in the language of a BCP 47 tag; see [`Country::name`].
pub fn has_language(tag: &str) -> bool {
    language_index(tag).is_some()
}

impl Country {
    /// The country's name in a language; `None` where the table does not have the language.
    ///
    /// Tags are matched as far as the table tells languages apart: "de-AT" is "de", "zh-TW" is
    /// "zh-Hant", "nb" is "no".
    pub fn name(&self, language: &str) -> Option<&'static str> {
        self.names.get(language_index(language)?).copied()
    }

    /// The country's English name.
    pub fn english_name(&self) -> &'static str {
        // English is the first language of the table.
        self.names[0]
    }

    /// The country's names, in the order of [`languages`].
    pub fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// Whether a text is the country's name in any language.
    pub(super) fn is_named(&self, text: &str) -> bool {
        self.names.iter().any(|name| same(text, name))
    }

    /// The components that the country's post needs.
    pub fn required(&self) -> Components {
        let corrected = self.overlay().and_then(|row| row.required);
        corrected.unwrap_or(self.required)
    }

    /// The postal code's shape; absent where the country has no codes or none known.
    pub fn postal_code(&self) -> Option<&PostalCode> {
        let corrected = codes(self.code).and_then(|row| row.code.as_ref());
        corrected.or(self.postal_code.as_ref())
    }

    /// What there is to say of the country's postal codes, in one sentence without a full stop.
    pub(super) fn code_note(&self) -> Option<&'static str> {
        codes(self.code).map(|row| row.note).filter(|note| !note.is_empty())
    }

    /// What is corrected of libaddressinput's data for this country, and why.
    pub fn overlay(&self) -> Option<&'static Overlay> {
        overlay(self.code)
    }
}

/// The place in the table's languages of a BCP 47 tag. The whole tag counts first, then its language, with
/// the two cases in which one language of the table has another name or two scripts.
fn language_index(tag: &str) -> Option<usize> {
    let exact = |tag: &str| {
        let mut known = TABLE.languages.iter();
        known.position(|language| language.eq_ignore_ascii_case(tag))
    };
    exact(tag).or_else(|| {
        let mut subtags = tag.split(['-', '_']);
        let is_simplified = subtags.clone().any(|subtag| subtag.eq_ignore_ascii_case("Hans"));
        match subtags.next()?.to_ascii_lowercase().as_str() {
            // CLDR has Norwegian under "no"; the country and its people write "nb" and "nn".
            "nb" | "nn" => exact("no"),
            // Chinese is told apart by script, which a region implies where none is given.
            "zh" if !is_simplified && subtags.any(is_traditional) => exact("zh-Hant"),
            language => exact(language),
        }
    })
}

/// Whether a subtag says that Chinese is written in traditional characters.
fn is_traditional(subtag: &str) -> bool {
    let mut tags = ["Hant", "TW", "HK", "MO"].iter();
    tags.any(|tag| tag.eq_ignore_ascii_case(subtag))
}

/// Whether two names are the same but for capitals.
pub(super) fn same(left: &str, right: &str) -> bool {
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
    left.eq_ignore_ascii_case(right)
        // No text beyond ASCII has the small letters of one within it, but for the Kelvin sign: mixed pairs
        // need no look.
        || (!left.is_ascii() && !right.is_ascii() && lower(left) == lower(right))
}
