//! `migrate`: an old file means the same in the new version, and keeps every byte that need not change.

use std::fs;

use officedir::writers::WRITERS;

use super::run::Bench;

const DIRECTORY: &str = include_str!("../../directory.json");

/// The directory of the repository in other layouts.
fn layouts() -> Vec<(&'static str, String)> {
    let value: serde_json::Value = serde_json::from_str(DIRECTORY).unwrap();
    let tabs: Vec<String> = DIRECTORY
        .lines()
        .map(|line| {
            let text = line.trim_start();
            format!("{}{text}\n", "\t".repeat((line.len() - text.len()) / 2))
        })
        .collect();
    let spaced =
        DIRECTORY.replace("\": ", "\" :  ").replace("  \"organization\"", "\n\n  \"organization\"");
    vec![
        ("as it is", DIRECTORY.to_owned()),
        ("one line", value.to_string()),
        ("tabs", tabs.concat()),
        ("CRLF", DIRECTORY.replace('\n', "\r\n")),
        ("a byte order mark", format!("\u{feff}{DIRECTORY}")),
        ("everything at once", format!("\u{feff}{}", spaced.replace('\n', "\r\n"))),
    ]
}

/// Each finding without its place, which moves.
fn findings(bench: &Bench) -> Vec<String> {
    let run = bench.run(&["validate", "--output-format", "concise"]);
    let lines = run.stdout().lines().map(|line| line.to_owned()).collect::<Vec<_>>();
    lines.iter().map(|line| line.rsplit_once(": ").unwrap().1.to_owned()).collect()
}

/// The names and bytes of every export but those that carry the new members themselves.
fn exports(bench: &Bench, out: &str) -> Vec<(String, Vec<u8>)> {
    let writers = WRITERS.iter().map(|info| info.name).filter(|name| !CARRY.contains(name));
    let mut arguments = vec!["export", "--out", out];
    writers.for_each(|name| arguments.extend(["--to", name]));
    bench.run(&arguments).says(0, &[]);
    bench.files(out)
}

/// Formats that carry every member of the header, so that they have the new ones.
const CARRY: [&str; 2] = ["xml", "ndjson"];

#[test]
fn a_file_means_the_same_in_every_layout() {
    for (layout, old) in layouts() {
        let bench = Bench::with(&old);
        let (before, exported) = (findings(&bench), exports(&bench, "before"));
        assert!(before.len() >= 8 && exported.len() >= 10, "{layout}");
        let run = bench.run(&["migrate"]);
        run.says(0, &["wrote \"schema_version\": 2", "named the headquarters: world-secretariat"]);
        run.says(
            0,
            &["declared the kinds world-secretariat, regional-secretariat, office, project-"],
        );
        assert_eq!(run.stdout(), "", "what it did is no output");
        assert_eq!(findings(&bench), before, "{layout}");
        for ((name, new), (_, old)) in exports(&bench, "after").iter().zip(&exported) {
            assert!(new == old, "{layout}: {name} differs");
        }

        let new = fs::read_to_string(bench.path("directory.json")).unwrap();
        assert_only_inserted(layout, &old, &new);
        assert_eq!(
            new.matches('\n').count() == new.matches("\r\n").count(),
            !old.contains('\n') || old.contains("\r\n"),
            "{layout}"
        );
        // In its own layout: a file that was formatted still is.
        if layout == "as it is" {
            bench.run(&["fmt", "--check"]).says(0, &[]);
        }
        bench.run(&["migrate"]).says(0, &["is in version 2 of the format already"]);
        assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), new, "{layout}");
    }
}

/// Asserts that every byte of the old text is in the new one, in the same order.
#[track_caller]
fn assert_only_inserted(layout: &str, old: &str, new: &str) {
    let mut rest = new.chars();
    let is_kept = old.chars().all(|wanted| rest.any(|found| found == wanted));
    assert!(is_kept && new.len() > old.len(), "{layout}:\n{new}");
}

/// What becomes of one text.
#[track_caller]
fn migrates(name: &str, old: &str, new: &str) {
    let bench = Bench::with("");
    fs::write(bench.path(name), old).unwrap();
    bench.run(&["migrate", name]).says(0, &["migrated"]);
    assert_eq!(fs::read_to_string(bench.path(name)).unwrap(), new);
    bench.run(&["migrate", name]).says(0, &["already"]);
}

#[test]
fn what_is_written_looks_like_the_rest() {
    let office = r#"{"id":"a","name":"A","kind":"office"}"#;
    migrates(
        "a.json",
        &format!(r#"{{"organization":{{"name":"A"}},"offices":[{office}]}}"#),
        &format!(
            r#"{{"schema_version":2,"organization":{{"name":"A"}},"kinds":[{{"id":"office","name":"Office"}}],"offices":[{office}]}}"#
        ),
    );
    let head = r#"{"id": "b", "name": "B", "kind": "world-secretariat"}"#;
    migrates(
        "a.json",
        &format!(
            "{{\n\t\"$schema\": \"x\",\n\t\"organization\": {{ \"name\": \"A\" }},\n\t\"offices\": [{head}]\n}}\n"
        ),
        &format!(
            "{{\n\t\"$schema\": \"x\",\n\t\"schema_version\": 2,\n\t\"organization\": {{ \"name\": \"A\", \"headquarters\": \"b\" }},\n\t\
             \"kinds\": [\n\t\t{{\n\t\t\t\"id\": \"world-secretariat\",\n\t\t\t\"name\": \"World Secretariat\"\n\t\t}}\n\t],\n\t\
             \"offices\": [{head}]\n}}\n"
        ),
    );
    // Members in another order, a name that is written with an escape, and a version that is there.
    migrates(
        "a.json",
        &format!(
            r#"{{ "offices": [{head}], "or\u0067anization": {{"x_a": 1, "name": "A", "uid_scheme": 1}}, "schema_version": 1.0 }}"#
        ),
        &format!(
            r#"{{ "offices": [{head}], "or\u0067anization": {{"x_a": 1, "name": "A", "headquarters": "b", "uid_scheme": 1}}, "kinds": [{{"id": "world-secretariat", "name": "World Secretariat"}}], "schema_version": 2 }}"#
        ),
    );
}

#[test]
fn what_is_there_already_stays() {
    let office = r#"{"id": "a", "name": "A", "kind": "world-secretariat"}"#;
    let kinds = r#""kinds": [{"id": "world-secretariat", "name": "Ministry"}]"#;
    let organization = r#""organization": {"name": "A", "headquarters": "a"}"#;
    migrates(
        "a.json",
        &format!("{{{organization}, {kinds}, \"offices\": [{office}]}}"),
        &format!("{{\"schema_version\": 2, {organization}, {kinds}, \"offices\": [{office}]}}"),
    );
    // Without offices nobody knows which kinds there will be.
    migrates(
        "a.json",
        r#"{"organization": {"name": "A"}, "offices": []}"#,
        r#"{"schema_version": 2, "organization": {"name": "A"}, "offices": []}"#,
    );
}

/// The headquarters is the office from which mail came before: the first of its kind that has a country.
#[test]
fn the_headquarters_is_the_office_that_it_was() {
    let office = |id: &str, rest: &str| {
        format!("{{\"id\": \"{id}\", \"name\": \"{id}\", \"kind\": \"world-secretariat\"{rest}}}")
    };
    let address = ", \"addresses\": [{\"uses\": [\"postal\"], \"locality\": \"Bern\", \"postal_code\": \"3000\", \"country\": \"CH\"}]";
    for (offices, named) in [
        ([office("a", ""), office("b", address)], Some("\"headquarters\": \"b\"")),
        ([office("a", ""), office("b", "")], Some("\"headquarters\": \"a\"")),
        ([office("No Id", address), office("", "")], None),
    ] {
        let json = format!(
            "{{\"organization\": {{\"name\": \"A\"}}, \"offices\": [{}]}}",
            offices.join(",")
        );
        let bench = Bench::with(json);
        bench.run(&["migrate"]).says(0, &[]);
        let new = fs::read_to_string(bench.path("directory.json")).unwrap();
        assert_eq!(named.is_some(), new.contains("headquarters"), "{new}");
        assert!(new.contains(named.unwrap_or_default()), "{new}");
    }
}

/// A kind that is misspelt may be meant to be any of them, so that all are declared and the finding stays.
#[test]
fn a_misspelt_kind_has_the_same_finding() {
    let bench = Bench::with(
        r#"{"organization": {"name": "A"}, "offices": [{"id": "a", "name": "A", "kind": "ofice"}]}"#,
    );
    let before = findings(&bench);
    bench.run(&["migrate"]).says(0, &["capacity-center"]);
    assert_eq!(findings(&bench), before);
}

#[test]
fn lines_stay_lines() {
    let offices = "{\"id\": \"a\", \"name\": \"A\", \"kind\": \"project-office\"}\r\n\r\n\
                   {\"id\": \"b\", \"name\": \"B\", \"kind\": \"world-secretariat\"}";
    let old = format!("\u{feff}{{\"organization\": {{\"name\": \"A\"}}}}\r\n{offices}");
    let new = format!(
        "\u{feff}{{\"schema_version\": 2, \"organization\": {{\"name\": \"A\", \"headquarters\": \"b\"}}, \
         \"kinds\": [{{\"id\": \"world-secretariat\", \"name\": \"World Secretariat\"}}, \
         {{\"id\": \"project-office\", \"name\": \"Project Office\"}}]}}\r\n{offices}"
    );
    migrates("a.ndjson", &old, &new);
    let bench = Bench::with("");
    fs::write(bench.path("a.ndjson"), new).unwrap();
    bench.run(&["validate", "a.ndjson"]).says(0, &["2 offices, 0 errors"]);
}

/// Nothing is written where the file cannot be read, and the reason is said.
#[test]
fn what_cannot_be_migrated_stays() {
    let cases: [(&str, &[u8], i32, &str); 15] = [
        ("a.json", b"{\"organization\": {\"name\": \"A\"},}", 1, "a.json:1:31"),
        ("a.json", b"", 1, "syntax/json"),
        ("a.json", b"{\"organization\": {\"name\": \"A\"}, \"offices\": [{\"id\": tru}]}", 1, "a.json:1:52"),
        ("a.ndjson", b"{\"organization\": {\"name\": \"A\"}}\n\n  {\"id\" \"a\"}\n", 1, "a.ndjson:3:9"),
        ("a.json", b"\xff\xfe{", 1, "syntax/encoding"),
        ("a.json", b"[]", 1, "its header has errors"),
        ("a.json", b"{\"organization\": \"A\", \"offices\": []}", 1, "run officedir validate"),
        ("a.json", b"{\"organization\": {\"name\": \"A\"}, \"offices\": {}}", 1, "has errors"),
        ("a.json", b"{\"schema_version\": 0, \"organization\": {\"name\": \"A\"}, \"offices\": []}", 1, "has errors"),
        ("a.json", b"{\"organization\": {\"name\": \"A\"}, \"organization\": {\"name\": \"B\"}, \"offices\": []}", 1, "has errors"),
        ("a.json", b"{\"schema_version\": 3, \"organization\": {\"name\": \"A\"}, \"offices\": []}", 1, "schema/version"),
        ("a.ndjson", b"{\"id\": \"a\", \"name\": \"A\", \"kind\": \"office\"}\n", 1, "has errors"),
        ("a.ndjson", b"{\"organization\": {\"name\": \"A\"}, \"offices\": []}\n", 1, "has errors"),
        ("a.ndjson", b"{\"schema_version\": 3, \"organization\": {\"name\": \"A\"}}\n", 1, "schema/version"),
        ("a.json.gz", b"\x1f\x8b\x08\0\0\0\0\0", 2, "not compressed"),
    ];
    for (name, bytes, code, says) in cases {
        let bench = Bench::with("");
        fs::write(bench.path(name), bytes).unwrap();
        bench.run(&["migrate", name]).says(code, &[says]);
        assert_eq!(fs::read(bench.path(name)).unwrap(), bytes, "{name}");
    }
    Bench::new().run(&["migrate", "-"]).says(2, &["cannot migrate standard input", "name one"]);
    Bench::new().run(&["migrate", "b.json"]).says(2, &["cannot read b.json"]);
}

#[test]
fn check_writes_nothing() {
    let bench = Bench::new();
    bench.run(&["migrate", "--check"]).says(1, &["would migrate: directory.json"]);
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), DIRECTORY);
    bench.run(&["migrate"]).says(0, &[]);
    bench.run(&["migrate", "--check"]).says(0, &[]);
}

/// As every command that rewrites a file does: through a link, with the permissions that the file has, and not in a
/// folder that may not be written to.
#[cfg(unix)]
#[test]
fn links_and_modes() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let bench = Bench::new();
    symlink("directory.json", bench.path("link.json")).unwrap();
    bench.run(&["migrate", "link.json"]).says(0, &["migrated link.json"]);
    assert!(bench.path("link.json").is_symlink());
    assert_ne!(fs::read_to_string(bench.path("directory.json")).unwrap(), DIRECTORY);

    let bench = Bench::new();
    let mode = fs::Permissions::from_mode;
    fs::set_permissions(bench.path("directory.json"), mode(0o440)).unwrap();
    bench.run(&["migrate"]).says(0, &[]);
    let kept = fs::metadata(bench.path("directory.json")).unwrap().permissions();
    assert_eq!(kept.mode() & 0o7777, 0o440);

    let bench = Bench::new();
    fs::set_permissions(bench.path(""), mode(0o555)).unwrap();
    let run = bench.run_as_nobody(&["migrate"]);
    run.says(2, &["cannot write directory.json", "a folder that exists and may be written"]);
    fs::set_permissions(bench.path(""), mode(0o755)).unwrap();
    assert_eq!(fs::read_to_string(bench.path("directory.json")).unwrap(), DIRECTORY);
}
