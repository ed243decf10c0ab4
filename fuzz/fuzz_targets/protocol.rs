//! Any bytes from a program's side of the writer protocol: they are taken or refused with a message that a terminal
//! can show, files have names that stay in their folder, and no file is begun again once it was ended.

#![no_main]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use libfuzzer_sys::fuzz_target;
use officedir::writers::external::hear;
use officedir::storage::{Storage, check_name};
use officedir_fuzz::is_forbidden;

/// Files in memory.
#[derive(Default)]
struct Memory {
    open: BTreeMap<String, Vec<u8>>,
    closed: BTreeSet<String>,
}

impl Storage for Memory {
    fn open(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        assert_eq!(check_name(name), Ok(()));
        let lower = name.to_ascii_lowercase();
        assert!(!self.closed.contains(&lower), "{name} is begun again");
        let alike = self.open.keys().find(|it| it.to_ascii_lowercase() == lower);
        assert!(alike.is_none_or(|it| it == name), "{alike:?} and {name}");
        Ok(self.open.entry(name.to_owned()).or_default())
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        assert!(self.closed.insert(name.to_ascii_lowercase()), "{name} is ended twice");
        Ok(())
    }
}

fuzz_target!(|said: &[u8]| {
    let mut memory = Memory::default();
    let given = [("mode".to_owned(), "a".to_owned())];
    for given in [&given[..0], &given] {
        match hear(said, given, 2, &mut memory) {
            Ok(problems) => {
                for problem in problems {
                    let texts = [&problem.office, &problem.pointer, &problem.why];
                    assert!(
                        texts.iter().all(|text| !text.chars().any(is_forbidden)),
                        "{problem:?}"
                    );
                }
            }
            Err(why) => assert!(!why.is_empty() && !why.chars().any(is_forbidden), "{why:?}"),
        }
        let written: usize = memory.open.values().map(Vec::len).sum();
        assert!(written <= said.len());
        memory = Memory::default();
    }
});
