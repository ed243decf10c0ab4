//! `officedir.toml`: what `export` makes when the command line does not say, so that people and CI need
//! no flags. `schema/config.schema.json` describes it for editors.
//!
//! A mistake is reported with its place, its cause and what was probably meant, like one in a directory.
//! Paths in it are relative to the file itself.

mod reader;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::export::Target;
use crate::writers::external::{Limits, Program};
use crate::writers::{Misuse, OptionKind, Options, WriterInfo};
use reader::{Reader, Table};

/// Name of the file, beside the directory file.
pub const FILE: &str = "officedir.toml";

/// What a configuration file says. The default is that of no file at all.
#[derive(Debug, Default)]
pub struct Config {
    /// The file, for messages.
    path: PathBuf,
    /// The folder that is written into.
    pub out: Option<PathBuf>,
    targets: Vec<Entry>,
    programs: BTreeMap<String, Program>,
}

/// One `[[target]]`.
#[derive(Debug)]
struct Entry {
    writer: String,
    place: Place,
    options: Vec<(String, String, Place)>,
}

/// Line and column, both from 1; columns count code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A configuration that cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The configuration file.
    pub path: PathBuf,
    /// Where in it.
    pub place: Place,
    /// What is wrong, and what to do about it.
    pub misuse: Misuse,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ConfigError { path, place: Place { line, column }, misuse } = self;
        write!(f, "{}:{line}:{column}: {}", path.display(), misuse.message)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads the text of the file at `path`, which is taken for messages and relative paths only.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let reader = Reader::new(path, text);
        let mut config = Config { path: path.to_owned(), ..Config::default() };
        let root = reader.document()?;
        let root = Table::new(&reader, &root);
        root.check_keys(&["out", "target", "writer"])?;
        config.out = root.text("out")?.map(|it| config.resolve(&it));
        for table in root.tables("writer")? {
            config.add_writer(&table)?;
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

    /// The targets that it names, in their order.
    ///
    /// # Errors
    /// A writer or option that cannot be used, with its place.
    pub fn targets(&self) -> Result<Vec<Target>, ConfigError> {
        self.targets.iter().map(|entry| self.entry_target(entry)).collect()
    }

    /// A target by the name of its writer and the options that were given.
    ///
    /// # Errors
    /// A writer or option that cannot be used.
    pub fn target(&self, writer: &str, given: Vec<(String, String)>) -> Result<Target, Misuse> {
        match writer.strip_prefix("ext:") {
            Some(name) => self.program(name)?.target(given),
            None => Target::new(WriterInfo::find(writer)?, given),
        }
    }

    /// The program of the external writer of that name: the one that the file names, else one on PATH.
    ///
    /// # Errors
    /// If there is none.
    pub fn program(&self, name: &str) -> Result<Program, Misuse> {
        self.programs.get(name).cloned().map_or_else(|| Program::find(name), Ok)
    }

    fn entry_target(&self, entry: &Entry) -> Result<Target, ConfigError> {
        let fail = |place, misuse| ConfigError { path: self.path.clone(), place, misuse };
        if let Ok(info) = WriterInfo::find(&entry.writer) {
            // One by one first, so that a mistake is shown at its own line.
            for (key, value, place) in entry.options.iter().filter(|it| it.0 != "file") {
                Options::check(info.options, &[(key.clone(), value.clone())])
                    .map_err(|misuse| fail(*place, misuse))?;
            }
        }
        let given = entry.options.iter().map(|(key, value, _)| (key.clone(), value.clone()));
        self.target(&entry.writer, given.collect()).map_err(|misuse| fail(entry.place, misuse))
    }

    /// Reads one `[[writer]]`.
    fn add_writer(&mut self, table: &Table<'_>) -> Result<(), ConfigError> {
        table.check_keys(&[
            "name",
            "program",
            "hello_seconds",
            "stall_seconds",
            "total_seconds",
            "output_mebibytes",
        ])?;
        let (name, place) = table.required("name")?;
        let (program, _) = table.required("program")?;
        let mut limits = Limits::default();
        for (key, limit) in [
            ("hello_seconds", &mut limits.hello),
            ("stall_seconds", &mut limits.stall),
            ("total_seconds", &mut limits.total),
        ] {
            if let Some(seconds) = table.number(key, 1, 86_400)? {
                *limit = Duration::from_secs(seconds);
            }
        }
        if let Some(mebibytes) = table.number("output_mebibytes", 1, 1_000_000)? {
            limits.output = mebibytes << 20;
        }
        let program = Program::new(&name, self.resolve(&program), limits);
        if self.programs.insert(name.clone(), program).is_some() {
            let misuse = Misuse::new(format!("there are two writers \"{name}\""));
            return Err(ConfigError { path: self.path.clone(), place, misuse });
        }
        Ok(())
    }

    fn entry(&self, table: &Table<'_>) -> Result<Entry, ConfigError> {
        let (writer, place) = table.required("writer")?;
        let mut options = Vec::new();
        for (key, values, place) in table.options("writer")? {
            for value in values {
                let value = if self.is_path(&writer, &key) {
                    self.resolve(&value).to_string_lossy().into_owned()
                } else {
                    value
                };
                options.push((key.clone(), value, place));
            }
        }
        Ok(Entry { writer, place, options })
    }

    fn is_path(&self, writer: &str, key: &str) -> bool {
        let info = WriterInfo::find(writer).ok();
        let option = info.and_then(|it| it.options.iter().find(|option| option.name == key));
        option.is_some_and(|option| option.kind == OptionKind::Files)
    }

    /// A path in the file, from where the program runs.
    fn resolve(&self, path: &str) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(path)
    }
}
