//! Edits of findings made in a text, for `validate --fix`. Which edits are safe is decided where the
//! finding is made.

use crate::finding::{Edit, Finding};

/// The text with every safe edit of the findings made, and how many these were. Of edits that overlap the
/// first is made; after it, the others have to be found again. Everything else stays byte for byte.
///
/// # Example
///
/// ```
/// use officedir::finding::apply;
/// use officedir::json::scan;
///
/// let text = r#"{"uses": ["postal",]}"#;
/// let (fixed, count) = apply(text.as_bytes(), &scan(text, 0, 0));
/// assert_eq!((&*fixed, count), (&br#"{"uses": ["postal"]}"#[..], 1));
/// ```
pub fn apply(text: &[u8], findings: &[Finding]) -> (Vec<u8>, usize) {
    apply_where(text, findings, |edit| edit.safe)
}

/// The same with every edit that is wanted, safe or only offered.
pub(crate) fn apply_where(
    text: &[u8],
    findings: &[Finding],
    is_wanted: impl Fn(&Edit) -> bool,
) -> (Vec<u8>, usize) {
    let of_directory = findings.iter().filter(|finding| !finding.in_config);
    let edits = of_directory.filter_map(|finding| finding.edit.as_ref());
    let mut edits: Vec<_> = edits.filter(|edit| is_wanted(edit)).collect();
    // In the order of the text, whichever rule has found what.
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut fixed = Vec::with_capacity(text.len());
    let (mut at, mut count) = (0, 0);
    for edit in edits {
        // It overlaps one that was made; the next round finds it again if it still applies.
        if edit.span.start < at {
            continue;
        }
        // Edits are sorted and none begins in front of `at`, so no slice runs backwards.
        fixed.extend_from_slice(&text[at..edit.span.start]);
        fixed.extend_from_slice(edit.text.as_bytes());
        at = edit.span.end;
        count += 1;
    }
    fixed.extend_from_slice(&text[at..]);
    (fixed, count)
}
