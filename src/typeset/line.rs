//! A line of glyphs, shaped once for every size: all lengths are in units of the font size.

use std::ops::Range;
use std::sync::Arc;

use krilla::surface::Location;
use krilla::text::GlyphId;

use super::font::Font;

/// A glyph at its place in a run, in its font's units: whole ones, so that no output rounds apart from
/// another.
pub(crate) struct Glyph {
    /// Its number in the font; 0 is the glyph for what the font does not have.
    pub id: u16,
    /// Units in a size.
    pub(super) em: u16,
    /// From its place to that of the next one.
    pub(super) advance: i32,
    /// How far right of its place it is drawn.
    pub(super) dx: i32,
    /// How far above its place it is drawn.
    pub(super) dy: i32,
    /// The part of the run's text that it stands for.
    pub(super) text: Range<usize>,
}

impl Glyph {
    /// A length of the font in units of the size.
    pub(super) fn sizes(&self, units: i32) -> f32 {
        units as f32 / f32::from(self.em)
    }
}

impl krilla::text::Glyph for Glyph {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(u32::from(self.id))
    }
    fn text_range(&self) -> Range<usize> {
        self.text.clone()
    }
    fn x_advance(&self, size: f32) -> f32 {
        self.sizes(self.advance) * size
    }
    fn x_offset(&self, size: f32) -> f32 {
        self.sizes(self.dx) * size
    }
    fn y_offset(&self, size: f32) -> f32 {
        self.sizes(self.dy) * size
    }
    fn y_advance(&self, _size: f32) -> f32 {
        // Lines run across and never down.
        0.0
    }
    fn location(&self) -> Option<Location> {
        None
    }
}

/// Glyphs of one font, from left to right.
pub(crate) struct GlyphRun {
    /// The font of all its glyphs.
    pub font: Arc<Font>,
    /// Where the first glyph starts, from the line's start.
    pub x: f32,
    /// What it says, in logical order.
    pub text: String,
    /// Where the text starts in the line's, in bytes.
    pub(super) start: usize,
    /// Whether it is read from right to left.
    pub(super) right_to_left: bool,
    /// In visual order, from left to right.
    pub glyphs: Vec<Glyph>,
}

impl GlyphRun {
    /// The glyphs, each with its place right of and above the run's start, in sizes.
    pub fn outlines(&self) -> impl Iterator<Item = (GlyphId, f64, f64)> {
        let mut next = 0_i32;
        self.glyphs.iter().map(move |glyph| {
            let sizes = |units: i32| f64::from(units) / f64::from(glyph.em);
            // Summed in whole units and divided once, or a long line would drift by rounding.
            let x = sizes(next.saturating_add(glyph.dx));
            next = next.saturating_add(glyph.advance);
            (krilla::text::Glyph::glyph_id(glyph), x, sizes(glyph.dy))
        })
    }
}

impl GlyphRun {
    /// Text from right to left as readers of a PDF take it: what each glyph says, in the order in which it is seen, which
    /// they turn around themselves. `None` of text from left to right.
    ///
    /// That the letters of a ligature stand in that order too is what poppler, MuPDF, pdf.js and PDFium expect; ISO 32000
    /// says nothing of it.
    pub fn seen(&self) -> Option<(String, Vec<Glyph>)> {
        if !self.right_to_left {
            return None;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(self.glyphs.len());
        for cluster in self.glyphs.chunk_by(|a, b| a.text == b.text) {
            let start = text.len();
            if let Some(glyph) = cluster.first() {
                text.extend(self.text[glyph.text.clone()].chars().rev().map(mirror));
            }
            let said = start..text.len();
            glyphs.extend(cluster.iter().map(|glyph| Glyph { text: said.clone(), ..*glyph }));
        }
        Some((text, glyphs))
    }
}

/// What the glyph of a character looks like in text from right to left (UAX #9, rule L4), for the brackets and quotation
/// marks that addresses have.
fn mirror(character: char) -> char {
    match character {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

/// A line, set.
pub(crate) struct ShapedLine {
    /// In visual order, from left to right.
    pub runs: Vec<GlyphRun>,
    /// Whether the line as a whole runs from right to left.
    pub right_to_left: bool,
    /// Where the next glyph would start.
    pub advance: f32,
    /// The box around all ink, in sizes.
    pub ink: InkBounds,
}

impl ShapedLine {
    /// A line without glyphs.
    pub(super) fn new(right_to_left: bool) -> ShapedLine {
        ShapedLine { runs: Vec::new(), right_to_left, advance: 0.0, ink: InkBounds::default() }
    }

    /// The advance of the text in front of each byte, in sizes, for a text of that length; the last is
    /// that of all.
    pub fn advances(&self, length: usize) -> Vec<f32> {
        let mut advances = vec![0.0; length + 1];
        for run in &self.runs {
            for glyph in &run.glyphs {
                // Behind the first byte of its text, so that a glyph counts for the piece in which its text begins.
                if let Some(slot) = advances.get_mut(run.start + glyph.text.start + 1) {
                    *slot += glyph.sizes(glyph.advance);
                }
            }
        }
        // Prefix sums: the width of any piece is a difference of two of them.
        let mut sum = 0.0;
        for slot in &mut advances {
            sum += *slot;
            *slot = sum;
        }
        advances
    }

    /// The text, in the order in which it is read.
    pub fn logical_text(&self) -> String {
        let mut runs: Vec<&GlyphRun> = self.runs.iter().collect();
        runs.sort_by_key(|run| run.start);
        runs.into_iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether its fonts have all of it, so that its length is no estimate.
    pub fn is_measured(&self) -> bool {
        self.runs.iter().flat_map(|run| &run.glyphs).all(|glyph| glyph.id != 0)
    }

    /// The text, in the order in which it is drawn.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// The box around what is black: up and right of the baseline's start are positive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct InkBounds {
    /// Negative where ink stands out in front of the line's start.
    pub left: f32,
    /// Negative where ink hangs below the baseline.
    pub bottom: f32,
    /// From the line's start.
    pub right: f32,
    /// From the baseline.
    pub top: f32,
}

impl InkBounds {
    /// Grows to hold another box.
    pub(super) fn add(&mut self, other: InkBounds) {
        self.left = self.left.min(other.left);
        self.bottom = self.bottom.min(other.bottom);
        self.right = self.right.max(other.right);
        self.top = self.top.max(other.top);
    }
}
