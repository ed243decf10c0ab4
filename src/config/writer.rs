//! The `[[writer]]` tables of a configuration: programs with their limits, and templates.

use std::path::Path;
use std::time::Duration;

use super::reader::TomlTable;
use crate::error::Error;
use crate::writers::external::{Program, ProgramLimits};
use crate::writers::template::Template;
use crate::writers::{Target, WRITERS, take_file};

/// A `[[writer]]`: a program or a template.
#[derive(Debug)]
pub(super) enum ConfiguredWriter {
    /// A program that speaks the writer protocol.
    Program(Program),
    /// A template with all that its table says of it.
    Template(Template),
}

impl ConfiguredWriter {
    /// Reads one, with its name. Paths in it are relative to the folder.
    pub(super) fn read(table: &TomlTable<'_>, folder: &Path) -> Result<(String, Self), Error> {
        let (name, at) = table.required("name")?;
        let built_in = WRITERS.iter().any(|info| info.name == name);
        // Separators of the command line could not be in a name there.
        if built_in || name == "template" || name.contains([':', ',']) {
            let why = format!("the name \"{name}\" is taken: call the writer something else");
            return Err(table.error(at, Error::new(why)));
        }
        let configured = match table.text("template")? {
            Some(path) => ConfiguredWriter::Template(read_template(table, &folder.join(path))?),
            None => ConfiguredWriter::Program(read_program(table, &name, folder)?),
        };
        Ok((name, configured))
    }

    /// What selects the writer of that name.
    pub(super) fn selector(&self, name: &str) -> String {
        match self {
            ConfiguredWriter::Program(_) => format!("ext:{name}"),
            ConfiguredWriter::Template(_) => name.to_owned(),
        }
    }
}

/// A target of a template that the configuration names.
pub(super) fn template_target(
    template: &Template,
    mut given: Vec<(String, String)>,
) -> Result<Target, Error> {
    let file = take_file(&mut given)?;
    match given.first() {
        Some((key, _)) => Err(Error::unknown("option", key, ["file"].into_iter())),
        None => template.target(file),
    }
}

/// A template, with the keys that a target would have as options.
fn read_template(table: &TomlTable<'_>, path: &Path) -> Result<Template, Error> {
    table.check_keys(&["name", "template", "file", "escape"])?;
    let mut given = vec![("file".to_owned(), path.to_string_lossy().into_owned())];
    // The option `file` is the template itself, so the name of the output is the option `name`.
    for (key, option) in [("file", "name"), ("escape", "escape")] {
        given.extend(table.text(key)?.map(|value| (option.to_owned(), value)));
    }
    Template::from_pairs(&given).map_err(|error| table.error(table.at(), error))
}

/// A program, with limits of its own where the defaults are too small.
fn read_program(table: &TomlTable<'_>, name: &str, folder: &Path) -> Result<Program, Error> {
    let seconds = ["hello_seconds", "stall_seconds", "total_seconds"];
    table.check_keys(
        &[&["name", "program", "template", "output_mebibytes"], &seconds[..]].concat(),
    )?;
    let (program, _) = table.required("program")?;
    let mut limits = ProgramLimits::default();
    let times = [&mut limits.hello, &mut limits.stall, &mut limits.total];
    for (key, limit) in seconds.into_iter().zip(times) {
        // With a limit of 0 no program could ever answer.
        if let Some(seconds) = table.number(key, 1, 86_400)? {
            *limit = Duration::from_secs(seconds);
        }
    }
    if let Some(mebibytes) = table.number("output_mebibytes", 1, 1_000_000)? {
        limits.output = mebibytes << 20;
    }
    // An absolute path stays one.
    Ok(Program::new(name, folder.join(program), limits))
}
