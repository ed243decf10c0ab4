//! `officedir init`: a small directory to start from, the schema that editors complete it by, a commented
//! configuration, and what Git is to know of the exports. The texts are in `init/`.

use std::fs;
use std::path::PathBuf;

use officedir::check::SCHEMA;
use officedir::commit::create;
use officedir::config;

use super::{CliError, FINE, signals};

/// Write a small directory to start from, its schema for editors, and a commented configuration
#[derive(clap::Args)]
pub(super) struct InitArguments {
    /// The folder, which is created if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// What is written: names, and contents.
const FILES: [(&str, &str); 4] = [
    ("directory.json", include_str!("init/directory.json")),
    // The directory's `$schema` names it.
    ("directory.schema.json", SCHEMA),
    (config::FILE, include_str!("init/officedir.toml")),
    (".gitattributes", include_str!("init/gitattributes")),
];

/// Writes all files, or none where one is there.
pub(super) fn run(arguments: &InitArguments) -> Result<u8, CliError> {
    let folder = &arguments.folder;
    // Looked for first, so that not even the first file is written where the last one exists.
    let there = FILES.map(|(name, _)| folder.join(name)).into_iter().find(|path| path.exists());
    if let Some(path) = there {
        return Err(CliError::new(format!("{} already exists", path.display()))
            .help("name another folder: officedir init DIR"));
    }
    fs::create_dir_all(folder)
        .map_err(|error| CliError::new(format!("cannot create {}: {error}", folder.display())))?;
    for (name, text) in FILES {
        let path = folder.join(name);
        let held = signals::hold();
        // `create` refuses a file that has appeared since it was looked for.
        create(&path, text.as_bytes())
            .map_err(|error| CliError::new(format!("cannot write {}: {error}", path.display())))?;
        held.release()?;
        super::warn(&format!("wrote {}\n", path.display()));
    }
    super::warn("now edit directory.json, and run: officedir export\n");
    Ok(FINE)
}
