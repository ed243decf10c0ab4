//! Any bytes are checked without a panic, and the scanner accepts what `serde_json` accepts, duplicate
//! keys aside: `cargo fuzz run scan`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use officedir::check::show::{FORMATS, File, Lines, Report};
use officedir::directory::{Directory, Reading};
use officedir::read::{Document, Source, is_fatal, scan};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let fatal = scan(text, 0, 0).iter().any(is_fatal);
        let read = serde_json::from_str::<serde_json::Value>(text);
        assert_eq!(!fatal, read.is_ok(), "{:?}", read.err());
    }
    let findings = match Document::parse(bytes) {
        Err(errors) => errors.0,
        Ok(document) => {
            let options = Reading::default();
            let directory = Directory::read(Source::Document(&document), options).unwrap();
            directory.findings().to_vec()
        }
    };
    for format in FORMATS {
        let report = Report {
            directory: File { path: "directory.json", lines: Lines::new(bytes) },
            config: None,
            findings: &findings,
            offices: 0,
            suppressed: 0,
            most: 100,
            color: false,
        };
        (format.render)(&report);
    }
});
