//! The street block of an address, and in whose care the mail is.

use super::component::Component;
use super::compose::{LineContent, StreetLine};
use super::country::same;
use super::post::{PostRules, trimmed};
use super::post_office_box;
use crate::model::Address;

/// The street block: address lines, box, and what the format has no other place for, in the direction that the
/// address runs in, and the care-of. A box that also stands among the address lines is set once.
pub(super) fn fill_street<'a>(
    content: &mut LineContent<'a>,
    address: &'a Address<'_>,
    rules: &PostRules,
) {
    let outwards = rules.format.is_outwards();
    // Running inwards, what has no place comes before the street, as everything larger does.
    if !outwards {
        fill_homeless(content, rules, &HOMELESS_INWARDS);
    }
    let care_of = trimmed(address.care_of.as_ref());
    let care_of_prefix = if starts_with_care_of(care_of) { "" } else { "c/o " };
    // Beside the recipient: below the names, or between the street and names that stand last.
    if outwards {
        content.care_of =
            StreetLine { prefix: care_of_prefix, text: care_of, component: Component::Recipient };
    }
    let box_text = trimmed(address.post_office_box.as_ref());
    for line in &address.address_lines {
        let line = line.trim();
        if !same(line, box_text) {
            content.push_street("", line, Component::AddressLines);
        }
    }
    // Without a box the text is empty, and no line is added.
    let prefix = post_office_box::prefix(address, box_text);
    content.push_street(prefix, box_text, Component::AddressLines);
    if outwards {
        content.push_street("", rules.area_within_state(address), Component::AdministrativeArea);
        set_area_last(content, rules);
        fill_homeless(content, rules, &HOMELESS_OUTWARDS);
    } else {
        content.push_street(care_of_prefix, care_of, Component::Recipient);
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

/// An area without a place goes below the town that is in it, unless there is a code: posts read the line of the code
/// as the last one.
fn set_area_last(content: &mut LineContent<'_>, rules: &PostRules) {
    use Component::{AdministrativeArea, Locality, PostalCode, SortingCode};
    let places = rules.format.components();
    let has_town = places.contains(Locality) && !content.is_empty(Locality);
    let has_code = [PostalCode, SortingCode].iter().any(|code| !content.is_empty(*code));
    if has_town && !has_code && !places.contains(AdministrativeArea) {
        content.last_area = content.take(AdministrativeArea);
    }
}

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
