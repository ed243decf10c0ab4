//! Pages as PDF.

use std::io;

use krilla::Document;
use krilla::geom::{Path, PathBuilder, Point, Transform};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use kurbo::{Affine, BezPath, PathEl};
use memchr::memmem;

use super::archive::{PdfArchive, artifact, date};
use super::fit::PlacedLine;
use super::page::{DrawnPage, PageMark};

/// A PDF document, in the making.
pub(crate) struct PdfBuilder {
    /// The document, with the pages so far.
    document: Document,
    /// Put into the document when it is finished.
    metadata: Metadata,
    /// Its structure; `None` for a document that need not be archivable.
    archive: Option<PdfArchive>,
    /// The latest date on which one of its offices was updated (RFC 3339).
    updated: Option<String>,
}

impl PdfBuilder {
    /// A document with a title, which is all that its metadata says.
    pub fn new(title: &str) -> PdfBuilder {
        PdfBuilder {
            document: Document::new(),
            metadata: Metadata::new()
                .title(title.to_owned())
                // Of the document and its title. Addresses have their own in the structure of
                // `archive`.
                .language("en".to_owned())
                .creator("officedir".to_owned()),
            archive: None,
            updated: None,
        }
    }

    /// A document that is checked against PDF/A-2a and PDF/UA-1.
    pub fn archivable(title: &str) -> PdfBuilder {
        let document = Document::new_with(PdfArchive::settings());
        PdfBuilder { document, archive: Some(PdfArchive::new()), ..PdfBuilder::new(title) }
    }

    /// Adds a page.
    pub fn page(&mut self, page: &DrawnPage<'_>) -> io::Result<()> {
        let [width, height] = page.size.map(|side| side as f32);
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| io::Error::other("the stock has no page"))?;
        let mut sheet = self.document.start_page_with(settings);
        let mut surface = sheet.surface();
        match &mut self.archive {
            None => page.marks.iter().for_each(|mark| draw(&mut surface, mark)),
            Some(archive) => {
                archive.page();
                page.marks.iter().for_each(|mark| draw_tagged(&mut surface, mark, archive));
            }
        }
        surface.finish();
        sheet.finish();
        self.updated = self.updated.take().max(page.updated.map(str::to_owned));
        Ok(())
    }

    /// The bytes of the document. Fonts are embedded as far as glyphs were used.
    pub fn finish(mut self) -> io::Result<Vec<u8>> {
        if let Some(archive) = self.archive {
            archive.finish(&mut self.document);
            // PDF/A wants a date. Without `archive` there is none, so that nothing in the file can
            // differ.
            self.metadata = self.metadata.creation_date(date(self.updated.as_deref()));
        }
        self.document.set_metadata(self.metadata);
        let pdf = self
            .document
            .finish()
            .map_err(|error| io::Error::other(format!("cannot make the PDF: {error:?}")))?;
        with_preferences(pdf)
    }
}

/// What printing dialogs begin with (ISO 32000-1, table 150): no scaling, which would move every label off its die-cut,
/// and the paper of the page's size, which envelopes need.
const PREFERENCES: &[u8] = b"/PrintScaling/None/PickTrayByPDFSize true";

/// The document with [`PREFERENCES`], which krilla has no setting for. The catalog is the last object that krilla
/// writes, so that nothing but the table of objects moves.
fn with_preferences(mut pdf: Vec<u8>) -> io::Result<Vec<u8>> {
    const DICTIONARY: &[u8] = b"/ViewerPreferences<<";
    let (catalog, end) = catalog(&pdf).ok_or_else(|| io::Error::other("the PDF has no catalog"))?;
    let table = pdf.split_off(end);
    let (at, preferences) = match memmem::find(&pdf[catalog..], DICTIONARY) {
        Some(at) => (catalog + at + DICTIONARY.len(), PREFERENCES.to_vec()),
        None => (catalog, [DICTIONARY, b"/DisplayDocTitle true", PREFERENCES, b">>"].concat()),
    };
    pdf.splice(at..at, preferences);
    let start = pdf.len();
    let kept = memmem::rfind(&table, b"startxref").unwrap_or(table.len());
    pdf.extend_from_slice(&table[..kept]);
    pdf.extend_from_slice(format!("startxref\n{start}\n%%EOF").as_bytes());
    Ok(pdf)
}

/// Where the entries of the document's catalog begin, and where the table of objects behind it does.
fn catalog(pdf: &[u8]) -> Option<(usize, usize)> {
    const TYPE: &[u8] = b"/Type/Catalog";
    let entries = memmem::rfind(pdf, TYPE)? + TYPE.len();
    let table = entries + memmem::find(&pdf[entries..], b"endobj\nxref\n")? + b"endobj\n".len();
    Some((entries, table))
}

/// Draws a mark.
fn draw(surface: &mut Surface<'_>, mark: &PageMark<'_>) {
    match mark {
        PageMark::Text(block, place, _) => draw_lines(surface, block.size, &block.lines, *place),
        PageMark::Picture(path, _) | PageMark::Area(path) => fill(surface, path),
    }
}

/// Draws a mark with its place in the structure.
fn draw_tagged(surface: &mut Surface<'_>, mark: &PageMark<'_>, archive: &mut PdfArchive) {
    match mark {
        PageMark::Text(block, place, language) => {
            archive.lines(surface, *language, &block.lines, |surface, line| {
                draw_lines(surface, block.size, std::slice::from_ref(line), *place);
            });
        }
        PageMark::Picture(path, says) => {
            archive.picture(surface, path, says, |surface| draw(surface, mark));
        }
        PageMark::Area(_) => artifact(surface, |surface| draw(surface, mark)),
    }
}

/// Draws lines of text: as text and not as outlines, so that it can be searched.
fn draw_lines(surface: &mut Surface<'_>, size: f32, lines: &[PlacedLine], place: Affine) {
    let [a, b, c, d, e, f] = place.as_coeffs().map(|factor| factor as f32);
    // A transform for the block and places within it: the text can be searched and copied line by
    // line.
    surface.push_transform(&Transform::from_row(a, b, c, d, e, f));
    for placed in lines {
        for run in &placed.line.runs {
            let start = Point::from_xy(placed.x + run.x * size, placed.y);
            let font = run.font.pdf.clone();
            match run.seen() {
                None => surface.draw_glyphs(start, &run.glyphs, font, &run.text, size, false),
                Some((text, glyphs)) => {
                    surface.draw_glyphs(start, &glyphs, font, &text, size, false);
                }
            }
        }
    }
    surface.pop();
}

/// Fills an area with black.
fn fill(surface: &mut Surface<'_>, path: &BezPath) {
    if let Some(path) = krilla_path(path) {
        surface.draw_path(&path);
    }
}

/// A path in krilla's terms.
fn krilla_path(path: &BezPath) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for element in path.elements() {
        let xy = |at: kurbo::Point| (at.x as f32, at.y as f32);
        match *element {
            PathEl::MoveTo(to) => builder.move_to(xy(to).0, xy(to).1),
            PathEl::LineTo(to) => builder.line_to(xy(to).0, xy(to).1),
            PathEl::QuadTo(by, to) => builder.quad_to(xy(by).0, xy(by).1, xy(to).0, xy(to).1),
            PathEl::CurveTo(from, by, to) => {
                let [from, by, to] = [from, by, to].map(xy);
                builder.cubic_to(from.0, from.1, by.0, by.1, to.0, to.1);
            }
            PathEl::ClosePath => builder.close(),
        }
    }
    builder.finish()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use memchr::memmem;

    use super::*;

    #[test]
    fn viewers_do_not_scale() {
        for mut builder in [PdfBuilder::new("Labels"), PdfBuilder::archivable("Labels")] {
            builder.page(&DrawnPage { size: [100.0, 50.0], marks: vec![], updated: None }).unwrap();
            let pdf = builder.finish().unwrap();
            let count = |text: &str| memmem::find_iter(&pdf, text).count();
            assert_eq!(count("/PrintScaling/None"), 1);
            assert_eq!(count("/DisplayDocTitle true"), 1);
            assert_eq!(count("/ViewerPreferences<<"), 1);
            let text = String::from_utf8_lossy(&pdf);
            let start = text.lines().rev().nth(1).and_then(|line| line.parse().ok()).unwrap_or(0);
            assert!(pdf[start..].starts_with(b"xref\n"));
        }
    }
}
