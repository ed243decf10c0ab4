//! Addresses by component. How the components are set for a country is a matter of `postal`.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{OwnMembers, Text};

/// What an address is for. An address that is for both has both; an office whose mail goes elsewhere has
/// two addresses with one use each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Use {
    /// Visitors and couriers go there.
    Physical,
    /// Mail goes there.
    Postal,
}

impl Use {
    /// The use as the document writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Use::Physical => "physical",
            Use::Postal => "postal",
        }
    }

    /// Several uses as one text, with spaces between them.
    pub(crate) fn join(uses: &[Use]) -> Cow<'static, str> {
        match uses {
            [one] => one.as_str().into(),
            [Use::Physical, Use::Postal] => "physical postal".into(),
            _ => uses.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(" ").into(),
        }
    }
}

/// A postal address by its components, in the terms of libaddressinput and RFC 9554.
///
/// Components hold one name each, without labels, separators or the order of any country; how they
/// are set for a country is [`crate::postal`]'s business. Only `country` is always there: which of the
/// others an address needs depends on the country, and [`crate::postal::problems`] says what is missing.
///
/// Lines are not kept, because they could not be turned into another order: the same address is set
/// differently at home and from abroad, in Latin letters and in the country's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::model::members", deny_unknown_fields)]
pub struct Address<'a> {
    /// What the address is for; one of each at most.
    pub uses: Vec<Use>,
    /// The person or body in whose care mail is delivered, without "c/o", which the layout sets.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub care_of: Option<Text<'a>>,
    /// Street, building, floor: one line each, from the recipient outwards as the country writes them. What
    /// the post needs no name for stays together in a line: "3rd Floor, 12 High Street".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address_lines: Vec<Text<'a>>,
    /// The post-office box as it is to be printed, such as "PO Box 5319". A number alone gets the country's
    /// own designation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_office_box: Option<Text<'a>>,
    /// Suburb, neighbourhood or district within the locality. Many countries need none; Korea's and Japan's
    /// districts are this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dependent_locality: Option<Text<'a>>,
    /// City, town or village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<Text<'a>>,
    /// State, province or prefecture, by name. It may be there beside the code: some formats carry the
    /// name, some the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrative_area: Option<Text<'a>>,
    /// The administrative area's code: ISO 3166-2 without the country, such as "CO".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrative_area_code: Option<Text<'a>>,
    /// The postal code alone, without country prefix or label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Text<'a>>,
    /// The sorting code, such as France's CEDEX.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sorting_code: Option<Text<'a>>,
    /// ISO 3166-1 alpha-2 code of the country or territory.
    pub country: Text<'a>,
    /// BCP 47 tag of the language that the components are written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Text<'a>>,
    /// The source's own form of a component, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Box<Printed<'a>>>,
    /// Members that begin with `x_`.
    #[serde(rename = "x_", default, skip_serializing_if = "OwnMembers::is_empty")]
    pub own: OwnMembers<'a>,
}

/// How the source prints the components of an [`Address`] that were normalised. It is kept so that a
/// correction can be traced; no label is made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
pub struct Printed<'a> {
    /// See [`Address::care_of`].
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub care_of: Option<Text<'a>>,
    /// See [`Address::address_lines`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address_lines: Vec<Text<'a>>,
    /// See [`Address::post_office_box`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_office_box: Option<Text<'a>>,
    /// See [`Address::dependent_locality`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dependent_locality: Option<Text<'a>>,
    /// See [`Address::locality`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<Text<'a>>,
    /// See [`Address::administrative_area`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrative_area: Option<Text<'a>>,
    /// See [`Address::postal_code`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Text<'a>>,
    /// See [`Address::sorting_code`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sorting_code: Option<Text<'a>>,
    /// See [`Address::country`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Text<'a>>,
}
