//! The README and the pages of `docs/` agree with the program.

use std::fs;
use std::path::{Path, PathBuf};

use officedir::finding::show::FORMATS;
use officedir::writers::WRITERS;
use serde_json::{Value, json};

use super::run::Bench;

const README: &str = include_str!("../../README.md");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Markdown files in a folder, in order.
fn pages(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut pages: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|it| it == "md"));
    pages.sort();
    pages
}

/// The fenced blocks of a page: what stands behind the fence, and the lines within it.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let within = lines.by_ref().take_while(|line| *line != "```");
            blocks.push((language, within.flat_map(|line| [line, "\n"]).collect()));
        }
    }
    blocks
}

/// The name in the comment that a block begins with, where it is that of a file.
fn file_name(block: &str) -> Option<&str> {
    let comment = block.lines().next()?.strip_prefix("# ").or(block.strip_prefix("{# "))?;
    let name = comment.split([' ', '\n']).next()?;
    name.contains('.').then_some(name)
}

#[test]
fn lists_every_writer() {
    let rows: Vec<String> = WRITERS
        .iter()
        .map(|info| format!("| `{}` | `{}` | {} |", info.name, info.file, info.about))
        .collect();
    let rows = rows.join("\n");
    assert!(README.contains(&rows), "the table of writers should be:\n{rows}");
}

#[test]
fn the_page_of_the_directory_file_lists_every_command() {
    let help = Bench::new().run(&["--help"]).stdout();
    let commands = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    // What does not fit goes on below, behind more spaces.
    let names = commands.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let mut names: Vec<&str> = names.filter(|name| !["", "help"].contains(name)).collect();
    names.sort_unstable();
    let page = include_str!("../../docs/data-and-library.md");
    let rows =
        page.lines().filter_map(|line| line.strip_prefix("| `officedir ")?.split('`').next());
    let mut listed: Vec<&str> = rows.collect();
    listed.sort_unstable();
    assert_eq!(listed, names);
}

#[test]
fn lists_every_format_of_findings() {
    let page = include_str!("../../docs/ci.md");
    for format in FORMATS {
        let row = format!("\n| `{}` | ", format.name);
        assert!(page.contains(&row), "docs/ci.md has no row for {}", format.name);
    }
}

#[test]
fn is_short() {
    let count = README.lines().count();
    assert!(count <= 150, "the README has {count} lines: move what not everybody needs to docs/");
}

/// A reader who does what a page says, from its top to its end, in a folder with the directory: files that blocks
/// name in their first line are written, and commands are run.
#[test]
fn commands_work() {
    let mut count = 0;
    for path in [root().join("README.md")].into_iter().chain(pages("docs")) {
        let page = fs::read_to_string(&path).unwrap();
        let bench = Bench::new();
        if page.contains("export --check") {
            // What CI checks is there already.
            bench.run(&["export"]).says(0, &[]);
        }
        for (language, block) in blocks(&page) {
            if let Some(name) = file_name(&block) {
                fs::write(bench.path(name), &block).unwrap();
            }
            let commands = block.lines().filter(|line| line.starts_with("officedir "));
            for command in commands.filter(|_| language == "sh") {
                let words = command.split(" > ").next().unwrap().split_whitespace().skip(1);
                let output = bench.command(&words.collect::<Vec<_>>()).output().unwrap();
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert_eq!(output.status.code(), Some(0), "{}: {command}: {said}", path.display());
                count += 1;
            }
        }
    }
    assert!(count > 25, "{count} commands were found");
}

#[test]
fn a_finding_looks_as_the_readme_shows_it() {
    let shown = blocks(README).into_iter().find(|(language, _)| *language == "text").unwrap().1;
    let broken = include_str!("../../directory.json").replacen("\"locality\"", "\"localty\"", 1);
    Bench::with(broken).run(&["validate"]).says(1, &[&shown]);
}

/// Every relative link and picture leads to a file of the repository.
/// A block of JSON is a directory, or members of an office.
#[test]
fn the_directories_that_pages_show_are_sound() {
    let page = fs::read_to_string(root().join("docs/your-organisation.md")).unwrap();
    let mut shown = 0;
    for (_, block) in blocks(&page).into_iter().filter(|(language, _)| *language == "json") {
        let mut json: Value = serde_json::from_str(&block).unwrap();
        if json.get("offices").is_none() {
            let office = json.as_object_mut().unwrap();
            for (name, value) in [("id", "tokyo"), ("name", "Tokyo"), ("kind", "office")] {
                office.insert(name.into(), value.into());
            }
            json = json!({ "organization": { "name": "Valdoria" }, "offices": [json] });
        }
        Bench::with(json.to_string()).run(&["validate", "--strict"]).says(0, &[]);
        shown += 1;
    }
    assert_eq!(shown, 3);
}

#[test]
fn links_lead_somewhere() {
    let mut count = 0;
    for path in [pages("."), pages("docs"), pages("schema")].concat() {
        let page = fs::read_to_string(&path).unwrap();
        let links = page.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for link in links.filter(|link| !link.is_empty() && !link.contains(':')) {
            let target = path.parent().unwrap().join(link);
            assert!(target.exists(), "{}: the link {link} leads nowhere", path.display());
            count += 1;
        }
    }
    assert!(count > 40, "{count} links were found");
}
