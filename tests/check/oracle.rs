//! Validation agrees with the schema on thousands of directories that are nearly right.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use officedir::check::SCHEMA;
use officedir::writers::TORTURE;

use super::agreement::{WAYS, lines, oracle, verdict};
use super::mutation::{Bases, LAYOUTS, Tree};

/// Directories that are tried.
const CASES: usize = 12_000;

/// The choices of a case (SplitMix64).
pub fn choices(case: usize) -> impl FnMut(usize) -> usize {
    let mut state = case as u64;
    move |below| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % below as u64) as usize
    }
}

fn bases() -> Bases {
    Bases::new(&[include_str!("../../directory.json"), TORTURE], SCHEMA)
}

#[test]
fn all_of_validation_agrees_with_the_schema() {
    let (bases, oracle) = (bases(), oracle());
    let [next, valid, lines] = [0; 3].map(AtomicUsize::new);
    let work = || {
        let file = tempfile::NamedTempFile::new().unwrap();
        loop {
            let case = next.fetch_add(1, Ordering::Relaxed);
            if case >= CASES {
                return;
            }
            let mut choose = choices(case);
            let mut root = bases.mutated(&mut choose);
            let layout = LAYOUTS[choose(LAYOUTS.len())];
            let verdict = verdict(&mut root, layout, case, &oracle, file.path());
            if let Some(why) = verdict.disagreement() {
                panic!("case {case}: {why}\n{}", root.to_json(layout));
            }
            valid.fetch_add(usize::from(verdict.is_valid), Ordering::Relaxed);
            lines.fetch_add(
                usize::from(super::agreement::lines(&root).is_some()),
                Ordering::Relaxed,
            );
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let (valid, lines) = (valid.into_inner(), lines.into_inner());
    assert!((CASES / 20..CASES / 2).contains(&valid), "{valid} of {CASES} are valid");
    assert!(lines > CASES * 3 / 4, "{lines} of {CASES} can be written as lines");
}

/// What the command says of a part, by its exit code.
fn part(folder: &std::path::Path, header: &str, offices: &str) -> Option<i32> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_officedir"))
        .args(["validate", "--part", "--header", header])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // A command that has seen enough closes its input.
    let _ = child.stdin.take().unwrap().write_all(offices.as_bytes());
    child.wait().unwrap().code()
}

/// The same by the command itself, with the header in a document and on a line.
#[test]
fn parts_agree_with_the_schema() {
    let (bases, oracle) = (bases(), oracle());
    let folder = tempfile::tempdir().unwrap();
    for case in CASES..CASES + 200 {
        let mut root = bases.mutated(&mut choices(case));
        let json = root.to_json(LAYOUTS[0]);
        let Some((header, offices)) = lines(&root) else { continue };
        std::fs::write(folder.path().join("h.json"), &json).unwrap();
        std::fs::write(folder.path().join("h.ndjson"), header).unwrap();
        let value = serde_json::from_str(&json);
        let is_valid = value.is_ok_and(|it| oracle.is_valid(&it)) && !root.has_twice();
        for header in ["h.json", "h.ndjson"] {
            let code = part(folder.path(), header, &offices);
            // Exit code 1 may have other reasons, 0 and 2 none.
            let agrees = if is_valid { code < Some(2) } else { code > Some(0) };
            assert!(agrees, "case {case}, {header}: {code:?}\n{json}");
        }
    }
}

/// Directories on which the two have once not agreed: a header, an office, and whether the schema accepts them.
#[test]
fn what_was_found_before() {
    const X: &str = "{\"name\":\"X\"}";
    let oracle = oracle();
    let file = tempfile::NamedTempFile::new().unwrap();
    let source = |lines: &str| {
        format!("\"source\":{{\"document\":\"d\",\"lines\":{lines},\"text\":[\"x\"]}}")
    };
    let cases = [
        (X, "", "\"phones\":[[\"voice\",\"+4922897629900\"]]", false),
        (X, "", "\"websites\":[[\"https://x.org\"]]", false),
        (X, "", "\"source\":[\"d\",[1,2],[\"x\"]]", false),
        (X, "", "\"notes\":[[\"/name\",\"x\"]]", false),
        (X, "", "\"alternate_names\":[[\"A\",\"de\"]]", false),
        (X, "", "\"addresses\":[[[\"postal\"],\"x\"]]", false),
        (
            X,
            "",
            "\"addresses\":[{\"uses\":[\"postal\"],\"country\":\"DE\",\"printed\":[\"x\"]}]",
            false,
        ),
        ("[\"X\"]", "", "\"time_zone\":\"UTC\"", false),
        (X, "[\"r\",\"R\"]", "\"time_zone\":\"UTC\"", false),
        (X, "", &source("[1.0,1e2]"), true),
        (X, "", &source("[1,4294967295.0]"), true),
        (X, "", &source("[-0,1]"), false),
        // As the first line of a part it was taken for the part's header, in whose place another is given.
        (X, "", "\"organization\":{\"name\":\"X\"}", false),
        (X, "", "\"organization\":{\"name\":\"X\"},\"offices\":[]", false),
    ];
    for (organization, region, member, expected) in cases {
        let literal = |json: &str| Tree::Literal(json.to_owned());
        let office =
            literal(&format!("{{\"id\":\"a\",\"name\":\"A\",\"kind\":\"office\",{member}}}"));
        let mut members = vec![("\"organization\"".to_owned(), literal(organization))];
        if !region.is_empty() {
            members.push(("\"regions\"".to_owned(), Tree::Array(vec![literal(region)])));
        }
        members.push(("\"offices\"".to_owned(), Tree::Array(vec![office])));
        let mut root = Tree::Object(members);
        let json = root.to_json(LAYOUTS[0]);
        for way in 0..WAYS {
            let verdict = verdict(&mut root, LAYOUTS[0], way, &oracle, file.path());
            assert_eq!(verdict.is_valid, expected, "{json}");
            assert_eq!(verdict.disagreement(), None, "{json}");
        }
    }
}
