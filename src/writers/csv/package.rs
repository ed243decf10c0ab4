//! The description of the plain table as a Data Package (Frictionless, version 1), by which its readers
//! know the columns.

use serde::Serialize;

use crate::model::OfficeKind;
use crate::writers::csv::native;

/// The description as a whole.
#[derive(Serialize)]
struct DataPackage<'a> {
    name: &'a str,
    profile: &'a str,
    resources: [DataResource<'a>; 1],
}

/// The one table.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataResource<'a> {
    name: &'a str,
    path: &'a str,
    profile: &'a str,
    encoding: &'a str,
    dialect: TableDialect<'a>,
    schema: TableSchema<'a>,
}

/// How the table is written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableDialect<'a> {
    delimiter: char,
    line_terminator: &'a str,
    quote_char: &'a str,
    double_quote: bool,
    header: bool,
}

/// What the columns are.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchema<'a> {
    fields: Vec<TableField>,
    primary_key: &'a str,
    missing_values: [&'a str; 1],
}

/// A column.
#[derive(Serialize)]
struct TableField {
    name: String,
    r#type: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "FieldConstraints::is_empty")]
    constraints: FieldConstraints,
}

/// What holds of every value of a column.
#[derive(Default, Serialize)]
struct FieldConstraints {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    r#enum: Vec<&'static str>,
}

impl FieldConstraints {
    /// Whether nothing holds.
    fn is_empty(&self) -> bool {
        !self.required && self.r#enum.is_empty()
    }
}

/// The description of a table in a file of that name, beside it.
pub(super) fn describe(file: &str, separator: u8) -> serde_json::Result<Vec<u8>> {
    let package = DataPackage {
        name: "offices",
        profile: "tabular-data-package",
        resources: [DataResource {
            name: "offices",
            // Relative to the description, which stands in the same folder.
            path: file.rsplit('/').next().unwrap_or(file),
            profile: "tabular-data-resource",
            encoding: "utf-8",
            dialect: TableDialect {
                delimiter: char::from(separator),
                // RFC 4180, section 2.
                line_terminator: "\r\n",
                quote_char: "\"",
                double_quote: true,
                header: true,
            },
            schema: TableSchema {
                fields: native::header().map(|(name, about)| field(name, about)).collect(),
                primary_key: "id",
                missing_values: [""],
            },
        }],
    };
    let mut json = serde_json::to_vec_pretty(&package)?;
    json.push(b'\n');
    Ok(json)
}

/// A column, by its name: nearly all are texts that may be missing.
fn field(name: String, description: &'static str) -> TableField {
    let r#type = match &*name {
        "source_first_line" | "source_last_line" => "integer",
        _ => "string",
    };
    let constraints = FieldConstraints {
        required: matches!(&*name, "id" | "organization" | "name" | "full_name" | "kind"),
        r#enum: match &*name {
            "kind" => OfficeKind::ALL.map(OfficeKind::as_str).to_vec(),
            _ => Vec::new(),
        },
    };
    TableField { name, r#type, description, constraints }
}
