//! Time zones that are not in the IANA database, or are kept in none of the office's countries. Two tables beside the
//! rules say which zones there are: `data/time-zones.txt` has each with the countries that keep it, sorted, and
//! `data/zones-of-countries.txt` each country with its zones.

use std::sync::LazyLock;

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Finding, Rule, Severity};
use crate::postal;
use crate::text::{Candidates, nearest};

/// A time zone that is none of the office's country.
pub static RULE: Rule = Rule {
    code: "office/time-zone",
    severity: Severity::Warning,
    what: "A time zone is not in the IANA database, or is not kept in any country in which the office has \
           addresses.",
    why: "Calendars would show the office's hours wrong. It is a warning because the database grows and \
          zones are renamed.",
    example: "\"time_zone\": \"Asia/Seoul\"  (of an office in Japan)",
    instead: "\"time_zone\": \"Asia/Tokyo\"",
    fix: "Write the zone of the office's city.",
};

/// Looks the zone up, then whether one of the office's countries keeps it.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    let Some(zone) = subject.office.time_zone.as_deref() else { return };
    let of_office = || subject.office.addresses.iter().map(|address| address.country.as_str());
    let first = of_office().next();
    // Spelling matters: "asia/tokyo" is no name of a zone to the programs that read it.
    let Some(kept_by) = countries(zone) else {
        let message = format!("\"{zone}\" is not an IANA time zone");
        let (help, instead) = instead_of(zone, of_office());
        report.add_with(&RULE, "/time_zone", message, |finding| told(finding, help, instead));
        return;
    };
    let Some(first) = first else { return };
    // Zones are shared across borders: "Europe/Berlin" is kept by Denmark, Norway and Sweden too
    // (zone1970.tab).
    if of_office().any(|country| kept_by.split(' ').any(|it| it == country)) {
        return;
    }
    let message = format!("{zone} is not a time zone of {}, where the office is", name(first));
    let (help, instead) = zones_to_choose(first);
    report.add_with(&RULE, "/time_zone", message, |finding| told(finding, help, instead));
}

/// The finding with that help, and a zone to write instead.
fn told(mut finding: Finding, help: Option<String>, instead: Option<&str>) -> Finding {
    finding.help = help;
    finding.write_instead(instead);
    finding
}

/// What to do about a text that is no zone, and the zone that it probably stands for, of an office with addresses in
/// those countries.
pub(in crate::check) fn instead_of<'c>(
    zone: &str,
    countries: impl Iterator<Item = &'c str> + Clone,
) -> (Option<String>, Option<&'static str>) {
    let near = match countries.clone().next() {
        None => NAMES.nearest(zone),
        Some(first) => match countries.clone().find_map(|country| nearest_of(country, zone)) {
            None => return zones_to_choose(first),
            near => near,
        },
    };
    (near.map(|near| format!("did you mean \"{near}\"?")), near)
}

/// The country's English name, or its code where there is none.
fn name(country: &str) -> &str {
    postal::country(country).map_or(country, |country| country.english_name())
}

/// The country's zone that an unknown one is a misspelling of. Cities are compared, and not the continents in front
/// of them, or "America/Boston" would be near "America/Boise".
fn nearest_of(country: &str, zone: &str) -> Option<&'static str> {
    let zones = zones_of(country);
    let near = nearest(city(zone), zones.clone().map(city))?;
    zones.clone().find(|zone| city(zone) == near)
}

/// What a zone is called after its last slash.
fn city(zone: &str) -> &str {
    zone.rsplit('/').next().unwrap_or(zone)
}

/// The zones of a country, without aliases.
fn zones_of(country: &str) -> impl Iterator<Item = &'static str> + Clone {
    let mut rows = include_str!("../data/zones-of-countries.txt").lines();
    let zones = rows.find_map(|row| row.strip_prefix(country)?.strip_prefix(' '));
    zones.unwrap_or_default().split_whitespace()
}

/// Where most of a country with several zones keeps one (Unicode CLDR 48, `primaryZones`, by IANA's newest names).
const PRIMARY: [(&str, &str); 11] = [
    ("CL", "America/Santiago"),
    ("CN", "Asia/Shanghai"),
    ("DE", "Europe/Berlin"),
    ("EC", "America/Guayaquil"),
    ("ES", "Europe/Madrid"),
    ("MH", "Pacific/Majuro"),
    ("MY", "Asia/Kuala_Lumpur"),
    ("NZ", "Pacific/Auckland"),
    ("PT", "Europe/Lisbon"),
    ("UA", "Europe/Kyiv"),
    ("UZ", "Asia/Tashkent"),
];

/// How many zones of a country are named at most: as many as the United States have, those within states aside.
const NAMED: usize = 16;

/// Names zones of that country, and gives the one that all or nearly all of it keeps.
fn zones_to_choose(country: &str) -> (Option<String>, Option<&'static str>) {
    let is_of_state = |zone: &&str| zone.matches('/').count() > 1;
    let (within, mut own): (Vec<&str>, Vec<&str>) = zones_of(country).partition(is_of_state);
    own.extend(within);
    let name = name(country);
    if let [only] = own[..] {
        return (Some(format!("write \"{only}\", the time zone of {name}")), Some(only));
    }
    own.truncate(NAMED);
    let zones = own.join(", ");
    let primary = PRIMARY.iter().find(|it| it.0 == country).map(|it| it.1);
    let help = match primary {
        Some(zone) => format!("write \"{zone}\"; time zones of {name} include: {zones}"),
        None => format!("time zones of {name} include: {zones}"),
    };
    (Some(help).filter(|_| !zones.is_empty()), primary)
}

/// Zones with the countries that keep them, by zone; none for zones such as UTC.
static TABLE: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../data/time-zones.txt").lines();
    rows.map(|row| row.split_once(' ').unwrap_or((row, ""))).collect()
});

static NAMES: LazyLock<Candidates<'_>> =
    LazyLock::new(|| Candidates::new(TABLE.iter().map(|row| row.0)));

/// The countries that keep a time zone, with spaces between their codes.
fn countries(zone: &str) -> Option<&'static str> {
    let found = TABLE.binary_search_by_key(&zone, |row| row.0);
    found.ok().and_then(|at| TABLE.get(at)).map(|row| row.1)
}
