//! The goldens: every writer of the table with every value of its options, over some offices of the
//! directory and over the fixture that has everything that is hard. A writer or option that is new in the
//! table is among them by that alone.
//!
//! `golden/FIXTURE/WRITER[-OPTION-VALUE].EXT` is what comes out. With an option it is what the option
//! changes (`.diff`) where that is shorter. Labels are text with positions. `outcomes.txt` has a line for
//! each writer and option: what is refused, how much is lost (`losses.txt` says what), the goldens, and size and
//! hash of what is not text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use officedir::directory::{Directory, ReadOptions};
use officedir::export::{Outcome, Selection};
use officedir::read::{DirectorySource, Document};
use officedir::writers::{
    LossSeverity, OptionInfo, OptionKind, TORTURE, Target, WRITERS, WriterInfo, WriterOptions,
};
use serde_json::Value;

use super::golden_files::{Goldens, difference};
use super::memory::Memory;
use super::review;

/// Offices whose letters a label takes from the machine's own fonts.
const FROM_MACHINE: [(&str, &[&str]); 1] = [("labels", &["emoji", "right-to-left", "scripts"])];
/// Values of options that take any text; those that read files are left to the writers' own tests.
const TEXTS: [(&str, &str, &[&str]); 4] = [
    ("html", "label", &["none"]),
    ("ldif", "domain", &["iclei.org"]),
    ("labels", "stock", &["avery-5160", "dymo-99012", "envelope-dl"]),
    ("labels", "return-address", &["headquarters", "ICLEI|53113 Bonn"]),
];
/// The offices of the directory that are written: headquarters, two addresses with a box, other names.
const SOME: [&str; 3] = ["world-secretariat", "africa-secretariat", "south-america-secretariat"];
/// Options that only go together.
const TOGETHER: [(&str, &[(&str, &str)]); 1] =
    [("labels", &[("format", "zpl"), ("stock", "zebra-4x6")])];
/// How the test is run.
const TEST: &str = "--test writers golden";

type OptionSet = Vec<(String, String)>;

#[test]
fn directory() {
    let json = include_str!("../../directory.json");
    let mut directory: Value = serde_json::from_str(json).unwrap();
    let offices = directory["offices"].as_array_mut().unwrap();
    offices.retain(|office| SOME.contains(&office["id"].as_str().unwrap()));
    assert_eq!(offices.len(), SOME.len());
    check("tests/writers/golden/directory", &directory.to_string());
}

#[test]
fn torture() {
    check("tests/writers/golden/torture", TORTURE);
}

#[test]
fn defaults_are_values_that_may_be_given() {
    for info in WRITERS {
        for option in info.options.iter().filter(|option| !option.default.is_empty()) {
            let given = [(option.name.to_owned(), option.default.to_owned())];
            let checked = WriterOptions::check(info.options, &given);
            assert!(checked.is_ok(), "{} {}: {:?}", info.name, option.name, checked.err());
        }
    }
}

#[test]
fn every_folder_is_a_fixture() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/writers/golden");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name();
        let is_used = name == "directory" || name == "torture";
        assert!(is_used, "tests/writers/golden/{} is used by no test: remove it", name.display());
    }
}

/// Compares what every writer makes of a directory with the goldens in a folder.
fn check(folder: &'static str, json: &str) {
    let document = Document::parse(json.as_bytes()).unwrap();
    let source = DirectorySource::Document(&document);
    let options = ReadOptions { threads: 2, ..ReadOptions::default() };
    let directory = Directory::read(source, options).unwrap();
    let mut goldens = Goldens::new(folder, TEST);
    let (mut outcomes, mut losses) = (String::new(), String::new());
    for info in WRITERS {
        let (mut plain, mut plain_losses) = (BTreeMap::new(), String::new());
        for options in option_sets(info) {
            let mut name = info.name.to_owned();
            options.iter().for_each(|(key, value)| name.push_str(&format!(" {key}={value}")));
            let mut export = match export(info, &options, &directory, source) {
                Ok(export) => export,
                Err(misuse) => {
                    writeln!(outcomes, "{name}: misuse: {misuse}").unwrap();
                    continue;
                }
            };
            for (kind, text) in &export.texts {
                let golden = match plain.get(kind) {
                    Some(plain) if plain == text => format!("{}{kind} again", info.name),
                    plain => keep(&name, kind, text, plain, &mut goldens),
                };
                export.outcome.push_str(&format!("; {golden}"));
            }
            writeln!(outcomes, "{name}: {}", export.outcome).unwrap();
            if export.losses != plain_losses {
                writeln!(losses, "{name}\n{}", export.losses).unwrap();
            }
            if options.is_empty() {
                (plain, plain_losses) = (export.texts, export.losses);
            }
        }
    }
    goldens.check("outcomes.txt", &outcomes);
    goldens.check("losses.txt", &losses);
    goldens.finish();
}

/// Compares a text with its golden, which has what is other than without options where that is shorter;
/// gives the golden's name.
fn keep(
    name: &str,
    kind: &str,
    text: &str,
    plain: Option<&String>,
    goldens: &mut Goldens,
) -> String {
    let slug =
        |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' };
    let name: String = name.to_lowercase().chars().map(slug).collect::<String>() + kind;
    let difference = plain.map(|plain| difference(plain, text));
    let short = difference.as_deref().filter(|difference| difference.len() * 2 < text.len());
    let name = if short.is_some() { format!("{name}.diff") } else { name };
    goldens.check(&name, short.unwrap_or(text));
    name
}

/// No options, each value of each option that is not its default, and what goes together.
pub fn option_sets(info: &WriterInfo) -> Vec<OptionSet> {
    let single = |option: &OptionInfo| -> Vec<OptionSet> {
        let key = option.name.to_owned();
        let values = values(info, option).into_iter().filter(|it| it != option.default);
        values.map(|value| vec![(key.clone(), value)]).collect()
    };
    let mut sets = vec![Vec::new()];
    sets.extend(info.options.iter().flat_map(single));
    let together = TOGETHER.iter().filter(|(writer, _)| *writer == info.name);
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    sets.extend(together.map(|(_, options)| options.iter().map(owned).collect()));
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
        OptionKind::Language => owned(&["de"]),
        OptionKind::Text | OptionKind::File | OptionKind::Files => TEXTS
            .iter()
            .find(|(writer, key, _)| (*writer, *key) == (info.name, option.name))
            .map_or(Vec::new(), |(_, _, words)| owned(words)),
        other => panic!("{}: add values of {other:?} here", info.name),
    }
}

/// What an export gives.
struct Export {
    /// Offices that are refused, number of values that are lost, size and hash of each file without text.
    outcome: String,
    /// A line for each value that is lost.
    losses: String,
    /// The texts, without what is refused, by what their goldens' names end with.
    texts: BTreeMap<String, String>,
}

fn export(
    info: &'static WriterInfo,
    options: &OptionSet,
    directory: &Directory<'_>,
    source: DirectorySource<'_>,
) -> Result<Export, String> {
    let target = Target::new(info, options.clone()).map_err(|error| error.to_string())?;
    let machine = FROM_MACHINE.iter().find(|it| it.0 == info.name).map_or(&[][..], |it| it.1);
    let mut selection = Selection { ids: source.ids(usize::MAX).unwrap(), ..Selection::default() };
    selection.ids.retain(|id| !machine.contains(&id.as_str()));
    let run = |target: &Target, selection: &Selection| {
        let mut memory = Memory::default();
        let outcome = directory.export(std::slice::from_ref(target), selection, &mut memory);
        (outcome.unwrap(), memory.files)
    };
    let mut said = String::new();
    let (mut outcome, mut files) = run(&target, &selection);
    let refused = of_weight(&outcome, LossSeverity::Refusal);
    if !refused.is_empty() {
        write!(said, "refuses {}; ", refused.join(" ")).unwrap();
        selection.ids.retain(|id| !refused.contains(id));
        (outcome, files) = run(&target, &selection);
    }
    assert!(!outcome.failed(), "{:?} {:?}", directory.findings(), outcome.problems);
    write!(said, "{} lost", of_weight(&outcome, LossSeverity::Loss).len()).unwrap();
    let mut texts = review::texts(&target.file, files, &mut said);
    if info.name == "labels" && !options.iter().any(|(key, _)| key == "format") {
        // What stands where, which a PDF does not show.
        let of_pdf = |(key, _): &(String, String)| key == "archive";
        let mut options: OptionSet = options.iter().filter(|it| !of_pdf(it)).cloned().collect();
        options.push(("format".into(), "svg".into()));
        let target = Target::new(info, options).map_err(|error| error.to_string())?;
        let (_, files) = run(&target, &selection);
        texts.insert(".txt".into(), files.values().map(|it| review::positions(it)).collect());
    }
    let losses = outcome.problems.iter().filter(|(_, it)| it.weight == LossSeverity::Loss);
    let losses = losses.map(|(_, it)| format!("    {} {}: {}\n", it.office, it.pointer, it.why));
    Ok(Export { losses: losses.collect(), outcome: said, texts })
}

/// The offices of the problems of that weight, in the order of the directory.
fn of_weight(outcome: &Outcome, weight: LossSeverity) -> Vec<String> {
    let problems = outcome.problems.iter().filter(|(_, problem)| problem.weight == weight);
    problems.map(|(_, problem)| problem.office.clone()).collect()
}
