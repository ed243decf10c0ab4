//! Why something that was asked for could not be done.
//!
//! Mistakes in a directory are no errors but [findings](crate::finding). Writers and storages, which only write
//! bytes, speak [`io::Error`]; an [`Error`] passes through them and comes out as it was.

use std::{fmt, io};

use crate::text::{nearest, printable};

/// Why something could not be done, and what to do about it. The command exits with 2.
///
/// # Example
///
/// ```
/// use officedir::writers::WriterInfo;
/// use officedir::{Error, ErrorKind};
///
/// let error: Error = WriterInfo::find("vcrd").err().ok_or("there is such a writer")?;
/// assert_eq!(error.kind(), ErrorKind::Misuse);
/// assert_eq!(error.to_string(), "unknown writer \"vcrd\"");
/// assert_eq!(error.help(), Some("did you mean \"vcard\"?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    help: Option<String>,
    /// Whose text the message has.
    cause: Option<io::Error>,
}

/// What sort of trouble an [`Error`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A request that cannot be carried out: an option that a writer does not have, an office that there is
    /// not, a configuration with a mistake.
    Misuse,
    /// An input that is not what it has to be: no JSON, no UTF-8, damaged, or too large.
    InvalidInput,
    /// An input that was changed between the pass that checked it and the one that writes. Doing it again helps.
    InputChanged,
    /// The caller's flag was set while output was written; none of it was kept.
    Interrupted,
    /// What kept a file, a stream or a program from being read or written; [`Error::io_kind`] says what of it
    /// programs can tell apart.
    Io,
}

impl Error {
    /// A request that cannot be carried out.
    pub fn new(message: impl Into<String>) -> Self {
        Error::of(ErrorKind::Misuse, message)
    }

    /// An error of that kind, without advice.
    pub(crate) fn of(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into(), help: None, cause: None }
    }

    /// An export that is not to go on, for a [`Storage`](crate::storage::Storage) that learns so.
    pub fn interrupted() -> Self {
        Error::of(ErrorKind::Interrupted, "interrupted; nothing was changed")
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Error { help: Some(help.into()), ..self }
    }

    /// The same, with the place where it was in front of the message: a file, a line, the name of a writer.
    pub(crate) fn within(self, place: impl fmt::Display) -> Self {
        Error { message: format!("{place}: {}", self.message), ..self }
    }

    /// What sort of trouble it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What the system calls it, where the system was asked: whether a file is missing, or the reader of a pipe has
    /// gone.
    pub fn io_kind(&self) -> Option<io::ErrorKind> {
        self.cause.as_ref().map(io::Error::kind)
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// A name that is not among the `known`, with the nearest of them as advice, or else with all.
    ///
    /// Names may come from a file, so what is quoted is made [`printable`] here.
    ///
    /// # Example
    ///
    /// ```
    /// let error = officedir::Error::unknown("colour", "gren", ["green", "red"].into_iter());
    /// assert_eq!(error.to_string(), "unknown colour \"gren\"");
    /// assert_eq!(error.help(), Some("did you mean \"green\"?"));
    /// ```
    pub fn unknown<'n>(
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) -> Self {
        let help = match nearest(name, known.clone()) {
            Some(near) => format!("did you mean \"{}\"?", printable(near)),
            None => format!("available: {}", printable(&list(known))),
        };
        Error::new(format!("unknown {what} \"{}\"", printable(name))).with_help(help)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // Not the cause itself: who prints all sources would print its text twice.
        self.cause.as_ref().and_then(|cause| cause.source())
    }
}

/// The error that passed through, or what the system said.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        error.downcast::<Error>().unwrap_or_else(|error| {
            let message = error.to_string();
            let kind = match error.kind() {
                // Said by us, where the system would have a number.
                io::ErrorKind::InvalidData | io::ErrorKind::FileTooLarge
                    if error.raw_os_error().is_none() =>
                {
                    ErrorKind::InvalidInput
                }
                _ => ErrorKind::Io,
            };
            Error { cause: Some(error), ..Error::of(kind, message) }
        })
    }
}

/// The error on its way through a writer or a storage.
impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        io::Error::new(error.io_kind().unwrap_or(io::ErrorKind::Other), error)
    }
}

/// Names with commas between them; of many the first ones and the number of the others.
fn list<'n>(names: impl Iterator<Item = &'n str> + Clone) -> String {
    let more = names.clone().skip(LISTED).count();
    let mut list = names.take(LISTED).collect::<Vec<_>>().join(", ");
    if more > 0 {
        list.push_str(&format!(" and {more} more"));
    }
    list
}

/// Names that are listed: more than there are writers, rules or regions of most directories.
const LISTED: usize = 50;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn errors_pass_through_those_of_the_system() {
        let changed = Error::of(ErrorKind::InputChanged, "it was changed").with_help("again");
        let changed = Error::from(io::Error::from(changed));
        assert_eq!(changed.kind(), ErrorKind::InputChanged);
        assert_eq!(
            (changed.to_string().as_str(), changed.help()),
            ("it was changed", Some("again"))
        );

        let missing = Error::from(io::Error::from(io::ErrorKind::NotFound)).within("a.json");
        assert_eq!(missing.kind(), ErrorKind::Io);
        assert!(missing.to_string().starts_with("a.json: "), "{missing}");
        assert_eq!(missing.io_kind(), Some(io::ErrorKind::NotFound));
        assert!(missing.source().is_none(), "its text is in the message");
        assert_eq!(io::Error::from(missing).kind(), io::ErrorKind::NotFound);
    }
}
