//! From bytes to raw offices: the document is parsed no further than to find each office's own text,
//! which then goes through check and writers on whichever core takes it.

mod decode;
mod lines;
mod locate;
mod registry;
mod sorter;
mod source;

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

pub use decode::{decode, is_compressed};
pub use lines::Lines;
pub(crate) use locate::token;
pub use locate::{Located, locate, strings};
pub use registry::Registry;
pub(crate) use registry::{fold, region_ids};
pub(crate) use source::OfficeChunk;
pub use source::{KeptOffice, Source};

use crate::check::{Finding, syntax};
use crate::model::Text;

/// A directory file in memory, split into its header and the text of every office.
#[derive(Debug)]
pub struct Document<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Every top-level member but the offices (which stand here as an empty array).
    pub header: Value,
    /// The offices in the file's order, unparsed.
    pub offices: Vec<RawOffice<'a>>,
}

/// The JSON text of one office and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct RawOffice<'a> {
    /// The office's JSON text.
    pub json: &'a str,
    /// Byte offset of that text in the document.
    pub offset: usize,
    /// Position among the offices, from 0.
    pub index: usize,
}

impl<'a> Document<'a> {
    /// Splits a JSON document.
    ///
    /// # Errors
    /// One finding, with its place, where the bytes are no UTF-8 or no JSON.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Box<Finding>> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to();
            Finding::new(&syntax::ENCODING, "the file is not UTF-8 from this byte on")
                .at(at..at + 1)
                .help("save the file as UTF-8")
        })?;
        let members: Result<BTreeMap<Text<'a>, &'a RawValue>, _> = serde_json::from_str(text);
        match members {
            Ok(members) => Self::from_members(text, members),
            // Anything but an object is a matter for the schema, which says what is expected.
            Err(error) if error.is_data() => match serde_json::from_str(text) {
                Ok(header) => Ok(Document { text, header, offices: Vec::new() }),
                Err(error) => Err(syntax_error(text, &error)),
            },
            Err(error) => Err(syntax_error(text, &error)),
        }
    }

    fn from_members(
        text: &'a str,
        members: BTreeMap<Text<'a>, &'a RawValue>,
    ) -> Result<Self, Box<Finding>> {
        let mut header = serde_json::Map::new();
        let mut offices = Vec::new();
        for (name, raw) in members {
            let value = if name == "offices" && raw.get().starts_with('[') {
                let raws: Vec<&'a RawValue> =
                    serde_json::from_str(raw.get()).map_err(|error| syntax_error(text, &error))?;
                offices = split(text, raws);
                Value::Array(Vec::new())
            } else {
                serde_json::from_str(raw.get()).map_err(|error| syntax_error(text, &error))?
            };
            header.insert(name.to_string(), value);
        }
        Ok(Document { text, header: Value::Object(header), offices })
    }
}

/// A raw value borrows from the document, so its address gives its offset.
fn split<'a>(text: &'a str, raws: Vec<&'a RawValue>) -> Vec<RawOffice<'a>> {
    let start = text.as_ptr().addr();
    raws.into_iter()
        .enumerate()
        .map(|(index, raw)| RawOffice {
            json: raw.get(),
            offset: raw.get().as_ptr().addr() - start,
            index,
        })
        .collect()
}

fn syntax_error(text: &str, error: &serde_json::Error) -> Box<Finding> {
    let message = error.to_string();
    let cause = message.split(" at line ").next().unwrap_or_default();
    // serde_json counts columns in bytes and points at the last byte that it read.
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    Finding::new(&syntax::JSON, format!("not valid JSON: {cause}"))
        .at(at..end)
        .help("correct the JSON at this place")
        .into()
}
