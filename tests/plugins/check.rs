//! `officedir writers check`: good programs pass, and what is wrong with others is said.

use std::fs;

use super::run::{Bench, Run};

const PLUGINS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plugins");

/// The examples in other languages are tried by the interop suite.
#[test]
fn the_shell_example_passes() {
    let bench = Bench::new();
    let mut command = bench.command(&["writers", "check", "ids"]);
    let path = format!("{PLUGINS}:{}", std::env::var("PATH").unwrap());
    let run = Run::new(command.env("PATH", path).output().unwrap());
    run.says(0, &["10,000 offices     passed", "ext:ids: 10 passed, 0 failed"]);
}

/// Runs the suite against a program that misbehaves; every text must be said.
#[track_caller]
fn fails(name: &str, texts: &[&str]) {
    let bench = Bench::new();
    std::os::unix::fs::symlink(
        format!("{PLUGINS}/misbehaving.py"),
        bench.path(format!("officedir-writer-{name}")),
    )
    .unwrap();
    // A machine under load takes its time: the limit is short only where it is waited for.
    let stall = if name == "stubborn" { 1 } else { 60 };
    let config = format!(
        "[[writer]]\nname = \"{name}\"\nprogram = \"officedir-writer-{name}\"\n\
         stall_seconds = {stall}\n"
    );
    fs::write(bench.path("mine.toml"), config).unwrap();
    let run = bench.run(&["writers", "check", name, "--config", "mine.toml"]);
    run.says(1, texts);
    assert!(!bench.path("out").exists());
}

macro_rules! failing {
    ($($test:ident: $name:literal, $($text:literal),+;)*) => {
        $(#[test] #[ignore = "needs Python 3"] fn $test() { fails($name, &[$($text),+]); })*
    };
}

failing! {
    another_protocol: "of-the-future",
        "hello              FAILED  ext:of-the-future: speaks protocol 2, 3; this program speaks 1",
        "the other tests need a program that says hello";
    stubborn: "stubborn",
        "asked for hello    FAILED  does not end within 1 s of the end of its input",
        "empty directory    FAILED  ext:stubborn: makes no progress for 1 s",
        "hard directory     FAILED  ext:stubborn: ended before";
    sloppy: "sloppy",
        "asked for hello    FAILED  says that it is done, though its input ended after hello",
        "hard directory     FAILED  reports about /fax, which office \"seat\" does not have",
        "the same again     FAILED  writes bad.txt differently the second time",
        "10,000 offices     passed",
        "new members        FAILED  ends before it is done (exit status: 1)",
        "unknown protocol   FAILED  says that it is done, though it does not know protocol 1000",
        "expected: error, or a status other than 0",
        "given up           FAILED  says that it is done, though its input ended without \"end\"",
        "ext:sloppy: 4 passed, 6 failed";
}
