//! The kinds of output: which files pages go into.

use std::io;

use crate::typeset::page::DrawnPage;
use crate::typeset::{PdfBuilder, png, svg, zpl};
use crate::writers::TargetFiles;

/// Takes pages one after the other, and writes them.
pub(super) trait PageSink {
    /// Takes the next page.
    fn page(&mut self, page: &DrawnPage<'_>, files: &mut TargetFiles<'_>) -> io::Result<()>;

    /// Writes what has not been written.
    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()>;
}

/// Pictures, one a page.
pub(super) struct PictureFiles {
    /// Makes the picture of a page.
    draw: DrawPicture,
    /// The first picture, until it is known whether it is the only one.
    first: Option<Vec<u8>>,
    /// Pages so far.
    pages: usize,
}

/// Makes a page's picture.
type DrawPicture = Box<dyn Fn(&DrawnPage<'_>) -> io::Result<Vec<u8>>>;

impl PictureFiles {
    /// Pictures in grey with that many dots per inch.
    pub fn png(dpi: u32) -> Self {
        PictureFiles { draw: Box::new(move |page| png::png(page, dpi)), first: None, pages: 0 }
    }

    /// Drawings of outlines.
    pub fn svg(title: String) -> Self {
        PictureFiles {
            draw: Box::new(move |page| Ok(svg::svg(page, &title))),
            first: None,
            pages: 0,
        }
    }
}

impl PageSink for PictureFiles {
    fn page(&mut self, page: &DrawnPage<'_>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let picture = (self.draw)(page)?;
        self.pages += 1;
        // A single page is called `labels.png`, and of several each has its number; which it is, the
        // second page tells.
        if self.pages == 1 {
            self.first = Some(picture);
            return Ok(());
        }
        if let Some(first) = self.first.take() {
            files.whole(&numbered(files.name(), 1), &first)?;
        }
        files.whole(&numbered(files.name(), self.pages), &picture)
    }

    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        match self.first {
            Some(only) => files.main()?.write_all(&only),
            None => Ok(()),
        }
    }
}

/// The name of one of several files: labels.pdf becomes labels-0001.pdf and so on.
fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{number:04}.{extension}"),
        None => format!("{name}-{number:04}"),
    }
}

/// Pages for a thermal printer, all in one file.
pub(super) struct ZplFile {
    /// Dots per inch of the printer.
    pub dpi: u32,
}

impl PageSink for ZplFile {
    fn page(&mut self, page: &DrawnPage<'_>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        zpl::write(page, self.dpi, files.main()?)
    }

    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // An export without labels still has its file.
        files.main().map(|_| ())
    }
}

/// Pages in a file: more would cost memory, and printers choke on them.
const PAGES: usize = 1000;

/// PDF files of at most 1,000 pages.
pub(super) struct PdfVolumes {
    /// Begins one.
    begin: Box<dyn Fn() -> PdfBuilder>,
    /// The one in hand.
    pdf: PdfBuilder,
    /// Pages in that one.
    pages: usize,
    /// From 1.
    number: usize,
}

impl PdfVolumes {
    /// Files that `begin` begins, the first of them at once.
    pub fn new(begin: impl Fn() -> PdfBuilder + 'static) -> Self {
        PdfVolumes { pdf: begin(), begin: Box::new(begin), pages: 0, number: 1 }
    }
}

impl PageSink for PdfVolumes {
    fn page(&mut self, page: &DrawnPage<'_>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // Ended only by the page that it has no room for: a thousand pages are one file with the target's own name.
        if self.pages == PAGES {
            let full = std::mem::replace(&mut self.pdf, (self.begin)());
            files.whole(&numbered(files.name(), self.number), &full.finish()?)?;
            self.pages = 0;
            self.number += 1;
        }
        self.pages += 1;
        self.pdf.page(page)
    }

    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let bytes = self.pdf.finish()?;
        // Of several files each has its number, also the last.
        if self.number > 1 {
            return files.whole(&numbered(files.name(), self.number), &bytes);
        }
        files.main()?.write_all(&bytes)
    }
}
