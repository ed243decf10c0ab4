//! Which files a command works on: several, standard input, and those that are found by looking upward.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use officedir::finding::show::FORMATS;

use super::run::{Bench, Run};

const DIRECTORY: &str = include_str!("../../directory.json");

/// The command with a text on standard input.
fn piped(bench: &Bench, arguments: &[&str], text: &[u8]) -> Run {
    let mut command = bench.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text).unwrap();
    Run::new(child.wait_with_output().unwrap())
}

/// Two directories, of which the second has an error at line 180.
fn two() -> Bench {
    let bench = Bench::new();
    for folder in ["a/deep", "b"] {
        fs::create_dir_all(bench.path(folder)).unwrap();
    }
    fs::rename(bench.path("directory.json"), bench.path("a/directory.json")).unwrap();
    fs::write(bench.path("b/directory.json"), broken()).unwrap();
    bench
}

fn broken() -> String {
    DIRECTORY.replace("\"1040\"", "\"104\"")
}

#[test]
fn every_format_has_the_findings_of_all_files() {
    let bench = two();
    for format in FORMATS {
        let arguments = ["validate", "--output-format", format.name];
        let run = bench.run(&[&arguments[..], &["a/directory.json", "b/directory.json"]].concat());
        let (text, each) = (run.stdout(), ["a/directory.json", "b/directory.json"]);
        run.says(1, &["postal/postcode", each[0], each[1]]);
        // Office by office the same findings, and each of them by a name of its own.
        let alone = each.map(|file| bench.run(&[&arguments[..], &[file]].concat()).stdout());
        let count = |text: &str| text.matches("Probably 1536 Wynkoop St.").count();
        assert_eq!(count(&text), count(&alone[0]) + count(&alone[1]), "{}", format.name);
        if matches!(format.name, "json" | "gitlab" | "sarif" | "rdjson") {
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            let list = [&value["findings"], &value["runs"][0]["results"], &value["diagnostics"]];
            let list = list.into_iter().find_map(|it| it.as_array()).or(value.as_array()).unwrap();
            assert_eq!(list.len(), 15, "{}", format.name);
            let name = |it: &serde_json::Value| match format.name {
                "gitlab" => it["fingerprint"].to_string(),
                "sarif" => it["partialFingerprints"].to_string(),
                _ => it.to_string(),
            };
            let mut names: Vec<_> = list.iter().map(name).collect();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), 15, "{}", format.name);
        }
    }
    let people = bench.run(&["validate", "a/directory.json", "b/directory.json"]);
    people.says(1, &["2 files: 1 error, 14 warnings"]);
}

#[test]
fn one_that_cannot_be_read_keeps_nobody_from_the_others() {
    let bench = two();
    bench
        .run(&["validate", "none.json", "b/directory.json"])
        .says(2, &["cannot read none.json", "postal/postcode", "b/directory.json:180:26"]);
    fs::write(bench.path("b/directory.json"), DIRECTORY.replace("  ", " ")).unwrap();
    bench
        .run(&["fmt", "none.json", "b/directory.json"])
        .says(2, &["cannot read none.json", "reformatted b/directory.json"]);
    bench.run(&["fmt", "--check", "a/directory.json", "b/directory.json"]).says(0, &[]);
}

#[test]
fn suppressions_of_one_configuration_are_unused_only_if_no_file_uses_them() {
    let bench = two();
    let suppress = |office: &str| {
        format!("[[suppress]]\nrule = \"postal/postcode\"\noffice = \"{office}\"\nreason = \"x\"\n")
    };
    let directories = "directories = [\"a/directory.json\", \"b/directory.json\"]\n";
    let text = directories.to_owned() + &suppress("brussels-office") + &suppress("usa-office");
    fs::create_dir(bench.path(".git")).unwrap();
    fs::write(bench.path("officedir.toml"), text).unwrap();
    for files in
        [["a/directory.json", "b/directory.json"], ["b/directory.json", "a/directory.json"]]
    {
        let run = bench.run(&[&["validate"][..], &files].concat());
        run.says(0, &["15 warnings", "officedir.toml:6:1", "\"usa-office\"", "1 suppressed"]);
        assert_eq!(run.stdout().matches("unused suppression").count(), 1, "{}", run.stdout());
    }
    // Of one of them nobody can tell.
    let run = bench.run(&["validate", "a/directory.json"]);
    run.says(0, &["7 warnings"]);
    assert!(!run.stdout().contains("unused"), "{}", run.stdout());
}

#[test]
fn standard_input_is_any_directory() {
    let bench = Bench::new();
    let value: serde_json::Value = serde_json::from_str(&broken()).unwrap();
    let header =
        serde_json::json!({ "organization": value["organization"], "regions": value["regions"] });
    let offices = value["offices"].as_array().unwrap();
    let lines = offices.iter().map(|it| format!("{it}\n")).collect::<String>();
    let minified = value.to_string();
    for text in
        [broken(), minified.clone(), format!("\n\n{minified}"), format!("{header}\n{lines}")]
    {
        piped(&bench, &["validate", "-"], text.as_bytes())
            .says(1, &["postal/postcode", "-: 15 offices, 1 error, 7 warnings"]);
    }
    piped(&bench, &["show", "--file", "-", "usa-office"], DIRECTORY.as_bytes()).says(0, &["USA"]);
    // Mistakes of syntax are told of what the text is.
    piped(&bench, &["validate", "-"], b"{\n  \"organization\": {\"name\": \"E\"},\n}\n")
        .says(1, &["-:2:", "trailing-comma"]);
    let line = b"{\"id\": \"a\", \"name\": \"A\", \"kind\": \"office\",}\n{\"id\": \"b\"}\n";
    piped(&bench, &["validate", "-"], line).says(1, &["-:1:", "trailing-comma", "2 offices"]);
    piped(&bench, &["validate", "-"], b"").says(1, &[]);
}

#[test]
fn standard_input_has_the_name_that_an_editor_gives_it() {
    let bench = two();
    let text =
        "[[suppress]]\nrule = \"postal/postcode\"\noffice = \"brussels-office\"\nreason = \"x\"\n";
    fs::write(bench.path("b/officedir.toml"), text).unwrap();
    // The file itself need not exist.
    let arguments = ["validate", "--stdin-filename", "b/new.json", "--output-format", "concise"];
    piped(&bench, &arguments, broken().as_bytes()).says(
        0,
        &["b/new.json:513:13: warning", "b/new.json: 15 offices, 0 errors, 7 warnings, 1"],
    );
    // By the name it has one office per line.
    let arguments = ["validate", "-", "--stdin-filename", "b/new.ndjson"];
    piped(&bench, &arguments, b"{\n").says(1, &["b/new.ndjson:1:"]);
    bench
        .run(&["validate", "--stdin-filename", "x.json", "a/directory.json"])
        .says(2, &["standard input, which is not read"]);
    let run = piped(&bench, &["fmt", "-"], DIRECTORY.replace("  ", " ").as_bytes());
    run.says(0, &[]);
    assert_eq!(run.stdout(), DIRECTORY);
    piped(&bench, &["fmt", "--stdin-filename", "b/x.json", "--check"], b"{}\n")
        .says(1, &["b/x.json"]);
}

#[test]
fn looks_upward_for_the_directory_and_its_configuration() {
    let bench = two();
    let run = |folder: &str, arguments: &[&str]| {
        Run::new(bench.command(arguments).current_dir(bench.path(folder)).output().unwrap())
    };
    // Outside of a repository everything above may be somebody else's.
    run("a/deep", &["validate"]).says(2, &["cannot read directory.json"]);
    fs::create_dir(bench.path(".git")).unwrap();
    run("a/deep", &["validate"]).says(0, &["../directory.json: 15 offices"]);
    run("a/deep", &["show", "usa-office"]).says(0, &["USA"]);
    run("a/deep", &["export", "--to", "csv"])
        .says(0, &["exporting ../directory.json", "wrote ../out/offices.csv"]);
    assert!(bench.path("a/out/offices.csv").exists());
    run("a/deep", &["fmt", "--check"]).says(0, &[]);
    run("a/deep", &["context", "--directory", "../directory.json"]).says(0, &["organization"]);
    fs::write(bench.path("officedir.toml"), "out = \"site\"\n").unwrap();
    run("a/deep", &["export", "--to", "csv"]).says(0, &["/site/offices.csv"]);
    assert!(bench.path("site/offices.csv").exists());
    // Up to the root of the repository and no further.
    fs::create_dir(bench.path("a/deep/.git")).unwrap();
    run("a/deep", &["validate"]).says(2, &["cannot read directory.json"]);
}

#[test]
fn a_configuration_may_name_several_directories() {
    let bench = two();
    let toml = "directories = [\"a/directory.json\", \"b/directory.json\"]\n";
    fs::write(bench.path("officedir.toml"), toml).unwrap();
    bench.run(&["validate"]).says(1, &["b/directory.json:180:26", "2 files: 1 error, 14 warnings"]);
    bench.run(&["fmt", "--check"]).says(0, &[]);
    bench
        .run(&["export"])
        .says(2, &["names several directories: a/directory.json, b/directory.json", "name it"]);
    bench.run(&["export", "a/directory.json", "--to", "csv"]).says(0, &["wrote out/offices.csv"]);
    fs::write(bench.path("officedir.toml"), "directories = [\"b/directory.json\"]\n").unwrap();
    bench.run(&["show", "usa-office"]).says(0, &["USA"]);
    for (text, said) in [
        ("directories = \"a\"", "officedir.toml:1:15: \"directories\" takes an array of texts"),
        ("directories = [1]", "officedir.toml:1:16:"),
        ("directorys = []", "did you mean \"directories\"?"),
    ] {
        fs::write(bench.path("officedir.toml"), text).unwrap();
        bench.run(&["validate"]).says(2, &[said]);
    }
}

#[test]
fn colours_by_choice() {
    let bench = Bench::new();
    let is_colored = |arguments: &[&str], variable: &str| {
        let output = bench.command(arguments).env(variable, "1").output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(is_colored(&["validate", "--color", "always"], "NO_COLOR"));
    assert!(is_colored(&["--color=always", "show", "usa-office"], "OTHER"));
    assert!(!is_colored(&["validate", "--color", "never"], "CLICOLOR_FORCE"));
    assert!(is_colored(&["validate", "--color", "auto"], "CLICOLOR_FORCE"));
    bench.run(&["validate", "--color", "sometimes"]).says(2, &["--color"]);
}
