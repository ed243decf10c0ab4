//! Puts finished labels onto pages, and pages into files.

use std::io;
use std::rc::Rc;

use super::label::{LabelText, SetLabel};
use super::paper::PageSink;
use super::positions::LabelPositions;
use super::{LabelWriter, SortKey};
use crate::directory::Context;
use crate::writers::{Assembler, OfficeOutput, TargetFiles};

/// The ordered half of the writer.
pub(super) struct SheetAssembler<'a> {
    /// The options, stock and fonts.
    labels: &'a LabelWriter,
    /// The positions that are still free.
    positions: LabelPositions,
    /// Labels that wait for their place in the order.
    waiting: Vec<(SortKey, LabelText)>,
    /// The page in hand: its number, and its labels by position.
    number: usize,
    /// Its labels by position.
    page: Vec<(usize, Rc<SetLabel>)>,
    /// Where whole pages go.
    paper: Box<dyn PageSink>,
}

impl<'a> SheetAssembler<'a> {
    /// Nothing printed yet: the next position is the first that is free.
    pub fn new(labels: &'a LabelWriter, context: &'a Context<'a>) -> Self {
        SheetAssembler {
            labels,
            positions: LabelPositions::new(labels.stock.per_page(), labels.start, &labels.skip),
            waiting: Vec::new(),
            number: 0,
            page: Vec::new(),
            paper: labels.paper(context),
        }
    }

    /// Puts as many copies of a label as are wanted onto the next free positions.
    fn put(&mut self, label: SetLabel, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // Shared by its copies, since a finished label takes kilobytes.
        let label = Rc::new(label);
        // Collected before the loop, because ending a page borrows all of `self`.
        for (page, position) in self.positions.by_ref().take(self.labels.copies).collect::<Vec<_>>()
        {
            files.check_interrupted()?;
            if page != self.number {
                self.end_page(files)?;
                self.number = page;
            }
            self.page.push((position, label.clone()));
        }
        Ok(())
    }

    /// Writes the page in hand, unless nothing is on it.
    fn end_page(&mut self, files: &mut TargetFiles<'_>) -> io::Result<()> {
        if self.page.is_empty() {
            return Ok(());
        }
        let labels = self.page.iter().map(|(position, label)| (*position, &**label));
        self.paper.page(&self.labels.layout().page(labels), files)?;
        self.page.clear();
        Ok(())
    }
}

impl Assembler for SheetAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        if self.labels.sort.is_some() {
            self.waiting.extend(piece.take::<(SortKey, LabelText)>());
            return Ok(());
        }
        for label in piece.take::<SetLabel>() {
            self.put(label, files)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        // By key and then by text, so that offices with one key come in the same order in every run.
        waiting.sort();
        for (_, text) in waiting {
            files.check_interrupted()?;
            // It was set once before, to see that it fits: keeping all that would cost memory.
            if let Ok(label) = self.labels.set(&text) {
                self.put(label, files)?;
            }
        }
        self.end_page(files)?;
        self.paper.finish(files)
    }
}
