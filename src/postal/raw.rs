//! libaddressinput's own rules: no capitals, no corrections, no country line.

use super::component::Component;
use super::compose::{LineContent, compose};
use super::country::country;
use super::overlay::DEFAULT;
use super::script::Script;
use super::{AddressLabel, LayoutOptions, separator};
use crate::model::{Address, Text};

/// Sets an address by the table alone.
pub(super) fn layout(address: &Address<'_>, options: &LayoutOptions<'_>) -> AddressLabel {
    let language = address.language.as_deref().unwrap_or_default();
    let latin = match options.script {
        Script::Auto => has_latin_subtag(language),
        script => script == Script::Latin,
    };
    // As libaddressinput has it, also where that loses components: this mode is for comparing with
    // it.
    let format = country(&address.country).map_or(&DEFAULT, |country| {
        let latin_format = country.latin_format.as_ref().filter(|_| latin);
        latin_format.unwrap_or(&country.format)
    });
    AddressLabel {
        lines: compose(format, &content(address, options)),
        has_country_line: false,
        separator: separator(language),
    }
}

/// The components as they are; care-of and box are address lines, as libaddressinput knows neither.
fn content<'a>(address: &'a Address<'_>, options: &LayoutOptions<'a>) -> LineContent<'a> {
    let text = |text: &'a Option<Text<'_>>| text.as_deref().unwrap_or_default();
    let mut content = LineContent::new();
    let area = match text(&address.administrative_area) {
        "" => text(&address.administrative_area_code),
        name => name,
    };
    let components = [
        (Component::Recipient, options.recipient.unwrap_or_default()),
        (Component::Organization, options.organization.unwrap_or_default()),
        (Component::DependentLocality, text(&address.dependent_locality)),
        (Component::Locality, text(&address.locality)),
        (Component::AdministrativeArea, area),
        (Component::PostalCode, text(&address.postal_code)),
        (Component::SortingCode, text(&address.sorting_code)),
    ];
    for (component, text) in components {
        content.set(component, text);
    }
    content.push_street("", text(&address.care_of), Component::AddressLines);
    for line in &address.address_lines {
        content.push_street("", line, Component::AddressLines);
    }
    content.push_street("", text(&address.post_office_box), Component::AddressLines);
    content
}

/// Whether a BCP 47 tag says that the language is written in Latin letters.
fn has_latin_subtag(tag: &str) -> bool {
    tag.split(['-', '_']).any(|subtag| subtag.eq_ignore_ascii_case("latn"))
}
