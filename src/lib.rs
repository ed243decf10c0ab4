//! One JSON file of an organisation's offices in; vCard, XML, CSV and printable address labels out.

pub mod check;
pub mod commit;
pub mod config;
pub mod export;
pub mod model;
mod pipeline;
pub mod postal;
pub mod read;
pub mod stock;
pub mod suggest;
pub mod writers;
