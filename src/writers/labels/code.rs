//! QR codes (ISO/IEC 18004) with an office's vCard.

use kurbo::{BezPath, Rect, Shape};
use qrcode::bits::{Bits, encode_auto};
use qrcode::optimize::{Optimizer, Parser, Segment};
use qrcode::types::{Mode, QrError};
use qrcode::{Color, EcLevel, QrCode, QrResult, Version};

use crate::typeset::fit::{FitError, POINTS};

/// Sides of a module that are tried, in millimetres: telephones read the smallest at reading distance.
const MODULES: [f64; 4] = [0.5, 0.42, 0.375, 0.33];

/// No module is smaller when it has whole dots, in millimetres.
const LEAST: f64 = 0.3;

/// How much of a code may be spoiled: 15 %.
const LEVEL: EcLevel = EcLevel::M;

/// The number by which a code says that its bytes are UTF-8 (AIM's list of Extended Channel Interpretations, to which
/// ISO/IEC 18004 refers).
const UTF_8: u32 = 26;

/// White around a code, in modules.
pub(super) const MODULES_APART: f32 = 4.0;

/// Millimetres in an inch.
const INCH: f64 = 25.4;

/// A code, of no size yet.
pub(super) struct LabelCode {
    /// Modules on a side.
    count: usize,
    /// Whether each module is dark, row by row.
    dark: Vec<bool>,
}

impl LabelCode {
    /// Encodes UTF-8 in the smallest code that holds it.
    ///
    /// # Errors
    /// More bytes than any code holds.
    pub fn new(bytes: &[u8]) -> Result<LabelCode, FitError> {
        let code = encode(bytes)
            .and_then(|bits| QrCode::with_bits(bits, LEVEL))
            .map_err(|_| FitError::Code(format!("cannot hold {} bytes", bytes.len())))?;
        let count = code.width();
        let dark = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(LabelCode { count, dark })
    }

    /// The sides of a module, in points, with which the code has a place in a room of that width and
    /// height, the largest first.
    ///
    /// # Errors
    /// [`FitError::Code`] where none has.
    pub fn modules(&self, room: [f32; 2], dpi: Option<u32>) -> Result<Vec<f32>, FitError> {
        let least = room[0].min(room[1]);
        // A printer rounds each module by itself; of unequal modules a reader makes errors.
        let whole_dots = |side: f64| match dpi {
            Some(dpi) => {
                let dot = INCH / f64::from(dpi);
                // Never fewer dots than the least module has, whatever rounding would give.
                (side / dot).round().max((LEAST / dot).ceil()) * dot
            }
            None => side,
        };
        let sides = MODULES.map(|side| (whole_dots(side) * POINTS) as f32);
        let fitting: Vec<f32> =
            sides.into_iter().filter(|module| self.side(*module) <= least).collect();
        if fitting.is_empty() {
            let [needed, available] =
                [self.side(sides[MODULES.len() - 1]), least].map(|side| f64::from(side) / POINTS);
            return Err(FitError::Code(format!(
                "needs {needed:.1} mm, and the label has {available:.1} mm"
            )));
        }
        Ok(fitting)
    }

    /// The code's side with modules of that one.
    pub fn side(&self, module: f32) -> f32 {
        self.count as f32 * module
    }

    /// The dark modules, from that corner on.
    pub fn path(&self, corner: [f32; 2], module: f32) -> BezPath {
        let ([x, y], module) = (corner.map(f64::from), f64::from(module));
        let mut path = BezPath::new();
        for (row, modules) in self.dark.chunks(self.count).enumerate() {
            let top = y + row as f64 * module;
            let mut column = 0;
            // Neighbours become one rectangle: hairlines between them would show in print.
            for run in modules.chunk_by(|a, b| a == b) {
                let left = x + column as f64 * module;
                column += run.len();
                if run.first() == Some(&true) {
                    let right = x + column as f64 * module;
                    path.extend(Rect::new(left, top, right, top + module).path_elements(1.0));
                }
            }
        }
        path
    }
}

/// The content of the smallest code that holds those bytes of UTF-8. Without a word on their encoding readers guess it:
/// zbar takes "São" for Big5.
fn encode(bytes: &[u8]) -> QrResult<Bits> {
    if bytes.is_ascii() {
        return encode_auto(bytes, LEVEL);
    }
    // What could be Shift JIS, and would take less room as such, is UTF-8 and stays it.
    let plain = |it: Segment| Segment {
        mode: if it.mode == Mode::Kanji { Mode::Byte } else { it.mode },
        ..it
    };
    let segments: Vec<Segment> = Parser::new(bytes).map(plain).collect();
    let of_version = |number| {
        let version = Version::Normal(number);
        let mut bits = Bits::new(version);
        bits.push_eci_designator(UTF_8)?;
        bits.push_segments(bytes, Optimizer::new(segments.iter().copied(), version))?;
        bits.push_terminator(LEVEL)?;
        Ok(bits)
    };
    (1..=40).map(of_version).find(Result::is_ok).unwrap_or(Err(QrError::DataTooLong))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use qrcode::Version;

    use super::encode;

    #[test]
    fn text_beyond_ascii_says_that_it_is_utf_8() {
        let first = |text: &str| encode(text.as_bytes()).unwrap().into_bytes()[..2].to_vec();
        // 0111 is the mode of ECI, 0100 that of bytes, 0010 that of digits and capitals.
        for text in ["São", "ქუთაისი", "東京", "0123456789 é"] {
            assert_eq!(first(text)[0], 0b0111_0001, "{text}");
            assert_eq!(first(text)[1] >> 4, 0b1010, "{text}");
        }
        assert_eq!(first("Sao")[0] >> 4, 0b0100);
        assert_eq!(first("SAO")[0] >> 4, 0b0010);
    }

    #[test]
    fn codes_are_as_small_as_they_can_be() {
        let version = |text: String| encode(text.as_bytes()).map(|bits| bits.version());
        // Version 1 has room for 14 bytes, of which ECI takes one and a half (ISO/IEC 18004, table 7).
        assert_eq!(version("é".repeat(6)), Ok(Version::Normal(1)));
        assert_eq!(version("é".repeat(7)), Ok(Version::Normal(2)));
        // Digits take less than half of a byte each also beside letters.
        assert_eq!(version("é".to_owned() + &"1".repeat(20)), Ok(Version::Normal(1)));
        assert!(version("é".repeat(1164)).is_ok_and(|it| it == Version::Normal(40)));
        assert!(version("é".repeat(1166)).is_err());
    }
}
