//! Bad input gets one clear message and the right exit code, and `out/` stays as it was.

use std::fs;

use super::run::Bench;

const DIRECTORY: &str = include_str!("../../directory.json");

/// Exports once, spoils the directory, and expects the next export to say why it stops.
#[track_caller]
fn spoiled(from: &str, to: &str, code: i32, texts: &[&str]) {
    assert!(DIRECTORY.contains(from), "{from:?} is in the directory");
    let bench = Bench::new();
    bench.run(&["export"]).says(0, &[]);
    let before = bench.files("out");
    fs::write(bench.path("directory.json"), DIRECTORY.replacen(from, to, 1)).unwrap();
    bench.run(&["export"]).says(code, texts);
    bench.run(&["validate"]).says(code, texts);
    bench.run(&["export", "--check"]).says(code, texts);
    let to_stdout = bench.run(&["export", "--to", "xml", "--out", "-"]);
    to_stdout.says(code, texts);
    assert_eq!(to_stdout.stdout(), "");
    assert_eq!(bench.files("out"), before);
}

#[test]
fn broken_json() {
    spoiled("\"name\": \"ICLEI\",", "\"name\": \"ICLEI\"", 1, &["directory.json:5:5", "syntax/"]);
    spoiled("{", "", 1, &["directory.json:", "syntax/"]);
}

#[test]
fn schema_errors() {
    spoiled(
        "\"addresses\":",
        "\"adresses\":",
        1,
        &["directory.json:43:7", "\"adresses\"", "did you mean \"addresses\"?"],
    );
    spoiled("\"kind\": \"office\"", "\"kind\": \"ofice\"", 1, &["did you mean \"office\"?"]);
    spoiled("\"+4922897629900\"", "\"0228/9762990\"", 1, &["directory.json:63:21", "E.164"]);
    spoiled("\"postal_code\": \"53113\"", "\"postal_code\": 53113", 1, &["directory.json:53:26"]);
    spoiled("\"name\": \"Europe\"", "\"name\": \"Eur\\u202eope\"", 1, &["U+202E"]);
}

#[test]
fn references() {
    spoiled(
        "\"region\": \"africa\"",
        "\"region\": \"africa\", \"parent\": \"european-secretariot\"",
        1,
        &[
            "directory.json:205:37",
            "european-secretariot",
            "did you mean \"european-secretariat\"?",
        ],
    );
    spoiled("\"region\": \"africa\"", "\"region\": \"afrika\"", 1, &["did you mean \"africa\"?"]);
    spoiled(
        "\"id\": \"european-secretariat\"",
        "\"id\": \"world-secretariat\"",
        1,
        &["world-secretariat", "directory.json:40:13"],
    );
    spoiled(
        "\"name\": \"Southeast Asia\",\n      \"parent\": \"south-and-southeast-asia\"",
        "\"name\": \"Southeast Asia\",\n      \"parent\": \"southeast-asia\"",
        1,
        &["southeast-asia → southeast-asia"],
    );
}

#[test]
fn files_that_cannot_be_read() {
    let bench = Bench::new();
    bench.run(&["export", "missing.json"]).says(2, &["missing.json", "No such file"]);
    bench.run(&["validate", "."]).says(2, &["cannot read ."]);
    assert!(bench.files("out").is_empty());
    for text in ["", "[]", "null", "7", "\"x\"", "{}", "{\"offices\": 1}", "\u{feff}", "[[[["] {
        Bench::with(text).run(&["validate"]).says(1, &["directory.json:1:"]);
    }
    Bench::with(b"{\"a\": \"\xff\"}").run(&["validate"]).says(1, &["directory.json:1:8", "UTF-8"]);
}

#[test]
fn misuse() {
    let bench = Bench::new();
    let cases: [(&[&str], &[&str]); 10] = [
        (&["export", "--to", "xlm"], &["unknown writer \"xlm\"", "did you mean \"xml\"?"]),
        (&["export", "--to", "xml:fiel=x"], &["xml: unknown option \"fiel\""]),
        (&["export", "--to", "xml:file=../x"], &["xml: the file name"]),
        (
            &["export", "--to", "xml", "--to", "xml"],
            &["the file name offices.xml is used twice", "file=…"],
        ),
        (&["export", "--to", "xml", "--to", "xml:file=b.xml", "--out", "-"], &["single target"]),
        (&["export", "--id", "japan-ofice"], &["did you mean \"japan-office\"?"]),
        (&["export", "--region", "europa"], &["did you mean \"europe\"?"]),
        (
            &["export", "--region", "Asia"],
            &["did you mean \"east-asia\" or \"south-and-southeast-asia\" or"],
        ),
        (&["export", "--kind", "ofice"], &["did you mean \"office\"?"]),
        (&["export", "--country", "FR"], &["no office is selected"]),
    ];
    for (arguments, texts) in cases {
        bench.run(arguments).says(2, texts);
    }
    bench.run(&["exprot"]).says(2, &["export"]);
    bench.run(&["export", "--verbos"]).says(2, &[]);
    assert!(bench.files("out").is_empty());
}

#[test]
fn folders_that_cannot_be_written() {
    let bench = Bench::new();
    fs::write(bench.path("file"), "x").unwrap();
    for out in ["file", "file/out", "/proc/out"] {
        bench.run(&["export", "--out", out]).says(2, &[out]);
    }
    fs::create_dir_all(bench.path("out/offices.xml")).unwrap();
    bench.run(&["export"]).says(2, &["offices.xml"]);
    assert_eq!(bench.files("out").len(), 1, "nothing else came to be, not even for a moment's use");
    assert_eq!(fs::read(bench.path("file")).unwrap(), b"x");
}

#[test]
fn files_that_are_named_and_not_there() {
    let bench = Bench::new();
    let commands: [&[&str]; 9] = [
        &["export", "--config"],
        &["export", "--to", "labels", "--printer"],
        &["export", "--part", "--to", "csv:dialect=full", "--header"],
        &["export", "--part", "--to", "csv:dialect=full", "--references"],
        &["validate", "--config"],
        &["writers", "--config"],
        &["writers", "csv", "--config"],
        &["writers", "check", "list", "--config"],
        &["stock", "--stock-file"],
    ];
    for command in commands {
        let run = bench.run(&[command, &["nosuch"]].concat());
        run.says(2, &["error: ", "nosuch"]);
        assert_eq!(run.stdout(), "", "{command:?}");
    }
    assert!(bench.files("out").is_empty());
}

/// Files of ours that have an array in the place of an object.
#[test]
fn arrays_for_objects() {
    let bench = Bench::new();
    fs::create_dir(bench.path("out")).unwrap();
    for manifest in ["[{}]", "{\"files\":{\"offices.csv\":[1,\"00\"]}}"] {
        fs::write(bench.path("out/manifest.json"), manifest).unwrap();
        bench.run(&["export"]).says(2, &["out/manifest.json: ", "sequence, expected an object"]);
        assert_eq!(bench.files("out").len(), 1);
    }
    let stock = "stock = [[\"own\", \"sheet\", \"Own\", \"1\", [], [210.0, 297.0], [1, 1]]]\n";
    fs::write(bench.path("own.toml"), stock).unwrap();
    bench.run(&["stock", "--stock-file", "own.toml"]).says(2, &["own.toml", "an object"]);
}

/// One array for each object that the schema knows; all of them were read, and laid out as objects.
#[test]
fn arrays_in_the_directory() {
    let address = "{\"uses\":[\"postal\"],\"address_lines\":[\"Weg 1\"],\"locality\":\"Bonn\",\
                   \"postal_code\":\"53113\",\"country\":\"DE\",\"printed\":[\"postal\"]}";
    let office = format!(
        "{{\"id\":\"a\",\"name\":\"A\",\"kind\":\"office\",\"alternate_names\":[[\"A\",\"de\"]],\"addresses\":[{address}],\
         \"phones\":[[\"voice\",\"+4922897629900\"]],\"websites\":[[\"https://x.org\"]],\"source\":[\"d.txt\",[1,2],[\"a\"]],\
         \"notes\":[[\"/name\",\"x\"]]}}"
    );
    let header = "{\"organization\":[\"X\",\"https://x.org\"],\"regions\":[[\"r\",\"R\"]]";
    let document = format!("{header},\"offices\":[{office}]}}");
    let bench = Bench::with(&document);
    fs::write(bench.path("d.ndjson"), format!("{header}}}\n{office}\n")).unwrap();
    let places = ["/organization", "/regions/0"];
    let of_office =
        ["alternate_names/0", "addresses/0/printed", "phones/0", "websites/0", "source", "notes/0"];
    for name in ["directory.json", "d.ndjson"] {
        let run = bench.run(&["validate", name, "--output-format", "json"]);
        run.says(1, &["\"errors\": 8"]);
        let found: serde_json::Value = serde_json::from_str(&run.stdout()).unwrap();
        let found = found["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["pointer"].as_str().unwrap().to_owned());
        let expected = places.iter().map(|it| (*it).to_owned());
        let expected = expected.chain(of_office.iter().map(|it| format!("/offices/0/{it}")));
        assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{name}");
        bench.run(&["export", name]).says(1, &[]);
    }
    bench.run(&["fmt"]).says(1, &["run officedir validate"]);
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), document);
    assert!(bench.files("out").is_empty());
}
