//! Signals and limits while files are written.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::run::{Bench, Run};
use super::{TARGETS, directory, files};

/// An interrupt ends an export within a second. On a machine whose disk and processors are busy with other builds the
/// same was seen to take 80, so this only tells an end from none.
const PATIENCE: Duration = Duration::from_secs(300);

/// By ourselves: a report is written in less time than it takes to start `kill`.
fn send(signal: Signal, child: &Child) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

/// A bench with an export that has been going on for long enough to have a stage.
fn staging(script: &str) -> (Bench, Child, super::Files) {
    let bench = Bench::with(directory(10, "Old"));
    super::export(&bench).says(0, &[]);
    let before = files(&bench);
    fs::write(bench.path("directory.json"), directory(4_000, "New")).unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_officedir"), "export"]).args(TARGETS);
    let child = command.current_dir(bench.path("")).stderr(Stdio::piped()).spawn().unwrap();
    while fs::read_dir(bench.path("out")).unwrap().count() == before.len() {
        std::thread::sleep(Duration::from_millis(1));
    }
    (bench, child, before)
}

#[test]
fn every_signal_that_interrupts_leaves_nothing() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let (bench, child, before) = staging("exec \"$0\" \"$@\"");
        let sent = Instant::now();
        send(signal, &child);
        if signal == Signal::HUP {
            // A terminal that is closed sends it again.
            let _ = kill_process(Pid::from_child(&child), Signal::HUP);
        }
        let output = child.wait_with_output().unwrap();
        let took = sent.elapsed();
        assert!(took < PATIENCE, "{signal:?}: {took:?}");
        Run::new(output).says(2, &["interrupted; nothing was changed"]);
        assert_eq!(files(&bench), before, "{signal:?}");
    }
}

/// Pages and labels are made for minutes before a file of them is begun, and a template may compute without an end.
#[test]
fn what_writes_nothing_yet_is_interrupted() {
    let bench = Bench::with(directory(3, "Old"));
    super::export(&bench).says(0, &[]);
    let before = files(&bench);
    fs::write(bench.path("directory.json"), directory(4_000, "New")).unwrap();
    let slow = "{% for office in offices %}{% for i in range(9999) %}{% endfor %}{% endfor %}";
    fs::write(bench.path("slow.txt.j2"), slow).unwrap();
    let labels = ["labels:stock=avery-l7163,qr", "labels:stock=avery-l7163,qr,sort=id"];
    for target in ["html", "template:file=slow.txt.j2"].into_iter().chain(labels) {
        let mut command = bench.command(&["export", "--to", target]);
        let child = command.stderr(Stdio::piped()).spawn().unwrap();
        while fs::read_dir(bench.path("out")).unwrap().count() == before.len() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(500));
        let sent = Instant::now();
        send(Signal::INT, &child);
        let output = child.wait_with_output().unwrap();
        let took = sent.elapsed();
        assert!(took < PATIENCE, "{target}: {took:?}");
        Run::new(output).says(2, &["interrupted; nothing was changed"]);
        assert_eq!(files(&bench), before, "{target}");
    }
}

/// As `nohup` does it, and shells for what runs in the background.
#[test]
#[cfg(target_os = "linux")]
fn signals_that_were_ignored_before_stay_ignored() {
    for (name, signal) in [("HUP", Signal::HUP), ("INT", Signal::INT)] {
        let script = format!("trap '' {name}; exec \"$0\" \"$@\"");
        let (bench, child, before) = staging(&script);
        send(signal, &child);
        Run::new(child.wait_with_output().unwrap()).says(0, &["wrote out/offices.xml"]);
        assert_ne!(files(&bench), before, "{signal:?}");
    }
}

/// Single files: whenever the signal comes, the report is the old or the new one as a whole, and nothing
/// lies beside it.
#[test]
fn reports_are_whole_or_not_written() {
    let bench = Bench::with(directory(3_000, "Office"));
    fs::create_dir(bench.path("reports")).unwrap();
    let arguments = ["validate", "-q", "--output-format", "json=reports/a.json"];
    let mut taken_back = 0;
    for attempt in 0..60 {
        fs::write(bench.path("reports/a.json"), "old").unwrap();
        let mut command = bench.command(&arguments);
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let began = Instant::now();
        while fs::read_dir(bench.path("reports")).unwrap().count() == 1 {
            assert!(began.elapsed() < Duration::from_secs(60), "no report is written");
            let report = fs::metadata(bench.path("reports/a.json")).unwrap();
            if report.len() != 3 {
                break;
            }
        }
        send([Signal::INT, Signal::TERM, Signal::HUP][attempt % 3], &child);
        let output = child.wait_with_output().unwrap();
        let names: Vec<String> = bench.files("reports").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.json"], "attempt {attempt}");
        let report = fs::read(bench.path("reports/a.json")).unwrap();
        match output.status.code() {
            Some(2) => assert!(String::from_utf8_lossy(&output.stderr).contains("interrupted")),
            Some(code) => assert!(code < 2 && report != b"old", "attempt {attempt}"),
            None => assert!(output.status.signal().is_some()),
        }
        if report == b"old" {
            assert_eq!(output.status.code(), Some(2), "attempt {attempt}");
            taken_back += 1;
        } else {
            assert!(report.ends_with(b"}\n"), "attempt {attempt}");
        }
        if taken_back == 3 {
            return;
        }
    }
    assert!(taken_back > 0, "no report was interrupted");
}

#[test]
fn a_killed_report_is_swept_by_the_next_run() {
    let bench = Bench::with(directory(3_000, "Office"));
    fs::create_dir(bench.path("reports")).unwrap();
    let arguments = ["validate", "-q", "--output-format", "json=reports/a.json"];
    let entries = || fs::read_dir(bench.path("reports")).unwrap();
    for _ in 0..60 {
        let _ = fs::remove_file(bench.path("reports/a.json"));
        let mut child = bench.command(&arguments).stdout(Stdio::null()).spawn().unwrap();
        while entries().count() == 0 {}
        child.kill().unwrap();
        child.wait().unwrap();
        let left: Vec<_> =
            entries().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        if left.iter().any(|name| name.starts_with(".officedir-") && name.ends_with(".tmp")) {
            bench.run(&["calibrate", "--out", "reports/sheet.pdf"]).says(0, &[]);
            let names: Vec<String> =
                bench.files("reports").into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, ["sheet.pdf"]);
            return;
        }
    }
    panic!("no report was killed");
}

/// A limit on the size of files is an error of the write that meets it, and kills nobody.
#[test]
fn file_size_limit_of_every_command() {
    let ndjson = Bench::with(directory(500, "Office"));
    ndjson.run(&["export", "--to", "ndjson", "--out", "."]).says(0, &[]);
    let lines = fs::read(ndjson.path("offices.ndjson")).unwrap();
    for command in [
        "export --to xml --out new",
        "export - --to xml --out new < offices.ndjson",
        "validate --output-format json=report.json",
        "validate --fix",
        "validate > report.txt",
        "fmt",
        "calibrate --out sheet.pdf",
        "init fresh",
    ] {
        let text = directory(500, "Office");
        // Findings that are corrected, and make a report.
        let bench = Bench::with(match command.starts_with("validate") {
            true => text.replace("\"kind\":", "\"knd\":"),
            false => text,
        });
        fs::create_dir(bench.path("fresh")).unwrap();
        fs::write(bench.path("offices.ndjson"), &lines).unwrap();
        let before = (bench.files(""), bench.files("fresh"));
        let script = format!("ulimit -f 1; exec \"$0\" {command}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_officedir")]).current_dir(bench.path(""));
        // Temporary files are bounded as well.
        let output = shell.output().unwrap();
        Run::new(output).says(2, &["File too large"]);
        let _ = fs::remove_file(bench.path("report.txt"));
        assert_eq!((bench.files(""), bench.files("fresh")), before, "{command}");
    }
}
