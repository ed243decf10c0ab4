//! `officedir stock`: the list, a product, and what is wrong with a name.

use super::run::Bench;

#[test]
fn lists_and_searches() {
    let bench = Bench::new();
    let all = bench.run(&["stock"]);
    all.says(0, &["avery-l7160", "zebra-4x6", "envelope-dl"]);
    assert_eq!(all.stdout().lines().count(), 39);
    let found = bench.run(&["stock", "avery", "J8160"]).stdout();
    assert!(found.contains("avery-l7160") && found.contains("avery-j8160"), "{found}");
    assert!(!found.contains("herma"), "{found}");
    bench.run(&["stock", "nothing-like-that"]).says(2, &["no stock has"]);
}

#[test]
fn shows_one_by_any_of_its_names() {
    let bench = Bench::new();
    bench.run(&["stock", "show", "avery-l7160"]).says(0, &["63.5 x 38.1 mm", "source", " 21 "]);
    bench.run(&["stock", "show", "AVERY-5260"]).says(0, &["avery-5160: sheet"]);
    bench.run(&["stock", "show", "l7160"]).says(2, &["unknown stock", "avery-l7160"]);
}

#[test]
fn every_product_has_its_source_and_a_drawing() {
    let bench = Bench::new();
    for line in bench.run(&["stock"]).stdout().lines() {
        let name = line.split(' ').next().unwrap();
        let shown = bench.run(&["stock", "show", name]);
        shown.says(0, &["┌"]);
        let source = shown.stdout().lines().find_map(|it| it.strip_prefix("source").map(str::len));
        assert!(source > Some(10), "{name}");
    }
}
