//! `officedir calibrate`, and the printer profile that comes of it.

use std::fs;

use super::run::Bench;

#[test]
fn makes_a_sheet_and_says_how_to_read_it() {
    let bench = Bench::new();
    let made = bench.run(&["calibrate", "--stock", "avery-l7160"]);
    made.says(0, &["calibrate-avery-l7160.pdf", "[105 - measured, 148.5 - measured]", "at 100 %"]);
    let plain = fs::read(bench.path("calibrate-avery-l7160.pdf")).unwrap();
    assert!(plain.starts_with(b"%PDF-"));
    fs::write(bench.path("printer.toml"), "offset = [1, 0]\n").unwrap();
    bench.run(&["calibrate", "--printer", "printer.toml", "--out", "moved.pdf"]).says(0, &[]);
    assert_ne!(fs::read(bench.path("moved.pdf")).unwrap(), plain);
    // Small stock has shorter bars.
    let small = bench.run(&["calibrate", "--stock", "dymo-99012"]);
    small.says(0, &["The bar across is 10 mm long, the bar down 70 mm"]);
}

/// A printer that prints too small, 1 mm too far right and 2 mm too high, and turns the page to the left.
#[test]
fn measures_make_the_profile() {
    let bench = Bench::new();
    let measured = ["calibrate", "--measured", "99.5,100.1,106,146.5,8,9"];
    bench.run(&measured).says(0, &["wrote printer.toml"]);
    let profile = fs::read_to_string(bench.path("printer.toml")).unwrap();
    for line in ["offset = [-1.0, 2.0]", "scale = [1.005, 0.999]", "rotation = 0.2"] {
        assert!(profile.contains(line), "{line} in {profile}");
    }
    bench.run(&["calibrate", "--printer", "printer.toml"]).says(0, &["calibrate-avery-l7160.pdf"]);
    // What a sheet that was printed with a profile shows comes on top of it.
    let again = "calibrate --printer printer.toml --out - --measured 100,100,105.5,148.5,10,10";
    let again = bench.run(&again.split(' ').collect::<Vec<_>>());
    again.says(0, &["offset = [-1.5, 2.0]", "scale = [1.005, 0.999]", "rotation = 0.2"]);
    for wrong in ["1,2,3", "a,2,3,4,5,6", "0,100,105,148,10,10", "100,100,60,148,10,10"] {
        let said = bench.run(&["calibrate", "--measured", wrong, "--out", "p.toml"]);
        assert_eq!(said.code(), 2, "{wrong}");
    }
}

#[test]
fn refuses_what_it_cannot_use() {
    let bench = Bench::new();
    bench.run(&["calibrate", "--stock", "avery-l716"]).says(2, &["unknown stock", "avery-l7160"]);
    bench.run(&["calibrate", "--out", "no/such/folder.pdf"]).says(2, &["cannot write no/such"]);
    let profile = ["export", "--to", "csv", "--printer", "printer.toml"];
    bench.run(&profile).says(2, &["no target of this export takes a printer profile"]);
    bench.run(&["export", "--printer", "none.toml"]).says(2, &["printer file none.toml"]);
    assert_eq!(bench.files("out"), []);
}
