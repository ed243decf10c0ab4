//! Members of the organisation's own, by their places in an office.

use std::borrow::Cow;

use super::OfficeOutput;
use crate::json::token;
use crate::model::{Office, OwnValue};

/// A value as a cell of a table: a text as it is, anything else as JSON. So is an empty text, since an empty cell is no
/// value, and a text with control characters, at which readers of tables stop.
pub(super) fn own_cell(value: &OwnValue) -> Cow<'_, str> {
    match value.as_str() {
        Some(text) if is_plain(text) => text.into(),
        _ => value.to_string().into(),
    }
}

/// Whether a text may stand in a cell as it is. One that is two quotes would be read as the empty text.
fn is_plain(text: &str) -> bool {
    let is_control = |it: char| it.is_control() && it != '\n' && it != '\t';
    !text.is_empty() && text != "\"\"" && !text.contains(is_control)
}

/// Reports the own members that `is_lost` takes, of which a format has no place for any.
pub(super) fn lose_own(
    office: &Office<'_>,
    format: &str,
    is_lost: impl Fn(&str) -> bool,
    piece: &mut OfficeOutput,
) {
    office.each_own(|pointer, name, _| {
        if is_lost(pointer) {
            let why = format!("{format} has no place for members of your own");
            piece.lose(format!("{pointer}{}", token(name)), why);
        }
    });
}
