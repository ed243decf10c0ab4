//! What one printer needs so that its print comes out where it should; apart from the stock, which does
//! not know what printer it is put into.

use std::path::Path;

use kurbo::{Affine, Point};
use serde::Deserialize;

use super::fit::POINTS;
use crate::bounded::{PROFILE, read_text_limited};
use crate::stock::Stock;
use crate::writers::Misuse;

/// The most that a profile may move, in millimetres, make larger or smaller, and turn, in degrees: a
/// printer that is further off is set up wrongly.
const MOST_OFFSET: f64 = 25.0;
const MOST_SCALE: f64 = 0.1;
const MOST_ROTATION: f64 = 5.0;

/// How a page is moved before it is printed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// Millimetres to the right and down.
    pub offset: [f64; 2],
    /// How many times wider and higher, about the page's middle.
    pub scale: [f64; 2],
    /// Degrees clockwise, about the page's middle.
    pub rotation: f64,
}

impl Default for Profile {
    fn default() -> Self {
        Profile { offset: [0.0; 2], scale: [1.0; 2], rotation: 0.0 }
    }
}

impl Profile {
    /// Reads a profile from a TOML file.
    ///
    /// # Errors
    /// Names the file, and what is wrong with it.
    pub fn read(path: &Path) -> Result<Profile, Misuse> {
        let name = path.display();
        let text = read_text_limited(path, PROFILE).map_err(|error| {
            Misuse::new(format!("cannot read the printer file {name}: {error}"))
        })?;
        let wrong = |why: String| {
            Misuse {
            message: format!("printer file {name}: {why}"),
            help: Some(
                "it has offset = [right, down] in mm, scale = [across, down] and rotation in degrees"
                    .to_owned(),
            ),
        }
        };
        let profile: Profile =
            toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
        profile.check().map_err(wrong)?;
        Ok(profile)
    }

    fn check(&self) -> Result<(), String> {
        let within = |value: f64, middle: f64, most: f64| (value - middle).abs() <= most;
        if !self.offset.iter().all(|it| within(*it, 0.0, MOST_OFFSET)) {
            return Err(format!("an offset lies between -{MOST_OFFSET} and {MOST_OFFSET} mm"));
        }
        if !self.scale.iter().all(|it| within(*it, 1.0, MOST_SCALE)) {
            return Err(format!(
                "a scale lies between {} and {}",
                1.0 - MOST_SCALE,
                1.0 + MOST_SCALE
            ));
        }
        if !within(self.rotation, 0.0, MOST_ROTATION) {
            return Err(format!(
                "the rotation lies between -{MOST_ROTATION} and {MOST_ROTATION} degrees"
            ));
        }
        Ok(())
    }

    /// What it does to a page of that size in millimetres; in points.
    pub(super) fn transform(&self, page: [f64; 2]) -> Affine {
        let middle = Point::new(page[0] * POINTS / 2.0, page[1] * POINTS / 2.0).to_vec2();
        let offset = (self.offset[0] * POINTS, self.offset[1] * POINTS);
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
    pub fn check_stock(&self, stock: &Stock) -> Result<(), Misuse> {
        let (area, transform) = (stock.text_area(), self.transform(stock.page));
        let page = stock.page.map(|side| side * POINTS);
        let is_on_page = |x: f64, y: f64| {
            let at = transform * Point::new(x * POINTS, y * POINTS);
            (0.0..=page[0]).contains(&at.x) && (0.0..=page[1]).contains(&at.y)
        };
        let off = (0..stock.per_page()).find(|position| {
            let cut = stock.die_cut(*position);
            let [left, top] = [cut.left + area.left, cut.top + area.top];
            let corners =
                [0.0, area.width].map(|x| [0.0, area.height].map(|y| (left + x, top + y)));
            !corners.as_flattened().iter().all(|(x, y)| is_on_page(*x, *y))
        });
        off.map_or(Ok(()), |position| {
            Err(Misuse {
                message: format!(
                    "the printer profile moves the text at position {} of {} off the page",
                    position + 1,
                    stock.name
                ),
                help: Some(
                    "set the printer up so that it needs less, or choose other stock".into(),
                ),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_and_scales_about_the_middle_then_moves() {
        let profile = Profile { offset: [1.0, -2.0], scale: [1.1, 1.0], rotation: 0.0 };
        let at = |profile: &Profile, x: f64, y: f64| {
            let point = profile.transform([100.0, 200.0]) * Point::new(x * POINTS, y * POINTS);
            [point.x / POINTS, point.y / POINTS].map(|it| (it * 1e6).round() / 1e6)
        };
        assert_eq!(at(&profile, 50.0, 100.0), [51.0, 98.0]);
        assert_eq!(at(&profile, 0.0, 0.0), [-4.0, -2.0]);
        // Clockwise: what is on the right goes down.
        let turned = Profile { rotation: 5.0, ..Profile::default() };
        assert!(at(&turned, 100.0, 100.0)[1] > 104.0);
    }
}
