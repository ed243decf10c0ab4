//! The line of the destination country, which mail from abroad ends with.

use std::borrow::Cow;

use super::LayoutOptions;
use super::capitals::CapitalsRule;
use super::country::{Country, country, same};
use super::overlay::overlay;
use crate::model::Address;

/// The last line of mail from abroad, and whose capitals it has.
pub(super) fn country_line<'a>(
    address: &'a Address<'_>,
    destination: Option<&Country>,
    options: &LayoutOptions<'a>,
) -> Option<(Cow<'a, str>, CapitalsRule)> {
    let code = address.country.trim();
    if code.is_empty() || options.from.is_some_and(|from| have_one_post(from.trim(), code)) {
        return None;
    }
    let (name, language) = country_name(code, options.from, options.language);
    let name = with_sovereign(name, language, destination);
    let second = if language.starts_with("en") { "fr" } else { "en" };
    let second = destination.filter(|_| options.both_languages).and_then(|it| it.name(second));
    let both = match second.filter(|second| !same(second, &name)) {
        Some(second) => format!("{name} / {second}").into(),
        None => name,
    };
    Some((both, CapitalsRule::of(language)))
}

/// The name of a country (ISO 3166-1 alpha-2) as mail from `from` has it, in the wanted language (BCP 47) where the table
/// has that, and its language.
pub(crate) fn country_name<'a>(
    code: &'a str,
    from: Option<&str>,
    wanted: Option<&'a str>,
) -> (&'a str, &'a str) {
    let origin = from.and_then(|from| country(from.trim()));
    // UPU S42: the country line is in the language of the origin, where its post reads it. Posts on
    // the way read Latin letters, so origins with others write English.
    let origin = origin.filter(|origin| origin.latin_script);
    let languages = [wanted, origin.map(|origin| origin.language), Some("en")];
    let mut names = languages.into_iter().flatten();
    let named = country(code).and_then(|destination| {
        names.find_map(|language| Some((destination.name(language)?, language)))
    });
    // An unknown country is set by its code: better than nothing for whoever sorts by hand.
    named.unwrap_or((code, "en"))
}

/// Whether mail from the one country to the other is domestic.
pub(super) fn have_one_post(from: &str, to: &str) -> bool {
    let [from, to] = [from, to].map(|code| match overlay(code).map_or("", |row| row.post_of) {
        "" => code,
        post => post,
    });
    from.eq_ignore_ascii_case(to)
}

/// The name of a country, with that of the country that it is a part of where its post asks for both.
fn with_sovereign<'a>(
    name: &'a str,
    language: &str,
    destination: Option<&Country>,
) -> Cow<'a, str> {
    let part_of = destination.and_then(Country::overlay).map_or("", |row| row.part_of);
    let sovereign = country(part_of).and_then(|sovereign| sovereign.name(language));
    match (sovereign, destination.and_then(|country| country.name(country.language))) {
        (Some(sovereign), Some(own)) => format!("{own}, {sovereign}").into(),
        _ => name.into(),
    }
}
