//! All of validation beside a validator of the whole document, as `tests/check/oracle.rs` compares them, on directories
//! whose changes the input chooses.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use jsonschema::Validator;
use libfuzzer_sys::fuzz_target;
use officedir::check::SCHEMA;
use officedir::writers::TORTURE;
use officedir_fuzz::agreement::{WAYS, oracle, verdict};
use officedir_fuzz::mutation::{Bases, LAYOUTS};

static BASES: LazyLock<Bases> =
    LazyLock::new(|| Bases::new(&[include_str!("../../directory.json"), TORTURE], SCHEMA));
static ORACLE: LazyLock<Validator> = LazyLock::new(oracle);
static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
    std::env::temp_dir().join(format!("officedir-fuzz-schema-{}", std::process::id()))
});

fuzz_target!(|bytes: &[u8]| {
    // Two bytes a choice; behind the end each is the first one.
    let mut pairs = bytes.chunks(2);
    let mut choose = |below: usize| {
        let pair = pairs.next().unwrap_or_default();
        pair.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)) % below
    };
    let mut root = BASES.mutated(&mut choose);
    let layout = LAYOUTS[choose(LAYOUTS.len())];
    let way = choose(WAYS);
    let verdict = verdict(&mut root, layout, way, &ORACLE, &FILE);
    if let Some(why) = verdict.disagreement() {
        panic!("{why}\n{}", root.to_json(layout));
    }
});
