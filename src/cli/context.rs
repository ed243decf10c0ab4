use std::path::PathBuf;

use officedir::check::{Finding, Severity};
use officedir::commit::Stream;
use officedir::export::Selection;
use officedir::model::Office;
use officedir::writers::{Context, template};

use super::{FINDINGS, FINE, Failure};

/// Print what a template sees, as JSON
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The office of this id, as a template that makes a file for each office sees it; otherwise all
    /// offices, as in one file
    id: Option<String>,

    /// The directory file
    #[arg(long, value_name = "FILE", default_value = "directory.json")]
    directory: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let path = &arguments.directory;
    super::with(path, super::threads(), |reading| {
        let directory = reading.directory(&[])?;
        let (all, mut nowhere) = (Selection::default(), std::io::sink());
        let outcome =
            directory.export(&[], &all, &mut Stream::new(&mut nowhere), reading.threads)?;
        let (Some(header), false) = (directory.header(), outcome.failed()) else {
            let errors = outcome.findings.into_iter().filter(|it| it.severity == Severity::Error);
            super::warn(&reading.report(&errors.collect::<Vec<Finding>>())?);
            return Ok(FINDINGS);
        };
        let kept = reading.source.keep()?;
        // They were checked: none is left out.
        let offices: Vec<Office<'_>> =
            kept.iter().filter_map(|it| serde_json::from_str(it.raw().json).ok()).collect();
        let context = Context::new(header, reading.registry);
        let visible = template::visible(&context, &offices, arguments.id.as_deref())?;
        super::say(&format!("{visible:#}\n"))?;
        Ok(FINE)
    })
}
