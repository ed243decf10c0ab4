//! Text set into an area, and pages drawn from it: fonts are chosen and shaped, lines broken and fitted, and a
//! page becomes PDF, dots or outlines. Nothing here knows of labels, offices or files.

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

pub(crate) use pdf::Pdf;
