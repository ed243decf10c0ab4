//! What a page looks like, for every kind of output alike.

use krilla::text::GlyphId;
use kurbo::{Affine, BezPath, RoundedRect, Shape, Stroke, StrokeOpts, stroke};
use rustybuzz::ttf_parser::{self, OutlineBuilder};

use super::fit::{Block, POINTS};
use super::fonts::Font;
use super::label::Label;
use super::printer::Profile;
use crate::stock::Stock;

/// Width of a die-cut's printed outline, in points.
const HAIRLINE: f64 = 0.25;

/// How far a curve's approximation may be off, in points.
const TOLERANCE: f64 = 0.005;

/// A page as it is drawn. Points from its top left corner, y down.
pub(super) struct Page<'a> {
    /// Width and height.
    pub size: [f64; 2],
    /// In reading order.
    pub marks: Vec<Mark<'a>>,
    /// When the latest of its offices was updated (RFC 3339).
    pub updated: Option<&'a str>,
}

/// Something black.
pub(super) enum Mark<'a> {
    /// Lines of text; the transform leads from their coordinates to the page's. Then their language (BCP 47).
    Text(&'a Block, Affine, Option<&'a str>),
    /// A filled area that says something; with what it says.
    Picture(BezPath, &'a str),
    /// A filled area that says nothing.
    Area(BezPath),
}

/// Labels on stock, as one printer needs them.
pub(super) struct Layout<'a> {
    pub stock: &'a Stock,
    pub printer: Affine,
    /// Whether die-cuts are drawn.
    pub outline: bool,
}

impl<'a> Layout<'a> {
    pub fn new(stock: &'a Stock, printer: Option<&Profile>, outline: bool) -> Self {
        let printer = printer.map_or(Affine::IDENTITY, |profile| profile.transform(stock.page));
        Layout { stock, printer, outline }
    }

    /// The page with labels at these positions.
    pub fn page<'l>(&self, labels: impl Iterator<Item = (usize, &'l Label)>) -> Page<'l> {
        let mut marks = Vec::new();
        let mut updated = None;
        if self.outline {
            let cuts = (0..self.stock.per_page()).map(|at| self.printer * outline(self.stock, at));
            marks.extend(cuts.map(Mark::Area));
        }
        for (position, label) in labels {
            let place = self.printer * reading_place(self.stock, position);
            updated = updated.max(label.updated.as_deref());
            marks.extend(label.rule.iter().map(|rule| Mark::Area(place * rule)));
            marks.extend(label.texts.iter().map(|(at, block)| {
                let place = place * Affine::translate((f64::from(at[0]), f64::from(at[1])));
                Mark::Text(block, place, label.language.as_deref())
            }));
            if let Some((code, says)) = &label.code {
                marks.push(Mark::Picture(place * code, says));
            }
        }
        Page { size: self.stock.page.map(points), marks, updated }
    }
}

pub(super) fn points(millimetres: f64) -> f64 {
    millimetres * POINTS
}

/// From the coordinates of a label's text, whose origin is where reading begins, to the page's.
pub(super) fn reading_place(stock: &Stock, position: usize) -> Affine {
    let (cut, area) = (stock.die_cut(position), stock.text_area());
    let [left, top] = [points(cut.left + area.left), points(cut.top + area.top)];
    if stock.turned {
        // A quarter turn clockwise: the text's start is the area's top right corner.
        Affine::new([0.0, 1.0, -1.0, 0.0, left + points(area.width), top])
    } else {
        Affine::translate((left, top))
    }
}

/// A hairline around a die-cut.
fn outline(stock: &Stock, position: usize) -> BezPath {
    let cut = stock.die_cut(position);
    let [left, top, width, height, corner] =
        [cut.left, cut.top, cut.width, cut.height, stock.corner].map(points);
    let cut = RoundedRect::new(left, top, left + width, top + height, corner);
    line(&cut.to_path(TOLERANCE), HAIRLINE)
}

/// The area of a line of that width.
pub(super) fn line(path: &BezPath, width: f64) -> BezPath {
    stroke(path.iter(), &Stroke::new(width), &StrokeOpts::default(), TOLERANCE)
}

/// A glyph's outline in the font's units, y up; empty for a space.
pub(super) fn glyph_outline(font: &Font, glyph: GlyphId) -> BezPath {
    let mut outline = Outline(BezPath::new());
    let id = ttf_parser::GlyphId(u16::try_from(glyph.to_u32()).unwrap_or(0));
    font.face.outline_glyph(id, &mut outline);
    outline.0
}

struct Outline(BezPath);

fn point(x: f32, y: f32) -> (f64, f64) {
    (f64::from(x), f64::from(y))
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(point(x, y));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(point(x, y));
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(point(x1, y1), point(x, y));
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.curve_to(point(x1, y1), point(x2, y2), point(x, y));
    }
    fn close(&mut self) {
        self.0.close_path();
    }
}
