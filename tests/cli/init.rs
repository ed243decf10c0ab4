//! `init` gives what an export takes at once.

use std::fs;

use officedir::check::{SCHEMA, SCHEMA_VERSION};
use officedir::config::Config;
use officedir::writers::WRITERS;

use super::run::Bench;

#[test]
fn starts_a_directory_that_exports() {
    let bench = Bench::new();
    bench.run(&["init", "new/one"]).says(
        0,
        &[
            "new/one/directory.json",
            "new/one/directory.schema.json",
            "new/one/officedir.toml",
            "new/one/.gitattributes",
        ],
    );
    bench
        .run(&["validate", "new/one/directory.json"])
        .says(0, &["2 offices, 0 errors, 0 warnings"]);
    let export = bench.run(&["export", "new/one/directory.json", "--strict"]);
    export.says(0, &["offices.vcf", "index.html", "2 offices, 0 warnings, 0 values left out"]);
    bench.run(&["export", "new/one/directory.json", "--check"]).says(0, &[]);
}

/// The directory is in the newest version, and its editor finds the schema.
#[test]
fn the_directory_has_its_schema_and_version() {
    let bench = Bench::new();
    bench.run(&["init", "new"]).says(0, &[]);
    let text = fs::read_to_string(bench.path("new/directory.json")).unwrap();
    let directory: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(directory["schema_version"], SCHEMA_VERSION);
    let schema = bench.path("new").join(directory["$schema"].as_str().unwrap());
    assert_eq!(fs::read_to_string(schema).unwrap(), SCHEMA);
    bench.run(&["migrate", "new/directory.json"]).says(0, &["already"]);
}

/// An export by the configuration that `init` writes is the one without a configuration.
#[test]
fn the_configuration_has_every_default_target() {
    let bench = Bench::new();
    bench.run(&["init", "new"]).says(0, &[]);
    let path = bench.path("new/officedir.toml");
    let config = Config::parse(&path, &fs::read_to_string(&path).unwrap()).unwrap();
    let mut configured: Vec<String> =
        config.targets().unwrap().into_iter().map(|target| target.name).collect();
    configured.sort();
    let mut defaults: Vec<&str> =
        WRITERS.iter().filter(|info| info.default).map(|info| info.name).collect();
    defaults.sort_unstable();
    assert_eq!(configured, defaults);
}

/// Git never changes the line ends of what is compared by its bytes.
#[test]
fn git_leaves_the_outputs_as_they_are() {
    let bench = Bench::new();
    bench.run(&["init", "new"]).says(0, &[]);
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        let output = command.current_dir(bench.path("new")).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    git(&["init", "-q"]);
    let of_cards = git(&["check-attr", "-a", "out/offices.vcf"]);
    assert!(of_cards.contains("text: unset") && of_cards.contains("generated: set"), "{of_cards}");
    assert!(!of_cards.contains("diff"), "{of_cards}");
    assert!(git(&["check-attr", "-a", "out/labels.pdf"]).contains("diff: unset"));
    let of_directory = git(&["check-attr", "-a", "directory.json"]);
    assert_eq!(of_directory, "directory.json: text: set\ndirectory.json: eol: lf\n");
    for name in WRITERS.iter().map(|info| info.file).chain(["pages/a.svg", "manifest.json"]) {
        let attributes = git(&["check-attr", "-a", &format!("out/{name}")]);
        assert!(attributes.contains("text: unset"), "{name}: {attributes}");
    }
}

#[test]
fn every_line_of_the_configuration_can_be_used() {
    let bench = Bench::new();
    bench.run(&["init", "new"]).says(0, &[]);
    let path = bench.path("new/officedir.toml");
    let text = fs::read_to_string(&path).unwrap();
    let used: Vec<&str> = text
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(used) if !used.starts_with(' ') => used,
            _ => line,
        })
        .collect();
    fs::write(&path, used.join("\n")).unwrap();
    fs::write(bench.path("new/letters.tex.j2"), "x").unwrap();
    let run = bench.run(&["export", "new/directory.json"]);
    run.says(2, &["new/officedir.toml:", "ext:mine: cannot start"]);
}

#[test]
fn overwrites_nothing() {
    let bench = Bench::with("mine");
    bench.run(&["init"]).says(2, &["./directory.json already exists"]);
    assert!(!bench.path("officedir.toml").exists());
    assert_eq!(fs::read(bench.path("directory.json")).unwrap(), b"mine");
    for name in ["directory.schema.json", "officedir.toml", ".gitattributes"] {
        let bench = Bench::new();
        fs::remove_file(bench.path("directory.json")).unwrap();
        fs::write(bench.path(name), "mine").unwrap();
        bench.run(&["init"]).says(2, &[name, "already exists"]);
        assert_eq!(bench.files("").len(), 1, "{name}");
    }
}
