//! Where single files go: regular files are replaced as a whole and keep their permissions, pipes and
//! descriptors are written to, and nothing else is touched.

#![cfg(unix)]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};

use super::run::{Bench, Run};

const REPORT: [&str; 4] = ["validate", "--quiet", "--output-format", "json=report.json"];

fn mode(bench: &Bench, name: &str) -> u32 {
    fs::symlink_metadata(bench.path(name)).unwrap().mode() & 0o7777
}

fn set_mode(bench: &Bench, name: &str, mode: u32) {
    fs::set_permissions(bench.path(name), Permissions::from_mode(mode)).unwrap();
}

fn shell(bench: &Bench, script: &str) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_officedir")]).current_dir(bench.path(""));
    Run::new(command.output().unwrap())
}

fn pipe(bench: &Bench, name: &str) {
    assert!(Command::new("mkfifo").arg(bench.path(name)).status().unwrap().success());
}

#[test]
fn new_files_have_the_permissions_that_the_umask_leaves() {
    for (umask, expected) in [("022", 0o644), ("077", 0o600), ("002", 0o664), ("0", 0o666)] {
        let bench = Bench::new();
        let commands = "\"$0\" validate -q --output-format json=report.json && \
                        \"$0\" calibrate --out sheet.pdf && \"$0\" init new && \
                        \"$0\" export -q --to csv";
        shell(&bench, &format!("umask {umask}; {commands}")).says(0, &[]);
        let made = ["report.json", "sheet.pdf", "new/directory.json", "new/officedir.toml"];
        for name in made.into_iter().chain(["out/offices.csv", "out/manifest.json"]) {
            assert_eq!(mode(&bench, name), expected, "{name} with umask {umask}");
        }
    }
}

#[test]
fn replaced_files_keep_their_permissions() {
    let bench = Bench::new();
    let commands: [(&str, &[&str]); 4] = [
        ("report.json", &REPORT),
        ("sheet.pdf", &["calibrate", "--out", "sheet.pdf"]),
        ("directory.json", &["validate", "--fix"]),
        ("out/offices.csv", &["export", "--to", "csv"]),
    ];
    fs::create_dir(bench.path("out")).unwrap();
    for permissions in [0o600, 0o640, 0o755, 0o444] {
        for (name, arguments) in commands {
            let directory = include_str!("../../directory.json").replace("\"kind\"", "\"knd\"");
            fs::write(bench.path("directory.json"), &directory).unwrap();
            if name != "directory.json" {
                fs::write(bench.path("directory.json"), include_str!("../../directory.json"))
                    .unwrap();
                fs::write(bench.path("new"), "old").unwrap();
                fs::rename(bench.path("new"), bench.path(name)).unwrap();
            }
            let before = fs::read(bench.path(name)).unwrap();
            set_mode(&bench, name, permissions);
            bench.run(arguments).says(0, &[]);
            assert_eq!(mode(&bench, name), permissions, "{name}");
            assert_ne!(fs::read(bench.path(name)).unwrap(), before, "{name}");
            set_mode(&bench, name, 0o644);
        }
    }
}

#[test]
fn folders_that_give_their_group_give_it_to_outputs() {
    let bench = Bench::new();
    fs::create_dir(bench.path("shared")).unwrap();
    // Root may choose any group; others have only their own, which shows less.
    let group = if Bench::is_root() { 12 } else { fs::metadata(bench.path("")).unwrap().gid() };
    std::os::unix::fs::chown(bench.path("shared"), None, Some(group)).unwrap();
    set_mode(&bench, "shared", 0o2775);
    bench.run(&["validate", "-q", "--output-format", "json=shared/report.json"]).says(0, &[]);
    bench.run(&["export", "--to", "csv", "--out", "shared"]).says(0, &[]);
    for name in ["shared/report.json", "shared/offices.csv", "shared/manifest.json"] {
        assert_eq!(fs::metadata(bench.path(name)).unwrap().gid(), group, "{name}");
    }
}

#[test]
fn links_stay_and_lead_to_the_new_file() {
    let bench = Bench::new();
    fs::create_dir(bench.path("kept")).unwrap();
    fs::write(bench.path("kept/there.json"), "old").unwrap();
    symlink("there.json", bench.path("kept/second.json")).unwrap();
    for (link, target) in [("first.json", "kept/second.json"), ("none.json", "kept/new.json")] {
        symlink(target, bench.path(link)).unwrap();
        bench.run(&["validate", "-q", "--output-format", &format!("json={link}")]).says(0, &[]);
        assert!(bench.path(link).is_symlink(), "{link}");
        assert!(fs::read_to_string(bench.path(link)).unwrap().starts_with('{'), "{link}");
    }
    assert!(bench.path("kept/second.json").is_symlink());
    symlink("b", bench.path("a")).unwrap();
    symlink("a", bench.path("b")).unwrap();
    bench.run(&["calibrate", "--out", "a"]).says(2, &["cannot write a", "symbolic links"]);
}

#[test]
fn pipes_are_written_to() {
    let bench = Bench::new();
    pipe(&bench, "report.json");
    let reader = Command::new("cat").arg(bench.path("report.json")).stdout(Stdio::piped()).spawn();
    bench.run(&REPORT).says(0, &[]);
    let read = reader.unwrap().wait_with_output().unwrap().stdout;
    assert!(read.starts_with(b"{") && read.ends_with(b"}\n"), "the reader gets the whole report");
    assert!(bench.path("report.json").symlink_metadata().unwrap().file_type().is_fifo());
}

#[test]
fn descriptors_are_written_to() {
    let bench = Bench::new();
    let shell = |script: &str| bench.shell_as_nobody(script, &[]);
    let expected = shell("\"$0\" validate -q --output-format json").stdout();
    let concise = shell("\"$0\" validate -q --output-format concise").stdout();
    let validate = "\"$0\" validate -q --output-format concise --output-format json=";
    for (to, redirected) in [
        ("/dev/stdout", ""),
        ("/dev/fd/1", ""),
        ("/proc/self/fd/1", ""),
        ("/dev/stderr", "2>&1"),
        ("/dev/stdout", "> file"),
        ("/dev/stdout", "| cat"),
    ] {
        let run = shell(&format!("{validate}{to} {redirected}"));
        run.says(0, &[]);
        let said = match redirected {
            "> file" => fs::read_to_string(bench.path("file")).unwrap(),
            _ => run.stdout(),
        };
        assert_eq!(said, format!("{expected}{concise}"), "{to} {redirected}");
    }
    // What is in front of it in a file that is open already stays.
    shell(&format!("echo before > third; {validate}/dev/fd/3 3>> third")).says(0, &[]);
    assert_eq!(fs::read_to_string(bench.path("third")).unwrap(), format!("before\n{expected}"));
    shell(&format!("{validate}/dev/fd/9")).says(2, &["cannot write /dev/fd/9"]);
    shell(&format!("{validate}/dev/fd/3 3< .")).says(2, &["a folder is there"]);
    // A reader that goes away is no failure.
    let script = format!("{{ {validate}/dev/stdout; echo $? >&2; }} | true");
    assert_eq!(shell(&script).stderr(), "0\n");
}

#[test]
fn nothing_else_is_written_to() {
    let bench = Bench::new();
    fs::create_dir(bench.path("folder")).unwrap();
    symlink("folder", bench.path("link")).unwrap();
    let _socket = UnixListener::bind(bench.path("socket")).unwrap();
    for (output, why) in [
        ("folder", "a folder is there"),
        ("folder/", "a folder is there"),
        (".", "a folder is there"),
        ("/", "a folder is there"),
        ("link", "a folder is there"),
        ("socket", "a socket is there"),
        ("new/", "cannot write new/"),
        ("none/new", "cannot write none/new"),
        ("directory.json/new", "cannot write directory.json/new"),
    ] {
        let before = bench.files("");
        let report = format!("json={output}");
        bench.run(&["validate", "--output-format", &report]).says(2, &["cannot write", why]);
        bench.run(&["calibrate", "--out", output]).says(2, &["cannot write", why]);
        assert_eq!(bench.files(""), before, "{output}");
    }
    let kept = bench.path("socket").symlink_metadata().unwrap().file_type();
    assert!(kept.is_socket());
}

#[test]
fn what_is_laid_out_anew_is_a_regular_file() {
    let bench = Bench::new();
    let directory = bench.path("directory.json").display().to_string();
    let script = format!("cat '{directory}' | tr -d '\\n' | \"$0\" fmt /dev/stdin");
    let shell = |script: &str| bench.shell_as_nobody(script, &[]);
    shell(&script).says(2, &["cannot write /dev/stdin: it is not a regular file"]);
    shell("printf '{\"offices\": [],}' | \"$0\" validate --fix /dev/stdin")
        .says(2, &["cannot write /dev/stdin: it is not a regular file"]);
}

#[test]
fn a_run_sweeps_what_a_killed_one_has_left_and_nothing_else() {
    let commands: [&[&str]; 4] = [
        &REPORT,
        &["calibrate", "--out", "sheet.pdf"],
        &["validate", "--fix"],
        &["export", "--to", "csv", "--out", "."],
    ];
    for arguments in commands {
        let bench = Bench::with(include_str!("../../directory.json").replace("kind", "knd"));
        if arguments[0] != "validate" {
            fs::write(bench.path("directory.json"), include_str!("../../directory.json")).unwrap();
        }
        let left = bench.path(".officedir-aB3dE6.tmp");
        fs::write(&left, "left").unwrap();
        let live = File::create(bench.path(".officedir-alive1.tmp")).unwrap();
        live.lock().unwrap();
        symlink("directory.json", bench.path(".officedir-aLink1.tmp")).unwrap();
        let kept =
            [".officedir-alive1.tmp", ".officedir-aLink1.tmp", ".tmpabc", ".officedir-x.tmp"];
        kept[2..].iter().for_each(|name| fs::write(bench.path(name), "").unwrap());
        bench.run(arguments).code();
        assert!(!left.exists(), "{arguments:?}");
        for name in kept {
            assert!(bench.path(name).symlink_metadata().is_ok(), "{arguments:?}: {name}");
        }
    }
}

#[test]
fn many_at_once_write_one_file() {
    let bench = Bench::new();
    let start =
        || bench.command(&["calibrate", "--out", "sheet.pdf"]).stderr(Stdio::piped()).spawn();
    for _ in 0..5 {
        let all: Vec<_> = (0..8).map(|_| start().unwrap()).collect();
        for child in all {
            Run::new(child.wait_with_output().unwrap()).says(0, &["wrote sheet.pdf"]);
        }
    }
    let names: Vec<String> = bench.files("").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["directory.json", "sheet.pdf"]);
}

/// Root may write everywhere: there the program runs as nobody.
#[test]
fn an_ordinary_user_cannot_write_into_a_folder_that_is_not_theirs() {
    let bench = Bench::new();
    fs::create_dir(bench.path("closed")).unwrap();
    fs::write(bench.path("closed/report.json"), "old").unwrap();
    set_mode(&bench, "closed", 0o555);
    for name in ["report.json", "new.json"] {
        let report = format!("json=closed/{name}");
        bench
            .run_as_nobody(&["validate", "--output-format", &report])
            .says(2, &["cannot write closed/", "ermission denied"]);
    }
    set_mode(&bench, "closed", 0o755);
    assert_eq!(bench.files("closed"), [("report.json".to_owned(), b"old".to_vec())]);
}
