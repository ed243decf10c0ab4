//! How an address is set for the post of its country, seen from the country of origin.
//!
//! Everything above the country line follows the destination: its layout, its capitals, its script. The
//! country line follows the origin: mail within a country has none, and mail from abroad ends with it.
//!
//! The layouts are libaddressinput's (`countries`), corrected where the posts say otherwise
//! (`overlay`). [`LayoutMode::Raw`] leaves the corrections out, which is for comparing with libaddressinput and
//! not for envelopes.
//!
//! Two promises hold for every country and every choice of components, and are tested so: no component is
//! lost, though a country's layout may have no place for it, and none is set twice.
//!
//! ```
//! use officedir::model::Address;
//! use officedir::postal::{LayoutOptions, layout};
//!
//! let address = Address {
//!     address_lines: vec!["1-14-2 Nishi-Shimbashi".into()],
//!     locality: Some("Minato-ku".into()),
//!     administrative_area: Some("Tokyo".into()),
//!     postal_code: Some("105-0003".into()),
//!     country: "JP".into(),
//!     ..Address::default()
//! };
//! let options = LayoutOptions { from: Some("DE"), ..LayoutOptions::default() };
//! let label = layout(&address, &options);
//! assert_eq!(label.to_lines(), ["1-14-2 Nishi-Shimbashi", "MINATO-KU, TOKYO 105-0003", "JAPAN"]);
//! ```

mod bounding_box;
mod capitals;
mod choice;
mod code_form;
mod code_index;
mod codes;
mod component;
mod compose;
mod country;
mod country_line;
mod format;
mod overlay;
mod patterns;
mod post;
mod post_office_box;
mod problem_text;
mod problems;
mod raw;
mod script;
mod street;
mod subdivisions;

pub use bounding_box::{BoundingBox, bounding_boxes, is_within};
pub use choice::address_for;
pub(crate) use choice::{order_by_script, street_and_mail};
pub use component::{Component, Components};
pub(crate) use country::nearest_language;
pub use country::{Country, PostalCode, Subdivision, countries, country, has_language, languages};
pub(crate) use country_line::country_name;
pub use format::AddressFormat;
pub use overlay::Overlay;
pub use post_office_box::post_office_box;
pub use problems::{AddressProblem, country_named, probable_country, problems};
pub use script::Script;
pub(crate) use subdivisions::fold;

use crate::model::Address;
use compose::ComposedLines;

/// How an address is to be set. The default is for mail from abroad, in the script that the address is
/// written in, without a name.
#[derive(Clone, Copy, Debug, Default)]
pub struct LayoutOptions<'a> {
    /// The person that the mail is for.
    pub recipient: Option<&'a str>,
    /// The organisation, by the whole name that it has on an envelope. Set once where it is the recipient too.
    pub organization: Option<&'a str>,
    /// ISO 3166-1 alpha-2 code of the country that the mail is sent from. Without it the country line
    /// is always there.
    pub from: Option<&'a str>,
    /// BCP 47 tag of the country line's language. Without it, or where [`languages`] has no such
    /// language: the origin's main language if that is written in Latin letters, else English.
    pub language: Option<&'a str>,
    /// Whether the country line names the country a second time, in English, or in French where the first name is
    /// English: the UPU recommends a language that is known internationally beside that of the origin.
    pub both_languages: bool,
    /// Which of a country's layouts is used.
    pub script: Script,
    /// Whose rules are followed.
    pub mode: LayoutMode,
    /// Whether places and the country have the capitals that posts ask for.
    pub letter_case: LetterCase,
}

/// The letters of an address that is set by a post's rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LetterCase {
    /// Capitals where the post of the destination asks for them, and for the country.
    #[default]
    Post,
    /// As the directory has them, for a text that people read on a screen and nobody puts on an envelope.
    AsWritten,
}

/// Whose rules a layout follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LayoutMode {
    /// The country's post: every component once, capitals, the country line.
    #[default]
    Post,
    /// libaddressinput's formatters, to the letter: components without a place are left out.
    Raw,
}

/// An address as it is printed. The lines are in one buffer: an export makes two or three labels an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressLabel {
    /// The country line last, if there is one.
    lines: ComposedLines,
    /// Whether the last line is the country's.
    has_country_line: bool,
    /// What joins the lines where all of them are to be one.
    separator: &'static str,
}

impl AddressLabel {
    /// The lines above the country line, none of them empty.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().take(self.lines.count() - usize::from(self.has_country_line))
    }

    /// The destination country, in capitals; absent on mail within the country.
    pub fn country_line(&self) -> Option<&str> {
        self.lines.iter().last().filter(|_| self.has_country_line)
    }

    /// Every line, the country line last.
    pub fn all_lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter()
    }

    /// Every line, the country line last.
    pub fn to_lines(&self) -> Vec<String> {
        self.all_lines().map(str::to_owned).collect()
    }

    /// Every line, the country line last, and whether it names a locality, an administrative area or a code.
    pub(crate) fn lines_of_places(&self) -> impl Iterator<Item = (&str, bool)> {
        self.lines.iter().zip(self.lines.places())
    }

    /// The address in one line, with the separator of its language: ", " for most, nothing for Chinese and
    /// Japanese, which have no spaces.
    pub fn one_line(&self) -> String {
        let lines: Vec<&str> = self.all_lines().collect();
        lines.join(self.separator)
    }
}

/// Sets an address. It never fails: what is missing or unknown is left out, and [`problems`] says what a
/// post would object to.
///
/// An address of an unknown country is set in a general layout, with the country's code as it stands.
pub fn layout(address: &Address<'_>, options: &LayoutOptions<'_>) -> AddressLabel {
    match options.mode {
        LayoutMode::Post => post::layout(address, options),
        LayoutMode::Raw => raw::layout(address, options),
    }
}

/// What stands between the lines of an address in one line, by the language of the address
/// (libaddressinput's rule).
fn separator(language: &str) -> &'static str {
    match script::language_in_own_letters(language).unwrap_or_default().as_str() {
        "ja" | "zh" => "",
        "ko" | "th" => " ",
        "ar" | "az" | "fa" | "kk" | "ku" | "ky" | "ps" | "tg" | "tk" | "ur" | "uz" => "، ",
        _ => ", ",
    }
}
