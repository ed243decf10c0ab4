//! `officedir.toml`: targets without flags, and mistakes shown at their place.

use std::fs;

use super::run::Bench;

fn configured(text: &str) -> Bench {
    let bench = Bench::new();
    fs::write(bench.path("officedir.toml"), text).unwrap();
    bench
}

const TWO_FILES: &str = "\
out = \"made\"

[[target]]
writer = \"xml\"

[[target]]
writer = \"xml\"
file = \"again.xml\"
";

#[test]
fn names_targets_and_folder() {
    let bench = configured(TWO_FILES);
    bench.run(&["export"]).says(0, &["made/again.xml", "made/offices.xml"]);
    bench.run(&["export", "--check"]).says(0, &[]);
    fs::write(bench.path("made/again.xml"), "").unwrap();
    bench.run(&["export", "--check"]).says(1, &["stale: made/again.xml"]);
}

#[test]
fn the_command_line_wins() {
    let bench = configured(TWO_FILES);
    let run = bench.run(&["export", "--to", "xml:file=x.xml", "--out", "other"]);
    run.says(0, &["other/x.xml"]);
    assert!(!bench.path("made").exists() && !bench.path("other/again.xml").exists());
}

#[test]
fn is_found_beside_the_directory_or_named() {
    let bench = Bench::new();
    fs::create_dir(bench.path("sub")).unwrap();
    fs::write(bench.path("sub/officedir.toml"), TWO_FILES).unwrap();
    fs::copy(bench.path("directory.json"), bench.path("sub/directory.json")).unwrap();
    bench.run(&["export", "sub/directory.json"]).says(0, &["sub/made/again.xml"]);
    fs::remove_dir_all(bench.path("sub/made")).unwrap();
    bench.run(&["export", "--config", "sub/officedir.toml"]).says(0, &["sub/made/again.xml"]);
    bench.run(&["export", "--config", "none.toml"]).says(2, &["cannot read none.toml"]);
}

#[test]
fn mistakes_are_shown_at_their_place() {
    let target = "[[target]]\nwriter = \"xml\"\n";
    let program = "[[writer]]\nname = \"x\"\nprogram = \"y\"\n";
    let cases: [(String, &[&str]); 15] = [
        ("outt = 1".into(), &["officedir.toml:1:1: unknown key \"outt\"", "mean \"out\""]),
        ("out = 1".into(), &["officedir.toml:1:7: \"out\" takes a text, not this integer"]),
        ("[[target]]\n".into(), &["officedir.toml:1:1: \"writer\" is missing here"]),
        ("[target]\nwriter = \"xml\"".into(), &["officedir.toml:1:1", "write [[target]]"]),
        ("[[targets]]".into(), &["unknown key \"targets\"", "mean \"target\""]),
        ("\n[[target]]\nwriter = \"xlm\"".into(), &["officedir.toml:3:10: unknown writer", "xml"]),
        (format!("{target}fiel = \"x\""), &["officedir.toml:3:1: unknown option \"fiel\""]),
        (format!("{target}file = \"../x\""), &["officedir.toml:2:10: xml: the file name"]),
        (format!("{target}file = 1.5"), &["officedir.toml:3:8: \"file\" takes a text", "float"]),
        (format!("{target}{target}"), &["offices.xml is used twice", "file=…"]),
        ("out = \"é\" x".into(), &["officedir.toml:1:11: not valid TOML"]),
        ("[[writer]]\nname = \"x\"".into(), &["toml:1:1: \"program\" is missing here"]),
        (format!("{program}hello_seconds = 0"), &["toml:4:17", "whole number from 1 to 86400"]),
        (format!("{program}{program}"), &["toml:4:1: there are two writers \"x\""]),
        ("out = [".into(), &["officedir.toml:1:", "not valid TOML"]),
    ];
    for (text, said) in cases {
        let bench = configured(&text);
        bench.run(&["export"]).says(2, said);
        assert!(!bench.path("out").exists(), "{text}");
    }
}

#[test]
fn names_that_meet_on_some_file_system_are_refused() {
    let target = |file: &str| format!("[[target]]\nwriter = \"xml\"\nfile = \"{file}\"\n");
    for (one, other, said) in [
        ("a.xml", "A.xml", "A.xml and a.xml"),
        ("a", "a/b", "a/b and a "),
        ("a/b", "a", "a and a/ "),
        ("A/b", "a/c", "a/c and A "),
    ] {
        configured(&(target(one) + &target(other))).run(&["export"]).says(2, &[said]);
    }
}

#[test]
fn an_option_without_values_is_not_given() {
    let bench = configured("[[target]]\nwriter = \"labels\"\noutline = []\nstock-file = []\n");
    bench.run(&["export"]).says(0, &[]);
    let without = fs::read(bench.path("out/labels.pdf")).unwrap();
    bench.run(&["export", "--to", "labels"]).says(0, &[]);
    assert_eq!(fs::read(bench.path("out/labels.pdf")).unwrap(), without);
}

#[test]
fn the_schema_takes_what_the_program_takes() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../schema/config.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let valid = |text: &str| {
        let value: toml::Table = text.parse().unwrap();
        validator.is_valid(&serde_json::to_value(value).unwrap())
    };
    assert!(valid(TWO_FILES));
    assert!(valid("[[target]]\nwriter = \"labels\"\nskip = [1, 2]\noutline = true"));
    assert!(valid("[[writer]]\nname = \"x\"\nprogram = \"y\"\nhello_seconds = 3"));
    for text in [
        "[[writer]]\nname = \"x\"",
        "outt = \"x\"",
        "out = 1",
        "[[target]]",
        "[target]",
        "[[target]]\nwriter = 1",
    ] {
        assert!(!valid(text), "{text}");
    }
}
