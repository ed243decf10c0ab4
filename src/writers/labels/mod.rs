//! Printable address labels: sheets, rolls and envelopes as PDF.
//!
//! A label carries the office's name with the organisation's, and the postal address as
//! [`crate::postal`] sets it for mail from the sender's country. It is set in the pure half of the
//! writer, per office; the ordered half only puts finished labels onto pages. A label that does not
//! fit, or has a character that no font has, is refused: nothing is cut off and nothing left out.

mod fit;
mod fonts;
mod pdf;
mod shape;
mod system;
mod wrap;

use std::io;

use self::fit::{Block, POINTS};
use self::fonts::Fonts;
use self::pdf::Pdf;
use self::shape::Shaper;
use super::{
    Context, Files, Join, Misuse, OptionInfo, OptionKind, Options, Piece, Writer, WriterInfo,
};
use crate::model::{Address, Office, Use};
use crate::postal::{LayoutOptions, layout};
use crate::stock::{Catalogue, Stock};

/// The address-label writer.
pub static INFO: WriterInfo = WriterInfo {
    name: "labels",
    about: "address labels for printing, PDF",
    file: "labels.pdf",
    default: true,
    leaves_out: LEAVES_OUT,
    options: OPTIONS,
    build,
};

/// A label is for the post, which needs none of these.
const LEAVES_OUT: &[&str] = &[
    "alternate_names",
    "kind",
    "region",
    "parent",
    "phones",
    "emails",
    "websites",
    "time_zone",
    "updated",
    "source",
    "notes",
    "printed",
];

const OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        name: "stock",
        help: "sheet, roll or envelope, by a name that `officedir stock` lists",
        kind: OptionKind::Text,
        default: "avery-l7160",
    },
    OptionInfo {
        name: "from",
        help: "country that the mail is sent from; without it, the world secretariat's",
        kind: OptionKind::Country,
        default: "",
    },
    OptionInfo {
        name: "outline",
        help: "draw the die-cuts, for a look on plain paper",
        kind: OptionKind::Flag,
        default: "",
    },
];

struct Labels {
    stock: Stock,
    fonts: Fonts,
    from: Option<String>,
    outline: bool,
}

fn build(options: &Options) -> Result<Box<dyn Writer>, Misuse> {
    let misuse = |error: crate::stock::StockError| Misuse::new(error.to_string());
    let catalogue = Catalogue::built_in().map_err(misuse)?;
    let stock = catalogue.find(options.get("stock").unwrap_or_default()).map_err(misuse)?.clone();
    let fonts = Fonts::new(Vec::new(), true).map_err(|_| Misuse::new("a font file is none"))?;
    let from = options.get("from").map(str::to_owned);
    Ok(Box::new(Labels { stock, fonts, from, outline: options.flag("outline") }))
}

impl Labels {
    /// The text area in points, as the text sees it.
    fn room(&self) -> [f32; 2] {
        let area = self.stock.text_area();
        let [width, height] = [area.width, area.height].map(|side| (side * POINTS) as f32);
        if self.stock.turned { [height, width] } else { [width, height] }
    }

    fn set(
        &self,
        context: &Context<'_>,
        office: &Office<'_>,
        address: &Address<'_>,
    ) -> Result<Block, String> {
        let name = office.full_name(&context.header.organization);
        let options = LayoutOptions {
            organization: Some(&name),
            from: self.from.as_deref().or_else(|| context.headquarters()),
            ..LayoutOptions::default()
        };
        let lines: Vec<String> = layout(address, &options).into_lines().collect();
        let shaper = Shaper::new(&self.fonts, &address.country, address.language.as_deref());
        fit::fit(&lines, self.room(), &shaper)
            .map_err(|misfit| format!("{}: {misfit}", self.stock.name))
    }
}

impl Writer for Labels {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut Piece) {
        let Some(address) = office.address_for(Use::Postal) else {
            piece.refuse("/addresses", "an office without an address cannot have a label");
            return;
        };
        match self.set(context, office, address) {
            Ok(block) => piece.keep(block),
            Err(why) => {
                let at = office.addresses.iter().position(|other| std::ptr::eq(other, address));
                piece.refuse(format!("/addresses/{}", at.unwrap_or_default()), why);
            }
        }
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Join + 'a>> {
        let title = format!("Address labels of {}", context.header.organization.name);
        Some(Box::new(Sheets { labels: self, pdf: Pdf::new(&title, "en"), page: Vec::new() }))
    }
}

/// Puts labels onto pages.
struct Sheets<'a> {
    labels: &'a Labels,
    pdf: Pdf,
    page: Vec<Block>,
}

impl Sheets<'_> {
    fn flush(&mut self) -> io::Result<()> {
        let labels: Vec<(usize, &Block)> = self.page.iter().enumerate().collect();
        self.pdf.page(&self.labels.stock, &labels, self.labels.outline)?;
        self.page.clear();
        Ok(())
    }
}

impl Join for Sheets<'_> {
    fn append(&mut self, piece: &mut Piece, _files: &mut Files<'_>) -> io::Result<()> {
        for block in piece.take::<Block>() {
            self.page.push(block);
            if self.page.len() == self.labels.stock.per_page() {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, files: &mut Files<'_>) -> io::Result<()> {
        if !self.page.is_empty() {
            self.flush()?;
        }
        files.main()?.write_all(&self.pdf.finish()?)
    }
}
