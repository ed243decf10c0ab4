use crate::finding::Rule;
use crate::finding::Severity;

/// A suppression that takes no finding away.
pub static RULE: Rule = Rule {
    code: "config/unused-suppression",
    severity: Severity::Warning,
    what: "A suppression in officedir.toml takes no finding away.",
    why: "What it was for has been corrected, or its id was misspelt. Left there, it would hide the next \
          mistake of that kind.",
    example: "[[suppress]]\nrule = \"postal/postcode\"\noffice = \"an-office-that-is-fine\"\nreason = \"…\"",
    instead: "",
    fix: "Take the suppression out, or correct its id.",
};
