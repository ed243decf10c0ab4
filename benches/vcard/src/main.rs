//! CPU time for vCards 3.0 by this project and by calcard, in one run: `vcard-peers DIRECTORY.json`.

use std::error::Error;
use std::time::Duration;

use calcard::vcard::{VCard, VCardVersion};
use officedir::model::{Header, Office};
use officedir::read::{Document, Registry, DirectorySource};
use officedir::writers::{WriterOptions, OfficeOutput, vcard};
use officedir::directory::Context;
use rustix::time::{ClockId, clock_gettime};

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let file = std::env::args().nth(1).ok_or("vcard-peers DIRECTORY.json")?;
    write(&std::fs::read(file)?)
}

#[derive(serde::Deserialize)]
struct Directory<'a> {
    #[serde(borrow)]
    offices: Vec<Office<'a>>,
    #[serde(borrow, flatten)]
    header: Header<'a>,
}

/// CPU time of this process so far.
fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// The shortest of five rounds; memory is warm from the second one on.
fn shortest(mut round: impl FnMut()) -> Duration {
    let rounds = (0..5).map(|_| {
        let begun = cpu();
        round();
        cpu() - begun
    });
    rounds.min().unwrap_or_default()
}

fn write(json: &[u8]) -> Result<(), Failure> {
    let directory: Directory<'_> = serde_json::from_slice(json)?;
    let document = Document::parse(json).map_err(|_| "the directory is not sound")?;
    let registry = Registry::new(DirectorySource::Document(&document), 1)?;
    let context = Context::new(&directory.header, &registry);
    let options = WriterOptions::check(vcard::INFO.options, &[])?;
    let writer = (vcard::INFO.build)(&options)?;

    let mut piece = OfficeOutput::default();
    let ours = shortest(|| {
        piece.bytes.clear();
        for office in &directory.offices {
            writer.office(&context, office, &mut piece);
        }
    });
    let text = std::str::from_utf8(&piece.bytes)?;
    let cards: Vec<VCard> = text
        .split_inclusive("END:VCARD\r\n")
        .map(|card| VCard::parse(card).map_err(|_| "calcard does not read a card"))
        .collect::<Result<_, _>>()?;
    let mut out = String::with_capacity(text.len() * 2);
    let calcard = shortest(|| {
        out.clear();
        for card in &cards {
            let written = card.write_to(&mut out, VCardVersion::V3_0);
            assert!(written.is_ok());
        }
    });
    let per = |time: Duration| time.as_secs_f64() * 100_000.0 / cards.len() as f64;
    println!("cards {} of {} bytes", cards.len(), text.len() / cards.len());
    println!("officedir {:.3} s of CPU per 100,000 cards, from offices", per(ours));
    println!(
        "calcard   {:.3} s of CPU per 100,000 cards, from its own values; {} bytes",
        per(calcard),
        out.len() / cards.len()
    );
    println!("ratio     {:.2}", per(ours) / per(calcard));
    Ok(())
}
