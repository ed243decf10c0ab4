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
