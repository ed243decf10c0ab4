//! `officedir stock`: the list, a product, and what is wrong with a name.

use std::fs;

use super::run::Bench;

#[test]
fn lists_and_searches() {
    let bench = Bench::new();
    let all = bench.run(&["stock"]);
    all.says(0, &["avery-l7160", "zebra-4x6", "envelope-dl"]);
    let products = include_str!("../../src/stock/products.toml").matches("\n[[stock]]\n").count();
    assert_eq!(all.stdout().lines().count(), products);
    let found = bench.run(&["stock", "avery", "J8160"]).stdout();
    assert!(found.contains("avery-l7160") && found.contains("avery-j8160"), "{found}");
    assert!(!found.contains("herma"), "{found}");
    bench.run(&["stock", "nothing-like-that"]).says(2, &["no stock matches"]);
}

#[test]
fn shows_one_by_any_of_its_names() {
    let bench = Bench::new();
    bench.run(&["stock", "show", "avery-l7160"]).says(0, &["63.5 x 38.1 mm", "source", " 21 "]);
    bench.run(&["stock", "show", "AVERY-5260"]).says(0, &["avery-5160: sheet"]);
    bench.run(&["stock", "show", "l7160"]).says(2, &["unknown stock", "avery-l7160"]);
}

#[test]
fn places_of_addresses_are_drawn() {
    let bench = Bench::new();
    bench.run(&["stock", "show", "envelope-dl"]).says(0, &["░  ", " return address ", " address "]);
    bench.run(&["stock", "show", "letter-us-10"]).says(0, &["letter, US", " address "]);
}

#[test]
fn every_product_has_its_source_and_a_drawing() {
    let bench = Bench::new();
    for line in bench.run(&["stock"]).stdout().lines() {
        let name = line.split(' ').next().unwrap();
        let shown = bench.run(&["stock", "show", name]);
        shown.says(0, &["┌"]);
        let source = shown.stdout().lines().find_map(|it| it.strip_prefix("source").map(str::len));
        assert!(source > Some(10), "{name} has no source: say where its figures come from");
    }
}

const TEMPLATES: &str = r#"<?xml version="1.0"?>
<Glabels-templates>
  <!-- lengths in every unit -->
  <Template brand="Own Brand" part="R-1" size="A4" _description="three by two">
    <Meta category="label"/>
    <Label-rectangle id="0" width="60mm" height="10cm" round="5pt">
      <Layout nx="3" ny="2" x0="0.5in" y0="3pc" dx="63mm" dy="11cm"/>
    </Label-rectangle>
  </Template>
  <Template brand="Own Brand" part="R-2" equiv="R-1"/>
  <Template brand="Own Brand" part="R-3" equiv="R-1"><Meta category="mail"/></Template>
  <Template brand="Own Brand" part="C-1" size="Other" width="50mm" height="50mm">
    <Label-round id="0" radius="24mm"><Layout nx="1" ny="1" x0="1mm" y0="1mm"/></Label-round>
  </Template>
  <Template brand="Own Brand" part="E-1" size="A4">
    <Label-ellipse id="0" width="60mm" height="40mm"><Layout nx="1" ny="1" x0="0" y0="0"/></Label-ellipse>
  </Template>
  <Template brand="Own Brand" part="W-1" size="A4">
    <Label-rectangle id="0" width="220mm" height="40mm"><Layout nx="1" ny="1" x0="0" y0="0"/></Label-rectangle>
  </Template>
</Glabels-templates>
"#;

#[test]
fn reads_glabels_templates() {
    let bench = Bench::new();
    fs::write(bench.path("own.template"), TEMPLATES).unwrap();
    let show = |name: &str| bench.run(&["stock", "show", name, "--stock-file", "own.template"]);
    let figures =
        ["60 x 100 mm, corners of 1.7639 mm", "12.7 mm from the left, 12.7 mm from the top"];
    show("own-brand-r-1").says(0, &figures);
    show("own-brand-r-2").says(0, &["own-brand-r-1", "also listed as R-2, R-3"]);
    show("own-brand-c-1").says(0, &["roll", "48 x 48 mm, corners of 24 mm"]);
    show("own-brand-e-1").says(2, &["the shape \"ellipse\"; only rectangles and circles"]);
    show("own-brand-w-1").says(2, &["220.00 mm from the left", "right edge at 210 mm"]);
    let target = "labels:stock=own-brand-r-2,stock-file=own.template";
    bench.run(&["export", "--to", target]).says(0, &["out/labels.pdf"]);
    let list = bench.run(&["stock", "own", "--stock-file", "own.template"]);
    list.says(0, &["own-brand-r-1", "own-brand-c-1", "left out: stock \"own-brand-w-1\""]);
}

#[test]
fn refuses_xml_that_is_no_template_file() {
    let bench = Bench::new();
    let wrong = [
        ("<html/>", "1:1: this is not a file of gLabels templates"),
        ("<Glabels-templates>\n<Template brand=\"x\">", "2:21: the file ends inside an element"),
        ("<Glabels-templates>\n</Template>", "own.template: 2:1: "),
        ("<?xml version=\"1.0\"?>", "has no element"),
    ];
    for (text, says) in wrong {
        fs::write(bench.path("own.template"), text).unwrap();
        let said = bench.run(&["stock", "--stock-file", "own.template"]);
        said.says(2, &["stock file own.template", says]);
    }
}
