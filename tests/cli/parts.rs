//! A directory in parts gives what it gives as a whole.

use std::fs;

use super::lines::piped;
use super::run::{Bench, Run};

const TARGETS: [&str; 4] = ["csv", "vcard", "xml", "ndjson"];

/// A bench with three parts of a directory in which offices have parents in other parts.
fn bench() -> (Bench, Vec<String>) {
    let child = "\"id\": \"japan-office\",\n      \"parent\": \"oceania-secretariat\",";
    let directory = include_str!("../../directory.json");
    let bench = Bench::with(directory.replacen("\"id\": \"japan-office\",", child, 1));
    let lines = bench.run(&["export", "--to", "ndjson", "--out", "-"]).stdout();
    let offices: Vec<&str> = lines.lines().skip(1).collect();
    let parts = offices.chunks(6).map(|part| part.join("\n") + "\n").collect();
    (bench, parts)
}

fn heads(bench: &Bench, parts: &[String]) -> String {
    let head = |part: &String| {
        let run = piped(bench, &["validate", "--part", "--header", "directory.json"], part);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        run.stdout()
    };
    parts.iter().map(head).collect()
}

fn section(bench: &Bench, target: &str, section: &str, part: &str) -> Run {
    let section = format!("--part={section}");
    let rest = ["--header", "directory.json", "--references", "references.json"];
    piped(bench, &[&["export", &section, "--to", target][..], &rest].concat(), part)
}

#[test]
fn parts_give_the_whole() {
    let (bench, parts) = bench();
    assert_eq!(parts.len(), 3);
    let merge = ["validate", "--merge", "-", "--references", "references.json"];
    piped(&bench, &merge, &heads(&bench, &parts)).says(0, &[]);
    for target in TARGETS {
        let whole = bench.run(&["export", "--to", target, "--out", "-"]).stdout();
        let mut joined = section(&bench, target, "head", "").stdout();
        for part in &parts {
            let run = section(&bench, target, "body", part);
            assert_eq!(run.code(), 0, "{}", run.stderr());
            joined += &run.stdout();
        }
        joined += &section(&bench, target, "tail", "").stdout();
        assert_eq!(joined, whole, "{target}");
    }
}

#[test]
fn findings_name_the_part_and_the_office() {
    let (bench, parts) = bench();
    let bad = parts[1].replacen("\"country\":\"KR\"", "\"country\":\"UK\"", 1);
    let arguments = ["export", "--part", "--to", "csv", "--header", "directory.json"];
    let run = piped(&bench, &[&arguments[..], &["--input-name", "part-1"]].concat(), &bad);
    assert_eq!(run.code(), 1);
    let said: serde_json::Value = serde_json::from_str(&run.stderr()).unwrap();
    let said = said.to_string();
    for text in ["\"part-1\"", "\"korea-office\"", "\"postal/country\"", "GB"] {
        assert!(said.contains(text), "{text} is not in {said}");
    }
}

#[test]
fn merging_finds_what_no_part_sees() {
    let (bench, mut parts) = bench();
    let twice = parts[0].lines().next().unwrap().to_owned();
    parts[2] += &twice;
    let heads = heads(&bench, &parts).replace("\"oceania-secretariat\",\"name\"", "\"x\",\"name\"");
    let merge = ["validate", "--merge", "-", "--references", "references.json"];
    let said = [
        "the id \"world-secretariat\" is taken by an earlier office",
        "there is no office \"oceania-secretariat\" to be the parent",
    ];
    piped(&bench, &merge, &heads).says(1, &said);
    assert!(!bench.path("references.json").exists());
}

#[test]
fn misuse() {
    let (bench, parts) = bench();
    let run = |arguments: &[&str]| piped(&bench, arguments, &parts[0]);
    run(&["export", "--part", "--to", "labels"])
        .says(2, &["labels is not written in parts", "csv"]);
    run(&["export", "--part", "--to", "csv", "--to", "xml"]).says(2, &["a single target"]);
    run(&["export", "--part", "--to", "csv", "--out", "o"]).says(2, &["cannot be used with"]);
    fs::write(bench.path("r.json"), "{\"names\":").unwrap();
    let arguments = ["export", "--part", "--to", "csv", "--references", "r.json"];
    run(&arguments).says(2, &["r.json: ", "validate --merge --references"]);
}
