//! Text: places in it, what of it people are shown, and the word that somebody probably meant.

mod nearest;
mod position;
mod printable;

pub use nearest::nearest;
pub(crate) use nearest::{Candidates, Suggestions};
pub use position::line_and_column;
pub(crate) use printable::excerpt;
pub use printable::{printable, printable_lines};
