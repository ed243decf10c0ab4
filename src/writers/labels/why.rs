//! How an address stands on stock, for whoever wonders why a label looks as it does.

use super::misfit::misfit_text;
use crate::error::Error;
use crate::model::Address;
use crate::postal::AddressLabel;
use crate::stock::Stock;
use crate::typeset::fit::{ADDRESS, POINTS, TextLine, fit};
use crate::typeset::fonts::FontSet;
use crate::typeset::shape::Shaper;

/// An address on a label.
pub struct LabelFit {
    /// The size of its letters, in points.
    pub size: f32,
    /// The lines as they are broken, from the top down.
    pub lines: Vec<String>,
}

/// How an address would be set on a label without return address and QR code, in the fonts of the machine.
///
/// # Errors
/// Says what keeps it from fitting, and the smallest known stock of the kind that it would fit.
pub fn label_fit(
    label: &AddressLabel,
    address: &Address<'_>,
    stock: &Stock,
) -> Result<LabelFit, Error> {
    let fonts = FontSet::new(Vec::new()).map_err(|_| Error::new("the built-in font is no font"))?;
    let shaper = Shaper::new(&fonts, &address.country, address.language.as_deref());
    let lines = TextLine::of(label);
    let set = |stock: &Stock| {
        let room = stock.reading_room().map(|side| (side * POINTS) as f32);
        fit(&lines, room, ADDRESS, &shaper)
    };
    let block = set(stock)
        .map_err(|misfit| Error::new(misfit_text(&misfit, stock, |it| set(it).is_ok())))?;
    let lines = block.lines.iter().map(|placed| placed.line.logical_text()).collect();
    Ok(LabelFit { size: block.size, lines })
}
