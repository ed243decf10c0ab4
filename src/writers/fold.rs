//! Where long lines of vCards and LDIF are folded.

use smallvec::SmallVec;
use unicode_segmentation::GraphemeCursor;

/// Folds the line from `start` to the end of the buffer: pieces of at most `limit` octets with `line_break` between
/// them, whose blank at its end is the first octet of the next piece.
pub(super) fn fold(out: &mut Vec<u8>, start: usize, limit: usize, line_break: &[u8]) {
    if out.len() - start <= limit {
        return;
    }
    let first = start + cut(&out[start..], limit);
    // On the stack for all but the longest lines: a card has several that are folded.
    let rest = SmallVec::<[u8; 512]>::from_slice(&out[first..]);
    out.truncate(first);
    let mut rest = &rest[..];
    while !rest.is_empty() {
        let (next, behind) = rest.split_at(cut(rest, limit - 1));
        out.extend_from_slice(line_break);
        out.extend_from_slice(next);
        rest = behind;
    }
}

/// How many octets of a line, or of what is left of one, go into a piece with that room.
///
/// RFC 6350, section 3.2, leaves the place free, and readers have taken liberties: Roundcube 1.6 and Nextcloud drop
/// every blank behind a fold, others do not recognise an escape that is cut. So the last place is chosen that is
/// neither beside a blank nor within an escape or a letter with its marks.
fn cut(line: &[u8], room: usize) -> usize {
    if line.len() <= room {
        return line.len();
    }
    let possible = || (1..=room).rev().filter(|at| is_possible(line, *at));
    let best = possible().find(|at| harm(line, *at) == 0);
    // There is none where nothing but blanks, marks and single letters fill a piece.
    best.or_else(|| possible().min_by_key(|at| harm(line, *at))).unwrap_or(room)
}

/// Whether a fold is neither within a character nor within an escape.
fn is_possible(line: &[u8], at: usize) -> bool {
    // 0b10xxxxxx goes on with a character. Backslashes stand in pairs, unless the last one escapes what follows.
    line[at] & 0xc0 != 0x80
        && line[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0
}

/// What a fold does to readers that do not keep to the RFC, from nothing to a blank that is lost.
fn harm(line: &[u8], at: usize) -> u8 {
    match (line[at - 1], line[at]) {
        (_, b' ' | b'\t') => 3,
        (b' ' | b'\t', _) => 2,
        // Nothing of ASCII belongs to the character in front of it.
        (_, 0x80..) if !is_cluster_boundary(line, at) => 1,
        _ => 0,
    }
}

/// Whether what a reader sees as one character ends there (Unicode Standard Annex #29).
fn is_cluster_boundary(line: &[u8], at: usize) -> bool {
    // A character has four octets at most.
    let end = (at + 4).min(line.len());
    let text = String::from_utf8_lossy(&line[..end]);
    GraphemeCursor::new(at, text.len(), true).is_boundary(&text, 0).unwrap_or(true)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::fold;

    fn folded(line: &str) -> String {
        let mut out = line.as_bytes().to_vec();
        fold(&mut out, 0, 75, b"\r\n ");
        String::from_utf8(out).unwrap()
    }

    /// The last letter of each piece and the first of the next one.
    fn beside_folds(folded: &str) -> Vec<(char, char)> {
        let pieces: Vec<&str> = folded.split("\r\n ").collect();
        let ends = pieces.windows(2);
        ends.map(|it| (it[0].chars().last().unwrap(), it[1].chars().next().unwrap())).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn unfolding_restores_and_no_escape_is_cut(
            parts in vec("[a-zé日😀]| {1,90}|\\\\{2}|\\\\[n,;]|e\u{301}{1,40}", 0..300),
        ) {
            let line = parts.concat();
            let written = folded(&line);
            prop_assert_eq!(written.replace("\r\n ", ""), line);
            let mut ends = vec![0];
            for part in &parts {
                let start = ends[ends.len() - 1];
                // Every character is a part of its own, but for the escapes.
                let inner = part.char_indices().skip(1).map(|(at, _)| start + at);
                ends.extend(inner.filter(|_| !part.starts_with('\\')));
                ends.push(start + part.len());
            }
            let mut at = 0;
            for (number, piece) in written.split("\r\n ").enumerate() {
                prop_assert!(piece.len() + usize::from(number > 0) <= 75);
                at += piece.len();
                prop_assert!(ends.contains(&at), "cut at {}: {}", at, written);
            }
        }

        #[test]
        fn words_are_cut_within(words in vec("[a-zé日]{2,20}|e\u{301}o\u{308}|🇩🇪🇯🇵|👩‍💻x", 0..60)) {
            let written = folded(&words.join(" "));
            for (before, after) in beside_folds(&written) {
                prop_assert!(before != ' ' && after != ' ', "{}", written);
                prop_assert!(!"\u{301}\u{308}\u{200d}🇪🇵💻".contains(after), "{}", written);
            }
        }
    }

    #[test]
    fn where_no_place_is_good_no_blank_is_lost() {
        let written = folded(&"a ".repeat(100));
        assert!(beside_folds(&written).iter().all(|it| *it == (' ', 'a')), "{written}");
        // In a run of blanks there is no place at all that is good.
        let line = format!("NOTE:{}", " ".repeat(200));
        assert_eq!(folded(&line).replace("\r\n ", ""), line);
    }
}
