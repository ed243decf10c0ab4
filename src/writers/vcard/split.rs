//! A folder with a file for each office: a vdir, as vdirsyncer and khard have it, and what Outlook needs,
//! which imports the first card of a file only. With a file of properties it is an address book of Radicale.

use std::io;

use serde_json::json;

use crate::directory::Context;
use crate::storage::{RADICALE_PROPERTIES, check_name};
use crate::writers::{Assembler, OfficeOutput, TargetFiles};

/// One card and the id of its office.
struct SingleCard {
    /// Id of the office, from which the file is named.
    id: String,
    /// The whole card.
    bytes: Vec<u8>,
}

/// Keeps what the piece's bytes hold as the card of an office.
pub(super) fn take_card(id: &str, piece: &mut OfficeOutput) {
    // Taken after each office, so that the bytes are those of this one only.
    let bytes = std::mem::take(&mut piece.bytes);
    piece.keep(SingleCard { id: id.to_owned(), bytes });
}

/// The ordered half: writes the kept cards.
pub(super) struct SplitAssembler {
    /// The content of Radicale's file of properties, where it is to be written.
    pub properties: Option<Vec<u8>>,
}

/// What Radicale 3 knows of a collection: that it is an address book, and by which name people see it.
pub(super) fn radicale_properties(context: &Context<'_>) -> Vec<u8> {
    let name = &context.header.organization.name;
    let mut bytes = json!({"D:displayname": name, "tag": "VADDRESSBOOK"}).to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

impl Assembler for SplitAssembler {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let folder = folder(files.name());
        for SingleCard { id, bytes } in piece.take() {
            // Each file is written and closed at once, so that any number of them needs no memory.
            files.whole(&file_name(folder, &id), &bytes)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let Some(properties) = self.properties else { return Ok(()) };
        let folder = folder(files.name());
        let name = folder.rsplit('/').next().unwrap_or(folder);
        files.beside(&format!("{name}/{RADICALE_PROPERTIES}"), &properties)
    }
}

/// The folder of the cards: `offices.vcf` becomes `offices`, which servers take for the name of the collection.
fn folder(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The file of an office. An id that some file system reserves (`con` on Windows) gets an underscore,
/// which no id has.
fn file_name(folder: &str, id: &str) -> String {
    let name = format!("{id}.vcf");
    match check_name(&name) {
        Ok(()) => format!("{folder}/{name}"),
        Err(_) => format!("{folder}/_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn device_names_are_avoided() {
        assert_eq!(file_name("offices", "japan-office"), "offices/japan-office.vcf");
        assert_eq!(file_name("offices", "con"), "offices/_con.vcf");
    }
}
