//! Nothing is lost silently. Every member of the schema is changed and dropped in a directory that has it:
//! then the output of every writer changes, or the writer's `leaves_out` has the member, or a loss names
//! it. What `leaves_out` has is not in the output, so that the list cannot be padded.

mod cases;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::{fmt, thread};

use officedir::Error;
use officedir::directory::{Context, Directory, ReadOptions};
use officedir::export::Selection;
use officedir::model::Office;
use officedir::read::{DirectorySource, Document};
use officedir::writers::{
    LossSeverity, OfficeOutput, OmissionCase, OmittedMember, Target, WRITERS, Writer, WriterInfo,
    WriterOptions,
};
use serde_json::Value;

use super::golden::option_sets;
use super::memory::Memory;
use cases::{Case, TARGET, begins_with};

/// A writer with its options, and what it says that it leaves out with these.
struct Subject {
    name: String,
    leaves_out: Vec<&'static OmittedMember>,
    target: Target,
}

impl Subject {
    fn new(info: &'static WriterInfo, options: &[(String, String)]) -> Result<Subject, Error> {
        let mut name = info.name.to_owned();
        options.iter().for_each(|(key, value)| name.push_str(&format!(" {key}={value}")));
        let target = Target::new(info, options.to_vec())?;
        let options = WriterOptions::check(info.options, options)?;
        let applying = info.leaves_out.iter().filter(|group| group.applies(&options));
        Ok(Subject { name, leaves_out: applying.flat_map(|group| group.members).collect(), target })
    }

    fn export(&self, directory: &Directory<'_>) -> Export {
        let mut memory = Memory::default();
        let targets = std::slice::from_ref(&self.target);
        let outcome = directory.export(targets, &Selection::default(), &mut memory).unwrap();
        assert!(!outcome.failed(), "{}: {:?}", self.name, outcome.problems);
        let problems = outcome.problems.into_iter().map(|(_, problem)| problem);
        let lost = problems.filter(|it| it.weight == LossSeverity::Loss && it.office == TARGET);
        Export { files: memory.files, lost: lost.map(|it| it.pointer).collect() }
    }
}

/// What a writer makes of a directory.
struct Export {
    files: BTreeMap<String, Vec<u8>>,
    /// Pointers of the losses in the changed office.
    lost: Vec<String>,
}

/// What each writer makes of a directory; nothing where the directory has an error.
fn exports(directory: &Value, subjects: &[Subject]) -> Option<Vec<Export>> {
    let json = directory.to_string();
    let document = Document::parse(json.as_bytes()).unwrap();
    let directory =
        Directory::read(DirectorySource::Document(&document), ReadOptions::default()).unwrap();
    (!directory.failed()).then(|| subjects.iter().map(|it| it.export(&directory)).collect())
}

/// What some cases show of the writers.
#[derive(Default)]
struct Findings {
    pairs: usize,
    /// Members by what is wrong with them.
    wrong: BTreeMap<String, BTreeSet<String>>,
    /// Subjects with members of their `leaves_out` that are left out indeed.
    proved: BTreeSet<(String, String)>,
    /// Members that were changed.
    changed: BTreeSet<String>,
}

impl Findings {
    fn of(cases: &[Case], subjects: &[Subject]) -> Findings {
        let mut findings = Findings::default();
        let mut before: Option<(&Value, Vec<Export>)> = None;
        for case in cases {
            if before.as_ref().is_none_or(|(directory, _)| !std::ptr::eq(*directory, &*case.before))
            {
                before = Some((&case.before, exports(&case.before, subjects).unwrap()));
            }
            let (Some((_, before)), Some(after)) = (&before, exports(&case.after, subjects)) else {
                continue;
            };
            findings.changed.insert(case.path.clone());
            for (subject, exports) in subjects.iter().zip(before.iter().zip(&after)) {
                findings.add(subject, case, exports);
            }
        }
        findings
    }

    fn add(&mut self, subject: &Subject, case: &Case, (before, after): (&Export, &Export)) {
        self.pairs += 1;
        let name = &subject.name;
        let listed = || subject.leaves_out.iter().filter(|it| covers(it, case));
        if before.files != after.files {
            for member in listed() {
                self.wrong(
                    format!("{name}: leaves_out has \"{member}\", but the output shows it"),
                    case,
                );
            }
            return;
        }
        self.proved.extend(listed().map(|it| (name.clone(), it.to_string())));
        let mut lost = before.lost.iter().chain(&after.lost);
        if listed().next().is_none() && !lost.any(|it| begins_with(&case.pointer, it)) {
            self.wrong(format!("{name}: lost silently"), case);
        }
    }

    fn wrong(&mut self, what: String, case: &Case) {
        self.wrong.entry(what).or_default().insert(case.name.clone());
    }

    fn merge(mut self, other: Findings) -> Findings {
        self.pairs += other.pairs;
        for (what, cases) in other.wrong {
            self.wrong.entry(what).or_default().extend(cases);
        }
        self.proved.extend(other.proved);
        self.changed.extend(other.changed);
        self
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, cases) in &self.wrong {
            writeln!(f, "{what}:")?;
            for case in cases {
                let shown: String = case.chars().take(200).collect();
                writeln!(f, "    {shown}")?;
            }
        }
        f.write_str(
            "carry the member, report a loss with its pointer (OfficeOutput::lose), or list it in the writer's \
             leaves_out by its path without positions (OmittedMember); what is carried is not listed",
        )
    }
}

fn covers(member: &OmittedMember, case: &Case) -> bool {
    begins_with(&case.path, member.path)
        && (member.case == OmissionCase::Always || case.omission.contains(&member.case))
}

/// Puts every change to a member through every writer.
fn prove(subjects: &[Subject]) -> Findings {
    let cases = cases::all();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let mut findings = thread::scope(|scope| {
        let chunks = cases.chunks(cases.len().div_ceil(threads));
        let threads: Vec<_> =
            chunks.map(|chunk| scope.spawn(|| Findings::of(chunk, subjects))).collect();
        let findings = threads.into_iter().map(|it| it.join().unwrap());
        findings.reduce(Findings::merge).unwrap()
    });
    for subject in subjects {
        for member in &subject.leaves_out {
            let entry = (subject.name.clone(), member.to_string());
            if !findings.proved.contains(&entry) {
                let what = format!("{}: no case shows that it leaves out", subject.name);
                findings.wrong.entry(what).or_default().insert(entry.1);
            }
        }
    }
    findings
}

/// Options that move, repeat or frame what is written and leave its members as they are. The language of names is among
/// them: it puts another name of the same thing in front.
const LAYOUT: [&str; 14] = [
    "bom",
    "container",
    "copies",
    "domain",
    "dpi",
    "fragment",
    "from",
    "language",
    "outline",
    "return-address",
    "separator",
    "skip",
    "start",
    "stock",
];

/// Every writer with every value of its options that decides which members are written.
fn all_subjects() -> Vec<Subject> {
    let mut subjects = Vec::new();
    for info in WRITERS {
        let mut sets = option_sets(info);
        // A PNG has the raster of ZPL, and a flag without a default is off.
        sets.retain(|set| {
            set.iter().all(|(key, value)| {
                let is_default = value == "false"
                    && info.options.iter().any(|it| it.name == key && it.default.is_empty());
                !LAYOUT.contains(&&**key) && value != "png" && !is_default
            })
        });
        let with = sets.into_iter().map(|options| labels(info, options));
        let with: Vec<_> =
            with.map(|it| (WriterOptions::check(info.options, &it).unwrap(), it)).collect();
        for group in info.leaves_out {
            let applies = with.iter().any(|(options, _)| group.applies(options));
            assert!(applies, "{}: no option has what {:?} asks for", info.name, group.with);
        }
        subjects.extend(with.iter().map(|(_, options)| Subject::new(info, options).unwrap()));
    }
    subjects
}

/// Options with which labels have room for every member of an address and are made quickly; on a roll, since
/// printers of rolls take ZPL.
fn labels(info: &WriterInfo, mut options: Vec<(String, String)>) -> Vec<(String, String)> {
    if info.name == "labels" {
        let is_quick =
            matches!(options.first(), Some((key, _)) if ["sort", "use", "qr"].contains(&&**key));
        let more = [("stock", "zebra-4x6"), ("format", "svg")];
        let more = more.iter().take(if is_quick { 2 } else { 1 });
        options.extend(more.map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    }
    options
}

#[test]
fn no_writer_loses_a_member_silently() {
    let findings = prove(&all_subjects());
    assert!(findings.wrong.is_empty(), "{findings}");
    // Pairs of a writer with its options and a change; what is skipped by a mistake here is missed.
    assert!(findings.pairs > 6_500, "only {} changes were tried", findings.pairs);
    let members = schema::members();
    let unchanged: Vec<_> = members.difference(&findings.changed).collect();
    assert!(
        unchanged.is_empty(),
        "give the office \"{TARGET}\" in tests/writers/losses/full.json these members: {unchanged:?}"
    );
}

/// A writer that writes nothing, and says so neither in a list nor by losses.
struct Nothing;

impl Writer for Nothing {
    fn office(&self, _context: &Context<'_>, _office: &Office<'_>, _piece: &mut OfficeOutput) {}
}

/// One that names in its losses what its list has not.
struct NothingButLosses;

impl Writer for NothingButLosses {
    fn office(&self, _context: &Context<'_>, _office: &Office<'_>, piece: &mut OfficeOutput) {
        piece.lose("/addresses", "nothing is written");
    }
}

fn subject(writer: Box<dyn Writer>, leaves_out: &'static [OmittedMember]) -> Subject {
    let target = Target::with_writer("own", "own.txt", writer).unwrap();
    Subject { name: "own".to_owned(), leaves_out: leaves_out.iter().collect(), target }
}

#[test]
fn a_writer_that_drops_everything_fails_for_every_member() {
    let findings = prove(&[subject(Box::new(Nothing), &[])]);
    assert_eq!(findings.wrong["own: lost silently"].len(), findings.pairs);
    let findings = prove(&[subject(Box::new(NothingButLosses), &[])]);
    let lost = &findings.wrong["own: lost silently"];
    assert!(lost.iter().all(|case| !case.contains("/addresses/")), "{lost:?}");
    assert!(lost.iter().any(|case| case.contains("/phones/0/number")), "{lost:?}");
}

#[test]
fn a_list_that_is_padded_fails() {
    const PADDED: &[OmittedMember] = &[
        OmittedMember::always("source"),
        OmittedMember::when("addresses/administrative_area_code", OmissionCase::BesideName),
        OmittedMember::always("no_such_member"),
    ];
    let ndjson = WriterInfo::find("ndjson").unwrap();
    let writer = (ndjson.build)(&WriterOptions::check(ndjson.options, &[]).unwrap()).unwrap();
    let findings = prove(&[subject(writer, PADDED)]);
    for member in PADDED {
        let carried = format!("own: leaves_out has \"{member}\", but the output shows it");
        assert_eq!(findings.wrong.contains_key(&carried), member.path != "no_such_member");
        assert!(
            findings.wrong["own: no case shows that it leaves out"].contains(&member.to_string())
        );
    }
}
