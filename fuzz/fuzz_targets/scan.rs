//! The scanner accepts what `serde_json` accepts, duplicate keys aside, and any bytes are validated without a
//! panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use officedir::finding::is_fatal;
use officedir::json::scan;
use officedir_fuzz::findings;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let fatal = scan(text, 0, 0).iter().any(is_fatal);
        let read = serde_json::from_str::<serde_json::Value>(text);
        assert_eq!(!fatal, read.is_ok(), "{:?}", read.err());
    }
    findings(bytes);
});
