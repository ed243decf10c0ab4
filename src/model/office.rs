//! Offices and what belongs to them but addresses.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::whole_number::whole_numbers;
use super::{Address, ChosenName, Organization, OwnMembers, OwnValue, Text, Use};

/// One office of the organisation: a member for each of `schema/directory.schema.json`, in its order, which
/// is also the order in which `officedir fmt` writes them. `tests/model` holds the two together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::model::members", deny_unknown_fields)]
pub struct Office<'a> {
    /// Slug, unique in the directory and stable for ever: `[a-z0-9-]`, 64 characters at most. The UID of
    /// the office in address books is made from it, so a changed id is a new contact.
    #[serde(borrow)]
    pub id: Text<'a>,
    /// The office's name without the organisation's, unless the two are one name.
    pub name: Text<'a>,
    /// Second designations and names in other languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternate_names: Vec<AlternateName<'a>>,
    /// What sort of office it is: the id of one of [`crate::model::Header::all_kinds`].
    pub kind: Text<'a>,
    /// The id of its region; absent for an office of the whole world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Text<'a>>,
    /// The id of the office that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Text<'a>>,
    /// Where it is and where its mail goes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address<'a>>,
    /// Where it is on the globe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Box<Coordinates>>,
    /// When it is open, as OpenStreetMap writes it: "Mo-Fr 09:00-17:00; PH off".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<Text<'a>>,
    /// Telephone and fax numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone<'a>>,
    /// E-mail addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Email<'a>>,
    /// Web pages by which one writes to the office.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact_forms: Vec<ContactForm<'a>>,
    /// Websites, the main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub websites: Vec<Website<'a>>,
    /// IANA time zone, such as "Asia/Tokyo".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Text<'a>>,
    /// When the record last changed: RFC 3339 date and time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Text<'a>>,
    /// Where the record was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<OfficeSource<'a>>,
    /// What was normalised, inferred or is doubtful.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note<'a>>,
    /// Members that begin with `x_`.
    #[serde(rename = "x_", default, skip_serializing_if = "OwnMembers::is_empty")]
    pub own: OwnMembers<'a>,
}

impl Office<'_> {
    /// The name with the organisation's in front, which stands there once: "ICLEI Japan Office", and
    /// never "ICLEI ICLEI Indonesia Project Office". A name that only begins with the same letters, such
    /// as "ICLEIs Büro", is taken for another word and keeps the prefix.
    pub fn full_name(&self, organization: &Organization<'_>) -> Cow<'_, str> {
        self.full_name_in(organization, None)
    }

    /// The same with both names in that language (a BCP 47 tag), where the directory has them: see
    /// [`AlternateName::in_language`].
    pub fn full_name_in(
        &self,
        organization: &Organization<'_>,
        wanted: Option<&str>,
    ) -> Cow<'_, str> {
        let own = self.name_in(wanted).name;
        match self.organization_in_front(organization, wanted) {
            // Without `format!`: every writer asks for the name of every office.
            Some(organization) => Cow::Owned([organization.name, " ", own].concat()),
            None => Cow::Borrowed(own),
        }
    }

    /// The organisation's name, as it stands in front of the office's; `None` where that begins with it already.
    pub fn organization_in_front<'n>(
        &self,
        organization: &'n Organization<'_>,
        wanted: Option<&str>,
    ) -> Option<ChosenName<'n>> {
        let own = self.name_in(wanted).name;
        let front = organization.name_in(wanted);
        // The name may begin with the organisation's already, with anything but a letter behind it:
        // "ICLEI – Japan Office".
        let begins_with = |name| {
            let rest = own.strip_prefix(name);
            rest.is_some_and(|rest: &str| !rest.starts_with(char::is_alphanumeric))
        };
        // In either language: a name that has no translation has the usual one in front.
        let is_there = begins_with(front.name) || begins_with(&organization.name);
        (!is_there && !front.name.is_empty()).then_some(front)
    }

    /// Visits the own members of the office and of what belongs to it: each with the JSON pointer (RFC 6901) from the
    /// office to the object that has it, with its name and its value.
    pub fn each_own(&self, mut visit: impl FnMut(&str, &str, &OwnValue)) {
        // Nearly all objects have none, and then no pointer is made.
        fn of_list<'o, 'a: 'o>(
            list: &str,
            items: impl Iterator<Item = &'o OwnMembers<'a>>,
            visit: &mut impl FnMut(&str, &str, &OwnValue),
        ) {
            for (at, own) in items.enumerate().filter(|(_, own)| !own.is_empty()) {
                let pointer = format!("/{list}/{at}");
                own.iter().for_each(|(name, value)| visit(&pointer, name, value));
            }
        }
        self.own.iter().for_each(|(name, value)| visit("", name, value));
        of_list("addresses", self.addresses.iter().map(|it| &it.own), &mut visit);
        of_list("phones", self.phones.iter().map(|it| &it.own), &mut visit);
        of_list("emails", self.emails.iter().map(Email::own), &mut visit);
        of_list("contact_forms", self.contact_forms.iter().map(|it| &it.own), &mut visit);
        of_list("websites", self.websites.iter().map(|it| &it.own), &mut visit);
    }

    /// The address for that use, else the first one: mail goes to the postal address where there is
    /// one, and a courier never goes to a post-office box while there is a door. Nothing for an office
    /// without addresses.
    pub fn address_for(&self, wanted: Use) -> Option<&Address<'_>> {
        let mut addresses = self.addresses.iter();
        addresses.find(|address| address.uses.contains(&wanted)).or_else(|| self.addresses.first())
    }

    /// The JSON pointer from the office to one of its addresses, which is known by where it is in memory: two may be
    /// equal.
    pub(crate) fn address_pointer(&self, address: &Address<'_>) -> String {
        let at = self.addresses.iter().position(|other| std::ptr::eq(other, address));
        format!("/addresses/{}", at.unwrap_or_default())
    }
}

/// A second designation of an office: a plain string in the document, or an object with a language. It is
/// two forms because most names need no language, and one that does must not lose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum AlternateName<'a> {
    /// A name in the directory's own language.
    Plain(#[serde(borrow)] Text<'a>),
    /// A name in a language of its own.
    Localized(LocalizedName<'a>),
}

impl AlternateName<'_> {
    /// The name itself.
    pub fn name(&self) -> &str {
        match self {
            AlternateName::Plain(name) => name,
            AlternateName::Localized(localized) => &localized.name,
        }
    }

    /// BCP 47 tag of its language, where the document gives one.
    pub fn language(&self) -> Option<&str> {
        match self {
            AlternateName::Plain(_) => None,
            AlternateName::Localized(localized) => Some(&localized.language),
        }
    }
}

/// A name and the language that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct LocalizedName<'a> {
    /// The name.
    #[serde(borrow)]
    pub name: Text<'a>,
    /// BCP 47 tag.
    pub language: Text<'a>,
}

/// A place on the globe, in degrees (WGS 84). The numbers are kept as the document writes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct Coordinates {
    /// Degrees north of the equator, from -90 to 90.
    pub latitude: Number,
    /// Degrees east of Greenwich, from -180 to 180.
    pub longitude: Number,
}

impl Coordinates {
    /// Latitude and longitude as the document has them, but never with an exponent, which neither maps nor `geo:` URIs
    /// (RFC 5870) know.
    pub fn decimals(&self) -> [String; 2] {
        [&self.latitude, &self.longitude].map(|number| {
            let text = number.to_string();
            match number.as_f64() {
                // A floating-point number writes all digits.
                Some(value) if text.contains(['e', 'E']) => value.to_string(),
                _ => text,
            }
        })
    }
}

/// A telephone line. One number that serves as telephone and fax is two lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::model::members", deny_unknown_fields)]
pub struct Phone<'a> {
    /// What answers.
    #[serde(rename = "type")]
    pub kind: PhoneType,
    /// E.164 with the plus: "+4922897629900". Formats derive what they need from it, with spaces or as a
    /// `tel:` URI.
    #[serde(borrow)]
    pub number: Text<'a>,
    /// What the line is for: "Visas".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text<'a>>,
    /// The source's own form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Text<'a>>,
    /// Members that begin with `x_`.
    #[serde(rename = "x_", default, skip_serializing_if = "OwnMembers::is_empty")]
    pub own: OwnMembers<'a>,
}

impl<'a> Phone<'a> {
    /// A line of which nothing is known but its number.
    pub fn new(kind: PhoneType, number: impl Into<Text<'a>>) -> Self {
        let (label, printed, own) = Default::default();
        Phone { kind, number: number.into(), label, printed, own }
    }
}

/// What answers a telephone line. The order is the one in which formats list them: a reader that
/// keeps the last number only (abook) then keeps a voice line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PhoneType {
    /// A fax machine.
    Fax,
    /// A person anywhere.
    Mobile,
    /// A person at a desk.
    Voice,
}

impl PhoneType {
    /// The type as the document writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            PhoneType::Fax => "fax",
            PhoneType::Mobile => "mobile",
            PhoneType::Voice => "voice",
        }
    }
}

/// An e-mail address: a plain string in the document, or an object where there is more to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Email<'a> {
    /// An address of which nothing else is said.
    Plain(#[serde(borrow)] Text<'a>),
    /// An address and what it is for.
    Labeled(LabeledEmail<'a>),
}

impl<'a> Email<'a> {
    /// The address itself.
    pub fn address(&self) -> &str {
        match self {
            Email::Plain(address) => address,
            Email::Labeled(email) => &email.address,
        }
    }

    /// What the address is for: "Press".
    pub fn label(&self) -> Option<&str> {
        match self {
            Email::Plain(_) => None,
            Email::Labeled(email) => email.label.as_deref(),
        }
    }

    /// Members that begin with `x_`.
    pub fn own(&self) -> &OwnMembers<'a> {
        match self {
            Email::Plain(_) => const { &OwnMembers::NONE },
            Email::Labeled(email) => &email.own,
        }
    }
}

impl<'a> From<&'a str> for Email<'a> {
    fn from(address: &'a str) -> Self {
        Email::Plain(address.into())
    }
}

impl From<String> for Email<'_> {
    fn from(address: String) -> Self {
        Email::Plain(address.into())
    }
}

/// An e-mail address and what it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::model::members", deny_unknown_fields)]
pub struct LabeledEmail<'a> {
    /// The address, such as "press@example.org".
    #[serde(borrow)]
    pub address: Text<'a>,
    /// What it is for: "Press".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text<'a>>,
    /// Members that begin with `x_`.
    #[serde(rename = "x_", default, skip_serializing_if = "OwnMembers::is_empty")]
    pub own: OwnMembers<'a>,
}

/// A web page by which one writes to the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::model::members", deny_unknown_fields)]
pub struct ContactForm<'a> {
    /// An http or https URL (RFC 3986).
    #[serde(borrow)]
    pub url: Text<'a>,
    /// What it is for: "Appointments".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text<'a>>,
    /// Members that begin with `x_`.
    #[serde(rename = "x_", default, skip_serializing_if = "OwnMembers::is_empty")]
    pub own: OwnMembers<'a>,
}

/// A website.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::model::members", deny_unknown_fields)]
pub struct Website<'a> {
    /// An http or https URL (RFC 3986).
    #[serde(borrow)]
    pub url: Text<'a>,
    /// The source's own form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Text<'a>>,
    /// Members that begin with `x_`.
    #[serde(rename = "x_", default, skip_serializing_if = "OwnMembers::is_empty")]
    pub own: OwnMembers<'a>,
}

/// The place that an office's record was taken from, with its words, so that whoever doubts a value can
/// look it up. Only formats for programs carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct OfficeSource<'a> {
    /// Name of the document.
    #[serde(borrow)]
    pub document: Text<'a>,
    /// First and last line, from 1.
    #[serde(deserialize_with = "whole_numbers")]
    pub lines: [u32; 2],
    /// Those lines, verbatim.
    pub text: Vec<Text<'a>>,
}

/// A remark on one member of the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct Note<'a> {
    /// JSON pointer (RFC 6901) from the office, such as "/addresses/0/postal_code".
    #[serde(borrow)]
    pub pointer: Text<'a>,
    /// What there is to say.
    pub text: Text<'a>,
    /// Whether the value may be wrong; otherwise it was only normalised or inferred.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubtful: bool,
}

#[cfg(test)]
mod tests {
    use super::Coordinates;

    #[test]
    fn coordinates_have_no_exponent() -> Result<(), serde_json::Error> {
        for (json, decimal) in
            [("37.386013", "37.386013"), ("-82", "-82"), ("1e-7", "0.0000001"), ("5E1", "50.0")]
        {
            let json = format!(r#"{{"latitude": {json}, "longitude": 0}}"#);
            let place: Coordinates = serde_json::from_str(&json)?;
            assert_eq!(place.decimals(), [decimal, "0"]);
        }
        Ok(())
    }
}
