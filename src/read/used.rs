//! Which members that only some directories have occur in one, so that tables have columns for them only then.

use std::collections::BTreeSet;
use std::ops::Bound;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::{Address, Office, OwnMembers, PhoneType};
use crate::postal::{Script, street_and_mail};

/// A member that nearly every directory has somewhere and few offices lack. Tables for people have a column for it only
/// where an office has it; nothing else asks, so that parts of a directory do not tell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CommonMember {
    /// The office has a region.
    Region,
    /// It is part of another.
    Parent,
    /// It has another name.
    AlternateNames,
    /// It has a telephone line of that type.
    Phone(PhoneType),
    /// It has an e-mail address.
    Emails,
    /// It has a website.
    Websites,
    /// It has a time zone.
    TimeZone,
    /// It is known when its record changed.
    Updated,
    /// The address that people go to has it.
    Street(AddressPart),
    /// The address that mail goes to has it, where that is another one.
    Mail(AddressPart),
}

/// A part of an address, as tables for people have columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressPart {
    /// In whose care, street, building, floor, and district of a place.
    Street,
    /// Post-office box.
    PostOfficeBox,
    /// Postal code.
    PostalCode,
    /// Place, with a sorting code.
    Locality,
    /// State or province.
    Area,
    /// Country, which every address has.
    Country,
}

impl CommonMember {
    /// The bit that stands for it.
    pub(crate) const fn bit(self) -> u32 {
        1 << match self {
            CommonMember::Region => 0,
            CommonMember::Parent => 1,
            CommonMember::AlternateNames => 2,
            CommonMember::Emails => 3,
            CommonMember::Websites => 4,
            CommonMember::TimeZone => 5,
            CommonMember::Updated => 6,
            CommonMember::Phone(kind) => 7 + kind as u32,
            CommonMember::Street(part) => 10 + part as u32,
            CommonMember::Mail(part) => 16 + part as u32,
        }
    }
}

/// The optional members that occur in the offices of a directory, by their paths: `coordinates`, `phones/label`,
/// `x_cost_center`, `addresses/x_floor`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UsedMembers {
    /// Those of the schema.
    known: BTreeSet<Box<str>>,
    /// Those of the organisation's own: of more than [`UsedMembers::MOST`] the first in alphabetical order, whatever
    /// the order in which they come, so that the parts of a directory agree with the whole.
    own: BTreeSet<Box<str>>,
    /// A bit for each common member.
    common: u32,
}

impl Serialize for UsedMembers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.known.iter().chain(&self.own))
    }
}

impl<'de> Deserialize<'de> for UsedMembers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut used = UsedMembers::default();
        Vec::<String>::deserialize(deserializer)?.iter().for_each(|path| used.add(path));
        Ok(used)
    }
}

impl UsedMembers {
    /// How many different own members are kept, since each becomes a column: a sheet of a workbook has 16,384, and no
    /// reader of a table looks at as many as these.
    pub(crate) const MOST: usize = 1_000;

    /// Those of one office.
    pub(crate) fn of(office: &Office<'_>) -> Self {
        let mut used = UsedMembers::default();
        used.note(office);
        used
    }

    /// Whether there is none but common ones.
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.own.is_empty()
    }

    /// Whether it has as many own members as are kept.
    pub(crate) fn is_full(&self) -> bool {
        self.own.len() >= Self::MOST
    }

    /// Adds those of an office. Most offices have none, so looking must cost next to nothing.
    pub(super) fn note(&mut self, office: &Office<'_>) {
        let Office { coordinates, opening_hours, phones, emails, contact_forms, .. } = office;
        for (path, is_used) in [
            ("coordinates", coordinates.is_some()),
            ("opening_hours", opening_hours.is_some()),
            ("phones/label", phones.iter().any(|it| it.label.is_some())),
            ("emails/label", emails.iter().any(|it| it.label().is_some())),
            ("contact_forms", !contact_forms.is_empty()),
            ("contact_forms/label", contact_forms.iter().any(|it| it.label.is_some())),
        ] {
            if is_used {
                self.add(path);
            }
        }
        office.each_own(|pointer, name, _| self.add(&own_path(pointer, name)));
        self.note_common(office);
    }

    /// Adds the common members of an office.
    fn note_common(&mut self, office: &Office<'_>) {
        for (member, is_used) in [
            (CommonMember::Region, office.region.is_some()),
            (CommonMember::Parent, office.parent.is_some()),
            (CommonMember::AlternateNames, !office.alternate_names.is_empty()),
            (CommonMember::Emails, !office.emails.is_empty()),
            (CommonMember::Websites, !office.websites.is_empty()),
            (CommonMember::TimeZone, office.time_zone.is_some()),
            (CommonMember::Updated, office.updated.is_some()),
        ] {
            self.common |= u32::from(is_used) * member.bit();
        }
        for phone in &office.phones {
            self.common |= CommonMember::Phone(phone.kind).bit();
        }
        let Some(first) = office.addresses.first() else { return };
        self.note_addresses(street_and_mail(office, Some(&first.country), Script::Auto));
        if office.addresses.len() > 1 {
            // In which script a table has an address, its options say.
            for script in [Script::Latin, Script::Local] {
                self.note_addresses(street_and_mail(office, None, script));
            }
        }
    }

    /// Adds the parts of the address that people go to, and of the one that mail goes to if that is another one.
    fn note_addresses(&mut self, [street, mail]: [Option<&Address<'_>>; 2]) {
        if let Some(street) = street {
            self.note_address(street, CommonMember::Street);
        }
        if let Some(mail) = mail {
            self.note_address(mail, CommonMember::Mail);
        }
    }

    /// Adds the parts of an address.
    fn note_address(&mut self, address: &Address<'_>, member: fn(AddressPart) -> CommonMember) {
        let Address { care_of, address_lines, dependent_locality, .. } = address;
        for (part, is_used) in [
            (
                AddressPart::Street,
                care_of.is_some() || !address_lines.is_empty() || dependent_locality.is_some(),
            ),
            (AddressPart::PostOfficeBox, address.post_office_box.is_some()),
            (AddressPart::PostalCode, address.postal_code.is_some()),
            (AddressPart::Locality, address.locality.is_some() || address.sorting_code.is_some()),
            (
                AddressPart::Area,
                address.administrative_area.is_some() || address.administrative_area_code.is_some(),
            ),
            (AddressPart::Country, true),
        ] {
            self.common |= u32::from(is_used) * member(part).bit();
        }
    }

    /// Adds a path.
    pub(super) fn add(&mut self, path: &str) {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        if !path.starts_with(OwnMembers::PREFIX) && !name.starts_with(OwnMembers::PREFIX) {
            if !self.known.contains(path) {
                self.known.insert(path.into());
            }
            return;
        }
        let is_beyond = self.is_full() && self.own.last().is_some_and(|last| &**last < path);
        if !is_beyond && !self.own.contains(path) {
            self.own.insert(path.into());
            if self.own.len() > Self::MOST {
                self.own.pop_last();
            }
        }
    }

    /// Adds those of other offices.
    pub(super) fn merge(&mut self, other: &UsedMembers) {
        other.known.iter().chain(&other.own).for_each(|path| self.add(path));
        self.common |= other.common;
    }

    /// Takes everything out.
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.own.clear();
        self.common = 0;
    }

    /// Whether a member of the schema occurs.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.known.contains(path)
    }

    /// Whether the common member of that bit occurs. By the bit, which a column knows beforehand: each is asked for in
    /// every row.
    pub(crate) fn has_common(&self, bit: u32) -> bool {
        self.common & bit != 0
    }

    /// The names of the own members of what stands under that prefix, which ends with their `x_` (`addresses/x_`, or
    /// `x_` for the office), in alphabetical order.
    pub(crate) fn own_names<'s>(
        &'s self,
        prefix: &'static str,
    ) -> impl Iterator<Item = &'s str> + Clone {
        let paths = self.own.range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
        let paths = paths.take_while(move |path| path.starts_with(prefix));
        paths.map(move |path| &path[prefix.len() - OwnMembers::PREFIX.len()..])
    }

    /// The members of the schema that an office has and nobody has told of: in a part of a directory.
    pub(crate) fn untold<'s>(&'s self, office: &'s UsedMembers) -> impl Iterator<Item = &'s str> {
        office.known.difference(&self.known).map(|path| &**path)
    }

    /// Whether an own member is among these, of the object to which that JSON pointer of an office leads.
    pub(crate) fn has_own(&self, pointer: &str, name: &str) -> bool {
        self.own.contains(&*own_path(pointer, name))
    }
}

/// The path of an own member of the object to which a JSON pointer of an office leads.
fn own_path(pointer: &str, name: &str) -> String {
    match pointer.split('/').nth(1) {
        Some(list) => format!("{list}/{name}"),
        None => name.to_owned(),
    }
}
