//! What formats for address books have no place for, reported in the same words by all of them.

use super::Card;
use crate::model::{Office, Use};
use crate::writers::OfficeOutput;
use crate::writers::own::lose_own;

impl Card<'_> {
    /// Reports what `format` loses where it has no types for the uses of addresses: readers then take
    /// every address for one that visitors and mail go to.
    pub(in crate::writers) fn lose_uses(&self, format: &str, piece: &mut OfficeOutput) {
        // An address for both is what readers take it for, and loses nothing.
        for address in self.addresses.iter().filter(|it| it.uses.len() == 1) {
            let why = format!("{format} does not tell postal addresses from physical ones");
            piece.lose(format!("{}/uses", self.address_pointer(address)), why);
        }
    }

    /// Reports the addresses for mail only, where a format has a mark for mail and none for visitors.
    pub(in crate::writers) fn lose_postal_only(&self, format: &str, piece: &mut OfficeOutput) {
        for address in self.addresses.iter().filter(|it| it.uses == [Use::Postal]) {
            let why = format!("{format} does not say that an address is for mail only");
            piece.lose(format!("{}/uses", self.address_pointer(address)), why);
        }
    }
}

/// Reports what vCards in any syntax have no place for; members of the office's own are extensions there.
pub(in crate::writers) fn lose_beside_vcard(
    card: &Card<'_>,
    office: &Office<'_>,
    format: &str,
    piece: &mut OfficeOutput,
) {
    lose_opening_hours(office, format, piece);
    card.lose_unfit_extensions(format, piece);
    lose_own(office, format, |pointer| !pointer.is_empty(), piece);
}

/// Reports opening hours.
pub(in crate::writers) fn lose_opening_hours(
    office: &Office<'_>,
    format: &str,
    piece: &mut OfficeOutput,
) {
    if office.opening_hours.is_some() {
        piece.lose("/opening_hours", format!("{format} has no place for opening hours"));
    }
}

/// Reports coordinates.
pub(in crate::writers) fn lose_coordinates(
    office: &Office<'_>,
    format: &str,
    piece: &mut OfficeOutput,
) {
    if office.coordinates.is_some() {
        piece.lose("/coordinates", format!("{format} has no place for coordinates"));
    }
}

/// Reports forms.
pub(in crate::writers) fn lose_forms(office: &Office<'_>, format: &str, piece: &mut OfficeOutput) {
    if !office.contact_forms.is_empty() {
        piece.lose("/contact_forms", format!("{format} has no place for contact forms"));
    }
}

/// Reports the labels of telephone lines and e-mail addresses.
pub(in crate::writers) fn lose_labels(office: &Office<'_>, format: &str, piece: &mut OfficeOutput) {
    let phones = office.phones.iter().map(|phone| ("phones", phone.label.as_deref()));
    lose_each_label(phones, format, piece);
    lose_each_label(office.emails.iter().map(|email| ("emails", email.label())), format, piece);
}

/// Reports the labels of forms.
pub(in crate::writers) fn lose_form_labels(
    office: &Office<'_>,
    format: &str,
    piece: &mut OfficeOutput,
) {
    let labels = office.contact_forms.iter().map(|form| ("contact_forms", form.label.as_deref()));
    lose_each_label(labels, format, piece);
}

/// Reports the labels of a list's items, each with the list's name.
fn lose_each_label<'a>(
    items: impl Iterator<Item = (&'static str, Option<&'a str>)>,
    format: &str,
    piece: &mut OfficeOutput,
) {
    for (at, (list, label)) in items.enumerate() {
        if label.is_some() {
            let why = format!("{format} has no place for labels");
            piece.lose(format!("/{list}/{at}/label"), why);
        }
    }
}
