//! Programs that keep to the protocol: the examples, written from its specification.

use std::fs;

use super::run::{Bench, Run};

const PLUGINS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plugins");

fn run(bench: &Bench, arguments: &[&str]) -> Run {
    let path = format!("{PLUGINS}:{}", std::env::var("PATH").unwrap());
    Run::new(bench.command(arguments).env("PATH", path).output().unwrap())
}

#[test]
#[ignore = "needs Python 3"]
fn python_exports_every_office() {
    let bench = Bench::new();
    run(&bench, &["export", "--to", "ext:list"]).says(
        0,
        &[
            "out/list.txt",
            "left out: ext:list: office \"world-secretariat\" /phones/0: the list has no",
        ],
    );
    let text = fs::read_to_string(bench.path("out/list.txt")).unwrap();
    assert_eq!(text.lines().count(), 15);
    let japan = "japan-office\tICLEI Japan Office\t1-14-2 Nishi-Shimbashi / ";
    assert!(text.contains(japan), "{text}");
    run(&bench, &["export", "--to", "ext:list", "--check"]).says(0, &[]);
    run(&bench, &["export", "--to", "ext:list", "--strict", "--out", "o"])
        .says(1, &["error: left"]);
    assert!(!bench.path("o").exists());
}

#[test]
fn shell_exports_every_office() {
    let bench = Bench::new();
    let ids = run(&bench, &["export", "--to", "ext:ids", "--out", "-"]);
    ids.says(0, &[]);
    assert_eq!(ids.stdout().lines().count(), 15);
    assert!(ids.stdout().starts_with("world-secretariat\neuropean-secretariat\n"));
}

/// What the protocol writes as an object is none as an array, though serde would take it.
#[test]
fn messages_are_objects() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    let program = bench.path("officedir-writer-x");
    let path = format!("{}:/usr/bin:/bin", bench.path("").display());
    let hello = r#"{"hello": {"protocols": [1], "file": "x.txt"}}"#;
    for (hello, then) in [
        (r#"{"hello": [[1], "", "x.txt", []]}"#, ""),
        (r#"{"hello": {"protocols": [1], "file": "x.txt", "options": [["a", "", null, []]]}}"#, ""),
        (r#"["hello"]"#, ""),
        (r#"{"hello": {"protocols": [1], "file": "x.txt", "more": 1}}"#, ""),
        (hello, r#"{"chunk": [null, "x", null]}"#),
        (hello, r#"{"loss": ["usa-office", "", "x"]}"#),
        (hello, r#"{"done": [15]}"#),
        (hello, r#"{"done": {"offices": 15.5}}"#),
        (hello, r#"{"done": {"offices": 15, "more": 1}}"#),
    ] {
        let script = format!("#!/bin/sh\necho '{hello}'\ncat > /dev/null\necho '{then}'\n");
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = bench.command(&["export", "--to", "ext:x"]);
        let run = Run::new(command.env("PATH", &path).output().unwrap());
        run.says(2, &["ext:x", "sends something that is not a message of the protocol"]);
        assert!(!bench.path("out").exists());
    }
    // A line that nests as deep as it is long.
    let deep = format!("#!/bin/sh\necho '{{\"hello\": {}'\n", "[".repeat(100_000));
    fs::write(&program, deep).unwrap();
    let mut command = bench.command(&["export", "--to", "ext:x"]);
    Run::new(command.env("PATH", &path).output().unwrap()).says(2, &["ext:x"]);
}

#[test]
#[ignore = "needs Python 3"]
fn options_are_those_that_the_program_declares() {
    let bench = Bench::new();
    let list = "ext:list,case=upper,title=Offices\\, all,file=o/upper.txt";
    run(&bench, &["export", "--to", list]).says(0, &["out/o/upper.txt"]);
    let text = fs::read_to_string(bench.path("out/o/upper.txt")).unwrap();
    assert!(
        text.starts_with("Offices, all\nworld-secretariat\tICLEI WORLD SECRETARIAT\t"),
        "{text}"
    );
    let refused = [
        ("ext:list,caes=upper", "ext:list: unknown option \"caes\"", "did you mean \"case\"?"),
        ("ext:list,case=uper", "unknown value of \"case\"", "did you mean \"upper\"?"),
        ("ext:list,case=upper,case=upper", "ext:list", "\"case\" is given twice"),
        ("ext:list,file=../x", "ext:list", "the file name"),
        ("ext:ids,x=1", "ext:ids: unknown option \"x\"", ""),
    ];
    for (target, message, help) in refused {
        run(&bench, &["export", "--to", target]).says(2, &[message, help]);
    }
}

#[test]
#[ignore = "needs Python 3"]
fn targets_of_the_configuration() {
    let bench = Bench::new();
    let config = format!(
        "[[writer]]\nname = \"mine\"\nprogram = \"{PLUGINS}/officedir-writer-list\"\n\n\
         [[target]]\nwriter = \"ext:mine\"\ncase = \"upper\"\nfile = \"mine.txt\"\n"
    );
    fs::write(bench.path("officedir.toml"), config).unwrap();
    bench.run(&["export"]).says(0, &["out/mine.txt"]);
    bench.run(&["export", "--check"]).says(0, &[]);
}

#[test]
#[ignore = "needs Python 3"]
fn a_selection_of_none_and_of_many() {
    let bench = Bench::with(r#"{"organization": {"name": "None"}, "offices": []}"#);
    run(&bench, &["export", "--to", "ext:list,title=T"]).says(0, &["out/list.txt"]);
    assert_eq!(fs::read_to_string(bench.path("out/list.txt")).unwrap(), "T\n");
    let bench = many(2_000);
    run(&bench, &["export", "--to", "ext:ids", "--to", "ext:list"]).says(0, &["out/ids.txt"]);
    let ids = fs::read_to_string(bench.path("out/ids.txt")).unwrap();
    let expected: String = (0..2_000).map(|number| format!("office-{number}\n")).collect();
    assert_eq!(ids, expected, "all of them, in order");
}

fn many(count: usize) -> Bench {
    let mut directory: serde_json::Value =
        serde_json::from_str(include_str!("../../directory.json")).unwrap();
    let office = directory["offices"][5].clone();
    let numbered = |number: usize| {
        let mut office = office.clone();
        office["id"] = format!("office-{number}").into();
        office
    };
    directory["offices"] = (0..count).map(numbered).collect();
    Bench::with(directory.to_string())
}
