//! Outputs as text that people can review.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// What no one reads as text.
const BINARY: [&str; 4] = ["pdf", "png", "xlsx", "zpl"];

/// The texts among the files of an output, by what the names of their goldens end with. Of the other files
/// size and hash are added to what is said.
pub fn texts(
    main: &str,
    files: BTreeMap<String, Vec<u8>>,
    said: &mut String,
) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    if !files.contains_key(main) {
        // A file for each office.
        let parts = files.iter().map(|(name, bytes)| format!("==== {name}\n{}", text(name, bytes)));
        texts.insert(".txt".to_owned(), parts.collect());
        return texts;
    }
    for (name, bytes) in files {
        let extension = name.rsplit('.').next().unwrap();
        if BINARY.contains(&extension) {
            write!(said, "; {name} {}", print(&bytes)).unwrap();
            continue;
        }
        let end = if name == main { format!(".{extension}") } else { format!("-{name}") };
        texts.insert(end, text(&name, &bytes));
    }
    texts
}

fn text(name: &str, bytes: &[u8]) -> String {
    let mut text = String::from_utf8(bytes.to_vec()).unwrap();
    if name.ends_with(".html") {
        let embedded = [
            ("<style>", "</style>"),
            ("<script>", "</script>"),
            (" id=\"words\">", "</script>"),
            ("data-label>", "</script>"),
        ];
        for (start, end) in embedded {
            text = cut(&text, start, end, 0);
        }
    }
    // The longest value of the torture fixture; a folded line may break at one of these ends.
    for end in ["word-1108", "word-1105"] {
        text = cut(&text, "word-1 word-2", end, 5_000);
    }
    text
}

/// The text with the size and hash of what is long, between those two, in its place.
fn cut(text: &str, start: &str, end: &str, least: usize) -> String {
    let (mut short, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(start).map(|at| at + start.len()) {
        let length = rest[at..].find(end).unwrap_or(0);
        short.push_str(&rest[..at]);
        match length > least {
            true => write!(short, "({})", print(&rest.as_bytes()[at..at + length])).unwrap(),
            false => short.push_str(&rest[at..at + length]),
        }
        rest = &rest[at + length..];
    }
    short + rest
}

fn print(bytes: &[u8]) -> String {
    let hash = &Sha256::digest(bytes)[..8];
    let hash = hash.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    format!("{} bytes {hash:016x}", bytes.len())
}

/// The lines of a page of labels: where each begins, in points from the left and from the top, the size of its
/// letters, and its text; and where the outline of an area begins.
pub fn positions(svg: &[u8]) -> String {
    let svg = std::str::from_utf8(svg).unwrap();
    let (mut positions, mut says) = (String::new(), "");
    for line in svg.lines() {
        if let Some(label) = between(line, "aria-label=\"", "\"") {
            says = label;
        }
        if let Some(matrix) = between(line, "<g transform=\"matrix(", ")") {
            let numbers: Vec<f64> = matrix.split(' ').map(|it| it.parse().unwrap()).collect();
            let size = numbers[0].hypot(numbers[1]) * 1000.0;
            writeln!(positions, "{:7.2} {:7.2} {size:5.2} pt  {says}", numbers[4], numbers[5])
                .unwrap();
        } else if let Some(path) = line.strip_prefix("<path").filter(|it| !it.contains("id=\"")) {
            let start = between(path, "d=\"M", "L").unwrap_or_default();
            writeln!(positions, "area from {start}: {}  {says}", print(path.as_bytes())).unwrap();
            says = "";
        }
    }
    positions
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.split_once(start)?.1.split_once(end).map(|it| it.0)
}
