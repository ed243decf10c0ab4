//! Which of an office's addresses is meant, where it has one in two scripts: by the script that is wanted, and else by
//! where the mail is from.

use super::country_line::have_one_post;
use super::script::Script;
use crate::model::{Address, Office, Use};

/// The address of an office for a use, as [`Office::address_for`] has it, in one of the scripts that the office has it
/// in: in the wanted one, or with [`Script::Auto`] in Latin letters for mail from another country, where the posts on
/// the way read no others. `from` is an ISO 3166-1 alpha-2 code; without it mail is from abroad.
pub fn address_for<'o>(
    office: &'o Office<'_>,
    wanted: Use,
    from: Option<&str>,
    script: Script,
) -> Option<&'o Address<'o>> {
    let usual = office.address_for(wanted)?;
    // Most offices have no other, and every office of an export comes by here.
    if office.addresses.len() == 1 {
        return Some(usual);
    }
    let Some(script) = seen_from(from, usual, script) else { return Some(usual) };
    let mut addresses = office.addresses.iter().filter(|address| address.uses.contains(&wanted));
    addresses.find(|it| is_same_place(it, usual) && script.is_of(it)).or(Some(usual))
}

/// The address that people go to, and the one that mail goes to where that is another one, both by [`address_for`].
pub(crate) fn street_and_mail<'o>(
    office: &'o Office<'_>,
    from: Option<&str>,
    script: Script,
) -> [Option<&'o Address<'o>>; 2] {
    let [street, mail] =
        [Use::Physical, Use::Postal].map(|wanted| address_for(office, wanted, from, script));
    let is_other = |mail: &&Address<'_>| street.is_none_or(|street| !std::ptr::eq(street, *mail));
    [street, mail.filter(is_other)]
}

/// Puts the addresses of an office in order: of those for the same uses that differ in script only, the one that
/// [`address_for`] prefers goes first, and all others stay as they are.
pub(crate) fn order_by_script<T>(
    items: &mut [T],
    address: impl Fn(&T) -> &Address<'_>,
    from: Option<&str>,
    script: Script,
) {
    // Nothing stands behind the last one.
    for at in 0..items.len().saturating_sub(1) {
        let first = address(&items[at]);
        let Some(script) = seen_from(from, first, script) else { continue };
        let is_better = |item: &T| {
            let other = address(item);
            script.is_of(other) && is_same_place(first, other) && have_same_uses(first, other)
        };
        let better = items[at..].iter().position(is_better).filter(|_| !script.is_of(first));
        if let Some(better) = better {
            items[at..=at + better].rotate_right(1);
        }
    }
}

/// The script that an address is wanted in; none where it is wanted as the office has it first.
fn seen_from(from: Option<&str>, address: &Address<'_>, script: Script) -> Option<Script> {
    match script {
        Script::Auto if from.is_some_and(|from| have_one_post(from, &address.country)) => None,
        Script::Auto => Some(Script::Latin),
        wanted => Some(wanted),
    }
}

/// Whether two addresses may be one in different letters: of an address the country and the postal code stay the same
/// in any script.
fn is_same_place(one: &Address<'_>, other: &Address<'_>) -> bool {
    let mut codes = one.postal_code.iter().zip(&other.postal_code);
    one.country == other.country && codes.all(|(one, other)| one == other)
}

/// Whether two addresses are for the same uses, in any order.
fn have_same_uses(one: &Address<'_>, other: &Address<'_>) -> bool {
    [Use::Physical, Use::Postal].iter().all(|it| one.uses.contains(it) == other.uses.contains(it))
}
