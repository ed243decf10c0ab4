use std::io::sink;

use officedir::check::Severity;
use officedir::commit::Stream;
use officedir::export::{Directory, Selection};
use officedir::read::Registry;

use super::{FINDINGS, FINE, Failure, Input, report};

/// Check a directory: its schema, and what its offices say of each other
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let path = &arguments.input.file;
    let bytes = super::read(path)?;
    let document = match super::parse(path, &bytes) {
        Ok(document) => document,
        Err(code) => return Ok(code),
    };
    let registry = Registry::new(&document);
    let directory = Directory::new(&document, &registry).map_err(Failure::new)?;
    let selection = Selection::default();
    let outcome =
        directory.export(&[], &selection, &mut Stream::new(&mut sink()), super::threads())?;
    super::say(&report::findings(path, &bytes, &outcome.findings))?;
    let count = |severity| outcome.findings.iter().filter(|it| it.severity == severity).count();
    super::say(&format!(
        "{}: {} offices, {} errors, {} warnings\n",
        path.display(),
        document.offices.len(),
        count(Severity::Error),
        count(Severity::Warning)
    ))?;
    Ok(if report::any_error(&outcome.findings) { FINDINGS } else { FINE })
}
