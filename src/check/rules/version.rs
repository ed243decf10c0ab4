//! A file in a later version of the format. The rule has no function: [`super::super::newer_version`] asks before
//! anything else is checked, since nobody knows what the members of a later version mean.

use crate::finding::Rule;

/// A file in a later version of the format.
pub static RULE: Rule = Rule {
    code: "schema/version",
    what: "The file is written in a later version of the format than this program knows.",
    why: "The program does not know what the members of that version mean, so it checks and exports nothing of the \
          file.",
    example: "\"schema_version\": 9",
    instead: "\"schema_version\": 2",
    fix: "Install a newer officedir. `officedir --version` says which one this is, and `officedir schema` prints \
          the format that it knows.",
    ..Rule::ERROR
};
