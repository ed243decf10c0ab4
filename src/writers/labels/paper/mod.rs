//! The kinds of output: what pages are written as, and to which files.

mod archive;
mod cover;
mod pdf;
mod png;
mod raster;
mod svg;
mod zpl;

use std::io;

use super::page::Page;
use crate::writers::Files;
pub(super) use pdf::{Pdf, Volumes};
pub(super) use zpl::{PRINTERS, Zpl};

/// Takes pages one after the other, and writes them.
pub(super) trait Paper {
    /// Takes the next page.
    fn page(&mut self, page: &Page<'_>, files: &mut Files<'_>) -> io::Result<()>;

    /// Writes what has not been written.
    fn finish(self: Box<Self>, files: &mut Files<'_>) -> io::Result<()>;
}

/// Pictures, one a page.
pub(super) struct Pictures {
    draw: Draw,
    /// The first picture, until it is known whether it is the only one.
    first: Option<Vec<u8>>,
    pages: usize,
}

/// Makes a page's picture.
type Draw = Box<dyn Fn(&Page<'_>) -> io::Result<Vec<u8>>>;

impl Pictures {
    /// Pictures in grey with that many dots per inch.
    pub fn png(dpi: u32) -> Self {
        Pictures { draw: Box::new(move |page| png::png(page, dpi)), first: None, pages: 0 }
    }

    /// Drawings of outlines.
    pub fn svg(title: String) -> Self {
        Pictures { draw: Box::new(move |page| Ok(svg::svg(page, &title))), first: None, pages: 0 }
    }
}

impl Paper for Pictures {
    fn page(&mut self, page: &Page<'_>, files: &mut Files<'_>) -> io::Result<()> {
        let picture = (self.draw)(page)?;
        self.pages += 1;
        if self.pages == 1 {
            self.first = Some(picture);
            return Ok(());
        }
        if let Some(first) = self.first.take() {
            files.whole(&numbered(files.name(), 1), &first)?;
        }
        files.whole(&numbered(files.name(), self.pages), &picture)
    }

    fn finish(self: Box<Self>, files: &mut Files<'_>) -> io::Result<()> {
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
