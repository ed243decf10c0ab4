//! What one printer needs so that its print comes out where it should; apart from the stock, which does
//! not know what printer it is put into.

use std::path::Path;

use kurbo::{Affine, Point};
use serde::Deserialize;

use super::Stock;
use crate::bounded::{PROFILE_LIMIT, read_text_limited};
use crate::error::Error;
use crate::strict::{number, numbers, toml_mistake};
use crate::text::line_and_column;
use crate::typeset::fit::POINTS;

/// The most that a profile may move, in millimetres, make larger or smaller, and turn, in degrees: a
/// printer that is further off is set up wrongly.
const MOST_OFFSET: f64 = 25.0;
/// By which share of its size a page may become larger or smaller.
const MOST_SCALE: f64 = 0.1;
/// Degrees to either side.
const MOST_ROTATION: f64 = 5.0;

/// Rounding of figures in binary.
const ROUNDING: f64 = 1e-9;

/// How a page is moved before it is printed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PrinterProfile {
    /// Millimetres to the right and down.
    #[serde(deserialize_with = "numbers")]
    pub offset: [f64; 2],
    /// How many times wider and higher, about the page's middle.
    #[serde(deserialize_with = "numbers")]
    pub scale: [f64; 2],
    /// Degrees clockwise, about the page's middle.
    #[serde(deserialize_with = "number")]
    pub rotation: f64,
}

impl Default for PrinterProfile {
    fn default() -> Self {
        PrinterProfile { offset: [0.0; 2], scale: [1.0; 2], rotation: 0.0 }
    }
}

impl PrinterProfile {
    /// Reads a profile from a TOML file.
    ///
    /// # Errors
    /// Names the file, and what is wrong with it.
    pub fn read(path: &Path) -> Result<PrinterProfile, Error> {
        let name = path.display();
        let text = read_text_limited(path, PROFILE_LIMIT).map_err(|it| {
            Error::from(it).within(format_args!("cannot read the printer file {name}"))
        })?;
        let wrong = |at: Option<(usize, usize)>, why: String| {
            let place = at.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
            let help = "write offset = [right, down] in mm, scale = [across, down] and rotation in degrees";
            let message = format!("printer file {name}{place}: {why}");
            Error::new(message).with_help(help)
        };
        let profile: PrinterProfile = toml::from_str(&text).map_err(|error| {
            let (at, why) = toml_mistake(&text, &error);
            wrong(at, why)
        })?;
        profile.check().map_err(|(key, why)| wrong(place_of(&text, key), why))?;
        Ok(profile)
    }

    /// Checks the figures.
    ///
    /// # Errors
    /// The key whose figures are out of bounds, and which they are.
    fn check(&self) -> Result<(), (&'static str, String)> {
        let checks = [
            ("offset", &self.offset[..], [-MOST_OFFSET, MOST_OFFSET], " mm"),
            ("scale", &self.scale[..], [1.0 - MOST_SCALE, 1.0 + MOST_SCALE], ""),
            ("rotation", &[self.rotation][..], [-MOST_ROTATION, MOST_ROTATION], " degrees"),
        ];
        for (key, figures, [low, high], unit) in checks {
            // The bounds themselves are within, in spite of how 0.9 and 1.1 come to be.
            let within = |figure: f64| (low - ROUNDING..=high + ROUNDING).contains(&figure);
            if let Some(figure) = figures.iter().find(|figure| !within(**figure)) {
                let why = format!("{key} is {figure}; it lies between {low} and {high}{unit}");
                return Err((key, why));
            }
        }
        Ok(())
    }

    /// The profile, if its figures are those of a printer.
    ///
    /// # Errors
    /// Names the first figure that is out of bounds.
    pub(crate) fn checked(self) -> Result<PrinterProfile, Error> {
        let help = "measure again, or set the printer up so that it needs less";
        self.check().map_err(|(_, why)| Error::new(why).with_help(help))?;
        Ok(self)
    }

    /// The profile as the text of a file.
    pub fn to_toml(&self) -> String {
        let PrinterProfile { offset, scale, rotation } = self;
        format!(
            "offset = {offset:?} # millimetres to the right and down\n\
             scale = {scale:?} # across and down\n\
             rotation = {rotation:?} # degrees clockwise\n"
        )
    }

    /// What it does to a page of that size in millimetres; in points.
    pub(crate) fn transform(&self, page: [f64; 2]) -> Affine {
        // About the middle, because printers pull a page in by its middle, and the sheet is measured
        // so.
        let middle = Point::new(page[0] * POINTS / 2.0, page[1] * POINTS / 2.0).to_vec2();
        let offset = (self.offset[0] * POINTS, self.offset[1] * POINTS);
        // The rightmost is done first: scaled and turned about the middle, then moved.
        Affine::translate(offset)
            * Affine::translate(middle)
            * Affine::rotate(self.rotation.to_radians())
            * Affine::scale_non_uniform(self.scale[0], self.scale[1])
            * Affine::translate(-middle)
    }

    /// Checks that no label's text is moved off the page.
    ///
    /// # Errors
    /// Names the first position whose text would be.
    pub fn check_stock(&self, stock: &Stock) -> Result<(), Error> {
        let (area, transform) = (stock.text_area(), self.transform(stock.page));
        let page = stock.page.map(|side| side * POINTS);
        let is_on_page = |x: f64, y: f64| {
            let at = transform * Point::new(x * POINTS, y * POINTS);
            (0.0..=page[0]).contains(&at.x) && (0.0..=page[1]).contains(&at.y)
        };
        let off = (0..stock.per_page()).find(|position| {
            let cut = stock.die_cut(*position);
            let [left, top] = [cut.left + area.left, cut.top + area.top];
            // Page and text area have straight edges: with the corners, everything between them is on the page.
            let corners =
                [0.0, area.width].map(|x| [0.0, area.height].map(|y| (left + x, top + y)));
            !corners.as_flattened().iter().all(|(x, y)| is_on_page(*x, *y))
        });
        off.map_or(Ok(()), |position| {
            let message = format!(
                "the printer profile moves the text at position {} of {} off the page",
                position + 1,
                stock.name
            );
            let help = "set the printer up so that it needs less, or choose other stock";
            Err(Error::new(message).with_help(help))
        })
    }
}

/// Line and column, from 1, where a key of the file stands.
fn place_of(text: &str, key: &str) -> Option<(usize, usize)> {
    // A profile is flat and has one key a line, so that the key can be looked for as text.
    let mut lines = text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    let (start, line) = lines.find(|(_, line)| line.trim_start().starts_with(key))?;
    Some(line_and_column(text, start + line.find(key)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_and_scales_about_the_middle_then_moves() {
        let profile = PrinterProfile { offset: [1.0, -2.0], scale: [1.1, 1.0], rotation: 0.0 };
        let at = |profile: &PrinterProfile, x: f64, y: f64| {
            let point = profile.transform([100.0, 200.0]) * Point::new(x * POINTS, y * POINTS);
            [point.x / POINTS, point.y / POINTS].map(|it| (it * 1e6).round() / 1e6)
        };
        assert_eq!(at(&profile, 50.0, 100.0), [51.0, 98.0]);
        assert_eq!(at(&profile, 0.0, 0.0), [-4.0, -2.0]);
        // Clockwise: what is on the right goes down.
        let turned = PrinterProfile { rotation: 5.0, ..PrinterProfile::default() };
        assert!(at(&turned, 100.0, 100.0)[1] > 104.0);
    }
}
