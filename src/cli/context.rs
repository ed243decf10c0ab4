//! `officedir context`: what a template sees, as JSON.

use std::path::PathBuf;

use officedir::directory::{ReadOptions, available_threads};
use officedir::model::Office;
use officedir::writers::template;

use super::input::errors;
use super::locate::directory;
use super::{CliError, FINDINGS, FINE};

/// Print what a template sees, as JSON
#[derive(clap::Args)]
pub(super) struct ContextArguments {
    /// The id of an office, to print what a template sees that makes a file for each office [default: what
    /// a template sees that makes one file of all offices]
    id: Option<String>,

    /// The directory file [default: directory.json, in this folder or the nearest one above]
    #[arg(long, value_name = "FILE", alias = "directory")]
    file: Option<PathBuf>,
}

/// Prints what a template sees of a directory without errors.
pub(super) fn run(arguments: &ContextArguments) -> Result<u8, CliError> {
    let path = &directory(arguments.file.as_ref())?;
    let options = ReadOptions { threads: available_threads(), ..ReadOptions::default() };
    super::with(path, options, |directory| {
        // An export gives no template an office with errors, so none is shown here either.
        if directory.failed() {
            return errors(path, directory);
        }
        let Some(context) = directory.context()? else { return Ok(FINDINGS) };
        // All of them in memory: what is printed is read by a person who writes a template.
        let kept = directory.source().keep()?;
        // They were checked: none is left out.
        let offices: Vec<Office<'_>> =
            kept.iter().filter_map(|it| serde_json::from_str(it.raw().json).ok()).collect();
        let visible = template::visible(&context, &offices, arguments.id.as_deref())?;
        super::emit(&format!("{visible:#}\n"))?;
        Ok(FINE)
    })
}
