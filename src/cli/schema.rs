//! `officedir schema`: the JSON Schema of directories, for editors and programs that want it as a file.

use officedir::check::{SCHEMA, draft_07};

use super::{CliError, FINE};

/// Print the JSON Schema of directory files
#[derive(clap::Args)]
pub(super) struct SchemaArguments {
    /// The draft of JSON Schema; 07 is for editors and programs that know no later one
    #[arg(long, value_name = "DRAFT", default_value = "2020-12")]
    draft: SchemaDraft,
}

/// The drafts of JSON Schema that the schema is written in.
#[derive(Clone, Copy, clap::ValueEnum)]
enum SchemaDraft {
    #[value(name = "2020-12")]
    Draft202012,
    #[value(name = "07", alias = "7")]
    Draft07,
}

/// Prints the schema.
pub(super) fn run(arguments: &SchemaArguments) -> Result<u8, CliError> {
    // Into none of the files that commands read without being told.
    super::inputs([])?;
    match arguments.draft {
        SchemaDraft::Draft202012 => super::emit(SCHEMA)?,
        SchemaDraft::Draft07 => super::emit(&draft_07())?,
    }
    Ok(FINE)
}
