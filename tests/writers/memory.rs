use std::collections::BTreeMap;
use std::io::{self, Write};

use officedir::storage::Storage;

/// Files in memory.
#[derive(Default)]
pub struct Memory {
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Storage for Memory {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        Ok(self.files.entry(name.to_owned()).or_default())
    }
}
