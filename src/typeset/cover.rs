//! How much of each dot a path covers, without approximation: its edges are cut where they pass from one
//! dot into the next, and the area beside each piece is integrated.

use std::ops::Range;

use kurbo::common::GAUSS_LEGENDRE_COEFFS_3;
use kurbo::{BezPath, ParamCurveExtrema, PathSeg, Vec2};

/// The dots around a path.
pub(crate) struct DotCoverage {
    /// The first column and row.
    corner: [i64; 2],
    /// Dots in a row of `steps`.
    width: usize,
    /// How much more of each dot is covered than of the one on its left, row by row.
    steps: Vec<f32>,
    /// Where the edge in hand is cut.
    cuts: Vec<f64>,
}

impl DotCoverage {
    /// Of a path in dots, whose contours are closed. What several contours cover, all in one direction,
    /// is covered once.
    pub fn of(path: &BezPath) -> DotCoverage {
        let area = path.control_box();
        let corner = Vec2::new(area.x0.floor(), area.y0.floor());
        // What is right of an edge begins in its own dot and is whole from the next one on.
        let [width, height] =
            [area.x1 - corner.x, area.y1 - corner.y].map(|side| side.ceil() as usize + 2);
        let steps = vec![0.0; width * height];
        let corner_dot = [corner.x as i64, corner.y as i64];
        let mut cover = DotCoverage { corner: corner_dot, width, steps, cuts: Vec::new() };
        for segment in path.segments() {
            let edge = PathEdge::of(segment, corner);
            // Between two extremes a curve crosses each line between dots once, so where it does can
            // be found by a search.
            for range in segment.extrema_ranges() {
                cover.add(&edge, range);
            }
        }
        cover
    }

    /// Gives column, row and covered share of every dot of which some is covered.
    pub fn each(&self, mut dot: impl FnMut(i64, i64, f64)) {
        for (row, y) in self.steps.chunks(self.width).zip(self.corner[1]..) {
            let mut sum = 0.0;
            for (step, x) in row.iter().zip(self.corner[0]..) {
                // The steps of a row are differences, so their sum is what the dot itself has.
                sum += f64::from(*step);
                if sum != 0.0 {
                    // The sign says in which direction the contour runs, and more than 1 that contours overlap.
                    dot(x, y, sum.abs().min(1.0));
                }
            }
        }
    }

    /// Adds a part of an edge that turns back in no direction.
    fn add(&mut self, edge: &PathEdge, range: Range<f64>) {
        // Taken and given back, so that all edges share one allocation.
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.extend([range.start, range.end]);
        for way in [&edge.x, &edge.y] {
            let ends = [way.at(range.start), way.at(range.end)];
            let [low, high] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
            // Lines strictly between the ends: an edge that ends on a line does not cross it.
            let lines = low.floor() as i64 + 1..high.ceil() as i64;
            cuts.extend(lines.map(|line| way.when(line as f64, range.clone())));
        }
        // Crossings of columns and rows along the edge, in the order in which it meets them.
        cuts.sort_unstable_by(f64::total_cmp);
        for ends in cuts.windows(2) {
            self.add_piece(edge, ends[0], ends[1]);
        }
        cuts.clear();
        self.cuts = cuts;
    }

    /// Adds a piece within one dot.
    fn add_piece(&mut self, edge: &PathEdge, start: f64, end: f64) {
        let [middle, half] = [(start + end) / 2.0, (end - start) / 2.0];
        // Asked for the middle, because the ends may lie on the line between two dots.
        let [column, row] = [edge.x.at(middle), edge.y.at(middle)].map(|at| at as usize);
        // Three places are exact for what has a degree of five: x times the slope of y.
        let left = GAUSS_LEGENDRE_COEFFS_3.iter().map(|(weight, place)| {
            let t = middle + half * place;
            weight * half * (edge.x.at(t) - column as f64) * edge.y.slope(t)
        });
        let (left, rise) = (left.sum::<f64>(), edge.y.at(end) - edge.y.at(start));
        let at = row * self.width + column;
        if let Some([own, next]) = self.steps.get_mut(at..at + 2) {
            // What the edge covers in its own dot; from the next one on, the whole rise counts.
            *own += (rise - left) as f32;
            *next += left as f32;
        }
    }
}

/// A line or curve from `t` = 0 to 1.
struct PathEdge {
    /// Columns from the corner.
    x: CoordinatePolynomial,
    /// Rows from the corner, downwards.
    y: CoordinatePolynomial,
}

/// One coordinate as a polynomial in `t`, the constant first.
struct CoordinatePolynomial([f64; 4]);

impl PathEdge {
    /// A segment, from the corner of the covered dots.
    fn of(segment: PathSeg, corner: Vec2) -> PathEdge {
        let [a, b, c, d] = match segment {
            PathSeg::Line(line) => [line.p0.to_vec2(), line.p1 - line.p0, Vec2::ZERO, Vec2::ZERO],
            PathSeg::Quad(quad) => {
                let [first, last] = [quad.p1 - quad.p0, quad.p2 - quad.p1];
                [quad.p0.to_vec2(), 2.0 * first, last - first, Vec2::ZERO]
            }
            PathSeg::Cubic(cubic) => {
                let [first, second, last] =
                    [cubic.p1 - cubic.p0, cubic.p2 - cubic.p1, cubic.p3 - cubic.p2];
                let third = (last - second) - (second - first);
                [cubic.p0.to_vec2(), 3.0 * first, 3.0 * (second - first), third]
            }
        };
        let a = a - corner;
        PathEdge {
            x: CoordinatePolynomial([a.x, b.x, c.x, d.x]),
            y: CoordinatePolynomial([a.y, b.y, c.y, d.y]),
        }
    }
}

/// A step in `t` behind which the next would change nothing, as each has twice as many right digits, and the
/// most steps: halving alone gets there in fewer.
const STILL: f64 = 1e-8;
/// Halving sixty times is below what a double can tell apart.
const STEPS: usize = 60;

impl CoordinatePolynomial {
    /// Where it is at that time.
    fn at(&self, t: f64) -> f64 {
        let [a, b, c, d] = self.0;
        a + t * (b + t * (c + t * d))
    }

    /// How fast it changes at that time.
    fn slope(&self, t: f64) -> f64 {
        let [_, b, c, d] = self.0;
        b + t * (2.0 * c + t * (3.0 * d))
    }

    /// When it has that value, within a range in which it only rises or only falls past it: by Newton's
    /// method, or by halves where that leaves the range.
    fn when(&self, value: f64, range: Range<f64>) -> f64 {
        let [mut low, mut high] = [range.start, range.end];
        let [first, last] = [self.at(low), self.at(high)];
        let mut t = low + (high - low) * (value - first) / (last - first);
        // On a straight edge the first guess is exact.
        if let [_, _, 0.0, 0.0] = self.0 {
            return t;
        }
        for _ in 0..STEPS {
            let off = self.at(t) - value;
            if (off > 0.0) == (last > first) {
                high = t
            } else {
                low = t
            }
            let mut next = t - off / self.slope(t);
            if !(low..=high).contains(&next) {
                next = (low + high) / 2.0;
            }
            let step = (next - t).abs();
            t = next;
            if step < STILL {
                break;
            }
        }
        t
    }
}

#[cfg(test)]
mod tests {
    use kurbo::{BezPath, Circle, Rect, Shape};

    use crate::typeset::cover::DotCoverage;

    fn shares(path: &BezPath) -> Vec<((i64, i64), f64)> {
        let mut shares = Vec::new();
        DotCoverage::of(path).each(|x, y, share| shares.push(((x, y), share)));
        shares.retain(|(_, share)| *share > 1e-6);
        shares
    }

    #[test]
    fn dots_are_covered_by_their_share() {
        let path = Rect::new(-0.5, 2.25, 1.25, 3.0).to_path(0.1);
        let expected = [((-1, 2), 0.375), ((0, 2), 0.75), ((1, 2), 0.1875)];
        assert_eq!(shares(&path), expected);
    }

    #[test]
    fn covers_add_up_to_the_area() {
        let circle = Circle::new((10.3, -7.1), 6.2).to_path(1e-9);
        let hole = Circle::new((10.0, -7.0), 2.0).to_path(1e-9).reverse_subpaths();
        for path in [circle.clone(), circle.iter().chain(hole.iter()).collect()] {
            let sum: f64 = shares(&path).iter().map(|(_, share)| share).sum();
            assert!((sum - path.area().abs()).abs() < 1e-5, "{sum} {}", path.area());
        }
    }

    #[test]
    fn curves_are_those_of_many_small_lines() {
        let mut curve = BezPath::new();
        curve.move_to((0.2, 0.3));
        curve.quad_to((9.7, -4.0), (7.1, 8.8));
        curve.curve_to((-8.0, 9.1), (12.0, 14.5), (-3.3, 11.9));
        curve.close_path();
        let mut lines = BezPath::new();
        kurbo::flatten(&curve, 1e-7, |element| lines.push(element));
        for (curved, straight) in shares(&curve).iter().zip(shares(&lines)) {
            assert_eq!(curved.0, straight.0);
            assert!((curved.1 - straight.1).abs() < 1e-5, "{curved:?} {straight:?}");
        }
    }
}
