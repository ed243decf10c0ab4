//! QR codes (ISO/IEC 18004) with an office's vCard.

use kurbo::{BezPath, Rect, Shape};
use qrcode::{Color, EcLevel, QrCode};

use crate::typeset::fit::{FitError, POINTS};

/// Sides of a module that are tried, in millimetres: telephones read the smallest at reading distance.
const MODULES: [f64; 4] = [0.5, 0.42, 0.375, 0.33];

/// No module is smaller when it has whole dots, in millimetres.
const LEAST: f64 = 0.3;

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
    /// Encodes bytes so that 15 % of the code may be spoiled.
    ///
    /// # Errors
    /// More bytes than any code holds.
    pub fn new(bytes: &[u8]) -> Result<LabelCode, FitError> {
        let code = QrCode::with_error_correction_level(bytes, EcLevel::M)
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
