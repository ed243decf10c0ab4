//! Compressed input: gzip and Zstandard, told by the first bytes and never by the name.
//!
//! The frames of Zstandard are gone through by hand. Data may be made of several frames (RFC 8878, section
//! 3), as `pzstd` and `cat a.zst b.zst` write them, and the decoder's own reader ends with the first one.
//! It also leaves comparing the checksum to its caller.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How gzip begins (RFC 1952, section 2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// How a frame of Zstandard begins (RFC 8878, section 3.1.1).
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Whether the bytes are gzip or Zstandard, by the first of them. No JSON text begins like either.
pub fn is_compressed(bytes: &[u8]) -> bool {
    bytes.starts_with(&GZIP) || bytes.starts_with(&ZSTD)
}

/// The same bytes, or what they hold where they are gzip (RFC 1952) or Zstandard (RFC 8878), which their
/// first bytes tell.
///
/// ```
/// use std::io::Read;
///
/// let mut text = String::new();
/// officedir::read::decode(&b"not compressed"[..])?.read_to_string(&mut text)?;
/// assert_eq!(text, "not compressed");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// What `input` gives; later, compressed data that is cut off or damaged.
pub fn decode<'r>(input: impl Read + Send + 'r) -> io::Result<Box<dyn Read + Send + 'r>> {
    let mut input = BufReader::new(input);
    let first = input.fill_buf()?;
    Ok(if first.starts_with(&GZIP) {
        // Several members, as `cat a.gz b.gz` and `bgzip` make them (RFC 1952, section 2.2).
        Box::new(MultiGzDecoder::new(input))
    } else if first.starts_with(&ZSTD) {
        Box::new(ZstandardReader { input, frame: FrameDecoder::new(), in_frame: false })
    } else {
        Box::new(input)
    })
}

/// Zstandard frames one behind the other, with their checksums looked at.
struct ZstandardReader<R> {
    /// The compressed bytes.
    input: R,
    /// Decodes one frame after the other.
    frame: FrameDecoder,
    /// Whether a frame has begun and its end was not yet seen.
    in_frame: bool,
}

impl<R: BufRead> ZstandardReader<R> {
    /// Begins the next frame, stepping over those that hold no data; `false` where there is none.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.input.fill_buf()?.is_empty() {
            match self.frame.init(&mut self.input) {
                Ok(()) => return Ok(true),
                // Frames with data of other programs (RFC 8878, section 3.1.2).
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = (&mut self.input).take(length.into());
                    io::copy(&mut skipped, &mut io::sink())?;
                }
                Err(error) => return Err(damaged(&error)),
            }
        }
        Ok(false)
    }

    /// Ends a frame, whose checksum has to agree if it has one.
    fn end(&mut self) -> io::Result<()> {
        self.in_frame = false;
        match self.frame.get_checksum_from_data() {
            Some(sum) if self.frame.get_calculated_checksum() != Some(sum) => {
                Err(damaged(&"the checksum does not agree"))
            }
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for ZstandardReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame {
                self.in_frame = self.begin()?;
                if !self.in_frame {
                    return Ok(0);
                }
            }
            // What is decoded goes out before the next block is decoded.
            if self.frame.can_collect() > 0 {
                return self.frame.read(buffer);
            }
            if self.frame.is_finished() {
                self.end()?;
                continue;
            }
            self.frame
                // One block at a time, of 128 kB at most, which bounds what a small file can become
                // in memory.
                .decode_blocks(&mut self.input, BlockDecodingStrategy::UptoBlocks(1))
                .map_err(|error| damaged(&error))?;
        }
    }
}

/// The error of data that is not what it was.
fn damaged(why: &dyn std::fmt::Display) -> io::Error {
    let message = format!("the Zstandard data is damaged or cut off: {why}");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use super::*;

    fn decoded(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        decode(bytes)?.read_to_string(&mut text).map(|_| text)
    }

    fn zstandard(text: &str) -> Vec<u8> {
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        ruzstd::encoding::compress_to_vec(text.as_bytes(), level)
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn plain_and_compressed_members_one_behind_the_other() {
        let text = "office ".repeat(40_000);
        assert_eq!(decoded(text.as_bytes()).unwrap(), text);
        assert_eq!(decoded(b"").unwrap(), "");
        for compress in [gzip, zstandard] {
            assert_eq!(decoded(&compress(&text)).unwrap(), text);
            let twice = [compress(&text), compress("end")].concat();
            assert_eq!(decoded(&twice).unwrap(), format!("{text}end"));
        }
        let skippable = [&b"\x50\x2a\x4d\x18\x03\0\0\0abc"[..], &zstandard("x")].concat();
        assert_eq!(decoded(&[zstandard("y"), skippable].concat()).unwrap(), "yx");
    }

    #[test]
    fn damage_is_an_error() {
        for whole in [gzip(&"office ".repeat(9_000)), zstandard(&"office ".repeat(9_000))] {
            assert!(decoded(&whole[..whole.len() / 2]).is_err());
            assert!(decoded(&whole[..whole.len() - 1]).is_err());
            let mut changed = whole.clone();
            let last = changed.len() - 2;
            changed[last] ^= 1;
            assert!(decoded(&changed).is_err());
        }
    }
}
