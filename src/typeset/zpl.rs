//! Pages as ZPL II for thermal printers: graphics, so that the printer needs no fonts.
//!
//! Printers have fonts of their own, but few scripts, and each model breaks lines differently. As dots a label
//! is what the PDF is. Bits are compressed and in Base64 (`:Z64:`), which
//! a serial line carries in a fraction of the time that hexadecimal digits take.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::page::DrawnPage;
use super::raster::{BLACK, PageRaster};

/// The dots per inch that label printers have.
pub(crate) const PRINTERS: [u32; 3] = [203, 300, 600];

/// The most bytes in one graphic field (`^GF`, parameters b and c).
const MOST: usize = 99_999;

/// A dot is black from this cover on.
const HALF: u16 = BLACK / 2 + 1;

/// What the formats of others set for every label after theirs (ZPL II Programming Guide), as it is without them:
/// units of measurement, label home, shift and top, orientation, mirror image, reversal, and map clear. The units
/// come first, since the others are measured by them.
const RESET: &str = "^MUD^LH0,0^LS0^LT0^PON^PMN^LRN^MCY";

/// Writes a page as one ZPL format (`^XA` to `^XZ`).
///
/// # Errors
/// What went wrong with the output.
pub(crate) fn write(page: &DrawnPage<'_>, dpi: u32, out: &mut dyn Write) -> io::Result<()> {
    let raster = PageRaster::new(page, dpi);
    // Width and length in dots, so that the printer does not go by those of the last job.
    writeln!(out, "^XA\n{RESET}\n^PW{}\n^LL{}", raster.width, raster.height)?;
    let rows: Vec<Vec<u8>> = raster.dots.chunks(raster.width).map(packed).collect();
    let width = raster.width.div_ceil(8);
    // As many rows in a band as one field may hold.
    for (number, band) in rows.chunks((MOST / width).max(1)).enumerate() {
        let is_inked = |row: &Vec<u8>| row.iter().any(|byte| *byte != 0);
        // Rows without ink are left out, above and below: most of a label is white.
        let Some(first) = band.iter().position(is_inked) else { continue };
        let last = band.iter().rposition(is_inked).unwrap_or(first);
        let top = number * (MOST / width).max(1) + first;
        field(out, top, width, &band[first..=last].concat())?;
    }
    writeln!(out, "^XZ")
}

/// Eight dots a byte, the leftmost in the highest bit.
fn packed(row: &[u16]) -> Vec<u8> {
    // Most of a label is white.
    if row.iter().all(|cover| *cover == 0) {
        return vec![0; row.len().div_ceil(8)];
    }
    let bits = |dots: &[u16]| {
        dots.iter()
            .enumerate()
            .fold(0, |byte, (at, cover)| byte | u8::from(*cover >= HALF) << (7 - at))
    };
    row.chunks(8).map(bits).collect()
}

/// Writes rows of dots as a graphic field at their height.
fn field(out: &mut dyn Write, top: usize, width: usize, bits: &[u8]) -> io::Result<()> {
    let mut compressed = ZlibEncoder::new(Vec::new(), Compression::default());
    compressed.write_all(bits)?;
    let text = STANDARD.encode(compressed.finish()?);
    // Both counts in the field are those of the dots, and the sum is that of the encoded text.
    let (count, sum) = (bits.len(), crc(text.as_bytes()));
    writeln!(out, "^FO0,{top}^GFA,{count},{count},{width},:Z64:{text}:{sum:04x}^FS")
}

/// CRC-16 with the polynomial x¹⁶ + x¹² + x⁵ + 1 and the start value 0, as ZPL has it over the encoded text.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum: u16, byte| {
        (0..8).fold(sum ^ u16::from(*byte) << 8, |sum, _| {
            if sum & 0x8000 == 0 { sum << 1 } else { sum << 1 ^ 0x1021 }
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::typeset::zpl::{crc, packed};

    #[test]
    fn checksum_of_the_usual_test_text() {
        assert_eq!(crc(b"123456789"), 0x31c3);
    }

    #[test]
    fn dots_are_packed_from_the_left() {
        assert_eq!(
            packed(&[65535, 0, 32768, 32767, 0, 0, 0, 0, 50_000]),
            [0b1010_0000, 0b1000_0000]
        );
    }
}
