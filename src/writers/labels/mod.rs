//! Printable address labels: sheets, rolls and envelopes, as PDF, pictures or for thermal printers.
//!
//! A label carries the office's name with the organisation's, and the postal address as
//! [`crate::postal`] sets it for mail from the sender's country. It is set in the pure half of the
//! writer, per office; the ordered half only puts finished labels onto pages. A label that does not
//! fit, or has a character that no font has, is refused: nothing is cut off and nothing left out.
//!
//! How text is set is `typeset`'s, what sheets there are [`crate::stock`]'s. Here is what a label
//! says (`label`, `code`, `misfit`), where it stands (`positions`, `page`, `printer`) and what pages are written as
//! (`paper`, `sheets`).

mod calibration;
mod code;
mod label;
mod misfit;
mod options;
mod page;
mod paper;
mod positions;
mod sheets;
mod why;

use std::borrow::Cow;

pub use self::calibration::{calibration, calibration_help, measured_profile};
use self::label::{LabelText, SetLabel};
use self::misfit::misfit_text;
use self::page::PageLayout;
use self::paper::{PageSink, PdfVolumes, PictureFiles, ZplFile};
use self::sheets::SheetAssembler;
pub use self::why::{LabelFit, label_fit};
use super::card::Card;
use super::{Assembler, OfficeOutput, Writer, WriterInfo, vcard};
use crate::directory::Context;
use crate::model::{Address, Office, Use};
use crate::postal::{LayoutOptions, Script, address_for, country_name, fold, layout};
use crate::stock::{PrinterProfile, Stock};
use crate::typeset::PdfBuilder;
use crate::typeset::fit::{FitError, FitStyle, TextLine};
use crate::typeset::fonts::FontSet;
use crate::typeset::shape::Shaper;

/// The address-label writer.
pub static INFO: WriterInfo = WriterInfo {
    name: "labels",
    about: "address labels for printing: PDF, thermal printers (ZPL), pictures",
    file: "labels.pdf",
    default: true,
    leaves_out: options::LEAVES_OUT,
    options: options::OPTIONS,
    build: options::build,
};

/// The checked options, ready for use.
struct LabelWriter {
    /// What is printed on.
    stock: Stock,
    /// The fonts of this run, in the order in which they are tried.
    fonts: FontSet,
    /// Code of the country that mail is sent from; `None` for the headquarters'.
    from: Option<String>,
    /// The sizes that addresses may have.
    style: FitStyle,
    /// The letters that addresses are in.
    script: Script,
    /// BCP 47 tag of the country line's language; `None` for the origin's.
    country_language: Option<String>,
    /// Whether the country line has a second, internationally known language.
    both_languages: bool,
    /// The language that names are taken in, where the directory has them in it.
    language: Option<String>,
    /// Which address is taken, where an office has several.
    wanted: Use,
    /// Position of the first label on the first page, from 1.
    start: usize,
    /// Positions of the first page, from 1, that stay empty.
    skip: Vec<usize>,
    /// Labels for each office, 1 or more.
    copies: usize,
    /// The order of the labels; `None` for the directory's.
    sort: Option<LabelOrder>,
    /// Whether die-cuts are drawn.
    outline: bool,
    /// The return address, where labels have one.
    sender: Option<ReturnAddress>,
    /// Whether the office of the return address has a label.
    to_sender: bool,
    /// Whether the contact stands beside the address as a QR code.
    qr: bool,
    /// Whether PDFs are tagged, for archives and screen readers.
    archive: bool,
    /// How pages are moved for one printer.
    printer: Option<PrinterProfile>,
    /// What pages are written as.
    format: LabelFormat,
    /// Dots per inch of pictures and thermal printers.
    dpi: u32,
}

/// What labels are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LabelFormat {
    /// Pages of a document.
    Pdf,
    /// A picture in dots for each page.
    Png,
    /// A drawing in outlines for each page.
    Svg,
    /// Commands of a thermal printer.
    Zpl,
}

/// By what labels are ordered first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LabelOrder {
    /// By country, then postal code.
    Country,
    /// By postal code, then country.
    PostalCode,
    /// By id alone.
    Id,
}

/// What labels are ordered by.
type SortKey = [String; 3];

/// The return address.
enum ReturnAddress {
    /// The headquarters' own.
    Headquarters,
    /// These lines.
    Lines(Vec<String>),
}

impl LabelOrder {
    /// What an office is ordered by, with the id last so that no two are equal.
    ///
    /// Countries go by the name that the country line has, as people look for one in a pile, where Österreich is not
    /// behind Zypern.
    fn key(self, office: &Office<'_>, address: &Address<'_>, country: &str) -> SortKey {
        let id = office.id.to_string();
        let country = fold(country);
        let code = address.postal_code.as_deref().unwrap_or_default().to_owned();
        match self {
            LabelOrder::Country => [country, code, id],
            LabelOrder::PostalCode => [code, country, id],
            LabelOrder::Id => [id, String::new(), String::new()],
        }
    }
}

impl LabelWriter {
    /// The name on the label of an office.
    fn name<'n>(&self, context: &Context<'_>, office: &'n Office<'_>) -> Cow<'n, str> {
        office.full_name_in(&context.header.organization, self.language.as_deref())
    }

    /// Code of the country that mail is sent from.
    fn from<'c>(&'c self, context: &'c Context<'_>) -> Option<&'c str> {
        self.from.as_deref().or_else(|| context.headquarters())
    }

    /// What the label of an office says.
    fn text(
        &self,
        context: &Context<'_>,
        office: &Office<'_>,
        address: &Address<'_>,
    ) -> Result<LabelText, String> {
        let name = self.name(context, office);
        let options = LayoutOptions {
            organization: Some(&name),
            from: self.from(context),
            language: self.country_language.as_deref(),
            script: self.script,
            both_languages: self.both_languages,
            ..LayoutOptions::default()
        };
        Ok(LabelText {
            lines: TextLine::of(&layout(address, &options)),
            country: address.country.to_string(),
            language: address.language.as_deref().map(str::to_owned),
            updated: office.updated.as_deref().map(str::to_owned),
            sender: self
                .sender(context, &address.country)?
                .into_iter()
                .map(TextLine::from)
                .collect(),
            card: self.qr.then(|| vcard::for_qr(&Card::in_script(context, office, self.script))),
        })
    }

    /// Whether an office would write to itself.
    fn is_sender(&self, context: &Context<'_>, office: &Office<'_>) -> bool {
        let is_asked = matches!(self.sender, Some(ReturnAddress::Headquarters)) && !self.to_sender;
        is_asked && context.headquarters_office().is_some_and(|sender| sender.id == office.id)
    }

    /// The lines of the return address on mail to that country.
    fn sender(&self, context: &Context<'_>, to: &str) -> Result<Vec<String>, String> {
        match &self.sender {
            None => Ok(Vec::new()),
            Some(ReturnAddress::Lines(lines)) => Ok(lines.clone()),
            Some(ReturnAddress::Headquarters) => {
                let office = context.headquarters_office();
                let office =
                    office.ok_or("there is no headquarters with an address to return mail to")?;
                let address = address_for(&office, Use::Postal, Some(to), Script::Auto);
                let address = address.ok_or("the headquarters has no address")?;
                let name = self.name(context, &office);
                let options = LayoutOptions {
                    organization: Some(&name),
                    from: Some(to),
                    // Posts abroad read English more likely than the origin's language.
                    language: Some("en"),
                    ..LayoutOptions::default()
                };
                Ok(layout(address, &options).to_lines())
            }
        }
    }

    /// Sets a label with the fonts of this run.
    fn set(&self, text: &LabelText) -> Result<SetLabel, FitError> {
        let shaper = Shaper::new(&self.fonts, &text.country, text.language.as_deref());
        // Only where the output has dots must the modules of a QR code be whole ones.
        let dots = matches!(self.format, LabelFormat::Png | LabelFormat::Zpl).then_some(self.dpi);
        SetLabel::set(text, (&self.stock, self.style), dots, &shaper)
    }

    /// Says why a label does not fit, and on which stock it would.
    fn refusal(&self, text: &LabelText, misfit: &FitError) -> String {
        let shaper = Shaper::new(&self.fonts, &text.country, text.language.as_deref());
        let fits = |stock: &Stock| SetLabel::set(text, (stock, self.style), None, &shaper).is_ok();
        format!("stock {}: {}", self.stock.name, misfit_text(misfit, &self.stock, fits))
    }

    /// Where labels stand on a page.
    fn layout(&self) -> PageLayout<'_> {
        PageLayout::new(&self.stock, self.printer.as_ref(), self.outline)
    }

    /// What pages go to in the format that was asked for; nothing is written yet.
    fn paper(&self, context: &Context<'_>) -> Box<dyn PageSink> {
        let organization = &context.header.organization;
        let title =
            format!("Address labels of {}", organization.name_in(self.language.as_deref()).name);
        match self.format {
            LabelFormat::Pdf if self.archive => {
                Box::new(PdfVolumes::new(move || PdfBuilder::archivable(&title)))
            }
            LabelFormat::Pdf => Box::new(PdfVolumes::new(move || PdfBuilder::new(&title))),
            LabelFormat::Png => Box::new(PictureFiles::png(self.dpi)),
            LabelFormat::Svg => Box::new(PictureFiles::svg(title)),
            LabelFormat::Zpl => Box::new(ZplFile { dpi: self.dpi }),
        }
    }
}

impl Writer for LabelWriter {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let from = self.from(context);
        let Some(address) = address_for(office, self.wanted, from, self.script) else {
            // No refusal: an office without an address must not keep the others from being printed.
            piece.lose("", "an office without an address has no label");
            return;
        };
        if self.is_sender(context, office) {
            let why = "the office is the return address, and has a label with to-sender only";
            piece.lose("", why);
            return;
        }
        let text = match self.text(context, office, address) {
            Ok(text) => text,
            Err(why) => return piece.refuse("", why),
        };
        match (self.set(&text), self.sort) {
            (Ok(label), None) => piece.keep(label),
            // Set once to see that it fits, and again when its place is known: a finished label takes
            // kilobytes, its text a hundred bytes.
            (Ok(_), Some(sort)) => {
                let language = self.country_language.as_deref();
                let (country, _) = country_name(&address.country, from, language);
                piece.keep((sort.key(office, address, country), text));
            }
            (Err(misfit), _) => {
                piece.refuse(office.address_pointer(address), self.refusal(&text, &misfit));
            }
        }
    }

    fn file(&self) -> Option<&'static str> {
        Some(match self.format {
            LabelFormat::Pdf => INFO.file,
            LabelFormat::Png => "labels.png",
            LabelFormat::Svg => "labels.svg",
            LabelFormat::Zpl => "labels.zpl",
        })
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        Some(Box::new(SheetAssembler::new(self, context)))
    }
}
