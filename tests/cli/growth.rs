//! What is wrong in very many places: findings are kept up to a bound and counted, and nothing takes memory for the
//! others. Nothing here is timed; `benches/growth/run.py` measures.

use std::fs;

use serde_json::Value;

use super::run::{Bench, Run};

/// Findings that are kept.
const MOST: usize = 10_000;

/// The header on the first line, then so many offices.
fn lines(count: usize, office: impl Fn(usize) -> String) -> String {
    let mut text = "{\"organization\": {\"name\": \"Example\"}}\n".to_owned();
    (0..count).for_each(|at| text.push_str(&(office(at) + "\n")));
    text
}

/// An office with those members.
fn office(id: &str, members: &str) -> String {
    format!("{{\"id\": \"{id}\", \"name\": \"{id}\", \"kind\": \"office\"{members}}}")
}

/// `validate` of these lines.
fn validate(lines: &str, arguments: &[&str]) -> (Bench, Run) {
    let bench = Bench::new();
    fs::write(bench.path("d.ndjson"), lines).unwrap();
    let run = bench.run(&[&["validate", "d.ndjson"], arguments].concat());
    (bench, run)
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout()).unwrap()
}

#[test]
fn every_format_counts_what_it_does_not_list() {
    let all = MOST + 2_345;
    let text = lines(all + 1, |_| office("one", ""));
    let more = "2345 more findings not listed: 2345 × office/duplicate-id";
    let (bench, run) = validate(&text, &["--output-format", "json"]);
    run.says(1, &[]);
    let report = json(&run);
    assert_eq!(report["findings"].as_array().unwrap().len(), MOST);
    assert_eq!(report["summary"]["errors"], all);
    assert_eq!(report["summary"]["omitted"]["office/duplicate-id"], 2_345);
    // The first ones of the file are kept: the second line of offices has the first finding.
    assert_eq!(report["findings"][0]["place"]["line"], 3);
    assert_eq!(report["findings"][MOST - 1]["place"]["line"], MOST + 2);
    let shown = |format: &str| {
        let run = bench.run(&["validate", "d.ndjson", "--output-format", format]);
        run.says(1, &[]);
        run.stdout()
    };
    for format in ["full", "concise"] {
        let text = shown(format);
        assert!(text.contains(&format!("and {} more:\n  {0} × office/duplicate-id", all - 100)));
        assert!(text.ends_with(&format!("{} offices, {all} errors, 0 warnings\n", all + 1)));
    }
    let github = shown("github");
    assert_eq!(github.lines().count(), MOST + 1);
    let last = github.lines().last().unwrap();
    assert!(last.starts_with("::error file=d.ndjson,title=") && last.contains(more), "{last}");
    let parsed = |format: &str| -> Value { serde_json::from_str(&shown(format)).unwrap() };
    let gitlab = parsed("gitlab");
    assert_eq!(gitlab.as_array().unwrap().len(), MOST + 1);
    assert_eq!(gitlab[MOST]["severity"], "major");
    assert!(gitlab[MOST]["description"].as_str().unwrap().contains(more));
    let rdjson = parsed("rdjson");
    assert!(rdjson["diagnostics"][MOST]["message"].as_str().unwrap().contains(more));
    let sarif = &parsed("sarif")["runs"][0];
    assert_eq!(sarif["results"].as_array().unwrap().len(), MOST);
    let said = &sarif["invocations"][0]["toolExecutionNotifications"][0];
    assert!(said["message"]["text"].as_str().unwrap().contains(more) && said["level"] == "error");
    let junit = shown("junit");
    assert_eq!(junit.matches("<testcase ").count(), MOST + 1);
    assert!(
        junit.contains(&format!("tests=\"{}\" failures=\"{0}\"", MOST + 1)) && junit.contains(more)
    );
}

#[test]
fn an_error_behind_many_warnings_is_listed() {
    let note =
        ", \"notes\": [{\"pointer\": \"/name\", \"text\": \"Unlikely.\", \"doubtful\": true}]";
    let last = MOST + 5;
    let text = lines(last + 1, |at| {
        let parent = if at == last { ", \"parent\": \"nobody\"" } else { "" };
        office(&format!("office-{at}"), &format!("{note}{parent}"))
    });
    let (_, run) = validate(&text, &["--output-format", "json"]);
    run.says(1, &["the parent office \\\"nobody\\\" does not exist"]);
    let summary = &json(&run)["summary"];
    assert_eq!((&summary["errors"], &summary["warnings"]), (&1.into(), &(last + 1).into()));
    assert_eq!(json(&run)["findings"].as_array().unwrap().len(), MOST);
    let (_, run) = validate(&text, &["--strict", "--output-format", "concise"]);
    run.says(1, &[&format!("{} errors, 0 warnings", last + 2)]);
}

#[test]
fn what_is_kept_does_not_depend_on_the_threads() {
    // Few of what a suggestion is looked up for among all offices: that takes long.
    let text = lines(2 * MOST, |at| match at % 30 {
        0..15 => "{}".to_owned(),
        15..29 => office("one", ", \"time_zone\": \"Europe/Brelin\""),
        _ => office(&format!("office-{at}"), &format!(", \"parent\": \"ofice-{at}\"")),
    });
    let shown = |jobs: &str| {
        let (_, run) = validate(&text, &["--jobs", jobs, "--output-format", "json"]);
        run.stdout()
    };
    let one = shown("1");
    for jobs in ["2", "5"] {
        assert!(one == shown(jobs), "{jobs} threads");
    }
}

#[test]
fn suppressions_are_counted_beyond_what_is_kept() {
    let text = lines(2 * MOST, |at| office(&format!("office-{}", at / 2), ""));
    let bench = Bench::new();
    fs::write(bench.path("d.ndjson"), &text).unwrap();
    let first = MOST - 5;
    let tables: String = (first..first + 10)
        .map(|at| {
            format!("[[suppress]]\nrule = \"office/duplicate-id\"\noffice = \"office-{at}\"\nreason = \"x\"\n")
        })
        .collect();
    fs::write(bench.path("officedir.toml"), tables).unwrap();
    let run = bench.run(&["validate", "d.ndjson", "--output-format", "concise"]);
    let counts = format!("{} errors, 5 warnings, 5 suppressed", MOST - 5);
    run.says(1, &[&counts, "config/unused-suppression"]);
}

#[test]
fn every_safe_edit_is_made() {
    let offices: Vec<String> = (0..MOST + 500)
        .map(|at| office(&format!("office-{at}"), "").replace("\"name\"", "\"nmae\""))
        .collect();
    let text = format!(
        "{{\"organization\": {{\"name\": \"Example\"}}, \"offices\": [\n{}\n]}}\n",
        offices.join(",\n")
    );
    let bench = Bench::with(&text);
    bench
        .run(&["validate", "--fix"])
        .says(0, &[&format!("{} corrected", MOST + 500), "0 errors, 0 warnings"]);
    assert_eq!(
        fs::read_to_string(bench.path("directory.json")).unwrap(),
        text.replace("nmae", "name")
    );
}

/// One office with thousands of everything that a rule looks at for each of them. As debug code this takes seconds, and
/// took an hour when each finding went through the whole office.
#[test]
fn one_office_with_thousands_of_members() {
    let list = |count: usize, item: &dyn Fn(usize) -> String| {
        (0..count).map(item).collect::<Vec<_>>().join(", ")
    };
    let count = 4_000;
    let address = |at| {
        format!(
            "{{\"uses\": [\"postal\"], \"address_lines\": [\"{at} Street\"], \"country\": \"FR\"}}"
        )
    };
    let note = |at| {
        format!("{{\"pointer\": \"/addresses/{at}\", \"text\": \"Note {at}\", \"doubtful\": true}}")
    };
    let phone = |at| format!("{{\"type\": \"voice\", \"number\": \"+49{}\"}}", 100_000 + at);
    let unknown = |at| format!("\"member-{at}\": 1");
    let members = format!(
        ", \"addresses\": [{}], \"notes\": [{}], \"phones\": [{}], {}",
        list(count, &address),
        list(2 * count, &note),
        list(count, &phone),
        list(count, &unknown)
    );
    let (_, run) = validate(&lines(1, |_| office("one", &members)), &["--output-format", "json"]);
    let report = json(&run);
    let of = |code: &str| {
        let findings = report["findings"].as_array().unwrap().iter();
        findings.filter(|finding| finding["code"] == code).count()
            + report["summary"]["omitted"][code].as_u64().map_or(0, |more| more as usize)
    };
    assert_eq!(of("schema/unknown-member"), count);
    assert_eq!(of("contact/phone-country"), count);
    assert_eq!(of("note/doubtful"), count);
    assert_eq!(of("note/pointer"), count);
    // Each address lacks a locality and a postal code.
    assert_eq!(of("postal/missing-part"), 2 * count);
}

/// Makes the region of that number.
type Make<'m> = &'m dyn Fn(usize) -> String;

#[test]
fn many_regions() {
    let count = 3_000;
    let regions = |region: Make<'_>| {
        let regions: Vec<String> = (0..count).map(region).collect();
        format!(
            "{{\"organization\": {{\"name\": \"Example\"}}, \"regions\": [{}], \"offices\": [{}]}}",
            regions.join(", "),
            office("a", ", \"region\": \"region-0\"")
        )
    };
    let region =
        |at: usize, parent: String| format!("{{\"id\": \"region-{at}\", \"name\": \"R\"{parent}}}");
    let parent = |at: usize| format!(", \"parent\": \"region-{at}\"");
    let cases: [(Make<'_>, i32, &str); 5] = [
        (&|at| region(at, String::new()), 0, "0 errors"),
        (&|at| region(at, if at % 32 > 0 { parent(at - 1) } else { String::new() }), 0, "0 errors"),
        (
            &|at| region(at, if at > 0 { parent(at - 1) } else { String::new() }),
            1,
            "error[region/depth]",
        ),
        (&|at| region(at, parent((at + 1) % count)), 1, "2980 more → region-0"),
        (&|_| region(0, String::new()), 1, "2999 errors"),
    ];
    for (make, code, said) in cases {
        let bench = Bench::with(regions(make));
        bench.run(&["validate", "--output-format", "concise"]).says(code, &[said]);
        if code == 0 {
            bench.run(&["export", "--to", "html", "--region", "region-0"]).says(0, &[]);
        }
    }
}

#[test]
fn problems_of_an_export_are_counted() {
    let text = lines(MOST + 7, |at| office(&format!("office-{at}"), ""));
    let bench = Bench::new();
    fs::write(bench.path("d.ndjson"), text).unwrap();
    let run = bench.run(&["export", "d.ndjson", "--to", "labels"]);
    let said = "warning: left out: labels: 7 more, which are not listed\n";
    run.says(0, &[said, &format!("{} values left out", "10,007")]);
    assert_eq!(run.stderr().matches("an office without an address has no label").count(), MOST);
    bench
        .run(&["export", "d.ndjson", "--to", "labels", "--strict"])
        .says(1, &["error: left out: labels: 7 more"]);
}

#[test]
fn a_page_that_no_browser_bears_is_refused() {
    let text = lines(MOST + 1, |at| {
        let region = if at == 0 { "two" } else { "one" };
        office(&format!("office-{at}"), &format!(", \"region\": \"{region}\""))
    });
    let regions =
        "\"regions\": [{\"id\": \"one\", \"name\": \"1\"}, {\"id\": \"two\", \"name\": \"2\"}]";
    let text = text.replacen("}}", &format!("}}, {regions}}}"), 1);
    let bench = Bench::new();
    fs::write(bench.path("d.ndjson"), text).unwrap();
    let run = bench.run(&["export", "d.ndjson", "--to", "html"]);
    run.says(2, &["a page of more than 10,000 offices", "--region, --country or --kind"]);
    assert!(bench.files("out").is_empty());
    bench.run(&["export", "d.ndjson", "--to", "html", "--region", "two"]).says(0, &["1 office, "]);
}

#[test]
fn unknown_names_do_not_list_thousands() {
    let text = lines(1_000, |at| office(&format!("office-{at}"), ""));
    let bench = Bench::new();
    fs::write(bench.path("d.ndjson"), text).unwrap();
    let run = bench.run(&["export", "d.ndjson", "--id", "qqqqqqqqqqqqqq"]);
    run.says(2, &["unknown office", "available: office-0, ", " and 950 more\n"]);
}

#[test]
fn pages_that_are_too_large_for_a_picture() {
    let bench = Bench::new();
    let stock = "[[stock]]\nname = \"huge\"\nkind = \"roll\"\nbrand = \"b\"\npart = \"p\"\npage = [5000, 5000]\n";
    fs::write(bench.path("stock.toml"), stock).unwrap();
    let export = |options: &str| {
        let target = format!("labels:stock=huge,stock-file=stock.toml,{options}");
        bench.run(&["export", "--to", &target, "--id", "japan-office"])
    };
    let said =
        "a page of huge (5000 x 5000 mm) has too many dots for a picture at 150 dots per inch";
    export("format=png").says(2, &[said, "help: choose dpi=62 or less"]);
    export("format=zpl,dpi=600").says(2, &["too many dots"]);
    export("format=png,dpi=50").says(0, &[]);
    export("format=svg").says(0, &[]);
    assert_eq!(bench.files("out").len(), 3);
}

/// Where little memory can be had, there is an error and no abort.
#[cfg(target_os = "linux")]
#[test]
fn blocks_of_very_many_lines_take_little_memory() {
    // A line as long as may be and then only ends of lines: their places take many times the bytes.
    let long = office("one", &format!(", \"x\": \"{}\"", "y".repeat(8 << 20)));
    let text = lines(1, |_| long.clone()) + &"\n".repeat(8 << 20) + &office("two", "");
    let bench = Bench::new();
    fs::write(bench.path("d.ndjson"), text).unwrap();
    let script = "ulimit -v 300000; exec \"$0\" validate --jobs 1 d.ndjson --output-format concise";
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_officedir")]).current_dir(bench.path(""));
    Run::new(command.output().unwrap()).says(1, &["d.ndjson:2:", "2 offices, 1 error"]);
}
