//! From the lines of an address to a block of a size that stays within the label.
//!
//! In this order: the lines as they are, as large as they fit and at most 11 pt, at least 9.5 pt; then
//! broken where it does no harm, at the size from 11 to 9.5 pt that breaks the fewest lines, or else
//! the largest down to 8 pt; then broken anywhere; else an error. A break does harm between a town and its
//! area or code and beside a number. Lines in Han, kana or Hangul
//! are shrunk to 8 pt before they are broken. 8 pt is the least that posts read by machine (USPS
//! Publication 28, appendix A1). What goes on from the line above is indented, so that nobody takes it for a
//! line of its own.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use unicode_bidi::Level;
use unicode_script::UnicodeScript;

use super::fonts::MissingCharacters;
use super::line::{GlyphRun, ShapedLine};
use super::shape::Shaper;
use super::wrap::{BreakHarm, BreakPlace, WrapError, WrapRoom, breaks, wrap};
use crate::postal::AddressLabel;
use crate::text::is_east_asian;

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
    /// The same with lines of that size at most, in points, and of the sizes down to 8 pt.
    pub fn at_most(self, largest: f32) -> FitStyle {
        let [smallest_unbroken, smallest] =
            [self.smallest_unbroken, self.smallest].map(|size| size.min(largest));
        FitStyle { largest, smallest_unbroken, smallest, ..self }
    }

    /// The same with lines of that size only, in points.
    pub fn exactly(self, size: f32) -> FitStyle {
        FitStyle { largest: size, smallest_unbroken: size, smallest: size, ..self }
    }

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

/// How far a line that goes on from the one above is indented, in sizes.
const HANGING: f32 = 1.0;

/// A line to be set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TextLine {
    /// What it says.
    pub text: String,
    /// Whether it names places: a town, an area, a code.
    pub is_place: bool,
}

impl TextLine {
    /// The lines of an address.
    pub fn of(label: &AddressLabel) -> Vec<TextLine> {
        let lines = label.lines_of_places();
        lines.map(|(text, is_place)| TextLine { text: text.to_owned(), is_place }).collect()
    }
}

impl From<String> for TextLine {
    fn from(text: String) -> Self {
        TextLine { text, is_place: false }
    }
}

/// A line of glyphs.
#[derive(Clone)]
struct SetLine {
    /// Its glyphs.
    shaped: Arc<ShapedLine>,
    /// Whether it goes on from the one above.
    continues: bool,
}

impl SetLine {
    /// How far it is indented, in sizes.
    fn indent(&self) -> f32 {
        if self.continues { HANGING } else { 0.0 }
    }
}

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
            FitError::Missing(characters) => write_missing(f, characters),
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

/// Characters without a glyph, by script, and where a font for them is.
fn write_missing(f: &mut fmt::Formatter<'_>, characters: &MissingCharacters) -> fmt::Result {
    let mut scripts: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    for &c in characters {
        scripts.entry(c.script().full_name()).or_default().push(c);
    }
    f.write_str("no font has a glyph for ")?;
    for (at, (script, characters)) in scripts.iter().enumerate() {
        let shown: Vec<String> = (characters.iter().take(SHOWN))
            .map(|c| format!("{c:?} (U+{:04X})", u32::from(*c)))
            .collect();
        let more = match characters.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let separator = if at == 0 { "" } else { "; " };
        write!(f, "{separator}{}{more}", shown.join(", "))?;
        if let Some(package) = package(script) {
            write!(f, " of {script} (Debian's {package} has one)")?;
        }
    }
    f.write_str("; install one, or name a font file that has them with font=FILE")
}

/// Characters of a script that are listed.
const SHOWN: usize = 3;

/// The Debian package with a font for a script, by its name in Unicode.
fn package(script: &str) -> Option<&'static str> {
    match script {
        "Han" | "Hiragana" | "Katakana" | "Hangul" | "Bopomofo" => Some("fonts-noto-cjk"),
        // No font is made for these.
        "Unknown" | "Common" | "Inherited" => None,
        _ => Some("fonts-noto-core"),
    }
}

/// Sets the lines into an area of that width and height in points, as large as they fit.
///
/// Pure: the same lines, area, style and fonts give the same block, on whichever thread.
///
/// # Errors
/// [`FitError`]; nothing is ever cut off.
pub(crate) fn fit(
    texts: &[TextLine],
    [width, height]: [f32; 2],
    style: FitStyle,
    shaper: &Shaper<'_>,
) -> Result<TextBlock, FitError> {
    let lines = shape_all(texts, shaper)?;
    // All lines have one size, so the widest decides.
    let widest = lines.iter().map(|line| extent(&line.shaped)).fold(0.0, f32::max);
    // Lines without ink have no width: the division gives infinity, and the largest size stays.
    let size = style.largest.min(width / widest).min(height / LineRows::of(&lines).height);
    let size = (size * GRAIN).floor() / GRAIN;
    let mut broken = texts
        .iter()
        .zip(&lines)
        .filter(|(_, line)| extent(&line.shaped) * style.smallest_unbroken > width);
    let smallest = match broken.next() {
        // Han characters stay legible when small, and a Japanese line that is broken reads badly.
        Some((first, _)) if is_han(&first.text) && broken.all(|(line, _)| is_han(&line.text)) => {
            style.smallest
        }
        _ => style.smallest_unbroken,
    };
    // Unbroken lines are preferred: a broken address is harder to read by machine.
    if size >= smallest {
        return Ok(place(lines, size, [width, height], style));
    }
    // Found once for all sizes that are tried, and only of lines that are too wide for one of them.
    let places = texts.iter().zip(&lines).map(|(text, line)| {
        let is_wide = extent(&line.shaped) * style.largest > width;
        if is_wide { breaks(&text.text, text.is_place) } else { Vec::new() }
    });
    let places = places.collect();
    let job = FitJob { texts, lines: &lines, places, room: [width, height], style, shaper };
    match job.fit_broken(BreakHarm::None) {
        // Smaller than what needs no break.
        Ok(block) if block.size <= size => Ok(place(lines, size, [width, height], style)),
        Ok(block) => Ok(block),
        Err(_) if size >= style.smallest => Ok(place(lines, size, [width, height], style)),
        Err(_) => job.fit_broken(BreakHarm::Number),
    }
}

/// Lines that do not fit as they are.
struct FitJob<'f> {
    /// What they say.
    texts: &'f [TextLine],
    /// The same, set.
    lines: &'f [SetLine],
    /// Where each of them may be broken.
    places: Vec<Vec<BreakPlace>>,
    /// Width and height of the area, in points.
    room: [f32; 2],
    /// The sizes that they may have.
    style: FitStyle,
    /// The fonts.
    shaper: &'f Shaper<'f>,
}

impl FitJob<'_> {
    /// Broken lines: at the size down to the smallest unbroken one that breaks the fewest, else at the
    /// largest below.
    fn fit_broken(&self, most_harm: BreakHarm) -> Result<TextBlock, FitError> {
        let style = self.style;
        let mut best: Option<TextBlock> = None;
        let mut size = style.largest;
        loop {
            match (self.broken_at(size, most_harm), best.as_ref()) {
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
    fn broken_at(&self, size: f32, most_harm: BreakHarm) -> Result<TextBlock, FitError> {
        let [width, height] = self.room;
        let lines = match self.break_all(width / size, most_harm) {
            Ok(lines) => lines,
            Err(WrapError::NotMeasured(missing)) => return Err(missing.into()),
            Err(WrapError::TooLong(piece)) => {
                let needed = millimetres(extent(&*self.shaper.line(piece, None)?) * size);
                let available = millimetres(width);
                return Err(FitError::Wide { line: piece.to_owned(), size, needed, available });
            }
        };
        let rows = LineRows::of(&lines);
        if rows.height * size <= height {
            return Ok(place(lines, size, [width, height], self.style));
        }
        // The line to name is the first one that ends below the area.
        let below = rows.bottoms.iter().position(|bottom| bottom * size > height);
        let line = lines.get(below.unwrap_or_default()).map(|line| line.shaped.text());
        let needed = millimetres(rows.height * size);
        let available = millimetres(height);
        Err(FitError::High { line: line.unwrap_or_default(), size, needed, available })
    }

    /// Breaks the lines that are wider than `width` sizes.
    fn break_all(&self, width: f32, most_harm: BreakHarm) -> Result<Vec<SetLine>, BreakError<'_>> {
        let mut broken = Vec::with_capacity(self.texts.len());
        for ((text, line), places) in self.texts.iter().zip(self.lines).zip(&self.places) {
            if extent(&line.shaped) <= width {
                broken.push(line.clone());
                continue;
            }
            let room = WrapRoom { widths: [width, width - HANGING], most_harm };
            let pieces = break_one((&text.text, places), &line.shaped, room, self.shaper)?;
            let set = (0..).zip(pieces).map(|(at, shaped)| SetLine { shaped, continues: at > 0 });
            broken.extend(set);
        }
        Ok(broken)
    }
}

/// A length for people.
fn millimetres(points: f32) -> f64 {
    f64::from(points) / POINTS
}

/// All lines set, or all characters that no font has.
fn shape_all(texts: &[TextLine], shaper: &Shaper<'_>) -> Result<Vec<SetLine>, MissingCharacters> {
    let mut missing = MissingCharacters::new();
    let mut lines = Vec::with_capacity(texts.len());
    for line in texts {
        match shaper.line(&line.text, None) {
            Ok(shaped) => lines.push(SetLine { shaped, continues: false }),
            Err(more) => missing.extend(more),
        }
    }
    if missing.is_empty() { Ok(lines) } else { Err(missing) }
}

/// Why a line cannot be broken.
type BreakError<'t> = WrapError<'t, MissingCharacters>;

/// Breaks a line by the advances that its glyphs have as a whole, which is right but where letters change at
/// a break; there, and where a piece seems too wide, by setting every piece.
fn break_one<'t>(
    (text, places): (&'t str, &[BreakPlace]),
    line: &ShapedLine,
    room: WrapRoom,
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
    let by_advances = |piece: &str| {
        // Pieces are slices of the text.
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        // A piece is a slice of the text, and `advances` has an entry for each byte and for the end.
        Ok::<_, MissingCharacters>(advances[start + piece.len()] - advances[start])
    };
    if let Ok(pieces) = wrap(text, places, room, by_advances) {
        let lines = set(pieces)?;
        // Measured once more as they are set: letters at a break may get other forms and be wider.
        let widths = room.widths.into_iter().chain(std::iter::repeat(room.widths[1]));
        if lines.iter().zip(widths).all(|(line, width)| extent(line) <= width) {
            return Ok(lines);
        }
    }
    set(wrap(text, places, room, |piece| Ok(extent(&*shaper.line(piece, base)?)))?)
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
    fn of(lines: &[SetLine]) -> LineRows {
        let mut rows = LineRows { baselines: Vec::new(), bottoms: Vec::new(), height: 0.0 };
        let mut previous: Option<(f32, &ShapedLine)> = None;
        for SetLine { shaped: line, .. } in lines {
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
fn place(lines: Vec<SetLine>, size: f32, [width, height]: [f32; 2], style: FitStyle) -> TextBlock {
    let rows = LineRows::of(&lines);
    let above = if style.centred { (height - rows.height * size) / 2.0 } else { 0.0 };
    // An Arabic address in a Latin country has lines of both kinds.
    let to_right = lines.iter().filter(|line| line.shaped.right_to_left).count() * 2 > lines.len();
    let placed = lines.into_iter().zip(rows.baselines).map(|(line, baseline)| {
        // Ink to the left of the line's start is moved into the area.
        let indent = line.indent();
        let line = line.shaped;
        let overhang = line.ink.left.min(0.0);
        let x = match to_right {
            true => width - (extent(&line) + overhang + indent) * size,
            false => (indent - overhang) * size,
        };
        PlacedLine { line, x, y: above + baseline * size }
    });
    TextBlock { size, lines: placed.collect() }
}
