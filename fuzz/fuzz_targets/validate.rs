//! A valid directory with any members and bytes changed is validated whole: findings lie within the file, every
//! format is one that its readers read and has nothing that a terminal obeys, `--fix` never makes it worse.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use officedir::check::RULES;
use officedir::finding::show::{FORMATS, FindingReport, ReportedFile, SourceLines};
use officedir::finding::{Finding, OmittedCounts, Severity};
use officedir::directory::corrected;
use officedir::writers::TORTURE;
use officedir_fuzz::{findings, is_forbidden};
use quick_xml::events::Event;
use serde_json::Value;

#[derive(Arbitrary, Debug)]
struct Input<'b> {
    /// Which of the offices are there, by bits.
    offices: u16,
    values: Vec<Change<'b>>,
    layout: Layout,
    bytes: Vec<Splice<'b>>,
}

/// A change of one value or member.
#[derive(Arbitrary, Debug)]
struct Change<'b> {
    at: u16,
    how: How<'b>,
}

#[derive(Arbitrary, Debug)]
enum How<'b> {
    Text(&'b str),
    Insert(u8, &'b str),
    Piece(u8, u8),
    Value(u8),
    Number(i64),
    Remove,
    Rename(&'b str),
    Misspell(u8),
    Again,
    Copy(u16),
}

#[derive(Arbitrary, Debug)]
enum Layout {
    Pretty,
    Compact,
    Escaped,
    Windows,
}

/// A change of the text.
#[derive(Arbitrary, Debug)]
struct Splice<'b> {
    at: u16,
    cut: u8,
    put: Put<'b>,
}

#[derive(Arbitrary, Debug)]
enum Put<'b> {
    Bytes(&'b [u8]),
    Piece(u8),
}

/// Texts that one rule or another is about.
const PIECES: [&str; 32] = [
    "\u{202e}",
    "\u{feff}",
    "\u{ad}",
    "\u{200b}",
    "e\u{301}",
    "日本",
    "𝄞",
    "\u{85}",
    "\t",
    " ",
    ",",
    "'",
    "“",
    "//",
    "/*",
    "null",
    "\\u202e",
    "\\ud83d",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    "+49 (0)228",
    "www.iclei.org",
    "UK",
    "Japan",
    "office ",
    "\u{1b}[31m",
    "\r\n",
    "1e400",
];

static BASE: LazyLock<Value> = LazyLock::new(|| {
    let mut base: Value = serde_json::from_str(TORTURE).unwrap();
    let more: Value = serde_json::from_str(include_str!("../../directory.json")).unwrap();
    let offices = base["offices"].as_array_mut().unwrap();
    offices.retain(|office| office.to_string().len() < 3_000);
    offices.truncate(5);
    offices.extend(more["offices"].as_array().unwrap().iter().take(5).cloned());
    base["regions"] = more["regions"].clone();
    for office in base["offices"].as_array_mut().unwrap() {
        office.as_object_mut().unwrap().remove("parent");
    }
    base
});

fuzz_target!(|input: Input<'_>| {
    let text = directory(&input);
    let found = findings(&text);
    check(&text, &found);
    show(&text, &found);
    let (fixed, count) = corrected(text.clone(), 1).unwrap();
    let again = findings(&fixed);
    check(&fixed, &again);
    assert_eq!(count == 0, fixed == text);
    let is_better = errors(&again) <= errors(&found) || hides_others(&found);
    assert!(is_better, "--fix made {found:#?} worse: {again:#?}");
    assert_eq!(corrected(fixed, 1).unwrap().1, 0, "--fix leaves nothing that it can correct");
});

fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}

/// Whether there may be more errors behind those: what a misspelt member has in it is not looked at.
fn hides_others(findings: &[Finding]) -> bool {
    let hides = |code: &str| code.starts_with("syntax/") || code == "schema/unknown-member";
    findings.iter().any(|finding| hides(finding.code))
}

fn check(text: &[u8], findings: &[Finding]) {
    let within = |span: &std::ops::Range<usize>| {
        assert!(span.start <= span.end && span.end <= text.len(), "{span:?} of {}", text.len());
        if let Ok(text) = std::str::from_utf8(text) {
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        }
    };
    for finding in findings {
        within(&finding.span);
        finding.related.iter().for_each(|(span, _)| within(span));
        finding.edit.iter().for_each(|edit| within(&edit.span));
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{finding:?}");
    }
    for (at, finding) in findings.iter().enumerate() {
        let twice = findings[..at].iter().find(|it| {
            it.code == finding.code && it.span == finding.span && it.message == finding.message
        });
        assert!(twice.is_none() || finding.span.is_empty(), "{finding:?} twice");
    }
}

fn show(text: &[u8], findings: &[Finding]) {
    for format in FORMATS {
        let report = FindingReport {
            rules: RULES,
            directory: ReportedFile { path: "directory.json", lines: SourceLines::new(text, findings) },
            config: None,
            findings,
            omitted: &OmittedCounts::default(),
            offices: 0,
            suppressed: 0,
            most: 100,
            color: false,
        };
        let shown = (format.render)(&[report]);
        match format.name {
            "full" | "concise" | "github" | "azure" => {
                let bad = shown.chars().find(|c| is_forbidden(*c) && *c != '\n');
                assert!(bad.is_none(), "{bad:?} in {}: {shown:?}", format.name);
            }
            "junit" => read_xml(&shown),
            _ => drop(serde_json::from_str::<Value>(&shown).unwrap()),
        }
    }
}

fn read_xml(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    while reader.read_event().unwrap() != Event::Eof {}
}

fn directory(input: &Input<'_>) -> Vec<u8> {
    let mut value = BASE.clone();
    let mut number = 0;
    if input.offices != 0 {
        value["offices"].as_array_mut().unwrap().retain(|_| {
            number += 1;
            input.offices & 1 << (number - 1) != 0
        });
    }
    for change in input.values.iter().take(8) {
        make(change, &mut value);
    }
    let mut text = match input.layout {
        Layout::Compact => value.to_string(),
        Layout::Pretty => format!("{value:#}\n"),
        Layout::Escaped => escaped(&format!("{value:#}\n")),
        Layout::Windows => format!("{value:#}\n").replace('\n', "\r\n"),
    }
    .into_bytes();
    for splice in input.bytes.iter().take(4) {
        let at = usize::from(splice.at) * text.len() / usize::from(u16::MAX);
        let end = text.len().min(at + usize::from(splice.cut % 16));
        let put = match splice.put {
            Put::Bytes(bytes) => bytes,
            Put::Piece(at) => PIECES[usize::from(at) % PIECES.len()].as_bytes(),
        };
        text.splice(at..end, put.iter().copied());
    }
    text
}

fn escaped(text: &str) -> String {
    let mut units = [0; 2];
    let escape = |c: char| match c.is_ascii() {
        true => c.to_string(),
        false => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    };
    text.chars().map(escape).collect()
}

/// The pointers of all values.
fn pointers(value: &Value, at: &mut String, all: &mut Vec<String>) {
    all.push(at.clone());
    let length = at.len();
    let mut go = |name: &str, value| {
        at.push('/');
        at.push_str(&name.replace('~', "~0").replace('/', "~1"));
        pointers(value, at, all);
        at.truncate(length);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| go(name, value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| go(&at.to_string(), value));
        }
        _ => {}
    }
}

fn make(change: &Change<'_>, root: &mut Value) {
    let mut all = Vec::new();
    pointers(root, &mut String::new(), &mut all);
    let pick = |at: u16| &all[usize::from(at) % all.len()];
    let pointer = pick(change.at);
    let value = root.pointer(pointer).unwrap().clone();
    let text = value.as_str().unwrap_or_default().to_owned();
    let insert = |at: u8, piece: &str| {
        let places: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = places[usize::from(at) % places.len()];
        Value::from(format!("{}{piece}{}", &text[..at], &text[at..]))
    };
    let new = match change.how {
        How::Text(text) => text.into(),
        How::Insert(at, text) => insert(at, text),
        How::Piece(at, piece) => insert(at, PIECES[usize::from(piece) % PIECES.len()]),
        How::Value(at) => {
            let values =
                ["null", "true", "[]", "{}", "[null]", "{\"\":0}", "1e300", "-0.0", "\"\""];
            serde_json::from_str(values[usize::from(at) % values.len()]).unwrap()
        }
        How::Number(number) => number.into(),
        How::Copy(from) => root.pointer(pick(from)).unwrap().clone(),
        How::Again => {
            if let Some(Value::Array(items)) = root.pointer_mut(pointer) {
                items.extend(items.last().cloned());
            }
            return;
        }
        How::Remove | How::Rename(_) | How::Misspell(_) => {
            member(root, pointer, &change.how);
            return;
        }
    };
    *root.pointer_mut(pointer).unwrap() = new;
}

fn member(root: &mut Value, pointer: &str, how: &How<'_>) {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    match root.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            let name = name.replace("~1", "/").replace("~0", "~");
            let Some(value) = members.remove(&name) else { return };
            let new = match how {
                How::Rename(new) => (*new).to_owned(),
                How::Misspell(at) if !name.is_empty() => {
                    let letters = name.chars().enumerate();
                    let dropped = usize::from(*at) % name.chars().count();
                    letters.filter(|(at, _)| *at != dropped).map(|(_, c)| c).collect()
                }
                _ => return,
            };
            members.insert(new, value);
        }
        Some(Value::Array(items)) => drop(items.pop()),
        _ => {}
    }
}
