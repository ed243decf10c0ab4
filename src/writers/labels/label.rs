//! One finished label.

use kurbo::BezPath;

use super::fit::Block;

/// What stands on a label. Points from where reading begins in the stock's text area.
pub(super) struct Label {
    /// Blocks of lines, each at its place.
    pub texts: Vec<([f32; 2], Block)>,
    /// A thin line.
    pub rule: Option<BezPath>,
    /// A QR code, and what it is.
    pub code: Option<(BezPath, String)>,
}
