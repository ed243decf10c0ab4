//! What a directory is checked for: one rule a file, and one table of them all.
//!
//! A file has a rule as data ([`Rule`]) and, if it looks at offices or at the directory as a whole, the
//! function that does. The table says at which stage it runs; [`Rule`] says what that means. Rules about
//! syntax are in `finding/syntax.rs`, because the scanner below this room reports them, and rules about
//! the schema are in `schema.rs` without a function of their own: the JSON Schema finds what they
//! report, and `check/schema/explain.rs` puts it into words.
//!
//! What a rule is given:
//!
//! - [`OfficeContext`] is one office with the objections of its country's post, which several rules share and
//!   which are therefore looked up once.
//! - [`OfficeReporter`] takes findings by JSON pointer from the office and knows where that is in the file.
//! - [`DirectoryContext`] is the directory: what offices refer to, by position, and the offices in question. It
//!   reads those from the file again, because no pass keeps offices.
//!
//! The texts of a rule are what `officedir explain` prints and `docs/rules.md` holds.

mod box_and_street;
mod coordinates;
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
mod opening_hours;
mod phone_country;
mod phone_impossible;
mod postcode;
mod postcode_area;
mod postcode_form;
pub(super) mod precision;
mod printed;
mod region_depth;
pub(super) mod schema;
mod short_postcode;
mod subdivision;
mod subdivision_conflict;
mod subject;
mod suppression;
pub(super) mod time_zone;
mod unknown_headquarters;
mod unknown_kind;
mod unknown_parent;
mod unknown_region;
mod unusual_postcode;
pub(super) mod url_punctuation;
pub(super) mod version;
mod whole;

use crate::finding::{Rule, syntax};
pub(super) use country::RULE as COUNTRY;
use facts::NeededOffices;
pub(super) use phone_impossible::impossible as impossible_phone;
pub(super) use subject::{OfficeContext, OfficeReporter};
pub(super) use suppression::RULE as UNUSED_SUPPRESSION;
pub(super) use whole::whole;
use whole::{DirectoryContext, DirectoryRule, OfficeIssue, OfficeIssues, RelatedOffices};

/// When a rule looks, and at what. A rule itself is data; this says which function runs for it.
#[derive(Debug)]
pub(super) enum RuleStage {
    /// While the file is read.
    Reading,
    /// With the schema.
    Schema,
    /// At one office.
    Office(fn(&OfficeContext<'_, '_>, &mut OfficeReporter<'_, '_>)),
    /// At the directory as a whole.
    Whole(&'static DirectoryRule),
}

/// Every rule with the stage at which it looks, in the order in which they do.
const TABLE: &[(&Rule, RuleStage)] = &[
    (&syntax::ENCODING, RuleStage::Reading),
    (&syntax::BYTE_ORDER_MARK, RuleStage::Reading),
    (&syntax::TRAILING_COMMA, RuleStage::Reading),
    (&syntax::MISSING_COMMA, RuleStage::Reading),
    (&syntax::COMMENT, RuleStage::Reading),
    (&syntax::SINGLE_QUOTES, RuleStage::Reading),
    (&syntax::DUPLICATE_KEY, RuleStage::Reading),
    (&syntax::NESTING, RuleStage::Reading),
    (&syntax::NUMBER, RuleStage::Reading),
    (&syntax::JSON, RuleStage::Reading),
    (&version::RULE, RuleStage::Schema),
    (&schema::UNKNOWN_MEMBER, RuleStage::Schema),
    (&schema::MISSING_MEMBER, RuleStage::Schema),
    (&schema::TYPE, RuleStage::Schema),
    (&schema::VALUE, RuleStage::Schema),
    (&schema::CHARACTER, RuleStage::Schema),
    (&schema::EMAIL_WEBSITE, RuleStage::Schema),
    (&schema::PHONE_FORMAT, RuleStage::Schema),
    (&schema::WEBSITE_SCHEME, RuleStage::Schema),
    (&duplicate_id::RULE, RuleStage::Whole(&duplicate_id::AMONG)),
    (&unknown_parent::RULE, RuleStage::Whole(&unknown_parent::AMONG)),
    (&unknown_region::RULE, RuleStage::Whole(&unknown_region::AMONG)),
    (&unknown_kind::RULE, RuleStage::Whole(&unknown_kind::AMONG)),
    (&unknown_headquarters::RULE, RuleStage::Whole(&unknown_headquarters::AMONG)),
    (&cycle::RULE, RuleStage::Whole(&cycle::AMONG)),
    (&region_depth::RULE, RuleStage::Whole(&region_depth::AMONG)),
    (&near_duplicate::RULE, RuleStage::Whole(&near_duplicate::AMONG)),
    (&time_zone::RULE, RuleStage::Office(time_zone::check)),
    (&opening_hours::RULE, RuleStage::Office(opening_hours::check)),
    (&coordinates::RULE, RuleStage::Office(coordinates::check)),
    (&precision::RULE, RuleStage::Office(precision::check)),
    (&printed::RULE, RuleStage::Office(printed::check)),
    (&doubtful::RULE, RuleStage::Office(doubtful::check)),
    (&note_pointer::RULE, RuleStage::Office(note_pointer::check)),
    (&country::RULE, RuleStage::Office(country::check)),
    (&missing_part::RULE, RuleStage::Office(missing_part::check)),
    (&postcode::RULE, RuleStage::Office(postcode::check)),
    (&postcode_form::RULE, RuleStage::Office(postcode_form::check)),
    (&unusual_postcode::RULE, RuleStage::Office(unusual_postcode::check)),
    (&short_postcode::RULE, RuleStage::Office(short_postcode::check)),
    (&postcode_area::RULE, RuleStage::Office(postcode_area::check)),
    (&subdivision::RULE, RuleStage::Office(subdivision::check)),
    (&subdivision_conflict::RULE, RuleStage::Office(subdivision_conflict::check)),
    (&box_and_street::RULE, RuleStage::Office(box_and_street::check)),
    (&url_punctuation::RULE, RuleStage::Office(url_punctuation::check)),
    (&phone_country::RULE, RuleStage::Office(phone_country::check)),
    (&phone_impossible::RULE, RuleStage::Office(phone_impossible::check)),
    (&nfc::RULE, RuleStage::Office(nfc::check)),
    (&garbled::RULE, RuleStage::Office(garbled::check)),
    (&suppression::RULE, RuleStage::Reading),
];

/// Every rule, in the order in which they look.
pub static RULES: &[&Rule] = &{
    let mut rules = [TABLE[0].0; TABLE.len()];
    let mut at = 0;
    while at < TABLE.len() {
        rules[at] = TABLE[at].0;
        at += 1;
    }
    rules
};

/// The rules that may be suppressed: those without which an office can still be read.
pub(super) fn suppressible() -> impl Iterator<Item = &'static Rule> + Clone {
    let of_values =
        // Syntax and schema are left out: an office that breaks them cannot be read by the writers,
        // however well the reason is known.
        TABLE.iter().filter(|(_, stage)| matches!(stage, RuleStage::Office(_) | RuleStage::Whole(_)));
    of_values.map(|(rule, _)| *rule)
}

/// The rule of that code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// The offices' rules on one office.
pub(super) fn office(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    for (_, stage) in TABLE {
        if let RuleStage::Office(check) = stage {
            check(subject, report);
        }
    }
}
