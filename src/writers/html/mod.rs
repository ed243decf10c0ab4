//! The directory as one page for people: search, filter, addresses to copy, contacts to download. It
//! needs no network, works without its script but for the search, and carries the offices for programs as
//! h-cards and schema.org.
//!
//! Templates (`*.html.j2`) hold the markup and escape every value; style and script are files of their own
//! that are put into the page as they are, and allowed there by their hashes. Nothing that an office says can
//! become script: tests in a browser try.

mod accent;
mod address;
mod contacts;
mod graph;
mod hours;
mod join;
mod label;
mod look;
mod name;
mod office;
mod opening;
mod page;
mod words;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value};
use quick_xml::escape::escape;

use super::card::Card;
use super::options::{LANGUAGE, option};
use super::own::lose_own;
use super::{
    Assembler, OfficeOutput, OmissionCase, OmittedMember, OmittedMembers, OptionCondition,
    OptionInfo, OptionKind, Writer, WriterInfo, WriterOptions, vcard,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::postal::Script;
use contacts::Contact;
use join::{PageAssembler, PageEntry};
use label::LabelSetter;
use look::Look;
use office::OfficeView;
use words::Words;

/// The web page.
pub static INFO: WriterInfo = WriterInfo {
    name: "html",
    about: "a web page in one file: search, addresses to copy, contacts to download; also printable",
    file: "index.html",
    default: true,
    leaves_out: &[
        OmittedMembers::always(&[
            OmittedMember::always("$schema"),
            OmittedMember::always("schema_version"),
            OmittedMember::when("organization/uid_scheme", OmissionCase::Implied),
            OmittedMember::always("organization/x_"),
            OmittedMember::always("kinds/id"),
            OmittedMember::always("kinds/alternate_names"),
            OmittedMember::always("kinds/x_"),
            OmittedMember::always("regions/alternate_names"),
            OmittedMember::always("regions/x_"),
            OmittedMember::when("regions", OmissionCase::WithoutOffices),
            OmittedMember::when(
                "addresses/administrative_area_code",
                OmissionCase::BesideNameNotOnMail,
            ),
            OmittedMember::always("addresses/printed"),
            OmittedMember::always("phones/printed"),
            OmittedMember::always("source"),
            OmittedMember::always("notes"),
        ]),
        OmittedMembers {
            with: &[OptionCondition::Is("label", &[label::NONE])],
            members: &[OmittedMember::always("organization/headquarters")],
        },
    ],
    options: &[
        option("qr", OptionKind::Flag, "true", "a QR code with the contact of each office"),
        option(
            "label",
            OptionKind::Text,
            "dymo-99012",
            "stock of the address labels that the page prints, as `officedir stock` lists them; or none",
        ),
        option(
            "title",
            OptionKind::Text,
            "",
            "title of the page; else the organisation's name and \"offices\"",
        ),
        option(
            "logo",
            OptionKind::File,
            "",
            "picture at the top of the page: an SVG, PNG, JPEG or WebP file of at most 256 KB",
        ),
        option(
            "accent",
            OptionKind::Text,
            "",
            "colour of links and buttons, such as #0a6349; made darker or lighter where text needs that",
        ),
        option(
            "url",
            OptionKind::Text,
            "",
            "where the page will be, for search engines; else the organisation's website",
        ),
        option(
            "fragment",
            OptionKind::Flag,
            "",
            "a part to embed in a page of your own: no head, no heading, and style for itself only",
        ),
        OptionInfo {
            help: "language of the page, and of names where the directory has them in it (BCP 47): words of its own in \
                   de, en, es, fr, ja, ko, pt, zh and zh-Hant",
            ..LANGUAGE
        },
    ],
    build,
};

/// The most bytes that a QR code holds (ISO/IEC 18004, table 7: version 40, level L), without the two that say that they
/// are UTF-8.
const MOST_IN_CODE: usize = 2_953 - 2;

/// The templates, and what the page is told.
struct HtmlWriter {
    /// Both templates, compiled.
    environment: Environment<'static>,
    /// The page's own words.
    words: Words,
    /// Title, colour, logo and the like.
    look: Look,
    /// Whether each office has a QR code.
    qr: bool,
    /// Sets the labels; `None` for a page without.
    labels: Option<LabelSetter>,
    /// The language that names are taken in, where the directory has them in it.
    language: Option<String>,
}

/// Compiles the templates. That they compile is tested.
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    let language = options.get(LANGUAGE.name).map(str::to_owned);
    let words = Words::new(language.as_deref())?;
    let environment = environment(&words).map_err(|error| Error::new(error.to_string()))?;
    let stock = options.get("label").filter(|stock| *stock != label::NONE);
    Ok(Box::new(HtmlWriter {
        environment,
        words,
        look: Look::new(options)?,
        qr: options.flag("qr"),
        labels: stock.map(LabelSetter::new).transpose()?,
        language,
    }))
}

/// The templates, compiled.
fn environment(words: &Words) -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    // minijinja goes by the ending of a template's name, and the names of these have none.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // A word that there is none of is a mistake.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).build()?);
    environment.set_formatter(escaped);
    environment.add_global("words", words.for_templates());
    environment.add_template("office", include_str!("office.html.j2"))?;
    environment.add_template("page", include_str!("page.html.j2"))?;
    Ok(environment)
}

/// Writes a value of a template, escaped. minijinja writes a slash as six letters, and pages have many URLs.
fn escaped(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    match value.as_str().filter(|_| !value.is_safe()) {
        Some(text) => Ok(out.write_str(&escape(text))?),
        None => minijinja::escape_formatter(out, state, value),
    }
}

impl Writer for HtmlWriter {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let language = self.language.as_deref();
        let named = language.map(|_| Card::in_language(context, office, language));
        // Saved contacts are the same in any language of the page, and those of the vCard writer.
        let card = Card::in_script(context, office, Script::Auto);
        let label = self.label(context, office, piece);
        let contact = self.contact(&card, label, piece);
        let card = named.as_ref().unwrap_or(&card);
        let view = OfficeView::new(context, office, card, self);
        let markup = self.environment.get_template("office").and_then(|it| it.render(Serde(&view)));
        match (markup, contact) {
            (Ok(markup), Ok(contact)) => {
                let node = graph::node(office, card, language);
                piece.keep(PageEntry::new(office, contact, markup, node));
            }
            (Err(error), _) => piece.refuse("", error.to_string()),
            (_, Err(error)) => piece.refuse("", error.to_string()),
        }
        lose_own(office, "a page for the public", |_| true, piece);
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        Some(Box::new(PageAssembler::new(self, context)))
    }
}

impl HtmlWriter {
    /// What the script can do with an office, as JSON.
    fn contact(
        &self,
        card: &Card<'_>,
        label: Option<String>,
        piece: &mut OfficeOutput,
    ) -> serde_json::Result<String> {
        // Cards are made of texts, so that nothing is replaced here.
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let code = self.qr.then(|| text(vcard::for_qr(card)));
        let qr = code.as_deref().filter(|it| it.len() <= MOST_IN_CODE);
        if code.is_some() && qr.is_none() {
            // The page still has the contact as a download.
            piece.lose(
                "",
                format!("no QR code holds the contact: it has more than {MOST_IN_CODE} bytes"),
            );
        }
        Contact { card: &text(vcard::download(card)), qr, label }.json()
    }

    /// The label of an office; one that cannot be set is reported, and the page goes without.
    fn label(
        &self,
        context: &Context<'_>,
        office: &Office<'_>,
        piece: &mut OfficeOutput,
    ) -> Option<String> {
        let name = office.full_name_in(&context.header.organization, self.language.as_deref());
        match self.labels.as_ref()?.svg(context, office, &name)? {
            Ok(svg) => Some(svg),
            Err((pointer, misfit)) => {
                piece.lose(pointer, format!("no label to print: {misfit}"));
                None
            }
        }
    }
}
