//! `validate` with its options, `explain`, `fmt` and `diff`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use officedir::check::RULES;
use officedir::finding::show::FORMATS;

use super::run::Bench;

const DIRECTORY: &str = include_str!("../../directory.json");

#[test]
fn warns_of_what_the_source_leaves_in_doubt_and_of_nothing_else() {
    let run = Bench::new().run(&["validate", "--output-format", "concise"]);
    run.says(0, &["directory.json: 15 offices, 0 errors, 7 warnings"]);
    assert_eq!(run.stdout().matches("warning[note/doubtful]").count(), 7);
    assert_eq!(run.stdout().lines().count(), 8);
}

#[test]
fn strict_and_suppressions() {
    let bench = Bench::new();
    bench.run(&["validate", "--strict"]).says(1, &["7 errors, 0 warnings"]);
    let suppress = |office: &str| {
        format!(
            "[[suppress]]\nrule = \"note/doubtful\"\noffice = \"{office}\"\nreason = \"Asked.\"\n"
        )
    };
    fs::write(bench.path("officedir.toml"), suppress("usa-office") + &suppress("japan-office"))
        .unwrap();
    bench.run(&["validate"]).says(
        0,
        &[
            "7 warnings, 1 suppressed",
            "officedir.toml:5:1",
            "config/unused-suppression",
            "\"japan-office\"",
        ],
    );
    // What is suppressed does not stop an export either.
    fs::write(bench.path("directory.json"), DIRECTORY.replace("\"1040\"", "\"104\"")).unwrap();
    bench.run(&["export", "--to", "csv"]).says(1, &["postal/postcode", "look like \"4000\""]);
    let text = suppress("brussels-office").replace("note/doubtful", "postal/postcode");
    fs::write(bench.path("officedir.toml"), &text).unwrap();
    bench.run(&["export", "--to", "csv"]).says(0, &[]);
    for (from, to, said) in [
        ("reason", "because", "officedir.toml:4:1"),
        ("postal/postcode", "postal/postcod", "did you mean \"postal/postcode\"?"),
        ("postal/postcode", "schema/type", "unknown rule"),
    ] {
        fs::write(bench.path("officedir.toml"), text.replace(from, to)).unwrap();
        bench.run(&["validate"]).says(2, &[said]);
    }
}

#[test]
fn our_own_directory_has_no_finding_that_is_not_suppressed() {
    let bench = Bench::new();
    fs::write(bench.path("officedir.toml"), include_str!("../../officedir.toml")).unwrap();
    let run = bench.run(&["validate", "--strict"]);
    run.says(0, &["directory.json: 15 offices, 0 errors, 0 warnings, 7 suppressed"]);
    assert_eq!(run.stdout().lines().count(), 1);
}

#[test]
fn severities_of_the_configuration() {
    let bench = Bench::with(DIRECTORY.replace("\"1040\"", "\"104\""));
    let configure = |rules: &str| {
        fs::write(bench.path("officedir.toml"), format!("[severity]\n{rules}\n")).unwrap();
    };
    bench.run(&["export", "--to", "csv"]).says(1, &["postal/postcode"]);
    configure("\"postal/postcode\" = \"warning\"\n\"note/doubtful\" = \"off\"");
    bench.run(&["validate"]).says(0, &["warning[postal/postcode]", "0 errors, 1 warning\n"]);
    bench.run(&["export", "--to", "csv"]).says(0, &["15 offices, 1 warning (officedir validate"]);
    configure("\"note/doubtful\" = \"error\"\n\"postal/postcode\" = \"off\"");
    bench.run(&["validate"]).says(1, &["7 errors, 0 warnings"]);
    bench.run(&["export", "--to", "csv"]).says(1, &["error[note/doubtful]"]);
    for (rules, said) in [
        ("\"postal/postcod\" = \"off\"", "did you mean \"postal/postcode\"?"),
        ("\"postal/postcode\" = \"wraning\"", "did you mean \"warning\"?"),
        ("\"schema/type\" = \"off\"", "officedir.toml:2:1: the severity of schema/type cannot be"),
        ("\"syntax/json\" = \"warning\"", "the severity of syntax/json cannot be changed"),
    ] {
        configure(rules);
        bench.run(&["validate"]).says(2, &[said]);
    }
    // Without the header's regions no office can be read, so a mistake in them stays an error.
    let cycle = "\"regions\": [{\"id\": \"x\", \"name\": \"X\", \"parent\": \"x\"}]";
    let offices = "{\"organization\": {\"name\": \"E\"}, REGIONS, \"offices\": []}";
    fs::write(bench.path("directory.json"), offices.replace("REGIONS", cycle)).unwrap();
    configure("");
    let run = bench.run(&["validate", "--output-format", "concise"]).stdout();
    let code = run.split("error[").nth(1).and_then(|it| it.split(']').next()).unwrap().to_owned();
    if !code.starts_with("schema/") {
        configure(&format!("\"{code}\" = \"off\""));
        bench.run(&["export"]).says(1, &[&code]);
    }
}

#[test]
fn errors_are_last_and_known_doubts_take_one_line() {
    let bench = Bench::with(DIRECTORY.replace("\"1040\"", "\"104\""));
    let text = bench.run(&["validate"]).stdout();
    let doubts = "directory.json, line 73, 203, 216, 285, 410, 513, 745";
    assert!(text.find(doubts).unwrap() < text.find("error[postal/postcode]").unwrap(), "{text}");
    assert_eq!(text.matches("note/doubtful").count(), 1, "{text}");
    // Formats for programs have each of them.
    let text = bench.run(&["validate", "--output-format", "github"]).stdout();
    assert_eq!(text.matches("note/doubtful").count(), 7, "{text}");
}

#[test]
fn every_format_on_the_console_and_in_files() {
    let bench = Bench::with(DIRECTORY.replace("\"addresses\":", "\"adresses\":"));
    for format in FORMATS {
        let run = bench.run(&["validate", "--output-format", format.name]);
        run.says(1, &["schema/unknown-member", "directory.json"]);
        let file = format!("{}={}.report", format.name, format.name);
        bench.run(&["validate", "--output-format", &file]).says(1, &["did you mean"]);
        let report = fs::read_to_string(bench.path(format!("{}.report", format.name))).unwrap();
        assert_eq!(report, run.stdout(), "{}", format.name);
    }
    let both = ["validate", "--output-format", "json", "--output-format", "github"];
    bench.run(&both).says(2, &["only one format can be written to standard output"]);
    bench.run(&["validate", "--output-format", "sarf"]).says(2, &["did you mean \"sarif\"?"]);
    bench
        .run(&["validate", "--output-format", "sarif=no/where"])
        .says(2, &["cannot write no/where"]);
}

#[test]
fn shows_the_first_findings_and_counts_the_others() {
    let bench = Bench::with(DIRECTORY.replace("\"addresses\":", "\"adresses\":"));
    let run = bench.run(&["validate", "--max-findings", "2", "--output-format", "concise"]);
    // Errors come first where not all are shown.
    assert_eq!(run.stdout().matches("error[schema/unknown-member]").count(), 2, "{}", run.stdout());
    run.says(1, &["and 20 more:", "13 × schema/unknown-member", "7 × note/doubtful"]);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let bench = Bench::new();
    assert!(!bench.run(&["validate"]).stdout().contains('\u{1b}'));
    let mut command = bench.command(&["validate"]);
    let output = command.env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(output.stdout.contains(&0x1b));
    let mut command = bench.command(&["validate"]);
    let output = command.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().unwrap();
    assert!(!output.stdout.contains(&0x1b) || cfg!(windows));
}

#[test]
fn other_output_for_people_has_colors_too() {
    let bench = Bench::with(include_str!("../../directory.json"));
    let colored: [(&[&str], &str); 4] = [
        (&["show", "japan-office"], "\u{1b}[1mICLEI Japan Office\u{1b}[0m"),
        (&["writers", "xml"], "\u{1b}[1mxml\u{1b}[0m"),
        (&["explain", "postal/postcode"], "\u{1b}[1m## postal/postcode\u{1b}[0m"),
        (&["export", "--to", "vcrd"], "\u{1b}[1m\u{1b}[91merror:\u{1b}[0m unknown writer"),
    ];
    for (arguments, expected) in colored {
        let output = bench.command(arguments).env("CLICOLOR_FORCE", "1").output().unwrap();
        let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(shown.contains(expected), "{shown}");
        let plain = bench.run(arguments);
        assert!(!(plain.stdout() + &plain.stderr()).contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_leaves_ends_it_quietly() {
    let bench = Bench::with(DIRECTORY.replace("\"addresses\":", "\"adresses\":"));
    let mut command = bench.command(&["validate", "--output-format", "sarif"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(matches!(output.status.code(), Some(0 | 1)));
}

#[test]
fn corrects_what_is_beyond_doubt_and_keeps_the_rest() {
    let broken = "\u{feff}{\n  \"organization\": {\"name\": \"ICLEI\", },\n  \"offices\": [\n    {\"id\": \"a\", \
                  \"nmae\":  \"Sa\u{303}o\",\t\"kind\": \"office\", \"phones\": \
                  [{\"type\":\"fax\",\"number\":\"+49-228/97 62 99-01\"}],},\n  ]\n}\n";
    let right = "{\n  \"organization\": {\"name\": \"ICLEI\" },\n  \"offices\": [\n    {\"id\": \"a\", \
                 \"name\":  \"São\",\t\"kind\": \"office\", \"phones\": \
                 [{\"type\":\"fax\",\"number\":\"+4922897629901\"}]}\n  ]\n}\n";
    let bench = Bench::with(broken);
    bench.run(&["validate", "--fix"]).says(0, &["7 corrected", "0 errors, 0 warnings"]);
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), right);
    // A comment, a kind that is nearly one and a bad country are left to people.
    let doubtful = right.replace("\"office\"", "\"ofice\"");
    fs::write(bench.path("directory.json"), &doubtful).unwrap();
    bench.run(&["validate", "--fix"]).says(1, &["did you mean \"office\"?"]);
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), doubtful);
}

#[test]
fn makes_what_is_only_offered_where_it_is_asked_to() {
    let text = DIRECTORY.replace("\"country\": \"DE\"", "\"country\": \"Germany\"");
    let wrong = text.matches("Germany").count() - DIRECTORY.matches("Germany").count();
    assert!(wrong > 0);
    let bench = Bench::with(&text);
    bench.run(&["validate", "--fix"]).says(1, &["DE"]);
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), text);
    bench
        .run(&["validate", "--fix", "--unsafe-fixes"])
        .says(0, &[&format!("{wrong} corrected"), "0 errors"]);
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), DIRECTORY);
    bench.run(&["validate", "--unsafe-fixes"]).says(2, &["--fix"]);
    // What is suppressed is known to be right.
    let text = DIRECTORY.replace("\"1040\"", "\"B-1040\"");
    fs::write(bench.path("directory.json"), &text).unwrap();
    let found = bench.run(&["validate", "--output-format", "json"]).stdout();
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let found = found["findings"].as_array().unwrap().iter();
    let of_code = found.filter(|it| it["office"] == "brussels-office");
    let suppress = |it: &serde_json::Value| {
        format!(
            "[[suppress]]\nrule = {}\noffice = \"brussels-office\"\nreason = \"x\"\n",
            it["code"]
        )
    };
    fs::write(bench.path("officedir.toml"), of_code.map(suppress).collect::<String>()).unwrap();
    bench.run(&["validate", "--fix", "--unsafe-fixes"]).says(0, &[]);
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), text);
}

#[test]
fn other_formats_in_the_place_of_a_directory_are_told_by_their_names() {
    let bench = Bench::new();
    bench
        .run(&["export", "--to", "csv", "--to", "vcard", "--to", "xml", "--to", "xlsx"])
        .says(0, &[]);
    for (file, what) in [
        ("offices.csv", "this is CSV, not JSON"),
        ("offices.vcf", "this is vCard, not JSON"),
        ("offices.xml", "this is XML or HTML, not JSON"),
        ("offices.xlsx", "this is a workbook"),
    ] {
        let file = format!("out/{file}");
        for command in ["validate", "export", "fmt"] {
            bench.run(&[command, &file]).says(1, &[what, "officedir init"]);
        }
    }
    // JSON with a mistake in it is not taken for anything else.
    for text in ["\"a\": 1, \"b\": 2,\n\"c\": 3, \"d\": 4\n", "{\"a\", 1\n, 2}", "[a, b\nc, d]"] {
        fs::write(bench.path("directory.json"), text).unwrap();
        let said = bench.run(&["validate"]).stdout();
        assert!(!said.contains("this is CSV"), "{said}");
    }
    fs::write(bench.path("directory.json"), "Name;City\r\nHQ;Bonn\r\n").unwrap();
    bench.run(&["validate"]).says(1, &["this is CSV, not JSON"]);
}

#[test]
fn a_format_is_found_by_the_ending_of_its_files_and_its_program() {
    let bench = Bench::new();
    for (word, writer) in [
        ("vcf", "vcard"),
        ("pdf", "labels"),
        ("excel", "xlsx"),
        ("Outlook", "vcard"),
        ("vcrd", "vcard"),
    ] {
        let said = format!("did you mean \"{writer}\"?");
        bench.run(&["export", "--to", word]).says(2, &["unknown writer", &said]);
        bench.run(&["writers", word]).says(2, &["unknown writer", &said]);
    }
    bench.run(&["export", "--to", "zzz"]).says(2, &["available: vcard"]);
}

#[test]
fn explains_every_rule() {
    let bench = Bench::new();
    let list = bench.run(&["explain"]);
    for rule in RULES {
        assert!(list.stdout().contains(rule.code));
        bench.run(&["explain", rule.code]).says(0, &[rule.code, rule.what, rule.why, rule.fix]);
    }
    bench.run(&["explain", "postal/contry"]).says(2, &["did you mean \"postal/country\"?"]);
}

#[test]
fn lays_out_and_keeps_every_value() {
    let bench = Bench::new();
    bench.run(&["fmt", "--check"]).says(0, &[]);
    let value: serde_json::Value = serde_json::from_str(DIRECTORY).unwrap();
    fs::write(bench.path("directory.json"), value.to_string()).unwrap();
    bench.run(&["fmt", "--check"]).says(1, &["would reformat: directory.json"]);
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), value.to_string());
    bench.run(&["fmt"]).says(0, &["reformatted directory.json"]);
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), DIRECTORY);
    for broken in ["{", "{\"offices\": [], \"x\": 1}", "[]"] {
        fs::write(bench.path("directory.json"), broken).unwrap();
        bench.run(&["fmt"]).says(1, &[]);
        assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), broken);
    }
}

#[test]
fn formatting_keeps_the_order_within_own_members() {
    let json = r#"{"offices":[{"x_b":{"z":1.50,"a":[{"y":null,"b":"\u0007"}]},"x_a":"0042","id":"a","name":"A",
        "kind":"office","emails":[{"x_z":1,"x_a":2,"address":"a@example.org"}]}],
        "organization":{"x_b":{"z":1,"a":2},"x_a":[],"name":"Example"}}"#;
    let bench = Bench::with(json);
    bench.run(&["fmt"]).says(0, &[]);
    let text = fs::read_to_string(bench.path("directory.json")).unwrap();
    let lines: String = text.lines().map(str::trim_start).collect();
    let office = r#""emails": [{"address": "a@example.org","x_z": 1,"x_a": 2}],"x_b": {"z": 1.5,"a": [{"y": null,"b": "\u0007"}]},"x_a": "0042"}"#;
    let organization = r#"{"name": "Example","x_b": {"z": 1,"a": 2},"x_a": []}"#;
    assert!(lines.contains(office), "{lines}");
    assert!(lines.contains(organization), "{lines}");
    bench.run(&["fmt", "--check"]).says(0, &[]);
}

#[test]
fn compares_with_a_file_and_with_a_revision() {
    let bench = Bench::new();
    let new = DIRECTORY.replace("105-0003", "105-0004");
    fs::write(bench.path("new.json"), &new).unwrap();
    let said =
        ["~ japan-office (Japan Office)", "/addresses/0/postal_code: \"105-0003\" → \"105-0004\""];
    bench.run(&["diff", "directory.json", "new.json"]).says(0, &said);
    bench.run(&["diff", "directory.json", "new.json", "--exit-code"]).says(1, &said);
    bench.run(&["diff", "directory.json", "--exit-code"]).says(0, &["no office differs"]);
    let markdown = ["diff", "directory.json", "new.json", "--output-format", "markdown"];
    bench.run(&markdown).says(0, &["**Japan Office** (`japan-office`)", "| `\"105-0003\"` |"]);
    let json = bench.run(&["diff", "directory.json", "new.json", "--output-format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout()).unwrap();
    assert_eq!(json["changed"][0]["id"], "japan-office");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        let status = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(bench.path("."))
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success());
    };
    git(&["init", "-q"]);
    git(&["add", "directory.json"]);
    git(&["commit", "-q", "-m", "first"]);
    fs::write(bench.path("directory.json"), &new).unwrap();
    bench.run(&["diff", "git:HEAD"]).says(0, &said);
    bench.run(&["diff", "git:nowhere"]).says(2, &["git has no directory.json at nowhere"]);
    bench.run(&["diff", "git:--output=x"]).says(2, &["is not a revision"]);
    bench.run(&["diff", "missing.json"]).says(2, &["cannot read missing.json"]);
}
