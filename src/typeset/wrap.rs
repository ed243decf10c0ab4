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

/// Cuts a text into as few pieces as possible that `fits` accepts, each without the space at its end.
///
/// # Errors
/// The first piece that cannot be broken and does not fit.
pub(crate) fn wrap<E>(
    text: &str,
    mut fits: impl FnMut(&str) -> Result<bool, E>,
) -> Result<Result<Vec<&str>, &str>, E> {
    let mut pieces = Vec::new();
    let (mut start, mut end) = (0, 0);
    for at in breaks(text) {
        // Greedy: as much in a line as fits. For the number of lines that is the best there is.
        if !fits(text[start..at].trim_end())? {
            if end > start {
                pieces.push(text[start..end].trim_end());
                start = end;
            }
            let piece = text[start..at].trim_end();
            if !fits(piece)? {
                return Ok(Err(piece));
            }
        }
        end = at;
    }
    pieces.push(text[start..].trim_end());
    Ok(Ok(pieces))
}

#[cfg(test)]
mod tests {
    use crate::typeset::wrap::wrap;

    fn wrapped(text: &str, width: usize) -> Result<Vec<&str>, &str> {
        let fits = |piece: &str| Ok::<_, ()>(piece.chars().count() <= width);
        wrap(text, fits).unwrap_or(Err("not possible"))
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
        assert_eq!(wrapped("Am Donaudampfschifffahrtskai 1", 12), Err("Donaudampfschifffahrtskai"));
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
