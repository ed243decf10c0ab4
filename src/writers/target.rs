//! A target: one output of an export.

use super::options::twice;
use super::{Writer, WriterInfo, WriterOptions};
use crate::error::Error;
use crate::storage::{FileNames, Inputs, check_name};

/// One output: a writer with its options and the name of its file. Made before the directory is opened, so
/// that every mistake in an option is found first.
///
/// ```
/// use officedir::writers::{Target, WriterInfo};
///
/// let csv = WriterInfo::find("csv")?;
/// let options = vec![("dialect".to_owned(), "google".to_owned())];
/// let target = Target::new(csv, options)?;
/// assert_eq!(target.file, "offices.csv");
/// # Ok::<(), officedir::Error>(())
/// ```
pub struct Target {
    /// The name of the writer, for messages.
    pub name: String,
    /// The name of its file.
    pub file: String,
    /// The writer, built from its options.
    pub(crate) writer: Box<dyn Writer>,
    /// Which section of the file is written; `None` for all of it.
    pub(crate) section: Option<FileSection>,
    /// The files that the writer reads, which no output may replace.
    inputs: Inputs,
}

/// A part of a file that is written by itself, on one of many machines. Head, bodies and tail behind one
/// another are byte for byte the file of one machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileSection {
    /// What stands in front of the first office.
    Head,
    /// The offices.
    Body,
    /// What stands behind the last office.
    Tail,
}

impl Target {
    /// A target of a writer that is not built in.
    ///
    /// # Errors
    /// A file name that cannot be used.
    pub fn with_writer(
        name: impl Into<String>,
        file: impl Into<String>,
        writer: Box<dyn Writer>,
    ) -> Result<Self, Error> {
        let (name, file) = (name.into(), file.into());
        check_name(&file).map_err(|why| Error::new(format!("{name}: {why}")))?;
        Ok(Target { name, file, writer, section: None, inputs: Inputs::default() })
    }

    /// The same, and the files that its writer reads.
    pub fn reading(mut self, inputs: Inputs) -> Self {
        self.inputs = inputs;
        self
    }

    /// The files that its writer reads, or has read so far.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// The same, but only that section of its file.
    ///
    /// # Errors
    /// A writer whose file is more than what it makes of each office.
    pub fn section(mut self, section: FileSection) -> Result<Self, Error> {
        if !self.writer.in_sections() {
            let message = format!("{} cannot be written in parts", self.name);
            let help = "csv:dialect=full, ndjson, vcard in one file, and xml can";
            return Err(Error::new(message).with_help(help));
        }
        self.section = Some(section);
        Ok(self)
    }

    /// Checks that no two targets' files meet in one file on any file system.
    ///
    /// # Errors
    /// Names the files that do.
    pub fn check_files(targets: &[Target]) -> Result<(), Error> {
        let mut names = FileNames::default();
        for (at, target) in targets.iter().enumerate() {
            names.take(at, &target.file).map_err(|why| {
                Error::new(format!("{}: {why}", target.name))
                    .with_help("give one of the targets another file: file=…")
            })?;
        }
        Ok(())
    }

    /// A target of a built-in writer from the options that were given for it. The option `file`, which
    /// every writer takes, names its file.
    ///
    /// # Errors
    /// An option or file name that cannot be used.
    pub fn new(info: &'static WriterInfo, mut given: Vec<(String, String)>) -> Result<Self, Error> {
        let in_writer = |error: Error| error.within(info.name);
        let file = take_file(&mut given).map_err(in_writer)?;
        let options = WriterOptions::check(info.options, &given).map_err(in_writer)?;
        let writer = (info.build)(&options).map_err(in_writer)?;
        let inputs = Inputs::default();
        options.paths(info.options).for_each(|path| inputs.add(path));
        let file = file.unwrap_or_else(|| writer.file().unwrap_or(info.file).to_owned());
        Ok(Target::with_writer(info.name, file, writer)?.reading(inputs))
    }
}

/// Takes the file's name out of the options: it is the target's, and no writer declares it.
pub(crate) fn take_file(given: &mut Vec<(String, String)>) -> Result<Option<String>, Error> {
    let mut files = given.extract_if(.., |(key, _)| key == "file").map(|(_, file)| file);
    match (files.next(), files.next()) {
        (file, None) => Ok(file),
        _ => Err(twice("file")),
    }
}
