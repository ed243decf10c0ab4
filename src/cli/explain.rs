//! `officedir explain`: a rule's page, or the list of all rules.

use officedir::Error;
use officedir::check::{RULES, rule};

use super::{CliError, FINE, color};

/// Explain a rule: what it reports, why, and what to do about it
#[derive(clap::Args)]
pub(super) struct ExplainArguments {
    /// The code of the rule [default: list all of them]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Prints one rule as Markdown, or a line for each rule.
pub(super) fn run(arguments: &ExplainArguments) -> Result<u8, CliError> {
    let text = match &arguments.code {
        Some(code) => {
            let codes = RULES.iter().map(|rule| rule.code);
            rule(code).ok_or_else(|| Error::unknown("code", code, codes))?.markdown()
        }
        None => RULES
            .iter()
            .map(|rule| format!("{:28} {:8} {}\n", rule.code, rule.severity.as_str(), rule.what))
            .collect(),
    };
    super::say_painted(&text, color::markdown)?;
    Ok(FINE)
}
