//! What a file says reaches a terminal or a CI log as text, whatever a terminal or a runner would make of it.

use std::fs;

use super::run::{Bench, Run};

/// An escape sequence, a runner's commands, and a line break that would put one at the start of a line.
const HOSTILE: &str =
    "\\u001b]0;owned\\u0007\\n::error::owned\\n##[error]owned ##vso[task.x]\\u009b31m\\u202e";

/// Asserts that nothing on either stream is obeyed by a terminal or a runner.
#[track_caller]
fn assert_harmless(run: &Run) {
    let said = format!("{}{}", run.stdout(), run.stderr());
    let obeyed = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}');
    assert!(said.contains("owned"), "the text is quoted:\n{said}");
    assert!(!said.contains(obeyed), "{said:?}");
    assert!(!said.contains("##[") && !said.contains("##vso["), "{said}");
    // `:::` is how related places are introduced; no runner has a command that begins with a colon.
    let is_command = |line: &str| {
        let rest = line.trim_start().strip_prefix("::");
        rest.is_some_and(|rest| !rest.starts_with(':'))
    };
    assert!(!said.lines().any(is_command), "{said}");
}

fn directory(office: &str, region: &str) -> String {
    format!(
        "{{\"organization\": {{\"name\": \"Example\"}},
          \"regions\": [{{\"id\": \"{region}\", \"name\": \"Europe\"}}],
          \"offices\": [{{\"id\": \"{office}\", \"name\": \"{office}\", \"kind\": \"office\", \"{office}\": 1}}]}}"
    )
}

#[test]
fn differences() {
    let bench = Bench::with(directory(HOSTILE, HOSTILE));
    fs::write(bench.path("old.json"), directory("seat", "europe")).unwrap();
    for (old, new) in [("old.json", "directory.json"), ("directory.json", "old.json")] {
        for format in ["text", "markdown"] {
            let run = bench.run(&["diff", old, new, "--output-format", format]);
            run.says(0, &[]);
            assert_harmless(&run);
        }
    }
}

#[test]
fn findings_and_lists_of_what_is_known() {
    let bench = Bench::with(directory(HOSTILE, HOSTILE));
    for arguments in [
        &["validate"][..],
        &["validate", "--output-format", "concise"],
        &["export"],
        &["show"],
        &["fmt"],
        &["export", "--id", "nothing-like-it"],
    ] {
        let run = bench.run(arguments);
        assert!(run.code() > 0);
        if arguments[0] != "fmt" {
            assert_harmless(&run);
        }
    }
    // The ids that are known are listed, of a directory that is read although it has errors.
    let bench = Bench::with(directory("seat", HOSTILE));
    assert_harmless(&bench.run(&["export", "--region", "nothing-like-it"]));
}

#[test]
fn stock() {
    let bench = Bench::new();
    let stock = format!(
        "[[stock]]\nname = \"{HOSTILE}\"\nkind = \"roll\"\nbrand = \"{HOSTILE}\"\npart = \"{HOSTILE}\"\n\
         also = [\"{HOSTILE}\"]\npage = [60, 40]\nsource = \"{HOSTILE}\"\n"
    );
    fs::write(bench.path("stock.toml"), stock).unwrap();
    let name = "\u{1b}]0;owned\u{7}\n::error::owned\n##[error]owned ##vso[task.x]\u{9b}31m\u{202e}";
    for arguments in [
        &["stock", "owned"][..],
        &["stock", "show", name],
        &["stock", "show", "owned"],
        &["calibrate", "--stock", name],
    ] {
        assert_harmless(&bench.run(&[arguments, &["--stock-file", "stock.toml"]].concat()));
    }
}

#[test]
fn names_of_files() {
    let bench = Bench::new();
    let name = "::error::owned ##[error]\u{1b}[31m.json";
    fs::write(bench.path(name), directory("Owned", "europe")).unwrap();
    for arguments in
        [&["validate", name][..], &["validate", name, "--output-format", "concise"], &["fmt", name]]
    {
        assert_harmless(&bench.run(arguments));
    }
    assert_harmless(&bench.run(&["validate", "owned ::\n::error::\u{1b}.json"]));
}
