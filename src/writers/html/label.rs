//! An office's address label as SVG, for the page to print. Its lines are where the typesetter puts them and as long as
//! it makes them, in text that the browser draws: outlines would be ten times as large, and characters that the
//! built-in font does not have would need fonts of the machine that exports.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::directory::Context;
use crate::error::Error;
use crate::model::{Address, Office, Use};
use crate::postal::{LayoutOptions, Script, address_for, layout};
use crate::stock::{Area, Catalogue, Stock};
use crate::typeset::fit::{ADDRESS, FitError, POINTS, PlacedLine, TextBlock, TextLine, fit};
use crate::typeset::fonts::FontSet;
use crate::typeset::shape::Shaper;

/// What the option calls a page without labels.
pub(super) const NONE: &str = "none";

/// Sets labels, each by itself.
pub(super) struct LabelSetter {
    /// What is printed on; of a sheet, one label.
    stock: Stock,
    /// What lines are measured with.
    fonts: FontSet,
}

impl LabelSetter {
    /// Labels of that stock.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn new(stock: &str) -> Result<Self, Error> {
        let stock = Catalogue::built_in()?.find(stock)?.clone();
        Ok(LabelSetter { stock, fonts: FontSet::estimated() })
    }

    /// The label of an office by that name, with its postal address as mail from the headquarters' country has it;
    /// `None` without an address.
    ///
    /// # Errors
    /// The address's JSON pointer, and why it cannot be set.
    pub fn svg(
        &self,
        context: &Context<'_>,
        office: &Office<'_>,
        full_name: &str,
    ) -> Option<Result<String, (String, FitError)>> {
        let from = context.headquarters();
        let address = address_for(office, Use::Postal, from, Script::Auto)?;
        let options =
            LayoutOptions { organization: Some(full_name), from, ..LayoutOptions::default() };
        let lines = TextLine::of(&layout(address, &options));
        let area = self.reading_area();
        let room = [area.width, area.height].map(|side| (side * POINTS) as f32);
        let shaper = Shaper::new(&self.fonts, &address.country, address.language.as_deref());
        let block = fit(&lines, room, ADDRESS, &shaper);
        Some(
            block
                .map(|block| self.drawing(&block, &area, address))
                .map_err(|misfit| (office.address_pointer(address), misfit)),
        )
    }

    /// Width and height of a label as it is read, in millimetres.
    fn size(&self) -> [f64; 2] {
        let cut = self.stock.die_cut(0);
        if self.stock.turned { [cut.height, cut.width] } else { [cut.width, cut.height] }
    }

    /// The area of the text on a label as it is read.
    fn reading_area(&self) -> Area {
        let area = self.stock.text_area();
        if !self.stock.turned {
            return area;
        }
        // A quarter turn: lines run down the stock, and the first of them is at its right.
        Area {
            left: area.top,
            top: self.stock.die_cut(0).width - area.left - area.width,
            width: area.height,
            height: area.width,
        }
    }

    /// The drawing, in points.
    fn drawing(&self, block: &TextBlock, area: &Area, address: &Address<'_>) -> String {
        let [width, height] = self.size();
        let corner = [area.left, area.top].map(|side| side * POINTS);
        let language = address.language.as_deref().map(escape);
        let language = language.map_or(String::new(), |tag| format!(" lang=\"{tag}\""));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" \
             viewBox=\"0 0 {} {}\" font-family=\"'Noto Sans', sans-serif\" font-size=\"{}\"{language}>",
            number(width * POINTS),
            number(height * POINTS),
            block.size
        );
        for placed in &block.lines {
            write_line(&mut svg, placed, block.size, corner);
        }
        svg + "</svg>"
    }
}

/// Writes a line of text. Writing to a string cannot fail.
fn write_line(svg: &mut String, placed: &PlacedLine, size: f32, corner: [f64; 2]) {
    let line = &placed.line;
    let length = f64::from(line.advance * size);
    // A line from right to left begins at its right end.
    let (before, direction) = match line.right_to_left {
        true => (length, " direction=\"rtl\""),
        false => (0.0, ""),
    };
    let x = number(corner[0] + f64::from(placed.x) + before);
    let y = number(corner[1] + f64::from(placed.y));
    let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\"{direction}");
    if line.is_measured() {
        // Another font would make it longer than the label.
        let _ = write!(svg, " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", number(length));
    }
    let _ = write!(svg, ">{}</text>", escape(line.logical_text()));
}

/// A length to a tenth of a point, without a nought at its end.
fn number(length: f64) -> String {
    format!("{}", (length * 10.0).round() / 10.0)
}
