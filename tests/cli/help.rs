//! Help fits the terminal.

use super::run::{Bench, Run};

const COMMANDS: [&str; 14] = [
    "",
    "calibrate",
    "context",
    "diff",
    "explain",
    "export",
    "fmt",
    "init",
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
