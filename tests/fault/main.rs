//! Whatever happens to a run, every file in `out/` is its old or its new self as a whole, the manifest
//! tells which, and the next run succeeds.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod as_root;
mod outside;
#[path = "../cli/run.rs"]
#[allow(dead_code)]
mod run;
mod signals;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::{Command, Stdio};

use run::Bench;

const DIRECTORY: &str = include_str!("../../directory.json");

/// A directory of that many offices, whose names begin with a word.
fn directory(count: usize, word: &str) -> String {
    let mut directory: serde_json::Value = serde_json::from_str(DIRECTORY).unwrap();
    let model = directory["offices"][1].clone();
    let office = |number: usize| {
        let mut office = model.clone();
        office["id"] = format!("office-{number}").into();
        office["name"] = format!("{word} {number}").into();
        office
    };
    directory["offices"] = (0..count).map(office).collect();
    directory.to_string()
}

/// The targets here: text formats, so that a run takes long enough to be interrupted.
const TARGETS: [&str; 4] = ["--to", "xml", "--to", "xml:file=second.xml"];

fn export(bench: &Bench) -> run::Run {
    bench.run(&[&["export"], &TARGETS[..]].concat())
}

type Files = BTreeMap<String, Vec<u8>>;

fn files(bench: &Bench) -> Files {
    bench.files("out").into_iter().collect()
}

/// What an export of that directory leaves in an empty folder.
fn result_of(directory: &str) -> Files {
    let bench = Bench::with(directory);
    export(&bench).says(0, &[]);
    files(&bench)
}

#[test]
fn killed_at_any_moment() {
    let (old, new) = (directory(10, "Old"), directory(250, "New"));
    let (before, after) = (result_of(&old), result_of(&new));
    let bench = Bench::with(&old);
    export(&bench).says(0, &[]);
    fs::write(bench.path("directory.json"), &new).unwrap();
    let began = std::time::Instant::now();
    result_of(&new);
    let longest = began.elapsed();
    let mut changed = 0;
    for moment in 0..200u32 {
        let arguments = [&["export"], &TARGETS[..]].concat();
        let mut child = bench.command(&arguments).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(longest * moment / 200);
        child.kill().unwrap();
        child.wait().unwrap();
        let files = files(&bench);
        for (name, bytes) in files.iter().filter(|(name, _)| !name.starts_with(".officedir-")) {
            let whole = before.get(name) == Some(bytes) || after.get(name) == Some(bytes);
            assert!(whole, "moment {moment}: {name} is neither its old nor its new self");
        }
        let manifest = files.get("manifest.json").unwrap();
        if *manifest == after["manifest.json"] {
            let written = files.iter().filter(|(name, _)| after.contains_key(*name));
            assert!(
                written.eq(after.iter()),
                "moment {moment}: the manifest speaks of other files"
            );
            changed += 1;
            fs::write(bench.path("directory.json"), &old).unwrap();
            export(&bench).says(0, &[]);
            fs::write(bench.path("directory.json"), &new).unwrap();
        }
    }
    export(&bench).says(0, &[]);
    assert_eq!(files(&bench), after, "nothing else is left behind");
    assert!(changed < 200, "every run was over before it was killed");
}

#[test]
fn two_at_once() {
    let bench = Bench::with(directory(2_000, "Office"));
    let arguments = [&["export"], &TARGETS[..]].concat();
    let start = || bench.command(&arguments).stderr(Stdio::piped()).spawn().unwrap();
    let both = [start(), start()].map(|child| child.wait_with_output().unwrap());
    assert!(both.iter().any(|output| output.status.success()));
    for output in both.iter().filter(|output| !output.status.success()) {
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("another export is writing into out"), "{said}");
    }
    let check = [&["export", "--check"], &TARGETS[..]].concat();
    bench.run(&check).says(0, &[]);
    // As another export has the folder while it writes.
    let folder = fs::File::open(bench.path("out")).unwrap();
    folder.lock().unwrap();
    let before = files(&bench);
    export(&bench).says(2, &["another export is writing into out"]);
    assert_eq!(files(&bench), before);
    folder.unlock().unwrap();
    export(&bench).says(0, &[]);
}

#[test]
fn file_size_limit() {
    let bench = Bench::with(directory(10, "Old"));
    export(&bench).says(0, &[]);
    let before = files(&bench);
    fs::write(bench.path("directory.json"), directory(2_000, "New")).unwrap();
    // The limit is an error like that of a full disk.
    let script = "ulimit -f 64; exec \"$0\" export --to xml";
    let limited = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_officedir")])
        .current_dir(bench.path(""))
        .output()
        .unwrap();
    assert_eq!(limited.status.code(), Some(2));
    let said = String::from_utf8_lossy(&limited.stderr).into_owned();
    assert!(said.contains("File too large"), "{said}");
    assert_eq!(files(&bench), before);
}

/// Root may write everywhere: there the program runs as nobody.
#[test]
fn read_only_folder() {
    let bench = Bench::with(directory(3, "Office"));
    export(&bench).says(0, &[]);
    let before = files(&bench);
    fs::write(bench.path("directory.json"), directory(4, "New")).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_officedir"), bench.path("officedir")).unwrap();
    let mode = |name: &str, mode| {
        fs::set_permissions(bench.path(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("", 0o755);
    mode("out", 0o555);
    let is_root = fs::metadata(bench.path("out")).unwrap().uid() == 0;
    let nobody: &[&str] =
        if is_root { &["setpriv", "--reuid=65534", "--clear-groups"] } else { &["env"] };
    let output = Command::new(nobody[0])
        .args(&nobody[1..])
        .args(["./officedir", "export", "--to", "xml"])
        .current_dir(bench.path(""))
        .output()
        .unwrap();
    run::Run::new(output).says(2, &["out", "ermission denied"]);
    mode("out", 0o755);
    assert_eq!(files(&bench), before);
}

/// What is run as an ordinary user who has as many processes as the system lets them have.
fn without_threads(bench: &Bench, program: &[&str]) -> run::Run {
    let is_root = fs::metadata(bench.path("")).unwrap().uid() == 0;
    let nobody: &[&str] =
        if is_root { &["setpriv", "--reuid=65534", "--clear-groups"] } else { &["env"] };
    // Of the shells, bash says -u and dash -p.
    let script = "ulimit -u 1 2>/dev/null || ulimit -p 1 || exit 98; exec \"$@\"";
    let output = Command::new(nobody[0])
        .args(&nobody[1..])
        .args(["sh", "-c", script, "sh"])
        .args(program)
        .current_dir(bench.path(""))
        .output()
        .unwrap();
    run::Run::new(output)
}

#[test]
#[cfg(target_os = "linux")]
fn no_thread_can_be_started() {
    // More than one piece of the input, so that threads are asked for, and files that are freed by them.
    let bench = Bench::with(directory(4_000, "Office"));
    fs::copy(env!("CARGO_BIN_EXE_officedir"), bench.path("officedir")).unwrap();
    fs::set_permissions(bench.path(""), fs::Permissions::from_mode(0o777)).unwrap();
    let fork = without_threads(&bench, &["sh", "-c", "(true); exit 0"]);
    assert_ne!(fork.code(), 0, "the limit of processes holds: {}", fork.stderr());
    let targets = ["--to", "csv:dialect=full", "--to", "vcard", "--to", "xml"];
    let export = |out, jobs| {
        [&["./officedir", "export", "--out", out, "--jobs", jobs, "-q"], &targets[..]].concat()
    };
    for (out, jobs) in [("one", "1"), ("eight", "8")] {
        without_threads(&bench, &["./officedir", "validate", "--jobs", jobs]).says(0, &[]);
        // The second time, files are replaced.
        for _ in 0..2 {
            without_threads(&bench, &export(out, jobs)).says(0, &[]);
        }
        let before = bench.files(out);
        assert_eq!(before.len(), 5);
        bench.run(&[&["export", "--out", "free"], &targets[..]].concat()).says(0, &[]);
        assert!(before == bench.files("free"), "the same bytes with and without threads");
    }
    // A template needs a thread of its own, within whose stack it cannot harm this one.
    fs::write(bench.path("t.txt.j2"), "{{ organization.name }}").unwrap();
    let program = ["./officedir", "export", "--to", "template:file=t.txt.j2"];
    without_threads(&bench, &program).says(2, &["template:t.txt.j2: ", "none can be started"]);
    // A program of one's own is a process, for which there is no other way.
    fs::write(bench.path("officedir-writer-x"), "#!/bin/sh\nexec cat\n").unwrap();
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(bench.path("officedir-writer-x"), mode).unwrap();
    let path = format!("PATH={}:/usr/bin:/bin", bench.path("").display());
    let program = ["env", &path, "./officedir", "export", "--to", "ext:x"];
    without_threads(&bench, &program).says(2, &["cannot start", "officedir-writer-x"]);
}

#[test]
fn other_things_in_the_place_of_a_file() {
    let bench = Bench::with(directory(3, "Office"));
    fs::create_dir(bench.path("out")).unwrap();
    fs::write(bench.path("elsewhere"), "untouched").unwrap();
    symlink(bench.path("elsewhere"), bench.path("out/offices.xml")).unwrap();
    export(&bench).says(2, &["cannot use out/offices.xml: a symbolic link is in the way"]);
    assert_eq!(fs::read_to_string(bench.path("elsewhere")).unwrap(), "untouched");
    assert!(bench.path("out/offices.xml").is_symlink());
    fs::remove_file(bench.path("out/offices.xml")).unwrap();
    export(&bench).says(0, &[]);
    fs::remove_file(bench.path("out/second.xml")).unwrap();
    fs::create_dir(bench.path("out/second.xml")).unwrap();
    let before = files(&bench);
    fs::write(bench.path("directory.json"), directory(3, "New")).unwrap();
    export(&bench).says(2, &["second.xml"]);
    assert_eq!(files(&bench), before);
}

#[test]
fn prunes_what_it_wrote_and_nobody_changed() {
    let bench = Bench::with(directory(3, "Office"));
    bench.run(&[&["export", "--to", "xml:file=third.xml"], &TARGETS[..]].concat()).says(0, &[]);
    fs::write(bench.path("out/own.txt"), "mine").unwrap();
    fs::write(bench.path("out/second.xml"), "changed").unwrap();
    bench.run(&["export", "--to", "xml"]).says(0, &[]);
    assert_eq!(files(&bench).len(), 5, "without --prune everything stays");
    bench
        .run(&["export", "--to", "xml", "--prune"])
        .says(0, &["removed out/third.xml", "kept out/second.xml"]);
    let names: Vec<String> = files(&bench).into_keys().collect();
    assert_eq!(names, ["manifest.json", "offices.xml", "own.txt", "second.xml"]);
}

#[test]
fn a_manifest_that_is_none() {
    let bench = Bench::with(directory(3, "Office"));
    export(&bench).says(0, &[]);
    fs::write(bench.path("out/manifest.json"), "x").unwrap();
    let before = files(&bench);
    export(&bench).says(2, &["cannot read out/manifest.json"]);
    assert_eq!(files(&bench), before);
}
