//! The fonts that labels are set in: the ones given, the built-in one, then the system's.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustybuzz::ttf_parser;

use super::font::{Font, HanForms, ignorable};
use super::line_cache::LineCache;
use super::system::SystemFonts;
use crate::text::is_east_asian;

/// Noto Sans Regular, cut down to Latin, Greek and Cyrillic; made by `data/make-font.sh`.
const BUILT_IN: &[u8] = include_bytes!("data/NotoSans-Labels.ttf");

/// Which of the system's fonts, if any, has a character.
type FontChoices = HashMap<(char, Option<HanForms>), Option<Arc<Font>>>;

/// The fonts of one run, in order of preference.
pub(crate) struct FontSet {
    /// The given fonts, in their order, and the built-in one.
    first: Vec<Arc<Font>>,
    /// Looked for when a character first needs them.
    system: OnceLock<SystemFonts>,
    /// What was chosen of the system's fonts, by character and forms.
    chosen: Mutex<FontChoices>,
    /// Lines that were set in these fonts.
    pub known: LineCache,
    /// Whether characters that the first fonts do not have get about the room that they take.
    pub estimates: bool,
}

impl FontSet {
    /// The given font files' contents (every face of a collection), then the built-in font, then the
    /// system's.
    ///
    /// # Errors
    /// The number of the first file that is not a font with outlines.
    pub fn new(files: Vec<Vec<u8>>) -> Result<FontSet, usize> {
        let mut first = Vec::new();
        for (number, data) in files.into_iter().enumerate() {
            // Fonts are needed until the last label is drawn, and a run reads each file once.
            let data: &'static [u8] = data.leak();
            let faces = ttf_parser::fonts_in_collection(data).unwrap_or(1);
            let before = first.len();
            first.extend((0..faces).filter_map(|index| Font::new(data, index)));
            // A file that cannot be used is an error: it was named because somebody wants its glyphs.
            if first.len() == before {
                return Err(number);
            }
        }
        first.extend(Font::new(BUILT_IN, 0));
        Ok(FontSet::of(first, false))
    }

    /// The built-in font, for text that is drawn in fonts nobody knows yet, such as those of a browser: characters
    /// that it does not have get about the room that they take, and none is missing. So no machine's fonts matter.
    pub fn estimated() -> FontSet {
        FontSet::of(Font::new(BUILT_IN, 0).into_iter().collect(), true)
    }

    /// These fonts in front of the system's, or of estimates.
    fn of(first: Vec<Arc<Font>>, estimates: bool) -> FontSet {
        FontSet {
            first,
            system: OnceLock::new(),
            chosen: Mutex::default(),
            known: LineCache::default(),
            estimates,
        }
    }

    /// The font that is tried before all others.
    pub fn first(&self) -> Option<&Arc<Font>> {
        self.first.first()
    }

    /// The font for the characters of one cluster. What stands in front goes on in the same font, where
    /// the first fonts do not have them: punctuation and digits of a script belong to its letters.
    /// `han` says whose forms of the Han characters are wanted.
    pub fn choose(
        &self,
        cluster: &str,
        before: Option<&Arc<Font>>,
        han: Option<HanForms>,
    ) -> Option<Arc<Font>> {
        let covers =
            |font: &&Arc<Font>| cluster.chars().filter(|c| !ignorable(*c)).all(|c| font.covers(c));
        // The given fonts, the built-in one, then that of the text before: digits of an Arabic line
        // stay in its font.
        if let Some(font) = self.first.iter().chain(before).find(covers) {
            return Some(font.clone());
        }
        if self.estimates {
            return self.first.last().cloned();
        }
        let base = cluster.chars().next()?;
        // Only for Han characters does it matter whose forms are wanted.
        let key = (base, han.filter(|_| is_east_asian(base)));
        // Held while a font is read: two threads would read the same file.
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = chosen.get(&key) {
            return known.clone();
        }
        let font = self.system.get_or_init(SystemFonts::load).choose(key.0, key.1);
        chosen.insert(key, font.clone());
        font
    }
}

/// The characters of a text that no font has, each once.
pub(crate) type MissingCharacters = BTreeSet<char>;
