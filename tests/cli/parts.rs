//! A directory in parts gives what it gives as a whole.

use std::fs;

use serde_json::Value;

use super::lines::piped;
use super::run::{Bench, Run};

const TARGETS: [&str; 4] = ["csv:dialect=full", "vcard", "xml", "ndjson"];

/// A bench with three parts of a directory in which offices have parents in other parts.
fn bench() -> (Bench, Vec<String>) {
    let child = "\"id\": \"japan-office\",\n      \"parent\": \"oceania-secretariat\",";
    let directory = include_str!("../../directory.json");
    bench_of(directory.replacen("\"id\": \"japan-office\",", child, 1))
}

/// A bench with the parts of that directory.
fn bench_of(directory: String) -> (Bench, Vec<String>) {
    let bench = Bench::with(directory);
    let lines = bench.run(&["export", "--to", "ndjson", "--out", "-"]).stdout();
    let offices: Vec<&str> = lines.lines().skip(1).collect();
    let parts = offices.chunks(6).map(|part| part.join("\n") + "\n").collect();
    (bench, parts)
}

fn heads(bench: &Bench, parts: &[String]) -> String {
    let head = |part: &String| {
        let run = piped(bench, &["validate", "--part", "--header", "directory.json"], part);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        run.stdout()
    };
    parts.iter().map(head).collect()
}

/// Merges the parts of a directory of 15 offices.
fn merge(bench: &Bench, heads: &str, more: &[&str]) -> Run {
    piped(bench, &[&["validate", "--merge", "-", "--offices", "15"], more].concat(), heads)
}

fn section(bench: &Bench, target: &str, section: &str, part: &str) -> Run {
    let section = format!("--part={section}");
    let rest = ["--header", "directory.json", "--references", "references.json"];
    piped(bench, &[&["export", &section, "--to", target][..], &rest].concat(), part)
}

#[test]
fn parts_give_the_whole() {
    let (bench, parts) = bench();
    assert_eq!(parts.len(), 3);
    join_to_the_whole(&bench, &parts);
}

#[test]
fn parts_have_the_columns_and_the_headquarters_of_the_whole() {
    let mut directory: Value = serde_json::from_str(include_str!("../../directory.json")).unwrap();
    directory["organization"]["headquarters"] = "japan-office".into();
    directory["organization"]["x_budget"] = 1.into();
    // Each part has a member that the others have not.
    directory["offices"][1]["x_cost_center"] = "0042".into();
    directory["offices"][7]["emails"] =
        serde_json::json!([{"address": "press@example.org", "label": "Press"}]);
    directory["offices"][13]["opening_hours"] = "Mo-Fr 09:00-17:00".into();
    let (bench, parts) = bench_of(directory.to_string());
    join_to_the_whole(&bench, &parts);
    let references = fs::read_to_string(bench.path("references.json")).unwrap();
    assert!(references.starts_with("{\"headquarters\":{\"country\":\"JP\""), "{references}");
    // Without references nobody knows what columns the others have.
    let part = ["export", "--part=body", "--to", "csv:dialect=full", "--header", "directory.json"];
    let run = piped(&bench, &part, &parts[0]);
    assert!(run.stderr().contains("the table has no column for x_cost_center"), "{}", run.stderr());
    // A headquarters that is no office is found when all parts are there.
    directory["organization"]["headquarters"] = "japan".into();
    let (bench, parts) = bench_of(directory.to_string().replace("\"japan\"", "\"japan-office\""));
    fs::write(bench.path("directory.json"), directory.to_string()).unwrap();
    merge(&bench, &heads(&bench, &parts), &[]).says(1, &["the office \"japan\" does not exist"]);
}

/// Exports of all parts, joined, are the export of the whole.
fn join_to_the_whole(bench: &Bench, parts: &[String]) {
    merge(bench, &heads(bench, parts), &["--references", "references.json"]).says(0, &[]);
    for target in TARGETS {
        let whole = bench.run(&["export", "--to", target, "--out", "-"]).stdout();
        let mut joined = section(bench, target, "head", "").stdout();
        for part in parts {
            let run = section(bench, target, "body", part);
            assert_eq!(run.code(), 0, "{}", run.stderr());
            joined += &run.stdout();
        }
        joined += &section(bench, target, "tail", "").stdout();
        assert_eq!(joined, whole, "{target}");
    }
}

/// Every way in which a merge does not have what it needs, and what is said of it.
#[test]
fn a_merge_has_all_parts_or_fails() {
    let (bench, parts) = bench();
    let each: Vec<String> =
        parts.iter().map(|part| heads(&bench, std::slice::from_ref(part))).collect();
    let whole = each.concat();
    let lines: Vec<&str> = whole.lines().collect();
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat().join("\n");
    let mut swapped = lines.clone();
    swapped.swap(0, 1);
    let ndjson = bench.run(&["export", "--to", "ndjson", "--out", "-"]).stdout();
    let cases: [(&str, &[&str]); 14] = [
        ("", &["there is no part in it"]),
        ("\n\n", &["there is no part in it"]),
        ("[]", &["line 1 is cut off, or no part"]),
        ("{}", &["line 1 is cut off, or no part"]),
        ("garbage\n", &["line 1 is cut off, or no part"]),
        ("{\"part\":\"x\"}", &["line 1 closes no part: missing field `offices`"]),
        (&ndjson, &["line 1 is cut off, or no part"]),
        (&parts[0], &["line 1 is cut off, or no part"]),
        (&whole[..whole.len() / 2], &["is cut off, or no part"]),
        (&each[..2].concat(), &["the parts have 12 offices, and not 15", "a part is missing"]),
        (
            &[whole.clone(), each[2].clone()].concat(),
            &["the parts have 18 offices, and not 15", "there twice"],
        ),
        (&without(2), &["the part \"-\" has 6 offices, and 5 are here"]),
        (&swapped.join("\n"), &["the part \"-\" is not as it was written"]),
        (&whole.replacen("Office", "office", 1), &["the part \"-\" is not as it was written"]),
    ];
    for (input, said) in cases {
        let run = merge(&bench, input, &["--references", "r.json"]);
        run.says(2, &[said, &["error: ", "-: ", "  help: "]].concat());
        assert_eq!(run.stdout(), "");
        fs::write(bench.path("heads.ndjson"), input).unwrap();
        let arguments =
            ["validate", "--merge", "heads.ndjson", "--offices", "15", "--references", "r.json"];
        bench.run(&arguments).says(2, said);
        assert!(!bench.path("r.json").exists(), "{input}");
    }
    bench
        .run(&["validate", "--merge", "directory.json", "--offices", "15"])
        .says(2, &["is cut off, or no part"]);
    merge(&bench, &whole, &[]).says(0, &[]);
    // Parts come in any order, some of them empty.
    let [a, b, c] = <[String; 3]>::try_from(each).unwrap();
    let empty = heads(&bench, &[String::new()]);
    assert!(empty.starts_with("{\"part\":\"-\",\"offices\":0,\"sha256\":\"e3b0c4"), "{empty}");
    merge(&bench, &[c, empty, a, "\n".into(), b].concat(), &[]).says(0, &[]);
}

#[test]
fn parents_are_among_the_references() {
    let (bench, parts) = bench();
    let part = parts.iter().find(|part| part.contains("\"parent\":")).unwrap();
    let export = [
        "export",
        "--part",
        "--to",
        "vcard",
        "--header",
        "directory.json",
        "--input-name",
        "part-1",
    ];
    let said = [
        "part-1",
        "\"office/unknown-parent\"",
        "\"japan-office\"",
        "the parent office \\\"oceania-secretariat\\\" is not in the references",
        "validate --merge --references FILE",
    ];
    let other =
        "{\"headquarters\":null,\"names\":{\"0123456789abcdef0123456789abcdef\":\"Other\"}}";
    fs::write(bench.path("other.json"), other).unwrap();
    for references in [&[][..], &["--references", "other.json"]] {
        let run = piped(&bench, &[&export[..], references].concat(), part);
        run.says(1, &said);
        assert_eq!(run.stdout(), "");
    }
    merge(&bench, &heads(&bench, &parts), &["--references", "references.json"]).says(0, &[]);
    let run = piped(&bench, &[&export[..], &["--references", "references.json"]].concat(), part);
    run.says(0, &["X-OFFICEDIR-PARENT:urn:uuid:"]);
    // The others' parents are not asked for before there can be references.
    piped(&bench, &["validate", "--part", "--header", "directory.json"], part).says(0, &[]);
}

#[test]
fn strict_parts() {
    let (bench, parts) = bench();
    let doubtful = parts.iter().find(|part| part.contains("\"doubtful\":true")).unwrap();
    let validate = ["validate", "--part", "--header", "directory.json"];
    piped(&bench, &validate, doubtful).says(0, &["\"warning\"", "{\"part\":"]);
    let run = piped(&bench, &[&validate[..], &["--strict"]].concat(), doubtful);
    run.says(1, &["note/doubtful", "\"error\""]);
    assert_eq!(run.stdout(), "");

    // What a format has no place for.
    let part = "{\"id\":\"a\",\"name\":\"A\",\"kind\":\"office\",\"updated\":\"2025-01-31T00:00:00.5Z\"}\n";
    let export = ["export", "--part", "--to", "vcard", "--header", "directory.json"];
    piped(&bench, &export, part).says(0, &["\"writer\":\"vcard\"", "END:VCARD"]);
    let run = piped(&bench, &[&export[..], &["--strict"]].concat(), part);
    run.says(1, &["\"writer\":\"vcard\"", "\"/updated\""]);
    assert_eq!(run.stdout(), "");

    // Two offices of one name and place in two parts.
    let twin = parts[0].lines().next().unwrap().replacen("\"id\":\"", "\"id\":\"twin-", 1) + "\n";
    let heads = heads(&bench, &[parts.concat(), twin]);
    let arguments = ["validate", "--merge", "-", "--offices", "16"];
    piped(&bench, &arguments, &heads).says(0, &["warning[office/near-duplicate]"]);
    let strict = [&arguments[..], &["--strict", "--references", "r.json"]].concat();
    piped(&bench, &strict, &heads).says(1, &["error[office/near-duplicate]"]);
    assert!(!bench.path("r.json").exists());
}

#[test]
fn the_header_of_parts_is_checked_where_it_stands() {
    let (bench, parts) = bench();
    let header = "{\"organization\":{\"name\":\"X\"},\"regions\":[{\"id\":\"r\",\"id\":\"s\",\"name\":\"R\"}]}";
    let document = header.replacen("]}", "],\n\"offices\":[]}", 1);
    fs::write(bench.path("h.ndjson"), format!("{header}\n{}", parts[0])).unwrap();
    fs::write(bench.path("h.json"), document).unwrap();
    fs::write(bench.path("a.json"), header.replace("\"id\":\"r\",", "").replace("\"s\"", "\"S\""))
        .unwrap();
    for command in [&["validate", "--part"][..], &["export", "--part", "--to", "csv:dialect=full"]]
    {
        let run = |header| piped(&bench, &[command, &["--header", header]].concat(), &parts[0]);
        for name in ["h.ndjson", "h.json"] {
            run(name).says(1, &[name, "\"syntax/duplicate-key\"", "\"line\": 1", "\"column\": 51"]);
        }
        run("a.json").says(1, &["a.json", "\"schema/missing-member\"", "\"schema/value\""]);
        for name in ["h.ndjson", "h.json", "a.json"] {
            assert_eq!(run(name).stdout(), "");
        }
    }
    fs::write(bench.path("o.ndjson"), &parts[0]).unwrap();
    fs::write(bench.path("e.ndjson"), "").unwrap();
    for name in ["o.ndjson", "e.ndjson", "nosuch.json", "nosuch.ndjson"] {
        let run = piped(&bench, &["validate", "--part", "--header", name], &parts[0]);
        run.says(2, &[&format!("cannot read {name}: "), "a directory file with the organisation"]);
    }
}

#[test]
fn findings_name_the_part_and_the_office() {
    let (bench, parts) = bench();
    let bad = parts[1].replacen("\"country\":\"KR\"", "\"country\":\"UK\"", 1);
    let arguments = ["export", "--part", "--to", "csv:dialect=full", "--header", "directory.json"];
    let run = piped(&bench, &[&arguments[..], &["--input-name", "part-1"]].concat(), &bad);
    assert_eq!(run.code(), 1);
    let said: serde_json::Value = serde_json::from_str(&run.stderr()).unwrap();
    let said = said.to_string();
    for text in ["\"part-1\"", "\"korea-office\"", "\"postal/country\"", "GB"] {
        assert!(said.contains(text), "{text} is not in {said}");
    }
}

#[test]
fn merging_finds_what_no_part_sees() {
    let (bench, mut parts) = bench();
    let twice = parts[0].lines().next().unwrap().to_owned() + "\n";
    parts[2] = twice + &parts[2].replacen("\"id\":\"oceania-secretariat\"", "\"id\":\"x\"", 1);
    let arguments =
        ["validate", "--merge", "-", "--offices", "16", "--references", "references.json"];
    let said = [
        "the id \"world-secretariat\" is taken by an earlier office",
        "the parent office \"oceania-secretariat\" does not exist",
    ];
    piped(&bench, &arguments, &heads(&bench, &parts)).says(1, &said);
    assert!(!bench.path("references.json").exists());
}

#[test]
fn misuse() {
    let (bench, parts) = bench();
    let run = |arguments: &[&str]| piped(&bench, arguments, &parts[0]);
    run(&["export", "--part", "--to", "labels"])
        .says(2, &["labels cannot be written in parts", "csv:dialect=full"]);
    // Its columns depend on all offices.
    run(&["export", "--part", "--to", "csv"]).says(2, &["csv cannot be written in parts"]);
    run(&["export", "--part", "--to", "csv:dialect=full", "--to", "xml"])
        .says(2, &["a single target"]);
    run(&["export", "--part", "--to", "csv:dialect=full", "--out", "o"])
        .says(2, &["cannot be used with"]);
    fs::write(bench.path("r.json"), "{\"names\":").unwrap();
    let arguments = ["export", "--part", "--to", "csv:dialect=full", "--references", "r.json"];
    run(&arguments).says(2, &["r.json: ", "validate --merge --references"]);
    fs::write(bench.path("r.json"), "[null, {}]").unwrap();
    run(&arguments).says(2, &["r.json: ", "an object"]);
    run(&["export", "--part", "--to", "csv:dialect=full", "--references", "nosuch"])
        .says(2, &["cannot read nosuch: "]);
    run(&["export", "--references", "nosuch"]).says(2, &["--part"]);
    run(&["validate", "--references", "nosuch"]).says(2, &["--merge"]);
    run(&["validate", "--part", "--references", "nosuch"]).says(2, &["--merge"]);
    run(&["validate", "--offices", "15"]).says(2, &["--merge"]);
    run(&["validate", "--merge", "-"]).says(2, &["--offices <N>"]);
    for option in ["--fix", "--max-findings=1", "--output-format=json"] {
        run(&["validate", "--part", option]).says(2, &["cannot be used with"]);
        run(&["validate", "--merge", "--offices=1", option]).says(2, &["cannot be used with"]);
    }
}

#[test]
fn a_part_has_one_header() {
    let (bench, parts) = bench();
    let header = "{\"organization\":{\"name\":\"X\",\"name\":\"Y\"}}";
    for first in [header.to_owned(), format!("\u{feff}{header}")] {
        let part = format!("{first}\n{}", parts[0]);
        let run = piped(&bench, &["validate", "--part", "--header", "directory.json"], &part);
        run.says(
            1,
            &[
                "\"schema/unknown-member\"",
                "it is on the first line",
                "\"/offices/0/organization\"",
            ],
        );
        assert_eq!(run.stdout(), "");
    }
    let marked = format!("\u{feff}{}", parts[0]);
    let run = piped(&bench, &["validate", "--part", "--header", "directory.json"], &marked);
    run.says(0, &["\"syntax/byte-order-mark\"", "{\"part\":\"-\",\"offices\":6,"]);
}
