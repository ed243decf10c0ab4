//! What a page looks like, for every kind of output alike.

use krilla::text::GlyphId;
use kurbo::{Affine, BezPath, Stroke, StrokeOpts, stroke};
use rustybuzz::ttf_parser::{self, OutlineBuilder};

use super::fit::{POINTS, TextBlock};
use super::font::Font;

/// How far a curve's approximation may be off, in points.
pub(crate) const TOLERANCE: f64 = 0.005;

/// A page as it is drawn. Points from its top left corner, y down.
pub(crate) struct DrawnPage<'a> {
    /// Width and height.
    pub size: [f64; 2],
    /// In reading order.
    pub marks: Vec<PageMark<'a>>,
    /// When the latest of its offices was updated (RFC 3339).
    pub updated: Option<&'a str>,
}

/// Something black.
pub(crate) enum PageMark<'a> {
    /// Lines of text; the transform leads from their coordinates to the page's. Then their language (BCP 47).
    Text(&'a TextBlock, Affine, Option<&'a str>),
    /// A filled area that says something; with what it says.
    Picture(BezPath, &'a str),
    /// A filled area that says nothing.
    Area(BezPath),
}

/// A length in points.
pub(crate) fn points(millimetres: f64) -> f64 {
    millimetres * POINTS
}

/// The area of a line of that width.
pub(crate) fn line(path: &BezPath, width: f64) -> BezPath {
    // As an area, so that no output has line widths or ends of its own.
    stroke(path.iter(), &Stroke::new(width), &StrokeOpts::default(), TOLERANCE)
}

/// A glyph's outline in the font's units, y up; empty for a space.
pub(crate) fn glyph_outline(font: &Font, glyph: GlyphId) -> BezPath {
    let mut outline = OutlinePath(BezPath::new());
    let id = ttf_parser::GlyphId(u16::try_from(glyph.to_u32()).unwrap_or(0));
    font.face.outline_glyph(id, &mut outline);
    outline.0
}

/// Takes an outline from a font.
struct OutlinePath(BezPath);

/// A point of a font as one of the page.
fn point(x: f32, y: f32) -> (f64, f64) {
    (f64::from(x), f64::from(y))
}

impl OutlineBuilder for OutlinePath {
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
