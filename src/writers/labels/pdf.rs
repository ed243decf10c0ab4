//! Labels as PDF.

use std::io;

use krilla::Document;
use krilla::geom::{PathBuilder, Point, Transform};
use krilla::metadata::Metadata;
use krilla::page::{Page, PageSettings};
use krilla::paint::Stroke;
use krilla::surface::Surface;

use super::fit::{Block, POINTS};
use crate::stock::{Area, Stock};

/// Width of a die-cut's printed outline, in points.
const HAIRLINE: f32 = 0.25;

/// How far control points lie from the ends of a quarter circle, in radii.
const ARC: f32 = 0.552_285;

/// A PDF document of label pages, in the making.
pub(super) struct Pdf {
    document: Document,
}

fn points(millimetres: f64) -> f32 {
    (millimetres * POINTS) as f32
}

impl Pdf {
    pub fn new(title: &str, language: &str) -> Pdf {
        let mut document = Document::new();
        let metadata = Metadata::new().title(title.to_owned()).language(language.to_owned());
        document.set_metadata(metadata.creator("officedir".to_owned()));
        Pdf { document }
    }

    /// Adds a page with labels at the given positions.
    pub fn page(
        &mut self,
        stock: &Stock,
        labels: &[(usize, &Block)],
        outline: bool,
    ) -> io::Result<()> {
        let settings = PageSettings::from_wh(points(stock.page[0]), points(stock.page[1]));
        let Some(settings) = settings else {
            return Err(io::Error::other(format!("stock {:?} has no page", stock.name)));
        };
        let mut page: Page<'_> = self.document.start_page_with(settings);
        let mut surface = page.surface();
        if outline {
            surface.set_stroke(Some(Stroke { width: HAIRLINE, ..Stroke::default() }));
            for position in 0..stock.per_page() {
                draw_outline(&mut surface, stock.die_cut(position), stock.corner);
            }
            surface.set_stroke(None);
        }
        for (position, block) in labels {
            draw_block(&mut surface, stock, *position, block);
        }
        surface.finish();
        page.finish();
        Ok(())
    }

    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.document
            .finish()
            .map_err(|error| io::Error::other(format!("cannot make the PDF: {error:?}")))
    }
}

fn draw_block(surface: &mut Surface<'_>, stock: &Stock, position: usize, block: &Block) {
    let (cut, area) = (stock.die_cut(position), stock.text_area());
    let [left, top] = [points(cut.left + area.left), points(cut.top + area.top)];
    let transform = if stock.turned {
        // A quarter turn clockwise: the text's start is the area's top right corner.
        Transform::from_row(0.0, 1.0, -1.0, 0.0, left + points(area.width), top)
    } else {
        Transform::from_translate(left, top)
    };
    surface.push_transform(&transform);
    for placed in &block.lines {
        for run in &placed.line.runs {
            let start = Point::from_xy(placed.x + run.x * block.size, placed.y);
            surface.draw_glyphs(
                start,
                &run.glyphs,
                run.font.pdf.clone(),
                &run.text,
                block.size,
                false,
            );
        }
    }
    surface.pop();
}

fn draw_outline(surface: &mut Surface<'_>, cut: Area, corner: f64) {
    let [x, y, w, h, r] = [cut.left, cut.top, cut.width, cut.height, corner].map(points);
    let c = r * (1.0 - ARC);
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.line_to(x + w - r, y);
    path.cubic_to(x + w - c, y, x + w, y + c, x + w, y + r);
    path.line_to(x + w, y + h - r);
    path.cubic_to(x + w, y + h - c, x + w - c, y + h, x + w - r, y + h);
    path.line_to(x + r, y + h);
    path.cubic_to(x + c, y + h, x, y + h - c, x, y + h - r);
    path.line_to(x, y + r);
    path.cubic_to(x, y + c, x + c, y, x + r, y);
    path.close();
    if let Some(path) = path.finish() {
        surface.set_fill(None);
        surface.draw_path(&path);
    }
}
