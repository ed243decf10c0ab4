//! The sheet by which a printer's profile is found.

use std::io;

use kurbo::{Affine, BezPath};

use super::page::PageLayout;
use crate::error::Error;
use crate::stock::{PrinterProfile, Stock};
use crate::typeset::PdfBuilder;
use crate::typeset::fit::{FitStyle, TextBlock, TextLine, fit};
use crate::typeset::fonts::FontSet;
use crate::typeset::page::{DrawnPage, PageMark, line, points};
use crate::typeset::shape::Shaper;

/// How far crosses are from the page's edges, at most; half the length of their arms; length of the
/// bars, at most, and of their ticks. In millimetres.
const INSET: f64 = 20.0;
/// Half the length of a cross's arms, in millimetres.
const ARM: f64 = 4.0;
/// Length of a bar at most, in millimetres.
const BAR: f64 = 100.0;
/// How far ticks go to either side of a bar, in millimetres.
const TICK: f64 = 2.0;

/// Width of crosses and bars, in points.
const LINE: f64 = 0.5;

/// The instructions and figures, from 9 points down to 7.
const TEXT: FitStyle = FitStyle::small(9.0, 7.0);

/// Where things are on a sheet, in millimetres.
struct SheetPlan {
    /// Width and height of the page.
    page: [f64; 2],
    /// Its middle, which profiles scale and turn about.
    middle: [f64; 2],
    /// How far the outer crosses are from the edges.
    inset: f64,
    /// Length of the bar along each side.
    bars: [f64; 2],
}

impl SheetPlan {
    /// Fits crosses and bars to the page of a stock.
    fn new(stock: &Stock) -> SheetPlan {
        let page = stock.page;
        // A quarter of the shorter side at most, so that the crosses of small stock do not meet.
        let inset = INSET.min((page[0].min(page[1]) / 4.0).floor());
        // Whole centimetres, so that the last tick is the end of the bar.
        let bars = page.map(|side| (((side - 2.0 * inset) / 10.0).floor() * 10.0).clamp(10.0, BAR));
        SheetPlan { page, middle: page.map(|side| side / 2.0), inset, bars }
    }

    /// The middle, then the corners from the left top one clockwise.
    fn crosses(&self) -> [[f64; 2]; 5] {
        let ([width, height], inset) = (self.page, self.inset);
        let (right, bottom) = (width - inset, height - inset);
        [self.middle, [inset, inset], [right, inset], [right, bottom], [inset, bottom]]
    }

    /// Start of the bar along each side.
    fn bar_starts(&self) -> [[f64; 2]; 2] {
        let [across, down] = self.bars;
        [
            [self.middle[0] - across / 2.0, self.middle[1] + self.inset],
            [self.inset + ARM * 2.0, self.middle[1] - down / 2.0],
        ]
    }
}

/// How the sheet for a stock is read, a sentence a line.
pub fn calibration_help(stock: &Stock) -> Vec<String> {
    let plan = SheetPlan::new(stock);
    let [across, down] = plan.bars;
    let [x, y] = plan.middle;
    let apart = plan.page[1] - 2.0 * plan.inset;
    let figure = |length: f64| format!("{}", (length * 100.0).round() / 100.0);
    vec![
        format!(
            "Print this on plain paper of {} x {} mm at 100 % (\"actual size\"), and measure in mm.",
            stock.page[0], stock.page[1]
        ),
        format!("1. The bar across is {across} mm long, the bar down {down} mm. scale = [{across} / measured, {down} / measured]"),
        format!(
            "2. The cross in the middle is {} mm from the left edge and {} mm from the top edge. \
             offset = [{} - measured, {} - measured]",
            figure(x), figure(y), figure(x), figure(y)
        ),
        // A radian has 57.3 degrees, and an angle this small is nearly equal to its tangent.
        format!(
            "3. Measure from the left edge to the crosses at the top left and the bottom left. \
             rotation = (bottom - top) / {} x 57.3",
            figure(apart)
        ),
        "4. Give the six figures, in this order, to `officedir calibrate --measured`, or write the three lines into a \
         file such as printer.toml. Print again with --printer printer.toml."
            .to_owned(),
        "5. Hold the sheet and the stock against the light: every outline lies on a die-cut.".to_owned(),
    ]
}

/// The profile of a printer by what was measured of the sheet for a stock: the lengths of the bars across and down, the
/// distances of the middle cross from the left and the top edge, and those of the crosses at the top left and the
/// bottom left from the left edge; all in millimetres. `printed` is the profile that the sheet was printed with.
///
/// # Errors
/// If what comes out is no printer's profile.
pub fn measured_profile(
    stock: &Stock,
    measured: [f64; 6],
    printed: &PrinterProfile,
) -> Result<PrinterProfile, Error> {
    let plan = SheetPlan::new(stock);
    let [across, down, left, top, upper, lower] = measured;
    let apart = plan.page[1] - 2.0 * plan.inset;
    let rounded = |figure: f64, places: f64| (figure * places).round() / places;
    let [x, y] = printed.offset;
    let [wider, higher] = printed.scale;
    let turned = ((lower - upper) / apart).atan().to_degrees();
    // The corrections are small, so that one on top of another is their sum.
    let profile = PrinterProfile {
        offset: [x + plan.middle[0] - left, y + plan.middle[1] - top].map(|it| rounded(it, 100.0)),
        scale: [wider * plan.bars[0] / across, higher * plan.bars[1] / down]
            .map(|it| rounded(it, 10_000.0)),
        rotation: rounded(printed.rotation + turned, 100.0),
    };
    profile.checked()
}

/// A PDF of one page with the outlines of the die-cuts, crosses, bars of 100 mm where there is room, and how
/// to read them where there is room for that.
///
/// # Errors
/// If the PDF cannot be made.
pub fn calibration(stock: &Stock, printer: Option<&PrinterProfile>) -> io::Result<Vec<u8>> {
    let plan = SheetPlan::new(stock);
    let layout = PageLayout::new(stock, printer, true);
    let texts = texts(stock, &plan);
    let mut page: DrawnPage<'_> = layout.page(std::iter::empty());
    // The profile moves crosses, bars and texts too: printed again with it, they show what is left to correct.
    for path in crosses(&plan).into_iter().chain(bars(&plan)) {
        page.marks.push(PageMark::Area(layout.printer * line(&path, LINE)));
    }
    for (at, block) in &texts {
        let place = Affine::translate((points(at[0]), points(at[1])));
        page.marks.push(PageMark::Text(block, layout.printer * place, None));
    }
    let mut pdf = PdfBuilder::new(&format!("Calibration sheet for {}", stock.name));
    pdf.page(&page)?;
    pdf.finish()
}

/// Adds a straight line between two places in millimetres.
fn segment(path: &mut BezPath, from: [f64; 2], to: [f64; 2]) {
    path.move_to((points(from[0]), points(from[1])));
    path.line_to((points(to[0]), points(to[1])));
}

/// A cross at each of the plan's places.
fn crosses(plan: &SheetPlan) -> Vec<BezPath> {
    let cross = |[x, y]: [f64; 2]| {
        let mut path = BezPath::new();
        segment(&mut path, [x - ARM, y], [x + ARM, y]);
        segment(&mut path, [x, y - ARM], [x, y + ARM]);
        path
    };
    plan.crosses().into_iter().map(cross).collect()
}

/// Bars with a tick every 10 mm.
fn bars(plan: &SheetPlan) -> Vec<BezPath> {
    let bar = |axis: usize| {
        let ([x, y], length) = (plan.bar_starts()[axis], plan.bars[axis]);
        let along = |at: f64, aside: f64| {
            if axis == 0 { [x + at, y + aside] } else { [x + aside, y + at] }
        };
        let mut path = BezPath::new();
        segment(&mut path, along(0.0, 0.0), along(length, 0.0));
        for tick in 0..=(length / 10.0) as usize {
            let at = tick as f64 * 10.0;
            segment(&mut path, along(at, -TICK), along(at, TICK));
        }
        path
    };
    vec![bar(0), bar(1)]
}

/// Blocks of text with their places; those that have no room are left out, since the terminal has them too.
fn texts(stock: &Stock, plan: &SheetPlan) -> Vec<([f64; 2], TextBlock)> {
    let Ok(fonts) = FontSet::new(Vec::new()) else { return Vec::new() };
    let shaper = Shaper::new(&fonts, "", None);
    let set = |at: [f64; 2], size: [f64; 2], lines: &[String]| {
        let size = size.map(|side| points(side) as f32);
        let lines: Vec<TextLine> = lines.iter().cloned().map(TextLine::from).collect();
        fit(&lines, size, TEXT, &shaper).ok().map(|block| (at, block))
    };
    let [width, _] = plan.page;
    let left = plan.inset + ARM * 3.0;
    let top = plan.inset + ARM + 2.0;
    let help =
        [vec![format!("Calibration sheet for {}", stock.name)], calibration_help(stock)].concat();
    let room = [width - 2.0 * left, plan.middle[1] - ARM - top];
    let [across, down] = plan.bar_starts();
    let length = |axis: usize| [format!("{} mm", plan.bars[axis])];
    let blocks = [
        set([left, top], room, &help),
        set([across[0], across[1] + TICK + 1.0], [30.0, 6.0], &length(0)),
        set([down[0] + TICK + 1.0, down[1] + plan.bars[1] - 4.0], [30.0, 6.0], &length(1)),
    ];
    blocks.into_iter().flatten().collect()
}
