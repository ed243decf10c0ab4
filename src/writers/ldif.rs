//! The offices as entries of a directory server (RFC 4519) in LDIF (RFC 2849).
//!
//! It serves two readers: a server such as OpenLDAP, which wants entries of known object classes in a
//! container, and Thunderbird, which imports a file by attribute names and keeps one value of each.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::card::{
    self, Card, CardAddress, CardForm, lose_coordinates, lose_form_labels, lose_labels,
    lose_opening_hours,
};
use super::fold::fold;
use super::options::SCRIPT;
use super::own::lose_own;
use super::{
    OfficeOutput, OmittedMember, OmittedMembers, OptionInfo, OptionKind, Writer, WriterInfo,
    WriterOptions,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::{Office, PhoneType, Use};
use crate::postal::Script;

/// LDIF.
pub static INFO: WriterInfo = WriterInfo {
    name: "ldif",
    about: "entries of a directory server (LDIF, RFC 2849), for OpenLDAP and Thunderbird",
    file: "offices.ldif",
    default: false,
    leaves_out: &[
        OmittedMembers::always(card::LEAVES_OUT),
        // Entries are known by their names and have no UID of a vCard.
        OmittedMembers::always(&[
            OmittedMember::always("organization/id"),
            OmittedMember::always("organization/uid_scheme"),
        ]),
    ],
    options: &[
        OptionInfo {
            name: "domain",
            help: "the server's domain: the entries are in ou=offices,dc=example,dc=org",
            kind: OptionKind::Text,
            default: "example.org",
        },
        OptionInfo {
            name: "container",
            help: "begin with the entry ou=offices; not for Thunderbird, which shows it as a contact",
            kind: OptionKind::Flag,
            default: "true",
        },
        SCRIPT,
    ],
    build,
};

/// The most octets of a line.
const LIMIT: usize = 76;

/// Where the entries are, and whether the container comes first.
struct LdifWriter {
    /// Distinguished name of the container, such as `ou=offices,dc=example,dc=org`.
    base: String,
    /// Whether the file begins with the container's own entry.
    container: bool,
    /// Which address is first, where an office has it in two scripts.
    script: Script,
}

/// Turns the domain into the name of the container.
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    let domain = options.get("domain").unwrap_or_default();
    let plain = |label: &str| {
        !label.is_empty() && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    // With these characters only, the name needs no escapes (RFC 4514, section 2.4).
    if !domain.split('.').all(plain) {
        let message = format!("\"{domain}\" is not a domain name");
        return Err(Error::new(message).with_help("write one such as example.org"));
    }
    let components: Vec<String> = domain.split('.').map(|label| format!("dc={label}")).collect();
    let base = format!("ou=offices,{}", components.join(","));
    Ok(Box::new(LdifWriter {
        base,
        container: options.is("container", "true"),
        script: options.script(),
    }))
}

impl Writer for LdifWriter {
    // Without `version: 1`, which OpenLDAP's slapadd rejects; ldapadd takes a file with and without it.
    fn begin(&self, _context: &Context<'_>, out: &mut Vec<u8>) {
        if self.container {
            attribute("dn", &self.base, out);
            attribute("objectClass", "organizationalUnit", out);
            attribute("ou", "offices", out);
            out.push(b'\n');
        }
    }

    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let card = Card::in_script(context, office, self.script);
        report_losses(&card, office, piece);
        let out = &mut piece.bytes;
        attribute("dn", &self.name(&office.id), out);
        for (name, value) in self.entry(&card, office) {
            attribute(&name, &value, out);
        }
        out.push(b'\n');
    }
}

/// What no attribute of a server holds.
fn report_losses(card: &Card<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
    const ENTRY: &str = "a directory server's entry";
    card.lose_postal_only(ENTRY, piece);
    lose_coordinates(office, ENTRY, piece);
    lose_opening_hours(office, ENTRY, piece);
    lose_labels(office, ENTRY, piece);
    if !shows_labels(card) {
        lose_form_labels(office, ENTRY, piece);
    }
    lose_own(office, ENTRY, |_| true, piece);
    if card.time_zone.is_some() {
        piece.lose("/time_zone", "directory servers have no attribute for a time zone");
    }
    if card.updated.is_some() {
        piece.lose("/updated", "directory servers keep the time of a change themselves");
    }
    for address in card.addresses.iter().filter(|it| it.language.is_some()) {
        let why = "an address of a directory server's entry has no language";
        piece.lose(format!("{}/language", card.address_pointer(address)), why);
    }
}

/// Whether the URLs of forms have their labels behind them (RFC 2079). Thunderbird takes a label for a part of the
/// URL, so they have none where the last URL, which is the one that it keeps, is that of a form.
fn shows_labels(card: &Card<'_>) -> bool {
    !card.urls.is_empty()
}

/// The URL of a form, perhaps with its label.
fn form<'a>(form: &'a CardForm<'_>, shows_label: bool) -> Cow<'a, str> {
    match shows_label {
        true => format!("{} {}", form.url, form.label()).into(),
        false => (&*form.url).into(),
    }
}

/// An attribute's name, which may have an option, and its value.
type LdifAttribute<'a> = (Cow<'static, str>, Cow<'a, str>);

impl LdifWriter {
    /// The distinguished name of an office. Ids have no character that would have to be escaped.
    fn name(&self, id: &str) -> String {
        format!("uid={id},{}", self.base)
    }

    /// The attributes of an office. A server's values have no order; Thunderbird keeps the last one of a
    /// kind, so the first of the office stands last.
    fn entry<'a>(&self, card: &'a Card<'_>, office: &'a Office<'_>) -> Vec<LdifAttribute<'a>> {
        // Any attribute is allowed in an extensibleObject (RFC 4512, section 4.3): an organizationalUnit
        // alone has no country, mail or URL, and an inetOrgPerson would be a person.
        let mut entry: Vec<LdifAttribute<'a>> = vec![
            ("objectClass".into(), "organizationalUnit".into()),
            ("objectClass".into(), "extensibleObject".into()),
            ("uid".into(), (&*office.id).into()),
        ];
        entry.extend(card.nicknames.iter().rev().map(|name| {
            // A language is an option of the attribute (RFC 3866).
            let option = name.language().map_or("cn".into(), |tag| format!("cn;lang-{tag}").into());
            (option, name.name().into())
        }));
        let mut add = |name: &'static str, value: Cow<'a, str>| {
            if !value.is_empty() {
                entry.push((name.into(), value));
            }
        };
        // Behind the other names, because Thunderbird keeps the last one that it reads.
        add("cn", (&*card.name).into());
        add("o", card.units.first().copied().unwrap_or_default().into());
        add("ou", (&*office.name).into());
        if let Some(parent) = office.parent.as_deref() {
            // Its value is a distinguished name, so that a server's clients can follow it to the office above.
            add("seeAlso", self.name(parent).into());
        }
        addresses(card, &mut add);
        for phone in card.phones.iter().rev() {
            let name = match phone.kind {
                PhoneType::Fax => "facsimileTelephoneNumber",
                PhoneType::Mobile => "mobile",
                PhoneType::Voice => "telephoneNumber",
            };
            add(name, (&*phone.number).into());
        }
        card.emails.iter().rev().for_each(|email| add("mail", email.address().into()));
        let shows_labels = shows_labels(card);
        card.forms.iter().rev().for_each(|it| add("labeledURI", form(it, shows_labels)));
        card.urls.iter().rev().for_each(|url| add("labeledURI", (&**url).into()));
        card.categories.iter().for_each(|&name| add("businessCategory", name.into()));
        entry
    }
}

/// The components of the place, and every address as lines.
fn addresses<'a>(card: &'a Card<'_>, add: &mut impl FnMut(&'static str, Cow<'a, str>)) {
    let physical = card.addresses.iter().find(|it| it.uses.contains(&Use::Physical));
    // An entry has one place: the one that people go to, or else the first.
    if let Some(place) = physical.or(card.addresses.first()) {
        // Thunderbird takes a box for a street too.
        add("postOfficeBox", place.post_office_box.into());
        add("street", place.street_text(", ").into());
        add("l", (&*place.locality).into());
        add("st", place.region.into());
        add("postalCode", place.postal_code.into());
        // `c` has the code of two letters (RFC 4519, section 2.2), and `co` the name (RFC 4524).
        add("c", place.country_code.into());
        add("co", place.country.into());
    }
    for address in &card.addresses {
        // registeredAddress is for what the receiver has to sign for: it goes where people are.
        let is_postal = address.uses.contains(&Use::Postal);
        add(if is_postal { "postalAddress" } else { "registeredAddress" }, lines(address).into());
    }
}

/// Lines with `$` between them (RFC 4517, section 3.3.28).
fn lines(address: &CardAddress<'_>) -> String {
    let lines = address.lines();
    // The backslash goes first, or the escape of a dollar sign would be escaped again.
    let lines = lines.all_lines().map(|line| line.replace('\\', "\\5C").replace('$', "\\24"));
    lines.collect::<Vec<_>>().join("$")
}

/// Appends a line: in base64 unless it is a SAFE-STRING (RFC 2849), and folded.
fn attribute(name: &str, value: &str, out: &mut Vec<u8>) {
    // SAFE-STRING of RFC 2849, and its note 8: no controls, nothing beyond ASCII, no space, colon or less-than in
    // front, no space at the end.
    let safe = value.bytes().all(|it| it.is_ascii() && !it.is_ascii_control())
        && !value.starts_with([' ', ':', '<'])
        && !value.ends_with(' ');
    let start = out.len();
    out.extend_from_slice(name.as_bytes());
    match safe {
        true => out.extend([": ", value].concat().into_bytes()),
        false => out.extend([":: ", &STANDARD.encode(value)].concat().into_bytes()),
    }
    fold(out, start, LIMIT, b"\n ");
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::attribute;

    fn line(value: &str) -> String {
        let mut out = Vec::new();
        attribute("cn", value, &mut out);
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn unsafe_values_are_base64() {
        assert_eq!(line("a: b <c>"), "cn: a: b <c>\n");
        for (value, coded) in
            [("é", "w6k="), (" a", "IGE="), (":a", "OmE="), ("<a", "PGE="), ("a ", "YSA=")]
        {
            assert_eq!(line(value), format!("cn:: {coded}\n"));
        }
    }

    #[test]
    fn long_lines_are_folded() {
        let text = "x".repeat(300);
        let written = line(&text);
        assert!(written.lines().all(|it| it.len() <= 76));
        assert_eq!(written.replace("\n ", ""), format!("cn: {text}\n"));
    }
}
