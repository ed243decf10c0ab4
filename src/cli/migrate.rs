//! `officedir migrate`: a directory file in the newest version of the format. How that is done is the library's
//! business.

use std::path::{Path, PathBuf};

use officedir::bounded::{DIRECTORY_LIMIT, read_limited};
use officedir::check::SCHEMA_VERSION;
use officedir::directory::{MigrationInput, migrated};
use officedir::read::{has_lines, is_compressed};

use super::locate::directory;
use super::{CliError, FINDINGS, FINE, report};

/// Bring a directory file to the newest version of the format, and keep the rest of it as it is
#[derive(clap::Args)]
pub(super) struct MigrateArguments {
    /// The directory file: JSON, or one office per line (.ndjson), not compressed [default: directory.json, in this
    /// folder or the nearest one above]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// Write nothing; exit with 1 if the file would change
    #[arg(long)]
    check: bool,
}

/// Brings the file to the newest version in place, or says whether it would change.
pub(super) fn run(arguments: &MigrateArguments) -> Result<u8, CliError> {
    let path = &directory(arguments.file.as_ref())?;
    super::inputs([path.as_path()])?;
    let bytes = read(path)?;
    let input = match has_lines(path) {
        true => MigrationInput::Lines,
        false => MigrationInput::Document,
    };
    let migration = match migrated(&bytes, input) {
        Ok(Some(migration)) => migration,
        Ok(None) => {
            super::warn(&format!(
                "error: cannot migrate {} because its header has errors\n  help: run officedir validate\n",
                path.display()
            ));
            return Ok(FINDINGS);
        }
        Err(errors) => {
            super::emit_warning(&report::broken(path, &bytes, &errors.0));
            return Ok(FINDINGS);
        }
    };
    let name = path.display();
    // Not written where nothing changes, so that the file keeps its time.
    if migration.changes.is_empty() {
        super::warn(&format!("{name} is in version {SCHEMA_VERSION} of the format already\n"));
        return Ok(FINE);
    }
    if arguments.check {
        super::say(&format!("would migrate: {name}\n  help: run officedir migrate\n"))?;
        return Ok(FINDINGS);
    }
    super::rewrite(path, &migration.bytes)?;
    let changes = migration.changes.iter().map(|change| format!("{name}: {change}\n"));
    super::warn(&changes.collect::<String>());
    super::warn(&format!("migrated {name} to version {SCHEMA_VERSION} of the format\n"));
    Ok(FINE)
}

/// The bytes of a file that can be replaced.
fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    let help = "migrate rewrites files that are not compressed: name one";
    if path.as_os_str() == "-" {
        return Err(CliError::new("cannot migrate standard input").help(help));
    }
    let bytes = read_limited(path, DIRECTORY_LIMIT).map_err(|error| {
        CliError::new(format!("cannot read {}: {error}", path.display()))
            .help("name the directory file, or run officedir in its folder")
    })?;
    // By the first bytes: the name says nothing about compression.
    if is_compressed(&bytes) {
        return Err(CliError::new(format!("cannot migrate {}", path.display())).help(help));
    }
    Ok(bytes)
}
