//! Directories of one office a line.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::run::{Bench, Run};

/// The directory of the bench with one office a line.
fn lines(bench: &Bench) -> String {
    let run = bench.run(&["export", "--to", "ndjson", "--out", "-"]);
    run.says(0, &[]);
    run.stdout()
}

/// Runs the command with that on its standard input.
pub fn piped(bench: &Bench, arguments: &[&str], input: &str) -> Run {
    let mut command = bench.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that has seen enough closes its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Run::new(child.wait_with_output().unwrap())
}

#[test]
fn lines_give_what_the_document_gives() {
    let bench = Bench::new();
    bench.run(&["export"]).says(0, &[]);
    fs::write(bench.path("directory.ndjson"), lines(&bench)).unwrap();
    bench.run(&["export", "directory.ndjson", "--out", "o"]).says(0, &[]);
    assert!(bench.files("out").len() > 4);
    assert!(bench.files("out") == bench.files("o"));
}

#[test]
fn standard_input_blank_lines_and_no_end() {
    let bench = Bench::new();
    let text = lines(&bench).replace('\n', "\r\n\n");
    let run = piped(&bench, &["export", "-", "--to", "csv", "--out", "-"], text.trim());
    run.says(0, &[]);
    let whole = bench.run(&["export", "--to", "csv", "--out", "-"]);
    assert_eq!(run.stdout(), whole.stdout());
}

#[test]
fn no_header() {
    let bench = Bench::new();
    let text = lines(&bench);
    let offices = text.split_once('\n').unwrap().1;
    piped(&bench, &["validate", "-"], offices).says(0, &["-: 15 offices, 0 errors"]);
    let run = piped(&bench, &["export", "-", "--to", "vcard", "--out", "-"], offices);
    assert!(run.stdout().contains("\r\nFN:Japan Office\r\n"), "{}", run.stdout());
}

#[test]
fn findings_name_the_line() {
    let bench = Bench::new();
    let text = lines(&bench);
    let parent = "\"kind\":\"office\",\"parent\":\"european-secretary\"";
    let text = text.replacen("\"kind\":\"office\"", parent, 1);
    let text = text.replacen("\"id\":\"japan-office\"", "\"id\":\"world-secretariat\"", 1);
    let said = [
        "directory.ndjson:4:",
        "there is no office \"european-secretary\" to be the parent",
        "did you mean \"european-secretariat\"?",
        "error[office/duplicate-id]",
        "directory.ndjson:7:7",
        "directory.ndjson:2:7",
    ];
    fs::write(bench.path("directory.ndjson"), text).unwrap();
    bench.run(&["validate", "directory.ndjson"]).says(1, &said);
    fs::write(bench.path("directory.ndjson"), b"{\"id\":\"a\"\n\n\xff\n").unwrap();
    let said = ["directory.ndjson:1:", "directory.ndjson:3:1: error[syntax/encoding]"];
    bench.run(&["validate", "directory.ndjson", "--output-format", "concise"]).says(1, &said);
}

#[test]
fn a_document_is_not_lines() {
    let bench = Bench::new();
    let text = fs::read_to_string(bench.path("directory.json")).unwrap();
    let one_line = serde_json::from_str::<serde_json::Value>(&text).unwrap().to_string();
    let said = ["cannot read -: it is one JSON document", "name it .json"];
    piped(&bench, &["validate", "-"], &one_line).says(2, &said);
    let long = format!("[{}", "1,".repeat(9 << 20));
    piped(&bench, &["validate", "-"], &long).says(2, &["line 1 is longer than"]);
}
