//! The directory as one page for people: search, filter, addresses to copy, contacts to download. It
//! needs no network, works without its script but for the search, and carries the offices for programs as
//! h-cards and schema.org.
//!
//! Templates (`*.html.j2`) hold the markup and escape every value; style and script are files of their own
//! that are put into the page as they are, and allowed there by their hashes. Nothing that an office says can
//! become script: tests in a browser try.

mod graph;
mod hours;
mod join;
mod office;
mod qr;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};

use super::card::Card;
use super::options::LANGUAGE;
use super::own::lose_own;
use super::{
    Assembler, OfficeOutput, OmissionCase, OmittedMember, OmittedMembers, OptionInfo, OptionKind,
    Writer, WriterInfo, WriterOptions, vcard,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use join::{PageAssembler, PageEntry};
use office::OfficeView;

/// The web page.
pub static INFO: WriterInfo = WriterInfo {
    name: "html",
    about: "a web page in one file: search, addresses to copy, contacts to download; also printable",
    file: "index.html",
    default: true,
    leaves_out: &[OmittedMembers::always(&[
        OmittedMember::always("$schema"),
        OmittedMember::always("schema_version"),
        OmittedMember::always("organization/headquarters"),
        OmittedMember::when("organization/uid_scheme", OmissionCase::Implied),
        OmittedMember::always("organization/x_"),
        OmittedMember::always("kinds/id"),
        OmittedMember::always("kinds/alternate_names"),
        OmittedMember::always("kinds/x_"),
        OmittedMember::always("regions/alternate_names"),
        OmittedMember::always("regions/x_"),
        OmittedMember::when("regions", OmissionCase::WithoutOffices),
        OmittedMember::when("addresses/administrative_area_code", OmissionCase::NotOnMail),
        OmittedMember::always("addresses/printed"),
        OmittedMember::always("phones/printed"),
        OmittedMember::always("source"),
        OmittedMember::always("notes"),
    ])],
    options: &[
        OptionInfo {
            name: "qr",
            help: "a QR code with the contact of each office",
            kind: OptionKind::Flag,
            default: "true",
        },
        LANGUAGE,
    ],
    build,
};

/// The templates, and what the page is told.
struct HtmlWriter {
    /// Both templates, compiled.
    environment: Environment<'static>,
    /// Whether each office has a QR code.
    qr: bool,
    /// The language that names are taken in, where the directory has them in it.
    language: Option<String>,
}

/// Compiles the templates. That they compile is tested.
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    let mut environment = Environment::new();
    // minijinja goes by the ending of a template's name, and the names of these two have none.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    SyntaxConfig::builder()
        .trim_blocks(true)
        .build()
        .map(|syntax| environment.set_syntax(syntax))
        .and_then(|()| environment.add_template("office", include_str!("office.html.j2")))
        .and_then(|()| environment.add_template("page", include_str!("page.html.j2")))
        .map_err(|error| Error::new(error.to_string()))?;
    let language = options.get(LANGUAGE.name).map(str::to_owned);
    Ok(Box::new(HtmlWriter { environment, qr: options.flag("qr"), language }))
}

impl Writer for HtmlWriter {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        // The contact that the page offers is the vCard of the vCard writer.
        let card = Card::new(context, office);
        let download = vcard::download(&card);
        let code = if self.qr { qr::picture(&vcard::for_qr(&card)) } else { Ok(vec![]) };
        let code = code.unwrap_or_else(|error| {
            // A code holds 2,953 bytes (ISO/IEC 18004). The page still has the contact as a
            // download.
            piece.lose("", format!("no QR code holds the contact: {error}"));
            Vec::new()
        });
        // Saved contacts are the same in any language of the page.
        let language = self.language.as_deref();
        let card = match language {
            Some(_) => Card::in_language(context, office, language),
            None => card,
        };
        let view = OfficeView::new(context, office, (&card, language), [&download, &code]);
        let markup = self.environment.get_template("office").and_then(|it| it.render(Serde(&view)));
        match markup {
            Ok(markup) => {
                let node = graph::node(office, &card, language);
                piece.keep(PageEntry::new(office, download, markup, node));
            }
            Err(error) => piece.refuse("", error.to_string()),
        }
        lose_own(office, "a page for the public", |_| true, piece);
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        let language = self.language.as_deref();
        Some(Box::new(PageAssembler::new(&self.environment, context, language)))
    }
}
