//! The description of the full table as a Data Package (Frictionless, version 1), by which its readers
//! know the columns.

use serde::Serialize;

use crate::directory::Context;
use crate::writers::csv::native;

/// The description as a whole.
#[derive(Serialize)]
struct DataPackage<'a> {
    /// Name of the package.
    name: &'a str,
    /// What sort of package it is: one of tables.
    profile: &'a str,
    /// The files that it describes.
    resources: [DataResource<'a>; 1],
}

/// The one table.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataResource<'a> {
    /// Name by which others would refer to the table.
    name: &'a str,
    /// The file, relative to the description.
    path: &'a str,
    /// What sort of file it is: a table.
    profile: &'a str,
    /// Its encoding.
    encoding: &'a str,
    /// How cells and rows are told apart.
    dialect: TableDialect<'a>,
    /// What the columns are.
    schema: TableSchema<'a>,
}

/// How the table is written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableDialect<'a> {
    /// What stands between cells.
    delimiter: char,
    /// What ends a row.
    line_terminator: &'a str,
    /// What stands around a text.
    quote_char: &'a str,
    /// Whether a quote within a text is written twice.
    double_quote: bool,
    /// Whether the first row has the names of the columns.
    header: bool,
}

/// What the columns are.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchema<'a> {
    /// The columns, in order.
    fields: Vec<TableField<'a>>,
    /// The column that no two rows have the same value in.
    primary_key: &'a str,
    /// The cells that stand for no value.
    missing_values: [&'a str; 1],
}

/// A column.
#[derive(Serialize)]
struct TableField<'a> {
    /// Name of the column.
    name: String,
    /// The type of its values: `string`, `integer` or `number`.
    r#type: &'static str,
    /// What it holds, in a sentence.
    description: &'static str,
    /// What holds of its values; absent where nothing does.
    #[serde(skip_serializing_if = "FieldConstraints::is_empty")]
    constraints: FieldConstraints<'a>,
}

/// What holds of every value of a column.
#[derive(Default, Serialize)]
struct FieldConstraints<'a> {
    /// Whether every row has a value.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    /// All values that there may be; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    r#enum: Vec<&'a str>,
}

impl FieldConstraints<'_> {
    /// Whether nothing holds.
    fn is_empty(&self) -> bool {
        !self.required && self.r#enum.is_empty()
    }
}

/// The description of a table in a file of that name, beside it.
pub(super) fn describe(
    context: &Context<'_>,
    file: &str,
    separator: u8,
) -> serde_json::Result<Vec<u8>> {
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
                fields: native::header(context)
                    .into_iter()
                    .map(|(name, about)| field(context, name, about))
                    .collect(),
                primary_key: "id",
                // An empty cell is no value, and not a text without characters.
                missing_values: [""],
            },
        }],
    };
    let mut json = serde_json::to_vec_pretty(&package)?;
    json.push(b'\n');
    Ok(json)
}

/// A column, by its name: nearly all are texts that may be missing.
fn field<'a>(context: &'a Context<'_>, name: String, description: &'static str) -> TableField<'a> {
    // Postal codes and telephone numbers look like numbers, but would lose their zeros and plus as such.
    let r#type = match &*name {
        "source_first_line" | "source_last_line" => "integer",
        "latitude" | "longitude" => "number",
        _ => "string",
    };
    let constraints = FieldConstraints {
        // What the schema requires of every office, and what the program makes of that.
        required: matches!(&*name, "id" | "organization" | "name" | "full_name" | "kind"),
        r#enum: match &*name {
            "kind" => context.header.all_kinds().iter().map(|kind| kind.id.as_str()).collect(),
            _ => Vec::new(),
        },
    };
    TableField { name, r#type, description, constraints }
}
