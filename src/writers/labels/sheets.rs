//! Puts finished labels onto pages, and pages into files.

use std::io;
use std::rc::Rc;

use super::fit::Block;
use super::pdf::Pdf;
use super::positions::Positions;
use super::{Labels, SortKey, Text};
use crate::writers::{Context, Files, Join, Piece};

/// Pages in a file: more would cost memory, and printers choke on them.
const PAGES: usize = 1000;

/// The ordered half of the writer.
pub(super) struct Sheets<'a> {
    labels: &'a Labels,
    context: &'a Context<'a>,
    positions: Positions<'a>,
    /// Labels that wait for their place in the order.
    waiting: Vec<(SortKey, Text)>,
    /// The page in hand: its number, and its labels by position.
    number: usize,
    page: Vec<(usize, Rc<Block>)>,
    volume: Volume,
}

/// The file that pages go to.
struct Volume {
    pdf: Pdf,
    pages: usize,
    /// From 1.
    number: usize,
}

impl<'a> Sheets<'a> {
    pub fn new(labels: &'a Labels, context: &'a Context<'a>) -> Self {
        Sheets {
            labels,
            context,
            positions: Positions::new(labels.stock.per_page(), labels.start, &labels.skip),
            waiting: Vec::new(),
            number: 0,
            page: Vec::new(),
            volume: Volume { pdf: labels.document(context), pages: 0, number: 1 },
        }
    }

    /// Puts as many copies of a label as are wanted onto the next free positions.
    fn put(&mut self, block: Block, files: &mut Files<'_>) -> io::Result<()> {
        let block = Rc::new(block);
        for (page, position) in self.positions.by_ref().take(self.labels.copies).collect::<Vec<_>>()
        {
            if page != self.number {
                self.end_page(files)?;
                self.number = page;
            }
            self.page.push((position, block.clone()));
        }
        Ok(())
    }

    fn end_page(&mut self, files: &mut Files<'_>) -> io::Result<()> {
        if self.page.is_empty() {
            return Ok(());
        }
        if self.volume.pages == PAGES {
            let (pdf, number) = (self.labels.document(self.context), self.volume.number + 1);
            let full = std::mem::replace(&mut self.volume, Volume { pdf, pages: 0, number });
            full.write_numbered(files)?;
        }
        let labels: Vec<(usize, &Block)> = self.page.iter().map(|(at, it)| (*at, &**it)).collect();
        self.volume.pdf.page(&self.labels.stock, &labels, self.labels.outline)?;
        self.volume.pages += 1;
        self.page.clear();
        Ok(())
    }
}

impl Volume {
    /// Writes one of several files: labels.pdf becomes labels-0001.pdf and so on.
    fn write_numbered(self, files: &mut Files<'_>) -> io::Result<()> {
        let name = files.name();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "pdf"));
        let name = format!("{stem}-{:04}.{extension}", self.number);
        files.whole(&name, &self.pdf.finish()?)
    }
}

impl Join for Sheets<'_> {
    fn append(&mut self, piece: &mut Piece, files: &mut Files<'_>) -> io::Result<()> {
        if self.labels.sort.is_some() {
            self.waiting.extend(piece.take::<(SortKey, Text)>());
            return Ok(());
        }
        for block in piece.take::<Block>() {
            self.put(block, files)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, files: &mut Files<'_>) -> io::Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort();
        for (_, text) in waiting {
            // It was set once before, to see that it fits: keeping all that would cost memory.
            if let Ok(block) = self.labels.set(&text) {
                self.put(block, files)?;
            }
        }
        self.end_page(files)?;
        if self.volume.number > 1 {
            return self.volume.write_numbered(files);
        }
        files.main()?.write_all(&self.volume.pdf.finish()?)
    }
}
