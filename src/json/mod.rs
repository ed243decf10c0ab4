//! JSON as text: what is wrong with it, where its members stand, and where offices begin and end.
//!
//! Values are read by `serde_json`. Here is what it does not give: several mistakes of one text with
//! their places ([`scan`]), the byte range of a member by its pointer ([`locate`]), and the places of
//! offices in a file that nobody has parsed yet (`split`). The three look at text with different
//! promises: `scan` at anything, `locate` at valid JSON only, and `split` at what it hopes is a directory,
//! giving up where it is not.

mod cursor;
mod literal;
mod locate;
mod scan;
pub(crate) mod split;

pub(crate) use literal::within;
pub use locate::{LocatedValue, locate, strings};
pub(crate) use locate::{ValueIndex, members, token};
pub use scan::{is_hopeless, scan};

/// The byte order mark, which a text may begin with and does not belong to it.
pub(crate) const MARK: &str = "\u{feff}";

/// The text behind its byte order mark, if it has one.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}
