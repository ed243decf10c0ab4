//! The regular expressions of postal codes, compiled once for each country that occurs.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::codes::codes;
use super::country::{Country, Subdivision, number};

/// The expressions of one country.
pub(super) struct PostcodePatterns {
    /// Of a whole code; `None` where the country has none, or none that is known.
    code: Option<Regex>,
    /// Of a whole code that deserves a second look; most are never asked for.
    unusual: OnceLock<Option<Regex>>,
    /// Of a whole code in libaddressinput's data, where that is another one.
    table: OnceLock<Option<Regex>>,
    /// Of the subdivisions, in their order; most are never asked for.
    prefixes: Vec<OnceLock<Option<Regex>>>,
}

/// One place a country, in the table's order.
static COMPILED: [OnceLock<PostcodePatterns>; 252] = [const { OnceLock::new() }; 252];

impl PostcodePatterns {
    /// The country's expressions, compiled the first time.
    pub fn of(country: &'static Country) -> &'static PostcodePatterns {
        // Compiling takes longer than checking a small directory, so only countries that occur are
        // compiled.
        COMPILED[number(country)].get_or_init(|| PostcodePatterns::compile(country))
    }

    /// Compiles the code's expression; those of states wait until they are asked for.
    fn compile(country: &Country) -> PostcodePatterns {
        PostcodePatterns {
            code: country.postal_code().and_then(|code| whole(code.pattern)),
            unusual: OnceLock::new(),
            table: OnceLock::new(),
            prefixes: country.subdivisions.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Whether a text is a postal code of the country, as far as its shape is known.
    pub fn fits(&self, code: &str) -> bool {
        self.code.as_ref().is_none_or(|pattern| pattern.is_match(code))
    }

    /// Whether a text without the country's shape may be a postal code of the country all the same.
    pub fn may_fit(&self, country: &Country, code: &str) -> bool {
        let row = codes(country.code).filter(|row| !row.unusual.is_empty());
        let unusual = self.unusual.get_or_init(|| whole(row?.unusual));
        unusual.as_ref().is_some_and(|pattern| pattern.is_match(code))
    }

    /// Whether a code is of the shape that the beginnings of the subdivisions' codes are known of.
    pub fn is_of_table(&self, country: &Country, code: &str) -> bool {
        if codes(country.code).is_none_or(|row| row.code.is_none()) {
            return true;
        }
        let pattern = || whole(country.postal_code.as_ref()?.pattern);
        self.table.get_or_init(pattern).as_ref().is_some_and(|pattern| pattern.is_match(code))
    }

    /// Whether the codes of that subdivision of the country begin like that one.
    pub fn is_of(&self, country: &Country, subdivision: &Subdivision, code: &str) -> bool {
        let mut places = country.subdivisions.iter().zip(&self.prefixes);
        let place = places.find(|(other, _)| std::ptr::eq(*other, subdivision));
        place.is_some_and(|(subdivision, prefix)| begins(subdivision, prefix, code))
    }

    /// The subdivisions whose codes begin like that one; none where no beginnings are known.
    pub fn subdivisions_of(
        &self,
        country: &'static Country,
        code: &str,
    ) -> impl Iterator<Item = &'static Subdivision> {
        let known = country.subdivisions.iter().zip(&self.prefixes);
        known
            .filter(move |(subdivision, prefix)| begins(subdivision, prefix, code))
            .map(|(subdivision, _)| subdivision)
    }
}

/// Whether a code begins as those of a subdivision do.
fn begins(subdivision: &Subdivision, prefix: &OnceLock<Option<Regex>>, code: &str) -> bool {
    let prefix = prefix.get_or_init(|| match subdivision.postal_code {
        "" => None,
        // A group for the same reason, and without an end: only the beginning of the code is compared.
        pattern => compile(&format!("^(?:{pattern})")),
    });
    prefix.as_ref().is_some_and(|prefix| prefix.is_match(code))
}

/// An expression of a whole code.
fn whole(pattern: &str) -> Option<Regex> {
    // In a group, or the anchors would be those of the first and the last alternative only.
    compile(&format!("^(?:{pattern})$"))
}

/// The table's expressions are ASCII: `\d` is a digit from 0 to 9.
fn compile(pattern: &str) -> Option<Regex> {
    // It also makes the expressions smaller: the classes of Unicode are large tables.
    RegexBuilder::new(pattern).unicode(false).build().ok()
}

#[cfg(test)]
mod tests {
    use super::super::country::countries;
    use super::*;

    #[test]
    fn every_expression_compiles_and_every_example_fits() {
        for country in countries() {
            let patterns = PostcodePatterns::of(country);
            let Some(code) = country.postal_code() else { continue };
            assert!(patterns.code.is_some(), "{}", country.code);
            assert!(patterns.fits(code.example), "{} {}", country.code, code.example);
            assert!(!patterns.fits("no code"), "{}", country.code);
            let unusual = codes(country.code).map_or("", |row| row.unusual);
            // Where nobody publishes a list, any text may be a code.
            assert_eq!(
                patterns.may_fit(country, "no code"),
                unusual == "[ -~]+",
                "{}",
                country.code
            );
            let compiles = patterns.unusual.get().is_some_and(Option::is_some);
            assert_eq!(compiles, !unusual.is_empty(), "{}", country.code);
            assert_eq!(patterns.subdivisions_of(country, "no code").count(), 0);
            for (subdivision, prefix) in country.subdivisions.iter().zip(&patterns.prefixes) {
                let is_known = prefix.get().is_some_and(Option::is_some);
                assert_eq!(is_known, !subdivision.postal_code.is_empty(), "{}", country.code);
            }
        }
    }
}
