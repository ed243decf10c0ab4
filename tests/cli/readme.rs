//! The README agrees with the program.

use officedir::writers::WRITERS;

use super::run::Bench;

const README: &str = include_str!("../../README.md");

#[test]
fn lists_every_writer() {
    let rows: Vec<String> = WRITERS
        .iter()
        .map(|info| format!("| `{}` | `{}` | {} |", info.name, info.file, info.about))
        .collect();
    let rows = rows.join("\n");
    assert!(README.contains(&rows), "the table of writers should be:\n{rows}");
}

/// The lines that begin with `officedir` in the shell blocks.
fn commands() -> impl Iterator<Item = &'static str> {
    let blocks = README.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    blocks.flat_map(str::lines).filter(|line| line.starts_with("officedir "))
}

#[test]
fn its_commands_work() {
    assert!(commands().count() > 5);
    for command in commands() {
        let bench = Bench::new();
        // What CI checks is there already.
        bench.run(&["export"]).says(0, &[]);
        let words = command.split(" > ").next().unwrap().split_whitespace().skip(1);
        let output = bench.command(&words.collect::<Vec<_>>()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{command}: {said}");
    }
}
