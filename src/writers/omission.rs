//! What a format is not meant to carry, as data: members of the schema, and under which options. A test
//! changes and drops every member of the schema and holds these lists to what the outputs carry.

use std::fmt;

use super::WriterOptions;
use crate::model::Use;

/// Members that a writer leaves out with some of its options, or with all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OmittedMembers {
    /// Conditions of which all hold; without any, the members are always left out.
    pub with: &'static [OptionCondition],
    /// What is left out.
    pub members: &'static [OmittedMember],
}

/// A condition on the value of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionCondition {
    /// The option has one of these values.
    Is(&'static str, &'static [&'static str]),
    /// The flag is not set.
    IsOff(&'static str),
}

/// A member of the schema that a format leaves out, with everything in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OmittedMember {
    /// Its names in the document, with `/` between them and without the positions of lists. Those of an
    /// office begin with a member of the office: `addresses/language`.
    pub path: &'static str,
    /// In which case only.
    pub case: OmissionCase,
}

/// The case in which a member is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OmissionCase {
    /// In every case.
    Always,
    /// The code of an administrative area that has a name as well.
    BesideName,
    /// The name or the code of an administrative area that the address as it is written on mail does not
    /// show: each country has its own of the two, and many have none.
    NotOnMail,
    /// The code of an administrative area that has a name as well, where mail does not show the code.
    BesideNameNotOnMail,
    /// The order of a list; its items are carried.
    Order,
    /// A region without offices.
    WithoutOffices,
    /// A value that is meant as well where there is none.
    Implied,
    /// An address that is not [`crate::model::Office::address_for`] that use.
    NotFor(Use),
    /// Uses by which no other address becomes the one for that use.
    NotDecisiveFor(Use),
    /// Uses by which no other address becomes the one for any use.
    NotDecisive,
}

impl OmittedMembers {
    /// Members that are left out with any options.
    pub const fn always(members: &'static [OmittedMember]) -> Self {
        OmittedMembers { with: &[], members }
    }

    /// Whether they are left out with those options.
    pub fn applies(&self, options: &WriterOptions) -> bool {
        self.with.iter().all(|condition| match condition {
            OptionCondition::Is(option, values) => {
                options.get(option).is_some_and(|value| values.contains(&value))
            }
            OptionCondition::IsOff(option) => !options.flag(option),
        })
    }
}

impl OmittedMember {
    /// A member that is left out in every case.
    pub const fn always(path: &'static str) -> Self {
        OmittedMember { path, case: OmissionCase::Always }
    }

    /// A member that is left out in that case.
    pub const fn when(path: &'static str, case: OmissionCase) -> Self {
        OmittedMember { path, case }
    }
}

/// What tables and pages for people leave out.
pub(super) const READABLE: &[OmittedMember] = &[
    OmittedMember::always("$schema"),
    OmittedMember::always("schema_version"),
    OmittedMember::always("organization/alternate_names"),
    OmittedMember::always("organization/id"),
    OmittedMember::always("organization/headquarters"),
    OmittedMember::always("organization/uid_scheme"),
    OmittedMember::always("organization/x_"),
    OmittedMember::always("kinds/id"),
    OmittedMember::always("kinds/alternate_names"),
    OmittedMember::always("kinds/x_"),
    OmittedMember::always("regions/id"),
    OmittedMember::always("regions/alternate_names"),
    OmittedMember::always("regions/x_"),
    OmittedMember::when("regions", OmissionCase::Order),
    OmittedMember::when("regions", OmissionCase::WithoutOffices),
    OmittedMember::always("alternate_names/language"),
    OmittedMember::always("addresses/language"),
    OmittedMember::always("addresses/printed"),
    OmittedMember::always("phones/printed"),
    OmittedMember::always("websites/printed"),
    OmittedMember::always("source"),
    OmittedMember::always("notes"),
];

impl fmt::Display for OptionCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OptionCondition::Is(option, values) => write!(f, "{option}={}", values.join("|")),
            OptionCondition::IsOff(option) => write!(f, "{option}=false"),
        }
    }
}

impl fmt::Display for OmittedMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path;
        match self.case {
            OmissionCase::Always => f.write_str(path),
            OmissionCase::BesideName => write!(f, "{path} beside a name"),
            OmissionCase::NotOnMail => write!(f, "{path} where mail does not show it"),
            OmissionCase::BesideNameNotOnMail => {
                write!(f, "{path} beside a name, where mail does not show it")
            }
            OmissionCase::Order => write!(f, "the order of {path}"),
            OmissionCase::WithoutOffices => write!(f, "{path} without offices"),
            OmissionCase::Implied => write!(f, "{path} where it says what is meant anyway"),
            OmissionCase::NotFor(wanted) => {
                write!(f, "{path} but for the {} one", wanted.as_str())
            }
            OmissionCase::NotDecisive => {
                write!(f, "{path} that do not decide which one is for what")
            }
            OmissionCase::NotDecisiveFor(wanted) => {
                write!(f, "{path} that do not decide which one is the {} one", wanted.as_str())
            }
        }
    }
}
