use std::path::PathBuf;

use officedir::check::{Finding, Severity};
use officedir::commit::Stream;
use officedir::export::{Directory, Selection};
use officedir::model::Office;
use officedir::read::Registry;
use officedir::writers::{Context, template};

use super::{FINDINGS, FINE, Failure, report};

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
    let bytes = super::read(path)?;
    let document = match super::parse(path, &bytes) {
        Ok(document) => document,
        Err(code) => return Ok(code),
    };
    let registry = Registry::new(&document);
    let directory = Directory::new(&document, &registry).map_err(Failure::new)?;
    let (all, mut nowhere) = (Selection::default(), std::io::sink());
    let outcome = directory.export(&[], &all, &mut Stream::new(&mut nowhere), super::threads())?;
    let (Some(header), false) = (directory.header(), outcome.failed()) else {
        let errors = outcome.findings.into_iter().filter(|it| it.severity == Severity::Error);
        super::warn(&report::findings(path, &bytes, &errors.collect::<Vec<Finding>>()));
        return Ok(FINDINGS);
    };
    // They were checked: none is left out.
    let offices: Vec<Office<'_>> =
        document.offices.iter().filter_map(|raw| serde_json::from_str(raw.json).ok()).collect();
    let context = Context::new(header, &registry);
    let visible = template::visible(&context, &offices, arguments.id.as_deref())?;
    super::say(&format!("{visible:#}\n"))?;
    Ok(FINE)
}
