//! Texts that Google would take for several, because they have its separator in them.

use super::SEPARATOR;
use crate::model::Email;
use crate::writers::OfficeOutput;
use crate::writers::card::Card;

/// Reports the texts of an office that Google splits, for which it has no escape.
pub(super) fn report_split(card: &Card<'_>, piece: &mut OfficeOutput) {
    let mut report = |pointer: &dyn Fn() -> String, text: &str| {
        if is_split(text) {
            let why = format!("Google takes a text with {SEPARATOR:?} in it for several");
            piece.lose(pointer(), why);
        }
    };
    report(&|| "/name".into(), &card.name);
    for (at, name) in card.nicknames.iter().enumerate() {
        report(&|| format!("/alternate_names/{at}"), name.name());
    }
    let [regions @ .., kind] = &*card.categories else { return };
    report(&|| "/kind".into(), kind);
    regions.iter().for_each(|region| report(&|| "/region".into(), region));
    for address in &card.addresses {
        let parts =
            [address.post_office_box, &*address.locality, address.region, address.postal_code];
        for text in address.street().chain(parts) {
            report(&|| card.address_pointer(address), text);
        }
    }
    // E-mail addresses, telephone numbers and URLs have no blank, so that only their labels are split.
    let emails = card.emails.iter().map(Email::label).enumerate();
    let emails = emails.map(|(at, label)| ("emails", at, label));
    let phones = card.phones.iter().map(|it| ("phones", card.position(it), it.label.as_deref()));
    let forms = card.forms.iter().enumerate().map(|(at, it)| ("contact_forms", at, it.label));
    for (list, at, label) in emails.chain(phones).chain(forms) {
        report(&|| format!("/{list}/{at}/label"), label.unwrap_or_default());
    }
}

/// Whether Google would split a text, beside others in its cell or alone.
fn is_split(text: &str) -> bool {
    // At an end, the blank comes from the separator beside it.
    [" ", text, " "].concat().contains(SEPARATOR)
}

#[cfg(test)]
mod tests {
    use super::is_split;

    #[test]
    fn separators_are_found_anywhere() {
        for text in ["a ::: b", "::: b", "a :::", ":::"] {
            assert!(is_split(text), "{text}");
        }
        for text in ["", "a:::b", "a :: b", "a:::", ":::b", "a :::: b"] {
            assert!(!is_split(text), "{text}");
        }
    }
}
