//! Time zones that are not in the IANA database, or are kept in none of the office's countries. The table
//! beside the rules (`data/time-zones.txt`) has zones with their countries, one per line, sorted.

use std::sync::LazyLock;

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Finding, Rule, Severity};
use crate::postal;
use crate::text::Candidates;

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
    let mut of_office = subject.office.addresses.iter().map(|address| address.country.as_str());
    let first = of_office.clone().next();
    // Spelling matters: "asia/tokyo" is no name of a zone to the programs that read it.
    let Some(kept_by) = countries(zone) else {
        let near = NAMES.nearest(zone);
        let message = format!("\"{zone}\" is not an IANA time zone");
        report.add_with(&RULE, "/time_zone", message, |finding| match (near, first) {
            (None, Some(country)) => advised(finding, country),
            (near, _) => finding.did_you_mean(near),
        });
        return;
    };
    let Some(first) = first else { return };
    // Zones are shared across borders: "Europe/Berlin" is kept by Denmark, Norway and Sweden too
    // (zone1970.tab).
    if of_office.any(|country| kept_by.split(' ').any(|it| it == country)) {
        return;
    }
    let message = format!("{zone} is not a time zone of {}, where the office is", name(first));
    report.add_with(&RULE, "/time_zone", message, |finding| advised(finding, first));
}

/// The country's English name, or its code where there is none.
fn name(country: &str) -> &str {
    postal::country(country).map_or(country, |country| country.english_name())
}

/// Names zones of that country.
fn advised(mut finding: Finding, country: &str) -> Finding {
    let own = TABLE.iter().filter(|row| row.1.split(' ').any(|it| it == country)).map(|row| row.0);
    // Names without a continent are kept for old files only.
    let own: Vec<&str> = own.filter(|zone| zone.contains('/')).take(4).collect();
    if own.is_empty() {
        return finding;
    }
    let (name, zones) = (name(country), own.join(", "));
    finding.help = Some(format!("time zones of {name} include: {zones}"));
    // With one zone in the country there is no doubt which was meant.
    finding.write_instead(own.first().copied().filter(|_| own.len() == 1));
    finding
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
