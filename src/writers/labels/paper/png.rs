//! A page as a picture in grey (PNG, ISO/IEC 15948).

use std::io::{self, Write};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::super::page::Page;
use super::raster::Raster;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Eight bits of grey, compressed, filtered and not interlaced as the standard has it.
const HEADER_END: [u8; 5] = [8, 0, 0, 0, 0];

/// Millimetres in an inch.
const INCH: f64 = 25.4;

pub(super) fn png(page: &Page<'_>, dpi: u32) -> io::Result<Vec<u8>> {
    let raster = Raster::new(page, dpi);
    let side = |dots: usize| u32::try_from(dots).map_err(io::Error::other).map(u32::to_be_bytes);
    let header = [&side(raster.width)?[..], &side(raster.height)?, &HEADER_END].concat();
    let per_metre = ((f64::from(dpi) * 1000.0 / INCH).round() as u32).to_be_bytes();
    let mut data = ZlibEncoder::new(Vec::new(), Compression::default());
    for row in raster.dots.chunks(raster.width) {
        // The row is not filtered.
        data.write_all(&[0])?;
        data.write_all(&row.iter().map(|black| 255 - black).collect::<Vec<u8>>())?;
    }
    let mut file = SIGNATURE.to_vec();
    chunk(&mut file, b"IHDR", &header);
    chunk(&mut file, b"pHYs", &[&per_metre[..], &per_metre, &[1]].concat());
    chunk(&mut file, b"IDAT", &data.finish()?);
    chunk(&mut file, b"IEND", &[]);
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    // A picture of a page is far below the format's 2 GiB.
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    file.extend(crc.sum().to_be_bytes());
}
