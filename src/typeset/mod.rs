//! Text set into an area, and pages drawn from it: fonts are chosen and shaped, lines broken and fitted, and a
//! page becomes PDF, dots or outlines. Nothing here knows of labels, offices or files.
//!
//! A text goes through these files: `shape` orders it, cuts it where script or font change (`fonts`, `font`,
//! `system`), and makes a `line` of glyphs; `wrap` breaks it, and `fit` finds the size at which all lines fit.
//! A `page` is what has been set, and `pdf`, `raster` (for `png` and `zpl`) and `svg` draw it. All of them
//! draw the same page: what a thermal printer burns is what the PDF shows, dot by dot.

mod archive;
mod cover;
pub(crate) mod fit;
pub(crate) mod font;
pub(crate) mod fonts;
mod line;
mod line_cache;
pub(crate) mod page;
mod pdf;
pub(crate) mod png;
mod raster;
pub(crate) mod shape;
pub(crate) mod svg;
mod system;
mod wrap;
pub(crate) mod zpl;

pub(crate) use pdf::PdfBuilder;
