//! What commands print, as a whole: `golden/NAME.txt` has the command line, standard output, standard error behind
//! `2>`, and the exit code. Other tests look at the part that they are about.

use std::fs;

use super::golden_files::Goldens;
use super::run::{Bench, Run};

/// A directory with a mistake of each sort: syntax is another file's business.
const BROKEN: &str = r#"{
  "organization": { "name": "Example" },
  "regions": [{ "id": "africa", "name": "Africa" }],
  "offices": [
    {
      "id": "head-office",
      "name": "Head Office",
      "kind": "ofice",
      "region": "afrika",
      "parent": "hq",
      "addresses": [
        { "uses": ["postal"], "address_lines": ["Main Street 1"], "locality": "Bern", "postal_code": "CH-3000", "country": "CH" }
      ],
      "phones": [{ "type": "voice", "number": "031 123 45 67" }]
    }
  ]
}
"#;

/// Names of the goldens, with the commands that are run one after the other.
const TRANSCRIPTS: [(&str, &[&str]); 9] = [
    (
        "help",
        &[
            "--help",
            "calibrate --help",
            "context --help",
            "diff --help",
            "explain --help",
            "export --help",
            "fmt --help",
            "init --help",
            "migrate --help",
            "schema --help",
            "show --help",
            "stock --help",
            "validate --help",
            "writers --help",
        ],
    ),
    ("show", &["show japan-office south-america-secretariat", "show japan-office --from JP"]),
    ("writers", &["writers"]),
    ("explain", &["explain postal/postcode"]),
    ("stock", &["stock envelope", "stock show avery-l7160"]),
    (
        "diff",
        &[
            "diff directory.json changed.json",
            "diff directory.json changed.json --output-format markdown",
            "diff directory.json changed.json --output-format json --exit-code",
        ],
    ),
    (
        "validate",
        &[
            "validate directory.json",
            "validate broken.json",
            "validate broken.json --output-format concise",
            "validate broken.json --output-format json",
        ],
    ),
    ("export", &["export --to csv --check", "export --to csv -q", "export --to csv --check"]),
    (
        "errors",
        &[
            "export --to vcrd",
            "export --to csv:dialekt=excel",
            "export --id japan-ofice",
            "show japan-ofice",
            "validate missing.json",
            "explain postal/postkode",
            "stock show avery-l7169",
            "validate --fixx",
            "validate --output-format sarif=missing/a.sarif",
            "export --to csv:file=a.csv,file=b.csv",
        ],
    ),
];

#[test]
fn commands_print_what_the_goldens_have() {
    let directory = include_str!("../../directory.json");
    let bench = Bench::with(directory);
    let changed = directory
        .replace("\"name\": \"Japan Office\"", "\"name\": \"1. Japan *Office*\"")
        .replace("\"postal_code\": \"105-0003\"", "\"postal_code\": \"105-0004\"");
    fs::write(bench.path("changed.json"), changed).unwrap();
    fs::write(bench.path("broken.json"), BROKEN).unwrap();
    let mut goldens = Goldens::new("tests/cli/golden", "--test cli transcripts");
    for (name, commands) in TRANSCRIPTS {
        let shown: Vec<String> = commands.iter().map(|it| transcript(&bench, it)).collect();
        goldens.check(&format!("{name}.txt"), &shown.join("\n"));
    }
    goldens.finish();
}

/// A command with all that it printed.
fn transcript(bench: &Bench, command: &str) -> String {
    let mut process = bench.command(&command.split(' ').collect::<Vec<_>>());
    // As wide as a terminal that nobody has widened.
    let run = Run::new(process.env("COLUMNS", "80").output().unwrap());
    let errors: String = run.stderr().lines().map(|line| format!("2> {line}\n")).collect();
    format!("$ officedir {command}\n{}{errors}exit code {}\n", run.stdout(), run.code())
}
