//! An office as an address book sees it, made once for all the formats that address books read, so
//! that no mapping is decided twice.
//!
//! A format may set what the card has in its own way, but not decide what it is: which name is shown,
//! which address is the work address, what a category is. `docs/address-books.md` says what people see.

mod extension;
mod losses;

use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use smallvec::{SmallVec, smallvec};

pub(super) use extension::CardExtension;
pub(super) use losses::{
    lose_beside_vcard, lose_coordinates, lose_form_labels, lose_forms, lose_labels,
    lose_opening_hours,
};

use super::{OfficeOutput, OmissionCase, OmittedMember};
use crate::directory::{Context, UidNamespace};
use crate::model::{
    Address, AlternateName, ContactForm, Coordinates, Email, Office, OwnMembers, Phone, PhoneType,
    Text, Use,
};
use crate::postal::{
    AddressLabel, LayoutOptions, LetterCase, Script, country, layout, order_by_script,
    post_office_box,
};

/// What no card has, so that no format for address books has it.
pub(super) const LEAVES_OUT: &[OmittedMember] = &[
    OmittedMember::always("$schema"),
    OmittedMember::always("schema_version"),
    OmittedMember::always("organization/alternate_names"),
    OmittedMember::always("organization/website"),
    OmittedMember::always("organization/headquarters"),
    OmittedMember::when("organization/uid_scheme", OmissionCase::Implied),
    OmittedMember::always("organization/x_"),
    OmittedMember::always("kinds/id"),
    OmittedMember::always("kinds/alternate_names"),
    OmittedMember::always("kinds/x_"),
    OmittedMember::always("regions/id"),
    OmittedMember::always("regions/alternate_names"),
    OmittedMember::always("regions/x_"),
    OmittedMember::when("regions", OmissionCase::Order),
    OmittedMember::when("regions", OmissionCase::WithoutOffices),
    OmittedMember::when(AREA_CODE, OmissionCase::BesideNameNotOnMail),
    OmittedMember::always("addresses/printed"),
    OmittedMember::always("phones/printed"),
    OmittedMember::always("websites/printed"),
    OmittedMember::always("source"),
    OmittedMember::always("notes"),
];

/// What a format leaves out as well that does not have the address as it is written on mail.
pub(super) const LEAVES_OUT_WITHOUT_LABEL: &[OmittedMember] =
    &[OmittedMember::when(AREA_CODE, OmissionCase::BesideName)];

/// What a page of a contact is called that has no label.
pub(super) const CONTACT_FORM: &str = "Contact form";

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
    /// In which the ids of offices become UIDs.
    uids: UidNamespace,
    /// Id of the office above.
    parent: Option<&'a str>,
    /// Other names, some with a language.
    pub nicknames: &'a [AlternateName<'a>],
    /// The regions that the office is in, the largest first, and its kind.
    pub categories: SmallVec<[&'a str; 4]>,
    /// In the office's order, or by script.
    pub addresses: SmallVec<[CardAddress<'a>; 2]>,
    /// The same in the office's order.
    office_addresses: &'a [Address<'a>],
    /// Fax machines first: abook keeps only the last number that it reads.
    pub phones: SmallVec<[&'a Phone<'a>; 4]>,
    /// The same in the office's order.
    office_phones: &'a [Phone<'a>],
    /// E-mail addresses.
    pub emails: &'a [Email<'a>],
    /// URLs without commas and semicolons, which readers cut at; they are percent-encoded.
    pub urls: SmallVec<[Cow<'a, str>; 2]>,
    /// Pages by which one writes to the office, in its order.
    pub forms: Vec<CardForm<'a>>,
    /// Where the office is on the globe.
    coordinates: Option<&'a Coordinates>,
    /// Members of the office that are the organisation's own.
    own: Option<&'a OwnMembers<'a>>,
    /// IANA time zone.
    pub time_zone: Option<&'a str>,
    /// RFC 3339 date and time, perhaps with a fraction of a second.
    pub updated: Option<&'a str>,
}

/// A page by which one writes to the office.
pub(super) struct CardForm<'a> {
    /// Its URL, like those of websites.
    pub url: Cow<'a, str>,
    /// What it is for, where the office says so.
    pub label: Option<&'a str>,
    /// Its members that are the organisation's own.
    pub own: &'a OwnMembers<'a>,
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
        Card::in_language(context, office, None)
    }

    /// The same with the address first that is in the wanted script, for mail from the headquarters, where the office
    /// has it in two: address books show the first as the main one.
    pub(super) fn in_script(
        context: &'a Context<'_>,
        office: &'a Office<'a>,
        script: Script,
    ) -> Self {
        let mut card = Card::new(context, office);
        order_by_script(&mut card.addresses, |it| it.address, context.headquarters(), script);
        card
    }

    /// The same with names in that language (a BCP 47 tag) where the directory has them. The office above keeps its
    /// usual name, since no more than that is known of it here.
    pub(super) fn in_language(
        context: &'a Context<'_>,
        office: &'a Office<'a>,
        language: Option<&str>,
    ) -> Self {
        let organization = &context.header.organization;
        let above = office.parent.as_deref();
        let mut units: SmallVec<[&str; 3]> = smallvec![organization.name_in(language).name];
        // The office above is a level of the organisation, as address books show departments.
        units.extend(above.and_then(|id| context.parent_name(id)));
        units.push(office.name_in(language).name);
        let mut phones: SmallVec<[&Phone<'_>; 4]> = office.phones.iter().collect();
        // Stable: within a kind they stay in the order of the office.
        phones.sort_by_key(|phone| phone.kind);
        Card {
            uid: context.uids().uid(&office.id),
            uids: context.uids(),
            name: office.full_name_in(organization, language),
            units,
            parent: above,
            nicknames: &office.alternate_names,
            categories: categories(context, office, language),
            addresses: office.addresses.iter().map(CardAddress::new).collect(),
            office_addresses: &office.addresses,
            phones,
            office_phones: &office.phones,
            emails: &office.emails,
            urls: office.websites.iter().map(|website| plain_url(&website.url)).collect(),
            forms: office.contact_forms.iter().map(CardForm::new).collect(),
            coordinates: office.coordinates.as_deref(),
            own: Some(&office.own),
            time_zone: office.time_zone.as_deref(),
            updated: office.updated.as_deref(),
        }
    }

    /// The position of a telephone line in the office's own order.
    pub(super) fn position(&self, phone: &Phone<'_>) -> usize {
        self.office_phones.iter().position(|it| std::ptr::eq(it, phone)).unwrap_or_default()
    }

    /// The JSON pointer from the office to one of its addresses.
    pub(super) fn address_pointer(&self, address: &CardAddress<'_>) -> String {
        let at = self.office_addresses.iter().position(|it| address.is_of(it));
        format!("/addresses/{}", at.unwrap_or_default())
    }

    /// UID of the office above.
    pub(super) fn parent(&self) -> Option<String> {
        self.parent.map(|id| self.uids.uid(id))
    }

    /// Degrees north of the equator and east of Greenwich, in decimals.
    pub(super) fn coordinates(&self) -> Option<[String; 2]> {
        self.coordinates.map(Coordinates::decimals)
    }

    /// The same as a URI (RFC 5870).
    pub(super) fn geo_uri(&self) -> Option<String> {
        self.coordinates().map(|[latitude, longitude]| format!("geo:{latitude},{longitude}"))
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
}

impl<'a> CardForm<'a> {
    /// Makes one of an office's form.
    fn new(form: &'a ContactForm<'a>) -> Self {
        CardForm { url: plain_url(&form.url), label: form.label.as_deref(), own: &form.own }
    }

    /// What it is for, or what it is.
    pub(super) fn label(&self) -> &'a str {
        self.label.unwrap_or(CONTACT_FORM)
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

    /// Its members that are the organisation's own.
    pub(super) fn own(&self) -> &'a OwnMembers<'a> {
        &self.address.own
    }

    /// Street lines, with what no other component has a place for: "c/o" in front, the dependent
    /// locality behind.
    pub(super) fn street(&self) -> impl Iterator<Item = &str> {
        let Address { address_lines, dependent_locality, .. } = self.address;
        let lines = address_lines.iter().chain(dependent_locality).map(Text::as_str);
        self.care_of.as_deref().into_iter().chain(lines)
    }

    /// The same with the post-office box behind the lines, as on mail, unless it is one of them.
    pub(super) fn street_with_box(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let Address { address_lines, dependent_locality, .. } = self.address;
        let post_office_box = Some(post_office_box(self.address)).filter(|text| !text.is_empty());
        let lines = address_lines.iter().map(|line| line.as_str().into());
        let care_of = self.care_of.as_deref().map(Cow::Borrowed);
        let district = dependent_locality.as_deref().map(Cow::Borrowed);
        care_of.into_iter().chain(lines).chain(post_office_box).chain(district)
    }

    /// The street with the box, a line each, as one text.
    pub(super) fn street_with_box_text(&self) -> String {
        self.street_with_box().collect::<Vec<_>>().join("\n")
    }

    /// The street as one text.
    pub(super) fn street_text(&self, separator: &str) -> String {
        self.street().collect::<Vec<_>>().join(separator)
    }

    /// Whether it was made of that address.
    pub(super) fn is_of(&self, address: &Address<'_>) -> bool {
        std::ptr::eq(self.address, address)
    }

    /// A delivery label, for mail from anywhere: with the office's name and the country.
    pub(super) fn label(&self, name: &str) -> AddressLabel {
        self.lay_out(Some(name), LetterCase::Post)
    }

    /// The same without the capitals that posts ask for, as people read it.
    pub(super) fn label_as_written(&self, name: &str) -> AddressLabel {
        self.lay_out(Some(name), LetterCase::AsWritten)
    }

    /// A delivery label without a name.
    pub(super) fn lines(&self) -> AddressLabel {
        self.lay_out(None, LetterCase::Post)
    }

    /// The address as mail from anywhere, with the country in English.
    fn lay_out(&self, organization: Option<&str>, letter_case: LetterCase) -> AddressLabel {
        let language = Some("en");
        let options =
            LayoutOptions { organization, language, letter_case, ..LayoutOptions::default() };
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
fn categories<'a>(
    context: &'a Context<'_>,
    office: &'a Office<'a>,
    language: Option<&str>,
) -> SmallVec<[&'a str; 4]> {
    let mut categories = region_names(context, office, language);
    categories.push(context.kind_name_in(office, language).name);
    categories
}

/// The names of the regions that an office is in, from the outermost inwards.
pub(super) fn region_names<'a>(
    context: &'a Context<'_>,
    office: &'a Office<'a>,
    language: Option<&str>,
) -> SmallVec<[&'a str; 4]> {
    let mut names = SmallVec::new();
    let mut region = office.region.as_deref().and_then(|id| context.region(id));
    // No more steps than there are regions: a cycle is a finding, but this does not rely on it.
    for _ in &context.header.regions {
        let Some(found) = region else { break };
        names.insert(0, found.name_in(language).name);
        region = found.parent.as_deref().and_then(|id| context.region(id));
    }
    names
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
