use std::io::{self, Write};

use crate::storage::Storage;

/// One file on standard output, or any other stream.
pub struct Stream<'a> {
    name: Option<String>,
    out: &'a mut dyn Write,
}

impl<'a> Stream<'a> {
    /// Writes to that stream.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Stream { name: None, out }
    }
}

impl Storage for Stream<'_> {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        let first = self.name.get_or_insert_with(|| name.to_owned());
        if first == name {
            Ok(self.out)
        } else {
            let message = format!("{first} and {name} cannot both go to standard output");
            Err(io::Error::new(io::ErrorKind::InvalidInput, message))
        }
    }

    fn is_single(&self) -> bool {
        true
    }
}
