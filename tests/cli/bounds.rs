//! What is read has a limit, and what is wrong with it is said.

use std::fs;
use std::process::{Command, Stdio};

use super::run::{Bench, Run};

/// Every file that is read whole ends at its limit, and nothing comes of it. As much memory as the largest
/// of the limits but the directory's takes is there; the directory's own is held by [`without_end`].
#[test]
#[cfg(unix)]
fn endless_files() {
    let bench = Bench::new();
    bench.run(&["export"]).says(0, &[]);
    let before = bench.files("out");
    let endless = "/dev/zero";
    let cases: &[(&[&str], &str)] = &[
        (
            &["export", "--to", "labels", "--printer", endless],
            "65536 bytes, the most that a printer",
        ),
        (&["export", "--to", "labels:printer=/dev/zero"], "65536 bytes, the most that a printer"),
        (
            &["export", "--to", "labels:stock-file=/dev/zero"],
            "16777216 bytes, the most that a stock",
        ),
        (&["calibrate", "--printer", endless], "65536 bytes"),
        (
            &["stock", "--stock-file", endless],
            "16777216 bytes, the most that a stock file may have",
        ),
        (
            &["export", "--to", "labels:font=/dev/zero"],
            "268435456 bytes, the most that a font file",
        ),
        (&["export", "--config", endless], "1048576 bytes, the most that a configuration file may"),
        (&["validate", "--config", endless], "1048576 bytes"),
        (&["export", "--to", "template:file=/dev/zero"], "is no file"),
    ];
    for (arguments, limit) in cases {
        let run = bench.run(arguments);
        run.says(2, &[limit, "/dev/zero"]);
        assert_eq!(bench.files("out"), before, "{arguments:?}");
    }
}

/// Files of a size that is over the limit are not read at all.
#[test]
fn files_that_are_too_large() {
    let bench = Bench::new();
    for (name, size) in [
        ("profile.toml", 1 << 17),
        ("stock.toml", 1 << 25),
        ("font.ttf", 1 << 29),
        ("officedir.toml", 1 << 21),
        ("big.j2", 1 << 21),
        ("huge.json", 1 << 31),
    ] {
        fs::File::create(bench.path(name)).unwrap().set_len(size).unwrap();
    }
    for (arguments, limit) in [
        (&["export", "--to", "labels", "--printer", "profile.toml"][..], "65536"),
        (&["export", "--to", "labels:stock-file=stock.toml"], "16777216"),
        (&["export", "--to", "labels:font=font.ttf"], "268435456"),
        (&["export", "--to", "template:file=big.j2"], "1048576"),
        (&["fmt", "huge.json"], "1073741824"),
        (&["validate", "--fix", "huge.json"], "1073741824"),
    ] {
        // Only the configuration's own case meets the large one beside the directory.
        let hidden = bench.path("officedir.toml").with_extension("hidden");
        let _ = fs::rename(bench.path("officedir.toml"), &hidden);
        bench.run(arguments).says(2, &["has more than", limit]);
        fs::rename(hidden, bench.path("officedir.toml")).unwrap();
    }
    bench.run(&["export"]).says(2, &["officedir.toml", "has more than 1048576 bytes"]);
    fs::create_dir(bench.path("out")).unwrap();
    fs::remove_file(bench.path("officedir.toml")).unwrap();
    fs::File::create(bench.path("out/manifest.json")).unwrap().set_len(1 << 29).unwrap();
    for arguments in [&["export"][..], &["export", "--check"]] {
        bench.run(arguments).says(2, &["manifest.json", "has more than 268435456 bytes"]);
    }
}

/// The references of a part come from a file, as the largest of all that is no directory.
#[test]
#[cfg(unix)]
fn endless_references() {
    let bench = Bench::new();
    let arguments = ["export", "--to", "csv", "--part", "body", "--references", "/dev/zero"];
    let run = bench.command(&arguments).stdin(Stdio::null()).output().unwrap();
    Run::new(run).says(2, &["268435456 bytes, the most that a file of references may have"]);
}

/// What `git show` gives ends at the limit, and a git that says much is no trouble.
#[test]
#[cfg(unix)]
fn a_git_without_end() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    let git = |script: &str| {
        fs::create_dir_all(bench.path("bin")).unwrap();
        fs::write(bench.path("bin/git"), format!("#!/bin/sh\n{script}\n")).unwrap();
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(bench.path("bin/git"), mode).unwrap();
        let path = format!("{}:/usr/bin:/bin", bench.path("bin").display());
        let mut command: Command = bench.command(&["diff", "git:HEAD", "directory.json"]);
        Run::new(command.env("PATH", path).output().unwrap())
    };
    git("exec cat /dev/zero").says(2, &["at HEAD", "has more than 1073741824 bytes"]);
    git("yes fatal | head -c 1000000 >&2; exit 128")
        .says(2, &["git has no directory.json", "fatal"]);
    git("yes x | head -c 1000000 >&2; exec cat directory.json").says(0, &[]);
}
