//! From the lines of an address to a block of a size that stays within the label.
//!
//! In this order: the lines as they are, as large as they fit and at most 11 pt, at least 9.5 pt; then
//! broken where a script allows it, at the size from 11 to 9.5 pt that breaks the fewest lines, or else
//! the largest down to 8 pt; else an error. Lines in Han, kana or Hangul
//! are shrunk to 8 pt before they are broken. 8 pt is the least that posts read by machine (USPS
//! Publication 28, appendix A1).

use std::fmt;
use std::sync::Arc;

use unicode_bidi::Level;

use super::font::is_east_asian;
use super::fonts::MissingCharacters;
use super::line::{GlyphRun, ShapedLine};
use super::shape::Shaper;
use super::wrap::{WrapError, wrap};

/// The sizes that lines may have, in points, and where they stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FitStyle {
    /// In points, for lines that have the room.
    largest: f32,
    /// In points; lines that would have to be smaller are broken instead.
    smallest_unbroken: f32,
    /// In points; what does not fit at that is an error.
    smallest: f32,
    /// Whether they stand in the middle of the area's height, or at its top.
    centred: bool,
}

impl FitStyle {
    /// Lines at the top of their area, of these sizes at most and least.
    pub const fn small(largest: f32, smallest: f32) -> FitStyle {
        FitStyle { largest, smallest_unbroken: smallest, smallest, centred: false }
    }
}

/// The address that the mail goes to.
pub(crate) const ADDRESS: FitStyle =
    FitStyle { largest: 11.0, smallest_unbroken: 9.5, smallest: 8.0, centred: true };

/// A return address in a place of its own.
pub(crate) const SENDER: FitStyle = FitStyle::small(9.0, 7.0);

/// A return address above the address, small, so that no machine takes it for that.
pub(crate) const SENDER_LINE: FitStyle = FitStyle::small(7.0, 6.0);

/// Sizes that are tried for broken lines are that far apart, in points.
const STEP: f32 = 0.5;
/// Sizes of unbroken lines are rounded down to that part of a point.
const GRAIN: f32 = 10.0;
/// From baseline to baseline, in sizes.
const LEADING: f32 = 1.15;
/// The least white between the ink of two lines, in sizes.
const GAP: f32 = 0.06;

/// Points in a millimetre.
pub(crate) const POINTS: f64 = 72.0 / 25.4;

/// An address, set at one size.
pub(crate) struct TextBlock {
    /// In points.
    pub size: f32,
    /// From the top down.
    pub lines: Vec<PlacedLine>,
}

impl TextBlock {
    /// Where its lowest ink is, in points.
    pub fn bottom(&self) -> f32 {
        let bottoms = self.lines.iter().map(|placed| placed.y - placed.line.ink.bottom * self.size);
        bottoms.fold(0.0, f32::max)
    }

    /// Every run, with where it starts, in points.
    pub fn runs(&self) -> impl Iterator<Item = (&GlyphRun, [f64; 2])> {
        self.lines.iter().flat_map(|placed| self.line_runs(placed))
    }

    /// The runs of one of its lines, each with where it starts, in points.
    pub fn line_runs<'a>(
        &self,
        placed: &'a PlacedLine,
    ) -> impl Iterator<Item = (&'a GlyphRun, [f64; 2])> + use<'a> {
        let size = self.size;
        let start = move |run: &GlyphRun| [placed.x + run.x * size, placed.y].map(f64::from);
        placed.line.runs.iter().map(move |run| (run, start(run)))
    }
}

/// A line at its place in the text area.
pub(crate) struct PlacedLine {
    /// Its glyphs, in sizes.
    pub line: Arc<ShapedLine>,
    /// Start of the baseline from the area's top left corner, in points.
    pub x: f32,
    /// The baseline's distance from the area's top, in points, downwards.
    pub y: f32,
}

/// Why an address cannot be set.
pub(crate) enum FitError {
    /// No font has these characters.
    Missing(MissingCharacters),
    /// A line cannot be broken further and is too wide at the smallest size.
    Wide { line: String, size: f32, needed: f64, available: f64 },
    /// The lines are too high at the smallest size, from this one on.
    High { line: String, size: f32, needed: f64, available: f64 },
    /// The return address cannot be set.
    Sender(Box<FitError>),
    /// The QR code is too large, or holds too much.
    Code(String),
}

impl From<MissingCharacters> for FitError {
    fn from(missing: MissingCharacters) -> Self {
        FitError::Missing(missing)
    }
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FitError::Missing(characters) => {
                let named: Vec<String> =
                    characters.iter().map(|c| format!("{c:?} (U+{:04X})", u32::from(*c))).collect();
                write!(
                    f,
                    "no font has a glyph for {}; name a font file that has one with font=FILE",
                    named.join(", ")
                )
            }
            FitError::Wide { line, size, needed, available } => write!(
                f,
                "the line {line:?} needs {needed:.1} mm at {size} pt, and the label has {available:.1} mm; \
                 shorten it or choose wider stock"
            ),
            FitError::High { line, size, needed, available } => write!(
                f,
                "the lines down to {line:?} need {needed:.1} mm at {size} pt, and the label has \
                 {available:.1} mm; leave a line out or choose higher stock"
            ),
            FitError::Sender(misfit) => write!(f, "the return address: {misfit}"),
            FitError::Code(why) => write!(f, "the QR code {why}; choose larger stock"),
        }
    }
}

/// Sets the lines into an area of that width and height in points, as large as they fit.
///
/// Pure: the same lines, area, style and fonts give the same block, on whichever thread.
///
/// # Errors
/// [`FitError`]; nothing is ever cut off.
pub(crate) fn fit(
    texts: &[String],
    [width, height]: [f32; 2],
    style: FitStyle,
    shaper: &Shaper<'_>,
) -> Result<TextBlock, FitError> {
    let lines = shape_all(texts, shaper)?;
    // All lines have one size, so the widest decides.
    let widest = lines.iter().map(|line| extent(line)).fold(0.0, f32::max);
    // Lines without ink have no width: the division gives infinity, and the largest size stays.
    let size = style.largest.min(width / widest).min(height / LineRows::of(&lines).height);
    let size = (size * GRAIN).floor() / GRAIN;
    let mut broken =
        texts.iter().zip(&lines).filter(|(_, line)| extent(line) * style.smallest_unbroken > width);
    let smallest = match broken.next() {
        // Han characters stay legible when small, and a Japanese line that is broken reads badly.
        Some((first, _)) if is_han(first) && broken.all(|(text, _)| is_han(text)) => style.smallest,
        _ => style.smallest_unbroken,
    };
    // Unbroken lines are preferred: a broken address is harder to read by machine.
    if size >= smallest {
        return Ok(place(lines, size, [width, height], style));
    }
    fit_broken(texts, &lines, [width, height], style, shaper)
}

/// Broken lines: at the size down to the smallest unbroken one that breaks the fewest, else at the
/// largest below.
fn fit_broken(
    texts: &[String],
    lines: &[Arc<ShapedLine>],
    room: [f32; 2],
    style: FitStyle,
    shaper: &Shaper<'_>,
) -> Result<TextBlock, FitError> {
    let mut best: Option<TextBlock> = None;
    let mut size = style.largest;
    loop {
        match (broken_at((texts, lines), room, (size, style), shaper), best.as_ref()) {
            // Fewer lines at a smaller size are better than more at a larger one, and of equals the
            // larger one stays.
            (Ok(block), Some(it)) if block.lines.len() >= it.lines.len() => {}
            (Ok(block), _) => best = Some(block),
            (Err(misfit), None) if size <= style.smallest => return Err(misfit),
            (Err(_), _) => {}
        }
        // At `smallest`, `next` is `size`: the loop ends there, with a block or with the error above.
        let next = (size - STEP).max(style.smallest);
        // All sizes down to the smallest unbroken one are compared; below it the first that fits is taken.
        if (next < style.smallest_unbroken || next == size)
            && let Some(block) = best
        {
            return Ok(block);
        }
        size = next;
    }
}

/// The lines at that size, broken where they are too wide.
fn broken_at(
    (texts, lines): (&[String], &[Arc<ShapedLine>]),
    [width, height]: [f32; 2],
    (size, style): (f32, FitStyle),
    shaper: &Shaper<'_>,
) -> Result<TextBlock, FitError> {
    let lines = match break_all(texts, lines, width / size, shaper) {
        Ok(lines) => lines,
        Err(WrapError::NotMeasured(missing)) => return Err(missing.into()),
        Err(WrapError::TooLong(piece)) => {
            let needed = millimetres(extent(&*shaper.line(piece, None)?) * size);
            let available = millimetres(width);
            return Err(FitError::Wide { line: piece.to_owned(), size, needed, available });
        }
    };
    let rows = LineRows::of(&lines);
    if rows.height * size <= height {
        return Ok(place(lines, size, [width, height], style));
    }
    // The line to name is the first one that ends below the area.
    let below = rows.bottoms.iter().position(|bottom| bottom * size > height);
    let line = lines.get(below.unwrap_or_default()).map(|line| line.text()).unwrap_or_default();
    let needed = millimetres(rows.height * size);
    Err(FitError::High { line, size, needed, available: millimetres(height) })
}

/// A length for people.
fn millimetres(points: f32) -> f64 {
    f64::from(points) / POINTS
}

/// All lines set, or all characters that no font has.
fn shape_all(
    texts: &[String],
    shaper: &Shaper<'_>,
) -> Result<Vec<Arc<ShapedLine>>, MissingCharacters> {
    let mut missing = MissingCharacters::new();
    let mut lines = Vec::with_capacity(texts.len());
    for text in texts {
        match shaper.line(text, None) {
            Ok(line) => lines.push(line),
            Err(more) => missing.extend(more),
        }
    }
    if missing.is_empty() { Ok(lines) } else { Err(missing) }
}

/// Why a line cannot be broken.
type BreakError<'t> = WrapError<'t, MissingCharacters>;

/// Breaks the lines that are wider than `width` sizes.
fn break_all<'t>(
    texts: &'t [String],
    lines: &[Arc<ShapedLine>],
    width: f32,
    shaper: &Shaper<'_>,
) -> Result<Vec<Arc<ShapedLine>>, BreakError<'t>> {
    let mut broken = Vec::with_capacity(texts.len());
    for (text, line) in texts.iter().zip(lines) {
        if extent(line) <= width {
            broken.push(line.clone());
            continue;
        }
        broken.extend(break_one(text, line, width, shaper)?);
    }
    Ok(broken)
}

/// Breaks a line by the advances that its glyphs have as a whole, which is right but where letters change at
/// a break; there, and where a piece seems too wide, by setting every piece.
fn break_one<'t>(
    text: &'t str,
    line: &ShapedLine,
    width: f32,
    shaper: &Shaper<'_>,
) -> Result<Vec<Arc<ShapedLine>>, BreakError<'t>> {
    // A piece keeps the direction of its line: "12" at the end of an Arabic line is no text from left
    // to right.
    let base = Some(if line.right_to_left { Level::rtl() } else { Level::ltr() });
    let set = |pieces: Vec<&str>| -> Result<Vec<Arc<ShapedLine>>, BreakError<'t>> {
        let lines = pieces.into_iter().map(|piece| shaper.line(piece, base));
        lines.collect::<Result<_, _>>().map_err(WrapError::NotMeasured)
    };
    let advances = line.advances(text.len());
    let seems_to_fit = |piece: &str| {
        // Pieces are slices of the text.
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        // A piece is a slice of the text, and `advances` has an entry for each byte and for the end.
        Ok::<_, MissingCharacters>(advances[start + piece.len()] - advances[start] <= width)
    };
    if let Ok(pieces) = wrap(text, seems_to_fit) {
        let lines = set(pieces)?;
        // Measured once more as they are set: letters at a break may get other forms and be wider.
        if lines.iter().all(|line| extent(line) <= width) {
            return Ok(lines);
        }
    }
    set(wrap(text, |piece| Ok(extent(&*shaper.line(piece, base)?) <= width))?)
}

/// A line's width in sizes, ink that overhangs its start or end included.
fn extent(line: &ShapedLine) -> f32 {
    // A last letter in italics may be wider than its advance.
    line.advance.max(line.ink.right) - line.ink.left.min(0.0)
}

/// Whether most letters of a text are Han, kana or Hangul.
fn is_han(text: &str) -> bool {
    let (han, all) = text.chars().fold((0, 0), |(han, all), c| {
        (han + usize::from(is_east_asian(c)), all + usize::from(c.is_alphabetic()))
    });
    han * 2 > all
}

/// Where lines stand below each other, in sizes from the top of the first one's ink.
struct LineRows {
    /// Of each line, from the top of the first one's ink downwards.
    baselines: Vec<f32>,
    /// Where each line's ink ends.
    bottoms: Vec<f32>,
    /// Where the lowest ink of all ends.
    height: f32,
}

impl LineRows {
    /// Places lines below each other, at least a leading apart.
    fn of(lines: &[Arc<ShapedLine>]) -> LineRows {
        let mut rows = LineRows { baselines: Vec::new(), bottoms: Vec::new(), height: 0.0 };
        let mut previous: Option<(f32, &ShapedLine)> = None;
        for line in lines {
            let baseline = match previous {
                None => line.ink.top,
                // Tall scripts and stacked accents get the room that they need.
                Some((at, above)) => at + LEADING.max(line.ink.top - above.ink.bottom + GAP),
            };
            rows.baselines.push(baseline);
            rows.height = rows.height.max(baseline - line.ink.bottom);
            rows.bottoms.push(rows.height);
            previous = Some((baseline, line));
        }
        rows
    }
}

/// Puts the lines into the middle of the area's height, at its left edge; at its right edge, if most of
/// them run from right to left.
fn place(
    lines: Vec<Arc<ShapedLine>>,
    size: f32,
    [width, height]: [f32; 2],
    style: FitStyle,
) -> TextBlock {
    let rows = LineRows::of(&lines);
    let above = if style.centred { (height - rows.height * size) / 2.0 } else { 0.0 };
    // An Arabic address in a Latin country has lines of both kinds.
    let to_right = lines.iter().filter(|line| line.right_to_left).count() * 2 > lines.len();
    let placed = lines.into_iter().zip(rows.baselines).map(|(line, baseline)| {
        // Ink to the left of the line's start is moved into the area.
        let overhang = line.ink.left.min(0.0);
        let x = if to_right { width - (extent(&line) + overhang) * size } else { -overhang * size };
        PlacedLine { line, x, y: above + baseline * size }
    });
    TextBlock { size, lines: placed.collect() }
}
