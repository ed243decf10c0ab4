//! Notes whose JSON pointer leads to nothing in the office.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};

/// A note on something that the office does not have.
pub static RULE: Rule = Rule {
    code: "note/pointer",
    severity: Severity::Warning,
    what: "A note points to something that the office does not have.",
    why: "The address or number that it was about has been moved or removed, so nobody can tell any more what \
          the note means. A note on a member that is missing is fine.",
    example: "{ \"pointer\": \"/phones/3/number\", … }  (of an office with two telephones)",
    instead: "{ \"pointer\": \"/phones/1/number\", … }",
    fix: "Point to what is meant, counting from 0, or remove the note.",
};

/// Reports the pointer of a note that leads to nothing, at the pointer.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    for (at, note) in subject.office.notes.iter().enumerate() {
        // Without its slash it is no pointer, as the schema says.
        // The empty pointer is about the office as a whole, and always leads somewhere.
        if note.pointer.starts_with('/') && !report.leads(&note.pointer) {
            let message = format!("the office has nothing at \"{}\"", note.pointer);
            report.add_with(&RULE, &format!("/notes/{at}/pointer"), message, |finding| {
                finding.help("point to what is meant, counting from 0, or remove the note")
            });
        }
    }
}
