//! A page as a picture in grey (PNG, ISO/IEC 15948).

use std::io::{self, Write};

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};

use super::page::DrawnPage;
use super::raster::{BLACK, PageRaster};

/// Millimetres in an inch.
const INCH: f64 = 25.4;

/// Compressed bytes that are held before they are written: nearly all pages have fewer.
const PART: usize = 1 << 20;

/// A page as a picture with that many dots per inch.
pub(crate) fn png(page: &DrawnPage<'_>, dpi: u32) -> io::Result<Vec<u8>> {
    let raster = PageRaster::new(page, dpi);
    let side = |dots: usize| u32::try_from(dots).map_err(io::Error::other);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, side(raster.width)?, side(raster.height)?);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    // PNG counts dots per metre (clause 11.3.5.3). With them, programs print the picture at its size.
    let per_metre = (f64::from(dpi) * 1000.0 / INCH).round() as u32;
    let density = PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter };
    encoder.set_pixel_dims(Some(density));
    // Drawings of a few plain areas get no smaller by a filter.
    encoder.set_filter(Filter::NoFilter);
    encoder.set_deflate_compression(DeflateCompression::Level(6));
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer_with_size(PART)?;
    for row in raster.dots.chunks(raster.width) {
        rows.write_all(&row.iter().map(|black| grey(*black)).collect::<Vec<u8>>())?;
    }
    rows.finish()?;
    writer.finish()?;
    Ok(file)
}

/// 255 for white. A dot of which at least half is black is darker than 128.
fn grey(black: u16) -> u8 {
    // The upper byte of 16 bits.
    ((BLACK - black) >> 8) as u8
}
