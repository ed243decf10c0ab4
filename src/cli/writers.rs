use std::fmt::Write as _;

use officedir::writers::{OptionInfo, OptionKind, WRITERS, WriterInfo};

use super::{FINE, Failure};

/// List the writers with their options
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// One writer only
    name: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut list = String::new();
    match &arguments.name {
        Some(name) => describe(WriterInfo::find(name)?, &mut list),
        None => WRITERS.iter().for_each(|info| describe(info, &mut list)),
    }
    super::say(&list)?;
    Ok(FINE)
}

fn describe(info: &WriterInfo, list: &mut String) {
    // Writing to a string cannot fail.
    let _ = writeln!(list, "{:<10} {}", info.name, info.about);
    let by_default = if info.default { "" } else { ", not by default" };
    let _ = writeln!(list, "{:<10} writes {}{by_default}", "", info.file);
    if !info.leaves_out.is_empty() {
        let _ = writeln!(list, "{:<10} leaves out {}", "", info.leaves_out.join(", "));
    }
    for option in info.options {
        let _ = writeln!(
            list,
            "{:<12} {}={}  {}{}",
            "",
            option.name,
            takes(option),
            option.help,
            default(option)
        );
    }
}

fn takes(option: &OptionInfo) -> String {
    match option.kind {
        OptionKind::Choice(words) => words.join("|"),
        OptionKind::Flag => "true|false".into(),
        OptionKind::Number(low, high) => format!("{low}..{high}"),
        OptionKind::Numbers(..) => "N+N…".into(),
        OptionKind::Country => "CC".into(),
        OptionKind::Text => "TEXT".into(),
        OptionKind::Files => "FILE".into(),
    }
}

fn default(option: &OptionInfo) -> String {
    if option.default.is_empty() { String::new() } else { format!(" [{}]", option.default) }
}
