//! Help fits the terminal, and says what the manual pages and the completions say.

use std::collections::BTreeSet;
use std::fs;

use super::run::{Bench, Run};

const COMMANDS: [&str; 16] = [
    "",
    "calibrate",
    "completions",
    "context",
    "diff",
    "explain",
    "export",
    "fmt",
    "init",
    "man",
    "migrate",
    "schema",
    "show",
    "stock",
    "validate",
    "writers",
];

#[test]
fn wraps_at_the_width_of_the_terminal() {
    for name in COMMANDS {
        for width in [60, 90] {
            let bench = Bench::new();
            let arguments: Vec<&str> =
                [name, "--help"].into_iter().filter(|it| !it.is_empty()).collect();
            let mut command = bench.command(&arguments);
            let run = Run::new(command.env("COLUMNS", width.to_string()).output().unwrap());
            run.says(0, &["Usage: officedir"]);
            // Words that are longer than what is left of a line stay whole.
            let is_wrapped = |line: &&str| line.chars().count() <= width || !line.contains(' ');
            let long: Vec<_> =
                run.stdout().lines().filter(|it| !is_wrapped(it)).map(str::to_owned).collect();
            assert!(long.is_empty(), "{name}: {long:#?}");
        }
    }
}

/// The long options of a text, without what a roff page or a script puts around them.
fn options(text: &str) -> BTreeSet<String> {
    let text = text.replace("\\-", "-");
    let names = text.split("--").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(rest.len());
        rest[..end].to_owned()
    });
    names.filter(|name| !name.is_empty()).collect()
}

/// The options that a help lists: what its lines begin with.
fn listed(help: &str) -> BTreeSet<String> {
    let lines = help.lines().map(str::trim_start);
    let lines = lines
        .filter(|line| line.starts_with("--") || line.starts_with('-') && line.contains(", --"));
    lines.flat_map(|line| options(line.split("  ").next().unwrap())).collect()
}

#[test]
fn is_what_man_pages_and_completions_are_made_of() {
    let bench = Bench::new();
    fs::create_dir(bench.path("man")).unwrap();
    bench.run(&["man", "--out", "man"]).says(0, &["wrote man/officedir-writers-check.1"]);
    let scripts = ["bash", "elvish", "fish", "powershell", "zsh"]
        .map(|shell| (shell, bench.run(&["completions", shell]).stdout()));
    let mut commands: Vec<String> = COMMANDS.map(str::to_owned).to_vec();
    commands.extend(["stock show".to_owned(), "writers check".to_owned()]);
    for name in &commands {
        let words: Vec<&str> = name.split_whitespace().collect();
        let help = bench.run(&[&words[..], &["--help"]].concat()).stdout();
        let expected = listed(&help);
        assert!(expected.contains("help") && expected.contains("color"), "{name}: {help}");
        let page = [&["officedir"][..], &words].concat().join("-");
        let page = fs::read_to_string(bench.path(format!("man/{page}.1"))).unwrap();
        // The page has every option as an entry, and none that the help has not.
        let entries: String = page.lines().filter(|it| it.contains("\\fB\\-\\-")).collect();
        assert_eq!(options(&entries), expected, "{name}");
        for (shell, script) in &scripts {
            let missing = expected.iter().find(|name| {
                !script.contains(&format!("--{name}")) && !script.contains(&format!("-l {name}"))
            });
            assert_eq!(missing, None, "{name} in {shell}");
            assert!(words.iter().all(|word| script.contains(word)), "{name} in {shell}");
        }
        if words.len() == 1 {
            assert_eq!(bench.run(&["man", name]).stdout(), page);
        }
    }
    // No command is missing from the list above, nor from the pages.
    let help = bench.run(&["--help"]).stdout();
    let of_program = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let of_program = of_program.lines().filter_map(|line| line.strip_prefix("  "));
    let of_program: Vec<&str> = of_program
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert_eq!(of_program, &COMMANDS[1..]);
    assert_eq!(fs::read_dir(bench.path("man")).unwrap().count(), commands.len());
    bench.run(&["man", "validte"]).says(2, &["did you mean \"validate\"?"]);
}
