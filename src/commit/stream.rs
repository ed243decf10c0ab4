//! Output on a stream, such as standard output. It cannot be taken back: who must not write half a file
//! exports to nowhere first.

use std::io::{self, Write};

use crate::storage::Storage;

/// One file on standard output, or any other stream.
///
/// ```
/// use officedir::commit::StreamStorage;
/// use officedir::storage::Storage;
///
/// let mut bytes = Vec::new();
/// let mut stream = StreamStorage::new(&mut bytes);
/// stream.whole("a.txt", b"text")?;
/// assert!(stream.whole("b.txt", b"").is_err(), "a stream has room for one file");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct StreamStorage<'a> {
    /// Name of the one file; `None` until it is opened.
    name: Option<String>,
    /// Where its bytes go.
    out: &'a mut dyn Write,
}

impl<'a> StreamStorage<'a> {
    /// Writes to that stream.
    pub fn new(out: &'a mut dyn Write) -> Self {
        StreamStorage { name: None, out }
    }
}

impl Storage for StreamStorage<'_> {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        // Whatever it is called, the first file is the one.
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
