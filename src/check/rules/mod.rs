//! What a directory is checked for: one rule a file, and one table of them all.
//!
//! The texts of a rule are what `officedir explain` and [`markdown`] print.

mod box_and_street;
mod country;
mod cycle;
mod doubtful;
mod duplicate_id;
mod facts;
mod garbled;
mod missing_part;
mod near_duplicate;
mod nfc;
mod note_pointer;
mod phone_country;
mod postcode;
mod postcode_area;
mod printed;
mod region_depth;
pub(super) mod schema;
mod short_postcode;
mod subdivision;
mod subdivision_conflict;
mod subject;
mod suppression;
pub(crate) mod syntax;
mod time_zone;
mod unknown_parent;
mod unknown_region;
mod whole;

use super::Severity;
pub(super) use country::RULE as COUNTRY;
use facts::Facts;
pub(super) use subject::{Report, Subject};
pub(super) use suppression::RULE as UNUSED_SUPPRESSION;
pub(super) use whole::whole;
use whole::{Among, Matter, Matters, Whole, With};

/// One thing that is checked.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, `group/name`. Suppressions and reports refer to it.
    pub code: &'static str,
    /// How much a finding of it weighs.
    pub severity: Severity,
    /// What it objects to, in one sentence.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// A piece of a directory that it objects to.
    pub example: &'static str,
    /// The same piece as it should be.
    pub instead: &'static str,
    /// What to do about it.
    pub fix: &'static str,
    /// When it looks.
    pub(super) look: Look,
}

/// When a rule looks, and at what.
#[derive(Debug)]
pub(super) enum Look {
    /// While the file is read.
    Reading,
    /// With the schema.
    Schema,
    /// At one office.
    Office(fn(&Subject<'_, '_>, &mut Report<'_, '_>)),
    /// At the directory as a whole.
    Whole(Among),
}

/// Every rule, in the order in which they look.
pub static RULES: &[&Rule] = &[
    &syntax::ENCODING,
    &syntax::BYTE_ORDER_MARK,
    &syntax::TRAILING_COMMA,
    &syntax::MISSING_COMMA,
    &syntax::COMMENT,
    &syntax::SINGLE_QUOTES,
    &syntax::DUPLICATE_KEY,
    &syntax::NESTING,
    &syntax::NUMBER,
    &syntax::JSON,
    &schema::UNKNOWN_MEMBER,
    &schema::MISSING_MEMBER,
    &schema::TYPE,
    &schema::VALUE,
    &schema::CHARACTER,
    &schema::EMAIL_WEBSITE,
    &schema::PHONE_FORMAT,
    &schema::WEBSITE_SCHEME,
    &duplicate_id::RULE,
    &unknown_parent::RULE,
    &unknown_region::RULE,
    &cycle::RULE,
    &region_depth::RULE,
    &near_duplicate::RULE,
    &time_zone::RULE,
    &printed::RULE,
    &doubtful::RULE,
    &note_pointer::RULE,
    &country::RULE,
    &missing_part::RULE,
    &postcode::RULE,
    &short_postcode::RULE,
    &postcode_area::RULE,
    &subdivision::RULE,
    &subdivision_conflict::RULE,
    &box_and_street::RULE,
    &phone_country::RULE,
    &nfc::RULE,
    &garbled::RULE,
    &suppression::RULE,
];

/// The rule of that code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

impl Rule {
    /// The rule as a page of Markdown.
    pub fn markdown(&self) -> String {
        let Rule { code, what, why, example, instead, fix, .. } = self;
        let severity = self.severity.as_str();
        let instead = match instead.is_empty() {
            true => String::new(),
            false => format!("Write instead:\n\n```text\n{instead}\n```\n\n"),
        };
        format!(
            "## {code}\n\n{what} ({severity})\n\n{why}\n\nFor example:\n\n```text\n{example}\n```\n\n\
             {instead}{fix}\n"
        )
    }
}

/// The offices' rules on one office.
pub(super) fn office(subject: &Subject<'_, '_>, report: &mut Report<'_, '_>) {
    for rule in RULES {
        if let Look::Office(look) = rule.look {
            look(subject, report);
        }
    }
}
