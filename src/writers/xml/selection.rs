//! The XML of a selection: parents that are not selected are named, so that the file's references lead
//! somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::XmlWriter;
use super::element::XmlElements;
use crate::directory::Context;
use crate::model::Office;
use crate::writers::{Assembler, OfficeOutput, TargetFiles, Writer};

/// The id of an office that was written, and that of its parent.
pub(super) struct OutsideParent {
    /// Id of the office.
    id: String,
    /// Id of its parent, which may be selected or not.
    parent: Option<String>,
}

impl OutsideParent {
    /// What the end of the file has to know of an office.
    pub(super) fn of(office: &Office<'_>) -> Self {
        OutsideParent {
            id: office.id.to_string(),
            parent: office.parent.as_deref().map(str::to_owned),
        }
    }
}

/// The ordered half for a selection of offices: parents that are not selected are named behind the
/// offices, so that every reference is one within the file.
pub(super) struct SelectionAssembler<'a> {
    /// Makes the head and the tail.
    writer: &'a XmlWriter,
    /// The directory, which knows the names of parents.
    context: &'a Context<'a>,
    /// Whether the head was written.
    begun: bool,
    /// Ids of the offices that were written.
    written: BTreeSet<String>,
    /// Names of their parents by id, in whose order they are written.
    parents: BTreeMap<String, &'a str>,
}

impl<'a> SelectionAssembler<'a> {
    /// Nothing written yet.
    pub(super) fn new(writer: &'a XmlWriter, context: &'a Context<'a>) -> Self {
        SelectionAssembler {
            writer,
            context,
            begun: false,
            written: BTreeSet::new(),
            parents: BTreeMap::new(),
        }
    }

    /// Writes the head once.
    fn begin(&mut self, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let mut head = Vec::new();
        if !std::mem::replace(&mut self.begun, true) {
            self.writer.begin(self.context, &mut head);
        }
        files.main()?.write_all(&head)
    }
}

impl Assembler for SelectionAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        self.begin(files)?;
        for OutsideParent { id, parent } in piece.take() {
            // The directory was checked, so that every parent is an office with a name.
            let name = parent.as_deref().and_then(|id| self.context.parent_name(id));
            self.parents.extend(parent.zip(name));
            self.written.insert(id);
        }
        files.main()?.write_all(&piece.bytes)
    }

    fn finish(mut self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        self.begin(files)?;
        let mut tail = Vec::new();
        let mut xml = XmlElements::new(&mut tail, 1);
        // Known only now, because a parent may stand behind the offices that are parts of it.
        for (id, name) in self.parents.iter().filter(|(id, _)| !self.written.contains(*id)) {
            xml.leaf("otherOffice", &[("id", Some(id))], Some(name));
        }
        self.writer.end(self.context, &mut tail);
        files.main()?.write_all(&tail)
    }
}
