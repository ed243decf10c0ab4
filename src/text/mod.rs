//! Text: places in it, what of it people are shown, what formats and telephones make of it, and the word that somebody
//! probably meant.

mod counted;
pub(crate) mod escape;
mod hex;
mod markdown;
mod nearest;
mod phone;
mod position;
mod printable;
mod script;
mod uri;

pub use counted::{counted, plural};
pub(crate) use hex::hex;
pub(crate) use markdown::{
    markdown, markdown_email, markdown_phone, markdown_url, markdown_without_links,
};
pub use nearest::nearest;
pub(crate) use nearest::{Candidates, Suggestions};
pub use phone::international;
pub(crate) use phone::{NumberingPlan, calling_code, read_phone, spaced};
pub(crate) use position::LineStarts;
pub use position::line_and_column;
pub(crate) use printable::{excerpt, is_forbidden};
pub use printable::{printable, printable_lines};
pub(crate) use script::is_east_asian;
pub(crate) use uri::{after_web_scheme, mailto};
