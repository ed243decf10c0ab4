//! Where a line may be broken (UAX #14), and how it is.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_script::{Script, UnicodeScript};

use crate::text::is_east_asian;

/// A place at which a line may go on in the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BreakPlace {
    /// Bytes in front of it.
    at: usize,
    /// What a reader loses by a break there.
    harm: BreakHarm,
    /// How much it is against the sense: 0 before an article or the like, 2 behind one, 1 elsewhere.
    nonsense: usize,
}

/// What a reader loses by a break, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum BreakHarm {
    /// Nothing: words of a name.
    None,
    /// A town is parted from its area.
    Place,
    /// A number is parted from what it belongs to: a house number from its street, a code from its town.
    Number,
}

/// The places at which a line may be broken, the text's end last. Of a line of places every break does harm.
pub(crate) fn breaks(text: &str, is_place: bool) -> Vec<BreakPlace> {
    let allowed = linebreaks(text).filter_map(|(at, opportunity)| {
        let (before, after) = text.split_at(at);
        if after.is_empty() || opportunity == BreakOpportunity::Mandatory {
            return Some(BreakPlace { at, harm: BreakHarm::None, nonsense: 0 });
        }
        let harm = if is_place { BreakHarm::Place } else { BreakHarm::None };
        let harm = if parts_number(before, after) { BreakHarm::Number } else { harm };
        let nonsense = nonsense(before, after);
        (!holds_together(before, after)).then_some(BreakPlace { at, harm, nonsense })
    });
    allowed.collect()
}

/// The most letters of articles and prepositions, such as "the", "für" and "de".
const SHORT: usize = 3;

/// How much a break between words is against the sense: 0 where what follows begins with an article or a preposition, 2
/// behind one, and 1 elsewhere.
fn nonsense(before: &str, after: &str) -> usize {
    // By its length, since no list has the words of all languages.
    let is_short = |word: Option<&str>| {
        word.is_some_and(|it| it.chars().all(char::is_lowercase) && it.chars().nth(SHORT).is_none())
    };
    match (
        is_short(before.split_whitespace().next_back()),
        is_short(after.split_whitespace().next()),
    ) {
        (true, _) => 2,
        (false, true) => 0,
        (false, false) => 1,
    }
}

/// Whether one of the words on both sides has a digit, and no comma says that another part of the address begins.
fn parts_number(before: &str, after: &str) -> bool {
    let end = before.trim_end();
    let last = end.chars().next_back();
    // Scripts without spaces have no words; their numbers keep to their counters.
    if end.len() == before.len() && last.is_some_and(is_east_asian) {
        return false;
    }
    let last_word = end.rsplit(char::is_whitespace).next().unwrap_or_default();
    let next_word = after.split(char::is_whitespace).next().unwrap_or_default();
    let has_digit = |word: &str| word.contains(|c: char| c.is_numeric());
    !matches!(last, Some(',' | ';' | '،' | '、')) && (has_digit(last_word) || has_digit(next_word))
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

/// How a text may be cut.
#[derive(Clone, Copy)]
pub(crate) struct WrapRoom {
    /// The width of the first piece, and that of those that follow.
    pub widths: [f32; 2],
    /// The most harm that a break may do.
    pub most_harm: BreakHarm,
}

/// What a choice of breaks costs, compared from the first to the last: pieces, harm, words alone in a piece, how much the
/// breaks are against the sense, and the squares of the parts of the pieces that stay empty.
type BreakCost = (usize, usize, usize, usize, f32);

/// The best way from the text's start to a break.
#[derive(Clone, Copy)]
struct BestBreak {
    /// What it costs.
    cost: BreakCost,
    /// Number of the break before.
    from: usize,
}

/// Cuts a text into as few pieces as possible, each without the space at its end, with as little harm as possible, no
/// word alone in a piece and no article at the end of one if another break avoids it, and pieces of even length.
///
/// `allowed` is what [`breaks`] has for the text.
pub(crate) fn wrap<'t, E>(
    text: &'t str,
    allowed: &[BreakPlace],
    room: WrapRoom,
    mut width: impl FnMut(&'t str) -> Result<f32, E>,
) -> Result<Vec<&'t str>, WrapError<'t, E>> {
    let start = BreakPlace { at: 0, harm: BreakHarm::None, nonsense: 0 };
    let allowed = allowed.iter().copied().filter(|it| it.harm <= room.most_harm);
    let places: Vec<BreakPlace> = std::iter::once(start).chain(allowed).collect();
    let piece = |from: usize, to: usize| text[places[from].at..places[to].at].trim_end();
    let mut best = vec![None; places.len()];
    best[0] = Some(BestBreak { cost: (0, 0, 0, 0, 0.0), from: 0 });
    for from in 0..places.len() {
        let Some(BestBreak { cost, .. }) = best[from] else { continue };
        let available = room.widths[usize::from(from > 0)];
        for to in from + 1..places.len() {
            let part = piece(from, to);
            let needed = width(part).map_err(WrapError::NotMeasured)?;
            if needed > available {
                break;
            }
            let is_whole = from == 0 && to + 1 == places.len();
            let lonely = usize::from(!is_whole && !part.contains(char::is_whitespace));
            let empty = (available - needed) / available;
            let cost = (
                cost.0 + 1,
                cost.1 + places[to].harm as usize,
                cost.2 + lonely,
                cost.3 + places[to].nonsense,
                cost.4 + empty * empty,
            );
            if best[to].is_none_or(|other: BestBreak| cost < other.cost) {
                best[to] = Some(BestBreak { cost, from });
            }
        }
    }
    // The end is reached, or the piece behind the last place that was cannot be broken any further.
    let last = best.iter().rposition(Option::is_some).unwrap_or_default();
    if last + 1 < places.len() {
        return Err(WrapError::TooLong(piece(last, last + 1)));
    }
    let mut pieces = Vec::new();
    let mut to = last;
    while let Some(BestBreak { from, .. }) = best[to].filter(|_| to > 0) {
        pieces.push(piece(from, to));
        to = from;
    }
    pieces.reverse();
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::{BreakHarm, WrapError, WrapRoom, breaks, wrap};

    fn wrapped(text: &str, width: usize) -> Result<Vec<&str>, WrapError<'_, ()>> {
        gently(text, width, BreakHarm::Number, false)
    }

    fn gently(
        text: &str,
        width: usize,
        most_harm: BreakHarm,
        is_place: bool,
    ) -> Result<Vec<&str>, WrapError<'_, ()>> {
        let room = WrapRoom { widths: [width as f32; 2], most_harm };
        wrap(text, &breaks(text, is_place), room, |piece| Ok(piece.chars().count() as f32))
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
    fn no_word_is_alone_and_pieces_are_even() {
        assert_eq!(
            wrapped("Central Archive Reading Room East Wing", 30),
            Ok(vec!["Central Archive", "Reading Room East Wing"])
        );
    }

    #[test]
    fn articles_stay_with_what_follows() {
        assert_eq!(
            wrapped("Ministry of Foreign Affairs of the Republic of Valdoria Embassy in Rome", 28),
            Ok(vec![
                "Ministry of Foreign Affairs",
                "of the Republic",
                "of Valdoria Embassy in Rome"
            ])
        );
        assert_eq!(
            wrapped("Bundesamt für den Schutz der Verfassung", 26),
            Ok(vec!["Bundesamt für den Schutz", "der Verfassung"])
        );
    }

    #[test]
    fn numbers_stay_where_they_belong() {
        let cases = [
            ("Avenida de la Constitución 128", 26, vec!["Avenida de la", "Constitución 128"]),
            ("12 Long Street, Block 4 Harbour", 20, vec!["12 Long Street,", "Block 4 Harbour"]),
            ("Rue A-12/B de la Paix Centrale", 24, vec!["Rue A-12/B de", "la Paix Centrale"]),
        ];
        for (text, width, pieces) in cases {
            assert_eq!(gently(text, width, BreakHarm::None, false), Ok(pieces));
        }
        let place = "SAN FRANCISCO, CA 94103";
        assert_eq!(gently(place, 18, BreakHarm::None, true), Err(WrapError::TooLong(place)));
        assert_eq!(wrapped(place, 18), Ok(vec!["SAN FRANCISCO,", "CA 94103"]));
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
            Ok(vec!["서울특별시", "종로구", "율곡로 84"])
        );
    }
}
