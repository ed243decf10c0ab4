//! `officedir show`: offices for people, with their addresses at home and as mail from abroad.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use officedir::Error;
use officedir::check::Checker;
use officedir::directory::{ReadOptions, available_threads};
use officedir::finding::Findings;
use officedir::model::{Address, Header, Office, PhoneType, Region, Use};
use officedir::postal::{self, LayoutOptions, Script, address_for, country, layout, problems};
use officedir::read::{DirectorySource, OwnedOffice};
use officedir::stock::{Catalogue, Stock};
use officedir::text::{counted, international};
use officedir::writers::labels::label_fit;

use super::input::render_findings;
use super::locate::directory;
use super::{CliError, FINDINGS, FINE, color};

/// Show offices for people to read, with their addresses as they are written on mail
#[derive(clap::Args)]
pub(super) struct ShowArguments {
    /// The ids of the offices [default: all]
    #[arg(value_name = "ID")]
    ids: Vec<String>,

    /// The directory file [default: directory.json, in this folder or the nearest one above]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,

    /// The country that the mail comes from, by its code (ISO 3166-1) or name
    #[arg(long, value_name = "COUNTRY", value_parser = super::country_code)]
    from: Option<String>,

    /// The language of the country line (BCP 47), instead of the origin's
    #[arg(long, value_name = "TAG", value_parser = language)]
    country_language: Option<String>,

    /// Which addresses to show [default: both]
    #[arg(long, value_name = "USE")]
    purpose: Option<AddressPurpose>,

    /// The script for countries whose addresses can be written in two
    #[arg(long, value_name = "SCRIPT", default_value = "auto")]
    script: ScriptArgument,

    /// Say which address mail is sent to and why, and how it stands on the label: its size, and where lines break
    #[arg(long)]
    why: bool,

    /// The stock that `--why` sets the label on, as `officedir stock` lists it
    #[arg(long, value_name = "NAME", default_value = "avery-l7160", requires = "why")]
    stock: String,
}

/// Which of an office's addresses is shown.
#[derive(Clone, Copy, clap::ValueEnum)]
enum AddressPurpose {
    Mail,
    Courier,
}

/// [`Script`] as an argument.
#[derive(Clone, Copy, clap::ValueEnum)]
enum ScriptArgument {
    Auto,
    Latin,
    Local,
}

impl From<ScriptArgument> for Script {
    fn from(script: ScriptArgument) -> Self {
        match script {
            ScriptArgument::Auto => Script::Auto,
            ScriptArgument::Latin => Script::Latin,
            ScriptArgument::Local => Script::Local,
        }
    }
}

/// Parses a language in which countries have names, for clap.
fn language(tag: &str) -> Result<String, String> {
    match postal::has_language(tag) {
        true => Ok(tag.to_owned()),
        false => Err(format!("country names are available in {}", postal::languages().join(", "))),
    }
}

/// Prints the offices that can be read, then what is wrong with the others.
pub(super) fn run(arguments: &ShowArguments) -> Result<u8, CliError> {
    let path = &directory(arguments.file.as_ref())?;
    let catalogue = arguments.why.then(Catalogue::built_in).transpose()?;
    let stock = catalogue.as_ref().map(|it| it.find(&arguments.stock)).transpose()?;
    let options = ReadOptions { threads: available_threads(), ..ReadOptions::default() };
    super::with(path, options, |directory| {
        // Each office is checked anew: only the errors of those that are shown matter here.
        let checker = Checker::new(&[]);
        let context = if arguments.why { directory.context()? } else { None };
        let headquarters = context.as_ref().and_then(|it| it.headquarters());
        let mut text = String::new();
        let mut findings = Findings::default();
        if let Some(header) = directory.header() {
            // In reverse: of two regions with one id, the first one is put in last and stays.
            let regions = header.regions.iter().rev().map(|it| (it.id.as_str(), it)).collect();
            for kept in wanted(arguments, directory.source())? {
                let mut found = Findings::default();
                let office = checker.office(&kept.raw(), &mut found);
                found.keep_errors();
                if let (Some(office), true) = (office, found.is_empty()) {
                    show(&mut text, &office, (header, &regions), arguments);
                    if let Some(stock) = stock {
                        // Like labels, which come from the headquarters unless they are told.
                        let from = arguments.from.as_deref().or(headquarters);
                        show_why(&mut text, &office, (header, from), (arguments, stock));
                    }
                }
                findings.append(&mut found);
            }
        } else {
            findings = directory.all_findings().clone();
            findings.keep_errors();
        }
        super::say_painted(&text, color::list)?;
        super::emit_warning(&render_findings(path, directory.source(), &findings)?);
        Ok(if findings.is_empty() { FINE } else { FINDINGS })
    })
}

/// The offices that were asked for, in that order.
fn wanted(
    arguments: &ShowArguments,
    source: DirectorySource<'_>,
) -> Result<Vec<OwnedOffice>, CliError> {
    let offices = source.keep()?;
    if arguments.ids.is_empty() {
        return Ok(offices);
    }
    let known: Vec<&str> = offices.iter().map(|office| office.id.as_str()).collect();
    // Of two offices of one id the first one is shown.
    let first = known.iter().enumerate().rev();
    let places: HashMap<&str, usize> = first.map(|(at, id)| (*id, at)).collect();
    let mut wanted = Vec::new();
    for id in &arguments.ids {
        let at = places.get(id.as_str());
        let at = at.ok_or_else(|| Error::unknown("office", id, known.iter().copied()))?;
        wanted.push(offices[*at].clone());
    }
    Ok(wanted)
}

/// Writing to a string cannot fail.
fn show(
    text: &mut String,
    office: &Office<'_>,
    (header, regions): (&Header<'_>, &HashMap<&str, &Region<'_>>),
    arguments: &ShowArguments,
) {
    if !text.is_empty() {
        text.push('\n');
    }
    let name = office.full_name(&header.organization);
    let _ = writeln!(text, "{name}\n  Id:         {}", office.id);
    for other in &office.alternate_names {
        let _ = writeln!(text, "  Also:       {}", other.name());
    }
    let region = office.region.as_deref().and_then(|id| regions.get(id));
    if let Some(region) = region {
        let _ = writeln!(text, "  Region:     {}", region.name);
    }
    if let Some(place) = &office.coordinates {
        let _ = writeln!(text, "  Place:      {}, {}", place.latitude, place.longitude);
    }
    if let Some(hours) = &office.opening_hours {
        let _ = writeln!(text, "  Open:       {hours}");
    }
    show_contacts(text, office);
    for address in addresses(office, arguments) {
        show_address(text, &name, address, arguments);
    }
    for note in &office.notes {
        let _ = writeln!(text, "  Note:       {}", note.text);
    }
}

/// The ways to reach the office, each with what it is for.
fn show_contacts(text: &mut String, office: &Office<'_>) {
    let label = |label: Option<&str>| label.map_or(String::new(), |label| format!(" ({label})"));
    for phone in &office.phones {
        let kind = match phone.kind {
            PhoneType::Fax => "Fax:",
            PhoneType::Mobile => "Mobile:",
            _ => "Telephone:",
        };
        let number = international(&phone.number);
        let _ = writeln!(text, "  {kind:<11} {number}{}", label(phone.label.as_deref()));
    }
    for email in &office.emails {
        let _ = writeln!(text, "  E-mail:     {}{}", email.address(), label(email.label()));
    }
    for form in &office.contact_forms {
        let _ = writeln!(text, "  Form:       {}{}", form.url, label(form.label.as_deref()));
    }
    for website in &office.websites {
        let _ = writeln!(text, "  Website:    {}", website.url);
    }
}

/// The addresses that are wanted: all of them, or the one for mail or couriers.
fn addresses<'o>(office: &'o Office<'_>, arguments: &ShowArguments) -> Vec<&'o Address<'o>> {
    let wanted = match arguments.purpose {
        None => return office.addresses.iter().collect(),
        Some(AddressPurpose::Mail) => Use::Postal,
        Some(AddressPurpose::Courier) => Use::Physical,
    };
    let from = arguments.from.as_deref();
    address_for(office, wanted, from, arguments.script.into()).into_iter().collect()
}

/// The address at home and as mail from abroad, and what its post would object to.
fn show_address(text: &mut String, name: &str, address: &Address<'_>, arguments: &ShowArguments) {
    let uses: Vec<&str> = address
        .uses
        .iter()
        .map(|it| match it {
            Use::Physical => "couriers",
            Use::Postal => "mail",
            other => other.as_str(),
        })
        .collect();
    let name_of = |code: &str| country(code).map_or(code.to_owned(), |it| it.english_name().into());
    let home = name_of(&address.country);
    let _ = writeln!(text, "  For {} within {home}:", uses.join(" and "));
    let options = LayoutOptions {
        organization: Some(name),
        // At home first: what a visitor or a local courier needs.
        from: Some(&address.country),
        language: arguments.country_language.as_deref(),
        script: arguments.script.into(),
        ..LayoutOptions::default()
    };
    show_lines(text, address, &options);
    let from = arguments.from.as_deref();
    // Mail from the country itself was shown above.
    if from != Some(address.country.as_str()) {
        let origin = from.map_or("abroad".to_owned(), name_of);
        let _ = writeln!(text, "  From {origin}:");
        show_lines(text, address, &LayoutOptions { from, ..options });
    }
    // What a post would object to stands beside the address, and does not keep it from being shown.
    for problem in problems(address) {
        let _ = writeln!(text, "  Problem:    {problem}");
    }
}

/// The lines of an address as they would be on an envelope.
fn show_lines(text: &mut String, address: &Address<'_>, options: &LayoutOptions<'_>) {
    for line in layout(address, options).all_lines() {
        let _ = writeln!(text, "    {line}");
    }
}

/// The address that a label has, why it is that one, and how it stands on the stock.
fn show_why(
    text: &mut String,
    office: &Office<'_>,
    (header, from): (&Header<'_>, Option<&str>),
    (arguments, stock): (&ShowArguments, &Stock),
) {
    let script = arguments.script.into();
    let Some(address) = address_for(office, Use::Postal, from, script) else {
        let _ = writeln!(text, "  Label:      none, since the office has no address");
        return;
    };
    let is_usual = office.address_for(Use::Postal).is_some_and(|it| std::ptr::eq(it, address));
    let why = match script {
        _ if office.addresses.len() == 1 => "the only address",
        Script::Auto if !is_usual => "the address in Latin letters, which mail from abroad needs",
        Script::Latin if !is_usual => "the address in Latin letters",
        Script::Local if !is_usual => "the address in the letters of the country",
        _ if address.uses.contains(&Use::Postal) => "the first address for mail",
        _ => "the first address, since none is for mail",
    };
    let name = office.full_name(&header.organization);
    let options = LayoutOptions {
        organization: Some(&name),
        from,
        language: arguments.country_language.as_deref(),
        script,
        ..LayoutOptions::default()
    };
    let label = layout(address, &options);
    let _ = writeln!(text, "  Label:      {why}");
    match label_fit(&label, address, stock) {
        Ok(fit) => {
            let breaks = fit.lines.len() - label.all_lines().count();
            let _ = writeln!(
                text,
                "  On {}: {} pt, {}, {}:",
                stock.name,
                (fit.size * 10.0).round() / 10.0,
                counted(fit.lines.len(), "line", "lines"),
                match breaks {
                    0 => "none broken".to_owned(),
                    _ => counted(breaks, "break", "breaks"),
                }
            );
            for line in fit.lines {
                let _ = writeln!(text, "    {line}");
            }
        }
        Err(misfit) => {
            let _ = writeln!(text, "  On {}: {misfit}", stock.name);
        }
    }
}
