//! Broken directories, one folder a rule, and what is said of each: the golden file `cases/expected.txt`
//! has every finding with its line, column, message and advice.

use std::fs;
use std::path::{Path, PathBuf};

use officedir::check::{RULES, unused};
use officedir::config::Config;
use officedir::directory::{Directory, ReadOptions};
use officedir::finding::show::{FORMATS, FindingReport, ReportedFile, SourceLines};
use officedir::finding::{Finding, OmittedCounts};
use officedir::read::{DirectorySource, Document};

use super::{golden_files, safe_edits};

/// How the goldens of these tests are written.
const TEST: &str = "--test check cases";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/cases")
}

/// Every case as `RULE/NAME.json`, in order.
fn cases() -> Vec<String> {
    let mut cases = Vec::new();
    for rule in RULES {
        let name = rule.code.replace('/', "-");
        // A rule without a folder has no cases, which the test below says.
        let files = fs::read_dir(folder().join(&name)).into_iter().flatten();
        let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        cases.extend(
            files.filter(|file| file.ends_with(".json")).map(|file| format!("{name}/{file}")),
        );
    }
    cases.sort();
    cases
}

/// The findings in a case, and the text of its configuration.
fn check(case: &str) -> (Vec<u8>, Vec<Finding>, Config) {
    let path = folder().join(case);
    let bytes = fs::read(&path).unwrap();
    let toml = path.with_extension("toml");
    let text = fs::read_to_string(&toml).unwrap_or_default();
    let config = Config::parse(&toml, &text).unwrap();
    let findings = match Document::parse(&bytes) {
        Err(errors) => errors.0,
        Ok(document) => {
            let options =
                ReadOptions { suppressions: &config.suppressions, ..ReadOptions::default() };
            let directory = Directory::read(DirectorySource::Document(&document), options).unwrap();
            let mut findings = directory.findings().to_vec();
            findings.extend(unused(&config.suppressions).1);
            findings
        }
    };
    (bytes, findings, config)
}

fn shown(case: &str, format: &str) -> (String, Vec<Finding>) {
    let (bytes, findings, config) = check(case);
    let format = FORMATS.iter().find(|it| it.name == format).unwrap();
    let toml = case.replace(".json", ".toml");
    let report = FindingReport {
        rules: RULES,
        directory: ReportedFile { path: case, lines: SourceLines::new(&bytes, &findings) },
        config: Some(ReportedFile {
            path: &toml,
            lines: SourceLines::of_config(&config.text, &findings),
        }),
        findings: &findings,
        omitted: &OmittedCounts::default(),
        offices: 0,
        suppressed: 0,
        most: usize::MAX,
        color: false,
    };
    ((format.render)(&[report]), findings)
}

#[test]
fn says_of_each_what_is_expected() {
    let mut said = String::new();
    for case in cases() {
        let (text, findings) = shown(&case, "concise");
        let text: Vec<&str> = text.lines().collect();
        let (code, name) = case.split_once('/').unwrap();
        match text.split_last().unwrap().1 {
            [] => said.push_str(&format!("{case}: nothing\n")),
            lines => said.push_str(&format!("{}\n", lines.join("\n"))),
        }
        let is_it = |finding: &Finding| finding.code.replace('/', "-") == code;
        if findings.iter().any(|finding| finding.edit.as_ref().is_some_and(|edit| edit.safe)) {
            check_safe_edits(&case, &findings);
        }
        if name.starts_with("fails") {
            assert!(
                findings.iter().any(is_it),
                "tests/check/cases/{case} is to break the rule of its folder, but has {findings:?}"
            );
        } else if name == "passes.json" {
            assert!(
                findings.is_empty(),
                "tests/check/cases/{case} is to have no finding, but has {findings:?}"
            );
        }
    }
    golden_files::check("tests/check/cases/expected.txt", TEST, &said);
}

/// Makes the edits that are marked as safe, after which there is less to find.
fn check_safe_edits(case: &str, findings: &[Finding]) {
    let path = folder().join(case);
    let (fixed, _) = officedir::finding::apply(&fs::read(path).unwrap(), findings);
    let left = safe_edits::findings(fixed);
    let new: Vec<&Finding> = left
        .iter()
        .filter(|it| !findings.iter().any(|old| (old.code, &old.message) == (it.code, &it.message)))
        .collect();
    assert!(
        left.len() < findings.len() || new.is_empty(),
        "the safe edits of tests/check/cases/{case} lead to {new:?}"
    );
}

#[test]
fn every_file_is_a_case_of_a_rule() {
    let codes: Vec<String> = RULES.iter().map(|rule| rule.code.replace('/', "-")).collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_file() {
            assert_eq!(
                name, "expected.txt",
                "tests/check/cases/{name} is used by no test: remove it"
            );
            continue;
        }
        assert!(
            codes.contains(&name),
            "tests/check/cases/{name} is named after no rule: remove it"
        );
        for file in fs::read_dir(entry.path()).unwrap() {
            let file = file.unwrap().path();
            let is_case = file.extension().is_some_and(|it| it == "json");
            assert!(
                is_case || file.with_extension("json").exists(),
                "{} is used by no test: remove it, or add the .json that it configures",
                file.display()
            );
        }
    }
}

#[test]
fn every_rule_has_a_case_that_passes_one_that_fails_and_one_at_the_boundary() {
    let cases = cases();
    assert!(cases.len() >= 40);
    for rule in RULES {
        for name in ["passes", "fails", "boundary"] {
            let wanted = format!("{}/{name}", rule.code.replace('/', "-"));
            let is_there = cases.iter().any(|case| case.starts_with(&wanted));
            assert!(is_there, "add tests/check/cases/{wanted}.json, a directory for {}", rule.code);
        }
    }
}

/// No format loses a finding or breaks on one, whatever the case.
#[test]
fn every_format_shows_every_finding() {
    for case in cases() {
        for format in FORMATS {
            let (text, findings) = shown(&case, format.name);
            let shown = findings.iter().all(|finding| text.contains(finding.code));
            assert!(shown, "{case} as {}:\n{text}", format.name);
            assert!(!text.contains('\u{202e}') || format.name != "full", "{case}:\n{text}");
        }
    }
}

/// The page of all rules in the documentation is what `explain` prints.
#[test]
fn the_reference_has_every_rule() {
    let rules: Vec<String> = RULES.iter().map(|rule| rule.markdown()).collect();
    let page =
        format!("# Rules\n\nEvery rule, as `officedir explain` prints it.\n\n{}", rules.join("\n"));
    golden_files::check("docs/rules.md", TEST, &page);
}
