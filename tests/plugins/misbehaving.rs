//! Programs that break the protocol: each ends within its limits with a message that names it, the
//! output stays as it was, and no process is left behind.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::run::{Bench, Run};

/// Limits that are short only where a program runs into them: a machine under load takes its time.
fn limits(name: &str) -> String {
    let time = match name {
        "silent" | "silent-but-loud" | "dripping" => "hello_seconds = 2",
        "stalling" | "done-early" | "done-and-staying" | "done-and-closing" => "stall_seconds = 2",
        "slow" => "total_seconds = 3",
        _ => "",
    };
    format!("{time}\noutput_mebibytes = 2\n")
}

struct Stage {
    bench: Bench,
    before: Vec<(String, Vec<u8>)>,
}

impl Stage {
    /// Output that is there already, and a program by that name.
    fn new(name: &str) -> Self {
        let bench = Bench::new();
        bench.run(&["export", "--to", "xml"]).says(0, &[]);
        fs::create_dir(bench.path("bin")).unwrap();
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plugins/misbehaving.py");
        symlink(program, bench.path(format!("bin/officedir-writer-{name}"))).unwrap();
        let config = format!(
            "[[writer]]\nname = \"{name}\"\nprogram = \"bin/officedir-writer-{name}\"\n{}",
            limits(name)
        );
        fs::write(bench.path("officedir.toml"), config).unwrap();
        let before = bench.files("out");
        Stage { bench, before }
    }

    fn run(&self, name: &str) -> Run {
        Run::new(self.command(name).output().unwrap())
    }

    fn command(&self, name: &str) -> Command {
        let bin = self.bench.path("bin").to_str().unwrap().to_owned();
        let path = format!("{bin}:{}", std::env::var("PATH").unwrap());
        let target = format!("ext:{name}");
        let mut command = self.bench.command(&["export", "--to", "xml", "--to", &target]);
        command.env("PATH", path);
        command
    }

    /// Nothing has changed, and nothing lives on. The programs' PATH names the stage's own folder.
    fn is_clean(&self) {
        assert_eq!(self.bench.files("out"), self.before);
        let mark = self.bench.path("bin").to_str().unwrap().to_owned();
        let left: Vec<String> = fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| fs::read(entry.ok()?.path().join("environ")).ok())
            .filter(|it| String::from_utf8_lossy(it).contains(&mark))
            .map(|it| String::from_utf8_lossy(&it).into_owned())
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[track_caller]
fn misbehaves(name: &str, texts: &[&str]) {
    let stage = Stage::new(name);
    let began = Instant::now();
    let run = stage.run(name);
    assert!(began.elapsed() < Duration::from_secs(60), "it ends within its limits");
    run.says(2, &[&[&*format!("error: ext:{name}: ")], texts].concat());
    stage.is_clean();
}

macro_rules! misbehaving {
    ($($behaviour:ident: $name:literal, $($text:literal),+;)*) => {
        $(#[test] #[ignore = "needs Python 3"] fn $behaviour() { misbehaves($name, &[$($text),+]); })*
    };
}

misbehaving! {
    silent: "silent", "says no hello within 2 s";
    silent_but_loud: "silent-but-loud", "no hello", "ext:silent-but-loud: \u{fffd}[31mnoise", "… (it says more)";
    dripping: "dripping", "no hello";
    stalling: "stalling", "makes no progress for 2 s";
    slow: "slow", "takes longer than 3 s";
    crashing: "crashing", "ended before", "exit status: 1", "ext:crashing: Traceback: it went wrong here";
    killed: "killed", "ended before", "signal: 11";
    reporting_an_error: "reporting-an-error", "the moon is in the wrong phase";
    colouring: "colouring", "\u{fffd}]0;title\u{fffd}";
    flooding: "flooding", "writes more than 2 MiB";
    flooding_a_line: "flooding-a-line", "a line is longer than 1048576 bytes";
    flooding_reports: "flooding-reports", "writes more than 2 MiB";
    climbing: "climbing", "the file name \"../climbed\"";
    absolute: "absolute", "the file name \"/etc/climbed\"";
    taking_a_name: "taking-a-name", "OFFICES.xml and offices.xml";
    reopening: "reopening", "the file name a is used twice";
    deaf: "deaf", "closed its input before it was sent everything";
    deaf_and_done: "deaf-and-done", "it was sent";
    miscounting: "miscounting", "has read 14 offices; it was sent 15";
    done_early: "done-early", "done";
    done_and_on: "done-and-on", "sends more after it said that it is done";
    done_and_failing: "done-and-failing", "says that it is done, but failed (exit status: 3)";
    done_and_staying: "done-and-staying", "makes no progress for 2 s";
    done_and_closing: "done-and-closing", "does not end within 2 s of closing its output";
    never_done: "never-done", "ended before it was done (exit status: 0)";
    of_the_future: "of-the-future", "speaks protocol 2, 3; this program speaks 1";
    garbage: "garbage", "not a message of the protocol", "Hello, world!";
    garbage_later: "garbage-later", "not a message of the protocol";
    unknown_message: "unknown-message", "chunck";
    unknown_member: "unknown-member", "txet";
    bad_base64: "bad-base64", "invalid Base64";
    cut_off: "cut-off", "its last line has no end";
    two_hellos: "two-hellos", "says hello twice";
    not_hello: "not-hello", "its first message is not hello";
    leaving_a_child: "leaving-a-child", "ended before it was done";
    leaving_a_session: "leaving-a-session", "left a process behind that holds its output open";
}

#[test]
#[ignore = "needs Python 3"]
fn a_daemon_is_ended_without_a_word() {
    let stage = Stage::new("leaving-a-daemon");
    stage.run("leaving-a-daemon").says(0, &["out/bad.txt"]);
    fs::remove_file(stage.bench.path("out/bad.txt")).unwrap();
    fs::write(stage.bench.path("out/manifest.json"), manifest(&stage)).unwrap();
    stage.is_clean();
}

/// The manifest as it was: it names what the program has rightly written.
fn manifest(stage: &Stage) -> Vec<u8> {
    stage.before.iter().find(|(name, _)| name == "manifest.json").unwrap().1.clone()
}

#[test]
#[ignore = "needs Python 3"]
fn a_directory_with_an_error_ends_the_program() {
    let stage = Stage::new("stalling");
    let spoiled = fs::read_to_string(stage.bench.path("directory.json")).unwrap();
    let spoiled = spoiled.replacen("\"kind\": \"office\"", "\"kind\": \"ofice\"", 1);
    fs::write(stage.bench.path("directory.json"), spoiled).unwrap();
    stage.run("stalling").says(1, &["did you mean \"office\"?"]);
    stage.is_clean();
}

#[test]
#[ignore = "needs Python 3"]
fn an_interrupt_ends_the_program() {
    let stage = Stage::new("waiting");
    let mut command = stage.command("waiting");
    let child = command.stderr(Stdio::piped()).spawn().unwrap();
    // Once output is being staged, signals are heard.
    let is_stage = |name: &str| name.starts_with(".officedir-");
    while !stage.bench.files("out").iter().any(|(name, _)| is_stage(name)) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let began = Instant::now();
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let run = Run::new(child.wait_with_output().unwrap());
    run.says(2, &["interrupted; nothing was changed"]);
    assert!(began.elapsed() < Duration::from_secs(20), "it does not wait for the program");
    stage.is_clean();
}

#[test]
fn not_executable() {
    let bench = Bench::new();
    fs::create_dir(bench.path("bin")).unwrap();
    fs::write(bench.path("bin/officedir-writer-inert"), "#!/bin/sh\n").unwrap();
    let mut command = bench.command(&["export", "--to", "ext:inert"]);
    let run = Run::new(command.env("PATH", bench.path("bin")).output().unwrap());
    run.says(2, &["ext:inert: ", "bin/officedir-writer-inert is not executable", "chmod +x"]);
    let config = "[[writer]]\nname = \"inert\"\nprogram = \"bin/officedir-writer-inert\"\n";
    fs::write(bench.path("officedir.toml"), config).unwrap();
    let run = bench.run(&["export", "--to", "ext:inert"]);
    run.says(2, &["ext:inert: cannot start ", "Permission denied"]);
    assert!(!bench.path("out").exists());
}

#[test]
fn missing() {
    let bench = Bench::new();
    let run = bench.run(&["export", "--to", "ext:nowhere"]);
    run.says(2, &["ext:nowhere: there is no officedir-writer-nowhere on PATH", "[[writer]]"]);
    for name in ["", "../x", "A", "a b"] {
        bench
            .run(&["export", "--to", &format!("ext:{name}")])
            .says(2, &["not the name of an external"]);
    }
    let config = "[[writer]]\nname = \"gone\"\nprogram = \"gone\"\n";
    fs::write(bench.path("officedir.toml"), config).unwrap();
    let run = bench.run(&["export", "--to", "ext:gone"]);
    run.says(2, &["ext:gone: cannot start ", "/gone: No such file"]);
    assert!(!bench.path("out").exists());
}

#[test]
fn the_current_folder_is_not_searched() {
    let stage = Stage::new("never-done");
    fs::remove_file(stage.bench.path("officedir.toml")).unwrap();
    fs::rename(stage.bench.path("bin"), stage.bench.path("here")).unwrap();
    for path in ["", ":", "here", "./here", "::here:."] {
        let mut command = stage.bench.command(&["export", "--to", "ext:never-done"]);
        let run = Run::new(command.env("PATH", path).output().unwrap());
        run.says(2, &["there is no officedir-writer-never-done on PATH"]);
    }
}
