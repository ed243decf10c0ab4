//! One font, and which characters it is wanted for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use krilla::text::Font as PdfFont;
use rustybuzz::ttf_parser::{self, GlyphId, Rect, Tag};
use rustybuzz::{Face, Feature, ShapePlan};

/// One face, ready to shape with and to embed.
pub(crate) struct Font {
    /// What lines are shaped with.
    pub face: Face<'static>,
    /// The same face, as it is embedded into PDF.
    pub pdf: PdfFont,
    /// Which of the first characters, that most addresses are made of, it has.
    first: Vec<bool>,
    /// Shape plans that were made so far.
    plans: Mutex<HashMap<PlanKey, Arc<ShapePlan>>>,
    /// Boxes of glyphs, by page of glyph numbers.
    boxes: Vec<OnceLock<Box<GlyphBoxes>>>,
}

/// Boxes of glyphs that follow one another; of an empty glyph there is none.
type GlyphBoxes = [OnceLock<Option<Rect>>; BOXES];

/// Fonts of 65,535 glyphs are common, and few of them are used.
const BOXES: usize = 256;

/// What a shape plan depends on besides the face: direction, script, language, and whether letters stay composed.
pub(crate) type PlanKey =
    (rustybuzz::Direction, Option<rustybuzz::Script>, Option<rustybuzz::Language>, bool);

impl Font {
    /// Reads a face. A font is needed until the last label is drawn, hence the `'static` data.
    pub fn new(data: &'static [u8], index: u32) -> Option<Arc<Font>> {
        let face = Face::from_slice(data, index)?;
        let pdf = PdfFont::new(data.into(), index)?;
        // A lookup in a table in the place of a search in the font, for each character of each line.
        let first = ('\0'..FIRST).map(|c| has_glyph(&face, c)).collect();
        let pages = usize::from(face.number_of_glyphs()).div_ceil(BOXES);
        // Made when a glyph of the page is first needed: fonts for Chinese have 250 such pages.
        let boxes = (0..pages).map(|_| OnceLock::new()).collect();
        has_outlines(&face)
            .then(|| Arc::new(Font { face, pdf, first, plans: Mutex::default(), boxes }))
    }

    /// Whether it has a glyph for the character.
    pub fn covers(&self, character: char) -> bool {
        let known = self.first.get(character as usize).copied();
        known.unwrap_or_else(|| has_glyph(&self.face, character))
    }

    /// The box around a glyph's outline, in the font's units; found once, since it takes longer than to
    /// shape the glyph.
    pub fn bounds(&self, glyph: GlyphId) -> Option<Rect> {
        let at = usize::from(glyph.0);
        let page = self.boxes.get(at / BOXES)?;
        let page = page.get_or_init(|| Box::new([const { OnceLock::new() }; BOXES]));
        *page[at % BOXES].get_or_init(|| self.face.glyph_bounding_box(glyph))
    }

    /// The shape plan for a direction, script and the like; made once, since making it costs more than
    /// shaping a line does.
    pub fn plan(&self, key: PlanKey) -> Arc<ShapePlan> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.get(&key) {
            return plan.clone();
        }
        // Under the lock, which is held once for each font and script of a run.
        let composed = key.3.then(|| Feature::new(Tag::from_bytes(b"ccmp"), 0, ..));
        let features = composed.as_slice();
        let plan = Arc::new(ShapePlan::new(&self.face, key.0, key.1, key.2.as_ref(), features));
        plans.insert(key, plan.clone());
        plan
    }
}

/// The end of Latin, Greek and Cyrillic.
const FIRST: char = '\u{530}';

/// Whether a face maps a character to a glyph of its own.
pub(super) fn has_glyph(face: &ttf_parser::Face<'_>, character: char) -> bool {
    face.glyph_index(character).is_some_and(|glyph| glyph != GlyphId(0))
}

/// Whether a face has outlines; one of coloured pictures only prints as nothing.
pub(crate) fn has_outlines(face: &ttf_parser::Face<'_>) -> bool {
    let tables = face.tables();
    // TrueType, PostScript and variable PostScript outlines.
    tables.glyf.is_some() || tables.cff.is_some() || tables.cff2.is_some()
}

/// Whose forms of the Han characters: one code point is written differently in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum HanForms {
    /// As in Japan.
    Japanese,
    /// As in Korea.
    Korean,
    /// As in mainland China.
    Simplified,
    /// As in Taiwan and Hong Kong.
    Traditional,
}

impl HanForms {
    /// The forms for an address of that country (ISO 3166-1 alpha-2), else of that language (BCP 47).
    pub fn of(country: &str, language: Option<&str>) -> Option<HanForms> {
        match (country, language.unwrap_or_default()) {
            ("JP", _) => Some(HanForms::Japanese),
            ("KR" | "KP", _) => Some(HanForms::Korean),
            // Singapore and Malaysia write the simplified forms.
            ("CN" | "SG" | "MY", _) => Some(HanForms::Simplified),
            ("TW" | "HK" | "MO", _) => Some(HanForms::Traditional),
            (_, language) if language.starts_with("ja") => Some(HanForms::Japanese),
            (_, language) if language.starts_with("ko") => Some(HanForms::Korean),
            (_, language) if language.starts_with("zh-Hant") || language.starts_with("zh-TW") => {
                Some(HanForms::Traditional)
            }
            (_, language) if language.starts_with("zh") => Some(HanForms::Simplified),
            _ => None,
        }
    }
}

/// Whether a character needs no glyph: joiners, directional marks, variation selectors, soft hyphen
/// (the Default_Ignorable_Code_Point property, as far as text uses it).
pub(crate) fn ignorable(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0100}'..='\u{e01ef}')
}
