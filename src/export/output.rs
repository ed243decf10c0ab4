//! The ordered half of a target: the writer's own, or one of two that need no writer's help, for files that
//! are the bytes of the offices behind one another, and for sections of such files.

use std::io;

use crate::directory::Context;
use crate::storage::Storage;
use crate::writers::{
    Assembler, FileSection, OfficeOutput, OutputProblem, Target, TargetFiles, Writer,
};

/// The ordered half of a target.
pub(super) struct TargetOutput<'p> {
    /// Name of the target's own file.
    file: &'p str,
    /// Takes the batches in the directory's order.
    join: Box<dyn Assembler + 'p>,
}

impl<'p> TargetOutput<'p> {
    /// The ordered half that fits the target: of a section, of the writer, or plain.
    pub fn new(target: &'p Target, context: &'p Context<'p>) -> Self {
        let writer = &*target.writer;
        let join = match target.section {
            // A section has no ordered half of the writer: heads and tails are asked for by
            // themselves.
            Some(section) => {
                Box::new(SectionAssembler { writer, context, section }) as Box<dyn Assembler>
            }
            None => writer.join(context).unwrap_or_else(|| {
                Box::new(ConcatenatingAssembler { writer, context, begun: false })
            }),
        };
        TargetOutput { file: &target.file, join }
    }

    /// Gives a batch on, and collects what was reported about it.
    pub fn append(
        &mut self,
        piece: &mut OfficeOutput,
        storage: &mut dyn Storage,
    ) -> io::Result<Vec<OutputProblem>> {
        let mut files = TargetFiles::new(self.file, storage);
        self.join.append(piece, &mut files)?;
        Ok(files.into_problems())
    }

    /// Ends the file.
    pub fn finish(self, storage: &mut dyn Storage) -> io::Result<Vec<OutputProblem>> {
        let mut files = TargetFiles::new(self.file, storage);
        self.join.finish(&mut files)?;
        Ok(files.into_problems())
    }
}

/// What a writer gets that has no ordered half of its own.
struct ConcatenatingAssembler<'p> {
    /// Makes the head and the tail.
    writer: &'p dyn Writer,
    /// What the head may say of the directory.
    context: &'p Context<'p>,
    /// Whether the head was written.
    begun: bool,
}

impl ConcatenatingAssembler<'_> {
    /// Writes the head once.
    fn begin(&mut self, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // Begun with the first batch and not before: a directory with a refused office leaves no file
        // with a head alone.
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let mut head = Vec::new();
        self.writer.begin(self.context, &mut head);
        files.main()?.write_all(&head)
    }
}

impl Assembler for ConcatenatingAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        self.begin(files)?;
        files.main()?.write_all(&piece.bytes)
    }

    fn finish(mut self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        // Without a batch nothing has begun the file; an export without offices has a head all the same.
        self.begin(files)?;
        let mut tail = Vec::new();
        self.writer.end(self.context, &mut tail);
        files.main()?.write_all(&tail)
    }
}

/// What a section of a target is made by.
struct SectionAssembler<'p> {
    /// Makes the head or the tail.
    writer: &'p dyn Writer,
    /// What these may say of the directory.
    context: &'p Context<'p>,
    /// Which of the three is written.
    section: FileSection,
}

impl Assembler for SectionAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        match self.section {
            FileSection::Body => files.main()?.write_all(&piece.bytes),
            // The offices are in the bodies, which other runs write.
            FileSection::Head | FileSection::Tail => Ok(()),
        }
    }

    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let mut bytes = Vec::new();
        match self.section {
            FileSection::Head => self.writer.begin(self.context, &mut bytes),
            FileSection::Tail => self.writer.end(self.context, &mut bytes),
            FileSection::Body => {}
        }
        // Nothing is left to write of a body, but this opens its file where it has no offices.
        files.main()?.write_all(&bytes)
    }
}
