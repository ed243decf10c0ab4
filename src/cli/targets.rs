//! Which targets an export has: those of the command line, else of the configuration, else the
//! built-in writers' defaults.

use std::path::Path;

use officedir::config::Config;
use officedir::writers::{Target, WRITERS, WriterInfo};

use super::CliError;

/// The targets. A printer profile goes to each of the built-in writers that takes one.
pub(super) fn targets(
    texts: &[String],
    printer: Option<&Path>,
    config: &Config,
) -> Result<Vec<Target>, CliError> {
    let targets = if texts.is_empty() && config.has_targets() {
        if printer.is_some() {
            return Err(CliError::new("--printer applies only to targets on the command line").help(
                "name them, as in --to labels, or write printer = \"FILE\" in the configuration",
            ));
        }
        config.targets()?
    } else {
        let defaults = WRITERS.iter().filter(|info| info.default).map(|info| info.name);
        let mut targets: Vec<_> = texts.iter().map(|text| split(text)).collect();
        if texts.is_empty() {
            targets.extend(defaults.map(|name| (name, Vec::new())));
        }
        if let Some(path) = printer {
            // A profile for a printer is of use to labels only. That no target takes it is a mistake
            // worth telling.
            let takers = targets.iter_mut().filter(|(name, _)| takes_printer(name));
            let profile = ("printer".to_owned(), path.to_string_lossy().into_owned());
            if takers.map(|(_, options)| options.push(profile.clone())).count() == 0 {
                return Err(CliError::new("no target of this export takes a printer profile")
                    .help("--printer is for labels"));
            }
        }
        let made = targets.into_iter().map(|(name, options)| config.target(name, options));
        made.collect::<Result<Vec<_>, _>>()?
    };
    // Only with all targets at hand does it show that two of them write the same file.
    Target::check_files(&targets)?;
    Ok(targets)
}

/// Whether a built-in writer has an option for a printer profile.
fn takes_printer(writer: &str) -> bool {
    WriterInfo::find(writer)
        .is_ok_and(|info| info.options.iter().any(|option| option.name == "printer"))
}

/// Splits `WRITER[:KEY=VALUE,…]` or `ext:NAME[,KEY=VALUE,…]`; a comma within a value is written `\,`.
fn split(text: &str) -> (&str, Vec<(String, String)>) {
    // The name of a program may stand behind a colon, so its options stand behind a comma.
    let separator = if text.starts_with("ext:") { ',' } else { ':' };
    let (name, options) = text.split_once(separator).unwrap_or((text, ""));
    (name, pairs(options))
}

/// The options behind the name of a writer. A key without a value has the empty one, which means
/// true for a flag.
fn pairs(options: &str) -> Vec<(String, String)> {
    // No argument holds a NUL byte: systems end arguments with one.
    let escaped = options.replace("\\,", "\0");
    let pairs = escaped.split(',').filter(|pair| !pair.is_empty()).map(|pair| {
        // At the first equals sign: a value may have more of them.
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key.to_owned(), value.replace('\0', ","))
    });
    pairs.collect()
}
