//! An address as the post of its country wants it: every component once, nothing else.
//!
//! The steps, each of which has a function: the rules of the country are looked up, the components are
//! filled in, repetitions are dropped, what has no place moves to the street, the format is composed, and
//! the country line is added. `compose` knows formats, and this file knows posts.

use super::capitals::{CapitalsRule, push_capitals};
use super::component::{Component, Components};
use super::compose::{LineContent, SORTED_BY, compose};
use super::country::{Country, country, same};
use super::country_line::country_line;
use super::format::{AddressFormat, FormatElement};
use super::overlay::{CodePrefix, DEFAULT, GENERIC};
use super::script::{Script, is_latin};
use super::street::fill_street;
use super::{AddressLabel, LayoutOptions, LetterCase};
use crate::model::{Address, Text};

/// Sets an address by the corrected rules of its country.
pub(super) fn layout(address: &Address<'_>, options: &LayoutOptions<'_>) -> AddressLabel {
    let destination = country(&address.country);
    let rules = PostRules::of(destination, address, options.script);
    let country_line = country_line(address, destination, options);
    let has_country_line = country_line.is_some();
    let mut content = LineContent::new();
    content.casing = casing(address, destination);
    // A name keeps the letters that it is known by: no post asks for more than capitals in the address.
    content.capitals = rules.capitals.without(Components::new("NO"));
    let as_written = options.letter_case == LetterCase::AsWritten;
    if as_written || (!has_country_line && rules.keeps_letters_at_home) {
        content.capitals = Components::default();
    }
    fill(&mut content, address, options, &rules);
    drop_repetitions(&mut content, &rules);
    if !as_written {
        if has_country_line {
            set_place_in_capitals(&mut content);
        }
        set_capitals_by_line(&mut content, rules.format);
    }
    content.code_prefix = code_prefix(&content, &rules, has_country_line);
    set_code_beside_locality(&mut content, &rules);
    // Before the street is filled, which takes components that have no place.
    let place_is_country = country_line.as_ref().is_some_and(|(name, _)| is_place(&content, name));
    fill_street(&mut content, address, &rules);
    let mut lines = compose(rules.format, &content);
    if let Some((country, casing)) = country_line {
        if place_is_country {
            // A city-state's locality is its country: "SINGAPORE" alone stands there once.
            lines = lines.only(|line| !same(line, &country));
        }
        lines.push_line(|text| match as_written {
            true => text.push_str(&country),
            false => push_capitals(text, &country, casing),
        });
    }
    AddressLabel {
        lines,
        has_country_line,
        separator: super::separator(address.language.as_deref().unwrap_or_default()),
    }
}

/// What a country's post wants of one address.
pub(super) struct PostRules {
    /// `None` where the table does not have it.
    pub country: Option<&'static Country>,
    /// The layout.
    pub format: &'static AddressFormat,
    /// The components in capitals.
    capitals: Components,
    /// Whether mail within the country has no capitals.
    keeps_letters_at_home: bool,
    /// What stands in front of a postal code.
    code_prefix: Option<CodePrefix>,
    /// The locality of an address without one.
    locality: &'static str,
    /// Whether a state or province is set by its abbreviation.
    abbreviates_area: bool,
    /// The code of a country that the post of another one serves as a state; empty for all others.
    state: &'static str,
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
            capitals: of_places_too(
                overlay
                    .and_then(|row| row.capitals)
                    .or(country.map(|country| country.capitals))
                    .unwrap_or(Components::new("C")),
            ),
            keeps_letters_at_home: overlay.is_some_and(|row| row.keeps_letters_at_home),
            code_prefix: overlay.and_then(|row| row.code_prefix),
            locality: overlay.map_or("", |row| row.locality),
            abbreviates_area: overlay.is_some_and(|row| row.abbreviates_area),
            state: overlay.filter(|row| !row.post_of.is_empty()).map_or("", |row| row.country),
            latin,
            latin_names: script == Script::Latin,
        }
    }

    /// The administrative area within a state of the post's, which has no place: not the state itself.
    pub fn area_within_state<'a>(&self, address: &'a Address<'_>) -> &'a str {
        if self.state.is_empty() {
            return "";
        }
        let area = self.area(address);
        let is_state = same(area, self.state) || self.country.is_some_and(|it| it.is_named(area));
        if is_state { "" } else { area }
    }

    /// The administrative area as the country writes it.
    fn area<'a>(&self, address: &'a Address<'_>) -> &'a str {
        let name = trimmed(address.administrative_area.as_ref());
        let code = trimmed(address.administrative_area_code.as_ref());
        let known = |text: &str| self.country.and_then(|country| country.subdivision(text));
        // By code or name, whichever the record has: "CO" and "Colorado" are both set as CO.
        if self.abbreviates_area {
            return match known(code).or_else(|| known(name)) {
                Some(subdivision) if !subdivision.key.is_empty() => subdivision.key,
                Some(subdivision) if name.is_empty() => subdivision.name,
                Some(_) => name,
                None if name.is_empty() => code,
                None => name,
            };
        }
        let in_script = !name.is_empty() && (!self.latin_names || is_latin(name));
        if in_script {
            return name;
        }
        match known(code).or_else(|| known(name)) {
            // A code alone is no text of an address: it is printed by the name that the post sorts by, where the
            // layout has a place for that.
            Some(subdivision)
                if name.is_empty() && (subdivision.key.is_empty() || !self.has_area()) =>
            {
                ""
            }
            Some(subdivision) if self.latin && !subdivision.latin.is_empty() => subdivision.latin,
            Some(subdivision) if name.is_empty() => subdivision.name,
            _ => name,
        }
    }

    /// Whether the layout has a place for the administrative area.
    fn has_area(&self) -> bool {
        self.format.components().contains(Component::AdministrativeArea)
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
    // A state stands in the line of the city, and not alone.
    let has_city =
        [Component::Locality, Component::PostalCode].map(|it| content.get(it)) != [""; 2];
    let area = match rules.state {
        "" => rules.area(address),
        state if has_city => state,
        _ => "",
    };
    content.set(Component::AdministrativeArea, area);
    set_locality(content, rules);
}

/// The place that the code belongs to, where the address calls it something else than the locality.
fn set_locality(content: &mut LineContent<'_>, rules: &PostRules) {
    use Component::{AdministrativeArea, DependentLocality, Locality};
    let places = rules.format.components();
    // Hong Kong is larger than Kowloon.
    let is_whole = !rules.locality.is_empty()
        && rules.country.is_some_and(|it| it.is_named(content.get(Locality)));
    if is_whole && !content.is_empty(AdministrativeArea) && places.contains(AdministrativeArea) {
        let whole = content.take(Locality);
        content.set(Locality, content.get(AdministrativeArea));
        content.set(AdministrativeArea, whole);
        // It keeps its capitals.
        if content.capitals.contains(AdministrativeArea) {
            content.capitals = content.capitals.with(Locality);
        }
    }
    // Berlin is a state, and alone with its code it is the town: the largest place that has no line of its own.
    for place in [AdministrativeArea, DependentLocality] {
        if content.is_empty(Locality) && !places.contains(place) && places.contains(Locality) {
            let name = content.take(place);
            content.set(Locality, name);
        }
    }
    if content.is_empty(Locality) && content.is_empty(AdministrativeArea) {
        content.set(Locality, rules.locality);
    }
}

/// Where the street is in capitals, so are the places below it.
fn of_places_too(capitals: Components) -> Components {
    if capitals.contains(Component::AddressLines) {
        return PLACE_NAMES.iter().fold(capitals, Components::with);
    }
    capitals
}

/// On mail from abroad the place is in capitals, whatever it is at home (DIN 5008, UPU S42): the town, where there is
/// nothing of what the country has in capitals.
fn set_place_in_capitals(content: &mut LineContent<'_>) {
    let mut capitals = content.capitals.iter().filter(|it| SORTED_BY.contains(*it));
    if capitals.all(|component| content.is_empty(component)) {
        content.capitals = content.capitals.with(Component::Locality);
    }
}

/// Names of places that share a line share its letters: "MINATO-KU, TOKYO" and not "Minato-ku, TOKYO".
fn set_capitals_by_line(content: &mut LineContent<'_>, format: &AddressFormat) {
    for line in format.elements().split(|element| *element == FormatElement::Newline) {
        let places = line.iter().filter_map(|element| match element {
            FormatElement::Component(component) if PLACE_NAMES.contains(*component) => {
                Some(*component)
            }
            _ => None,
        });
        let mut set = places.clone().filter(|place| !content.is_empty(*place));
        if set.any(|place| content.capitals.contains(place)) {
            content.capitals = places.fold(content.capitals, Components::with);
        }
    }
}

/// The components that name places.
const PLACE_NAMES: Components = Components::new("DCS");

/// What goes in front of the postal code, which may have it already.
fn code_prefix(content: &LineContent<'_>, rules: &PostRules, is_from_abroad: bool) -> &'static str {
    let Some(prefix) = rules.code_prefix.filter(|it| is_from_abroad || !it.only_from_abroad) else {
        return "";
    };
    let code = content.get(Component::PostalCode);
    let letters = prefix.text.trim_end_matches([' ', '-']);
    let has_it = code.get(..letters.len()).is_some_and(|start| same(start, letters));
    if has_it { "" } else { prefix.text }
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

/// A value without spaces and commas around it: the layout sets the separators.
pub(super) fn trimmed<'a>(text: Option<&'a Text<'_>>) -> &'a str {
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
