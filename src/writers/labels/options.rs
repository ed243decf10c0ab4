//! What the writer can be told.

use super::{LabelFormat, LabelOrder, LabelWriter, ReturnAddress};
use crate::bounded::{FONT_LIMIT, read_limited};
use crate::error::Error;
use crate::model::Use;
use crate::stock::{Catalogue, PrinterProfile, Stock, StockKind};
use crate::typeset::fit::{ADDRESS, FitStyle};
use crate::typeset::fonts::FontSet;
use crate::typeset::zpl::PRINTERS;
use crate::writers::options::{LANGUAGE, SCRIPT, option};
use crate::writers::{
    OmissionCase, OmittedMember, OmittedMembers, OptionCondition, OptionInfo, OptionKind, Writer,
    WriterOptions,
};

/// The largest number of positions on a page that options may name; stock has fewer.
const POSITIONS: u32 = 1_000_000;

/// What the writer can be told, stock first.
pub(super) const OPTIONS: &[OptionInfo] = &[
    option(
        "stock",
        OptionKind::Text,
        "avery-l7160",
        "sheet, roll, envelope or letter, as `officedir stock` lists them",
    ),
    option(
        "stock-file",
        OptionKind::Files,
        "",
        "file with products of your own, [[stock]] tables in TOML or gLabels templates",
    ),
    option("start", OptionKind::Number(1, POSITIONS), "1", "position of the first label"),
    option(
        "skip",
        OptionKind::Numbers(1, POSITIONS),
        "",
        "positions of the first page that are used up already",
    ),
    option("copies", OptionKind::Number(1, 10_000), "1", "labels for each office, side by side"),
    option(
        "sort",
        OptionKind::Choice(&["country", "postcode", "id"]),
        "",
        "order of the labels; country means by country, then postcode",
    ),
    option(
        "use",
        OptionKind::Choice(&["postal", "physical"]),
        "postal",
        "which address, where an office has both",
    ),
    option(
        "from",
        OptionKind::Country,
        "",
        "country that the mail is sent from; else that of the headquarters",
    ),
    SCRIPT,
    option(
        "country-language",
        OptionKind::Language,
        "",
        "language of the country line; else that of the origin, where it has Latin letters",
    ),
    option(
        "country-line",
        OptionKind::Choice(&["one", "both"]),
        "one",
        "both: the country in English too, or in French where it is in English",
    ),
    option(
        "max-size",
        OptionKind::Number(6, 144),
        "11",
        "largest size of the address, in points; a large number means as large as fits",
    ),
    option(
        "size",
        OptionKind::Number(6, 144),
        "",
        "the size of every address, in points, instead of the largest that fits",
    ),
    option(
        "margin",
        OptionKind::Number(0, 100),
        "0",
        "millimetres that stay clear around the address, besides what the stock leaves clear",
    ),
    option(
        "font",
        OptionKind::Files,
        "",
        "font file that is tried before the built-in font and the system's",
    ),
    option(
        "return-address",
        OptionKind::Text,
        "",
        "headquarters, for its address; or lines with | between them",
    ),
    option(
        "to-sender",
        OptionKind::Flag,
        "",
        "a label for the headquarters too, where they are the return address",
    ),
    LANGUAGE,
    option("qr", OptionKind::Flag, "", "a QR code with the office's vCard beside the address"),
    option(
        "printer",
        OptionKind::File,
        "",
        "printer profile: a TOML file with offset, scale and rotation (see `officedir calibrate`)",
    ),
    option(
        "format",
        OptionKind::Choice(&["pdf", "zpl", "png", "svg"]),
        "pdf",
        "zpl: for thermal label printers; png, svg: pictures of the pages",
    ),
    option(
        "archive",
        OptionKind::Flag,
        "",
        "tagged PDF for archives and screen readers (PDF/A-2a, PDF/UA-1); two to three times as large",
    ),
    option(
        "dpi",
        OptionKind::Number(50, 1200),
        "",
        "dots per inch: 203, 300 or 600 as the thermal printer has (default 203); of png (default 150)",
    ),
    option("outline", OptionKind::Flag, "", "draw the die-cuts, for a look on plain paper"),
];

/// A label is for the post, which needs none of these; a QR code has what a telephone saves as a contact.
pub(super) const LEAVES_OUT: &[OmittedMembers] = &[
    OmittedMembers::always(&[
        OmittedMember::always("$schema"),
        OmittedMember::always("schema_version"),
        OmittedMember::always("organization/alternate_names"),
        OmittedMember::always("organization/id"),
        OmittedMember::always("organization/website"),
        OmittedMember::always("organization/uid_scheme"),
        OmittedMember::always("organization/x_"),
        OmittedMember::always("kinds"),
        OmittedMember::always("regions"),
        OmittedMember::always("id"),
        OmittedMember::always("alternate_names"),
        OmittedMember::always("kind"),
        OmittedMember::always("region"),
        OmittedMember::when(
            "addresses/administrative_area_code",
            OmissionCase::BesideNameNotOnMail,
        ),
        OmittedMember::always("addresses/printed"),
        OmittedMember::always("addresses/x_"),
        OmittedMember::always("coordinates"),
        OmittedMember::always("opening_hours"),
        OmittedMember::always("phones/label"),
        OmittedMember::always("phones/printed"),
        OmittedMember::always("phones/x_"),
        OmittedMember::always("emails/label"),
        OmittedMember::always("emails/x_"),
        OmittedMember::always("contact_forms"),
        OmittedMember::always("websites/printed"),
        OmittedMember::always("websites/x_"),
        OmittedMember::always("time_zone"),
        OmittedMember::always("parent"),
        OmittedMember::always("updated"),
        OmittedMember::always("source"),
        OmittedMember::always("notes"),
        OmittedMember::always("x_"),
    ]),
    OmittedMembers {
        with: &[OptionCondition::IsOff("qr")],
        members: &[
            OmittedMember::when("addresses/administrative_area", OmissionCase::NotOnMail),
            OmittedMember::when("addresses/administrative_area_code", OmissionCase::NotOnMail),
            OmittedMember::always("phones"),
            OmittedMember::always("emails"),
            OmittedMember::always("websites"),
        ],
    },
    OmittedMembers {
        with: &[OptionCondition::IsOff("archive")],
        members: &[OmittedMember::always("addresses/language")],
    },
    OmittedMembers {
        with: &[OptionCondition::IsOff("qr"), OptionCondition::Is("use", &["postal"])],
        members: &[OmittedMember::when("addresses", OmissionCase::NotFor(Use::Postal))],
    },
    OmittedMembers {
        with: &[OptionCondition::Is("use", &["postal"])],
        members: &[OmittedMember::when(
            "addresses/uses",
            OmissionCase::NotDecisiveFor(Use::Postal),
        )],
    },
    OmittedMembers {
        with: &[OptionCondition::IsOff("qr"), OptionCondition::Is("use", &["physical"])],
        members: &[OmittedMember::when("addresses", OmissionCase::NotFor(Use::Physical))],
    },
    OmittedMembers {
        with: &[OptionCondition::Is("use", &["physical"])],
        members: &[OmittedMember::when(
            "addresses/uses",
            OmissionCase::NotDecisiveFor(Use::Physical),
        )],
    },
    OmittedMembers {
        with: &[OptionCondition::Is("sort", &["country", "postcode", "id"])],
        members: &[OmittedMember::when("offices", OmissionCase::Order)],
    },
];

/// Checks what no option can be checked for by itself, and reads stock, fonts and the printer's profile.
pub(super) fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    let mut catalogue = Catalogue::built_in()?;
    for path in options.all("stock-file") {
        catalogue.add_file(path.as_ref())?;
    }
    let stock = catalogue.find(options.get("stock").unwrap_or_default())?.clone();
    let stock = stock.with_clear(options.number("margin").map_or(0.0, f64::from))?;
    let (start, skip) = positions(options, &stock)?;
    let format = match options.get("format") {
        Some("zpl") => LabelFormat::Zpl,
        Some("png") => LabelFormat::Png,
        Some("svg") => LabelFormat::Svg,
        _ => LabelFormat::Pdf,
    };
    if options.flag("archive") && format != LabelFormat::Pdf {
        return Err(Error::new("archive is for format=pdf: other formats have no such standard"));
    }
    let printer =
        options.get("printer").map(|path| PrinterProfile::read(path.as_ref())).transpose()?;
    if let Some(profile) = &printer {
        // A profile within its bounds may still move text off the page, which would be found on paper only.
        profile.check_stock(&stock)?;
    }
    let sort = options.get("sort").map(|word| match word {
        "country" => LabelOrder::Country,
        "postcode" => LabelOrder::PostalCode,
        // Words were checked against those declared, of which this is the last.
        _ => LabelOrder::Id,
    });
    Ok(Box::new(LabelWriter {
        dpi: dpi(options, format, &stock)?,
        stock,
        fonts: fonts(options.all("font"))?,
        from: options.get("from").map(str::to_owned),
        style: style(options),
        script: options.script(),
        both_languages: options.is("country-line", "both"),
        country_language: options.get("country-language").map(str::to_owned),
        wanted: if options.is("use", "physical") { Use::Physical } else { Use::Postal },
        start,
        skip,
        copies: options.number("copies").map_or(1, |copies| copies as usize),
        sort,
        outline: options.flag("outline"),
        to_sender: options.flag("to-sender"),
        sender: options.get("return-address").map(|text| match text {
            "headquarters" => ReturnAddress::Headquarters,
            lines => {
                ReturnAddress::Lines(lines.split('|').map(|line| line.trim().to_owned()).collect())
            }
        }),
        language: options.get(LANGUAGE.name).map(str::to_owned),
        qr: options.flag("qr"),
        archive: options.flag("archive"),
        printer,
        format,
    }))
}

/// The sizes that addresses may have.
fn style(options: &WriterOptions) -> FitStyle {
    match (options.number("size"), options.number("max-size")) {
        (Some(size), _) => ADDRESS.exactly(size as f32),
        (None, Some(size)) => ADDRESS.at_most(size as f32),
        (None, None) => ADDRESS,
    }
}

/// The position that the first label goes to, and those that are left free, both from 1.
fn positions(options: &WriterOptions, stock: &Stock) -> Result<(usize, Vec<usize>), Error> {
    let start = options.number("start").map_or(1, |number| number as usize);
    let skip: Vec<usize> =
        options.numbers("skip").into_iter().map(|number| number as usize).collect();
    // The bounds of the options are those of all stock; a page of this one has fewer positions.
    let beyond = skip.iter().chain([&start]).copied().find(|it| *it > stock.per_page());
    match beyond {
        Some(position) => {
            let message = format!("a page of {} has no position {position}", stock.name);
            let help = format!("positions are 1 to {}, row by row", stock.per_page());
            Err(Error::new(message).with_help(help))
        }
        None => Ok((start, skip)),
    }
}

/// The dots per inch that the format can have.
fn dpi(options: &WriterOptions, format: LabelFormat, stock: &Stock) -> Result<u32, Error> {
    let given = options.number("dpi");
    if format == LabelFormat::Zpl && stock.kind != StockKind::Roll {
        let message = format!("thermal printers print on rolls, and {} is not one", stock.name);
        return Err(Error::new(message).with_help("run `officedir stock roll` to list them"));
    }
    let dpi = given.unwrap_or(if format == LabelFormat::Zpl { PRINTERS[0] } else { 150 });
    if matches!(format, LabelFormat::Zpl | LabelFormat::Png) {
        check_dots(stock, dpi)?;
    }
    match (format, given) {
        (LabelFormat::Zpl, Some(dpi)) if !PRINTERS.contains(&dpi) => {
            let known = PRINTERS.map(|dpi| dpi.to_string()).join(", ");
            Err(Error::new(format!("thermal printers have {known} dots per inch, not {dpi}")))
        }
        (LabelFormat::Pdf | LabelFormat::Svg, Some(_)) => {
            Err(Error::new("dpi is for format=zpl and format=png: pdf and svg have no dots"))
        }
        _ => Ok(dpi),
    }
}

/// The most dots that a page has as a picture, each of which takes two bytes of memory: a sheet of A4 has fewer at 1,200
/// dots per inch.
const MOST_DOTS: f64 = 150e6;

/// Refuses a page that would have more than [`MOST_DOTS`].
fn check_dots(stock: &Stock, dpi: u32) -> Result<(), Error> {
    let area = stock.page.map(|side| side / 25.4).iter().product::<f64>();
    if area * f64::from(dpi).powi(2) <= MOST_DOTS {
        return Ok(());
    }
    let ([width, height], most) = (stock.page, (MOST_DOTS / area).sqrt().floor());
    let message = format!(
        "a page of {} ({width} x {height} mm) has too many dots for a picture at {dpi} dots per inch",
        stock.name
    );
    // No less is taken by the option, so that no less can be suggested.
    Err(Error::new(message).with_help(match most >= 50.0 {
        true => format!("choose dpi={most} or less"),
        false => "use format=pdf or format=svg, which have no dots".to_owned(),
    }))
}

/// The fonts of these files, which are tried in their order before the built-in one.
fn fonts(paths: &[String]) -> Result<FontSet, Error> {
    let mut files = Vec::new();
    for path in paths {
        let data = read_limited(path.as_ref(), FONT_LIMIT).map_err(|it| {
            Error::from(it).within(format_args!("cannot read the font file {path}"))
        })?;
        files.push(data);
    }
    FontSet::new(files).map_err(|number| {
        // The number is the position of the file that is no font.
        let path = paths.get(number).map_or("", String::as_str);
        Error::new(format!("{path} is not a font with outlines"))
            .with_help("name a TrueType or OpenType file (.ttf, .otf, .ttc)")
    })
}
