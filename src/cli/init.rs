use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use officedir::config;

use super::{FINE, Failure};

/// Write a small directory and a commented configuration to start from
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The folder, which is made if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// What is written: names, and contents.
const FILES: [(&str, &str); 2] = [
    ("directory.json", include_str!("init/directory.json")),
    (config::FILE, include_str!("init/officedir.toml")),
];

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let folder = &arguments.folder;
    let there = FILES.map(|(name, _)| folder.join(name)).into_iter().find(|path| path.exists());
    if let Some(path) = there {
        return Err(Failure::new(format!("{} is there already", path.display()))
            .help("name another folder: officedir init DIR"));
    }
    fs::create_dir_all(folder)
        .map_err(|error| Failure::new(format!("cannot make {}: {error}", folder.display())))?;
    for (name, text) in FILES {
        let path = folder.join(name);
        write_new(&path, text)
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))?;
        super::warn(&format!("wrote {}\n", path.display()));
    }
    super::warn("now edit directory.json, and run: officedir export\n");
    Ok(FINE)
}

/// Writes a file that is not there yet; on a failure it is not there afterwards either.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).inspect_err(|_| {
        // The failure that is reported is the first one.
        let _ = fs::remove_file(path);
    })
}
