//! gLabels' template files (`Glabels-templates`), read as stock.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::check::StockFigures;
use super::{Stock, StockKind};
use crate::error::Error;
use crate::text::line_and_column;

/// A page no wider than this with one label on it comes from a roll, in millimetres.
const ROLL: f64 = 120.0;

/// gLabels' names of paper, with width and height in millimetres.
const PAPERS: [(&str, [f64; 2]); 14] = [
    ("US-Letter", [215.9, 279.4]),
    ("US-Legal", [215.9, 355.6]),
    ("US-Executive", [184.15, 266.7]),
    ("A3", [297.0, 420.0]),
    ("A4", [210.0, 297.0]),
    ("A5", [148.0, 210.0]),
    ("A6", [105.0, 148.0]),
    ("A7", [74.0, 105.0]),
    ("B4", [250.0, 353.0]),
    ("B5", [176.0, 250.0]),
    ("SRA3", [320.0, 450.0]),
    ("number10", [104.775, 241.3]),
    ("c5", [162.0, 229.0]),
    ("dl", [110.0, 220.0]),
];

/// Units of length, in millimetres; points where there is none.
const UNITS: [(&str, f64); 6] = [
    ("pt", 25.4 / 72.0),
    ("in", 25.4),
    ("mm", 1.0),
    ("cm", 10.0),
    ("pc", 25.4 / 6.0),
    ("", 25.4 / 72.0),
];

/// The products of a file, and those that are left out, by name, with the reason.
#[derive(Debug, Default)]
pub(super) struct GlabelsTemplates {
    /// In the order of the file, each with the part numbers that are like its own.
    pub stocks: Vec<Stock>,
    /// Name and reason.
    pub left_out: Vec<(String, String)>,
}

/// One `Template` in the reading.
#[derive(Default)]
struct GlabelsTemplate {
    /// The maker.
    brand: String,
    /// The maker's part number.
    part: String,
    /// The name of the paper.
    size: String,
    /// Width and height in millimetres, or why they are not known.
    page: Option<Result<[f64; 2], String>>,
    /// The part of the same brand that it is like.
    like: Option<String>,
    /// Its label, or why that cannot be used; `None` before there was one.
    shape: Option<Result<LabelShape, String>>,
    /// Columns, rows, left, top, and the pitch across and down, or why they cannot be used.
    layouts: Vec<Result<[f64; 6], String>>,
}

/// Width, height and radius of the corners.
type LabelShape = [f64; 3];

/// Whether a text may be such a file.
pub(super) fn is_xml(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

/// Reads a file of templates.
///
/// # Errors
/// Where it is none. What a template has that no [`Stock`] can have leaves that
/// template out.
pub(super) fn read(text: &str) -> Result<GlabelsTemplates, Error> {
    let mut reader = Reader::from_str(text);
    let mut templates = GlabelsTemplates::default();
    let mut like = Vec::new();
    let mut template: Option<GlabelsTemplate> = None;
    let mut is_root = true;
    let mut depth = 0_usize;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
        // With the place at which the parser was, which is that of the element.
        let wrong = |why: String| {
            let (line, column) = line_and_column(text, at);
            Error::new(why).within(format_args!("{line}:{column}"))
        };
        let event = reader.read_event().map_err(|error| wrong(error.to_string()))?;
        // The parser itself does not mind a text that ends within an element.
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth > 0 => {
                return Err(wrong("the file ends inside an element".to_owned()));
            }
            _ => {}
        }
        match event {
            Event::Start(tag) | Event::Empty(tag) if is_root => {
                is_root = false;
                if tag.local_name().as_ref() != "Glabels-templates" {
                    return Err(wrong("this is not a file of gLabels templates".to_owned()));
                }
            }
            Event::Start(tag) => element(&tag, &mut template).map_err(wrong)?,
            Event::Empty(tag) => {
                element(&tag, &mut template).map_err(wrong)?;
                if tag.local_name().as_ref() == "Template" {
                    templates.add(template.take(), &mut like);
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "Template" => {
                templates.add(template.take(), &mut like);
            }
            Event::Eof if is_root => return Err(wrong("the file has no element".to_owned())),
            Event::Eof => break,
            _ => {}
        }
    }
    templates.add_like(like);
    Ok(templates)
}

/// Takes in one start tag.
fn element(tag: &BytesStart<'_>, template: &mut Option<GlabelsTemplate>) -> Result<(), String> {
    let name = tag.local_name();
    let name = name.as_ref();
    if name == "Template" {
        let text = |name| attribute(tag, name).map(Option::unwrap_or_default);
        *template = Some(GlabelsTemplate {
            brand: text("brand")?,
            part: text("part")?,
            size: text("size")?,
            like: attribute(tag, "equiv")?,
            page: Some(page(tag)),
            ..GlabelsTemplate::default()
        });
        return Ok(());
    }
    // Elements around templates say nothing about stock.
    let Some(template) = template else { return Ok(()) };
    match name.strip_prefix("Label-") {
        // One product has one size of label.
        Some(_) if template.shape.is_some() => {
            template.shape = Some(Err("it has more than one label".to_owned()));
        }
        Some(shape) => template.shape = Some(shape_of(shape, tag)),
        None if name == "Layout" => {
            template.layouts.push(layout(tag));
        }
        None => {}
    }
    Ok(())
}

/// The shape of a label by its element; others than rectangles and circles cannot be used.
fn shape_of(name: &str, tag: &BytesStart<'_>) -> Result<LabelShape, String> {
    match name {
        "rectangle" => {
            let [width, height] = lengths(tag, ["width", "height"])?;
            Ok([width, height, length(tag, "round")?.unwrap_or(0.0)])
        }
        "round" => {
            let [radius] = lengths(tag, ["radius"])?;
            Ok([2.0 * radius, 2.0 * radius, radius])
        }
        other => Err(format!(
            "its labels have the shape \"{other}\"; only rectangles and circles can be used"
        )),
    }
}

/// Columns and rows, the first label's place, and the pitch, which a single row or column may lack.
fn layout(tag: &BytesStart<'_>) -> Result<[f64; 6], String> {
    let [across, down, left, top] = lengths(tag, ["nx", "ny", "x0", "y0"])?;
    if let Some(count) = [across, down].iter().find(|count| count.fract() != 0.0) {
        return Err(format!(
            "it has {count} labels in a row or column, which is not a whole number"
        ));
    }
    let pitch = |name: &str, count: f64| match length(tag, name)? {
        None if count > 1.0 => Err(format!("it has no {name}")),
        pitch => Ok(pitch.unwrap_or(0.0)),
    };
    Ok([across, down, left, top, pitch("dx", across)?, pitch("dy", down)?])
}

/// The page by the name of its paper, or by its figures.
fn page(tag: &BytesStart<'_>) -> Result<[f64; 2], String> {
    let size = attribute(tag, "size")?.unwrap_or_default();
    if let Some((_, page)) = PAPERS.iter().find(|(name, _)| *name == size) {
        return Ok(*page);
    }
    lengths(tag, ["width", "height"])
        .map_err(|_| format!("its paper \"{size}\" is unknown and has no width and height"))
}

/// Attributes that are lengths in millimetres, or numbers.
fn lengths<const N: usize>(tag: &BytesStart<'_>, names: [&str; N]) -> Result<[f64; N], String> {
    let mut lengths = [0.0; N];
    for (slot, name) in lengths.iter_mut().zip(names) {
        *slot = length(tag, name)?.ok_or_else(|| format!("it has no {name}"))?;
    }
    Ok(lengths)
}

/// A length in millimetres, from any of gLabels' units.
fn length(tag: &BytesStart<'_>, name: &str) -> Result<Option<f64>, String> {
    let Some(text) = attribute(tag, name)? else { return Ok(None) };
    let text = text.trim();
    let end = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (number, unit) = text.split_at(end);
    let factor = match name {
        // A count has no unit.
        "nx" | "ny" => unit.is_empty().then_some(1.0),
        _ => UNITS.iter().find(|it| it.0 == unit).map(|it| it.1),
    };
    let value =
        number.trim().parse::<f64>().ok().zip(factor).map(|(number, factor)| number * factor);
    // A ten thousandth of a millimetre is below what any source means, and keeps sums short.
    let rounded = value.map(|value| (value * 1e4).round() / 1e4);
    rounded.map(Some).ok_or_else(|| format!("its {name} is \"{text}\", which is not a length"))
}

/// An attribute's text.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    let found = tag.try_get_attribute(name).map_err(|error| error.to_string())?;
    let value = found.map(|it| it.normalized_value(quick_xml::XmlVersion::Implicit1_0));
    value.transpose().map(|it| it.map(Into::into)).map_err(|error| error.to_string())
}

/// Brand and part as one word.
fn name(brand: &str, part: &str) -> String {
    let word = format!("{brand} {part}").to_lowercase();
    let parts: Vec<&str> = word.split(|c: char| !c.is_alphanumeric() && c != '.').collect();
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

impl GlabelsTemplates {
    /// Adds a template, or puts it aside if it is like another one, which may come later.
    fn add(&mut self, template: Option<GlabelsTemplate>, like: &mut Vec<GlabelsTemplate>) {
        let Some(template) = template else { return };
        if template.like.is_some() {
            return like.push(template);
        }
        let name = name(&template.brand, &template.part);
        match template.figures(name.clone()).and_then(StockFigures::check) {
            Ok(stock) => self.stocks.push(stock),
            Err(why) => self.left_out.push((name, why)),
        }
    }

    /// Adds the parts that are like others, of several of one name like the first.
    fn add_like(&mut self, like: Vec<GlabelsTemplate>) {
        let named = |(at, stock): (usize, &Stock)| (stock.name.clone(), at);
        let places: HashMap<String, usize> =
            // In reverse: of several of one name, the first one is put in last and stays.
            self.stocks.iter().enumerate().rev().map(named).collect();
        for GlabelsTemplate { brand, part, like, .. } in like {
            let [own, other] =
                [part.as_str(), like.as_deref().unwrap_or_default()].map(|part| name(&brand, part));
            match places.get(&other).and_then(|at| self.stocks.get_mut(*at)) {
                Some(stock) => stock.also.push(part),
                None => {
                    let why = format!("it is like \"{other}\", which cannot be used");
                    self.left_out.push((own, why));
                }
            }
        }
    }
}

impl GlabelsTemplate {
    /// The product as our own files have it, so that it is checked as they are.
    fn figures(self, name: String) -> Result<StockFigures, String> {
        let page = self.page.ok_or("it has no page")??;
        let [width, height, corner] = self.shape.ok_or("it has no label")??;
        let [layout] = <[_; 1]>::try_from(self.layouts)
            .map_err(|all| format!("it has {} layouts; only one can be used", all.len()))?;
        let [across, down, left, top, dx, dy] = layout?;
        let is_roll = page[0].min(page[1]) <= ROLL && across * down == 1.0;
        Ok(StockFigures {
            name,
            kind: if is_roll { StockKind::Roll } else { StockKind::Sheet },
            brand: self.brand,
            part: self.part,
            also: Vec::new(),
            page,
            // A number that is no count becomes 0 or the largest one, and the check refuses both.
            grid: [across as u32, down as u32],
            label: Some([width, height]),
            origin: [left, top],
            // 0 for a single row or column, whose pitch nobody looks at.
            pitch: Some([dx, dy]),
            // A radius that is too large is taken for a half circle, where our own files would have a mistake.
            corner: corner.min(width.min(height) / 2.0),
            margin: None,
            turned: false,
            block: None,
            sender: None,
            source: format!("a gLabels template on {}", self.size),
        })
    }
}
