//! Label stock: the geometry of the sheets, rolls and envelopes that labels are printed on.
//!
//! All lengths are millimetres from the top left corner of the page as it is fed to the printer. A
//! [`Stock`] only exists when it passed its checks (every die-cut on the page, none on another), since
//! the public tables that such figures come from contain impossible ones. What a particular printer
//! does to a page (offset, scale) is not the stock's business.

mod catalogue;
mod check;
mod drawing;
mod glabels;
mod printer;

pub use catalogue::Catalogue;
pub use printer::PrinterProfile;

use serde::Deserialize;

use self::check::LEAST_AREA;
use crate::error::Error;

/// White left on every side of a die-cut, for the play of the printer's feed.
pub const SAFE_MARGIN: f64 = 1.5;

/// White left of the text, where the label's width is not narrowed by its corners anyway.
const INDENT: f64 = 3.0;

/// What the printer is fed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StockKind {
    /// Sheets of one or many labels.
    Sheet,
    /// A roll with one label after the other; the page is one label.
    Roll,
    /// Envelopes; the page is the envelope.
    Envelope,
    /// Letters for envelopes with a window; the page is the sheet, whose text has its place below the address.
    Letter,
}

impl StockKind {
    /// The kind as the product files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            StockKind::Sheet => "sheet",
            StockKind::Roll => "roll",
            StockKind::Envelope => "envelope",
            StockKind::Letter => "letter",
        }
    }
}

/// One product, with figures that were checked. All lengths are millimetres.
///
/// # Example
///
/// ```
/// use officedir::stock::Catalogue;
///
/// let catalogue = Catalogue::built_in()?;
/// let stock = catalogue.find("avery-l7160")?;
/// assert_eq!(stock.per_page(), 21);
/// // The second label begins one pitch right of the first.
/// let second = stock.die_cut(1);
/// assert_eq!(second.left, stock.origin[0] + stock.pitch[0]);
/// assert_eq!(second.top, stock.origin[1]);
/// # Ok::<(), officedir::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stock {
    /// Brand and part in one word, such as "avery-l7160".
    pub name: String,
    /// Sheet, roll, envelope or letter.
    pub kind: StockKind,
    /// The maker.
    pub brand: String,
    /// The maker's part number; another maker may use the same for another product.
    pub part: String,
    /// Other part numbers of the brand for the same die.
    pub also: Vec<String>,
    /// Width and height of the page.
    pub page: [f64; 2],
    /// Columns and rows of labels on it.
    pub grid: [u32; 2],
    /// Width and height of one die-cut.
    pub label: [f64; 2],
    /// Left and top edge of the first die-cut.
    pub origin: [f64; 2],
    /// From one die-cut's edge to the next one's, across and down.
    pub pitch: [f64; 2],
    /// Radius of the die-cut's corners.
    pub corner: f64,
    /// Width of the band along the page's edges, across and down, that printers leave white.
    pub margin: [f64; 2],
    /// Whether text runs along the page's height instead of its width.
    pub turned: bool,
    /// Where on the label the address stands, if not all over it: left, top, width, height.
    pub block: Option<[f64; 4]>,
    /// Where on the label the return address has a place of its own: left, top, width, height.
    pub sender: Option<[f64; 4]>,
    /// Width of the band within the place of the address that stays clear besides, on all sides.
    pub clear: f64,
    /// Where the figures come from.
    pub source: String,
}

/// A rectangle in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Area {
    /// Distance of the left edge from the origin.
    pub left: f64,
    /// Distance of the top edge from the origin.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Stock {
    /// How many labels one page has.
    pub fn per_page(&self) -> usize {
        self.grid[0] as usize * self.grid[1] as usize
    }

    /// The die-cut at that position of a page: from 0, row by row from the top left.
    pub fn die_cut(&self, position: usize) -> Area {
        let columns = self.grid[0] as usize;
        let (column, row) = (position % columns, position / columns);
        Area {
            left: self.origin[0] + column as f64 * self.pitch[0],
            top: self.origin[1] + row as f64 * self.pitch[1],
            width: self.label[0],
            height: self.label[1],
        }
    }

    /// Width and height of the text area as it is read: on turned stock lines run down the area, and its height is the
    /// room for their length.
    pub fn reading_room(&self) -> [f64; 2] {
        let Area { width, height, .. } = self.text_area();
        if self.turned { [height, width] } else { [width, height] }
    }

    /// The part of a die-cut that text may fill, seen from the die-cut's corner; the same for all
    /// positions, so that a label may stand on any of them: [`SAFE_MARGIN`] and the corners are kept
    /// out of it, and the page's unprintable band of the outermost labels.
    pub fn text_area(&self) -> Area {
        let [width, height] = self.label;
        // A corner of the rectangle that lies 1 - 1/sqrt(2) of the radius inside both edges touches the arc.
        let corner = (self.corner - SAFE_MARGIN).max(0.0) * (1.0 - std::f64::consts::FRAC_1_SQRT_2);
        let inset = SAFE_MARGIN + corner;
        let indent =
            if self.turned { [inset, INDENT.max(inset)] } else { [INDENT.max(inset), inset] };
        let last = self.die_cut(self.per_page() - 1);
        // The outermost labels lose what the printer cannot reach, and all others with them: text
        // stands at the same place on every label.
        let near = |axis: usize| indent[axis].max(self.margin[axis] - self.origin[axis]);
        let left = near(0);
        let top = near(1);
        let right = (width - indent[0]).min(self.page[0] - self.margin[0] - last.left);
        let bottom = (height - indent[1]).min(self.page[1] - self.margin[1] - last.top);
        let area = match self.block {
            None => Area { left, top, width: right - left, height: bottom - top },
            Some([x, y, w, h]) => {
                // A place of its own loses only what lies outside of the area.
                let (left, top) = (left.max(x), top.max(y));
                Area { left, top, width: right.min(x + w) - left, height: bottom.min(y + h) - top }
            }
        };
        Area {
            left: area.left + self.clear,
            top: area.top + self.clear,
            width: area.width - 2.0 * self.clear,
            height: area.height - 2.0 * self.clear,
        }
    }

    /// The same stock with a clear band of that width within the place of the address, on all sides.
    ///
    /// # Errors
    /// Where that leaves no room for a line.
    pub fn with_clear(self, clear: f64) -> Result<Stock, Error> {
        let least = self.reading_room().into_iter().fold(f64::INFINITY, f64::min);
        let most = ((least - LEAST_AREA) / 2.0).floor().max(0.0);
        if clear > most {
            let name = &self.name;
            let message = format!("a margin of {clear} mm leaves no room for text on {name}");
            return Err(Error::new(message).with_help(format!("{name} has room for {most} mm")));
        }
        Ok(Stock { clear, ..self })
    }
}
