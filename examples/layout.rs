//! Sets addresses that come as JSON, one per line, and prints their lines as JSON:
//!
//! ```text
//! echo '{"uses":[],"locality":"Bonn","country":"DE"}' | cargo run --example layout
//! {"post":["Bonn"],"post_latin":["Bonn"],"raw":["Bonn"],"raw_latin":["Bonn"],"reason":"capitals are for mail from abroad"}
//! ```

use std::io::{self, BufRead, Write};

use officedir::model::Address;
use officedir::postal::{LayoutMode, LayoutOptions, Script, country, layout};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let address: Address<'_> = serde_json::from_str(&line)?;
        let set = |mode, script| {
            let from = Some(address.country.as_str());
            let options = LayoutOptions { from, script, mode, ..LayoutOptions::default() };
            layout(&address, &options).to_lines()
        };
        let overlay = country(&address.country).and_then(|country| country.overlay());
        let lines = serde_json::json!({
            "raw": set(LayoutMode::Raw, Script::Local),
            "raw_latin": set(LayoutMode::Raw, Script::Latin),
            "post": set(LayoutMode::Post, Script::Local),
            "post_latin": set(LayoutMode::Post, Script::Latin),
            "reason": overlay.map(|overlay| overlay.reason),
        });
        writeln!(out, "{lines}")?;
    }
    Ok(())
}
