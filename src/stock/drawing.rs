//! A page of labels drawn with characters, for `officedir stock show`.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Area, Stock};

/// Characters across the drawing of a page.
const COLUMNS: usize = 72;
/// How many times higher than wide a character is, in most terminals.
const ASPECT: f64 = 2.0;
/// No drawing is higher than that, in lines.
const MOST_LINES: usize = 60;

impl Stock {
    /// The page as text: every die-cut shaded, with its position, from 1, where it has room for that. On a page that is
    /// one label, the places of the address and the return address instead, where they have places of their own.
    pub fn drawing(&self) -> String {
        let mut drawing = Drawing::new(self.page);
        for position in 0..self.per_page() {
            // A chessboard, so that labels without a gap between them can be told apart.
            let even = (position + position / self.grid[0] as usize).is_multiple_of(2);
            let cut = self.die_cut(position);
            drawing.fill(&cut, if even { '░' } else { '▒' });
            let places = [(self.block, "address"), (self.sender, "return address")];
            for (place, says) in places {
                let Some([left, top, width, height]) = place else { continue };
                let place = Area { left: cut.left + left, top: cut.top + top, width, height };
                drawing.fill(&place, ' ');
                drawing.write(&place, says);
            }
            if self.block.is_none() {
                drawing.write(&cut, &format!(" {} ", position + 1));
            }
        }
        drawing.framed()
    }
}

/// A page in characters.
struct Drawing {
    /// Lines from the top, each of as many characters.
    rows: Vec<Vec<char>>,
    /// Characters in a millimetre across.
    scale: f64,
}

impl Drawing {
    /// An empty page of that width and height in millimetres.
    fn new([width, height]: [f64; 2]) -> Drawing {
        // The smaller of the two, so that neither side is longer than a terminal has room for.
        let scale = (COLUMNS as f64 / width).min(MOST_LINES as f64 * ASPECT / height);
        let [columns, lines] =
            [width * scale, height * scale / ASPECT].map(|size| (size.round() as usize).max(1));
        Drawing { rows: vec![vec![' '; columns]; lines], scale }
    }

    /// The columns and lines of an area.
    fn place(&self, area: &Area) -> [Range<usize>; 2] {
        // Rounding may lead beyond the edge by one, so both ends are cut to the page: `row[x]` needs that.
        let at = |characters: f64, most: usize| (characters.round() as usize).min(most);
        let (columns, lines) = (self.rows.first().map_or(0, Vec::len), self.rows.len());
        let (across, down) = (self.scale, self.scale / ASPECT);
        [
            at(area.left * across, columns)..at((area.left + area.width) * across, columns),
            at(area.top * down, lines)..at((area.top + area.height) * down, lines),
        ]
    }

    /// Fills an area with a character.
    fn fill(&mut self, area: &Area, shade: char) {
        let [x, y] = self.place(area);
        // An area that is lower than a line may have no row, and then nothing is filled.
        for row in self.rows.get_mut(y).unwrap_or_default() {
            row[x.clone()].fill(shade);
        }
    }

    /// Writes a text into the middle of an area, where there is room for all of it.
    fn write(&mut self, area: &Area, text: &str) {
        let [x, y] = self.place(area);
        let start = (x.start + x.end).saturating_sub(text.len()) / 2;
        if text.len() <= x.len()
            && let Some(row) = self.rows.get_mut((y.start + y.end) / 2)
        {
            for (place, c) in row[start..].iter_mut().zip(text.chars()) {
                *place = c;
            }
        }
    }

    /// The page with a line around it.
    fn framed(self) -> String {
        let edge = "─".repeat(self.rows.first().map_or(0, Vec::len));
        let mut text = format!("┌{edge}┐\n");
        for row in self.rows {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "│{}│", row.into_iter().collect::<String>());
        }
        text + &format!("└{edge}┘\n")
    }
}
