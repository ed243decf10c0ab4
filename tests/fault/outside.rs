//! A folder that somebody else has prepared: nothing outside of it is read, written or removed, and nothing
//! waits for what is not a file.

use std::fs;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::run::{Bench, Run};
use super::{directory, files};

const XML: [&str; 3] = ["export", "--to", "xml"];

/// An exported directory, with a file outside of its output and a manifest that has these names as well, each
/// with the hash of that file.
fn with_names(names: &[&str]) -> Bench {
    let bench = Bench::with(directory(3, "Office"));
    bench.run(&XML).says(0, &[]);
    fs::create_dir(bench.path("elsewhere")).unwrap();
    fs::write(bench.path("elsewhere/kept"), "kept").unwrap();
    let manifest = fs::read(bench.path("out/manifest.json")).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    for name in names {
        manifest["files"][name] = entry(b"kept");
    }
    fs::write(bench.path("out/manifest.json"), manifest.to_string()).unwrap();
    bench
}

fn entry(bytes: &[u8]) -> serde_json::Value {
    let hash: String = Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect();
    json!({"size": bytes.len(), "sha256": hash})
}

/// Asserts that the output is refused and not changed, and that the file outside is still there.
#[track_caller]
fn refused(bench: &Bench, arguments: &[&str], texts: &[&str]) {
    let names = |folder: &str| {
        let entries = fs::read_dir(bench.path(folder)).unwrap();
        let mut names: Vec<_> = entries.map(|it| it.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = (names(""), names("out"), names("elsewhere"));
    let output = Command::new("timeout")
        .args(["20", env!("CARGO_BIN_EXE_officedir")])
        .args(arguments)
        .current_dir(bench.path(""))
        .output();
    Run::new(output.unwrap()).says(2, texts);
    assert_eq!((names(""), names("out"), names("elsewhere")), before, "{arguments:?}");
    assert_eq!(fs::read(bench.path("elsewhere/kept")).unwrap(), b"kept", "{arguments:?}");
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn names_in_a_manifest_stay_within_the_folder() {
    let absolute = with_names(&[]).path("elsewhere/kept");
    let names = [
        "../elsewhere/kept",
        "sub/../../elsewhere/kept",
        "./kept",
        "",
        "/",
        "..",
        "kept/",
        "a//b",
        ".git/config",
        "a\\..\\b",
        "C:kept",
        "nul.txt",
        "MANIFEST.JSON",
        "a\nb",
        absolute.to_str().unwrap(),
    ];
    for name in names {
        let bench = with_names(&[name]);
        let cannot = "cannot read out/manifest.json: the file name";
        for more in [&["--prune"][..], &["--check"], &[]] {
            refused(&bench, &[&XML[..], more].concat(), &[cannot, "remove it to start a new one"]);
        }
    }
}

#[test]
fn an_absolute_path_that_is_there_is_not_removed() {
    let bench = with_names(&[]);
    let path = bench.path("elsewhere/kept");
    let manifest = json!({"files": {path.to_str().unwrap(): entry(b"kept")}});
    fs::write(bench.path("out/manifest.json"), manifest.to_string()).unwrap();
    refused(&bench, &["export", "--to", "xml", "--prune"], &["out/manifest.json", "the file name"]);
}

#[test]
fn no_link_is_followed_to_what_is_removed() {
    let bench = with_names(&["link/kept", "a/link/kept", "file"]);
    let prune = ["export", "--to", "xml", "--prune"];
    let check = ["export", "--check"];
    fs::create_dir(bench.path("out/a")).unwrap();
    for (link, target) in [
        ("out/link", "../elsewhere"),
        ("out/a/link", "../../elsewhere"),
        ("out/file", "../elsewhere/kept"),
        ("out/link", "link"),
    ] {
        symlink(target, bench.path(link)).unwrap();
        let why = [&*format!("cannot use {link}: a symbolic link is in the way")];
        refused(&bench, &prune, &why);
        refused(&bench, &check, &why);
        fs::remove_file(bench.path(link)).unwrap();
    }
    bench.run(&prune).says(0, &[]);
    assert_eq!(fs::read(bench.path("elsewhere/kept")).unwrap(), b"kept");
}

#[test]
fn nothing_is_removed_but_regular_files() {
    let bench = with_names(&["thing"]);
    let prune = ["export", "--to", "xml", "--prune"];
    let thing = bench.path("out/thing");
    fs::create_dir(&thing).unwrap();
    refused(&bench, &prune, &["cannot use out/thing: a folder is in the way"]);
    fs::remove_dir(&thing).unwrap();
    pipe(&thing);
    refused(&bench, &prune, &["cannot use out/thing: a named pipe is in the way"]);
    fs::remove_file(&thing).unwrap();
    let _socket = UnixListener::bind(&thing).unwrap();
    refused(&bench, &prune, &["cannot use out/thing: a socket is in the way"]);
    fs::remove_file(&thing).unwrap();
    fs::write(&thing, "kept").unwrap();
    bench.run(&prune).says(0, &["removed out/thing"]);
}

#[test]
fn an_input_is_not_removed() {
    let bench = Bench::with(directory(3, "Office"));
    let text = fs::read(bench.path("directory.json")).unwrap();
    let manifest = json!({"files": {"directory.json": entry(&text)}});
    fs::write(bench.path("manifest.json"), manifest.to_string()).unwrap();
    let prune = ["export", "--to", "xml", "--out", ".", "--prune"];
    bench.run(&prune).says(2, &["cannot remove ./directory.json: it is the input directory.json"]);
    assert_eq!(fs::read(bench.path("directory.json")).unwrap(), text);
    assert!(!bench.path("offices.xml").exists());
}

/// The name differs in case only, and is the same file: so it is where letter case tells no files apart. A
/// second name of the file stands for that here.
#[test]
fn a_file_of_another_spelling_is_not_removed_when_it_is_the_one_that_is_written() {
    let bench = with_names(&[]);
    let text = fs::read(bench.path("out/offices.xml")).unwrap();
    fs::hard_link(bench.path("out/offices.xml"), bench.path("out/Offices.xml")).unwrap();
    let manifest = json!({"files": {"Offices.xml": entry(&text)}});
    fs::write(bench.path("out/manifest.json"), manifest.to_string()).unwrap();
    bench.run(&["export", "--to", "xml", "--prune"]).says(0, &[]);
    assert!(bench.path("out/Offices.xml").exists());
    // Where the two are different files, the old one goes.
    fs::write(bench.path("out/Offices.xml"), "kept").unwrap();
    let manifest = json!({"files": {"Offices.xml": entry(b"kept")}});
    fs::write(bench.path("out/manifest.json"), manifest.to_string()).unwrap();
    bench.run(&["export", "--to", "xml", "--prune"]).says(0, &["removed out/Offices.xml"]);
}

#[test]
fn no_link_is_followed_to_what_is_written() {
    let bench = with_names(&[]);
    symlink("../elsewhere", bench.path("out/cards")).unwrap();
    symlink("../elsewhere/kept", bench.path("out/kept.xml")).unwrap();
    symlink("../elsewhere/new", bench.path("out/new.xml")).unwrap();
    for (file, link) in [("cards/kept", "cards"), ("kept.xml", "kept.xml"), ("new.xml", "new.xml")]
    {
        let target = format!("xml:file={file}");
        let why = [&*format!("cannot use out/{link}: a symbolic link is in the way")];
        refused(&bench, &["export", "--to", &target], &why);
        refused(&bench, &["export", "--to", &target, "--check"], &why);
    }
}

#[test]
fn nothing_waits_for_a_pipe() {
    let bench = with_names(&[]);
    for name in ["manifest.json", "offices.xml"] {
        let path = bench.path(format!("out/{name}"));
        fs::remove_file(&path).unwrap();
        pipe(&path);
        let why = [&*format!("cannot use out/{name}: a named pipe is in the way")];
        for more in [&["--check"][..], &["--prune"], &[]] {
            refused(&bench, &[&XML[..], more].concat(), &why);
        }
        assert!(path.symlink_metadata().unwrap().file_type().is_fifo());
        fs::remove_file(&path).unwrap();
        bench.run(&XML).says(0, &[]);
    }
    let folder = bench.path("folder");
    pipe(&folder);
    refused(&bench, &["export", "--to", "xml", "--out", "folder"], &["folder"]);
    refused(&bench, &["export", "--to", "xml", "--out", "folder", "--check"], &["folder"]);
    let out = ["export", "--to", "xml", "--out", "/dev/stdout"];
    bench.run_as_nobody(&out).says(2, &["/dev/stdout"]);
}

#[test]
fn the_output_folder_itself_may_be_a_link() {
    let bench = Bench::with(directory(3, "Office"));
    fs::create_dir(bench.path("site")).unwrap();
    symlink("site", bench.path("out")).unwrap();
    bench.run(&["export", "--to", "xml:file=a/b.xml"]).says(0, &["wrote out/a/b.xml"]);
    bench.run(&["export", "--to", "xml:file=a/b.xml", "--check"]).says(0, &[]);
    bench.run(&["export", "--to", "xml", "--prune", "--out", "out/"]).says(0, &["out/a/b.xml"]);
    let names: Vec<String> = files(&bench).into_keys().collect();
    assert_eq!(names, ["manifest.json", "offices.xml"]);
    assert!(bench.path("out").is_symlink());
}

#[test]
fn a_manifest_is_read_up_to_a_size() {
    let bench = with_names(&[]);
    let manifest = fs::File::create(bench.path("out/manifest.json")).unwrap();
    manifest.set_len(1 << 40).unwrap();
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 4000000; exec \"$0\" export --to xml --jobs 2"])
        .arg(env!("CARGO_BIN_EXE_officedir"))
        .current_dir(bench.path(""))
        .output();
    Run::new(output.unwrap()).says(2, &["out/manifest.json", "more than"]);
}
