//! Pages as dots, for pictures and thermal printers.
//!
//! The rasteriser is written by hand. A label printer has dots that are black or white, so what matters is
//! exactly whether half of a dot is covered, and usual rasterisers approximate: they flatten curves and sample
//! dots, and give other dots than a PDF reader does at the same size. Here areas are exact (`cover`), and a
//! suite compares every dot with the PDF as MuPDF draws it, at 203, 300 and 600 dpi.

use krilla::text::GlyphId;
use kurbo::{Affine, BezPath, Rect};

use super::cover::DotCoverage;
use super::line::GlyphRun;
use super::page::{DrawnPage, PageMark, glyph_outline};

/// Points in an inch.
const INCH: f64 = 72.0;

/// A dot that is black all over.
pub(crate) const BLACK: u16 = u16::MAX;

/// Sums of single precision fall short by so much of [`BLACK`]: half a dot is half, where an edge runs through
/// its middle.
const HAIR: f64 = 0.02;

/// How much of each dot is black, from 0 to [`BLACK`].
pub(crate) struct PageRaster {
    /// Columns of dots.
    pub width: usize,
    /// Rows of dots.
    pub height: usize,
    /// Row by row, from the top left.
    pub dots: Vec<u16>,
}

impl PageRaster {
    /// Draws a page with that many dots per inch.
    pub fn new(page: &DrawnPage<'_>, dpi: u32) -> PageRaster {
        let scale = f64::from(dpi) / INCH;
        // A page has a width and height of at least one dot: stock is checked.
        let [width, height] = page.size.map(|side| (side * scale).round().max(1.0) as usize);
        let mut raster = PageRaster { width, height, dots: vec![0; width * height] };
        let to_dots = Affine::scale(scale);
        for mark in &page.marks {
            match mark {
                PageMark::Area(path) | PageMark::Picture(path, _) => raster.fill(&[to_dots * path]),
                PageMark::Text(block, place, _) => {
                    // Numbers as the PDF has them: a dot that is half covered must be so in both.
                    let to_dots = to_dots * as_in_pdf(*place, page.size[1]);
                    for (run, origin) in block.runs() {
                        raster.fill(&outlines(run, origin, block.size, to_dots));
                    }
                }
            }
        }
        raster
    }

    /// Adds the areas within paths, in dots. They are added up before they are rounded, since neighbours
    /// share dots.
    fn fill(&mut self, paths: &[BezPath]) {
        let page = Rect::new(0.0, 0.0, self.width as f64, self.height as f64);
        let paths = paths.iter().filter(|path| !path.is_empty());
        let area = paths.clone().map(BezPath::control_box).reduce(|all, it| all.union(it));
        // Only the part of the page that the paths are on: the rest of it has nothing to add up.
        let Some(area) = area.map(|area| area.expand().intersect(page)) else { return };
        let [left, top] = [area.x0 as usize, area.y0 as usize];
        let [width, height] = [area.width().max(0.0) as usize, area.height().max(0.0) as usize];
        let mut shares = vec![0.0_f32; width * height];
        for path in paths {
            DotCoverage::of(path).each(|x, y, share| {
                // What lies left of the page or above it has no dot.
                let [x, y] = [x - left as i64, y - top as i64].map(usize::try_from);
                if let (Ok(x), Ok(y)) = (x, y)
                    && x < width
                    && let Some(slot) = shares.get_mut(y * width + x)
                {
                    *slot += share as f32;
                }
            });
        }
        // `chunks` refuses 0, which is the width of what lies beside the page.
        for (row, y) in shares.chunks(width.max(1)).zip(top..) {
            // Within the page, because the area was cut to it.
            let from = y * self.width + left;
            for (dot, share) in self.dots[from..from + width].iter_mut().zip(row) {
                let black = (f64::from(*share) * f64::from(BLACK) + 0.5 + HAIR) as u16;
                // Marks may overlap, and black is no blacker then.
                *dot = dot.saturating_add(black);
            }
        }
    }
}

/// What a PDF reader makes of a number: PDF has the shortest decimal that single precision tells apart. Dots
/// are no better, so that they are those of the PDF.
fn decimal(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

/// The transform as it is in PDF, where places count from the page's bottom.
fn as_in_pdf(place: Affine, height: f64) -> Affine {
    let [a, b, c, d, x, y] = place.as_coeffs().map(|factor| factor as f32);
    let height = height as f32;
    let y = decimal(height) - decimal(height - y);
    let [a, b, c, d, x] = [a, b, c, d, x].map(decimal);
    Affine::new([a, b, c, d, x, y])
}

/// The outlines of a run that starts there, in dots.
fn outlines(run: &GlyphRun, origin: [f64; 2], size: f32, to_dots: Affine) -> Vec<BezPath> {
    let em = decimal(size);
    let unit = em / f64::from(run.font.face.units_per_em());
    let [left, base] = origin.map(|place| decimal(place as f32));
    let outline = |(glyph, dx, dy): (GlyphId, f64, f64)| {
        let at = Affine::translate((left + dx * em, base - dy * em));
        to_dots * at * Affine::scale_non_uniform(unit, -unit) * glyph_outline(&run.font, glyph)
    };
    run.outlines().map(outline).collect()
}
