//! Puts finished labels onto pages, and pages into files.

use std::io;
use std::rc::Rc;

use super::label::{Label, Text};
use super::paper::Paper;
use super::positions::Positions;
use super::{Labels, SortKey};
use crate::directory::Context;
use crate::writers::{Files, Join, Piece};

/// The ordered half of the writer.
pub(super) struct Sheets<'a> {
    labels: &'a Labels,
    positions: Positions,
    /// Labels that wait for their place in the order.
    waiting: Vec<(SortKey, Text)>,
    /// The page in hand: its number, and its labels by position.
    number: usize,
    page: Vec<(usize, Rc<Label>)>,
    paper: Box<dyn Paper>,
}

impl<'a> Sheets<'a> {
    pub fn new(labels: &'a Labels, context: &'a Context<'a>) -> Self {
        Sheets {
            labels,
            positions: Positions::new(labels.stock.per_page(), labels.start, &labels.skip),
            waiting: Vec::new(),
            number: 0,
            page: Vec::new(),
            paper: labels.paper(context),
        }
    }

    /// Puts as many copies of a label as are wanted onto the next free positions.
    fn put(&mut self, label: Label, files: &mut Files<'_>) -> io::Result<()> {
        let label = Rc::new(label);
        for (page, position) in self.positions.by_ref().take(self.labels.copies).collect::<Vec<_>>()
        {
            files.go_on()?;
            if page != self.number {
                self.end_page(files)?;
                self.number = page;
            }
            self.page.push((position, label.clone()));
        }
        Ok(())
    }

    /// Writes the page in hand, unless nothing is on it.
    fn end_page(&mut self, files: &mut Files<'_>) -> io::Result<()> {
        if self.page.is_empty() {
            return Ok(());
        }
        let labels = self.page.iter().map(|(position, label)| (*position, &**label));
        self.paper.page(&self.labels.layout().page(labels), files)?;
        self.page.clear();
        Ok(())
    }
}

impl Join for Sheets<'_> {
    fn append(&mut self, piece: &mut Piece, files: &mut Files<'_>) -> io::Result<()> {
        if self.labels.sort.is_some() {
            self.waiting.extend(piece.take::<(SortKey, Text)>());
            return Ok(());
        }
        for label in piece.take::<Label>() {
            self.put(label, files)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, files: &mut Files<'_>) -> io::Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        // By key and then by text, so that offices with one key come in the same order in every run.
        waiting.sort();
        for (_, text) in waiting {
            files.go_on()?;
            // It was set once before, to see that it fits: keeping all that would cost memory.
            if let Ok(label) = self.labels.set(&text) {
                self.put(label, files)?;
            }
        }
        self.end_page(files)?;
        self.paper.finish(files)
    }
}
