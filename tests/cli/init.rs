//! `init` gives what an export takes at once.

use std::fs;

use super::run::Bench;

#[test]
fn starts_a_directory_that_exports() {
    let bench = Bench::new();
    bench.run(&["init", "new/one"]).says(0, &["new/one/directory.json", "new/one/officedir.toml"]);
    bench
        .run(&["validate", "new/one/directory.json"])
        .says(0, &["2 offices, 0 errors, 0 warnings"]);
    bench.run(&["export", "new/one/directory.json", "--strict"]).says(0, &["offices.vcf"]);
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
}
