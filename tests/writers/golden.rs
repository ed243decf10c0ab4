//! The golden matrix: every writer of the table with every value of its options, over the directory and
//! over the fixture that has everything that is hard. A writer or option that is new in the table is in
//! the matrix by that alone.

use std::fmt::Write as _;
use std::fs;

use officedir::directory::{Directory, Reading};
use officedir::export::{Outcome, Selection};
use officedir::read::{Document, Source};
use officedir::writers::{OptionInfo, OptionKind, TORTURE, Target, WRITERS, Weight, WriterInfo};
use sha2::{Digest, Sha256};

use super::memory::Memory;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/writers/golden");
const HELP: &str = "if the change is meant, look at the files, then write them anew: \
                    BLESS=1 cargo test --test writers";

/// Offices whose letters a label takes from the machine's own fonts.
const FROM_MACHINE: [(&str, &[&str]); 1] = [("labels", &["emoji", "right-to-left", "scripts"])];
/// Values of options that take any text; those that read files are left to the writers' own tests.
const TEXTS: [(&str, &str, &[&str]); 3] = [
    ("ldif", "domain", &["iclei.org"]),
    ("labels", "stock", &["avery-5160", "dymo-99012", "envelope-dl"]),
    ("labels", "return-address", &["headquarters", "ICLEI|53113 Bonn"]),
];

#[test]
fn directory() {
    matrix("directory", include_str!("../../directory.json"));
}

#[test]
fn torture() {
    matrix("torture", TORTURE);
}

fn matrix(fixture: &str, json: &str) {
    let document = Document::parse(json.as_bytes()).unwrap();
    let source = Source::Document(&document);
    let options = Reading { threads: 2, ..Reading::default() };
    let directory = Directory::read(source, options).unwrap();
    let mut matrix = String::new();
    for info in WRITERS {
        for options in option_sets(info) {
            let shown: String =
                options.iter().map(|(key, value)| format!(" {key}={value}")).collect();
            let result = export(info, options, &directory, source);
            writeln!(matrix, "{}{shown}: {result}", info.name).unwrap();
        }
    }
    let golden = format!("{GOLDEN}/{fixture}.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&golden, &matrix).unwrap();
    }
    let golden = fs::read_to_string(&golden).unwrap();
    let changed: Vec<&str> =
        matrix.lines().filter(|it| !golden.lines().any(|g| g == *it)).collect();
    assert!(changed.is_empty(), "{}\n{HELP}", changed.join("\n"));
    assert_eq!(matrix, golden, "{HELP}");
}

/// No options, and each value of each option that is not its default.
pub fn option_sets(info: &WriterInfo) -> Vec<Vec<(String, String)>> {
    let single = |option: &OptionInfo| -> Vec<Vec<(String, String)>> {
        let key = option.name.to_owned();
        let values = values(info, option).into_iter().filter(|it| it != option.default);
        values.map(|value| vec![(key.clone(), value)]).collect()
    };
    let mut sets = vec![Vec::new()];
    sets.extend(info.options.iter().flat_map(single));
    sets
}

fn values(info: &WriterInfo, option: &OptionInfo) -> Vec<String> {
    let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    match option.kind {
        OptionKind::Choice(words) => owned(words),
        OptionKind::Flag => owned(&["true", "false"]),
        OptionKind::Number(low, high) => vec![low.to_string(), high.min(low + 1).to_string()],
        OptionKind::Numbers(low, high) => vec![format!("{low}+{}", high.min(low + 2))],
        OptionKind::Country => owned(&["DE", "US"]),
        OptionKind::Text | OptionKind::File | OptionKind::Files => TEXTS
            .iter()
            .find(|(writer, key, _)| (*writer, *key) == (info.name, option.name))
            .map_or(Vec::new(), |(_, _, words)| owned(words)),
    }
}

/// What an export gives: offices that are refused and number of values that are lost, then size and
/// hash of each file with all other offices.
fn export(
    info: &'static WriterInfo,
    options: Vec<(String, String)>,
    directory: &Directory<'_>,
    source: Source<'_>,
) -> String {
    let target = match Target::new(info, options) {
        Ok(target) => target,
        Err(misuse) => return format!("misuse: {}", misuse.message),
    };
    let machine = FROM_MACHINE.iter().find(|it| it.0 == info.name).map_or(&[][..], |it| it.1);
    let mut selection = Selection { ids: source.ids(usize::MAX).unwrap(), ..Selection::default() };
    selection.ids.retain(|id| !machine.contains(&id.as_str()));
    let run = |selection: &Selection| {
        let mut memory = Memory::default();
        let outcome = directory.export(std::slice::from_ref(&target), selection, &mut memory);
        (outcome.unwrap(), memory)
    };
    let mut said = String::new();
    let (mut outcome, mut memory) = run(&selection);
    let refused = of_weight(&outcome, Weight::Refusal);
    if !refused.is_empty() {
        write!(said, "refuses {}; ", refused.join(" ")).unwrap();
        selection.ids.retain(|id| !refused.contains(id));
        (outcome, memory) = run(&selection);
    }
    assert!(!outcome.failed(), "{:?} {:?}", directory.findings(), outcome.problems);
    write!(said, "{} lost", of_weight(&outcome, Weight::Loss).len()).unwrap();
    let hash = |bytes: &[u8]| {
        Sha256::digest(bytes)[..8].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    };
    let files: Vec<String> = memory
        .files
        .iter()
        .map(|(name, bytes)| format!("; {name} {} {:016x}", bytes.len(), hash(bytes)))
        .collect();
    match files.len() {
        0..=3 => said.push_str(&files.concat()),
        count => {
            write!(said, "; {count} files {:016x}", hash(files.concat().as_bytes())).unwrap();
        }
    }
    said
}

/// The offices of the problems of that weight, in the order of the directory.
fn of_weight(outcome: &Outcome, weight: Weight) -> Vec<String> {
    let problems = outcome.problems.iter().filter(|(_, problem)| problem.weight == weight);
    problems.map(|(_, problem)| problem.office.clone()).collect()
}
