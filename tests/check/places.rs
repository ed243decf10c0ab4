//! Each format marks exactly what a finding is about, in its own unit, whatever stands in front of it in the line.

use officedir::check::{RULES, SCHEMA};
use officedir::directory::{Directory, ReadOptions};
use officedir::finding::show::{FORMATS, FindingReport, ReportedFile, SourceLines};
use officedir::finding::{Finding, OmittedCounts};
use officedir::read::{DirectorySource, Document};
use serde_json::Value;

/// A directory with an office of that name on line 3, and what is found in it.
fn office(name: &str) -> (String, Vec<Finding>) {
    let json = format!(
        "{{ \"organization\": {{ \"name\": \"ICLEI\" }}, \"offices\": [{{\n  \"id\": \"a\",\n  \
         \"name\": \"{name}\", \"kind\": \"office\"\n}}] }}\n"
    );
    let findings = findings(&json);
    (json, findings)
}

fn findings(json: &str) -> Vec<Finding> {
    let document = Document::parse(json.as_bytes()).unwrap();
    let directory =
        Directory::read(DirectorySource::Document(&document), ReadOptions::default()).unwrap();
    directory.findings().to_vec()
}

fn shown(format: &str, json: &str, findings: &[Finding]) -> String {
    let report = FindingReport {
        rules: RULES,
        directory: ReportedFile {
            path: "d.json",
            lines: SourceLines::new(json.as_bytes(), findings),
        },
        config: None,
        findings,
        omitted: &OmittedCounts::default(),
        offices: 1,
        suppressed: 0,
        most: usize::MAX,
        color: false,
    };
    (FORMATS.iter().find(|it| it.name == format).unwrap().render)(&[report])
}

/// The columns of the mark, begin and end, in code points, UTF-16 units and bytes.
fn check(name: &str, points: [u64; 2], utf16: [u64; 2], bytes: [u64; 2]) {
    let (json, findings) = office(name);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let parse =
        |format: &str| -> Value { serde_json::from_str(&shown(format, &json, &findings)).unwrap() };
    let columns = |place: &Value, names: [&str; 2]| names.map(|name| place[name].as_u64().unwrap());
    let place = &parse("json")["findings"][0]["place"];
    assert_eq!(columns(place, ["column", "endColumn"]), points);
    let offsets = columns(place, ["offset", "endOffset"]).map(|it| usize::try_from(it).unwrap());
    let marked = &json[offsets[0]..offsets[1]];
    let sarif = parse("sarif");
    assert_eq!(sarif["runs"][0]["columnKind"], "utf16CodeUnits");
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(columns(region, ["startColumn", "endColumn"]), utf16);
    let range = &parse("rdjson")["diagnostics"][0]["location"]["range"];
    assert_eq!(["start", "end"].map(|it| range[it]["column"].as_u64().unwrap()), bytes);
    let [start, end] = points;
    let github = shown("github", &json, &findings);
    assert!(github.contains(&format!("line=3,endLine=3,col={start},endColumn={end},")), "{github}");
    for format in ["concise", "junit", "full"] {
        let text = shown(format, &json, &findings);
        assert!(text.contains(&format!("d.json:3:{start}")), "{text}");
    }
    // The line and the marks below it, in columns of a terminal.
    let full = shown("full", &json, &findings);
    let marks = full.lines().find(|line| line.contains('^')).unwrap();
    assert_eq!(marks.matches('^').count(), marked.chars().map(columns_of).sum::<usize>(), "{full}");
    let line = full.lines().find(|line| line.starts_with("3 |")).unwrap();
    let before: usize = line
        .chars()
        .map(columns_of)
        .scan(0, |at, width| {
            *at += width;
            Some(*at)
        })
        .take_while(|at| *at <= marks.find('^').unwrap())
        .count();
    assert_eq!(before as u64, "3 | ".len() as u64 + start - 1, "{full}");
}

/// The columns that a terminal gives a character of these texts.
fn columns_of(c: char) -> usize {
    if matches!(c, '\u{300}'..='\u{36f}') {
        return 0;
    }
    if matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ff60}')
    {
        2
    } else {
        1
    }
}

#[test]
fn a_character_behind_cjk_text() {
    // `  "name": "日本` is 11 characters of ASCII and two of three bytes each.
    check("日本\u{202e}オフィス", [14, 15], [14, 15], [18, 21]);
}

#[test]
fn the_escape_that_stands_for_it() {
    check("日本\\u202eオフィス", [14, 20], [14, 20], [18, 24]);
}

#[test]
fn behind_a_character_of_two_utf16_units() {
    check("𝄞日\\u200Eオ", [14, 20], [15, 21], [19, 25]);
}

#[test]
fn behind_other_escapes() {
    check("\\ud834\\udd1e\\\"\\u65e5 \u{2066}", [33, 34], [33, 34], [33, 36]);
}

#[test]
fn the_spaces_at_an_end() {
    check("日本  ", [14, 16], [14, 16], [18, 20]);
}

#[test]
fn the_letters_that_are_decomposed() {
    check("日本 Cafe\u{301}", [18, 20], [18, 20], [22, 25]);
    let (json, findings) = office("e\\u0301 日本 o\u{308} \\u00e9");
    let edit = findings[0].edit.as_ref().unwrap();
    assert_eq!(&json[findings[0].span.clone()], "e\\u0301");
    assert_eq!(findings[0].related.len(), 1);
    assert_eq!(&json[findings[0].related[0].0.clone()], "o\u{308}");
    // What is composed stays as it is written.
    assert_eq!(&json[edit.span.clone()], "e\\u0301 日本 o\u{308}");
    assert_eq!(edit.text, "é 日本 ö");
}

/// What is forbidden in a text is what the schema's pattern forbids, and it alone is marked.
#[test]
fn every_forbidden_character_is_marked() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let pattern = schema["$defs"]["text"]["pattern"].as_str().unwrap();
    let pattern = regex::Regex::new(pattern).unwrap();
    let wanted = |c: &char| !matches!(c, '"' | '\\' | '\0'..='\u{1f}');
    let names: Vec<String> =
        ('\0'..='\u{1ffff}').filter(wanted).map(|c| format!("日{c}x")).collect();
    let mut json = "{ \"organization\": { \"name\": \"ICLEI\" }, \"offices\": [{ \"id\": \"a\", \
                    \"name\": \"A\", \"kind\": \"office\", \"alternate_names\": ["
        .to_owned();
    json.push_str(&format!("\"{}\"] }}] }}", names.join("\", \"")));
    let findings = findings(&json);
    let marked: Vec<&str> = (findings.iter().filter(|it| it.code == "text/character"))
        .map(|it| &json[it.span.clone()])
        .collect();
    let forbidden = names.iter().filter(|name| !pattern.is_match(name));
    let forbidden: Vec<&str> = forbidden.map(|it| it.trim_matches(['日', 'x'])).collect();
    assert_eq!(marked, forbidden);
    assert!(marked.len() >= 50);
}
