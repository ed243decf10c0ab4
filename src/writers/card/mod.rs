//! An office as an address book sees it, made once for all the formats that address books read, so
//! that no mapping is decided twice.
//!
//! A format may set what the card has in its own way, but not decide what it is: which name is shown,
//! which address is the work address, what a category is. `docs/address-books.md` says what people see.

mod uid;

use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use smallvec::{SmallVec, smallvec};

use super::{OfficeOutput, OmissionCase, OmittedMember};
use crate::directory::Context;
use crate::model::{Address, AlternateName, Office, OfficeKind, Phone, PhoneType, Text, Use};
use crate::postal::{AddressLabel, LayoutOptions, country, layout};
pub(super) use uid::uid;

/// What no card has, so that no format for address books has it.
pub(super) const LEAVES_OUT: &[OmittedMember] = &[
    OmittedMember::always("$schema"),
    OmittedMember::always("organization/website"),
    OmittedMember::always("regions/id"),
    OmittedMember::when("regions", OmissionCase::Order),
    OmittedMember::when("regions", OmissionCase::WithoutOffices),
    OmittedMember::when(AREA_CODE, OmissionCase::NotOnMail),
    OmittedMember::always("addresses/printed"),
    OmittedMember::always("phones/printed"),
    OmittedMember::always("websites/printed"),
    OmittedMember::always("source"),
    OmittedMember::always("notes"),
];

/// What a format leaves out as well that does not have the address as it is written on mail.
pub(super) const LEAVES_OUT_WITHOUT_LABEL: &[OmittedMember] =
    &[OmittedMember::when(AREA_CODE, OmissionCase::BesideName)];

/// Path of the area's ISO 3166-2 code, which both lists name.
const AREA_CODE: &str = "addresses/administrative_area_code";

/// An office for an address book.
#[derive(Default)]
pub(super) struct Card<'a> {
    /// URN of a UUID, the same for ever.
    pub uid: String,
    /// The full name, with the organisation's.
    pub name: Cow<'a, str>,
    /// The organisation, the office above where there is one, and the office.
    pub units: SmallVec<[&'a str; 3]>,
    /// Id of the office above.
    parent: Option<&'a str>,
    /// Other names, some with a language.
    pub nicknames: &'a [AlternateName<'a>],
    /// The regions that the office is in, the largest first, and its kind.
    pub categories: SmallVec<[&'a str; 4]>,
    /// In the office's order.
    pub addresses: SmallVec<[CardAddress<'a>; 2]>,
    /// Fax machines first: abook keeps only the last number that it reads.
    pub phones: SmallVec<[&'a Phone<'a>; 4]>,
    /// E-mail addresses.
    pub emails: &'a [Text<'a>],
    /// URLs without commas and semicolons, which readers cut at; they are percent-encoded.
    pub urls: SmallVec<[Cow<'a, str>; 2]>,
    /// IANA time zone.
    pub time_zone: Option<&'a str>,
    /// RFC 3339 date and time, perhaps with a fraction of a second.
    pub updated: Option<&'a str>,
}

/// An address in the seven components that all address books know.
pub(super) struct CardAddress<'a> {
    /// What it is for.
    pub uses: &'a [Use],
    /// The box, as it is printed.
    pub post_office_box: &'a str,
    /// "c/o" and a name.
    care_of: Option<String>,
    /// The locality, with the sorting code behind it.
    pub locality: Cow<'a, str>,
    /// The administrative area's name, or its code where there is no name.
    pub region: &'a str,
    /// Postal code.
    pub postal_code: &'a str,
    /// The country's English name, or the code of one that has none.
    pub country: &'a str,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country_code: &'a str,
    /// BCP 47 tag of the components' language.
    pub language: Option<&'a str>,
    /// The address that it was made of, for the street and for layouts.
    address: &'a Address<'a>,
}

impl<'a> Card<'a> {
    /// Makes the card of an office.
    pub(super) fn new(context: &'a Context<'_>, office: &'a Office<'a>) -> Self {
        let organization = &context.header.organization;
        let above = office.parent.as_deref();
        let mut units: SmallVec<[&str; 3]> = smallvec![organization.name.as_str()];
        // The office above is a level of the organisation, as address books show departments.
        units.extend(above.and_then(|id| context.parent_name(id)));
        units.push(&office.name);
        let mut phones: SmallVec<[&Phone<'_>; 4]> = office.phones.iter().collect();
        // Stable: within a kind they stay in the order of the office.
        phones.sort_by_key(|phone| phone.kind);
        Card {
            uid: uid(&office.id),
            name: office.full_name(organization),
            units,
            parent: above,
            nicknames: &office.alternate_names,
            categories: categories(context, office),
            addresses: office.addresses.iter().map(CardAddress::new).collect(),
            phones,
            emails: &office.emails,
            urls: office.websites.iter().map(|website| plain_url(&website.url)).collect(),
            time_zone: office.time_zone.as_deref(),
            updated: office.updated.as_deref(),
        }
    }

    /// UID of the office above.
    pub(super) fn parent(&self) -> Option<String> {
        self.parent.map(uid)
    }

    /// When the record changed, in whole seconds (RFC 6350, section 4.3.5; no address book reads the
    /// fractions of RFC 2425); what is left out is reported.
    pub(super) fn revision(&self, piece: &mut OfficeOutput) -> Option<Cow<'a, str>> {
        let time = self.updated?;
        let Some((clock, fraction)) = time.split_once('.') else {
            // RFC 3339 allows small letters around the time; vCards have capitals only (RFC 6350, section 4.3).
            let is_plain = !time.bytes().any(|byte| byte.is_ascii_lowercase());
            return Some(if is_plain { time.into() } else { time.to_ascii_uppercase().into() });
        };
        let zone = fraction.trim_start_matches(|it: char| it.is_ascii_digit());
        // ".000" loses nothing.
        if fraction[..fraction.len() - zone.len()].contains(|it| it != '0') {
            piece.lose("/updated", "a time in a vCard has no fraction of a second");
        }
        Some(format!("{clock}{zone}").to_ascii_uppercase().into())
    }

    /// Reports what `format` loses where it has no types for the uses of addresses: readers then take
    /// every address for one that visitors and mail go to.
    pub(super) fn lose_uses(&self, format: &str, piece: &mut OfficeOutput) {
        // An address for both is what readers take it for, and loses nothing.
        for (at, _) in self.addresses.iter().enumerate().filter(|(_, it)| it.uses.len() == 1) {
            let why = format!("{format} does not tell postal addresses from physical ones");
            piece.lose(format!("/addresses/{at}/uses"), why);
        }
    }

    /// Reports the addresses for mail only, where a format has a mark for mail and none for visitors.
    pub(super) fn lose_postal_only(&self, format: &str, piece: &mut OfficeOutput) {
        for (at, _) in self.addresses.iter().enumerate().filter(|(_, it)| it.uses == [Use::Postal])
        {
            let why = format!("{format} does not say that an address is for mail only");
            piece.lose(format!("/addresses/{at}/uses"), why);
        }
    }
}

impl<'a> CardAddress<'a> {
    /// Makes one of an address.
    pub(super) fn new(address: &'a Address<'a>) -> Self {
        let locality = address.locality.as_deref().unwrap_or_default();
        CardAddress {
            uses: &address.uses,
            post_office_box: address.post_office_box.as_deref().unwrap_or_default(),
            care_of: address.care_of.as_ref().map(|name| format!("c/o {name}")),
            locality: match address.sorting_code.as_deref() {
                // "Paris CEDEX 08": where French addresses have it.
                Some(code) => Cow::Owned(format!("{locality} {code}").trim_start().to_owned()),
                None => Cow::Borrowed(locality),
            },
            region: address
                .administrative_area
                .as_deref()
                .or(address.administrative_area_code.as_deref())
                .unwrap_or_default(),
            postal_code: address.postal_code.as_deref().unwrap_or_default(),
            country: country(&address.country)
                .map_or(&*address.country, |country| country.english_name()),
            country_code: &address.country,
            language: address.language.as_deref(),
            address,
        }
    }

    /// Street lines, with what no other component has a place for: "c/o" in front, the dependent
    /// locality behind.
    pub(super) fn street(&self) -> impl Iterator<Item = &str> {
        let Address { address_lines, dependent_locality, .. } = self.address;
        let lines = address_lines.iter().chain(dependent_locality).map(Text::as_str);
        self.care_of.as_deref().into_iter().chain(lines)
    }

    /// The same as one text.
    pub(super) fn street_text(&self, separator: &str) -> String {
        self.street().collect::<Vec<_>>().join(separator)
    }

    /// A delivery label, for mail from anywhere: with the office's name and the country.
    pub(super) fn label(&self, name: &str) -> AddressLabel {
        self.lay_out(Some(name))
    }

    /// The same without a name.
    pub(super) fn lines(&self) -> AddressLabel {
        self.lay_out(None)
    }

    /// The address as mail from anywhere, with the country in English.
    fn lay_out(&self, organization: Option<&str>) -> AddressLabel {
        let options =
            LayoutOptions { organization, language: Some("en"), ..LayoutOptions::default() };
        layout(self.address, &options)
    }
}

/// What vCard calls a type of telephone line, in small letters.
pub(super) fn phone_type(kind: PhoneType) -> &'static str {
    match kind {
        PhoneType::Fax => "fax",
        PhoneType::Mobile => "cell",
        PhoneType::Voice => "voice",
    }
}

/// The regions from the outermost inwards, then the kind.
fn categories<'a>(context: &'a Context<'_>, office: &'a Office<'a>) -> SmallVec<[&'a str; 4]> {
    let mut categories: SmallVec<[&str; 4]> = smallvec![kind_name(office.kind)];
    let mut region = office.region.as_deref().and_then(|id| context.region(id));
    // No more steps than there are regions: a cycle is a finding, but this does not rely on it.
    for _ in &context.header.regions {
        let Some(found) = region else { break };
        categories.insert(0, &found.name);
        region = found.parent.as_deref().and_then(|id| context.region(id));
    }
    categories
}

/// A kind as people read it.
pub(super) fn kind_name(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::WorldSecretariat => "World Secretariat",
        OfficeKind::RegionalSecretariat => "Regional Secretariat",
        OfficeKind::Office => "Office",
        OfficeKind::ProjectOffice => "Project Office",
        OfficeKind::CapacityCenter => "Capacity Center",
    }
}

/// The URL without separators of lists.
fn plain_url(url: &str) -> Cow<'_, str> {
    // Both are allowed in a URL and may as well be encoded (RFC 3986, section 2.2).
    const SEPARATORS: &AsciiSet = &AsciiSet::EMPTY.add(b',').add(b';');
    utf8_percent_encode(url, SEPARATORS).into()
}

#[cfg(test)]
mod tests {
    use super::{Card, OfficeOutput};

    #[test]
    fn revisions_have_whole_seconds() {
        let revision = |time| {
            let mut piece = OfficeOutput::default();
            let card = Card { updated: Some(time), ..Card::default() };
            (
                card.revision(&mut piece).unwrap_or_default().into_owned(),
                piece.take_problems().len(),
            )
        };
        assert_eq!(revision("2025-01-31t00:10:20z"), ("2025-01-31T00:10:20Z".into(), 0));
        assert_eq!(revision("2025-01-31T00:10:20.00Z"), ("2025-01-31T00:10:20Z".into(), 0));
        let cut = ("2025-01-31T00:10:20-05:30".into(), 1);
        assert_eq!(revision("2025-01-31T00:10:20.25-05:30"), cut);
    }
}
