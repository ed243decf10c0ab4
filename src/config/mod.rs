//! `officedir.toml`: what `export` makes when the command line does not say, so that people and CI need
//! no flags. `schema/config.schema.json` describes it for editors.
//!
//! A mistake is reported with its place, its cause and what was probably meant, like one in a directory.
//! Paths in it are relative to the file itself.

mod reader;
mod writer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::check::{RuleSeverity, Suppression, rule};
use crate::error::Error;
use crate::finding::Severity;
use crate::writers::external::Program;
use crate::writers::template::{self, Template};
use crate::writers::{OptionKind, Target, WRITERS, WriterInfo, WriterOptions};
use reader::{TomlReader, TomlTable};
use writer::{ConfiguredWriter, template_target};

/// Name of the file, beside the directory file.
pub const FILE: &str = "officedir.toml";

/// What a configuration file says. The default is that of no file at all.
///
/// # Example
///
/// ```
/// use std::path::Path;
///
/// use officedir::config::Config;
///
/// let text = "out = \"site\"\n[[target]]\nwriter = \"csv\"\nseparator = \"tab\"\n";
/// let config = Config::parse(Path::new("officedir.toml"), text)?;
/// assert_eq!(config.targets()?[0].file, "offices.csv");
///
/// let wrong = Config::parse(Path::new("officedir.toml"), "oot = \"site\"\n");
/// let error = wrong.err().ok_or("it is accepted")?;
/// assert_eq!(error.to_string(), "officedir.toml:1:1: unknown key \"oot\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Config {
    /// The file, for messages.
    path: PathBuf,
    /// The directory files that commands work on where the command line names none.
    pub directories: Vec<PathBuf>,
    /// The folder that is written into.
    pub out: Option<PathBuf>,
    /// The findings that are known and stay as they are.
    pub suppressions: Vec<Suppression>,
    /// What findings of rules weigh, where that is not what the rules say.
    pub severities: Vec<RuleSeverity>,
    /// The text of the file, for places in it.
    pub text: String,
    /// In the order of the file.
    targets: Vec<ConfiguredTarget>,
    /// The `[[writer]]` tables, by name.
    writers: BTreeMap<String, ConfiguredWriter>,
}

/// One `[[target]]`.
#[derive(Debug)]
struct ConfiguredTarget {
    /// What selects the writer, as on the command line.
    writer: String,
    /// Where the name of the writer stands.
    place: ConfigPosition,
    /// Key, value and the place of the key; a key of several values is there once for each.
    options: Vec<(String, String, ConfigPosition)>,
}

/// Line and column, both from 1; columns count code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ConfigPosition {
    line: usize,
    column: usize,
}

impl ConfigPosition {
    /// The place as messages have it.
    fn of(self, path: &Path) -> String {
        format!("{}:{}:{}", path.display(), self.line, self.column)
    }
}

impl Config {
    /// Reads the text of the file at `path`, which is taken for messages and relative paths only.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        let reader = TomlReader::new(path, text);
        let mut config =
            Config { path: path.to_owned(), text: text.to_owned(), ..Config::default() };
        let root = reader.document()?;
        let root = TomlTable::new(&reader, &root);
        root.check_keys(&["directories", "out", "severity", "suppress", "target", "writer"])?;
        config.directories =
            root.texts("directories")?.iter().map(|it| config.resolve(it)).collect();
        config.out = root.text("out")?.map(|it| config.resolve(&it));
        // Before the targets, which may name them.
        for table in root.tables("writer")? {
            let (name, writer) = ConfiguredWriter::read(&table, config.folder())?;
            if config.writers.contains_key(&name) {
                let error = Error::new(format!("there are two writers \"{name}\""));
                return Err(table.error(table.at(), error));
            }
            config.writers.insert(name, writer);
        }
        if let Some(table) = root.table("severity")? {
            config.severities = severities(&table)?;
        }
        for table in root.tables("suppress")? {
            config.suppressions.push(suppression(&table)?);
        }
        for table in root.tables("target")? {
            let entry = config.entry(&table)?;
            config.targets.push(entry);
        }
        Ok(config)
    }

    /// Whether it names targets.
    pub fn has_targets(&self) -> bool {
        !self.targets.is_empty()
    }

    /// The targets that it names, in their order. Programs among them are started here for their hello.
    ///
    /// # Errors
    /// A writer or option that cannot be used, with its place.
    pub fn targets(&self) -> Result<Vec<Target>, Error> {
        self.targets.iter().map(|entry| self.entry_target(entry)).collect()
    }

    /// A target by the name of its writer and the options that were given.
    ///
    /// # Errors
    /// A writer or option that cannot be used.
    pub fn target(&self, writer: &str, given: Vec<(String, String)>) -> Result<Target, Error> {
        // The prefix is needed, so that no program on the PATH can stand for a built-in format or for
        // a template.
        if let Some(name) = writer.strip_prefix("ext:") {
            return self.program(name)?.target(given);
        }
        if writer == "template" {
            return Template::from_pairs(&given)?.target(None);
        }
        // It hides no built-in writer: a configuration cannot give one of those names to another.
        if let Some(ConfiguredWriter::Template(template)) = self.writers.get(writer) {
            return template_target(template, given);
        }
        // The names that a misspelt one may have meant: those of the file come with their prefix.
        let own = self.writers.iter().map(|(name, it)| it.selector(name)).collect::<Vec<_>>();
        let built_in = WRITERS.iter().map(|info| info.name);
        match WriterInfo::find(writer) {
            Ok(info) => Target::new(info, given),
            Err(_) => {
                let known = built_in.chain(own.iter().map(String::as_str));
                Err(WriterInfo::unknown(writer, known.chain(["template", "ext:NAME"])))
            }
        }
    }

    /// The program of the external writer of that name: the one that the file names, else one on PATH.
    ///
    /// # Errors
    /// If there is none.
    pub fn program(&self, name: &str) -> Result<Program, Error> {
        match self.writers.get(name) {
            Some(ConfiguredWriter::Program(program)) => Ok(program.clone()),
            // Not configured, or a template of that name, which no prefix leads to.
            _ => Program::find(name),
        }
    }

    /// The target of an entry, with mistakes at the place of the option that is wrong.
    fn entry_target(&self, entry: &ConfiguredTarget) -> Result<Target, Error> {
        let fail = |place: ConfigPosition, error: Error| error.within(place.of(&self.path));
        if let Ok(info) = WriterInfo::find(&entry.writer) {
            // One by one first, so that a mistake is shown at its own line.
            for (key, value, place) in entry.options.iter().filter(|it| it.0 != "file") {
                WriterOptions::check(info.options, &[(key.clone(), value.clone())])
                    .map_err(|error| fail(*place, error))?;
            }
        }
        let given = entry.options.iter().map(|(key, value, _)| (key.clone(), value.clone()));
        self.target(&entry.writer, given.collect()).map_err(|error| fail(entry.place, error))
    }

    /// Reads an entry. Options are only looked at as texts: their writers check them.
    fn entry(&self, table: &TomlTable<'_>) -> Result<ConfiguredTarget, Error> {
        let (writer, place) = table.required("writer")?;
        let mut options = Vec::new();
        for (key, values, place) in table.options("writer")? {
            for value in values {
                // Relative to the configuration, so that it means the same wherever the command is
                // run.
                let value = if self.is_path(&writer, &key) {
                    self.resolve(&value).to_string_lossy().into_owned()
                } else {
                    value
                };
                options.push((key.clone(), value, place));
            }
        }
        Ok(ConfiguredTarget { writer, place, options })
    }

    /// Whether an option of a writer is the path of a file.
    fn is_path(&self, writer: &str, key: &str) -> bool {
        let options = match WriterInfo::find(writer) {
            Ok(info) => info.options,
            Err(_) if writer == "template" => template::OPTIONS,
            Err(_) => &[],
        };
        let option = options.iter().find(|option| option.name == key);
        option.is_some_and(|option| matches!(option.kind, OptionKind::File | OptionKind::Files))
    }

    /// A path in the file, from where the program runs.
    fn resolve(&self, path: &str) -> PathBuf {
        self.folder().join(path)
    }

    /// The folder that paths in the file are relative to.
    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// Reads the table of severities by rule.
fn severities(table: &TomlTable<'_>) -> Result<Vec<RuleSeverity>, Error> {
    let severity = |(code, words, place): (String, Vec<String>, ConfigPosition)| {
        let word = words.join(" ");
        let severity = match &*word {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "off" => None,
            _ => {
                let error =
                    Error::unknown("severity", &word, ["error", "warning", "off"].into_iter());
                return Err(table.error(place, error));
            }
        };
        let rule = Suppression::rules().find(|rule| *rule == code).ok_or_else(|| {
            let error = match rule(&code) {
                Some(_) => Error::new(format!("the severity of {code} cannot be changed"))
                    .with_help("a directory with such a mistake cannot be read as what it says"),
                None => Error::unknown("rule", &code, Suppression::rules()),
            };
            table.error(place, error)
        })?;
        Ok(RuleSeverity { rule, severity })
    };
    // No key is left out: every one is a rule.
    table.options("")?.into_iter().map(severity).collect()
}

/// Reads an entry. Rules that cannot be suppressed are refused by name.
fn suppression(table: &TomlTable<'_>) -> Result<Suppression, Error> {
    table.check_keys(&["rule", "office", "reason"])?;
    let rule = table.required_text("rule")?;
    if !Suppression::rules().any(|known| known == rule) {
        let error = Error::unknown("rule", &rule, Suppression::rules());
        return Err(table.error(table.place("rule"), error));
    }
    let office = table.required_text("office")?;
    // Asked for and not kept: it is there for the next person who reads the file.
    table.required_text("reason")?;
    Ok(Suppression::new(rule, office, table.span()))
}
