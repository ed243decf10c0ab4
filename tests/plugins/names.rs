//! The names that the program writes of its own accord are nobody else's, whatever the case of their letters.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::run::Bench;

const RESERVED: [(&str, &str); 5] = [
    ("manifest.json", "is that of the manifest"),
    ("MANIFEST.JSON", "is that of the manifest"),
    ("datapackage.json", "is that of the description of a CSV table"),
    ("DataPackage.JSON", "is that of the description of a CSV table"),
    ("tables/datapackage.json", "is that of the description of a CSV table"),
];

#[track_caller]
fn refused(bench: &Bench, target: &str, why: &str) {
    bench.run(&["export", "--to", target]).says(2, &["the file name", why]);
    bench.run(&["export", "--to", target, "--check"]).says(2, &["the file name", why]);
    assert!(!bench.path("out").exists(), "{target}");
}

#[test]
fn targets_have_other_names() {
    let bench = Bench::new();
    fs::write(bench.path("x.j2"), "x").unwrap();
    for (name, why) in RESERVED {
        for writer in ["csv", "ndjson"] {
            refused(&bench, &format!("{writer}:file={name}"), why);
        }
        refused(&bench, &format!("template:file=x.j2,name={name}"), why);
        let config = format!("[[target]]\nwriter = \"xml\"\nfile = \"{name}\"\n");
        fs::write(bench.path("officedir.toml"), config).unwrap();
        bench.run(&["export"]).says(2, &["officedir.toml:", "the file name", why]);
        fs::remove_file(bench.path("officedir.toml")).unwrap();
    }
}

#[test]
fn a_file_for_each_office_has_another_name() {
    for (id, name, why) in [
        ("manifest", "{id}.json", "is that of the manifest"),
        ("manifest", "{id}.JSON", "is that of the manifest"),
        ("json", "Manifest.{id}", "is that of the manifest"),
        ("datapackage", "{id}.json", "is that of the description of a CSV table"),
        ("package", "tables/DATA{id}.Json", "is that of the description of a CSV table"),
    ] {
        let directory = include_str!("../../directory.json");
        let bench = Bench::with(directory.replace("\"japan-office\"", &format!("\"{id}\"")));
        fs::write(bench.path("x.j2"), "x").unwrap();
        refused(&bench, &format!("template:file=x.j2,name={name}"), why);
    }
}

#[test]
fn programs_give_other_names() {
    for (name, why) in RESERVED {
        for (main, beside) in [(name, None), ("main.txt", Some(name))] {
            let bench = Bench::new();
            let chunk = beside.map_or_else(String::new, |it| format!(",\"file\":\"{it}\""));
            let program = format!(
                "#!/bin/sh\ncat <<'END'\n\
                 {{\"hello\":{{\"protocols\":[1],\"about\":\"a\",\"file\":\"{main}\"}}}}\n\
                 END\nn=$(grep -c '^{{\"office\"')\ncat <<END\n\
                 {{\"chunk\":{{\"text\":\"x\"{chunk}}}}}\n{{\"done\":{{\"offices\":$n}}}}\nEND\n"
            );
            fs::write(bench.path("program"), program).unwrap();
            let executable = fs::Permissions::from_mode(0o755);
            fs::set_permissions(bench.path("program"), executable).unwrap();
            let config = "[[writer]]\nname = \"own\"\nprogram = \"program\"\n";
            fs::write(bench.path("officedir.toml"), config).unwrap();
            refused(&bench, "ext:own", why);
            if beside.is_some() {
                refused(&bench, &format!("ext:own,file={name}"), why);
            }
        }
    }
}

#[test]
fn the_csv_table_has_its_description_all_the_same() {
    let bench = Bench::new();
    bench
        .run(&[
            "export",
            "--to",
            "csv:dialect=full,file=tables/offices.csv",
            "--to",
            "csv:dialect=full,file=a.csv",
        ])
        .says(
            0,
            &["wrote out/tables/datapackage.json", "wrote out/datapackage.json", "wrote out/a.csv"],
        );
    bench
        .run(&["export", "--to", "xml", "--prune"])
        .says(0, &["removed out/tables/datapackage.json", "removed out/datapackage.json"]);
}
