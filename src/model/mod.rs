//! The directory as data: [`Header`] (organisation and regions) and [`Office`] with its addresses,
//! phones and websites.
//!
//! ```
//! use officedir::model::{Office, Organization};
//!
//! let json = r#"{"id": "japan-office", "name": "Japan Office", "kind": "office"}"#;
//! let office: Office<'_> = serde_json::from_str(json)?;
//! let iclei = Organization { name: "ICLEI".into(), website: None };
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
mod header;
mod office;
mod text;

pub use address::{Address, Printed, Use};
pub use header::{Header, Organization, Region};
pub use office::{
    AlternateName, LocalizedName, Note, Office, OfficeKind, OfficeSource, Phone, PhoneType, Website,
};
pub use text::Text;
pub(crate) use text::every_byte;
