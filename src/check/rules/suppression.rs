//! Suppressions that suppress nothing. The rule has no function: `check/suppressions.rs` counts while
//! findings are taken away and reports what is left.

use crate::finding::{Rule, Severity};

/// A suppression that takes no finding away.
pub static RULE: Rule = Rule {
    code: "config/unused-suppression",
    severity: Severity::Warning,
    what: "A suppression in officedir.toml suppresses nothing.",
    why: "What it was for has been corrected, or its id is misspelt. If it stays, it hides the next mistake \
          of that kind.",
    example: "[[suppress]]\nrule = \"postal/postcode\"\noffice = \"an-office-that-is-fine\"\nreason = \"…\"",
    instead: "",
    fix: "Remove the suppression, or correct its id.",
};
