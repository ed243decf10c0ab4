//! Directories of one office per line.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::run::{Bench, Run};

/// The directory of the bench with one office per line.
fn lines(bench: &Bench) -> String {
    let run = bench.run(&["export", "--to", "ndjson", "--out", "-"]);
    run.says(0, &[]);
    run.stdout()
}

/// Runs the command with that on its standard input.
pub fn piped(bench: &Bench, arguments: &[&str], input: &str) -> Run {
    let mut command = bench.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that has seen enough closes its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Run::new(child.wait_with_output().unwrap())
}

#[test]
fn lines_give_what_the_document_gives() {
    let bench = Bench::new();
    bench.run(&["export"]).says(0, &[]);
    fs::write(bench.path("directory.ndjson"), lines(&bench)).unwrap();
    bench.run(&["export", "directory.ndjson", "--out", "o"]).says(0, &[]);
    assert!(bench.files("out").len() > 4);
    assert!(bench.files("out") == bench.files("o"));
}

#[test]
fn standard_input_blank_lines_and_no_end() {
    let bench = Bench::new();
    let text = lines(&bench).replace('\n', "\r\n\n");
    let run = piped(&bench, &["export", "-", "--to", "csv", "--out", "-"], text.trim());
    run.says(0, &[]);
    let whole = bench.run(&["export", "--to", "csv", "--out", "-"]);
    assert_eq!(run.stdout(), whole.stdout());
}

#[test]
fn no_header() {
    let bench = Bench::new();
    let text = lines(&bench);
    let offices = text.split_once('\n').unwrap().1;
    piped(&bench, &["validate", "-"], offices).says(0, &["-: 15 offices, 0 errors"]);
    let run = piped(&bench, &["export", "-", "--to", "vcard", "--out", "-"], offices);
    assert!(run.stdout().contains("\r\nFN:Japan Office\r\n"), "{}", run.stdout());
}

#[test]
fn findings_name_the_line() {
    let bench = Bench::new();
    let text = lines(&bench);
    let parent = "\"kind\":\"office\",\"parent\":\"european-secretary\"";
    let text = text.replacen("\"kind\":\"office\"", parent, 1);
    let text = text.replacen("\"id\":\"japan-office\"", "\"id\":\"world-secretariat\"", 1);
    let said = [
        "directory.ndjson:4:",
        "the parent office \"european-secretary\" does not exist",
        "did you mean \"european-secretariat\"?",
        "error[office/duplicate-id]",
        "directory.ndjson:7:7",
        "directory.ndjson:2:7",
    ];
    fs::write(bench.path("directory.ndjson"), text).unwrap();
    bench.run(&["validate", "directory.ndjson"]).says(1, &said);
    fs::write(bench.path("directory.ndjson"), b"{\"id\":\"a\"\n\n\xff\n").unwrap();
    let said = ["directory.ndjson:1:", "directory.ndjson:3:1: error[syntax/encoding]"];
    bench.run(&["validate", "directory.ndjson", "--output-format", "concise"]).says(1, &said);
}

#[test]
fn a_document_is_not_lines() {
    let bench = Bench::new();
    let text = fs::read_to_string(bench.path("directory.json")).unwrap();
    let one_line = serde_json::from_str::<serde_json::Value>(&text).unwrap().to_string();
    let said = ["cannot read x.ndjson: it is one JSON document", "name it .json"];
    let arguments = ["validate", "--stdin-filename", "x.ndjson"];
    piped(&bench, &arguments, &one_line).says(2, &said);
    let long = format!("[\"{}", "x".repeat(17 << 20));
    piped(&bench, &arguments, &long).says(2, &["line 1 is longer than"]);
    // Without a name it is what its text is.
    piped(&bench, &["validate", "-"], &long).says(1, &["syntax/json"]);
}

/// Every way to give a command nothing, by the file's name; `-` is standard input.
fn nothing(bench: &Bench, nothing: &str) -> Vec<&'static str> {
    let gzip = || {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(nothing.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let zstandard = || {
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        ruzstd::encoding::compress_to_vec(nothing.as_bytes(), level)
    };
    let files = [
        ("n.json", nothing.as_bytes().to_vec()),
        ("n.ndjson", nothing.as_bytes().to_vec()),
        ("n.jsonl", nothing.as_bytes().to_vec()),
        ("n.json.gz", gzip()),
        ("n.json.zst", zstandard()),
        ("n.ndjson.gz", gzip()),
        ("n.ndjson.zst", zstandard()),
        // What a compressor leaves that was killed.
        ("m.json.gz", Vec::new()),
        ("m.ndjson.gz", Vec::new()),
        ("m.ndjson.zst", Vec::new()),
    ];
    for (name, bytes) in &files {
        fs::write(bench.path(name), bytes).unwrap();
    }
    files.iter().map(|(name, _)| *name).chain(["-"]).collect()
}

#[test]
fn nothing_is_not_a_directory() {
    for text in ["", "\n", " \r\n\t\n\n"] {
        let bench = Bench::new();
        for name in nothing(&bench, text) {
            let said = [name, "1:1", "the file is empty", "help: begin with "];
            piped(&bench, &["validate", name], text).says(1, &said);
            piped(&bench, &["export", name], text).says(1, &said);
            let run = piped(&bench, &["export", name, "--to", "csv", "--out", "-"], text);
            run.says(1, &said);
            assert_eq!(run.stdout(), "");
        }
        piped(&bench, &["show", "--file", "-"], text).says(1, &["the file is empty"]);
        piped(&bench, &["context", "--directory", "-"], text).says(1, &["the file is empty"]);
        assert_eq!(bench.files("out"), []);
    }
}

#[cfg(unix)]
#[test]
fn nothing_comes_through_a_pipe_with_a_name() {
    let bench = Bench::new();
    for name in ["p.ndjson", "p.json"] {
        let path = bench.path(name);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let writer = std::thread::spawn(move || fs::write(path, ""));
        bench.run(&["export", name]).says(1, &["the file is empty"]);
        writer.join().unwrap().unwrap();
    }
    assert_eq!(bench.files("out"), []);
}

#[test]
fn a_header_alone_is_a_directory_without_offices() {
    let bench = Bench::new();
    let header = "{\"organization\":{\"name\":\"X\"}}";
    for text in [header.to_owned(), format!("\u{feff}{header}\r\n\r\n")] {
        piped(&bench, &["validate", "-"], &text).says(0, &["-: 0 offices, 0 errors"]);
        piped(&bench, &["export", "-", "--to", "csv"], &text).says(0, &["wrote "]);
    }
}

#[test]
fn the_header_is_as_strict_as_in_a_document() {
    let header = "{\"organization\":{\"name\":\"X\"},\"organization\":{\"name\":\"Y\",\"n\\u0061me\":\"Z\"},\
                  \"regions\":[{\"id\":\"r\",\"id\":\"s\",\"name\":\"R\"}]}";
    let office = "{\"id\":\"a\",\"name\":\"A\",\"kind\":\"office\",\"region\":\"s\"}";
    let said = [
        ":1:30: error[syntax/duplicate-key]: this object has the member \"organization\" twice",
        ":1:57: error[syntax/duplicate-key]: this object has the member \"name\" twice",
        ":1:95: error[syntax/duplicate-key]: this object has the member \"id\" twice",
        "1 office, 3 errors",
    ];
    let bench = Bench::new();
    let text = format!("{header}\r\n{office}\r\n");
    fs::write(bench.path("d.ndjson"), &text).unwrap();
    let document = header.replacen("]}", &format!("],\"offices\":[{office}]}}"), 1);
    fs::write(bench.path("d.json"), &document).unwrap();
    for name in ["d.ndjson", "d.json", "-"] {
        piped(&bench, &["validate", name, "--output-format", "concise"], &text).says(1, &said);
        piped(&bench, &["export", name], &text).says(1, &[":1:30", "twice"]);
        piped(&bench, &["show", "--file", name], &text).says(1, &[":1:30", "twice"]);
    }
    assert_eq!(bench.files("out"), []);
}

#[test]
fn what_is_wrong_with_a_header_is_found_on_its_line() {
    let deep = format!("{{\"organization\":{{\"name\":{}1{}}}}}", "[".repeat(130), "]".repeat(130));
    let long = format!("{{\"organization\":{{\"name\":\"{}\"}}}}", "x".repeat(17 << 20));
    let cases: [(&[u8], i32, &[&str]); 9] = [
        (b"{\"organization\":{\"name\":\"X\",}}", 1, &["-:1:28", "syntax/trailing-comma"]),
        (b"{\"organization\":{\"name\":1e400}}", 1, &["-:1:25", "syntax/number"]),
        (deep.as_bytes(), 1, &["-:1:", "syntax/nesting"]),
        (b"{\"organization\":{\"name\":\"\xff\"}}", 1, &["-:1:26", "syntax/encoding"]),
        (long.as_bytes(), 2, &["line 1 is longer than"]),
        (b"{\"organization\":{\"name\":\"X\"},\"offices\":[]}", 2, &["name it .json"]),
        (
            b"{\"organization\":[\"X\"]}",
            1,
            &["-:1:17", "schema/type", "expected an object, found an array"],
        ),
        (
            b"{\"organization\":{\"name\":\"X\"},\"region\":[]}",
            1,
            &["-:1:30", "did you mean \"regions\"?"],
        ),
        (
            b"\xef\xbb\xbf{\"organization\":{\"name\":\"X \"}}",
            1,
            &["-:1:1", "byte-order-mark", "-:1:28", "schema/value"],
        ),
    ];
    let bench = Bench::new();
    for (header, code, said) in cases {
        fs::write(bench.path("d.ndjson"), header).unwrap();
        let said: Vec<String> = said.iter().map(|it| it.replace("-:1", "d.ndjson:1")).collect();
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        bench.run(&["validate", "d.ndjson", "--output-format", "concise"]).says(code, &said);
    }
}

#[test]
fn a_header_stands_on_the_first_line_only() {
    let bench = Bench::new();
    let header = "{\"organization\":{\"name\":\"X\"}}";
    let office = "{\"id\":\"a\",\"name\":\"A\",\"kind\":\"office\"}";
    let said = ["-:2:2: error[schema/unknown-member]", "unknown member \"organization\""];
    for text in [
        format!("{office}\n{header}\n"),
        format!("{header}\n{header}\n"),
        format!("\n{header}\n{office}\n"),
    ] {
        piped(&bench, &["validate", "-", "--output-format", "concise"], &text).says(1, &said);
    }
    let text = format!("{office}\n{header}\n");
    piped(&bench, &["validate", "-"], &text).says(1, &["it is on the first line"]);
}
