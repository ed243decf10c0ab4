//! An office as templates and external programs see it.

use std::borrow::Cow;

use serde::Serialize;

use crate::directory::Context;
use crate::model::{Email, Office, Use};
use crate::postal::{LayoutOptions, address_for, layout};

/// An office as templates and programs see it: the members that the schema describes, and what it takes
/// the rest of the directory or the countries' postal rules to know. Members are added and never taken
/// away or changed in meaning: templates and programs of others depend on them.
#[derive(Serialize)]
pub(crate) struct TemplateOffice<'v> {
    /// The members of the schema, beside those that follow.
    #[serde(flatten)]
    office: &'v Office<'v>,
    /// The name with the organisation's in front.
    full_name: Cow<'v, str>,
    /// The name of its kind.
    kind_name: &'v str,
    /// The name of the office that it is a part of.
    parent_name: Option<&'v str>,
    /// The name of its region.
    region_name: Option<&'v str>,
    /// For each address the lines of an envelope, from the full name to the country, as mail from the
    /// headquarters has them.
    labels: Vec<Vec<String>>,
    /// Position in `labels` of the address that mail goes to.
    postal_label: Option<usize>,
    /// The e-mail addresses alone: an item of the office's own list is a text or an object.
    email_addresses: Vec<&'v str>,
}

impl<'v> TemplateOffice<'v> {
    /// The office with what the directory knows of it.
    pub(crate) fn new(context: &'v Context<'_>, office: &'v Office<'_>) -> Self {
        let full_name = office.full_name(&context.header.organization);
        let region = office.region.as_deref().and_then(|id| context.region(id));
        let options = LayoutOptions {
            organization: Some(&full_name),
            from: context.headquarters(),
            ..LayoutOptions::default()
        };
        let labels = office.addresses.iter().map(|it| layout(it, &options).to_lines());
        let labels = labels.collect();
        let postal = address_for(office, Use::Postal, options.from, options.script);
        TemplateOffice {
            office,
            kind_name: context.kind_name(office),
            parent_name: office.parent.as_deref().and_then(|id| context.parent_name(id)),
            region_name: region.map(|region| region.name.as_str()),
            labels,
            // Compared by value: of two equal addresses the first has the same label.
            postal_label: office.addresses.iter().position(|it| Some(it) == postal),
            email_addresses: office.emails.iter().map(Email::address).collect(),
            full_name,
        }
    }
}
