//! What root can destroy, and must not: devices. Each test has a `/dev` of its own, in a mount namespace that
//! nobody else sees; without the rights to make one it fails before it does anything.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::process::Command;

use super::directory;
use super::run::{Bench, Run};

/// Runs a shell script with the program as `$0`, where `/dev` is a folder in memory with devices of our own.
fn run(bench: &Bench, script: &str) -> Run {
    assert!(Bench::is_root(), "this test needs root");
    let own = "mount -t tmpfs none /dev || { echo this test needs a mount namespace; exit 99; }
        [ ! -e /dev/null ] || { echo this is the /dev of the machine; exit 99; }
        mknod /dev/null c 1 3; mknod /dev/zero c 1 5; mknod /dev/full c 1 7
        mknod /dev/block b 7 250
        chmod 666 /dev/null /dev/zero /dev/full
        ln -s /proc/self/fd /dev/fd
        ln -s fd/1 /dev/stdout; ln -s fd/2 /dev/stderr
        devices() { stat -c '%n %F %t:%T %a' /dev/null /dev/full /dev/block; }
        before=$(devices)
        same() { [ \"$(devices)\" = \"$before\" ] || { echo \"$1: $(devices)\"; exit 98; }; }
        expect() {
            expected=$1; shift
            code=0; timeout 20 \"$@\" > said 2>&1 || code=$?
            [ $code -eq $expected ] || { echo \"$code: $*\"; cat said; exit 97; }
            same \"$*\"
        }
        ";
    let mut command = Command::new("unshare");
    command.args(["--mount", "--propagation=private", "sh", "-euc", &format!("{own}{script}")]);
    command.arg(env!("CARGO_BIN_EXE_officedir")).current_dir(bench.path(""));
    Run::new(command.output().unwrap())
}

#[test]
#[ignore = "needs root"]
fn as_root_devices_are_written_to_and_not_replaced() {
    let bench = Bench::with(directory(3, "Office"));
    run(
        &bench,
        "ln -s /dev/null link; ln -s /dev/full full
        for output in /dev/null link /dev/fd/3 /dev/stdout /dev/stderr; do
            expect 0 \"$0\" validate --output-format sarif=$output 3> /dev/null
            expect 0 \"$0\" calibrate --out $output 3> /dev/null
        done
        [ -h link ]
        for output in /dev/full full; do
            expect 2 \"$0\" validate --output-format sarif=$output
            grep -q 'No space left' said
            expect 2 \"$0\" calibrate --out $output
        done
        for output in /dev/block /dev/fd /dev; do
            expect 2 \"$0\" validate --output-format sarif=$output
            expect 2 \"$0\" calibrate --out $output
        done
        \"$0\" validate -q --output-format sarif=/dev/stdout --output-format concise > sarif
        grep -q '\"version\": *\"2.1.0\"' sarif
        [ -h /dev/stdout ]
        same stdout",
    )
    .says(0, &[]);
}

#[test]
#[ignore = "needs root"]
fn as_root_devices_in_an_output_folder_are_left_alone() {
    let bench = Bench::with(directory(3, "Office"));
    run(
        &bench,
        "mkdir out; cp -a /dev/zero out/offices.xml
        expect 2 \"$0\" export --to xml
        grep -q 'a device is in the way' said
        expect 2 \"$0\" export --to xml --check
        [ -c out/offices.xml ]; rm out/offices.xml
        cp -a /dev/zero out/manifest.json
        expect 2 \"$0\" export --to xml
        [ -c out/manifest.json ]
        for name in null full zero stdout; do
            expect 2 \"$0\" export --to xml --out /dev/$name
        done",
    )
    .says(0, &[]);
}

#[test]
#[ignore = "needs root"]
fn as_root_files_keep_their_owner() {
    let bench = Bench::with(directory(3, "Office"));
    assert!(Bench::is_root(), "this test needs root");
    fs::create_dir(bench.path("out")).unwrap();
    fs::write(bench.path("out/offices.xml"), "old").unwrap();
    fs::write(bench.path("report.json"), "old").unwrap();
    let names = ["directory.json", "out/offices.xml", "report.json"];
    names.iter().for_each(|it| chown(bench.path(it), Some(65_534), Some(12)).unwrap());
    bench.run(&["validate", "-q", "--output-format", "json=report.json"]).says(0, &[]);
    bench.run(&["export", "--to", "xml"]).says(0, &[]);
    bench.run(&["fmt"]).says(0, &["reformatted"]);
    for name in names {
        let data = fs::metadata(bench.path(name)).unwrap();
        assert_eq!((data.uid(), data.gid()), (65_534, 12), "{name}");
        assert_ne!(fs::read(bench.path(name)).unwrap(), b"old", "{name}");
    }
}
