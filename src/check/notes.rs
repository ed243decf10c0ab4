use super::{Finding, Severity, codes};
use crate::model::Office;
use crate::read::{RawOffice, locate};

/// Shows every note of an office: a doubtful value as a warning, a normalised one as a note.
pub(super) fn office(raw: &RawOffice<'_>, office: &Office<'_>, findings: &mut Vec<Finding>) {
    for note in &office.notes {
        // What is not there, such as a postal code left out, is shown at its nearest ancestor.
        let ancestors = note.pointer.rmatch_indices('/').map(|(at, _)| &note.pointer[..at]);
        let span = std::iter::once(note.pointer.as_str())
            .chain(ancestors)
            .find_map(|pointer| locate(raw.json, pointer))
            .map_or(0..0, |found| found.value);
        let (severity, code) = match note.doubtful {
            true => (Severity::Warning, codes::DOUBTFUL),
            false => (Severity::Note, codes::NORMALISED),
        };
        let mut finding = Finding::error(code, note.text.trim_end_matches('.'))
            .at(span.start + raw.offset..span.end + raw.offset);
        finding.severity = severity;
        finding.pointer = format!("/offices/{}{}", raw.index, note.pointer);
        findings.push(finding);
    }
}
