//! The fonts that labels are set in: the ones given, the built-in one, then the system's.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use krilla::text::Font as PdfFont;
use rustybuzz::ttf_parser::{self, GlyphId, Rect};
use rustybuzz::{Face, ShapePlan};
use unicode_script::{Script, UnicodeScript};

use super::known::Known;
use super::system::System;

/// Noto Sans Regular, cut down to Latin, Greek and Cyrillic; made by `data/make-font.sh`.
const BUILT_IN: &[u8] = include_bytes!("data/NotoSans-Labels.ttf");

/// One face, ready to shape with and to embed.
pub(super) struct Font {
    pub face: Face<'static>,
    pub pdf: PdfFont,
    /// Which of the first characters, that most addresses are made of, it has.
    first: Vec<bool>,
    plans: Mutex<HashMap<PlanKey, Arc<ShapePlan>>>,
    /// Boxes of glyphs, by page of glyph numbers.
    boxes: Vec<OnceLock<Box<Boxes>>>,
}

/// Boxes of glyphs that follow one another; of an empty glyph there is none.
type Boxes = [OnceLock<Option<Rect>>; BOXES];

/// Fonts of 65,535 glyphs are common, and few of them are used.
const BOXES: usize = 256;

/// What a shape plan depends on besides the face.
pub(super) type PlanKey =
    (rustybuzz::Direction, Option<rustybuzz::Script>, Option<rustybuzz::Language>);

impl Font {
    /// Reads a face. A font is needed until the last label is drawn, hence the `'static` data.
    pub fn new(data: &'static [u8], index: u32) -> Option<Arc<Font>> {
        let face = Face::from_slice(data, index)?;
        let pdf = PdfFont::new(data.into(), index)?;
        let first = ('\0'..FIRST).map(|c| has_glyph(&face, c)).collect();
        let pages = usize::from(face.number_of_glyphs()).div_ceil(BOXES);
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

    /// The shape plan for a direction, script and language; made once, since making it costs more than
    /// shaping a line does.
    pub fn plan(&self, key: PlanKey) -> Arc<ShapePlan> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.get(&key) {
            return plan.clone();
        }
        let plan = Arc::new(ShapePlan::new(&self.face, key.0, key.1, key.2.as_ref(), &[]));
        plans.insert(key, plan.clone());
        plan
    }
}

/// The end of Latin, Greek and Cyrillic.
const FIRST: char = '\u{530}';

fn has_glyph(face: &ttf_parser::Face<'_>, character: char) -> bool {
    face.glyph_index(character).is_some_and(|glyph| glyph != GlyphId(0))
}

/// Whether a face has outlines; one of coloured pictures only prints as nothing.
pub(super) fn has_outlines(face: &ttf_parser::Face<'_>) -> bool {
    let tables = face.tables();
    tables.glyf.is_some() || tables.cff.is_some() || tables.cff2.is_some()
}

/// Which of the system's fonts, if any, has a character.
type Chosen = HashMap<(char, Option<Han>), Option<Arc<Font>>>;

/// The fonts of one run, in order of preference.
pub(super) struct Fonts {
    first: Vec<Arc<Font>>,
    system: OnceLock<System>,
    chosen: Mutex<Chosen>,
    /// Lines that were set in these fonts.
    pub known: Known,
}

impl Fonts {
    /// The given font files' contents (every face of a collection), then the built-in font, then the
    /// system's.
    ///
    /// # Errors
    /// The number of the first file that is not a font with outlines.
    pub fn new(files: Vec<Vec<u8>>) -> Result<Fonts, usize> {
        let mut first = Vec::new();
        for (number, data) in files.into_iter().enumerate() {
            let data: &'static [u8] = data.leak();
            let faces = ttf_parser::fonts_in_collection(data).unwrap_or(1);
            let before = first.len();
            first.extend((0..faces).filter_map(|index| Font::new(data, index)));
            if first.len() == before {
                return Err(number);
            }
        }
        first.extend(Font::new(BUILT_IN, 0));
        Ok(Fonts {
            first,
            system: OnceLock::new(),
            chosen: Mutex::default(),
            known: Known::default(),
        })
    }

    /// The font for the characters of one cluster. What stands in front goes on in the same font, where
    /// the first fonts do not have them: punctuation and digits of a script belong to its letters.
    /// `han` says whose forms of the Han characters are wanted.
    pub fn choose(
        &self,
        cluster: &str,
        before: Option<&Arc<Font>>,
        han: Option<Han>,
    ) -> Option<Arc<Font>> {
        let covers =
            |font: &&Arc<Font>| cluster.chars().filter(|c| !ignorable(*c)).all(|c| font.covers(c));
        if let Some(font) = self.first.iter().chain(before).find(covers) {
            return Some(font.clone());
        }
        let base = cluster.chars().next()?;
        let key = (base, han.filter(|_| is_east_asian(base)));
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = chosen.get(&key) {
            return known.clone();
        }
        let font = self.system.get_or_init(System::load).choose(key.0, key.1);
        chosen.insert(key, font.clone());
        font
    }
}

/// Whose forms of the Han characters: one code point is written differently in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Han {
    Japanese,
    Korean,
    Simplified,
    Traditional,
}

impl Han {
    /// The forms for an address of that country (ISO 3166-1 alpha-2), else of that language (BCP 47).
    pub fn of(country: &str, language: Option<&str>) -> Option<Han> {
        match (country, language.unwrap_or_default()) {
            ("JP", _) => Some(Han::Japanese),
            ("KR" | "KP", _) => Some(Han::Korean),
            ("CN" | "SG" | "MY", _) => Some(Han::Simplified),
            ("TW" | "HK" | "MO", _) => Some(Han::Traditional),
            (_, language) if language.starts_with("ja") => Some(Han::Japanese),
            (_, language) if language.starts_with("ko") => Some(Han::Korean),
            (_, language) if language.starts_with("zh-Hant") || language.starts_with("zh-TW") => {
                Some(Han::Traditional)
            }
            (_, language) if language.starts_with("zh") => Some(Han::Simplified),
            _ => None,
        }
    }
}

/// Whether the character belongs to a script that is set with a Han font.
pub(super) fn is_east_asian(character: char) -> bool {
    use Script::{Bopomofo, Han, Hangul, Hiragana, Katakana};
    matches!(character.script(), Han | Hangul | Hiragana | Katakana | Bopomofo)
        // Ideographic punctuation, enclosed and full-width forms belong to no single script.
        || matches!(character, '\u{3000}'..='\u{30ff}' | '\u{3200}'..='\u{33ff}' | '\u{ff00}'..='\u{ffef}')
}

/// Whether a character needs no glyph: joiners, directional marks, variation selectors, soft hyphen
/// (the Default_Ignorable_Code_Point property, as far as text uses it).
pub(super) fn ignorable(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// The characters of a text that no font has, each once.
pub(super) type Missing = BTreeSet<char>;
