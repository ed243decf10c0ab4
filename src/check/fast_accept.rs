//! A fast answer for most offices: yes, the schema accepts this one. A no only means that the schema must
//! be asked, which takes a copy of the office in memory and several times as long.
//!
//! It is the schema a second time, in Rust, which is only right because it may be stricter and never laxer:
//! members that are rare or hard to check (dates, languages, unusual letters and URLs) are left to the
//! schema. A property test changes offices at random and asks the schema whenever this accepts one. When
//! the schema changes so that it accepts less, this has to follow, and the test says so; when it accepts
//! more, nothing is wrong, and validation takes longer for offices that use it.

use serde::Deserialize;
use serde_json::{Number, Value};

use crate::model::{
    Address, AlternateName, Coordinates, Header, Office, Organization, OwnMembers, Printed, Text,
    every_byte,
};
use crate::text::after_web_scheme;

/// Whether the schema certainly accepts the members of a document, of which the offices are looked at one by one
/// and left out.
pub(super) fn is_valid_header(header: &Value) -> bool {
    let Value::Object(members) = header else { return false };
    let Ok(Header { schema: _, schema_version, organization, kinds, regions }) =
        Header::deserialize(header)
    else {
        return false;
    };
    let Organization { name, alternate_names, id, website, headquarters, uid_scheme, own } =
        organization;
    let is_plain = |(name, value): (&String, &Value)| match name.as_str() {
        // The offices were cut out of the header and left an empty array behind. A document whose
        // `offices` is something else keeps it, and the schema says what is wrong.
        "offices" => value.as_array().is_some_and(Vec::is_empty),
        "$schema" | "organization" | "kinds" | "regions" => !has_empty(&value.to_string()),
        // Of these the schema knows the versions.
        "schema_version" => schema_version.is_none(),
        _ => false,
    };
    members.contains_key("offices")
        && members.iter().all(is_plain)
        && is_text(&name)
        && alternate_names.iter().all(is_alternate_name)
        && id.is_none()
        && website.as_deref().is_none_or(is_url)
        && headquarters.as_deref().is_none_or(is_slug)
        && uid_scheme.is_none()
        && is_own(&own)
        && kinds.iter().all(|kind| {
            is_slug(&kind.id)
                && is_text(&kind.name)
                && kind.alternate_names.iter().all(is_alternate_name)
                && is_own(&kind.own)
        })
        && regions.iter().all(|region| {
            is_slug(&region.id)
                && is_text(&region.name)
                && region.alternate_names.iter().all(is_alternate_name)
                && region.parent.as_deref().is_none_or(is_slug)
                && is_own(&region.own)
        })
}

/// Whether the schema certainly accepts an office that the types have read from that text.
pub(super) fn is_valid(office: &Office<'_>, json: &str) -> bool {
    let Office { id, name, alternate_names, kind, region, parent, addresses, .. } = office;
    let Office { coordinates, opening_hours, phones, emails, contact_forms, .. } = office;
    let Office { websites, time_zone, updated, source, notes, own, .. } = office;
    !has_empty(json)
        && is_slug(id)
        && is_text(name)
        // In bytes, where the schema counts code points: a shorter limit in the worst case, which is
        // the side on which to err.
        && name.len() <= 200
        && alternate_names.iter().all(is_alternate_name)
        && is_slug(kind)
        && region.as_deref().is_none_or(is_slug)
        && parent.as_deref().is_none_or(is_slug)
        && addresses.iter().all(is_address)
        && coordinates.as_deref().is_none_or(is_place)
        // In bytes, as above.
        && opening_hours.as_deref().is_none_or(|it| is_text(it) && it.len() <= 1_000)
        && phones.iter().all(|it| {
            is_number(&it.number)
                && is_optional(&it.label)
                && is_optional(&it.printed)
                && is_own(&it.own)
        })
        && emails.iter().all(|it| {
            is_email(it.address()) && it.label().is_none_or(is_text) && is_own(it.own())
        })
        && contact_forms.iter().all(|it| is_url(&it.url) && is_optional(&it.label) && is_own(&it.own))
        && websites
            .iter()
            .all(|it| is_url(&it.url) && is_optional(&it.printed) && is_own(&it.own))
        && time_zone.as_deref().is_none_or(is_time_zone)
        // Dates need a calendar (30 February), which is the format check of the schema.
        && updated.is_none()
        && source.as_ref().is_none_or(|it| {
            is_text(&it.document)
                && it.lines.iter().all(|it| *it > 0)
                && it.text.iter().all(|it| is_text(it))
        })
        && notes.iter().all(|it| is_pointer(&it.pointer) && is_text(&it.text))
        && is_own(own)
}

/// Members of plain names; their values may be any that [`has_empty`] lets through.
fn is_own(own: &OwnMembers<'_>) -> bool {
    own.iter().all(|(name, _)| {
        name.len() > OwnMembers::PREFIX.len() && name.bytes().all(|it| it.is_ascii_graphic())
    })
}

/// A place within the degrees that there are.
fn is_place(coordinates: &Coordinates) -> bool {
    let within = |number: &Number, most| number.as_f64().is_some_and(|it: f64| it.abs() <= most);
    within(&coordinates.latitude, 90.0) && within(&coordinates.longitude, 180.0)
}

/// Whether the text may hold an empty array or object, `null` or `false`, which the types take for
/// nothing and the schema does not.
fn has_empty(json: &str) -> bool {
    let bytes = json.as_bytes();
    let is_empty = |at: usize| {
        let next = bytes[at + 1..].iter().find(|byte| !byte.is_ascii_whitespace());
        matches!(next, Some(b']' | b'}') | None)
    };
    // A text may hold these words too, in a name: then the schema is asked in vain, which is only
    // slower.
    json.contains("null")
        || json.contains("false")
        || memchr::memchr2_iter(b'[', b'{', bytes).any(is_empty)
}

/// A plain name that the schema certainly accepts; one with a language has to be asked for.
fn is_alternate_name(name: &AlternateName<'_>) -> bool {
    match name {
        AlternateName::Plain(name) => is_text(name),
        // A language tag has a grammar of its own (RFC 5646), and few names have one.
        AlternateName::Localized(_) => false,
    }
}

/// An address with members of the usual kinds. What its country's post thinks of it is a matter of
/// rules, not of the schema.
fn is_address(address: &Address<'_>) -> bool {
    let Address { uses, care_of, address_lines, post_office_box, dependent_locality, .. } = address;
    let Address { locality, administrative_area, administrative_area_code, .. } = address;
    let Address { postal_code, sorting_code, country, language, printed, own, .. } = address;
    let texts = [care_of, post_office_box, dependent_locality, locality, administrative_area];
    let code = |code: &Text<'_>| {
        (1..=3).contains(&code.len())
            && code.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
    };
    // One of each at most: `uniqueItems`, and there are two uses.
    (uses.len() == 1 || uses.len() == 2 && uses[0] != uses[1])
        && texts.into_iter().all(is_optional)
        && is_optional(postal_code)
        && is_optional(sorting_code)
        && address_lines.iter().all(|it| is_text(it))
        && administrative_area_code.as_ref().is_none_or(code)
        && country.len() == 2
        && country.bytes().all(|it| it.is_ascii_uppercase())
        // As above: language tags are left to the schema.
        && language.is_none()
        && printed.as_deref().is_none_or(is_printed)
        && is_own(own)
}

/// Printed forms are free text: whatever the source has, as long as it can be shown.
fn is_printed(printed: &Printed<'_>) -> bool {
    let Printed { care_of, address_lines, post_office_box, dependent_locality, .. } = printed;
    let Printed { locality, administrative_area, postal_code, sorting_code, country, .. } = printed;
    let texts = [care_of, post_office_box, dependent_locality, locality, administrative_area];
    texts.into_iter().chain([postal_code, sorting_code, country]).all(is_optional)
        && address_lines.iter().all(|it| is_text(it))
}

/// A member that is absent is fine; one that is empty is not, as there is one way to say nothing.
fn is_optional(text: &Option<Text<'_>>) -> bool {
    text.as_deref().is_none_or(is_text)
}

/// ASCII that can be printed, or letters up to U+024F or from U+3041 on to Hangul's end, without spaces at
/// either end.
fn is_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    *first != b' '
        && *last != b' '
        && (every_byte(bytes, |byte| matches!(byte, b' '..=b'~'))
            || text.chars().all(|c| {
                // U+00A0 is white space that may stand at an end, and U+00AD is invisible: both are
                // left to the schema. So is everything between U+0250 and U+3040, where combining
                // marks and directional characters are.
                matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '–' | '’'
                | '\u{3041}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
            }))
}

/// Words of small letters and digits with single hyphens between them. Rules about references ask
/// too, because a reference that is no slug has its finding from the schema.
pub(crate) fn is_slug(text: &str) -> bool {
    // Byte by byte, because every office has several: nothing stands in front of the first word either.
    let mut behind_hyphen = true;
    for byte in text.bytes() {
        behind_hyphen = match byte {
            b'a'..=b'z' | b'0'..=b'9' => false,
            b'-' if !behind_hyphen => true,
            _ => return false,
        };
    }
    // The limit of the schema. Behind a last hyphen a word is missing.
    !behind_hyphen && text.len() <= 64
}

/// E.164: a plus and 7 to 15 digits.
fn is_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else { return false };
    (7..=15).contains(&digits.len())
        // No country calling code begins with 0 (ITU-T E.164, section 6.1).
        && !digits.starts_with('0')
        && digits.bytes().all(|it| it.is_ascii_digit())
}

/// The plainest addresses only: letters, digits, single dots and hyphens, at a host name.
fn is_email(text: &str) -> bool {
    // The local part alone may have 64 octets (RFC 5321, section 4.5.3.1.1), so a whole address of that
    // length is within every limit.
    text.len() <= 64
        && text
            .split_once('@')
            .is_some_and(|(local, host)| local.split('.').all(is_label) && is_host(host))
}

/// An http or https URL with a host name and a path of characters that need no encoding.
fn is_url(text: &str) -> bool {
    let Some(rest) = after_web_scheme(text) else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let in_path =
        |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'/' | b'-' | b'_' | b'.' | b'~');
    // No ports, users, queries or fragments: the schema takes them, and few websites of offices have
    // them.
    is_host(host) && path.bytes().all(in_path)
}

/// A host name as the domain name system has it: labels with dots between them.
fn is_host(text: &str) -> bool {
    // A host name without a dot is one of a local network. The schema has to decide.
    text.contains('.') && text.split('.').all(is_label)
}

/// A label of a host name, without capitals.
fn is_label(label: &str) -> bool {
    let inner = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
    // RFC 1035, section 2.3.4. Capitals are valid and rare.
    label.len() <= 63 && label.split('-').all(|it| !it.is_empty() && it.bytes().all(inner))
}

/// Whether it looks like the name of a zone. Which zones there are is known to a rule.
fn is_time_zone(text: &str) -> bool {
    text.split('/').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
    })
}

/// A JSON pointer without escapes, which is one as the types and members of this schema need none.
fn is_pointer(text: &str) -> bool {
    let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'/' | b'_');
    text.is_empty() || text.starts_with('/') && text.bytes().all(plain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::check::schema;
    use crate::finding::Findings;

    /// Pieces that break one rule of the schema or another when they are put into a valid office.
    const PIECES: &[&str] = &[
        "", " ", "\u{a0}", "\u{ad}", "\u{200b}", "\u{202e}", "\u{feff}", "\u{0}", "\u{85}", "é",
        "日", "𝄞", "e\u{301}", "-", "--", "A", "0", "+", "@", ".", "..", "/", "~", "%", "http://",
        "null", "x", "\u{3000}", "\u{ffff}", "\n", "\t", "’", "\u{2028}",
    ];

    /// Every text of an office, by pointer.
    fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                found.push(at.to_owned());
                members.iter().for_each(|(name, it)| pointers(it, &format!("{at}/{name}"), found));
            }
            Value::Array(items) => {
                found.push(at.to_owned());
                items
                    .iter()
                    .enumerate()
                    .for_each(|(n, it)| pointers(it, &format!("{at}/{n}"), found));
            }
            _ => found.push(at.to_owned()),
        }
    }

    fn header() -> Value {
        let mut directory: Value =
            serde_json::from_str(include_str!("../../directory.json")).unwrap_or_default();
        directory["offices"] = serde_json::json!([]);
        directory
    }

    fn offices() -> Vec<Value> {
        let directory: Value =
            serde_json::from_str(include_str!("../../directory.json")).unwrap_or_default();
        let mut offices = directory["offices"].as_array().cloned().unwrap_or_default();
        offices[0]["emails"] = serde_json::json!(["a.b@example.org"]);
        offices[0]["time_zone"] = "Europe/Berlin".into();
        offices[0]["parent"] = "x-1".into();
        offices
    }

    /// Changes one value.
    fn change(root: &mut Value, at: prop::sample::Index, piece: &str, how: usize) {
        let mut all = Vec::new();
        pointers(root, "", &mut all);
        let value = root.pointer_mut(at.get::<String>(&all)).unwrap();
        match (how, value.as_str().map(str::to_owned)) {
            (0, Some(text)) => *value = format!("{piece}{text}").into(),
            (1, Some(text)) => *value = format!("{text}{piece}").into(),
            (2, Some(text)) => {
                let at = text.char_indices().nth(text.chars().count() / 2).map_or(0, |it| it.0);
                *value = format!("{}{piece}{}", &text[..at], &text[at..]).into();
            }
            (3, _) => *value = (*piece).into(),
            (4, _) => *value = serde_json::json!([]),
            (5, _) => *value = Value::Null,
            (6, Some(text)) => *value = text.repeat(40).into(),
            (6, None) => *value = serde_json::json!({}),
            _ => {
                if let Some(members) = value.as_object_mut() {
                    members.insert("x".into(), 1.into());
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4_000, ..ProptestConfig::default() })]

        #[test]
        fn accepts_nothing_that_the_schema_does_not(
            mut office in select(offices()),
            at in any::<prop::sample::Index>(),
            piece in select(PIECES),
            how in 0..8_usize,
        ) {
            change(&mut office, at, piece, how);
            let json = office.to_string();
            let typed = serde_json::from_str::<Office<'_>>(&json);
            if typed.is_ok_and(|typed| is_valid(&typed, &json)) {
                let mut findings = Findings::default();
                schema::office(&office, &json, 0, "", &mut findings);
                prop_assert!(findings.is_empty(), "{json}\n{findings:?}");
            }
        }

        #[test]
        fn accepts_no_header_that_the_schema_does_not(
            at in any::<prop::sample::Index>(),
            piece in select(PIECES),
            how in 0..8_usize,
        ) {
            let mut header = header();
            change(&mut header, at, piece, how);
            if is_valid_header(&header) {
                let mut findings = Findings::default();
                schema::header(&header, &header.to_string(), &mut findings);
                prop_assert!(findings.is_empty(), "{header}\n{findings:?}");
            }
        }
    }

    #[test]
    fn accepts_the_directory() {
        assert!(is_valid_header(&header()), "{}", header());
        for office in offices() {
            let json = office.to_string();
            let typed = serde_json::from_str::<Office<'_>>(&json);
            assert!(typed.is_ok_and(|it| is_valid(&it, &json)), "{json}");
        }
    }
}
