//! Addresses as posts print them, each with who says so: `authorities.jsonl`, one a line.

use officedir::model::Address;
use officedir::postal::{LayoutOptions, layout};
use serde::Deserialize;

/// An address with its lines.
#[derive(Deserialize)]
struct PrintedAddress<'a> {
    #[serde(borrow)]
    address: Address<'a>,
    from: &'a str,
    lines: Vec<String>,
    source: &'a str,
}

#[test]
fn lines_are_those_of_the_posts() {
    for row in include_str!("authorities.jsonl").lines() {
        let row: PrintedAddress<'_> = serde_json::from_str(row).expect("a row is an address");
        let options = LayoutOptions { from: Some(row.from), ..LayoutOptions::default() };
        assert_eq!(layout(&row.address, &options).to_lines(), row.lines, "{}", row.source);
    }
}
