//! Which targets an export has: those of the command line, else of the configuration, else the
//! built-in writers' defaults.

use std::io;
use std::path::{Path, PathBuf};

use officedir::config::{self, Config, ConfigError};
use officedir::export::Target;
use officedir::writers::{Misuse, WRITERS};

use super::Failure;

/// The configuration file at `given`, else the one beside the directory file, else none.
pub(super) fn configuration(given: Option<&PathBuf>, directory: &Path) -> Result<Config, Failure> {
    let beside = directory.with_file_name(config::FILE);
    let path = given.unwrap_or(&beside);
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Config::parse(path, &text)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound && given.is_none() => {
            Ok(Config::default())
        }
        Err(error) => Err(Failure::new(format!("cannot read {}: {error}", path.display()))),
    }
}

pub(super) fn targets(texts: &[String], config: &Config) -> Result<Vec<Target>, Failure> {
    let targets = if !texts.is_empty() {
        texts.iter().map(|text| target(text, config)).collect::<Result<Vec<_>, _>>()?
    } else if config.has_targets() {
        config.targets()?
    } else {
        let defaults = WRITERS.iter().filter(|info| info.default);
        defaults.map(|info| Target::new(info, Vec::new())).collect::<Result<_, _>>()?
    };
    Target::check_files(&targets)?;
    Ok(targets)
}

/// Reads `WRITER[:KEY=VALUE,…]` or `ext:NAME[,KEY=VALUE,…]`; a comma within a value is written `\,`.
fn target(text: &str, config: &Config) -> Result<Target, Misuse> {
    let separator = if text.starts_with("ext:") { ',' } else { ':' };
    let (name, options) = text.split_once(separator).unwrap_or((text, ""));
    config.target(name, pairs(options))
}

fn pairs(options: &str) -> Vec<(String, String)> {
    let escaped = options.replace("\\,", "\0");
    let pairs = escaped.split(',').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key.to_owned(), value.replace('\0', ","))
    });
    pairs.collect()
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let failure = Failure::new(error.to_string());
        match error.misuse.help {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}
