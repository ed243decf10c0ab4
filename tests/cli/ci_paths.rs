//! Paths in the reports for CI servers, which know files by their paths from the root of the repository.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::run::{Bench, Run};

/// Formats whose paths begin at the root, and what stands in each before and behind the path.
const FORMATS: [(&str, &str, &str); 5] = [
    ("github", "file=", ","),
    ("gitlab", "\"path\": \"", "\""),
    ("sarif", "\"uri\": \"", "\""),
    ("junit", "testsuite name=\"", "\""),
    ("rdjson", "\"path\": \"", "\""),
];

/// A folder with a broken directory in `offices/eu`.
fn bench() -> Bench {
    let bench = Bench::new();
    fs::create_dir_all(bench.path("offices/eu")).unwrap();
    fs::write(bench.path("offices/eu/directory.json"), "{\"offices\": []}").unwrap();
    bench
}

/// The command in a folder, without what a CI server says of the tests themselves.
fn command(bench: &Bench, folder: &str, format: &str, file: &Path) -> Command {
    let mut command = bench.command(&["validate", "--output-format", format]);
    command.arg(file).current_dir(bench.path(folder));
    command.env_remove("GITHUB_WORKSPACE").env_remove("CI_PROJECT_DIR");
    command
}

/// Runs the command with every format, and says that the path is the expected one.
#[track_caller]
fn check(run: impl Fn(&str) -> Command, expected: &str) {
    for (format, before, behind) in FORMATS {
        let text = Run::new(run(format).output().unwrap()).stdout();
        // Of the first finding: SARIF's rules have addresses of their own.
        let wanted = format!("{before}{expected}{behind}");
        assert!(text.contains(&wanted), "{format}: {wanted} not in\n{text}");
    }
}

#[test]
fn begin_at_the_root_of_the_repository() {
    let bench = bench();
    // A worktree and a submodule have a file in the folder's place.
    for is_file in [false, true] {
        let git = bench.path(".git");
        match is_file {
            true => fs::write(&git, "gitdir: /elsewhere/.git/worktrees/x\n").unwrap(),
            false => fs::create_dir(&git).unwrap(),
        }
        let absolute = bench.path("offices/eu/directory.json");
        let runs = [
            ("offices/eu", Path::new("directory.json")),
            ("offices", Path::new("eu/directory.json")),
            ("offices/eu", Path::new("../../offices/eu/directory.json")),
            (".", Path::new("offices/eu/directory.json")),
            ("offices", &absolute),
        ];
        for (folder, file) in runs {
            let run = |format: &str| command(&bench, folder, format, file);
            check(run, "offices/eu/directory.json");
        }
        if !is_file {
            fs::remove_dir(&git).unwrap();
        }
    }
}

#[test]
fn begin_where_the_server_says() {
    let bench = bench();
    fs::create_dir(bench.path("offices/eu/.git")).unwrap();
    for (variable, root, expected) in [
        ("GITHUB_WORKSPACE", "", "offices/eu/directory.json"),
        ("CI_PROJECT_DIR", "offices", "eu/directory.json"),
        // The file is not in it, so the folder with `.git` is the root.
        ("GITHUB_WORKSPACE", "out", "directory.json"),
        ("CI_PROJECT_DIR", "missing", "directory.json"),
    ] {
        fs::create_dir_all(bench.path("out")).unwrap();
        let run = |format: &str| {
            let mut command = command(&bench, "offices/eu", format, Path::new("directory.json"));
            command.env(variable, bench.path(root));
            command
        };
        check(run, expected);
    }
}

#[test]
fn stay_as_they_are_outside_and_for_people() {
    let bench = bench();
    let file = Path::new("eu/directory.json");
    // Nothing above the folder of the tests is a repository, or this would fail.
    check(|format| command(&bench, "offices", format, file), "eu/directory.json");
    fs::create_dir(bench.path(".git")).unwrap();
    for format in ["full", "concise", "json"] {
        let text = Run::new(command(&bench, "offices", format, file).output().unwrap()).stdout();
        assert!(text.contains("eu/directory.json") && !text.contains("offices/eu"), "{text}");
    }
}
