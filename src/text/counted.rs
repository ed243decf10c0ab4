//! Numbers with their nouns.

/// A number with its noun: `1 office`, `2 offices`, `0 countries`.
///
/// # Example
///
/// ```
/// use officedir::text::counted;
///
/// assert_eq!(counted(1, "office", "offices"), "1 office");
/// assert_eq!(counted(0, "country", "countries"), "0 countries");
/// ```
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", plural(count, one, many))
}

/// The noun of a number that is printed in another way than [`counted`] has it.
pub fn plural<'n>(count: usize, one: &'n str, many: &'n str) -> &'n str {
    if count == 1 { one } else { many }
}
