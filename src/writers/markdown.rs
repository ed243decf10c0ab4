//! The directory as Markdown (CommonMark with GitHub's tables), for wikis and README files: a table of all
//! offices, then each with everything that people look up.
//!
//! Every text is escaped so that it says itself: an office that is called `1. Büro` must not begin a list.

use std::fmt::Write as _;
use std::io;

use super::card::Card;
use super::omission::READABLE;
use super::options::LANGUAGE;
use super::own::lose_own;
use super::place::{coordinates_text, map_url};
use super::{
    Assembler, OfficeOutput, OmissionCase, OmittedMember, OmittedMembers, TargetFiles, Writer,
    WriterInfo, WriterOptions,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::{Office, PhoneType, Use};
use crate::text::{
    international, markdown_email, markdown_phone, markdown_url, markdown_without_links,
};

/// Markdown.
pub static INFO: WriterInfo = WriterInfo {
    name: "markdown",
    about: "Markdown for wikis and README files: a table, and each office below it",
    file: "offices.md",
    default: false,
    leaves_out: &[
        OmittedMembers::always(READABLE),
        OmittedMembers::always(&[
            OmittedMember::always("id"),
            OmittedMember::when("addresses/administrative_area", OmissionCase::NotOnMail),
            OmittedMember::when("addresses/administrative_area_code", OmissionCase::NotOnMail),
        ]),
    ],
    options: &[LANGUAGE],
    build,
};

/// What the writer is told.
struct MarkdownWriter {
    /// The language that names are taken in, where the directory has them in it.
    language: Option<String>,
}

/// Makes the writer of options that were checked already.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(MarkdownWriter { language: options.get(LANGUAGE.name).map(str::to_owned) }))
}

/// An office in the table, and below it.
struct MarkdownEntry {
    /// Its row of the table, with the end of the line.
    row: String,
    /// Its heading, and everything below that.
    section: String,
}

impl Writer for MarkdownWriter {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let language = self.language.as_deref();
        let card = Card::in_language(context, office, language);
        piece.keep(MarkdownEntry {
            row: row(&card, office),
            section: section(context, (&card, language), office),
        });
        lose_own(office, "a page for people", |_| true, piece);
    }

    fn begin(&self, context: &Context<'_>, out: &mut Vec<u8>) {
        let organization = &context.header.organization;
        let mut head =
            format!("# {} offices\n\n", text(organization.name_in(self.language.as_deref()).name));
        if let Some(website) = &organization.website {
            let _ = write!(head, "{}\n\n", markdown_url(website));
        }
        head.push_str("| Office | City | Country | Phone | E-mail | Website |\n");
        head.push_str("| --- | --- | --- | --- | --- | --- |\n");
        out.extend_from_slice(head.as_bytes());
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        Some(Box::new(MarkdownAssembler {
            writer: self,
            context,
            begun: false,
            sections: String::new(),
        }))
    }
}

/// The office in the table: where one goes and whom one calls.
fn row(card: &Card<'_>, office: &Office<'_>) -> String {
    let door = office.addresses.iter().position(|it| it.uses.contains(&Use::Physical));
    // The card has the addresses in the office's order; without one for visitors the first has to do.
    let door = card.addresses.get(door.unwrap_or_default());
    // One number only, and that of a person: the table is for those who want to call.
    let voices = office.phones.iter().filter(|phone| phone.kind != PhoneType::Fax);
    // Of several the first that is for everything, else the first.
    let voice = voices.min_by_key(|phone| phone.label.is_some());
    let email = office.emails.iter().min_by_key(|email| email.label().is_some());
    let cells = [
        text(&card.name),
        text(door.map_or("", |it| &it.locality)),
        text(door.map_or("", |it| it.country)),
        voice.map_or(String::new(), |phone| markdown_phone(&phone.number)),
        email.map_or(String::new(), |it| markdown_email(it.address())),
        office.websites.first().map_or(String::new(), |it| markdown_url(&it.url)),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// The office below the table, with everything.
fn section(
    context: &Context<'_>,
    (card, language): (&Card<'_>, Option<&str>),
    office: &Office<'_>,
) -> String {
    let mut out = format!("\n## {}\n\n{}\n", text(&card.name), text(&card.categories.join(", ")));
    for address in &card.addresses {
        let what = match *address.uses {
            [Use::Physical] => "Street address",
            [Use::Postal] => "Postal address",
            _ => "Address",
        };
        let lines: Vec<String> =
            address.label_as_written(&card.name).all_lines().map(text).collect();
        // A backslash at the end of a line breaks it (CommonMark, section 6.7). Two spaces would as well, but
        // nobody sees them.
        let _ = write!(out, "\n**{what}**\\\n{}\n", lines.join("\\\n"));
    }
    let mut items = Vec::new();
    if let Some(parent) = office.parent.as_deref().and_then(|id| context.parent_name(id)) {
        items.push(format!("Part of {}", text(parent)));
    }
    items.extend(office.other_names_in(language).map(|it| format!("Also {}", text(it.name))));
    items.extend(office.coordinates.as_ref().map(|place| {
        // Digits, points and a minus are no Markdown in a link, nor is anything in its URL.
        format!("Map [{}]({})", coordinates_text(place), map_url(place))
    }));
    items.extend(office.opening_hours.as_ref().map(|it| format!("Open {}", text(it))));
    add_contacts(office, &mut items);
    items.extend(card.time_zone.map(|it| format!("Time zone {}", text(it))));
    items.extend(card.updated.map(|it| format!("Updated {}", text(it))));
    if !items.is_empty() {
        let _ = write!(out, "\n- {}\n", items.join("\n- "));
    }
    out
}

/// The ways to reach the office, each with what it is for.
fn add_contacts(office: &Office<'_>, items: &mut Vec<String>) {
    let label = |label: Option<&str>| label.map_or(String::new(), |it| format!(" ({})", text(it)));
    items.extend(office.phones.iter().map(|phone| {
        let (what, number) = match phone.kind {
            PhoneType::Voice => ("Phone", markdown_phone(&phone.number)),
            PhoneType::Mobile => ("Mobile", markdown_phone(&phone.number)),
            // Nobody calls a fax.
            PhoneType::Fax => ("Fax", text(&international(&phone.number))),
        };
        format!("{what}{} {number}", label(phone.label.as_deref()))
    }));
    let emails = office.emails.iter();
    items.extend(
        emails.map(|it| format!("E-mail{} {}", label(it.label()), markdown_email(it.address()))),
    );
    let forms = office.contact_forms.iter();
    let forms = forms.map(|it| (label(it.label.as_deref()), markdown_url(&it.url)));
    items.extend(forms.map(|(label, link)| format!("Contact form{label} {link}")));
    items.extend(office.websites.iter().map(|it| format!("Website {}", markdown_url(&it.url))));
}

/// A text that says itself, in one line and in a cell.
fn text(text: &str) -> String {
    // A line break would end the row of the table, or begin a block below it.
    markdown_without_links(&text.replace('\n', " "))
}

/// The ordered half: what stands below the table waits until that is whole.
struct MarkdownAssembler<'a> {
    /// What makes the head.
    writer: &'a MarkdownWriter,
    /// What the head says of the directory.
    context: &'a Context<'a>,
    /// Whether the head was written.
    begun: bool,
    /// What is to stand below the table, in the directory's order.
    sections: String,
}

impl MarkdownAssembler<'_> {
    /// Writes the head once.
    fn begin(&mut self, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let mut head = Vec::new();
        if !std::mem::replace(&mut self.begun, true) {
            self.writer.begin(self.context, &mut head);
        }
        files.main()?.write_all(&head)
    }
}

impl Assembler for MarkdownAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        self.begin(files)?;
        for MarkdownEntry { row, section } in piece.take() {
            files.main()?.write_all(row.as_bytes())?;
            // The table comes first and needs all offices, so what is below it waits in memory.
            self.sections.push_str(&section);
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        self.begin(files)?;
        files.main()?.write_all(self.sections.as_bytes())
    }
}
