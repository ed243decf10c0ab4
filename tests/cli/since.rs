//! `validate --since`: what a change has brought.

use std::fs;
use std::process::Command;

use super::run::{Bench, Run};

const DIRECTORY: &str = include_str!("../../directory.json");

/// A repository with the directory in a folder of it, and a tag `base`.
fn repository(text: &str) -> Bench {
    let bench = Bench::new();
    fs::create_dir(bench.path("data")).unwrap();
    fs::remove_file(bench.path("directory.json")).unwrap();
    fs::write(bench.path("data/directory.json"), text).unwrap();
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "."],
        &["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "base"],
        &["tag", "base"],
    ] {
        let git = Command::new("git").args(arguments).current_dir(bench.path("")).status();
        assert!(git.unwrap().success());
    }
    bench
}

/// Validates with that text as the new version; the lines of the findings.
fn brought(bench: &Bench, text: &str) -> Vec<String> {
    fs::write(bench.path("data/directory.json"), text).unwrap();
    let arguments = ["validate", "data/directory.json", "--since", "git:base"];
    let run = bench.run(&[&arguments[..], &["--output-format", "concise"]].concat());
    let lines: Vec<String> = run.stdout().lines().map(str::to_owned).collect();
    assert_eq!(run.code() == 1, lines.iter().any(|it| it.contains("error[")), "{lines:#?}");
    lines[..lines.len() - 1].to_vec()
}

#[test]
fn shows_the_findings_of_the_change_and_no_others() {
    let old = DIRECTORY.replace("\"1040\"", "\"104\"");
    let bench = repository(&old);
    assert_eq!(brought(&bench, &old), [""; 0]);
    // Lines, offices and members that move bring nothing.
    let mut value: serde_json::Value = serde_json::from_str(&old).unwrap();
    value["offices"].as_array_mut().unwrap().reverse();
    assert_eq!(brought(&bench, &value.to_string()), [""; 0]);
    assert_eq!(brought(&bench, &old.replacen('{', "\n\n{", 1)), [""; 0]);
    // Another wrong value in the place of one, and a second mistake of a kind.
    let other = brought(&bench, &old.replace("\"104\"", "\"105\""));
    assert!(matches!(&*other, [it] if it.contains("\"105\" is not a postal code")), "{other:#?}");
    let second = brought(&bench, &old.replace("\"80202\"", "\"8020\""));
    assert!(matches!(&*second, [it] if it.contains("\"8020\"")), "{second:#?}");
    // What was mended is no finding, and a file that is no JSON any more is one.
    assert_eq!(brought(&bench, DIRECTORY), [""; 0]);
    let broken = brought(&bench, &old.replacen("\"offices\": [", "\"offices\": [,", 1));
    assert!(broken.iter().any(|it| it.contains("error[syntax/")), "{broken:#?}");
}

#[test]
fn every_finding_of_a_file_that_was_not_there_is_new() {
    let bench = repository(DIRECTORY);
    fs::copy(bench.path("data/directory.json"), bench.path("data/new.json")).unwrap();
    bench.run(&["validate", "--since", "git:base", "data/new.json", "data/directory.json"]).says(
        0,
        &[
            "new.json: 15 offices, 0 errors, 7 warnings",
            "directory.json: 15 offices, 0 errors, 0 warnings",
        ],
    );
}

#[test]
fn says_what_keeps_it_from_asking_git() {
    let bench = repository(DIRECTORY);
    let since =
        |revision: &str| bench.run(&["validate", "data/directory.json", "--since", revision]);
    since("git:none").says(2, &["git has no revision none", "fetch-depth"]);
    since("git:--output=x").says(2, &["is not a revision"]);
    since("base").says(2, &["write git:REVISION"]);
    let mut command = bench.command(&["validate", "data/directory.json", "--since", "git:base"]);
    Run::new(command.env("PATH", "").output().unwrap()).says(2, &["cannot run git", "install git"]);
    // Outside of a repository.
    let outside = Bench::new();
    outside.run(&["validate", "--since", "git:HEAD"]).says(2, &["git has no revision HEAD"]);
}
