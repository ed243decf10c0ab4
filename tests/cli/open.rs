//! `Directory::open` sees in a file what the command sees in it.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use officedir::{Directory, Error};

use super::run::Bench;

const LINES: &str = "{\"organization\":{\"name\":\"Example\"}}\n\
    {\"id\":\"a\",\"name\":\"A\",\"kind\":\"ofice\"}\n{\"id\":\"b\",\"name\":\"B\",\"kind\":\"office\",\"parent\":\"c\"}\n";
const OFFICES_FIRST: &str = "{\n\"offices\": [{\"id\":\"a\",\"name\":\"A\",\"kind\":\"ofice\"}],\n\
    \"organization\": {\"name\":\"Example\"}}\n";

#[test]
fn finds_what_the_command_finds() {
    let bench = Bench::new();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(LINES.as_bytes()).unwrap();
    let files: [(&str, &[u8]); 7] = [
        ("directory.json", include_bytes!("../../directory.json")),
        ("a.ndjson", LINES.as_bytes()),
        ("a.ndjson.gz", &packed.finish().unwrap()),
        ("first.json", OFFICES_FIRST.as_bytes()),
        ("syntax.json", b"{\"organization\": {\"name\": \"Example\",},\n \"offices\": [}"),
        ("latin.json", b"{\"organization\": {\"name\": \"B\xfcro\"},\n \"offices\": []}"),
        ("nothing.json", b""),
    ];
    for (name, bytes) in files {
        fs::write(bench.path(name), bytes).unwrap();
        let directory = Directory::open(bench.path(name)).unwrap();
        let findings = directory.findings().unwrap();
        let lines = findings.iter().map(|(place, finding)| format!("{name}:{place}: {finding}\n"));
        let run = bench.run(&["validate", name, "--output-format", "concise"]);
        let expected = run.stdout();
        let (expected, _summary) = expected.trim_end().rsplit_once('\n').unwrap_or_default();
        assert_eq!(lines.collect::<String>().trim_end(), expected, "{name}");
        let checked = directory.directory().checked();
        assert_eq!(directory.offices().unwrap().filter_map(Result::ok).count(), checked, "{name}");
    }
}

#[test]
fn readers_do_not_disturb_each_other() {
    let bench = Bench::new();
    let office =
        |at: usize| format!("{{\"id\":\"office-{at}\",\"name\":\"{at}\",\"kind\":\"office\"}}");
    let offices: Vec<String> = (0..30_000).map(office).collect();
    let text =
        format!("{{\"organization\":{{\"name\":\"X\"}},\"offices\":[{}]}}", offices.join(",\n"));
    fs::write(bench.path("large.json"), text).unwrap();
    let directory = Directory::open(bench.path("large.json")).unwrap();
    let (one, other) = (directory.offices().unwrap(), directory.offices().unwrap().skip(20_000));
    let mut count = 20_000;
    for (at, (office, behind)) in one.zip(other).enumerate() {
        if at % 1_000 == 0 {
            assert_eq!(directory.findings().unwrap().len(), 0);
        }
        assert_eq!(office.unwrap().read().unwrap().id.as_str(), format!("office-{at}"));
        assert_eq!(behind.unwrap().id, format!("office-{}", 20_000 + at));
        count += 1;
    }
    assert_eq!(count, 30_000);
}

#[test]
fn an_error_ends_it_and_names_the_file() {
    let bench = Bench::new();
    let office =
        |at: usize| format!("{{\"id\":\"office-{at}\",\"name\":\"{at}\",\"kind\":\"office\"}}\n");
    let text: String = (0..30_000).map(office).collect();
    let header = "{\"organization\":{\"name\":\"X\"}}\n";
    fs::write(bench.path("a.ndjson"), format!("{header}{text}")).unwrap();
    let directory = Directory::open(bench.path("a.ndjson")).unwrap();
    fs::write(bench.path("a.ndjson"), format!("{header}{}", &text[..1000])).unwrap();
    let errors: Vec<Error> = directory.offices().unwrap().filter_map(Result::err).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].kind(), officedir::ErrorKind::InputChanged);
    assert!(errors[0].to_string().contains("a.ndjson: the file was changed"), "{}", errors[0]);
    let missing = Directory::open(bench.path("missing.json")).err().unwrap();
    assert_eq!(missing.io_kind(), Some(std::io::ErrorKind::NotFound));
    assert!(missing.to_string().contains("missing.json: "), "{missing}");
}
