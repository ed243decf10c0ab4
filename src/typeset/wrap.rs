//! Where a line may be broken (UAX #14), and how it is.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_script::{Script, UnicodeScript};

/// The byte offsets at which a line may go on in the next one, the text's end last.
fn breaks(text: &str) -> Vec<usize> {
    let allowed = linebreaks(text).filter(|(at, opportunity)| {
        let (before, after) = text.split_at(*at);
        *opportunity == BreakOpportunity::Mandatory || !holds_together(before, after)
    });
    allowed.map(|(at, _)| at).collect()
}

/// Whether a break that UAX #14 allows would tear apart what is read as one: a number and its counter
/// (91番7号, 12층, 1丁目), or the syllables of a Korean word.
fn holds_together(before: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    let is_word = |c: char| matches!(c.script(), Script::Han | Script::Hangul);
    let counter = last.is_numeric() && is_word(next);
    // UAX #14 breaks between syllables; Korean breaks between words (CSS calls it keep-all).
    let korean = last.script() == Script::Hangul && next.script() == Script::Hangul;
    counter || korean || (last == '丁' && next == '目')
}

/// Why a text has no pieces.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum WrapError<'t, E> {
    /// The first piece that does not fit and cannot be broken any further.
    TooLong(&'t str),
    /// A piece could not be measured.
    NotMeasured(E),
}

/// Cuts a text into as few pieces as possible that `fits` accepts, each without the space at its end.
pub(crate) fn wrap<E>(
    text: &str,
    mut fits: impl FnMut(&str) -> Result<bool, E>,
) -> Result<Vec<&str>, WrapError<'_, E>> {
    let mut fits = |piece: &str| fits(piece).map_err(WrapError::NotMeasured);
    let mut pieces = Vec::new();
    let (mut start, mut end) = (0, 0);
    for at in breaks(text) {
        // Greedy: as much in a line as fits. For the number of lines that is the best there is.
        if !fits(text[start..at].trim_end())? {
            if end > start {
                // What came before was accepted; the next piece begins behind it.
                pieces.push(text[start..end].trim_end());
                start = end;
            }
            let piece = text[start..at].trim_end();
            // Alone in a line it has to fit, for it cannot be broken any further.
            if !fits(piece)? {
                return Err(WrapError::TooLong(piece));
            }
        }
        end = at;
    }
    pieces.push(text[start..].trim_end());
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use crate::typeset::wrap::{WrapError, wrap};

    fn wrapped(text: &str, width: usize) -> Result<Vec<&str>, WrapError<'_, ()>> {
        wrap(text, |piece| Ok(piece.chars().count() <= width))
    }

    #[test]
    fn breaks_at_spaces_and_hyphens() {
        assert_eq!(
            wrapped("Kaiser-Friedrich-Str. 7", 10),
            Ok(vec!["Kaiser-", "Friedrich-", "Str. 7"])
        );
        assert_eq!(wrapped("one two  three", 20), Ok(vec!["one two  three"]));
    }

    #[test]
    fn names_the_piece_that_is_too_long() {
        let too_long = WrapError::TooLong("Donaudampfschifffahrtskai");
        assert_eq!(wrapped("Am Donaudampfschifffahrtskai 1", 12), Err(too_long));
    }

    #[test]
    fn numbers_keep_their_counters() {
        assert_eq!(wrapped("西新橋1丁目14番2号", 6), Ok(vec!["西新橋1丁目", "14番2号"]));
        assert_eq!(
            wrapped("서울특별시 종로구 율곡로 84", 8),
            Ok(vec!["서울특별시", "종로구 율곡로", "84"])
        );
    }
}
