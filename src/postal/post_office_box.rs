//! What a post-office box is called, by language and country.

use std::borrow::Cow;

use super::country::{country, same};
use super::script::{Script, language_in_own_letters};
use crate::model::Address;

/// The line of the post-office box of an address as it is printed: a number alone has the country's word in front.
/// Empty without a box, or where the box stands among the address lines.
#[must_use]
pub fn post_office_box<'a>(address: &'a Address<'_>) -> Cow<'a, str> {
    let text = address.post_office_box.as_deref().unwrap_or_default().trim();
    match prefix(address, text) {
        _ if text.is_empty() || address.address_lines.iter().any(|it| same(it.trim(), text)) => {
            "".into()
        }
        "" => text.into(),
        prefix => [prefix, text].concat().into(),
    }
}

/// What is printed in front of a box. A number alone is no text that a post knows; with a word it is set as it stands.
pub(super) fn prefix(address: &Address<'_>, post_office_box: &str) -> &'static str {
    // Most addresses have no box, and are not asked for their language.
    if post_office_box.is_empty() || !post_office_box.bytes().all(|byte| byte.is_ascii_digit()) {
        return "";
    }
    // An address in the country's own letters is in its own language.
    let own = country(&address.country)
        .filter(|country| !country.latin_script && !Script::Auto.is_latin(address));
    let language = address.language.as_deref().or(own.map(|country| country.language));
    designation(&address.country, language.unwrap_or_default())
}

/// What stands in front of the number of a post-office box, in the address's language (a BCP 47 tag, empty where it
/// says none) as the country has it, else in that of the country. English is understood elsewhere.
///
/// From the UPU's addressing sheets, and "Global Sourcebook for International Data Management", section Post Office
/// Box.
fn designation(country: &str, language: &str) -> &'static str {
    let own = language_in_own_letters(language).and_then(|base| in_language(country, &base));
    own.unwrap_or_else(|| in_country(country))
}

/// The word of a language, as the country writes it. None in English, which says nothing about the post that reads it.
fn in_language(country: &str, language: &str) -> Option<&'static str> {
    Some(match (language, country) {
        ("fr", "CH") => "Case postale ",
        ("fr", "CA") => "CP ",
        ("fr", _) => "BP ",
        ("de", _) => "Postfach ",
        ("it", _) => "Casella Postale ",
        ("nl", _) => "Postbus ",
        ("sv", "FI" | "AX") => "PB ",
        ("sv", _) => "Box ",
        ("fi", _) => "PL ",
        ("da" | "nb" | "nn" | "no", _) => "Postboks ",
        ("hu", _) => "Pf. ",
        ("pl", _) => "skr. poczt. ",
        ("tr", _) => "P.K. ",
        ("ru", _) => "а/я ",
        ("be" | "uk", _) => "а/с ",
        ("bg", _) => "п.к. ",
        ("el", _) => "Τ.Θ. ",
        ("ja", _) => "私書箱 ",
        ("ko", _) => "사서함 ",
        ("zh", "HK" | "MO" | "TW") => "郵政信箱 ",
        ("zh", _) => "邮政信箱 ",
        ("ar", _) => "ص.ب. ",
        ("fa", _) => "صندوق پستی ",
        ("he", _) => "ת.ד. ",
        ("th", _) => "ตู้ ปณ. ",
        _ => return None,
    })
}

/// The word of a country's post.
fn in_country(country: &str) -> &'static str {
    match country {
        "AT" | "CH" | "DE" | "LI" => "Postfach ",
        "AR" | "PY" | "UY" => "Casilla de Correo ",
        "AO" | "BR" | "CV" | "GW" | "MZ" | "ST" => "Caixa Postal ",
        "BO" | "CL" | "EC" => "Casilla ",
        "DK" | "FO" | "GL" | "NO" | "SJ" => "Postboks ",
        "CR" | "CU" | "ES" | "GT" | "HN" | "NI" | "PA" | "PE" | "PT" | "SV" | "VE" => "Apartado ",
        "DO" | "MX" => "Apartado Postal ",
        "FI" => "PL ",
        "AX" => "PB ",
        "BF" | "BI" | "BJ" | "CD" | "CF" | "CG" | "CI" | "CM" | "DJ" | "DZ" | "FR" | "GA"
        | "GF" | "GN" | "GP" | "KM" | "LU" | "MA" | "MC" | "MG" | "ML" | "MQ" | "MR" | "NC"
        | "NE" | "PF" | "PM" | "RE" | "SN" | "TD" | "TG" | "TN" | "WF" | "YT" => "BP ",
        "HU" => "Pf. ",
        "IT" | "SM" | "VA" => "Casella Postale ",
        "NL" => "Postbus ",
        "PL" => "skr. poczt. ",
        "SE" => "Box ",
        "TR" => "P.K. ",
        _ => "PO Box ",
    }
}
