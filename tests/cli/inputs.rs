//! An output that is an input is refused, whatever it is called, and before anything is written.

use std::fs::{self, File};
use std::process::Stdio;

use super::run::{Bench, Run};

/// Everything in the folder, but what is in other folders.
fn all(bench: &Bench) -> Vec<(String, Vec<u8>)> {
    bench.files("")
}

#[track_caller]
fn refuses(bench: &Bench, arguments: &[&str], texts: &[&str]) {
    let before = all(bench);
    bench.run(arguments).says(2, texts);
    assert_eq!(all(bench), before, "{arguments:?}");
}

/// The bench with a copy of the directory in lines.
fn with_lines() -> Bench {
    let bench = Bench::new();
    bench.run(&["export", "--to", "ndjson", "--out", "."]).says(0, &[]);
    bench
}

#[test]
fn the_directory_is_no_output_of_its_own_export() {
    let bench = with_lines();
    let selection = ["export", "offices.ndjson", "--to", "ndjson", "--region", "europe"];
    let lost = "cannot write ./offices.ndjson: it is the input offices.ndjson";
    refuses(&bench, &[&selection[..], &["--out", "."]].concat(), &[lost]);
    let folder = bench.path("").display().to_string();
    for out in ["./", "out/..", &folder] {
        fs::create_dir_all(bench.path("out")).unwrap();
        let texts = ["cannot write", "it is the input offices.ndjson"];
        refuses(&bench, &[&selection[..], &["--out", out]].concat(), &texts);
    }
    for file in ["directory.json", "officedir.toml"] {
        fs::write(bench.path("officedir.toml"), "out = \".\"\n").unwrap();
        refuses(
            &bench,
            &["export", "--to", &format!("csv:file={file}")],
            &[file, "it is the input"],
        );
    }
}

#[test]
#[cfg(unix)]
fn links_and_second_names_are_the_same_file() {
    let bench = Bench::new();
    fs::hard_link(bench.path("directory.json"), bench.path("hard.json")).unwrap();
    std::os::unix::fs::symlink("directory.json", bench.path("soft.json")).unwrap();
    fs::create_dir(bench.path("real")).unwrap();
    fs::rename(bench.path("directory.json"), bench.path("real/directory.json")).unwrap();
    std::os::unix::fs::symlink("real/directory.json", bench.path("directory.json")).unwrap();
    std::os::unix::fs::symlink("real", bench.path("folder")).unwrap();
    refuses(&bench, &["export", "--to", "csv:file=hard.json", "--out", "."], &["it is the input"]);
    refuses(
        &bench,
        &["export", "--to", "csv:file=directory.json", "--out", "folder"],
        &["cannot write folder/directory.json: it is the input directory.json"],
    );
    for output in ["hard.json", "soft.json", "folder/directory.json", "./real/../directory.json"] {
        let report = format!("json={output}");
        refuses(&bench, &["validate", "--output-format", &report], &[output, "it is the input"]);
        refuses(&bench, &["calibrate", "--out", output], &[output, "it is the input"]);
    }
    let directory = fs::read_to_string(bench.path("directory.json")).unwrap();
    assert_eq!(directory, include_str!("../../directory.json"));
}

#[test]
fn reports_and_sheets_overwrite_nothing_that_is_read() {
    let bench = Bench::new();
    fs::write(bench.path("officedir.toml"), "").unwrap();
    fs::write(bench.path("other.toml"), "").unwrap();
    fs::write(bench.path("printer.toml"), "offset = [1, 0]\n").unwrap();
    fs::write(bench.path("stock.toml"), "").unwrap();
    for output in ["directory.json", "./directory.json", "officedir.toml", "other.toml"] {
        let report = format!("json={output}");
        let validate = ["validate", "--config", "other.toml", "--output-format", &report];
        refuses(&bench, &validate, &["it is the input"]);
        // The other report is not written either, and nothing is corrected.
        let fix = [&validate[..], &["--fix", "--output-format", "sarif=first.sarif"]].concat();
        refuses(&bench, &fix, &["it is the input"]);
    }
    let used = ["calibrate", "--printer", "printer.toml", "--stock-file", "stock.toml", "--out"];
    for output in ["directory.json", "officedir.toml", "printer.toml", "stock.toml"] {
        refuses(&bench, &[&used[..], &[output]].concat(), &["it is the input"]);
    }
    bench.run(&["validate", "--output-format", "json=report.json"]).says(0, &[]);
    bench.run(&["validate", "--output-format", "json=report.json"]).says(0, &[]);
    refuses(
        &bench,
        &["validate", "report.json", "--output-format", "json=report.json"],
        &["input"],
    );
}

#[test]
fn what_writers_read_is_an_input() {
    let bench = Bench::new();
    for name in ["printer.toml", "stock.toml"] {
        fs::write(bench.path(name), "").unwrap();
    }
    let font = include_bytes!("../../src/typeset/data/NotoSans-Labels.ttf");
    fs::write(bench.path("font.ttf"), font).unwrap();
    let labels = "labels:printer=printer.toml,stock-file=stock.toml,font=font.ttf";
    for name in ["printer.toml", "stock.toml", "font.ttf"] {
        let other = format!("csv:file={name}");
        let export = ["export", "--to", labels, "--to", &other, "--out", "."];
        refuses(&bench, &export, &[name, "it is the input"]);
    }
    fs::create_dir(bench.path("parts")).unwrap();
    fs::write(bench.path("list.txt.j2"), "{% include 'parts/head.txt' %}").unwrap();
    fs::write(bench.path("parts/head.txt"), "head").unwrap();
    let template = ["export", "--to", "template:file=list.txt.j2", "--out", "."];
    bench.run(&template).says(0, &["wrote ./list.txt"]);
    for name in ["list.txt.j2", "parts/head.txt"] {
        let other = format!("csv:file={name}");
        refuses(&bench, &[&template[..], &["--to", &other]].concat(), &[name, "it is the input"]);
    }
    assert_eq!(fs::read_to_string(bench.path("parts/head.txt")).unwrap(), "head");
}

#[test]
#[cfg(unix)]
fn a_program_is_not_overwritten_by_what_it_writes() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    let program = "#!/bin/sh\nprintf '%s\\n' \
                   '{\"hello\":{\"protocols\":[1],\"about\":\"a\",\"file\":\"program\"}}'\n\
                   n=$(grep -c '^{\"office\"')\n\
                   printf '{\"chunk\":{\"text\":\"x\"}}\\n{\"done\":{\"offices\":%d}}\\n' \"$n\"\n";
    fs::write(bench.path("program"), program).unwrap();
    fs::set_permissions(bench.path("program"), fs::Permissions::from_mode(0o755)).unwrap();
    let config = "[[writer]]\nname = \"own\"\nprogram = \"program\"\n";
    fs::write(bench.path("officedir.toml"), config).unwrap();
    refuses(&bench, &["export", "--to", "ext:own", "--out", "."], &["program", "it is the input"]);
    bench.run(&["export", "--to", "ext:own"]).says(0, &["wrote out/program"]);
}

#[test]
fn parts_do_not_overwrite_what_they_are_merged_from() {
    let bench = with_lines();
    let lines = File::open(bench.path("offices.ndjson")).unwrap();
    let part = bench.command(&["validate", "--part"]).stdin(lines).output().unwrap();
    fs::write(bench.path("parts.ndjson"), part.stdout).unwrap();
    let merge = ["validate", "--merge", "--offices", "15", "parts.ndjson", "--references"];
    for name in ["parts.ndjson", "directory.json"] {
        refuses(&bench, &[&merge[..], &[name]].concat(), &["it is the input"]);
    }
    bench.run(&[&merge[..], &["references.json"]].concat()).says(0, &[]);
}

#[test]
#[cfg(unix)]
fn standard_streams_are_files_too() {
    let bench = with_lines();
    let before = all(&bench);
    let open = |name: &str| File::open(bench.path(name)).unwrap();
    let append = |name: &str| File::options().append(true).open(bench.path(name)).unwrap();
    let from_lines = ["export", "-", "--to", "ndjson", "--out", "."];
    let output = bench.command(&from_lines).stdin(open("offices.ndjson")).output().unwrap();
    Run::new(output).says(2, &["it is the input on standard input"]);
    let cases: [(&[&str], &str, &str); 5] = [
        (&["validate"], "", "directory.json"),
        (&["validate", "-"], "offices.ndjson", "offices.ndjson"),
        (&["export", "--to", "csv", "--out", "-"], "", "directory.json"),
        (&["export", "-", "--to", "ndjson", "--out", "-"], "offices.ndjson", "offices.ndjson"),
        (&["diff", "directory.json", "directory.json"], "", "directory.json"),
    ];
    for (arguments, from, to) in cases {
        let mut command = bench.command(arguments);
        command.stdin(if from.is_empty() { Stdio::null() } else { open(from).into() });
        let output = command.stdout(append(to)).output().unwrap();
        Run::new(output).says(2, &["cannot write to standard output", "the input"]);
    }
    let script = "\"$0\" validate --output-format json=/dev/stdout >> directory.json";
    bench.shell_as_nobody(script, &[]).says(2, &["cannot write", "the input directory.json"]);
    let script = "\"$0\" validate --output-format json=/dev/fd/3 3>> directory.json";
    bench.shell_as_nobody(script, &[]).says(2, &["cannot write /dev/fd/3", "directory.json"]);
    assert_eq!(all(&bench), before);
    // Another file, a device or the same pipe on both sides is nobody's loss.
    let other = File::create(bench.path("other.txt")).unwrap();
    let output = bench.command(&["validate"]).stdout(other).output().unwrap();
    Run::new(output).says(0, &[]);
    let null = File::options().read(true).write(true).open("/dev/null").unwrap();
    let mut command = bench.command(&["validate"]);
    let output = command.stdin(null.try_clone().unwrap()).stdout(null).output().unwrap();
    Run::new(output).says(0, &[]);
}
