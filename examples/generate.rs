//! Writes a directory of any size for benchmarks: `generate COUNT [--ndjson] > directory.json`.
//!
//! The offices are those of `directory.json`, over and over, with ids, names, house numbers and phones
//! of their own; every sixteenth office is the parent of the fifteen behind it. The same count gives the
//! same bytes.

use std::error::Error;
use std::io::{self, BufWriter, Write};

use officedir::model::{Header, Office, Phone, PhoneType};
use serde::Deserialize;

#[derive(Deserialize)]
struct Directory<'a> {
    #[serde(borrow)]
    offices: Vec<Office<'a>>,
    #[serde(borrow, flatten)]
    header: Header<'a>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().ok_or("how many offices?")?.parse()?;
    let ndjson = arguments.next().as_deref() == Some("--ndjson");
    let directory: Directory<'_> = serde_json::from_str(include_str!("../directory.json"))?;
    let header = serde_json::to_string(&directory.header)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if ndjson {
        writeln!(out, "{header}")?;
    } else {
        writeln!(out, "{},\"offices\":[", header.trim_end_matches('}'))?;
    }
    for number in 0..count {
        let office = office(number, &directory.offices);
        serde_json::to_writer(&mut out, &office)?;
        out.write_all(if ndjson || number + 1 == count { b"\n" } else { b",\n" })?;
    }
    if !ndjson {
        writeln!(out, "]}}")?;
    }
    out.flush()?;
    Ok(())
}

fn office<'a>(number: usize, models: &[Office<'a>]) -> Office<'a> {
    let mut office = models[number % models.len()].clone();
    if number >= models.len() {
        office.id = format!("office-{number}").into();
        office.name = format!("{} {number}", office.name).into();
        // The seat of the organisation stays one.
        if office.region.is_none() {
            office.region = Some("europe".into());
            office.kind = "office".into();
        }
    }
    if !number.is_multiple_of(16) && number > models.len() * 2 {
        let parent = number - number % 16;
        office.parent = Some(format!("office-{parent}").into());
    }
    for address in &mut office.addresses {
        if let Some(line) = address.address_lines.last_mut() {
            *line = format!("{line} {number}").into();
        }
        // What the directory marks as doubtful.
        match &*address.country {
            "KR" => {
                address.postal_code.get_or_insert("04513".into());
                address.printed = None;
            }
            "TW" => address.postal_code = Some("812017".into()),
            _ => {}
        }
    }
    // A number of the same country, where the office has one.
    if let Some(first) = office.phones.first() {
        let prefix = &first.number[..first.number.len().saturating_sub(6)];
        let number = format!("{prefix}{:06}", number % 1_000_000);
        office.phones.push(Phone::new(PhoneType::Voice, number));
    }
    // What a register does not have: provenance of every record.
    office.source = None;
    office.notes.clear();
    office
}
