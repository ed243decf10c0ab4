//! What makes a PDF archivable and accessible: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).
//!
//! krilla writes the structure and refuses a document that breaks either standard; here is what the structure
//! says: a division for each block of lines in its language, a paragraph for each line, a figure with a text
//! for each QR code, and bookmarks for pages.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect};
use krilla::metadata::DateTime;
use krilla::outline::{Outline, OutlineNode};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, SpanTag, Tag, TagGroup, TagKind, TagTree,
};
use kurbo::{BezPath, Shape};

/// The date of a document whose offices have none: both standards want one, and the clock would change
/// the bytes.
const NO_DATE: (u16, u8, u8) = (1970, 1, 1);

/// The structure of a document in the making.
pub(crate) struct PdfArchive {
    /// What the pages say, in reading order.
    tags: TagTree,
    /// The bookmarks, one for each page.
    outline: Outline,
    /// Pages that were begun.
    pages: usize,
}

impl PdfArchive {
    /// A document without content.
    pub fn new() -> Self {
        PdfArchive { tags: TagTree::new(), outline: Outline::new(), pages: 0 }
    }

    /// Settings with which the document is checked against both standards.
    pub fn settings() -> SerializeSettings {
        let builder = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A2_A)
            .with_accessibility_validator(Accessibility::UA1);
        // The two standards go together: both are built on PDF 1.7.
        let configuration = builder.finish().unwrap_or_default();
        SerializeSettings { configuration, ..SerializeSettings::default() }
    }

    /// Begins a page, which becomes a bookmark.
    pub fn page(&mut self) {
        let destination = XyzDestination::new(self.pages, Point::from_xy(0.0, 0.0));
        self.pages += 1;
        // PDF/UA-1 wants a way to get around in a document of several pages (ISO 14289-1, section
        // 7.17).
        self.outline.push_child(OutlineNode::new(format!("Page {}", self.pages), destination));
    }

    /// Draws lines in that language (BCP 47), each a paragraph so that no reader runs them together.
    pub fn lines<T>(
        &mut self,
        surface: &mut Surface<'_>,
        language: Option<&str>,
        lines: impl IntoIterator<Item = T>,
        mut draw: impl FnMut(&mut Surface<'_>, T),
    ) {
        // The language of the address, so that a screen reader pronounces it as such.
        let mut block = TagGroup::new(Tag::Div.with_lang(language.map(str::to_owned)));
        for line in lines {
            let content = ContentTag::Span(SpanTag::empty());
            block.push(tagged(surface, content, Tag::P, |surface| draw(surface, line)));
        }
        self.tags.push(block);
    }

    /// Draws a picture that says that.
    pub fn picture(
        &mut self,
        surface: &mut Surface<'_>,
        path: &BezPath,
        says: &str,
        draw: impl FnOnce(&mut Surface<'_>),
    ) {
        let bounds = path.bounding_box();
        let [left, top, right, bottom] =
            [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|side| side as f32);
        let place = Rect::from_ltrb(left, top, right, bottom);
        // Pages count from 0, and the figure is on the one that was begun last.
        let place = place.map(|rect| BBox::new(self.pages.saturating_sub(1), rect));
        // PDF/UA-1 wants a text for whoever does not see the figure, and its bounds.
        let figure = Tag::Figure(Some(says.to_owned())).with_bbox(place);
        self.tags.push(tagged(surface, ContentTag::Other, figure, draw));
    }

    /// Puts the structure into the document.
    pub fn finish(self, document: &mut Document) {
        document.set_tag_tree(self.tags);
        document.set_outline(self.outline);
    }
}

/// Draws content of that structure.
fn tagged(
    surface: &mut Surface<'_>,
    content: ContentTag<'_>,
    tag: impl Into<TagKind>,
    draw: impl FnOnce(&mut Surface<'_>),
) -> TagGroup {
    let mut group = TagGroup::new(tag);
    group.push(surface.start_tagged(content));
    draw(surface);
    surface.end_tagged();
    group
}

/// Draws what says nothing.
pub(crate) fn artifact(surface: &mut Surface<'_>, draw: impl FnOnce(&mut Surface<'_>)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
    draw(surface);
    surface.end_tagged();
}

/// The day of an RFC 3339 date and time.
pub(crate) fn date(updated: Option<&str>) -> DateTime {
    let numbers = updated.and_then(|text| {
        // Up to the day. `get` gives nothing where a text is too short or would be cut within a character.
        let mut parts = text.get(..10)?.splitn(3, '-');
        Some((
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
        ))
    });
    let (year, month, day) = numbers.unwrap_or(NO_DATE);
    DateTime::new(year).month(month).day(day)
}
