//! What keeps a letter from arriving: parts that the country's post needs and the address lacks, codes that
//! cannot be, states that contradict each other.
//!
//! The rules of `check` report these as findings, and `officedir show` prints them, so both say the same.

use super::code_form::corrected;
use super::component::Component;
use super::country::{Country, PostalCode, Subdivision, countries, country, same};
use super::patterns::PostcodePatterns;
use crate::model::{Address, Text};
use crate::text::nearest;

/// Something that the post of an address's country would object to.
#[derive(Clone, Debug)]
pub enum AddressProblem<'a> {
    /// The country is in no table.
    UnknownCountry {
        /// What stands there.
        text: &'a str,
        /// The country that was probably meant.
        suggestion: Option<&'static Country>,
    },
    /// A component that the country's post needs.
    Missing {
        /// The component.
        component: Component,
        /// Whose post needs it.
        country: &'static Country,
    },
    /// The postal code does not have the country's shape.
    PostalCode {
        /// The code.
        text: &'a str,
        /// Whose code it is not.
        country: &'static Country,
        /// The shape.
        expected: &'static PostalCode,
    },
    /// The postal code is not as the country's post writes it: with a label, in small letters, without its hyphen.
    PostalCodeForm {
        /// The code.
        text: &'a str,
        /// Whose code it is.
        country: &'static Country,
        /// The code as the post writes it.
        corrected: String,
    },
    /// A postal code of a shape that the country's post has left, or of a range that no list vouches for.
    UnusualPostalCode {
        /// The code.
        text: &'a str,
        /// Whose code it is.
        country: &'static Country,
        /// The usual shape.
        expected: &'static PostalCode,
    },
    /// A postal code of the right shape that stops at the delivery area.
    ShortPostalCode {
        /// The code.
        text: &'a str,
        /// Whose code it is.
        country: &'static Country,
    },
    /// The postal code belongs to another subdivision.
    ForeignPostalCode {
        /// The code.
        text: &'a str,
        /// The subdivision that the address names.
        subdivision: &'static Subdivision,
        /// A subdivision with codes that begin so.
        suggestion: Option<&'static Subdivision>,
    },
    /// The country has no such state, province or prefecture.
    UnknownSubdivision {
        /// What stands there, a name or a code.
        text: &'a str,
        /// Whether it is the code.
        is_code: bool,
        /// Whose subdivision it is not.
        country: &'static Country,
        /// The subdivision that was probably meant.
        suggestion: Option<&'static Subdivision>,
    },
    /// The code of a state, province or prefecture that was withdrawn.
    FormerSubdivisionCode {
        /// The code.
        text: &'a str,
        /// The subdivision, whose `code` is the present one; empty where it was divided.
        subdivision: &'static Subdivision,
    },
    /// The administrative area's name and its code are of two subdivisions.
    SubdivisionConflict {
        /// The subdivision of the name.
        name: &'static Subdivision,
        /// The subdivision of the code.
        code: &'static Subdivision,
    },
}

/// Everything that the post of its country would object to in an address; nothing where all is well.
///
/// ```
/// use officedir::model::Address;
/// use officedir::postal::problems;
///
/// let address = Address {
///     address_lines: vec!["Leopoldring 3".into()],
///     locality: Some("Freiburg".into()),
///     postal_code: Some("D-79098".into()),
///     country: "DE".into(),
///     ..Address::default()
/// };
/// let found = problems(&address);
/// assert_eq!(
///     found[0].to_string(),
///     "the postal code \"D-79098\" is not as the post of Germany writes it"
/// );
/// assert_eq!(found[0].help().as_deref(), Some("write \"79098\""));
/// ```
///
/// Of an unknown country only that is said. What no table knows, such as the codes of a country without
/// a pattern, is taken as right.
pub fn problems<'a>(address: &'a Address<'_>) -> Vec<AddressProblem<'a>> {
    let mut found = Vec::new();
    let Some(country) = country(&address.country) else {
        let text = address.country.as_str();
        found.push(AddressProblem::UnknownCountry { text, suggestion: probable_country(text) });
        return found;
    };
    let mut of_area = Vec::new();
    let subdivision = subdivision(address, country, &mut of_area);
    missing(address, country, subdivision, &mut found);
    found.append(&mut of_area);
    if let Some(text) = given(&address.postal_code) {
        postal_code(text, country, subdivision, &mut found);
    }
    found
}

/// The components that the country's post needs and the address does not have.
fn missing(
    address: &Address<'_>,
    country: &'static Country,
    subdivision: Option<&Subdivision>,
    found: &mut Vec<AddressProblem<'_>>,
) {
    // Sejong is the only one of South Korea's cities and provinces that has no municipalities.
    let is_sejong = country.code == "KR" && subdivision.is_some_and(|it| it.code == "50");
    let is_there = |component| match component {
        Component::AddressLines => {
            given(&address.post_office_box).is_some()
                || address.address_lines.iter().any(|line| !line.trim().is_empty())
        }
        Component::DependentLocality => given(&address.dependent_locality).is_some(),
        Component::Locality => is_sejong || given(&address.locality).is_some(),
        Component::AdministrativeArea => {
            given(&address.administrative_area).is_some()
                || given(&address.administrative_area_code).is_some()
        }
        Component::PostalCode => given(&address.postal_code).is_some(),
        Component::SortingCode => given(&address.sorting_code).is_some(),
        // No address has them; the layout's caller knows the recipient.
        Component::Recipient | Component::Organization => true,
    };
    let missing = country.required().iter().filter(|&component| !is_there(component));
    found.extend(missing.map(|component| AddressProblem::Missing { component, country }));
}

/// The subdivision that the address names, and what is wrong with how it does.
fn subdivision<'a>(
    address: &'a Address<'_>,
    country: &'static Country,
    found: &mut Vec<AddressProblem<'a>>,
) -> Option<&'static Subdivision> {
    if country.subdivisions.is_empty() {
        return None;
    }
    let code = given(&address.administrative_area_code);
    let name = given(&address.administrative_area);
    let of_code = code.and_then(|code| country.subdivision_of_code(code));
    let mut of_names = country.subdivisions_named(name.unwrap_or_default());
    let of_name = of_names.clone().next();
    match (code, of_code) {
        (Some(text), Some(code)) => {
            if !same(code.code, text)
                && let Some(subdivision) = country.subdivision_of_former_code(text)
            {
                found.push(AddressProblem::FormerSubdivisionCode { text, subdivision });
            }
            // A name in a language that the table does not have is fine beside a known code. Of two that
            // contradict each other neither can be trusted, so the postal code is not compared with them.
            let name = of_name.filter(|_| !of_names.any(|name| name.overlaps(code)));
            found.extend(name.map(|name| AddressProblem::SubdivisionConflict { name, code }));
            return of_code.filter(|_| name.is_none());
        }
        // Where ISO 3166-2 has no codes, whatever others use is none of another subdivision.
        (Some(text), None) if country.subdivisions.iter().any(|it| !it.code.is_empty()) => {
            let suggestion = of_name.filter(|name| !name.code.is_empty());
            found.push(AddressProblem::UnknownSubdivision {
                text,
                is_code: true,
                country,
                suggestion,
            });
        }
        _ => {
            if let Some(text) = name.filter(|_| of_name.is_none()) {
                let suggestion = probable_subdivision(text, country);
                let is_code = false;
                found.push(AddressProblem::UnknownSubdivision {
                    text,
                    is_code,
                    country,
                    suggestion,
                });
            }
        }
    }
    // Of two with the same name either may be meant.
    of_name.filter(|_| of_names.nth(1).is_none())
}

/// The subdivision whose name is nearest to a text that is the name of none.
fn probable_subdivision(text: &str, country: &Country) -> Option<&'static Subdivision> {
    let words = |name: &'static str| name.split_whitespace();
    // Word by word: "Papua Tengah" is no slip of "Jawa Tengah", though most letters are the same. Short names are
    // left out: everything of three letters is near some abbreviation.
    let is_near = |name: &&'static str| {
        let pairs = || text.split_whitespace().zip(words(name));
        name.chars().count() > 3
            && text.split_whitespace().count() == words(name).count()
            && pairs().all(|(word, other)| nearest(word, [other]).is_some())
    };
    let names = country.subdivisions.iter().flat_map(|it| [it.key, it.name, it.latin]);
    country.subdivision(nearest(text, names.filter(is_near))?)
}

/// Whether the code has the country's shape, and then whether it is one of the subdivision.
fn postal_code<'a>(
    text: &'a str,
    country: &'static Country,
    subdivision: Option<&'static Subdivision>,
    found: &mut Vec<AddressProblem<'a>>,
) {
    let patterns = PostcodePatterns::of(country);
    // A code without its country's shape belongs to no state of it either.
    if let Some(expected) = country.postal_code().filter(|_| !patterns.fits(text)) {
        let unusual = || patterns.may_fit(country, text);
        let corrected = corrected(text, country, |code| patterns.fits(code)).or_else(|| {
            let may_fit = |code: &str| !unusual() && patterns.may_fit(country, code);
            corrected(text, country, may_fit)
        });
        found.push(match corrected {
            Some(corrected) => AddressProblem::PostalCodeForm { text, country, corrected },
            None if unusual() => AddressProblem::UnusualPostalCode { text, country, expected },
            None => AddressProblem::PostalCode { text, country, expected },
        });
        return;
    }
    if country.code == "TW" && text.len() == 3 {
        // Chunghwa Post: three digits for the delivery area, three more for the road section.
        found.push(AddressProblem::ShortPostalCode { text, country });
    }
    let Some(subdivision) = subdivision.filter(|it| !it.postal_code.is_empty()) else { return };
    // Most codes are right: the others' expressions are not looked at then.
    if !patterns.is_of(country, subdivision, text) && patterns.is_of_table(country, text) {
        let suggestion = patterns.subdivisions_of(country, text).next();
        found.push(AddressProblem::ForeignPostalCode { text, subdivision, suggestion });
    }
}

/// The country that somebody meant by a text that is no code of a country: its name in any language of
/// the table, its alpha-3 code, "UK", or the nearest name.
pub fn probable_country(text: &str) -> Option<&'static Country> {
    // Names of all languages are compared exactly, and only English ones by nearness: among 31
    // languages anything is near something.
    country_named(text).or_else(|| {
        let names = countries().iter().map(Country::english_name);
        let name = nearest(text, names.filter(|_| text.chars().count() > 3))?;
        countries().iter().find(|country| country.english_name() == name)
    })
}

/// The country that a text names beyond doubt: by its ISO 3166-1 code of two or three letters, by its name in any of
/// [`languages`](super::languages), or as "UK" or "EL"; in capitals or not.
pub fn country_named(text: &str) -> Option<&'static Country> {
    // ISO 3166-1 reserves UK, and the European Union writes EL.
    let text = match text {
        "UK" | "uk" => "GB",
        "EL" | "el" => "GR",
        text => text,
    };
    let is_it = |country: &&Country| {
        same(country.code, text)
            || same(country.alpha3, text)
            || country.names().iter().any(|name| same(name, text))
    };
    countries().iter().find(is_it)
}

/// A value that is there and not blank.
fn given<'a>(text: &'a Option<Text<'_>>) -> Option<&'a str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}
