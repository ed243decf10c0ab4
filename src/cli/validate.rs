use std::io::sink;

use officedir::check::Severity;
use officedir::commit::Stream;
use officedir::export::Selection;

use super::{FINDINGS, FINE, Failure, Input, report};

/// Check a directory: its schema, and what its offices say of each other
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let path = &arguments.input.file;
    super::with(path, arguments.input.threads(), |reading| {
        let (all, mut nowhere) = (Selection::default(), sink());
        let directory = reading.directory()?;
        let outcome =
            directory.export(&[], &all, &mut Stream::new(&mut nowhere), reading.threads)?;
        super::say(&reading.report(&outcome.findings)?)?;
        let count = |severity| outcome.findings.iter().filter(|it| it.severity == severity).count();
        super::say(&format!(
            "{}: {} offices, {} errors, {} warnings\n",
            path.display(),
            outcome.checked,
            count(Severity::Error),
            count(Severity::Warning)
        ))?;
        Ok(if report::any_error(&outcome.findings) { FINDINGS } else { FINE })
    })
}
