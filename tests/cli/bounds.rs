//! What is read has a limit, and what is wrong with it is said.

use std::fs;
use std::process::{Command, Stdio};

use super::run::{Bench, Run};

/// Every file that is read whole ends at its limit, and nothing comes of it. As much memory as the largest
/// of the limits but the directory's takes is there; the directory's own is held by [`without_end`].
#[test]
#[cfg(unix)]
fn endless_files() {
    let bench = Bench::new();
    bench.run(&["export"]).says(0, &[]);
    let before = bench.files("out");
    let endless = "/dev/zero";
    let cases: &[(&[&str], &str)] = &[
        (
            &["export", "--to", "labels", "--printer", endless],
            "65536 bytes, the most that a printer",
        ),
        (&["export", "--to", "labels:printer=/dev/zero"], "65536 bytes, the most that a printer"),
        (
            &["export", "--to", "labels:stock-file=/dev/zero"],
            "16777216 bytes, the most that a stock",
        ),
        (&["calibrate", "--printer", endless], "65536 bytes"),
        (
            &["stock", "--stock-file", endless],
            "16777216 bytes, the most that a stock file may have",
        ),
        (
            &["export", "--to", "labels:font=/dev/zero"],
            "268435456 bytes, the most that a font file",
        ),
        (&["export", "--config", endless], "1048576 bytes, the most that a configuration file may"),
        (&["validate", "--config", endless], "1048576 bytes"),
        (&["export", "--to", "template:file=/dev/zero"], "is not a file"),
    ];
    for (arguments, limit) in cases {
        let run = bench.run(arguments);
        run.says(2, &[limit, "/dev/zero"]);
        assert_eq!(bench.files("out"), before, "{arguments:?}");
    }
}

/// Files of a size that is over the limit are not read at all.
#[test]
fn files_that_are_too_large() {
    let bench = Bench::new();
    for (name, size) in [
        ("profile.toml", 1 << 17),
        ("stock.toml", 1 << 25),
        ("font.ttf", 1 << 29),
        ("officedir.toml", 1 << 21),
        ("big.j2", 1 << 21),
        ("huge.json", 1 << 31),
    ] {
        fs::File::create(bench.path(name)).unwrap().set_len(size).unwrap();
    }
    for (arguments, limit) in [
        (&["export", "--to", "labels", "--printer", "profile.toml"][..], "65536"),
        (&["export", "--to", "labels:stock-file=stock.toml"], "16777216"),
        (&["export", "--to", "labels:font=font.ttf"], "268435456"),
        (&["export", "--to", "template:file=big.j2"], "1048576"),
        (&["fmt", "huge.json"], "1073741824"),
        (&["validate", "--fix", "huge.json"], "1073741824"),
    ] {
        // Only the configuration's own case meets the large one beside the directory.
        let hidden = bench.path("officedir.toml").with_extension("hidden");
        let _ = fs::rename(bench.path("officedir.toml"), &hidden);
        bench.run(arguments).says(2, &["has more than", limit]);
        fs::rename(hidden, bench.path("officedir.toml")).unwrap();
    }
    bench.run(&["export"]).says(2, &["officedir.toml", "has more than 1048576 bytes"]);
    fs::create_dir(bench.path("out")).unwrap();
    fs::remove_file(bench.path("officedir.toml")).unwrap();
    fs::File::create(bench.path("out/manifest.json")).unwrap().set_len(1 << 29).unwrap();
    for arguments in [&["export"][..], &["export", "--check"]] {
        bench.run(arguments).says(2, &["manifest.json", "has more than 268435456 bytes"]);
    }
}

/// The references of a part come from a file, as the largest of all that is no directory.
#[test]
#[cfg(unix)]
fn endless_references() {
    let bench = Bench::new();
    let arguments =
        ["export", "--to", "csv:dialect=full", "--part", "body", "--references", "/dev/zero"];
    let run = bench.command(&arguments).stdin(Stdio::null()).output().unwrap();
    Run::new(run).says(2, &["268435456 bytes, the most that a file of references may have"]);
}

/// What `git show` gives ends at the limit, and a git that says much is no trouble.
#[test]
#[cfg(unix)]
fn a_git_without_end() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    let git = |script: &str| {
        fs::create_dir_all(bench.path("bin")).unwrap();
        fs::write(bench.path("bin/git"), format!("#!/bin/sh\n{script}\n")).unwrap();
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(bench.path("bin/git"), mode).unwrap();
        let path = format!("{}:/usr/bin:/bin", bench.path("bin").display());
        let mut command: Command = bench.command(&["diff", "git:HEAD", "directory.json"]);
        Run::new(command.env("PATH", path).output().unwrap())
    };
    git("exec cat /dev/zero").says(2, &["at HEAD", "has more than 1073741824 bytes"]);
    git("yes fatal | head -c 1000000 >&2; exit 128")
        .says(2, &["git has no directory.json", "fatal"]);
    git("yes x | head -c 1000000 >&2; exec cat directory.json").says(0, &[]);
}

/// Exports labels with that text as the file of an option, and gives what was said.
fn with_file(option: &str, text: &str) -> Run {
    let bench = Bench::new();
    fs::write(bench.path("file"), text).unwrap();
    let stock = if option == "stock-file" { ",stock=x" } else { "" };
    bench.run(&["export", "--to", &format!("labels:{option}=file{stock}"), "--out", "out"])
}

#[test]
fn surplus_and_misshapen_figures_of_a_printer() {
    for (text, says) in [
        ("offset = [-1,5, 0]", "file:1:10: these are 3 numbers, not 2: write -1.5 with a point"),
        ("rotation = 0.1\noffset = [0, 1, 5]", "file:2:10: these are 3 numbers, not 2: write 0.1"),
        ("scale = [1.0, 1.0, 1.0]", "file:1:9: these are 3 numbers, not 2: [1.0, 1.0, 1.0]"),
        ("offset = [1]", "file:1:10: these are 1 numbers, not 2"),
        ("offset = []", "file:1:10: these are 0 numbers, not 2"),
        ("offset = 1.5", "file:1:10: invalid type: floating point `1.5`, expected 2 numbers"),
        ("offset = [[1, 2], [3, 4]]", "file:1:11: invalid type: sequence, expected a number"),
        ("offset = [\"1,5\", 0]", "file:1:11: invalid type: string \"1,5\", expected a number"),
        ("rotation = 0,5", "file:1:13: "),
        ("rotation = 0,5", "write decimals with a point, not with a comma"),
        ("rotation = [1]", "file:1:12: invalid type: sequence, expected a number"),
        ("offset = [nan, 0]", "NaN is not a measure"),
        ("offset = [0, -inf]", "-inf is not a measure"),
        ("offset = [-0.0, 0]", "-0.0 is not a measure"),
        ("offset = [1e300, 0]", "offset is 1000000"),
        ("rotation = nan", "file:1:12: NaN is not a measure"),
        ("rotation = 1e300", "rotation is 1000000"),
        ("[offset]\nx = 1", "expected 2 numbers"),
        ("offsets = [1, 2]", "file:1:1: unknown field `offsets`"),
        ("offset = [1, 2]\noffset = [1, 2]", "file:2:1: duplicate key"),
    ] {
        with_file("printer", text).says(2, &["printer file ", says]);
    }
}

/// Each bound of a printer's profile is within, as the message says, and what is beyond it is not.
#[test]
fn bounds_of_a_printer() {
    let cases: &[(&str, &[&str], &[&str], &str)] = &[
        ("offset = [#, 0]", &["25", "-25", "25.0"], &["25.001", "-25.001", "26"], "-25 and 25 mm"),
        ("offset = [0, #]", &["25", "-25"], &["25.001", "-25.001"], "-25 and 25 mm"),
        ("scale = [#, 1]", &["0.9", "1.1", "1"], &["0.8999", "1.1001", "2"], "0.9 and 1.1"),
        ("scale = [1, #]", &["0.9", "1.1"], &["0.8999", "1.1001", "0"], "0.9 and 1.1"),
        ("rotation = #", &["5", "-5", "5.0"], &["5.001", "-5.001"], "-5 and 5 degrees"),
    ];
    for (line, within, beyond, says) in cases {
        for figure in *within {
            let run = with_file("printer", &line.replace('#', figure));
            // What is within the bounds may still move the text off the page.
            assert!(!run.stderr().contains("it lies between"), "{line} {figure}: {}", run.stderr());
        }
        for figure in *beyond {
            let run = with_file("printer", &line.replace('#', figure));
            run.says(2, &["file:1:1: ", &format!(" is {figure}; it lies between {says}")]);
        }
    }
}

const STOCK: &str = "[[stock]]\nname = \"x\"\nkind = \"sheet\"\nbrand = \"B\"\npart = \"x\"\n";

#[test]
fn surplus_and_misshapen_figures_of_stock() {
    for (text, says) in [
        ("page = [210, 297, 1]", "6:8: these are 3 numbers, not 2: write 210.297 with a point"),
        ("page = [210, 297]\ngrid = [3, 7, 1]", "7:8: these are 3 whole numbers, not 2"),
        ("page = [210, 297]\ngrid = [3.5, 7]", "7:8: 3.5 is not a whole number"),
        ("page = [210, 297]\ngrid = [-3, 7]", "7:8: -3 is not a whole number"),
        ("page = [210, 297]\nlabel = [99,1, 57]", "7:9: these are 3 numbers, not 2: write 99.1"),
        ("page = [210, 297]\nblock = [1, 2, 3, 4, 5]", "7:9: these are 5 numbers, not 4"),
        ("page = [210, 297]\nsender = [1, 2]", "7:10: these are 2 numbers, not 4"),
        ("page = [210, 297]\ncorner = 1,5", "write decimals with a point, not with a comma"),
        ("page = [210, 297]\ncorner = nan", "NaN is not a measure"),
        ("page = [210, 297]\npitch = [inf, 1]", "inf is not a measure"),
        ("page = [210, 297]\norigin = [-0.0, 1]", "-0.0 is not a measure"),
        ("page = [1e300, 297]", "which is not between 0 and 5080 mm"),
        ("page = [5080.001, 297]", "page is 5080.001 mm, which is not between 0 and 5080 mm"),
        ("page = [210, 297]\ngrid = [1001, 1]", "must have 1 to 1000 columns and rows"),
        ("page = [210, 297]\ngrid = [0, 1]", "must have 1 to 1000 columns and rows"),
        ("page = [210, 297]\ncolour = 1", "7:1: unknown field `colour`"),
    ] {
        with_file("stock-file", &format!("{STOCK}{text}\n")).says(2, &["stock file", says]);
    }
    let row = "stock = [[\"x\", \"sheet\", \"B\", \"x\", [], [210, 297]]]";
    with_file("stock-file", row).says(2, &["1:10: invalid type: sequence, expected an object"]);
    // The bounds themselves are within.
    for text in ["page = [5080, 5080]", "page = [210, 297]\ngrid = [1000, 1000]\nlabel = [0, 0]"] {
        let run = with_file("stock-file", &format!("{STOCK}{text}\n"));
        assert!(!run.stderr().contains("it lies between"), "{}", run.stderr());
        assert!(!run.stderr().contains("it has 1 to"), "{}", run.stderr());
    }
}

#[test]
fn counts_of_glabels() {
    let template = |nx: &str| {
        format!(
            "<Glabels-templates><Template brand=\"\" part=\"x\" size=\"A4\"><Label-rectangle \
             width=\"60mm\" height=\"30mm\"><Layout nx=\"{nx}\" ny=\"2\" x0=\"10mm\" y0=\"10mm\" \
             dx=\"60mm\" dy=\"30mm\"/></Label-rectangle></Template></Glabels-templates>"
        )
    };
    with_file("stock-file", &template("2")).says(0, &[]);
    for (nx, says) in [
        ("2.5", "2.5 labels in a row or column, which is not a whole number"),
        ("2mm", "its nx is \"2mm\", which is not a length"),
        ("2,5", "its nx is \"2,5\", which is not a length"),
        ("NaN", "stock \"x\": "),
        ("-1", "must have 1 to 1000 columns and rows"),
    ] {
        with_file("stock-file", &template(nx)).says(2, &[says]);
    }
}

#[test]
fn manifests_and_references() {
    let bench = Bench::new();
    bench.run(&["export", "--to", "csv"]).says(0, &[]);
    let entry = "{\"size\": 1, \"sha256\": \"x\"}";
    for (manifest, says) in [
        ("[{}]".to_owned(), "invalid type: sequence"),
        ("{\"files\": {}, \"more\": 1}".into(), "unknown field `more`"),
        ("{\"files\": {\"a\": [1, \"x\"]}}".into(), "invalid type: sequence"),
        (
            "{\"files\": {\"a\": {\"size\": 1, \"sha256\": \"x\", \"y\": 1}}}".into(),
            "unknown field `y`",
        ),
        (format!("{{\"files\": {{\"a\": {entry}, \"a\": {entry}}}}}"), "\"a\" is there twice"),
        (format!("{{\"files\": {}{}", "[".repeat(100_000), "]".repeat(100_000)), "invalid type"),
    ] {
        fs::write(bench.path("out/manifest.json"), &manifest).unwrap();
        bench.run(&["export", "--to", "csv"]).says(2, &["out/manifest.json", says]);
        assert_eq!(fs::read_to_string(bench.path("out/manifest.json")).unwrap(), manifest);
    }
    for (references, says) in [
        ("[null, {}]", "invalid type: sequence"),
        ("{\"headquarters\": null, \"names\": {}, \"more\": 1}", "unknown field `more`"),
    ] {
        fs::write(bench.path("references"), references).unwrap();
        let part =
            ["export", "--to", "csv:dialect=full", "--part", "body", "--references", "references"];
        let run = bench.command(&part).stdin(Stdio::null()).output().unwrap();
        Run::new(run).says(2, &["references: ", says]);
    }
}

/// Files that nest as deep as they are long end as mistakes of their text.
#[test]
fn nesting() {
    let bench = Bench::new();
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(30_000), close.repeat(30_000));
    let texts = [
        format!("offset = {}", deep("[", "]")),
        format!("offset = {}", deep("{a=", "}")),
        format!("{}a = 1", "a.".repeat(30_000)),
        format!("[{}a]\nb = 1", "a.".repeat(30_000)),
        format!("[[{}a]]\nb = 1", "a.".repeat(30_000)),
        format!("offset = {{{}a = 1}}", "a.".repeat(30_000)),
        deep("[", "]"),
        deep("{\"a\":", "}"),
    ];
    for text in texts {
        // A profile has less than that, and is cut off before it is looked at.
        fs::write(bench.path("file"), text.as_bytes().get(..60_000).unwrap_or(text.as_bytes()))
            .unwrap();
        bench
            .run(&["export", "--to", "labels", "--printer", "file"])
            .says(2, &["printer file file"]);
        fs::write(bench.path("file"), &text).unwrap();
        bench.run(&["export", "--config", "file"]).says(2, &["file:1:", "not valid TOML"]);
        bench.run(&["stock", "--stock-file", "file"]).says(2, &["stock file file"]);
        let part = ["export", "--to", "csv:dialect=full", "--part", "body", "--references", "file"];
        let run = bench.command(&part).stdin(Stdio::null()).output().unwrap();
        Run::new(run).says(2, &["file: "]);
    }
    let xml = format!("<Glabels-templates>{}", "<a>".repeat(100_000));
    fs::write(bench.path("file"), &xml).unwrap();
    bench.run(&["stock", "--stock-file", "file"]).says(2, &["the file ends inside an element"]);
    fs::write(bench.path("file"), format!("{xml}{}</Glabels-templates>", "</a>".repeat(100_000)))
        .unwrap();
    bench.run(&["stock", "--stock-file", "file"]).says(0, &[]);
}
