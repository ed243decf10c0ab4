//! What keeps the program from doing what it was asked.
//!
//! Mistakes in a directory are no errors but [findings](crate::finding), and trouble with files is
//! [`std::io::Error`]. Here is what is left: a request that cannot be carried out, such as an option that
//! a writer does not have.

use crate::text::{nearest, printable};

/// A use of the program that cannot be carried out, found before any file is opened. The command exits
/// with 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misuse {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Misuse {
    /// A misuse without advice.
    pub fn new(message: impl Into<String>) -> Self {
        Misuse { message: message.into(), help: None }
    }

    /// A name that is not among the `known`, with the nearest of them as advice, or else with all.
    ///
    /// Names may come from a file, so what is quoted is made [`printable`] here.
    ///
    /// # Example
    ///
    /// ```
    /// use officedir::error::Misuse;
    ///
    /// let misuse = Misuse::unknown("writer", "vcrd", ["vcard", "xml"].into_iter());
    /// assert_eq!(misuse.message, "unknown writer \"vcrd\"");
    /// assert_eq!(misuse.help.as_deref(), Some("did you mean \"vcard\"?"));
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
        Misuse { message: format!("unknown {what} \"{}\"", printable(name)), help: Some(help) }
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
