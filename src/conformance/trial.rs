//! An export with the program under test, to nowhere, and what came of it.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Sink, Write};

use serde_json::Value;

use crate::commit::{HashingWriter, ManifestEntry};
use crate::directory::{Directory, ReadOptions};
use crate::export::Selection;
use crate::read::{DirectorySource, Document};
use crate::storage::Storage;
use crate::writers::external::Program;
use crate::writers::{LossSeverity, OutputProblem};

/// What an export of a directory gave.
pub(super) struct ExportTrial {
    /// How many offices were exported.
    offices: usize,
    /// The files by their names.
    pub(super) files: BTreeMap<String, ManifestEntry>,
    /// Losses, warnings and refusals, in the order in which the export collected them.
    pub(super) problems: Vec<OutputProblem>,
}

impl ExportTrial {
    /// Exports the directory with the program, as any export does it, to nowhere.
    pub(super) fn run(
        program: &Program,
        directory: &str,
        given: Vec<(String, String)>,
    ) -> Result<Self, String> {
        let target = program.target(given).map_err(|error| error.to_string())?;
        let document = Document::parse(directory.as_bytes()).map_err(|it| it.to_string())?;
        let directory =
            Directory::read(DirectorySource::Document(&document), ReadOptions::default())
                .map_err(|error| error.to_string())?;
        let mut nowhere = DiscardingStorage::default();
        let outcome = directory
            .export(&[target], &Selection::default(), &mut nowhere)
            .map_err(|error| error.to_string())?;
        let problems = outcome.problems.into_iter().map(|(_, problem)| problem);
        Ok(ExportTrial {
            offices: outcome.offices,
            files: nowhere.0.into_iter().map(|(name, file)| (name, file.entry())).collect(),
            problems: problems.collect(),
        })
    }

    /// Whether it would not have been exported.
    pub(super) fn refused(&self) -> bool {
        self.count(LossSeverity::Refusal) > 0
    }

    /// Every loss and finding must be about something that there is.
    pub(super) fn check_problems(&self, directory: &str) -> Result<(), String> {
        let directory: Value = serde_json::from_str(directory).map_err(|it| it.to_string())?;
        let offices = directory["offices"].as_array().map_or(&[][..], Vec::as_slice);
        for OutputProblem { office: id, pointer, .. } in &self.problems {
            let office = offices.iter().find(|office| office["id"] == id.as_str());
            match office {
                // Without an id it is about the directory as a whole.
                None if id.is_empty() => {}
                None => {
                    return Err(format!("reports about an office \"{id}\", which does not exist"));
                }
                Some(office) if office.pointer(pointer).is_none() => {
                    return Err(format!(
                        "reports about {pointer}, which office \"{id}\" does not have"
                    ));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// How many problems of that weight there are.
    fn count(&self, weight: LossSeverity) -> usize {
        self.problems.iter().filter(|it| it.weight == weight).count()
    }
}

impl fmt::Display for ExportTrial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: u64 = self.files.values().map(|file| file.size).sum();
        write!(f, "{} offices, {} files, {bytes} bytes", self.offices, self.files.len())?;
        for (weight, what) in [
            (LossSeverity::Loss, "values left out"),
            (LossSeverity::Warning, "warnings"),
            (LossSeverity::Refusal, "errors: nothing would be exported"),
        ] {
            match self.count(weight) {
                0 => {}
                count => write!(f, ", {count} {what}")?,
            }
        }
        Ok(())
    }
}

/// Takes files and keeps their hashes.
#[derive(Default)]
struct DiscardingStorage(BTreeMap<String, HashingWriter<Sink>>);

impl Storage for DiscardingStorage {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        // A hash of each file is enough to compare two runs, and takes no memory for what is written.
        Ok(self.0.entry(name.to_owned()).or_insert_with(|| HashingWriter::new(io::sink())))
    }
}
