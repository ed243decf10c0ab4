//! Which directory and which configuration a command works on where the command line does not say: the nearest
//! ones, looking upward from the folder of the run as cargo and Git do.

use std::path::{Component, Path, PathBuf};

use officedir::bounded::{CONFIGURATION_LIMIT, read_text_limited};
use officedir::config::{self, Config};

use super::CliError;

/// Name of the directory file that is looked for.
pub(super) const DIRECTORY: &str = "directory.json";

/// A configuration and where it was read from.
pub(super) struct Configuration {
    /// The file, whether it exists or not.
    pub(super) path: PathBuf,
    /// What it says.
    pub(super) config: Config,
}

/// The directory file that was named, else the nearest one.
///
/// # Errors
/// If the nearest configuration names several.
pub(super) fn directory(given: Option<&PathBuf>) -> Result<PathBuf, CliError> {
    let mut found = directories(given.map_or(&[][..], std::slice::from_ref))?;
    match (found.pop(), &*found) {
        (Some(last), []) => Ok(last),
        (last, _) => {
            let names = found.iter().chain(&last).map(|path| path.display().to_string());
            let names = names.collect::<Vec<_>>().join(", ");
            Err(CliError::new(format!("{} names several directories: {names}", config::FILE))
                .help("this command works on one of them: name it"))
        }
    }
}

/// The directory files that were named, else those that the nearest configuration names, else the nearest
/// `directory.json`. Where there is none it is the one of this folder, so that the error names it.
pub(super) fn directories(given: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    if !given.is_empty() {
        return Ok(given.to_vec());
    }
    for folder in upward(Path::new("")) {
        let configuration = folder.join(config::FILE);
        if configuration.is_file() {
            let directories = read(configuration)?.config.directories;
            if !directories.is_empty() {
                return Ok(directories);
            }
        }
        let directory = folder.join(DIRECTORY);
        if directory.exists() {
            return Ok(vec![directory]);
        }
    }
    Ok(vec![DIRECTORY.into()])
}

/// The configuration that was named, else the nearest one: beside the directory file, or in a folder above.
///
/// # Errors
/// If it cannot be read, or something is wrong with it.
pub(super) fn configuration(
    given: Option<&PathBuf>,
    directory: &Path,
) -> Result<Configuration, CliError> {
    if let Some(path) = given {
        // A configuration that was asked for has to be there.
        return read(path.clone());
    }
    let beside = directory.with_file_name(config::FILE);
    let folder = directory.parent().unwrap_or(directory);
    match upward(folder).map(|folder| folder.join(config::FILE)).find(|path| path.exists()) {
        Some(path) => read(path),
        None => Ok(Configuration { path: beside, config: Config::default() }),
    }
}

/// Reads a configuration file.
fn read(path: PathBuf) -> Result<Configuration, CliError> {
    let text = read_text_limited(&path, CONFIGURATION_LIMIT)
        .map_err(|error| CliError::new(format!("cannot read {}: {error}", path.display())))?;
    let config = Config::parse(&path, &text)?;
    Ok(Configuration { path, config })
}

/// The folder and those above it, up to the root of its repository. Outside of a repository nothing above is looked at:
/// anybody may put a configuration into a shared folder, and a configuration names programs that are run.
fn upward(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let to_root = here
        .canonicalize()
        .ok()
        .and_then(|folder| folder.ancestors().position(|folder| folder.join(".git").exists()));
    let above = |folder: &PathBuf| match folder.components().next_back() {
        Some(Component::RootDir | Component::Prefix(_)) => None,
        Some(Component::Normal(_)) => folder.parent().map(Path::to_owned),
        Some(Component::CurDir) => Some(PathBuf::from("..")),
        Some(Component::ParentDir) | None => Some(folder.join("..")),
    };
    std::iter::successors(Some(folder.to_owned()), above).take(to_root.unwrap_or(0) + 1)
}
