//! Offices and what belongs to them but addresses.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::{Deserialize, Serialize};

use super::{Address, Organization, Text, Use};

/// One office of the organisation: a member for each of `schema/directory.schema.json`, in its order, which
/// is also the order in which `officedir fmt` writes them. `tests/model` holds the two together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
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
    /// What sort of office it is.
    pub kind: OfficeKind,
    /// The id of its region; absent for an office of the whole world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Text<'a>>,
    /// The id of the office that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Text<'a>>,
    /// Where it is and where its mail goes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address<'a>>,
    /// Telephone and fax numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone<'a>>,
    /// E-mail addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Text<'a>>,
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
}

impl Office<'_> {
    /// The name with the organisation's in front, which stands there once: "ICLEI Japan Office", and
    /// never "ICLEI ICLEI Indonesia Project Office". A name that only begins with the same letters, such
    /// as "ICLEIs Büro", is taken for another word and keeps the prefix.
    pub fn full_name(&self, organization: &Organization<'_>) -> Cow<'_, str> {
        // The name may begin with the organisation's already, with anything but a letter behind it:
        // "ICLEI – Japan Office".
        let rest = self.name.strip_prefix(organization.name.as_str());
        let is_there = rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        if is_there || organization.name.is_empty() {
            Cow::Borrowed(&self.name)
        } else {
            // Without `format!`: every writer asks for the name of every office.
            Cow::Owned([&organization.name, " ", &self.name].concat())
        }
    }

    /// The address for that use, else the first one: mail goes to the postal address where there is
    /// one, and a courier never goes to a post-office box while there is a door. Nothing for an office
    /// without addresses.
    pub fn address_for(&self, wanted: Use) -> Option<&Address<'_>> {
        let mut addresses = self.addresses.iter();
        addresses.find(|address| address.uses.contains(&wanted)).or_else(|| self.addresses.first())
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

/// What sort of office it is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OfficeKind {
    /// The seat of the whole organisation.
    WorldSecretariat,
    /// The seat of a region.
    RegionalSecretariat,
    /// An office of a country or city; also what an office is taken for whose kind cannot be read.
    #[default]
    Office,
    /// An office for a project.
    ProjectOffice,
    /// A training centre.
    CapacityCenter,
}

impl OfficeKind {
    /// Every kind, in the schema's order.
    pub const ALL: [OfficeKind; 5] = [
        OfficeKind::WorldSecretariat,
        OfficeKind::RegionalSecretariat,
        OfficeKind::Office,
        OfficeKind::ProjectOffice,
        OfficeKind::CapacityCenter,
    ];

    /// The kind as the document writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            OfficeKind::WorldSecretariat => "world-secretariat",
            OfficeKind::RegionalSecretariat => "regional-secretariat",
            OfficeKind::Office => "office",
            OfficeKind::ProjectOffice => "project-office",
            OfficeKind::CapacityCenter => "capacity-center",
        }
    }
}

/// A telephone line. One number that serves as telephone and fax is two lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct Phone<'a> {
    /// What answers.
    #[serde(rename = "type")]
    pub kind: PhoneType,
    /// E.164 with the plus: "+4922897629900". Formats derive what they need from it, with spaces or as a
    /// `tel:` URI.
    #[serde(borrow)]
    pub number: Text<'a>,
    /// The source's own form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Text<'a>>,
}

impl<'a> Phone<'a> {
    /// A line whose number the source does not print in another form.
    pub fn new(kind: PhoneType, number: impl Into<Text<'a>>) -> Self {
        Phone { kind, number: number.into(), printed: None }
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

/// A website.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct Website<'a> {
    /// An http or https URL (RFC 3986).
    #[serde(borrow)]
    pub url: Text<'a>,
    /// The source's own form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Text<'a>>,
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
    #[serde(deserialize_with = "lines")]
    pub lines: [u32; 2],
    /// Those lines, verbatim.
    pub text: Vec<Text<'a>>,
}

/// Reads two line numbers, also as `1.0` or `1e2`: JSON Schema takes these for integers.
fn lines<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u32; 2], D::Error> {
    struct LineNumber(u32);
    struct LineVisitor;

    impl Visitor<'_> for LineVisitor {
        type Value = LineNumber;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a line number")
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<LineNumber, E> {
            let line = u32::try_from(number).map(LineNumber);
            line.map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
        }

        fn visit_f64<E: de::Error>(self, number: f64) -> Result<LineNumber, E> {
            let is_line = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
            let line = is_line.then_some(LineNumber(number as u32));
            line.ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
        }
    }

    impl<'de> Deserialize<'de> for LineNumber {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_u32(LineVisitor)
        }
    }

    <[LineNumber; 2]>::deserialize(deserializer).map(|lines| lines.map(|LineNumber(line)| line))
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
