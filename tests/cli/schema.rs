//! `schema`, and what every command says of a file in a later version of the format.

use std::fs;

use officedir::check::SCHEMA;
use serde_json::Value;

use super::run::Bench;

#[test]
fn prints_the_schema_by_either_draft() {
    let bench = Bench::new();
    assert_eq!(bench.run(&["schema"]).stdout(), SCHEMA);
    assert_eq!(bench.run(&["schema", "--draft", "2020-12"]).stdout(), SCHEMA);
    let copy = bench.run(&["schema", "--draft", "07"]);
    copy.says(0, &[]);
    assert_eq!(copy.stderr(), "");
    let copy: Value = serde_json::from_str(&copy.stdout()).unwrap();
    assert_eq!(copy["$schema"], "http://json-schema.org/draft-07/schema#");
    assert!(copy["definitions"]["office"].is_object());
    bench.run(&["schema", "--draft", "04"]).says(2, &["2020-12, 07"]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let bench = Bench::new();
    let run = bench.shell_as_nobody("{ \"$0\" \"$@\"; echo \"code $?\" >&2; } | true", &["schema"]);
    run.says(0, &["code 0"]);
}

/// One finding and nothing else, whatever else is wrong with the file or its configuration, and nothing is written.
#[test]
fn a_later_version_is_all_that_is_said() {
    let office = r#"{"id": "A", "kind": 7, "parent": "nobody"}"#;
    let header = r#""schema_version": 9, "organization": {}, "members": []"#;
    let files = [
        ("a.json", format!("\u{feff}{{{header}, \"offices\": [{office}]}}")),
        ("a.ndjson", format!("{{{header}}}\n{office}\n")),
    ];
    let suppression = "[[suppress]]\nrule = \"postal/postcode\"\noffice = \"a\"\nreason = \"A.\"\n";
    for (name, text) in files {
        let bench = Bench::with("{}");
        fs::write(bench.path(name), &text).unwrap();
        fs::write(bench.path("officedir.toml"), suppression).unwrap();
        let commands: [&[&str]; 7] = [
            &["validate", name],
            &["validate", name, "--strict"],
            &["validate", name, "--fix"],
            &["export", name],
            &["show", "--file", name],
            &["fmt", name],
            &["migrate", name],
        ];
        for command in commands {
            if name == "a.ndjson" && (command.contains(&"--fix") || command[0] == "fmt") {
                continue;
            }
            let run = bench.run(command);
            run.says(
                1,
                &["in version 9 of the format, and this program knows 2", "a newer officedir"],
            );
            let said = run.stdout() + &run.stderr();
            assert_eq!(said.matches("error[").count(), 1, "{command:?}: {said}");
            assert_eq!(said.matches("warning[").count(), 0, "{command:?}: {said}");
        }
        assert_eq!(fs::read_to_string(bench.path(name)).unwrap(), text);
        assert!(!bench.path("out").exists());
    }
}

#[test]
fn a_part_with_a_later_header_is_not_checked() {
    let bench =
        Bench::with(r#"{"schema_version": 3, "organization": {"name": "A"}, "offices": []}"#);
    for arguments in [
        &["validate", "--part", "--header", "directory.json"][..],
        &["export", "--part", "head", "--to", "csv:dialect=full", "--header", "directory.json"],
    ] {
        let run = bench.run(arguments);
        run.says(1, &["schema/version", "directory.json"]);
        assert_eq!(run.stderr().matches("\"code\"").count(), 1, "{}", run.stderr());
        assert_eq!(run.stdout(), "");
    }
}
