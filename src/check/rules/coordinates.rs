//! Coordinates that are in none of the office's countries. How countries' areas are known stands in
//! `postal/bounding_box.rs`.

use super::{OfficeContext, OfficeReporter};
use crate::finding::{Rule, Severity};
use crate::postal::{country, is_within};

/// Coordinates outside of the office's country.
pub static RULE: Rule = Rule {
    code: "office/coordinates",
    severity: Severity::Warning,
    what: "The coordinates of an office are outside of every country in which it has addresses.",
    why: "A map would show the office somewhere else. Latitude and longitude are often exchanged, or a minus sign is \
          missing. It is a warning because countries are known by boxes around them.",
    example: "\"coordinates\": { \"latitude\": 7.1, \"longitude\": 50.7 }  (of an office in Bonn)",
    instead: "\"coordinates\": { \"latitude\": 50.7, \"longitude\": 7.1 }",
    fix: "Write the latitude, north of the equator, and the longitude, east of Greenwich, in degrees.",
};

/// Looks for the place in the boxes around the countries.
pub(super) fn check(subject: &OfficeContext<'_, '_>, report: &mut OfficeReporter<'_, '_>) {
    let office = subject.office;
    let (Some(place), Some(first)) = (&office.coordinates, office.addresses.first()) else {
        return;
    };
    let degrees = (place.latitude.as_f64(), place.longitude.as_f64());
    let (Some(latitude), Some(longitude)) = degrees else { return };
    let is_in = |latitude: f64, longitude: f64| {
        let mut countries = office.addresses.iter().map(|address| &address.country);
        // A country without a box may be anywhere.
        countries.any(|country| is_within(country, latitude, longitude) != Some(false))
    };
    if is_in(latitude, longitude) {
        return;
    }
    let code = first.country.as_str();
    let name = country(code).map_or(code, |country| country.english_name());
    let message = format!("{latitude}, {longitude} is not in {name}, where the office is");
    let slips = [
        ("the two numbers were exchanged", longitude, latitude),
        ("the latitude has the wrong sign", -latitude, longitude),
        ("the longitude has the wrong sign", latitude, -longitude),
    ];
    let slip = slips.into_iter().find(|(_, latitude, longitude)| is_in(*latitude, *longitude));
    report.add_with(&RULE, "/coordinates", message, |finding| match slip {
        Some((what, latitude, longitude)) => {
            finding.help(format!("{latitude}, {longitude} is: perhaps {what}"))
        }
        None => finding,
    });
}
