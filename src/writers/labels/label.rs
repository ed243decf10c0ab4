//! One finished label: the address, and what may stand beside it.

use kurbo::{BezPath, Rect, Shape};

use super::code::{LabelCode, MODULES_APART};
use crate::stock::Stock;
use crate::typeset::fit::{
    FitError, FitStyle, POINTS, SENDER, SENDER_LINE, TextBlock, TextLine, fit,
};
use crate::typeset::shape::Shaper;

/// White above and below the line between the return address and the address, and its width, in points.
const RULE_GAP: f32 = 2.5;
/// Width of that line, in points.
const RULE: f64 = 0.4;

/// No return address above the address takes more of the label's height.
const SENDER_SHARE: f32 = 0.3;

/// What stands on a label. Points from where reading begins in the stock's text area.
pub(super) struct SetLabel {
    /// Blocks of lines, each at its place.
    pub texts: Vec<([f32; 2], TextBlock)>,
    /// A thin line.
    pub rule: Option<BezPath>,
    /// A QR code, and what it is.
    pub code: Option<(BezPath, String)>,
    /// The address's language (BCP 47).
    pub language: Option<String>,
    /// When the office was updated (RFC 3339).
    pub updated: Option<String>,
}

/// What a label says, before it is set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LabelText {
    /// The address from the name to the country, a line each.
    pub lines: Vec<TextLine>,
    /// Code of the country (ISO 3166-1 alpha-2), by which fonts are chosen too.
    pub country: String,
    /// The address's language (BCP 47).
    pub language: Option<String>,
    /// When the office was updated (RFC 3339).
    pub updated: Option<String>,
    /// The lines of the return address; none without one.
    pub sender: Vec<TextLine>,
    /// What the QR code holds; none without one.
    pub card: Option<Vec<u8>>,
}

impl SetLabel {
    /// Sets a label. Modules of the QR code have whole dots, if `dpi` says how many there are per inch.
    ///
    /// # Errors
    /// [`FitError`]; nothing is ever cut off.
    pub fn set(
        text: &LabelText,
        (stock, style): (&Stock, FitStyle),
        dpi: Option<u32>,
        shaper: &Shaper<'_>,
    ) -> Result<SetLabel, FitError> {
        let room = stock.reading_room().map(|side| (side * POINTS) as f32);
        let mut label = SetLabel {
            texts: Vec::new(),
            rule: None,
            code: None,
            language: text.language.clone(),
            updated: text.updated.clone(),
        };
        let top = label
            .add_sender(text, stock, room, shaper)
            .map_err(|it| FitError::Sender(Box::new(it)))?;
        let room = [room[0], room[1] - top];
        let Some(card) = &text.card else {
            label.texts.push(([0.0, top], fit(&text.lines, room, style, shaper)?));
            return Ok(label);
        };
        let code = LabelCode::new(card)?;
        let mut misfit = None;
        // The largest modules first: the code is made smaller before the address is refused.
        for module in code.modules(room, dpi)? {
            let side = code.side(module);
            let left = room[0] - side - MODULES_APART * module;
            match fit(&text.lines, [left, room[1]], style, shaper) {
                Ok(block) => {
                    label.texts.push(([0.0, top], block));
                    let corner = [room[0] - side, top + (room[1] - side) / 2.0];
                    label.code =
                        Some((code.path(corner, module), "QR code of the contact".to_owned()));
                    return Ok(label);
                }
                Err(it) => misfit = Some(it),
            }
        }
        // `modules` gives one size at least, or an error, so that there always is a misfit here.
        Err(misfit.unwrap_or_else(|| FitError::Code("has no room".to_owned())))
    }

    /// Adds the return address; gives the height that it leaves to nothing else.
    fn add_sender(
        &mut self,
        text: &LabelText,
        stock: &Stock,
        room: [f32; 2],
        shaper: &Shaper<'_>,
    ) -> Result<f32, FitError> {
        if text.sender.is_empty() {
            return Ok(0.0);
        }
        if let Some([left, top, width, height]) = stock.sender {
            let area = stock.text_area();
            let at = [left - area.left, top - area.top].map(|side| (side * POINTS) as f32);
            let size = [width, height].map(|side| (side * POINTS) as f32);
            self.texts.push((at, fit(&text.sender, size, SENDER, shaper)?));
            return Ok(0.0);
        }
        // In one line, as on window envelopes (DIN 5008).
        let lines: Vec<&str> = text.sender.iter().map(|line| line.text.as_str()).collect();
        let line = [lines.join(" · ").into()];
        let block = fit(&line, [room[0], room[1] * SENDER_SHARE], SENDER_LINE, shaper)?;
        let below = block.bottom() + RULE_GAP;
        let rule = Rect::new(0.0, f64::from(below), f64::from(room[0]), f64::from(below) + RULE);
        self.rule = Some(rule.to_path(RULE));
        self.texts.push(([0.0, 0.0], block));
        Ok(below + RULE as f32 + RULE_GAP)
    }
}
