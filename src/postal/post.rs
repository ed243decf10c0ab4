//! An address as the post of its country wants it: every component once, nothing else.
//!
//! The steps, each of which has a function: the rules of the country are looked up, the components are
//! filled in, repetitions are dropped, what has no place moves to the street, the format is composed, and
//! the country line is added. `compose` knows formats, and this file knows posts.

use super::capitals::{CapitalsRule, push_capitals};
use super::component::{Component, Components};
use super::compose::{LineContent, compose};
use super::country::{Country, country, same};
use super::format::AddressFormat;
use super::overlay::{DEFAULT, GENERIC};
use super::post_office_box::designation;
use super::script::{Script, is_latin};
use super::{AddressLabel, LayoutOptions};
use crate::model::{Address, Text};

/// Sets an address by the corrected rules of its country.
pub(super) fn layout(address: &Address<'_>, options: &LayoutOptions<'_>) -> AddressLabel {
    let destination = country(&address.country);
    let rules = PostRules::of(destination, address, options.script);
    let country_line = country_line(address, destination, options);
    let mut content = LineContent::new();
    content.casing = casing(address, destination);
    // A name keeps the letters that it is known by: no post asks for more than capitals in the address.
    content.capitals = rules.capitals.without(Components::new("NO"));
    if country_line.is_some() && content.capitals.is_empty() {
        // DIN 5008 and UPU S42: on mail from abroad the place is in capitals, whatever it is at home.
        content.capitals = content.capitals.with(Component::Locality);
    }
    fill(&mut content, address, options, &rules);
    drop_repetitions(&mut content, &rules);
    set_code_beside_locality(&mut content, &rules);
    // Before the street is filled, which takes components that have no place.
    let place_is_country = country_line.is_some_and(|(name, _)| is_place(&content, name));
    fill_street(&mut content, address, &rules);
    let mut lines = compose(rules.format, &content);
    if let Some((country, casing)) = country_line {
        if place_is_country {
            // A city-state's locality is its country: "SINGAPORE" alone stands there once.
            lines = lines.only(|line| !same(line, country));
        }
        lines.push_line(|text| push_capitals(text, country, casing));
    }
    AddressLabel {
        lines,
        has_country_line: country_line.is_some(),
        separator: super::separator(address.language.as_deref().unwrap_or_default()),
    }
}

/// What a country's post wants of one address.
struct PostRules {
    /// `None` where the table does not have it.
    country: Option<&'static Country>,
    /// The layout.
    format: &'static AddressFormat,
    /// The components in capitals.
    capitals: Components,
    /// Whether a state or province is set by its abbreviation.
    abbreviates_area: bool,
    /// Whether `format` is the one for Latin letters.
    latin: bool,
    /// Whether names in other letters are to be replaced, as far as the table knows them.
    latin_names: bool,
}

impl PostRules {
    /// What the overlay says, else the table, else what is usual.
    fn of(country: Option<&'static Country>, address: &Address<'_>, script: Script) -> PostRules {
        let overlay = country.and_then(Country::overlay);
        let own_latin = overlay
            .and_then(|row| row.latin.as_ref())
            .or(country.and_then(|country| country.latin_format.as_ref()));
        let own = overlay
            .and_then(|row| row.format.as_ref())
            .or(country.map(|country| &country.format))
            // libaddressinput falls back to a layout without postal code and province for countries
            // that it knows nothing of.
            .filter(|format| **format != DEFAULT)
            .unwrap_or(&GENERIC);
        let latin = match own_latin {
            Some(_) => script.is_latin(address),
            None => false,
        };
        PostRules {
            country,
            format: own_latin.filter(|_| latin).unwrap_or(own),
            capitals: overlay
                .and_then(|row| row.capitals)
                .or(country.map(|country| country.capitals))
                .unwrap_or(Components::new("C")),
            abbreviates_area: overlay.is_some_and(|row| row.abbreviates_area),
            latin,
            latin_names: script == Script::Latin,
        }
    }

    /// The administrative area as the country writes it.
    fn area<'a>(&self, address: &'a Address<'_>) -> &'a str {
        let name = trimmed(address.administrative_area.as_ref());
        let code = trimmed(address.administrative_area_code.as_ref());
        let known = |text: &str| self.country.and_then(|country| country.subdivision(text));
        // By code or name, whichever the record has: "CO" and "Colorado" are both set as CO.
        if self.abbreviates_area {
            return match known(code).or_else(|| known(name)) {
                Some(subdivision) => subdivision.key,
                None if name.is_empty() => code,
                None => name,
            };
        }
        let in_script = !name.is_empty() && (!self.latin_names || is_latin(name));
        if in_script {
            return name;
        }
        match known(code).or_else(|| known(name)) {
            Some(subdivision) if self.latin && !subdivision.latin.is_empty() => subdivision.latin,
            Some(subdivision) if name.is_empty() => subdivision.name,
            _ if name.is_empty() => code,
            _ => name,
        }
    }
}

/// Every component but the street.
fn fill<'a>(
    content: &mut LineContent<'a>,
    address: &'a Address<'_>,
    options: &LayoutOptions<'a>,
    rules: &PostRules,
) {
    let texts = [
        (Component::Recipient, options.recipient.unwrap_or_default()),
        (Component::Organization, options.organization.unwrap_or_default()),
    ];
    for (component, text) in texts {
        content.set(component, text.trim());
    }
    let names = [
        (Component::DependentLocality, &address.dependent_locality),
        (Component::Locality, &address.locality),
        (Component::PostalCode, &address.postal_code),
        (Component::SortingCode, &address.sorting_code),
    ];
    for (component, text) in names {
        content.set(component, trimmed(text.as_ref()));
    }
    content.set(Component::AdministrativeArea, rules.area(address));
}

/// Of two equal neighbours one is set: Seoul is city and province, an office writes to itself.
fn drop_repetitions(content: &mut LineContent<'_>, rules: &PostRules) {
    use Component::{AdministrativeArea, DependentLocality, Locality, Organization, Recipient};
    let pairs = [
        // An envelope to an organisation as a whole has its name once.
        (Organization, Recipient),
        (Locality, DependentLocality),
        (AdministrativeArea, DependentLocality),
        (Locality, AdministrativeArea),
    ];
    for (kept, dropped) in pairs {
        let text = content.get(kept);
        if text.is_empty() || !same(text, content.get(dropped)) {
            continue;
        }
        let has_place = rules.format.components().contains(kept);
        // The one without a place goes: moved to the street, it would stand there a second time.
        content.set(if has_place { dropped } else { kept }, "");
    }
}

/// Whether a place has the country's name, and nobody who lives there does.
fn is_place(content: &LineContent<'_>, country: &str) -> bool {
    use Component::{AdministrativeArea, Locality, Organization, Recipient};
    let has = |component| same(content.get(component), country);
    (has(Locality) || has(AdministrativeArea)) && !has(Organization) && !has(Recipient)
}

/// Without a province the locality takes its place beside the postal code: "1008 MANILA".
fn set_code_beside_locality(content: &mut LineContent<'_>, rules: &PostRules) {
    use Component::{AdministrativeArea, Locality, PostalCode};
    let stands_alone = rules.format.has_code_beside_area()
        && content.get(AdministrativeArea).is_empty()
        && !content.get(PostalCode).is_empty();
    if stands_alone {
        let locality = content.take(Locality);
        content.set(AdministrativeArea, locality);
        // It keeps its capitals in the place of the province.
        if content.capitals.contains(Locality) {
            content.capitals = content.capitals.with(AdministrativeArea);
        }
    }
}

/// The street block: care-of, address lines, box, and what the format has no other place for, in the
/// direction that the address runs in. A box that also stands among the address lines is set once.
fn fill_street<'a>(content: &mut LineContent<'a>, address: &'a Address<'_>, rules: &PostRules) {
    let outwards = rules.format.is_outwards();
    // Running inwards, what has no place comes before the street, as everything larger does.
    if !outwards {
        fill_homeless(content, rules, &HOMELESS_INWARDS);
    }
    let care_of = trimmed(address.care_of.as_ref());
    let prefix = if starts_with_care_of(care_of) { "" } else { "c/o " };
    content.push_street(prefix, care_of, Component::AddressLines);
    let post_office_box = trimmed(address.post_office_box.as_ref());
    for line in &address.address_lines {
        let line = line.trim();
        if !same(line, post_office_box) {
            content.push_street("", line, Component::AddressLines);
        }
    }
    // A number alone is no text that a post knows; with a word it is set as it stands.
    let is_number = post_office_box.bytes().all(|byte| byte.is_ascii_digit());
    let prefix = if is_number { designation(address.country.as_str()) } else { "" };
    // Without a box the text is empty, and no line is added.
    content.push_street(prefix, post_office_box, Component::AddressLines);
    if outwards {
        fill_homeless(content, rules, &HOMELESS_OUTWARDS);
    }
}

/// What may have no place, from the smallest part outwards.
const HOMELESS_OUTWARDS: [Component; 5] = [
    Component::DependentLocality,
    Component::Locality,
    Component::AdministrativeArea,
    Component::SortingCode,
    Component::PostalCode,
];
/// The same from the largest part inwards.
const HOMELESS_INWARDS: [Component; 5] = [
    Component::PostalCode,
    Component::SortingCode,
    Component::AdministrativeArea,
    Component::Locality,
    Component::DependentLocality,
];

/// Moves what the format has no place for into the street block: no component is ever lost.
fn fill_homeless(content: &mut LineContent<'_>, rules: &PostRules, order: &[Component]) {
    for &component in order {
        if !rules.format.components().contains(component) {
            let text = content.take(component);
            content.push_street("", text, component);
        }
    }
}

/// Whether a name already says "c/o" or "care of".
fn starts_with_care_of(text: &str) -> bool {
    ["c/o", "care of"]
        .iter()
        .any(|label| text.get(..label.len()).is_some_and(|start| same(start, label)))
}

/// A value without spaces and commas around it: the layout sets the separators.
fn trimmed<'a>(text: Option<&'a Text<'_>>) -> &'a str {
    let text = text.map(Text::as_str).unwrap_or_default();
    // Nearly always there is nothing to trim, and asking for white space of all scripts is slow.
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return text;
    }
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == ',')
}

/// How the address's capitals are made.
fn casing(address: &Address<'_>, destination: Option<&Country>) -> CapitalsRule {
    let language = address.language.as_deref();
    CapitalsRule::of(language.or(destination.map(|country| country.language)).unwrap_or_default())
}

/// The last line of mail from abroad, which is set in capitals, and whose capitals they are.
fn country_line<'a>(
    address: &'a Address<'_>,
    destination: Option<&Country>,
    options: &LayoutOptions<'_>,
) -> Option<(&'a str, CapitalsRule)> {
    let code = address.country.trim();
    if code.is_empty() || options.from.is_some_and(|from| from.trim().eq_ignore_ascii_case(code)) {
        return None;
    }
    let origin = options.from.and_then(|from| country(from.trim()));
    // UPU S42: the country line is in the language of the origin, where its post reads it. Posts on
    // the way read Latin letters, so origins with others write English.
    let origin = origin.filter(|origin| origin.latin_script);
    let languages = [options.language, origin.map(|origin| origin.language), Some("en")];
    let mut names = languages.into_iter().flatten();
    let named = destination.and_then(|destination| {
        names.find_map(|language| Some((destination.name(language)?, language)))
    });
    // An unknown country is set by its code: better than nothing for whoever sorts by hand.
    let (name, language) = named.unwrap_or((code, "en"));
    Some((name, CapitalsRule::of(language)))
}
