//! A page as a drawing of outlines (SVG 1.1), which looks the same whatever fonts there are.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use krilla::text::GlyphId;
use kurbo::{Affine, BezPath, PathEl, Point};
use quick_xml::escape::escape;

use super::fit::{POINTS, TextBlock};
use super::font::Font;
use super::page::{DrawnPage, PageMark, glyph_outline};

/// The drawing; text is in it as a label for those who do not see it.
pub(crate) fn svg(page: &DrawnPage<'_>, title: &str) -> Vec<u8> {
    let mut drawing = SvgDrawing::default();
    for mark in &page.marks {
        match mark {
            PageMark::Text(block, place, _) => drawing.block(block, *place),
            PageMark::Area(path) => drawing.area(path, ""),
            PageMark::Picture(path, says) => drawing.area(path, says),
        }
    }
    let [width, height] = page.size;
    let [mm_wide, mm_high] = page.size.map(|side| number(side / POINTS));
    let [width, height] = [number(width), number(height)];
    let title = escape(title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{mm_wide}mm\" height=\"{mm_high}mm\" \
         viewBox=\"0 0 {width} {height}\">\n<title>{title}</title>\n<defs>\n{}</defs>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n{}</svg>\n",
        drawing.glyphs, drawing.marks
    )
    .into_bytes()
}

/// A drawing under way: definitions of glyphs, and what uses them.
#[derive(Default)]
struct SvgDrawing {
    /// The fonts, in the order in which they were needed, and the glyphs that are defined.
    fonts: Vec<Arc<Font>>,
    /// The numbers of font and glyph of every outline that is defined.
    known: BTreeSet<(usize, GlyphId)>,
    /// The definitions.
    glyphs: String,
    /// What is drawn, in the order of the page.
    marks: String,
}

// Writing to a string cannot fail.
impl SvgDrawing {
    /// Draws lines of text as uses of glyphs.
    fn block(&mut self, block: &TextBlock, place: Affine) {
        for placed in &block.lines {
            let _ = writeln!(self.marks, "<g{}>", label(&placed.line.text()));
            for (run, origin) in block.line_runs(placed) {
                let unit = f64::from(block.size) / f64::from(run.font.face.units_per_em());
                let units = place
                    * Affine::translate((origin[0], origin[1]))
                    // Fonts count upwards, and SVG downwards.
                    * Affine::scale_non_uniform(unit, -unit);
                let _ = write!(self.marks, "<g transform=\"matrix({})\">", matrix(units));
                let em = f64::from(run.font.face.units_per_em());
                for (glyph, dx, dy) in run.outlines() {
                    // A space has no outline, so nothing is drawn for it.
                    if let Some(id) = self.define(&run.font, glyph) {
                        let [x, y] = [dx * em, dy * em].map(number);
                        let _ = write!(self.marks, "<use href=\"#{id}\" x=\"{x}\" y=\"{y}\"/>");
                    }
                }
                self.marks += "</g>\n";
            }
            self.marks += "</g>\n";
        }
    }

    /// Draws a filled area.
    fn area(&mut self, path: &BezPath, says: &str) {
        let _ = writeln!(self.marks, "<path{} d=\"{}\"/>", label(says), data(path));
    }

    /// The id of a glyph's outline; `None` where it has none.
    fn define(&mut self, font: &Arc<Font>, glyph: GlyphId) -> Option<String> {
        let outline = glyph_outline(font, glyph);
        if outline.is_empty() {
            return None;
        }
        let known = self.fonts.iter().position(|other| Arc::ptr_eq(other, font));
        let number = known.unwrap_or_else(|| {
            self.fonts.push(font.clone());
            self.fonts.len() - 1
        });
        let id = format!("f{number}g{}", glyph.to_u32());
        // Defined once and used again: a page has some dozens of glyphs and hundreds of uses.
        if self.known.insert((number, glyph)) {
            let _ = writeln!(self.glyphs, "<path id=\"{id}\" d=\"{}\"/>", data(&outline));
        }
        Some(id)
    }
}

/// Attributes that say what is drawn; none where nothing is said.
fn label(says: &str) -> String {
    if says.is_empty() {
        return String::new();
    }
    format!(" role=\"img\" aria-label=\"{}\"", escape(says))
}

/// A transform as SVG has it.
fn matrix(transform: Affine) -> String {
    // Six decimals are a hundredth of a dot on the largest page, and machines round the seventh
    // differently.
    transform.as_coeffs().map(|factor| format!("{}", (factor * 1e6).round() / 1e6)).join(" ")
}

/// A length to a thousandth, without noughts at its end.
fn number(length: f64) -> String {
    format!("{}", (length * 1e3).round() / 1e3)
}

/// A path as SVG has it.
fn data(path: &BezPath) -> String {
    let mut text = String::new();
    let mut step = |letter: char, points: &[Point]| {
        let numbers: Vec<String> = points.iter().flat_map(|at| [at.x, at.y]).map(number).collect();
        text.push(letter);
        text += &numbers.join(" ");
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => step('M', &[to]),
            PathEl::LineTo(to) => step('L', &[to]),
            PathEl::QuadTo(by, to) => step('Q', &[by, to]),
            PathEl::CurveTo(from, by, to) => step('C', &[from, by, to]),
            PathEl::ClosePath => step('Z', &[]),
        }
    }
    text
}
