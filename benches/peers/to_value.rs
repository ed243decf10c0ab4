//! What everything is measured against: reads a file, parses it into `serde_json::Value`, drops it.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("which file?")?;
    let value: serde_json::Value = serde_json::from_slice(&std::fs::read(path)?)?;
    drop(value);
    Ok(())
}
