//! QR codes as pictures in the page.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use qrcode::{Color, EcLevel, QrCode};

use crate::typeset::png::file;

/// White around a code, in modules (ISO/IEC 18004, clause 6.3.8).
const QUIET: usize = 4;

/// One bit a pixel, grey, compressed, filtered and not interlaced as the standard has it.
const HEADER_END: [u8; 5] = [1, 0, 0, 0, 0];

/// A QR code with those bytes as a PNG of one pixel a module; on a screen nothing is spoiled, so that the
/// lowest level of error correction does.
pub(super) fn picture(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let code = QrCode::with_error_correction_level(bytes, EcLevel::L).map_err(io::Error::other)?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut dark = vec![false; side * side];
    for (at, color) in code.into_colors().into_iter().enumerate() {
        dark[(at / width + QUIET) * side + at % width + QUIET] = color == Color::Dark;
    }
    let mut data = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in dark.chunks(side) {
        // The row is not filtered.
        data.write_all(&[0])?;
        let byte = |bits: &[bool]| {
            (0..8).fold(0, |sum, at| sum << 1 | u8::from(bits.get(at) != Some(&true)))
        };
        data.write_all(&row.chunks(8).map(byte).collect::<Vec<u8>>())?;
    }
    let size = (side as u32).to_be_bytes();
    let header = [&size[..], &size, &HEADER_END].concat();
    Ok(file(&[(b"IHDR", &header), (b"IDAT", &data.finish()?), (b"IEND", &[])]))
}
