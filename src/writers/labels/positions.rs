//! The order in which the positions of pages are filled.

use std::collections::BTreeSet;

/// Page and position, both from 0, one after the other: row by row from `start`, without the positions
/// of the first page that are used up.
pub(super) struct LabelPositions {
    /// The next position, from 0 and counted on over all pages.
    next: usize,
    /// Positions of one page.
    per_page: usize,
    /// Positions of the first page that are used up, from 1.
    skip: BTreeSet<usize>,
}

impl LabelPositions {
    /// `start` and `skip` count from 1, as the user does.
    pub fn new(per_page: usize, start: usize, skip: &[usize]) -> Self {
        let skip = skip.iter().copied().collect();
        LabelPositions { next: start.saturating_sub(1), per_page, skip }
    }
}

impl Iterator for LabelPositions {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        // The list names positions of the first page only, so the loop ends.
        while self.next < self.per_page && self.skip.contains(&(self.next + 1)) {
            self.next += 1;
        }
        let at = (self.next / self.per_page, self.next % self.per_page);
        self.next += 1;
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::LabelPositions;

    fn first(per_page: usize, start: usize, skip: &[usize], count: usize) -> Vec<(usize, usize)> {
        LabelPositions::new(per_page, start, skip).take(count).collect()
    }

    #[test]
    fn starts_late_skips_and_goes_on_at_the_next_page() {
        assert_eq!(first(9, 5, &[3, 7], 5), [(0, 4), (0, 5), (0, 7), (0, 8), (1, 0)]);
        assert_eq!(first(9, 5, &[3, 7], 9)[6..], [(1, 2), (1, 3), (1, 4)]);
    }

    #[test]
    fn a_first_page_without_room_stays_empty() {
        assert_eq!(first(2, 1, &[1, 2], 2), [(1, 0), (1, 1)]);
        assert_eq!(first(1, 1, &[], 2), [(0, 0), (1, 0)]);
    }
}
