//! A program with a writer of its own: the telephone list of a directory, to standard output.
//!
//! `cargo run --example phone_list [directory.json]`

use std::io::{self, Write};

use officedir::Error;
use officedir::commit::StreamStorage;
use officedir::directory::{Context, Directory, ReadOptions};
use officedir::export::{Outcome, Selection};
use officedir::model::Office;
use officedir::read::{DirectorySource, Document};
use officedir::writers::{OfficeOutput, Target, Writer};

/// One line for each number: name, type and number.
struct PhoneList;

impl Writer for PhoneList {
    fn begin(&self, context: &Context<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(
            format!("Telephones of {}\n", context.header.organization.name).as_bytes(),
        );
    }

    fn office(&self, _context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        for phone in &office.phones {
            let line = format!("{}\t{}\t{}\n", office.name, phone.kind.as_str(), phone.number);
            piece.bytes.extend_from_slice(line.as_bytes());
        }
        for at in 0..office.websites.len() {
            piece.lose(format!("/websites/{at}"), "a telephone list has no websites");
        }
    }
}

/// Writes the telephone list of a directory; gives what was found in it and what was left out.
///
/// # Errors
/// If the directory cannot be read or the list cannot be written.
pub fn export(directory: &[u8], out: &mut dyn Write) -> Result<Outcome, Error> {
    let document = Document::parse(directory)?;
    let directory = Directory::read(DirectorySource::Document(&document), ReadOptions::default())?;
    // A built-in writer is `Target::new(WriterInfo::find("vcard")?, Vec::new())`, a folder is
    // `commit::Staging`.
    let target = Target::with_writer("phones", "phones.txt", Box::new(PhoneList))?;
    directory.export(&[target], &Selection::default(), &mut StreamStorage::new(out))
}

fn main() -> Result<(), Error> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "directory.json".into());
    let mut list = Vec::new();
    let outcome = export(&std::fs::read(path)?, &mut list)?;
    if outcome.failed() {
        let error = Error::new("the directory has errors");
        return Err(error.with_help("run officedir validate"));
    }
    io::stdout().write_all(&list)?;
    writeln!(io::stderr(), "{} values were left out", outcome.problems.len())?;
    Ok(())
}
