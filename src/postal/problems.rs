//! What keeps a letter from arriving: parts that the country's post needs and the address lacks, codes that
//! cannot be, states that contradict each other.
//!
//! The rules of `check` report these as findings, and `officedir show` prints them, so both say the same.

use std::fmt;

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
        /// The code without prefix, label and lower case, where it has the shape then.
        suggestion: Option<String>,
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
/// assert_eq!(found[0].to_string(), "\"D-79098\" is not a postal code of Germany");
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
    missing(address, country, &mut found);
    let subdivision = subdivision(address, country, &mut found);
    if let Some(text) = given(&address.postal_code) {
        postal_code(text, country, subdivision, &mut found);
    }
    found
}

/// The components that the country's post needs and the address does not have.
fn missing(address: &Address<'_>, country: &'static Country, found: &mut Vec<AddressProblem<'_>>) {
    let is_there = |component| match component {
        Component::AddressLines => {
            given(&address.post_office_box).is_some()
                || address.address_lines.iter().any(|line| !line.trim().is_empty())
        }
        Component::DependentLocality => given(&address.dependent_locality).is_some(),
        Component::Locality => given(&address.locality).is_some(),
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
    let of_code = code.and_then(|code| country.subdivision(code));
    let of_name = name.and_then(|name| country.subdivision(name));
    match (code, of_code, name, of_name) {
        // Of two that contradict each other neither can be trusted, so the postal code is not
        // compared with them.
        (_, Some(code), _, Some(name)) if !std::ptr::eq(code, name) => {
            found.push(AddressProblem::SubdivisionConflict { name, code });
            return None;
        }
        (Some(text), None, ..) => found.push(unknown(text, true, of_name, country)),
        (None, _, Some(text), None) => found.push(unknown(text, false, None, country)),
        // A name in a language that the table does not have is fine beside a known code.
        _ => {}
    }
    of_code.or(of_name)
}

/// A name or code of no subdivision; `meant` is the one that the name beside an unknown code is of.
fn unknown<'a>(
    text: &'a str,
    is_code: bool,
    meant: Option<&'static Subdivision>,
    country: &'static Country,
) -> AddressProblem<'a> {
    let by_name = || {
        // Short names are left out: everything of three letters is near some abbreviation.
        let names = country.subdivisions.iter().flat_map(|it| [it.key, it.name, it.latin]);
        country.subdivision(nearest(text, names.filter(|name| name.chars().count() > 3))?)
    };
    let suggestion = if is_code { meant } else { by_name() };
    AddressProblem::UnknownSubdivision { text, is_code, country, suggestion }
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
    if let Some(expected) = country.postal_code.as_ref().filter(|_| !patterns.fits(text)) {
        // Only if the simpler form is a code of the country: nothing is guessed.
        let suggestion = simpler(text).into_iter().find(|code| patterns.fits(code));
        found.push(AddressProblem::PostalCode { text, country, expected, suggestion });
        return;
    }
    if country.code == "TW" && text.len() == 3 {
        // Chunghwa Post: three digits for the delivery area, three more for the road section.
        found.push(AddressProblem::ShortPostalCode { text, country });
    }
    let Some(subdivision) = subdivision.filter(|it| !it.postal_code.is_empty()) else { return };
    // Most codes are right: the others' expressions are not looked at then.
    if !patterns.is_of(country, subdivision, text) {
        let suggestion = patterns.subdivisions_of(country, text).next();
        found.push(AddressProblem::ForeignPostalCode { text, subdivision, suggestion });
    }
}

/// The code without what is often written in front of it ("CH-", "CEP ", "〒"), in capitals, and in ASCII where
/// it is in the wide letters of East Asia.
fn simpler(text: &str) -> [String; 2] {
    let ascii = |c: char| match c {
        // Full-width forms, which are ASCII with an offset (Unicode, Halfwidth and Fullwidth Forms).
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        // Dashes, the minus sign and the long vowel mark, which Japanese keyboards have in the
        // hyphen's place.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' => '-',
        _ if c.is_whitespace() => ' ',
        _ => c,
    };
    let text: String = text.chars().map(ascii).collect();
    let bare = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    [text.to_ascii_uppercase(), bare.to_owned()]
}

/// The country that somebody meant by a text that is no code of a country: its name in any language of
/// the table, its alpha-3 code, "UK", or the nearest name.
pub fn probable_country(text: &str) -> Option<&'static Country> {
    match text {
        // ISO 3166-1 reserves UK, and the European Union writes EL.
        "UK" => return country("GB"),
        "EL" => return country("GR"),
        _ => {}
    }
    let is_it = |country: &&Country| {
        same(country.code, text)
            || same(country.alpha3, text)
            || country.names().iter().any(|name| same(name, text))
    };
    // Names of all languages are compared exactly, and only English ones by nearness: among 31
    // languages anything is near something.
    countries().iter().find(is_it).or_else(|| {
        let names = countries().iter().map(Country::english_name);
        let name = nearest(text, names.filter(|_| text.chars().count() > 3))?;
        countries().iter().find(|country| country.english_name() == name)
    })
}

/// A value that is there and not blank.
fn given<'a>(text: &'a Option<Text<'_>>) -> Option<&'a str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

impl AddressProblem<'_> {
    /// The member of the address that the problem is about, or that is missing.
    pub fn member(&self) -> &'static str {
        match self {
            AddressProblem::UnknownCountry { .. } => "country",
            AddressProblem::Missing { component, .. } => component.member(),
            AddressProblem::PostalCode { .. }
            | AddressProblem::ShortPostalCode { .. }
            | AddressProblem::ForeignPostalCode { .. } => "postal_code",
            AddressProblem::UnknownSubdivision { is_code: false, .. } => "administrative_area",
            AddressProblem::UnknownSubdivision { .. }
            | AddressProblem::SubdivisionConflict { .. } => "administrative_area_code",
        }
    }

    /// What to do about it, where there is something to say.
    pub fn help(&self) -> Option<String> {
        match self {
            AddressProblem::UnknownCountry { suggestion, .. } => {
                let country = (*suggestion)?;
                Some(format!("{} is \"{}\"", country.english_name(), country.code))
            }
            AddressProblem::Missing { component: Component::PostalCode, country } => {
                let example = country.postal_code.as_ref()?.example;
                Some(format!("postal codes there look like \"{example}\""))
            }
            AddressProblem::Missing { .. } => None,
            AddressProblem::PostalCode { suggestion: Some(code), .. } => {
                Some(format!("write \"{code}\""))
            }
            AddressProblem::PostalCode { country, expected, .. } => {
                Some(match country.code_note() {
                    Some(note) => note.to_owned(),
                    None => format!("postal codes there look like \"{}\"", expected.example),
                })
            }
            AddressProblem::ShortPostalCode { country, .. } => {
                country.code_note().map(str::to_owned)
            }
            AddressProblem::ForeignPostalCode { text, suggestion, .. } => {
                let name = (*suggestion)?.latin_name();
                Some(format!("\"{text}\" belongs to {name}"))
            }
            AddressProblem::UnknownSubdivision { is_code, suggestion, .. } => {
                let subdivision = (*suggestion)?;
                let name = subdivision.latin_name();
                Some(match is_code {
                    true => format!("the code of {name} is \"{}\"", subdivision.code),
                    false => format!("did you mean \"{name}\"?"),
                })
            }
            AddressProblem::SubdivisionConflict { name, .. } => {
                Some(format!("the code of {} is \"{}\"", name.latin_name(), name.code))
            }
        }
    }
}

impl fmt::Display for AddressProblem<'_> {
    /// What is wrong, in one sentence without a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AddressProblem::UnknownCountry { text, .. } => {
                write!(f, "\"{text}\" is not an ISO 3166-1 country code")
            }
            AddressProblem::Missing { component, country } => {
                write!(f, "mail to {} needs {component}", country.english_name())
            }
            AddressProblem::PostalCode { text, country, .. } => {
                write!(f, "\"{text}\" is not a postal code of {}", country.english_name())
            }
            AddressProblem::ShortPostalCode { text, .. } => {
                write!(f, "the postal code \"{text}\" names no more than a delivery area")
            }
            AddressProblem::ForeignPostalCode { text, subdivision, .. } => {
                write!(
                    f,
                    "the postal code \"{text}\" does not belong to {}",
                    subdivision.latin_name()
                )
            }
            AddressProblem::UnknownSubdivision { text, country, .. } => {
                write!(f, "{} has no administrative area \"{text}\"", country.english_name())
            }
            AddressProblem::SubdivisionConflict { name, code } => write!(
                f,
                "the administrative area is {}, but its code is that of {}",
                name.latin_name(),
                code.latin_name()
            ),
        }
    }
}
