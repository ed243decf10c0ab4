//! As much of each office as it takes to check offices against one another: what `validate --part` prints and
//! `validate --merge` reads. It is no format of the table, because people have no use for it.

use serde::Serialize;

use super::{OfficeOutput, Writer};
use crate::directory::Context;
use crate::model::{Office, Text};
use crate::read::UsedMembers;

/// Writes one JSON object per line: the members that [`crate::read::Registry`] looks at.
#[derive(Debug)]
pub struct ReferenceWriter;

/// The members that others may refer to, or share by mistake.
#[derive(Serialize)]
struct ReferenceLine<'h> {
    /// Id, which no other office may have and parents are named by.
    id: &'h str,
    /// Name, as the office has it and without the organisation's.
    name: &'h str,
    /// What sort of office it is.
    kind: &'h str,
    /// Id of the office that it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'h str>,
    /// The first address, or none; a list because offices have one.
    addresses: Vec<ReferenceAddress<'h>>,
    /// The optional members that it has.
    #[serde(skip_serializing_if = "UsedMembers::is_empty")]
    used: UsedMembers,
}

/// The first address, as far as it is compared.
#[derive(Serialize)]
struct ReferenceAddress<'h> {
    /// ISO 3166-1 alpha-2 code.
    country: &'h str,
    /// The box, as it is printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    post_office_box: Option<&'h str>,
    /// Street, building and floor, a line each.
    address_lines: &'h [Text<'h>],
}

impl Writer for ReferenceWriter {
    fn office(&self, _context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        // Offices are compared by their first addresses only, so the others stay behind.
        let first = office.addresses.first().map(|address| ReferenceAddress {
            country: &address.country,
            post_office_box: address.post_office_box.as_deref(),
            address_lines: &address.address_lines,
        });
        let head = ReferenceLine {
            id: &office.id,
            name: &office.name,
            kind: &office.kind,
            parent: office.parent.as_deref(),
            addresses: first.into_iter().collect(),
            used: UsedMembers::of(office),
        };
        super::ndjson::line(&head, &mut piece.bytes);
    }

    fn in_sections(&self) -> bool {
        true
    }
}
