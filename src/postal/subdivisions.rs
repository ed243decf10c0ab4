//! The names of states and provinces, sorted once for each country that occurs.

use std::cmp::Ordering;
use std::sync::OnceLock;

use super::country::{Country, Subdivision, number};

/// One place a country, in the table's order: names in small letters, each with its subdivision's place.
static SORTED: [OnceLock<Vec<(String, usize)>>; 252] = [const { OnceLock::new() }; 252];

impl Country {
    /// The subdivision that a text names by its code or one of its names.
    pub fn subdivision(&self, text: &str) -> Option<&'static Subdivision> {
        find(self, text)
    }
}

/// The first subdivision of a country whose code or one of whose names a text is, capitals or not.
fn find(country: &Country, text: &str) -> Option<&'static Subdivision> {
    if text.is_empty() || country.subdivisions.is_empty() {
        return None;
    }
    let sorted = SORTED[number(country)].get_or_init(|| sorted(country));
    let lower = if text.is_ascii() { String::new() } else { lower(text) };
    // No copy of an ASCII text is made to compare it: validation asks this of every address.
    let compare = |name: &str| match text.is_ascii() {
        true => name.bytes().cmp(text.bytes().map(|byte| byte.to_ascii_lowercase())),
        false => name.cmp(&lower),
    };
    let first = sorted.partition_point(|(name, _)| compare(name) == Ordering::Less);
    let (name, at) = sorted.get(first)?;
    country.subdivisions.get(*at).filter(|_| compare(name) == Ordering::Equal)
}

/// Letter by letter: a sigma at the end of a word is as any other.
fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// All names of a country's subdivisions in small letters, each with its place in the table.
fn sorted(country: &Country) -> Vec<(String, usize)> {
    let names =
        country.subdivisions.iter().enumerate().flat_map(|(at, subdivision)| {
            subdivision.all_names().map(move |name| (lower(name), at))
        });
    let mut names: Vec<(String, usize)> = names.filter(|(name, _)| !name.is_empty()).collect();
    // With the position behind the name: of two states with one name the first of the table is found.
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::super::country::{countries, same};
    use super::*;

    #[test]
    fn finds_what_a_look_at_all_names_finds() {
        for country in countries() {
            let names = country.subdivisions.iter().flat_map(Subdivision::all_names);
            for name in names.filter(|name| !name.is_empty()) {
                let rest: String = name.chars().skip(1).collect();
                for text in [name, &*name.to_uppercase(), &*name.to_lowercase(), &rest] {
                    if text.is_empty() {
                        continue;
                    }
                    let is_it = |it: &&Subdivision| it.all_names().any(|name| same(name, text));
                    let expected = country.subdivisions.iter().find(is_it);
                    let found = country.subdivision(text);
                    let codes = [found, expected].map(|it| it.map(|it| it.key));
                    assert_eq!(codes[0], codes[1], "{} {text}", country.code);
                }
            }
        }
    }
}
