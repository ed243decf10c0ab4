//! The word that somebody probably meant.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};

/// The candidate that is nearest to `word`, where one is near enough to be worth naming: at most a third
/// of the word's characters apart (Damerau-Levenshtein distance, letter case aside). Of several that are
/// equally near, the first one.
///
/// A third is what people get wrong in one word by slips of the finger. More would find a name for nearly
/// every short word, and help that names the wrong member is worse than a list of all.
///
/// # Example
///
/// ```
/// use officedir::text::nearest;
///
/// assert_eq!(nearest("postl_code", ["locality", "postal_code"]), Some("postal_code"));
/// assert_eq!(nearest("zip", ["id", "locality", "postal_code"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = FoldedWord::new(word);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((word.distance(&FoldedWord::new(candidate))?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Candidates among which the nearest to many words is looked for.
pub(crate) struct Candidates<'c> {
    /// By their number of characters, each with its position.
    by_length: BTreeMap<usize, Vec<(usize, FoldedWord, &'c str)>>,
}

impl<'c> Candidates<'c> {
    pub(crate) fn new(candidates: impl IntoIterator<Item = &'c str>) -> Self {
        let (mut by_length, mut known) = (BTreeMap::<_, Vec<_>>::new(), HashSet::new());
        for (at, candidate) in candidates.into_iter().enumerate() {
            if known.insert(candidate) {
                let folded = FoldedWord::new(candidate);
                by_length.entry(folded.length).or_default().push((at, folded, candidate));
            }
        }
        Candidates { by_length }
    }

    /// The candidate that [`nearest`] gives.
    pub(crate) fn nearest(&self, word: &str) -> Option<&'c str> {
        self.nearest_within(word, &Cell::new(usize::MAX))
    }

    /// The same where that takes no more than the work that is left, in comparisons of two characters.
    fn nearest_within(&self, word: &str, left: &Cell<usize>) -> Option<&'c str> {
        let word = FoldedWord::new(word);
        let lengths = word.length.saturating_sub(word.limit())..=word.length + word.limit();
        let mut best: Option<(usize, usize, &'c str)> = None;
        for (at, candidate, text) in self.by_length.range(lengths).flat_map(|(_, list)| list) {
            let work = if word.may_be_near(candidate) { word.work(candidate) } else { GLANCE };
            let Some(rest) = left.get().checked_sub(work) else {
                left.set(0);
                return None;
            };
            left.set(rest);
            if let Some(distance) = word.distance(candidate)
                && best.is_none_or(|(least, first, _)| (distance, *at) < (least, first))
            {
                best = Some((distance, *at, text));
            }
        }
        best.map(|(_, _, text)| text)
    }
}

/// Finds the nearest of thousands of candidates to thousands of words with bounded work in all: the first words get a
/// suggestion, and always the same ones.
pub(crate) struct Suggestions<'c> {
    candidates: Candidates<'c>,
    left: Cell<usize>,
}

/// A fifth of a second.
const WORK: usize = 1 << 25;
/// What it takes to see that two words are far apart, in comparisons of two characters.
const GLANCE: usize = 8;

impl<'c> Suggestions<'c> {
    pub(crate) fn new(candidates: impl IntoIterator<Item = &'c str>) -> Self {
        Suggestions { candidates: Candidates::new(candidates), left: Cell::new(WORK) }
    }

    /// The candidate that [`nearest`] gives; nothing once the work is used up.
    pub(crate) fn nearest(&self, word: &str) -> Option<&'c str> {
        self.candidates.nearest_within(word, &self.left)
    }
}

/// A word in small letters.
struct FoldedWord {
    text: String,
    /// In characters.
    length: usize,
    /// How often it has each letter; some letters are counted together.
    letters: [u8; 32],
}

impl FoldedWord {
    fn new(word: &str) -> Self {
        let text = word.to_lowercase();
        let mut letters = [0_u8; 32];
        for c in text.chars() {
            let count = &mut letters[u32::from(c) as usize % 32];
            *count = count.saturating_add(1);
        }
        FoldedWord { length: text.chars().count(), letters, text }
    }

    /// How far apart words may be from it.
    fn limit(&self) -> usize {
        (self.length / 3).max(1)
    }

    /// Whether a word is not certainly too far apart: one edit changes the length by one at most, takes one
    /// letter away at most, and brings one at most.
    fn may_be_near(&self, other: &FoldedWord) -> bool {
        let pairs = || self.letters.iter().zip(&other.letters);
        let too_many: usize = pairs().map(|(a, b)| usize::from(a.saturating_sub(*b))).sum();
        let too_few: usize = pairs().map(|(a, b)| usize::from(b.saturating_sub(*a))).sum();
        self.length.abs_diff(other.length) <= self.limit() && too_many.max(too_few) <= self.limit()
    }

    /// What neither has in common with the other at its beginning, in bytes.
    fn beginning(&self, other: &FoldedWord) -> usize {
        let pairs = self.text.char_indices().zip(other.text.chars());
        let different = pairs.into_iter().find(|((_, one), other)| one != other);
        different.map_or(self.text.len().min(other.text.len()), |((at, _), _)| at)
    }

    fn work(&self, other: &FoldedWord) -> usize {
        let same = self.beginning(other);
        self.length + (self.text.len() - same) * (other.text.len() - same)
    }

    /// The distance of a word that is near.
    fn distance(&self, other: &FoldedWord) -> Option<usize> {
        if !self.may_be_near(other) {
            return None;
        }
        // A beginning that both have does not count.
        let same = self.beginning(other);
        let distance = strsim::osa_distance(&self.text[same..], &other.text[same..]);
        (distance <= self.limit()).then_some(distance)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::text::{Suggestions, nearest};

    #[test]
    fn names_the_near_and_only_the_near() {
        assert_eq!(nearest("adress", ["country", "address"]), Some("address"));
        assert_eq!(nearest("Vcard", ["xml", "vcard"]), Some("vcard"));
        assert_eq!(nearest("zip", ["postal_code", "locality"]), None);
    }

    /// What is near by the definition, without any glance.
    fn by_definition<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
        let word = word.to_lowercase();
        let limit = (word.chars().count() / 3).max(1);
        let far =
            candidates.iter().map(|it| (strsim::osa_distance(&word, &it.to_lowercase()), *it));
        far.filter(|it| it.0 <= limit).min_by_key(|it| it.0).map(|it| it.1)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_short_cut_changes_the_answer(
            word in "[a-dA-Dé-]{0,9}",
            candidates in prop::collection::vec("[a-dA-Dé-]{0,9}", 0..12),
        ) {
            let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
            let expected = by_definition(&word, &candidates);
            prop_assert_eq!(nearest(&word, candidates.iter().copied()), expected);
            prop_assert_eq!(Suggestions::new(candidates.iter().copied()).nearest(&word), expected);
        }
    }

    #[test]
    fn many_words_take_bounded_work() {
        let candidates: Vec<String> = (0..20_000).map(|at| format!("{at:05}-office")).collect();
        let suggestions = Suggestions::new(candidates.iter().map(String::as_str));
        let suggested = (0..20_000).map(|at| suggestions.nearest(&format!("{at:05}-ofice")));
        let suggested: Vec<bool> = suggested.map(|it| it.is_some()).collect();
        let first = suggested.iter().take_while(|it| **it).count();
        assert!(first > 5 && first < 2_000, "{first}");
        assert!(suggested[first..].iter().all(|it| !it), "the first ones get a suggestion");
    }
}
