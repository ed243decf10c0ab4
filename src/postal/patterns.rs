//! The regular expressions of postal codes, compiled once for each country that occurs.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::country::{Country, Subdivision, number};

/// The expressions of one country.
pub(super) struct Patterns {
    code: Option<Regex>,
    prefixes: Vec<Option<Regex>>,
}

/// One place a country, in the table's order.
static COMPILED: [OnceLock<Patterns>; 252] = [const { OnceLock::new() }; 252];

impl Patterns {
    /// The country's expressions, compiled the first time.
    pub fn of(country: &'static Country) -> &'static Patterns {
        COMPILED[number(country)].get_or_init(|| Patterns::compile(country))
    }

    fn compile(country: &Country) -> Patterns {
        let code = country.postal_code.as_ref();
        Patterns {
            code: code.and_then(|code| compile(&format!("^(?:{})$", code.pattern))),
            prefixes: (country.subdivisions.iter())
                .map(|subdivision| match subdivision.postal_code {
                    "" => None,
                    pattern => compile(&format!("^(?:{pattern})")),
                })
                .collect(),
        }
    }

    /// Whether a text is a postal code of the country, as far as its shape is known.
    pub fn fits(&self, code: &str) -> bool {
        self.code.as_ref().is_none_or(|pattern| pattern.is_match(code))
    }

    /// Whether the codes of that subdivision of the country begin like that one.
    pub fn is_of(&self, country: &Country, subdivision: &Subdivision, code: &str) -> bool {
        let mut places = country.subdivisions.iter();
        let place = places.position(|other| std::ptr::eq(other, subdivision));
        let prefix = place.and_then(|place| self.prefixes.get(place)?.as_ref());
        prefix.is_some_and(|prefix| prefix.is_match(code))
    }

    /// The subdivisions whose codes begin like that one; none where no beginnings are known.
    pub fn subdivisions_of(
        &self,
        country: &'static Country,
        code: &str,
    ) -> impl Iterator<Item = &'static Subdivision> {
        let known = country.subdivisions.iter().zip(&self.prefixes);
        known
            .filter(move |(_, prefix)| prefix.as_ref().is_some_and(|prefix| prefix.is_match(code)))
            .map(|(subdivision, _)| subdivision)
    }
}

/// The table's expressions are ASCII: `\d` is a digit from 0 to 9.
fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).unicode(false).build().ok()
}

#[cfg(test)]
mod tests {
    use super::super::country::countries;
    use super::*;

    #[test]
    fn every_expression_compiles_and_every_example_fits() {
        for country in countries() {
            let patterns = Patterns::of(country);
            let Some(code) = &country.postal_code else { continue };
            assert!(patterns.code.is_some(), "{}", country.code);
            assert!(patterns.fits(code.example), "{} {}", country.code, code.example);
            assert!(!patterns.fits("no code"), "{}", country.code);
            for (subdivision, prefix) in country.subdivisions.iter().zip(&patterns.prefixes) {
                assert_eq!(
                    prefix.is_none(),
                    subdivision.postal_code.is_empty(),
                    "{}",
                    country.code
                );
            }
        }
    }
}
