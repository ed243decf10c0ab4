//! What `export` writes, and what it leaves alone.

use std::fs;
use std::process::Stdio;

use officedir::writers::WRITERS;

use super::run::Bench;

#[test]
fn writes_the_default_targets() {
    let bench = Bench::new();
    bench.run(&["export"]).says(0, &["out/offices.xml"]);
    let mut expected: Vec<&str> =
        WRITERS.iter().filter(|info| info.default).map(|info| info.file).collect();
    expected.sort_unstable();
    let names: Vec<String> = bench.files("out").into_iter().map(|(name, _)| name).collect();
    for file in expected {
        assert!(names.iter().any(|name| name == file), "{file} is not in {names:?}");
    }
    assert!(!names.iter().any(|name| name.ends_with(".tmp")), "{names:?}");
}

#[test]
fn the_committed_output_is_fresh() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let out = format!("{root}out");
    let directory = format!("{root}directory.json");
    Bench::new().run(&["export", &directory, "--out", &out, "--check"]).says(0, &[]);
}

#[test]
fn same_input_same_bytes() {
    let bench = Bench::new();
    bench.run(&["export", "--out", "a"]).says(0, &[]);
    let other_place = bench
        .command(&["export", "--out", "b/c"])
        .env("LANG", "tr_TR.UTF-8")
        .env("TZ", "Asia/Tokyo")
        .output()
        .unwrap();
    assert!(other_place.status.success());
    assert_eq!(bench.files("a"), bench.files("b/c"));
}

#[test]
fn check_names_what_is_stale_and_writes_nothing() {
    let bench = Bench::new();
    let run = bench.run(&["export", "--check"]);
    run.says(1, &["stale: out/offices.xml"]);
    assert!(!bench.path("out").exists());
    bench.run(&["export"]).says(0, &[]);
    bench.run(&["export", "--check"]).says(0, &[]);
    let path = bench.path("out/offices.xml");
    let text = fs::read(&path).unwrap();
    let (mut longer, mut other) = (text.clone(), text.clone());
    longer.push(b'\n');
    other[100] ^= 1;
    for spoiled in [&text[..text.len() - 1], &longer, &other, b""] {
        fs::write(&path, spoiled).unwrap();
        let run = bench.run(&["export", "--check"]);
        run.says(1, &["stale: out/offices.xml"]);
        assert_eq!(run.stdout().matches("stale: ").count(), 1);
        assert_eq!(fs::read(&path).unwrap(), spoiled);
    }
}

#[test]
fn a_folder_of_radicale_keeps_what_is_not_ours() {
    let bench = Bench::new();
    let export = ["export", "--to", "vcard:split=radicale,file=collection-root/jane/offices.vcf"];
    bench.run(&export).says(0, &["out/collection-root/jane/offices/japan-office.vcf"]);
    let folder = bench.path("out/collection-root/jane/offices");
    let properties = fs::read(folder.join(".Radicale.props")).unwrap();
    assert_eq!(properties, b"{\"D:displayname\":\"ICLEI\",\"tag\":\"VADDRESSBOOK\"}\n");
    // What Radicale and people put beside the cards.
    fs::create_dir(folder.join(".Radicale.cache")).unwrap();
    fs::write(folder.join("own.vcf"), "a contact").unwrap();
    bench.run(&[&export[..], &["--check"]].concat()).says(0, &[]);
    bench.run(&["export", "--to", "xml", "--prune"]).says(0, &[]);
    assert!(!folder.join("japan-office.vcf").exists() && !folder.join(".Radicale.props").exists());
    assert!(folder.join(".Radicale.cache").is_dir() && folder.join("own.vcf").is_file());
    let refused = bench.run(&["export", "--to", "xml:file=offices/.Radicale.props"]);
    refused.says(2, &["is that of the properties of an address book"]);
}

#[test]
fn selects_offices() {
    let bench = Bench::new();
    let ids = |arguments: &[&str]| {
        let run = bench.run(&[&["export", "--to", "xml", "--out", "-"], arguments].concat());
        run.says(0, &[]);
        let ids = run.stdout();
        let ids = ids.split("<office id=\"").skip(1).filter_map(|it| it.split('"').next());
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]).len(), 15);
    assert_eq!(
        ids(&["--id", "japan-office", "--id", "usa-office"]),
        ["japan-office", "usa-office"]
    );
    assert_eq!(
        ids(&["--region", "south-and-southeast-asia"]),
        ["south-asia-secretariat", "southeast-asia-secretariat", "indonesia-project-office"]
    );
    assert_eq!(ids(&["--country", "KR"]), ["east-asia-secretariat", "korea-office"]);
    assert_eq!(
        ids(&["--kind", "office", "--country", "KR", "--country", "JP"]),
        ["japan-office", "korea-office"]
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let bench = Bench::new();
    for arguments in [&["export", "--to", "xml", "--out", "-"][..], &["validate"], &["writers"]] {
        let mut child =
            bench.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(
            output.stderr.is_empty(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let bench = Bench::new();
    for arguments in [&["export", "--to", "xml", "--out", "-"][..], &["validate"], &["writers"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = bench.command(arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn many_offices_come_out_in_order() {
    let mut directory: serde_json::Value =
        serde_json::from_str(include_str!("../../directory.json")).unwrap();
    let office = directory["offices"][1].clone();
    let numbered = |number: usize| {
        let mut office = office.clone();
        office["id"] = format!("office-{number}").into();
        office
    };
    directory["offices"] = (0..1_000).map(numbered).collect();
    let bench = Bench::with(directory.to_string());
    let run = bench.run(&["export", "--to", "xml", "--out", "-"]);
    run.says(0, &[]);
    let text = run.stdout();
    let ids: Vec<&str> =
        text.split("<office id=\"office-").skip(1).filter_map(|it| it.split('"').next()).collect();
    let expected: Vec<String> = (0..1_000).map(|number| number.to_string()).collect();
    assert_eq!(ids, expected);
}

#[test]
fn lists_every_writer_with_its_options() {
    let bench = Bench::new();
    let run = bench.run(&["writers"]);
    for info in WRITERS {
        let options: Vec<&str> = info.options.iter().map(|option| option.name).collect();
        run.says(0, &[&[info.name, info.about, info.file], &options[..]].concat());
        bench.run(&["writers", info.name]).says(0, &[info.about]);
    }
    let text = bench.run(&["writers", "vcard"]).stdout();
    let omissions: Vec<&str> = text.lines().filter(|line| line.contains("leaves out")).collect();
    let expected = [
        "           leaves out $schema, schema_version, organization/alternate_names, organization/website, \
         organization/headquarters, organization/uid_scheme where it says what is meant anyway, \
         organization/x_, kinds/id, kinds/alternate_names, kinds/x_, regions/id, \
         regions/alternate_names, regions/x_, the order of regions, regions \
         without offices, addresses/administrative_area_code beside a name, where mail does not show it, \
         addresses/printed, phones/printed, websites/printed, source, notes",
        "           with version=4.0, leaves out addresses/administrative_area_code beside a name",
        "           with split=office|radicale, leaves out the order of offices",
    ];
    assert_eq!(omissions, expected);
    bench.run(&["writers", "xlm"]).says(2, &["did you mean \"xml\"?"]);
}

#[test]
fn an_empty_selection_writes_nothing_to_standard_output() {
    let bench = Bench::new();
    let targets = WRITERS
        .iter()
        .map(|info| info.name)
        .chain(["labels:stock=zebra-4x6,format=zpl", "template:file=t.txt.j2"]);
    fs::write(bench.path("t.txt.j2"), "head\n").unwrap();
    for target in targets {
        let run = bench.run(&["export", "--to", target, "--country", "FR", "--out", "-"]);
        run.says(2, &["no office is selected", "widen the selection"]);
        assert_eq!(run.stdout(), "", "{target}");
    }
    let run = bench.run(&["export", "--to", "csv", "--country", "JP", "--out", "-"]);
    run.says(0, &["Japan Office"]);
}
