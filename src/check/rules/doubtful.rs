//! Notes that call a value doubtful, shown as warnings at the value, so that doubt stays visible until
//! somebody has verified it. Other rules keep quiet about a value that a note doubts.

use std::collections::HashSet;

use super::{OfficeContext, OfficeReporter};
use crate::finding::{DOUBTFUL, Rule, Severity};

/// A value that the record itself calls doubtful.
pub static RULE: Rule = Rule {
    code: DOUBTFUL,
    severity: Severity::Warning,
    what: "A note says that a value is doubtful.",
    why: "Somebody found the value unlikely and could not verify it. The warning stays until somebody \
          does.",
    example: "{ \"pointer\": \"/addresses/0/postal_code\", \"text\": \"Usually 7441.\", \"doubtful\": true }",
    instead: "{ \"pointer\": \"/addresses/0/postal_code\", \"text\": \"Confirmed by the office.\" }",
    fix: "Verify the value and correct it if need be; then remove the note or its `doubtful`.",
};

/// Reports each note at what it is about, in its own words.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    let mut said = HashSet::new();
    for note in subject.office.notes.iter().filter(|note| note.doubtful) {
        // A note that leads nowhere has a finding of its own, and no place to be shown at.
        if report.leads(&note.pointer) {
            let text = note.text.replace('\n', " ");
            let text = match text.trim().trim_end_matches('.') {
                "" => "the value is doubtful",
                text => text,
            };
            // The same note twice says no more.
            if said.insert((&note.pointer, text.to_owned())) {
                report.add(&RULE, &note.pointer, text);
            }
        }
    }
}
