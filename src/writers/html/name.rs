//! Names on the page: in which language they are, and in which direction they are read.

use serde::Serialize;
use unicode_bidi::BidiClass;

use super::words::Words;
use crate::model::ChosenName;

/// A name as a template sees it.
#[derive(Serialize)]
pub(super) struct NameView<'v> {
    /// The name.
    name: &'v str,
    /// BCP 47 tag of its language, where that is not the page's; empty where nobody knows it.
    language: Option<&'v str>,
    /// Whether it is written from right to left.
    right_to_left: bool,
}

impl<'v> NameView<'v> {
    /// The name on a page with these words.
    pub fn new(chosen: &ChosenName<'v>, words: &Words) -> Self {
        let language = match chosen.language {
            Some(language) => Some(language).filter(|it| !it.eq_ignore_ascii_case(&words.language)),
            // The directory does not say what language its usual names are in. Most are English.
            None if words.is_in("en") => None,
            None => Some(""),
        };
        NameView { name: chosen.name, language, right_to_left: is_right_to_left(chosen.name) }
    }

    /// A name in the page's language.
    pub fn own(name: &'v str) -> Self {
        NameView { name, language: None, right_to_left: false }
    }
}

/// Whether the first letter that has a direction is written from right to left (Unicode Standard Annex #9, rule P2).
pub(super) fn is_right_to_left(text: &str) -> bool {
    let mut classes = text.chars().map(unicode_bidi::bidi_class);
    let strong = classes.find(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
    matches!(strong, Some(BidiClass::R | BidiClass::AL))
}
