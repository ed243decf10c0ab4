//! One JSON file of an organisation's offices in; vCard, XML, CSV and printable address labels out.

pub mod model;
pub mod postal;
