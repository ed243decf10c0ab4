//! The word that somebody probably meant.

/// The candidate that is nearest to `word`, where one is near enough to be worth naming: at most a third
/// of the word's characters apart (Damerau-Levenshtein distance, letter case aside).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names_the_near_and_only_the_near() {
        assert_eq!(nearest("adress", ["country", "address"]), Some("address"));
        assert_eq!(nearest("Vcard", ["xml", "vcard"]), Some("vcard"));
        assert_eq!(nearest("zip", ["postal_code", "locality"]), None);
    }
}
