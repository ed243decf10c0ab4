//! Where labels stand on a page of their stock.

use kurbo::{Affine, BezPath, RoundedRect, Shape};

use super::label::SetLabel;
use crate::stock::{PrinterProfile, Stock};
use crate::typeset::page::{DrawnPage, PageMark, TOLERANCE, line, points};

/// Width of a die-cut's printed outline, in points.
const HAIRLINE: f64 = 0.25;

/// Labels on stock, as one printer needs them.
pub(super) struct PageLayout<'a> {
    /// What is printed on.
    pub stock: &'a Stock,
    /// From the page to where this printer needs it, in points.
    pub printer: Affine,
    /// Whether die-cuts are drawn.
    pub outline: bool,
}

impl<'a> PageLayout<'a> {
    /// The layout for a printer; without a profile nothing is moved.
    pub fn new(stock: &'a Stock, printer: Option<&PrinterProfile>, outline: bool) -> Self {
        let printer = printer.map_or(Affine::IDENTITY, |profile| profile.transform(stock.page));
        PageLayout { stock, printer, outline }
    }

    /// The page with labels at these positions.
    pub fn page<'l>(&self, labels: impl Iterator<Item = (usize, &'l SetLabel)>) -> DrawnPage<'l> {
        let mut marks = Vec::new();
        let mut updated = None;
        if self.outline {
            // Drawn first, so that they are behind the labels.
            let cuts = (0..self.stock.per_page()).map(|at| self.printer * outline(self.stock, at));
            marks.extend(cuts.map(PageMark::Area));
        }
        for (position, label) in labels {
            let place = self.printer * reading_place(self.stock, position);
            // The latest of the page stands for all of it.
            updated = updated.max(label.updated.as_deref());
            marks.extend(label.rule.iter().map(|rule| PageMark::Area(place * rule)));
            marks.extend(label.texts.iter().map(|(at, block)| {
                let place = place * Affine::translate((f64::from(at[0]), f64::from(at[1])));
                PageMark::Text(block, place, label.language.as_deref())
            }));
            if let Some((code, says)) = &label.code {
                marks.push(PageMark::Picture(place * code, says));
            }
        }
        DrawnPage { size: self.stock.page.map(points), marks, updated }
    }
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
