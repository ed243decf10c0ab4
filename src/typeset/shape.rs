//! From a line of text to glyphs: bidirectional order (UAX #9), scripts, fonts, shaping.
//!
//! All lengths are in units of the font size, so that a line is shaped once for every size.
//!
//! Shaping is rustybuzz's, which is HarfBuzz in Rust; order is the Unicode Bidirectional Algorithm's. What is
//! decided here is which font a character gets, and that a run has one script and one font.

use std::ops::Range;
use std::sync::Arc;

use rustybuzz::ttf_parser::Tag;
use rustybuzz::{BufferClusterLevel, Direction, GlyphBuffer, Language, UnicodeBuffer};
use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use super::font::{Font, HanForms, ignorable};
use super::fonts::{FontSet, MissingCharacters};
use super::line::{Glyph, GlyphRun, InkBounds, ShapedLine};
use super::line_cache::LineKey;
use crate::text::is_east_asian;

/// Sets the lines of one address.
pub(crate) struct Shaper<'a> {
    /// The fonts to choose from.
    fonts: &'a FontSet,
    /// Whose forms of the Han characters are wanted.
    han: Option<HanForms>,
    /// The language of the address, for scripts that have forms for languages.
    language: Option<Language>,
}

/// A stretch of text in one script and font.
struct ScriptItem {
    /// Its bytes in the text.
    range: Range<usize>,
    /// What its letters belong to; digits and punctuation are counted with them.
    script: Script,
    /// What all of it is set in.
    font: Arc<Font>,
}

impl<'a> Shaper<'a> {
    /// For an address in that country (ISO 3166-1 alpha-2) and language (BCP 47).
    pub fn new(fonts: &'a FontSet, country: &str, language: Option<&str>) -> Self {
        let han = HanForms::of(country, language);
        Shaper { fonts, han, language: language.and_then(|tag| tag.parse().ok()) }
    }

    /// Sets a line; `base` is the direction of the whole that it is a part of.
    ///
    /// # Errors
    /// The characters that no font has.
    pub fn line(
        &self,
        text: &str,
        base: Option<Level>,
    ) -> Result<Arc<ShapedLine>, MissingCharacters> {
        let key = LineKey {
            text: text.to_owned(),
            base: base.map(|level| level.number()),
            han: self.han,
            language: self.language.clone(),
        };
        self.fonts.known.line(key, || self.set(text, base))
    }

    /// Sets a line: cut by script and font, in the order in which it is read, then as it is seen.
    fn set(&self, text: &str, base: Option<Level>) -> Result<ShapedLine, MissingCharacters> {
        // Cut by script and font first, in logical order, then put into visual order.
        let items = self.items(text)?;
        // The bidirectional algorithm allocates several lists for each line, and nearly all lines do
        // not need it.
        if is_left_to_right(text) && base.is_none_or(|level| level.is_ltr()) {
            let mut line = ShapedLine::new(false);
            let mut missing = MissingCharacters::new();
            for item in &items {
                self.run((text, item.range.clone()), item, false, &mut line, &mut missing);
            }
            return if missing.is_empty() { Ok(line) } else { Err(missing) };
        }
        let bidi = ParagraphBidiInfo::new(text, base);
        let (levels, visual) = bidi.visual_runs(0..text.len());
        let mut line = ShapedLine::new(bidi.paragraph_level.is_rtl());
        let mut missing = MissingCharacters::new();
        for level_run in visual {
            let backwards = levels.get(level_run.start).is_some_and(|level| level.is_rtl());
            let mut parts: Vec<(Range<usize>, &ScriptItem)> = items
                .iter()
                .map(|item| {
                    // An item may be cut where the direction changes, and a run of one direction where the
                    // script does.
                    (item.range.start.max(level_run.start)..item.range.end.min(level_run.end), item)
                })
                .filter(|(range, _)| range.start < range.end)
                .collect();
            // From right to left, what is read last is seen first.
            if backwards {
                parts.reverse();
            }
            for (range, item) in parts {
                self.run((text, range), item, backwards, &mut line, &mut missing);
            }
        }
        if missing.is_empty() { Ok(line) } else { Err(missing) }
    }

    /// Cuts a text where script or font changes.
    fn items(&self, text: &str) -> Result<Vec<ScriptItem>, MissingCharacters> {
        // Most lines are Latin letters that the first font has, and finding graphemes takes longer than to shape them.
        if let Some(font) = self.fonts.first().filter(|font| is_latin(text, font)) {
            let (range, font) = (0..text.len(), font.clone());
            return Ok(vec![ScriptItem { range, script: Script::Latin, font }]);
        }
        let mut items: Vec<ScriptItem> = Vec::new();
        let mut missing = MissingCharacters::new();
        // What stands in front of the first letter goes with that one.
        let mut script = text.chars().map(script_of).find(|s| is_real(*s)).unwrap_or(Script::Latin);
        // A letter is in one font with its marks.
        for (start, cluster) in text.grapheme_indices(true) {
            let range = start..start + cluster.len();
            let own = cluster.chars().map(script_of).find(|s| is_real(*s));
            // Digits and punctuation are of no script and go with the letters before them.
            script = own.unwrap_or(script);
            let Some(font) =
                self.fonts.choose(cluster, items.last().map(|item| &item.font), self.han)
            else {
                // All that are missing are collected, so that one error names them all.
                missing.extend(cluster.chars().filter(|c| !ignorable(*c)));
                continue;
            };
            match items.last_mut() {
                Some(item) if item.script == script && Arc::ptr_eq(&item.font, &font) => {
                    item.range.end = range.end
                }
                _ => items.push(ScriptItem { range, script, font }),
            }
        }
        if missing.is_empty() { Ok(items) } else { Err(missing) }
    }

    /// Shapes one item and appends it to the line.
    fn run(
        &self,
        (text, range): (&str, Range<usize>),
        item: &ScriptItem,
        backwards: bool,
        line: &mut ShapedLine,
        missing: &mut MissingCharacters,
    ) {
        let (text, start) = (&text[range.clone()], range.start);
        // A font has 16,384 units at most.
        let em = u16::try_from(item.font.face.units_per_em()).unwrap_or(u16::MAX);
        let shaped = self.shape_item(text, item, backwards);
        let starts = cluster_starts(&shaped, text);
        let x = line.advance;
        let mut glyphs = Vec::with_capacity(shaped.len());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let start = info.cluster as usize;
            let end = starts
                .get(starts.partition_point(|at| *at <= start))
                .copied()
                .unwrap_or(text.len());
            // Glyph numbers have 16 bits in every outline format.
            let id = u16::try_from(info.glyph_id).unwrap_or(0);
            // Glyph 0 is the box that fonts draw for what they do not have: it must not be printed.
            let is_missing = id == 0;
            if is_missing && !self.fonts.estimates {
                missing.extend(text[start..end].chars());
            }
            let (dx, dy) = (position.x_offset, position.y_offset);
            let advance = match is_missing {
                true => estimated_advance(&text[start..end], i32::from(em)),
                false => position.x_advance,
            };
            let glyph = Glyph { id, em, advance, dx, dy, text: start..end };
            if let Some(bounds) = item.font.bounds(rustybuzz::ttf_parser::GlyphId(id)) {
                let x = |edge: i16| line.advance + glyph.sizes(dx.saturating_add(edge.into()));
                let y = |edge: i16| glyph.sizes(dy.saturating_add(edge.into()));
                let [left, right] = [bounds.x_min, bounds.x_max].map(x);
                let [bottom, top] = [bounds.y_min, bounds.y_max].map(y);
                line.ink.add(InkBounds { left, bottom, right, top });
            }
            line.advance += glyph.sizes(advance);
            glyphs.push(glyph);
        }
        let (font, text) = (item.font.clone(), text.to_owned());
        line.runs.push(GlyphRun { font, x, text, start, right_to_left: backwards, glyphs });
    }

    /// The glyphs of one item, in the order in which they are seen.
    fn shape_item(&self, text: &str, item: &ScriptItem, backwards: bool) -> GlyphBuffer {
        let direction = if backwards { Direction::RightToLeft } else { Direction::LeftToRight };
        let script = rustybuzz::Script::from_iso15924_tag(Tag(item.script.as_iso15924_tag()));
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        if backwards {
            // Points of Hebrew and Arabic are read by themselves, so that each glyph of a PDF can say what it is.
            buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        }
        buffer.set_direction(direction);
        if let Some(script) = script {
            buffer.set_script(script);
        }
        if let Some(language) = &self.language {
            buffer.set_language(language.clone());
        }
        // Latin letters that have a glyph with their mark are that glyph. Taken apart, as Noto Sans does with the dot below
        // of Vietnamese, they could not be copied from a PDF by readers that take each glyph for a letter.
        let composed = item.script == Script::Latin && !text.chars().any(is_mark);
        let plan = item.font.plan((direction, script, self.language.clone(), composed));
        rustybuzz::shape_with_plan(&item.font.face, &plan, buffer)
    }
}

/// Where the clusters of a text begin, in order, and where the last one ends.
fn cluster_starts(shaped: &GlyphBuffer, text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> =
        shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    // Glyphs come in visual order, which for text from right to left is backwards.
    starts.sort_unstable();
    starts.dedup();
    starts.push(text.len());
    starts
}

/// About the room of characters that the font does not have, in its units: East Asian ones are as wide as high, most
/// others take three fifths of that at most, and marks stand above or below a letter.
fn estimated_advance(text: &str, em: i32) -> i32 {
    let advance = |character: char| match character.script() {
        _ if ignorable(character) => 0,
        Script::Inherited => 0,
        _ if is_east_asian(character) => em,
        _ => em * 3 / 5,
    };
    text.chars().map(advance).sum()
}

/// The character's script; the table is only searched for characters that are not ASCII.
fn script_of(character: char) -> Script {
    match character {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '\0'..='\x7f' => Script::Common,
        _ => character.script(),
    }
}

/// Whether a text is of Latin letters without marks of their own, digits and punctuation, and a font has them all.
fn is_latin(text: &str, font: &Font) -> bool {
    // Behind the Latin blocks come letters of the phonetic alphabet and marks.
    text.chars().all(|c| c < '\u{250}' && font.covers(c))
}

/// Whether all characters come before the first one that is written from right to left or that changes
/// directions, so that there is nothing to order.
fn is_left_to_right(text: &str) -> bool {
    // The block of Hebrew begins at U+0590, and no letter before it is written from right to left.
    text.chars().all(|c| c < '\u{590}')
}

/// Whether a character is a mark of the letter before it, of those that Latin letters have.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Whether the script is one that a character belongs to by itself.
fn is_real(script: Script) -> bool {
    !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}
