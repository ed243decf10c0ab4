//! An office's own members as extensions of vCard: `x_cost_center` is `X-COST-CENTER` (RFC 6350, section 6.10).

use std::borrow::Cow;

use super::Card;
use crate::json::token;
use crate::model::{OwnMembers, OwnValue};
use crate::writers::OfficeOutput;

/// Names that address books take for theirs, and that of the office above in vCards 3.0. With some of them a card
/// would be a person, a group or a list, and with others a value would have another label.
const TAKEN: [&str; 10] = [
    "abadr",
    "abdate",
    "ablabel",
    "abrelatednames",
    "abshowas",
    "abuid",
    "addressbookserver_kind",
    "addressbookserver_member",
    "evolution_list",
    "officedir_parent",
];

/// An own member as a property.
pub(in crate::writers) struct CardExtension<'a> {
    /// Capital letters, digits and hyphens: `X-COST-CENTER`.
    pub name: String,
    /// A text as it is, any other value as JSON. Of controls it has line breaks only.
    pub text: Cow<'a, str>,
}

impl<'a> Card<'a> {
    /// The own members of the office that a vCard holds, in the order of the file.
    pub(in crate::writers) fn extensions(&self) -> impl Iterator<Item = CardExtension<'a>> {
        self.own_members().filter_map(|(name, value)| extension(name, value).ok())
    }

    /// Reports the others.
    pub(super) fn lose_unfit_extensions(&self, format: &str, piece: &mut OfficeOutput) {
        for (name, value) in self.own_members() {
            if let Err(why) = extension(name, value) {
                piece.lose(token(name), format!("{format} has no place for it: {why}"));
            }
        }
    }

    /// Names and values of the office's own members.
    fn own_members(&self) -> impl Iterator<Item = (&'a str, &'a OwnValue)> {
        self.own.into_iter().flat_map(OwnMembers::iter)
    }
}

/// A member as a property, or why it cannot be one.
fn extension<'a>(name: &str, value: &'a OwnValue) -> Result<CardExtension<'a>, &'static str> {
    let rest = name.strip_prefix(OwnMembers::PREFIX).unwrap_or_default();
    // Of these the property's name can be turned into the member's again.
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !rest.bytes().all(is_plain) {
        return Err("its name has more than small letters, digits and underscores");
    }
    if TAKEN.contains(&rest) {
        return Err("address books take its name for another property");
    }
    let text = match value.as_str() {
        Some(text) => text.into(),
        None => Cow::Owned(value.to_string()),
    };
    // Readers take the two separators for ends of lines, and XML has neither of the last two characters.
    let is_unfit = |it: char| {
        it.is_control() && it != '\n'
            || matches!(it, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(is_unfit) {
        return Err("its text has a control character");
    }
    let name = format!("X-{}", rest.replace('_', "-").to_ascii_uppercase());
    Ok(CardExtension { name, text })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::extension;

    #[test]
    fn names_and_values() {
        let written = |name: &str, value: Value| {
            extension(name, &value.into()).ok().map(|it| (it.name, it.text.into_owned()))
        };
        let property = |name: &str, text: &str| Some((name.to_owned(), text.to_owned()));
        assert_eq!(written("x_cost_center", json!("4711")), property("X-COST-CENTER", "4711"));
        assert_eq!(written("x_9", json!(1.5)), property("X-9", "1.5"));
        assert_eq!(written("x_a_", json!("two\nlines")), property("X-A-", "two\nlines"));
        assert_eq!(
            written("x_all", json!({"a": [null, "\t"]})),
            property("X-ALL", r#"{"a":[null,"\t"]}"#)
        );
        for name in ["x_Cost", "x_cost-center", "x_é", "x_a b", "x_ablabel", "x_abshowas"] {
            assert_eq!(written(name, json!("text")), None, "{name}");
        }
        for text in ["a\tb", "a\r\nb", "\u{85}", "\u{2028}", "\0"] {
            assert_eq!(written("x_text", json!(text)), None, "{text:?}");
        }
    }
}
