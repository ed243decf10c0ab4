//! A page of labels drawn with characters, for `officedir stock show`.

use std::fmt::Write as _;

use super::Stock;

/// Characters across the drawing of a page.
const COLUMNS: usize = 72;
/// How many times higher than wide a character is, in most terminals.
const ASPECT: f64 = 2.0;
/// No drawing is higher than that, in lines.
const MOST_LINES: usize = 60;

impl Stock {
    /// The page as text: every die-cut shaded, with its position, from 1, where it has room for that.
    pub fn drawing(&self) -> String {
        let [width, height] = self.page;
        // The smaller of the two, so that neither side is longer than a terminal has room for.
        let scale = (COLUMNS as f64 / width).min(MOST_LINES as f64 * ASPECT / height);
        let [columns, lines] =
            [width * scale, height * scale / ASPECT].map(|size| (size.round() as usize).max(1));
        let mut rows = vec![vec![' '; columns]; lines];
        for position in 0..self.per_page() {
            let cut = self.die_cut(position);
            // Rounding may lead beyond the edge by one, so both ends are cut to the page: `row[x]` needs that.
            let at = |millimetres: f64, most: usize| (millimetres.round() as usize).min(most);
            let x = at(cut.left * scale, columns)..at((cut.left + cut.width) * scale, columns);
            let y = at(cut.top * scale / ASPECT, lines)
                ..at((cut.top + cut.height) * scale / ASPECT, lines);
            // A chessboard, so that labels without a gap between them can be told apart.
            let even = (position + position / self.grid[0] as usize).is_multiple_of(2);
            // A label that is lower than a line may have no row, and then nothing is shaded.
            for row in rows.get_mut(y.clone()).unwrap_or_default() {
                row[x.clone()].fill(if even { '░' } else { '▒' });
            }
            // With a space on either side, and only where the label has room for all of it.
            let number = format!(" {} ", position + 1);
            let start = (x.start + x.end).saturating_sub(number.len()) / 2;
            if number.len() <= x.len()
                && let Some(row) = rows.get_mut((y.start + y.end) / 2)
            {
                for (place, c) in row[start..].iter_mut().zip(number.chars()) {
                    *place = c;
                }
            }
        }
        let edge = "─".repeat(columns);
        let mut text = format!("┌{edge}┐\n");
        for row in rows {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "│{}│", row.into_iter().collect::<String>());
        }
        text + &format!("└{edge}┘\n")
    }
}
