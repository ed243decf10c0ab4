//! What is said of what keeps a letter from arriving, and what to do about it.

use std::fmt;

use super::component::Component;
use super::problems::AddressProblem;

impl AddressProblem<'_> {
    /// The member of the address that the problem is about, or that is missing.
    pub fn member(&self) -> &'static str {
        match self {
            AddressProblem::UnknownCountry { .. } => "country",
            AddressProblem::Missing { component, .. } => component.member(),
            AddressProblem::PostalCode { .. }
            | AddressProblem::PostalCodeForm { .. }
            | AddressProblem::UnusualPostalCode { .. }
            | AddressProblem::ShortPostalCode { .. }
            | AddressProblem::ForeignPostalCode { .. } => "postal_code",
            AddressProblem::UnknownSubdivision { is_code: false, .. } => "administrative_area",
            AddressProblem::UnknownSubdivision { .. }
            | AddressProblem::FormerSubdivisionCode { .. }
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
                let example = country.postal_code()?.example;
                Some(format!("postal codes there look like \"{example}\""))
            }
            AddressProblem::Missing { .. } => None,
            AddressProblem::PostalCodeForm { corrected, .. } => {
                Some(format!("write \"{corrected}\""))
            }
            AddressProblem::PostalCode { country, expected, .. }
            | AddressProblem::UnusualPostalCode { country, expected, .. } => {
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
            AddressProblem::FormerSubdivisionCode { subdivision, .. } => Some(subdivision.code)
                .filter(|code| !code.is_empty())
                .map(|code| format!("write \"{code}\"")),
            AddressProblem::SubdivisionConflict { name, .. } => {
                let name = Some(name).filter(|name| !name.code.is_empty())?;
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
            AddressProblem::PostalCodeForm { text, country, .. } => write!(
                f,
                "the postal code \"{text}\" is not as the post of {} writes it",
                country.english_name()
            ),
            AddressProblem::UnusualPostalCode { text, country, .. } => {
                write!(f, "\"{text}\" is an unusual postal code for {}", country.english_name())
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
            AddressProblem::FormerSubdivisionCode { text, subdivision } => {
                write!(f, "\"{text}\" is a former code of {}", subdivision.latin_name())
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
