//! Pages as dots.

use ab_glyph_rasterizer::{Rasterizer, point};
use kurbo::{Affine, BezPath, PathEl, Point};

use super::super::page::{Mark, Page, glyph_outline};

/// How far a straight piece may be off its curve, in dots.
const TOLERANCE: f64 = 0.02;

/// Points in an inch.
const INCH: f64 = 72.0;

/// How much of each dot is black: 0 for none of it, 255 for all.
pub(super) struct Raster {
    pub width: usize,
    pub height: usize,
    pub dots: Vec<u8>,
}

impl Raster {
    /// Draws a page with that many dots per inch.
    pub fn new(page: &Page<'_>, dpi: u32) -> Raster {
        let scale = f64::from(dpi) / INCH;
        // A page has a width and height of at least one dot: stock is checked.
        let [width, height] = page.size.map(|side| (side * scale).round().max(1.0) as usize);
        let mut raster = Raster { width, height, dots: vec![0; width * height] };
        let to_dots = Affine::scale(scale);
        for mark in &page.marks {
            match mark {
                Mark::Area(path) | Mark::Picture(path, _) => raster.fill(&(to_dots * path)),
                Mark::Text(block, place, _) => {
                    let em = f64::from(block.size);
                    for (run, origin) in block.runs() {
                        let unit = em / f64::from(run.font.face.units_per_em());
                        for (glyph, dx, dy) in run.outlines() {
                            let at = Affine::translate((origin[0] + dx * em, origin[1] - dy * em));
                            let outline = glyph_outline(&run.font, glyph);
                            let from_units = at * Affine::scale_non_uniform(unit, -unit);
                            raster.fill(&(to_dots * *place * from_units * outline));
                        }
                    }
                }
            }
        }
        raster
    }

    /// Adds the area within a path, in dots.
    fn fill(&mut self, path: &BezPath) {
        let area = path.control_box();
        let page = kurbo::Rect::new(0.0, 0.0, self.width as f64, self.height as f64);
        if path.is_empty() || !area.overlaps(page) {
            return;
        }
        let [left, top] = [area.x0.floor(), area.y0.floor()];
        let size = [area.x1 - left, area.y1 - top].map(|side| side.ceil() as usize + 1);
        let mut rasterizer = Rasterizer::new(size[0], size[1]);
        let local = |at: Point| point((at.x - left) as f32, (at.y - top) as f32);
        let [mut start, mut last] = [Point::ZERO; 2];
        kurbo::flatten(path, TOLERANCE, |element| match element {
            PathEl::MoveTo(to) => [start, last] = [to; 2],
            PathEl::LineTo(to) => {
                rasterizer.draw_line(local(last), local(to));
                last = to;
            }
            _ => {
                rasterizer.draw_line(local(last), local(start));
                last = start;
            }
        });
        rasterizer.for_each_pixel_2d(|x, y, cover| {
            let [x, y] = [left as i64 + i64::from(x), top as i64 + i64::from(y)];
            let inside =
                (0..self.width as i64).contains(&x) && (0..self.height as i64).contains(&y);
            if inside && let Some(dot) = self.dots.get_mut(y as usize * self.width + x as usize) {
                *dot = dot.saturating_add((cover.min(1.0) * 255.0).round() as u8);
            }
        });
    }
}
