//! Products as files write them, and whether a page like that can exist. Public lists of label stock
//! contain labels that overlap or end beyond the page, so no figures get further than here unchecked.

use serde::Deserialize;

use super::{Stock, StockKind};
use crate::strict::{number, numbers, some_numbers};

/// The longest page side that PDF can express: 14,400 points (ISO 32000-1, annex C.2).
const LONGEST_SIDE: f64 = 5080.0;

/// Labels in one row or column; far above any product, and keeps sums exact.
const MOST_LABELS: u32 = 1000;

/// Rounding in published figures that is not yet an overlap.
const TOLERANCE: f64 = 0.01;

/// The least width and height of text area that a line of the smallest print needs.
pub(super) const LEAST_AREA: f64 = 3.0;

/// A product as a file writes it; what is left out follows from the rest.
#[derive(Debug, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub(super) struct StockFigures {
    /// Brand and part in one word.
    pub name: String,
    /// Sheet, roll, envelope or letter.
    pub kind: StockKind,
    /// The maker.
    pub brand: String,
    /// The maker's part number.
    pub part: String,
    /// Other part numbers for the same die.
    #[serde(default)]
    pub also: Vec<String>,
    /// Width and height; all lengths are millimetres.
    #[serde(deserialize_with = "numbers")]
    pub page: [f64; 2],
    /// Columns and rows; one label if left out.
    #[serde(default = "one_label", deserialize_with = "numbers")]
    pub grid: [u32; 2],
    /// Width and height; those of the page if left out.
    #[serde(default, deserialize_with = "some_numbers")]
    pub label: Option<[f64; 2]>,
    /// Left and top edge of the first label; the corner of the page if left out.
    #[serde(default, deserialize_with = "numbers")]
    pub origin: [f64; 2],
    /// From one label's edge to the next one's; the size of the label if left out.
    #[serde(default, deserialize_with = "some_numbers")]
    pub pitch: Option<[f64; 2]>,
    /// Radius of the corners; 0 if left out.
    #[serde(default, deserialize_with = "number")]
    pub corner: f64,
    /// What printers leave white along the edges; it follows from the kind if left out.
    #[serde(default, deserialize_with = "some_numbers")]
    pub margin: Option<[f64; 2]>,
    /// Whether text runs along the height of the page.
    #[serde(default)]
    pub turned: bool,
    /// Left, top, width and height of the place for the address; the whole label if left out.
    #[serde(default, deserialize_with = "some_numbers")]
    pub block: Option<[f64; 4]>,
    /// The same for the return address; it has no place of its own if left out.
    #[serde(default, deserialize_with = "some_numbers")]
    pub sender: Option<[f64; 4]>,
    /// Where the figures come from.
    #[serde(default)]
    pub source: String,
}

/// A page that is one label, such as an envelope.
fn one_label() -> [u32; 2] {
    [1, 1]
}

impl StockFigures {
    /// The product, or why a page like that cannot exist.
    pub fn check(self) -> Result<Stock, String> {
        let label = self.label.unwrap_or(self.page);
        // Office printers leave 4 to 5 mm white; label printers print to the edge.
        let margin = match self.kind {
            StockKind::Sheet | StockKind::Letter => [5.0, 5.0],
            StockKind::Roll | StockKind::Envelope => [0.0, 0.0],
        };
        let stock = Stock {
            name: self.name,
            kind: self.kind,
            brand: self.brand,
            part: self.part,
            also: self.also,
            page: self.page,
            grid: self.grid,
            label,
            origin: self.origin,
            pitch: self.pitch.unwrap_or(label),
            corner: self.corner,
            margin: self.margin.unwrap_or(margin),
            turned: self.turned,
            block: self.block,
            sender: self.sender,
            clear: 0.0,
            source: self.source,
        };
        // By themselves first: sums of impossible figures would give odd messages.
        match sizes(&stock).or_else(|| places(&stock)) {
            Some(why) => Err(why),
            None => Ok(stock),
        }
    }
}

/// What is wrong with the figures by themselves.
fn sizes(stock: &Stock) -> Option<String> {
    let named = [
        ("page", &stock.page[..]),
        ("label", &stock.label[..]),
        ("origin", &stock.origin[..]),
        ("pitch", &stock.pitch[..]),
        ("corner", &[stock.corner][..]),
        ("margin", &stock.margin[..]),
        ("block", stock.block.as_ref().map_or(&[][..], |block| &block[..])),
        ("sender", stock.sender.as_ref().map_or(&[][..], |sender| &sender[..])),
    ]
    .into_iter()
    .flat_map(|(what, figures)| figures.iter().map(move |figure| (what, *figure)))
    // What is not a number lies in no range, so it is refused as well.
    .find(|(_, figure)| !(0.0..=LONGEST_SIDE).contains(figure));
    if let Some((what, figure)) = named {
        return Some(format!(
            "{what} is {figure} mm, which is not between 0 and {LONGEST_SIDE} mm"
        ));
    }
    if stock.turned && stock.sender.is_some() {
        return Some("turned text has no place of its own for the return address".to_owned());
    }
    if stock.name.is_empty() {
        return Some("its name is empty".to_owned());
    }
    if !stock.grid.iter().all(|count| (1..=MOST_LABELS).contains(count)) {
        return Some(format!(
            "grid is {:?}, but must have 1 to {MOST_LABELS} columns and rows",
            stock.grid
        ));
    }
    let [width, height] = stock.label;
    // A radius of half the shorter side is a circle or an oval; more is no shape.
    if stock.corner > width.min(height) / 2.0 {
        return Some(format!(
            "a corner of {} mm does not fit a label of {width} x {height} mm",
            stock.corner
        ));
    }
    None
}

/// What is wrong with the figures together.
fn places(stock: &Stock) -> Option<String> {
    for (axis, (side, count)) in [("right", "columns"), ("bottom", "rows")].into_iter().enumerate()
    {
        let (page, label, pitch) = (stock.page[axis], stock.label[axis], stock.pitch[axis]);
        // A single row or column has no next one to overlap, whatever its pitch is.
        if stock.grid[axis] > 1 && pitch < label - TOLERANCE {
            return Some(format!(
                "its {count} overlap: the pitch is {pitch} mm, the label {label} mm"
            ));
        }
        let end = stock.origin[axis] + f64::from(stock.grid[axis] - 1) * pitch + label;
        if end > page + TOLERANCE {
            return Some(format!(
                "its labels end {end:.2} mm from the {}, beyond the page's {side} edge at {page} mm",
                ["left", "top"][axis]
            ));
        }
        // Both are places on the label, and end within it.
        for (what, place) in [("address block", stock.block), ("return address", stock.sender)] {
            let end = place.map(|place| place[axis] + place[axis + 2]);
            if let Some(end) = end.filter(|end| *end > label + TOLERANCE) {
                return Some(format!(
                    "its {what} ends at {end:.2} mm, beyond the label's {side} edge at {label} mm"
                ));
            }
        }
    }
    let area = stock.text_area();
    (area.width < LEAST_AREA || area.height < LEAST_AREA).then(|| {
        format!("no room for text: {:.2} x {:.2} mm inside the margins", area.width, area.height)
    })
}
