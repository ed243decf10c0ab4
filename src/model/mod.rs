//! The directory as data: [`Header`] (organisation, kinds and regions) and [`Office`] with its addresses,
//! phones and websites.
//!
//! ```
//! use officedir::model::{Office, Organization};
//!
//! let json = r#"{"id": "japan-office", "name": "Japan Office", "kind": "office"}"#;
//! let office: Office<'_> = serde_json::from_str(json)?;
//! let iclei = Organization { name: "ICLEI".into(), ..Organization::default() };
//! assert_eq!(office.full_name(&iclei), "ICLEI Japan Office");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Every type serialises to and from exactly the shape that `schema/directory.schema.json` describes;
//! members with nothing to say are absent. Texts borrow from the document ([`Text`]). There is no I/O
//! here and no rule beyond the shape: what a value must look like stands in the schema and in
//! [`crate::check`].
//!
//! [`Header`], [`Organization`], [`Office`] and [`Address`] gain members when the schema does, which is no break: who
//! makes one writes `..Office::default()` at the end, and who takes one apart writes `..`.

mod address;
mod chosen_name;
mod header;
mod members;
mod office;
mod own_members;
mod text;
mod whole_number;

pub use address::{Address, Printed, Use};
pub use chosen_name::ChosenName;
pub use header::{Header, OfficeKind, Organization, Region};
pub use office::{
    AlternateName, ContactForm, Coordinates, Email, LabeledEmail, LocalizedName, Note, Office,
    OfficeSource, Phone, PhoneType, Website,
};
pub use own_members::{OwnMembers, OwnValue};
pub use text::Text;
pub(crate) use text::every_byte;
