//! The contacts that the page's script offers: cards to download, texts for QR codes, labels to print. They are
//! compressed, because most of what they say stands in the page already, and no reader needs them before asking.

use std::io::{self, Write};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

/// What the script can do with one office.
#[derive(Serialize)]
pub(super) struct Contact<'c> {
    /// A vCard 3.0 to download.
    pub card: &'c str,
    /// A short one for a QR code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr: Option<&'c str>,
    /// The address label as SVG.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl Contact<'_> {
    /// The contact as JSON.
    ///
    /// # Errors
    /// None: all members are texts.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// A JSON array of these members, compressed by gzip (RFC 1952) and in Base64.
///
/// # Errors
/// None: memory takes everything.
pub(super) fn packed<'m>(members: impl Iterator<Item = &'m str>) -> io::Result<String> {
    // Neither a name nor a time is in the header, so that the bytes depend on the members alone.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"[")?;
    for (at, member) in members.enumerate() {
        if at > 0 {
            encoder.write_all(b",\n")?;
        }
        encoder.write_all(member.as_bytes())?;
    }
    encoder.write_all(b"]")?;
    Ok(BASE64_STANDARD.encode(encoder.finish()?))
}
