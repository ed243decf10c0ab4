//! A page as a picture in grey (PNG, ISO/IEC 15948), and the file format for other small pictures.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::page::DrawnPage;
use super::raster::{BLACK, PageRaster};

/// Eight bits of grey, compressed, filtered and not interlaced as the standard has it.
const HEADER_END: [u8; 5] = [8, 0, 0, 0, 0];

/// Millimetres in an inch.
const INCH: f64 = 25.4;

/// A page as a picture with that many dots per inch.
pub(crate) fn png(page: &DrawnPage<'_>, dpi: u32) -> io::Result<Vec<u8>> {
    let raster = PageRaster::new(page, dpi);
    let side = |dots: usize| u32::try_from(dots).map_err(io::Error::other).map(u32::to_be_bytes);
    let header = [&side(raster.width)?[..], &side(raster.height)?, &HEADER_END].concat();
    // PNG counts dots per metre (clause 11.3.5.3). With them, programs print the picture at its size.
    let per_metre = ((f64::from(dpi) * 1000.0 / INCH).round() as u32).to_be_bytes();
    let mut data = ZlibEncoder::new(Vec::new(), Compression::default());
    for row in raster.dots.chunks(raster.width) {
        // The row is not filtered.
        data.write_all(&[0])?;
        data.write_all(&row.iter().map(|black| grey(*black)).collect::<Vec<u8>>())?;
    }
    let density = [&per_metre[..], &per_metre, &[1]].concat();
    let data = data.finish()?;
    Ok(file(&[(b"IHDR", &header), (b"pHYs", &density), (b"IDAT", &data), (b"IEND", &[])]))
}

/// 255 for white. A dot of which at least half is black is darker than 128.
fn grey(black: u16) -> u8 {
    // The upper byte of 16 bits.
    ((BLACK - black) >> 8) as u8
}

/// A picture of these chunks (PNG, ISO/IEC 15948, clause 5).
pub(crate) fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in chunks {
        let mut crc = flate2::Crc::new();
        crc.update(*kind);
        crc.update(data);
        // Every picture here is far below the format's 2 GiB.
        file.extend((data.len() as u32).to_be_bytes());
        file.extend(*kind);
        file.extend(*data);
        file.extend(crc.sum().to_be_bytes());
    }
    file
}
