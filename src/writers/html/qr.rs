//! QR codes as pictures in the page.

use std::io;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};
use qrcode::{Color, EcLevel, QrCode};

/// White around a code, in modules (ISO/IEC 18004, clause 6.3.8).
const QUIET: usize = 4;

/// A QR code with those bytes as a PNG of one pixel a module; on a screen nothing is spoiled, so that the
/// lowest level of error correction does.
pub(super) fn picture(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let code = QrCode::with_error_correction_level(bytes, EcLevel::L).map_err(io::Error::other)?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut dark = vec![false; side * side];
    for (at, color) in code.into_colors().into_iter().enumerate() {
        // Row by row, moved right and down by the white around the code, which the side has room for.
        dark[(at / width + QUIET) * side + at % width + QUIET] = color == Color::Dark;
    }
    let byte =
        |bits: &[bool]| (0..8).fold(0, |sum, at| sum << 1 | u8::from(bits.get(at) != Some(&true)));
    // In grey of one bit 0 is black. A row ends with a whole byte, whose bits beyond the picture are white.
    let rows: Vec<u8> = dark.chunks(side).flat_map(|row| row.chunks(8).map(byte)).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, side as u32, side as u32);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    // Filters compare bytes, each of which is eight modules here.
    encoder.set_filter(Filter::NoFilter);
    encoder.set_deflate_compression(DeflateCompression::Level(9));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rows)?;
    writer.finish()?;
    Ok(file)
}
