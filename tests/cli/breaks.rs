//! Where the lines of labels are broken: 43 offices with long names in 41 countries, on five kinds of stock.

use std::fs;

use serde_json::Value;

use super::run::Bench;

/// An embassy network, and more of its offices.
const EMBASSIES: &str = include_str!("../writers/foreign/embassies.json");
const MORE: &str = include_str!("../writers/foreign/more-embassies.json");

/// Stock on which no line needs a break.
const WIDE: &str = "[[stock]]\nname = \"wide\"\nkind = \"sheet\"\nbrand = \"Own\"\npart = \"wide\"\npage = [900, 100]\n";

/// The stock of the test, with the offices that have more lines than it has room for.
const STOCK: [(&str, &[&str]); 5] = [
    ("avery-l7160", &[]),
    ("avery-5160", &["consulate-general-the-hague", "embassy-lisbon"]),
    ("avery-l7163", &[]),
    ("dymo-99012", &[]),
    ("zebra-4x6", &[]),
];

/// The first office in each country of the network, and the others.
fn offices() -> (Value, Vec<Value>) {
    let mut directory: Value = serde_json::from_str(EMBASSIES).unwrap();
    let mut countries = Vec::new();
    let country = |office: &Value| office["addresses"][0]["country"].clone();
    let mut offices = directory["offices"].as_array().unwrap().clone();
    offices.retain(|office| {
        let is_new = !countries.contains(&country(office));
        countries.push(country(office));
        is_new
    });
    let more: Vec<Value> = serde_json::from_str(MORE).unwrap();
    offices.extend(more);
    let mut countries: Vec<String> = offices.iter().map(|it| country(it).to_string()).collect();
    countries.sort();
    countries.dedup();
    assert_eq!((offices.len(), countries.len()), (43, 41));
    directory["offices"] = Value::Array(offices.clone());
    (directory, offices)
}

/// The lines of all labels on that stock, in the order of the labels.
fn lines(bench: &Bench, stock: &str, without: &[&str]) -> Vec<String> {
    let target = format!("labels:format=svg,stock-file=wide.toml,stock={stock}");
    let folder = format!("{stock}-without-{}", without.len());
    let mut args = vec!["export", "--to", &target, "--out", &folder, "--quiet"];
    without.iter().for_each(|id| args.extend(["--exclude", id]));
    bench.run(&args).says(0, &[]);
    let mut files = bench.files(&folder);
    files.sort();
    let mut lines = Vec::new();
    for (_, svg) in files.into_iter().filter(|(name, _)| name.ends_with(".svg")) {
        let svg = String::from_utf8(svg).unwrap();
        let labels = svg.lines().filter_map(|it| it.split_once("aria-label=\"")?.1.split_once('"'));
        lines.extend(labels.map(|(says, _)| says.to_owned()));
    }
    lines
}

/// Whether a text has a digit.
fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_numeric())
}

/// The last word of a text, and the first one.
fn ends(text: &str) -> [&str; 2] {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    [first, words.next_back().unwrap_or(first)]
}

#[test]
fn no_break_does_harm() {
    let (directory, offices) = offices();
    let bench = Bench::with(directory.to_string());
    fs::write(bench.path("wide.toml"), WIDE).unwrap();
    let codes: Vec<&str> = offices
        .iter()
        .flat_map(|office| office["addresses"].as_array().unwrap())
        .filter_map(|address| address["postal_code"].as_str())
        .collect();
    for (stock, without) in STOCK {
        let mut set = lines(&bench, stock, without).into_iter();
        let mut broken = 0;
        for line in lines(&bench, "wide", without) {
            let mut before = set.next().unwrap();
            let mut read = before.clone();
            while read != line {
                let next = set.next().unwrap();
                broken += 1;
                let at_space = line.starts_with(&format!("{read} {next}"));
                assert!(at_space || line.starts_with(&format!("{read}{next}")), "{stock}: {line}");
                let ([_, last], [first, _]) = (ends(&before), ends(&next));
                // Where another part of the address begins, a number is parted from nothing.
                let harm = has_digit(last) || has_digit(first);
                assert!(!harm || last.ends_with(','), "{stock}: {before} | {next}");
                assert!(
                    at_space || !has_digit(&format!("{last}{first}")),
                    "{stock}: {before} | {next}"
                );
                let has_code = codes.iter().any(|code| line.contains(code));
                assert!(!has_code, "{stock}: {before} | {next} parts a code from its town");
                let lonely = [&before, &next].into_iter().find(|it| !it.contains(' '));
                // Beside a number there may be no better place.
                assert!(lonely.is_none() || has_digit(&line), "{stock}: {lonely:?} of {line}");
                read = if at_space { format!("{read} {next}") } else { read + &next };
                before = next;
            }
        }
        assert_eq!(set.next(), None, "{stock}");
        assert!(broken > 30 || stock == "zebra-4x6", "{stock}: {broken} breaks show nothing");
    }
}
