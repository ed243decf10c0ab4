//! The products that can be chosen from, and how they are found by name.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::check::StockFigures;
use super::{Stock, glabels};
use crate::bounded::{STOCK_LIMIT, read_text_limited};
use crate::error::Error;
use crate::strict::toml_mistake;

/// The project's own table; each product says where its figures come from.
const PRODUCTS: &str = include_str!("products.toml");

/// How many products an error suggests.
const SUGGESTIONS: usize = 3;

/// Names less alike than this are no suggestion (Jaro-Winkler, 0 to 1).
const LEAST_LIKENESS: f64 = 0.7;

/// A file of products.
#[derive(Deserialize)]
#[serde(crate = "crate::strict::object", deny_unknown_fields)]
struct StockFile {
    /// The `[[stock]]` tables, in the order of the file.
    #[serde(default)]
    stock: Vec<StockFigures>,
}

/// The products that can be chosen from: the project's own, and those of files that were added.
///
/// # Example
///
/// ```
/// use officedir::stock::Catalogue;
///
/// let mut catalogue = Catalogue::built_in()?;
/// catalogue.add_toml(
///     "[[stock]]\nname = \"own-a6\"\nkind = \"sheet\"\nbrand = \"Own\"\npart = \"A6\"\n\
///      page = [210, 297]\ngrid = [2, 2]\nlabel = [105, 148.5]\npitch = [105, 148.5]\n",
/// )?;
/// assert_eq!(catalogue.find("own-a6")?.per_page(), 4);
/// let unknown = catalogue.find("own-a7").err().ok_or("there is no such stock")?;
/// assert_eq!(unknown.help(), Some("did you mean own-a6?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// In the order in which they were added; no name is there twice.
    stocks: Vec<Stock>,
    /// Products of gLabels files that cannot be used, by name, with the reason.
    left_out: Vec<(String, String)>,
}

impl Catalogue {
    /// The products that the program knows.
    ///
    /// # Errors
    /// None in a program that passed its tests: the table is part of it.
    pub fn built_in() -> Result<Catalogue, Error> {
        let mut catalogue = Catalogue::default();
        // Whoever has just added a product sees in which file it is wrong.
        catalogue.add_toml(PRODUCTS).map_err(|error| error.within("src/stock/products.toml"))?;
        Ok(catalogue)
    }

    /// Adds the products of a file, as [`Catalogue::add_toml`] or [`Catalogue::add_glabels`] does.
    ///
    /// # Errors
    /// What is wrong with the file; nothing is added then.
    pub fn add_file(&mut self, path: &Path) -> Result<(), Error> {
        let in_file = |error: Error| error.within(format_args!("stock file {}", path.display()));
        let text = read_text_limited(path, STOCK_LIMIT).map_err(|error| in_file(error.into()))?;
        let added =
            // By what it says: gLabels files are called `.template` or `.xml`.
            if glabels::is_xml(&text) { self.add_glabels(&text) } else { self.add_toml(&text) };
        added.map_err(in_file)
    }

    /// Adds the products of a gLabels template file. What it has that cannot be used (other shapes than
    /// rectangles and circles, impossible figures) is an error when it is asked for.
    ///
    /// # Errors
    /// The first mistake, with its line and column; nothing is added then.
    pub fn add_glabels(&mut self, text: &str) -> Result<(), Error> {
        let templates = glabels::read(text)?;
        self.add(templates.stocks);
        self.left_out.extend(templates.left_out);
        Ok(())
    }

    /// The products of files that cannot be used, by name, with the reason.
    pub fn left_out(&self) -> &[(String, String)] {
        &self.left_out
    }

    /// Adds the products of a TOML text, `[[stock]]` tables in the terms of [`Stock`]. One of a known
    /// name takes that one's place.
    ///
    /// # Errors
    /// The first mistake, with its line and column, or the first impossible product; nothing is added then.
    pub fn add_toml(&mut self, text: &str) -> Result<(), Error> {
        let file: StockFile = toml::from_str(text).map_err(|error| {
            let (at, why) = toml_mistake(text, &error);
            match at {
                Some((line, column)) => Error::new(why).within(format_args!("{line}:{column}")),
                None => Error::new(why),
            }
        })?;
        let check = |figures: StockFigures| {
            let name = figures.name.clone();
            figures.check().map_err(|why| impossible(&name, &why))
        };
        let added: Vec<Stock> = file.stock.into_iter().map(check).collect::<Result<_, _>>()?;
        self.add(added);
        Ok(())
    }

    /// Adds products; one of a known name takes its place.
    fn add(&mut self, added: Vec<Stock>) {
        let named = |(at, stock): (usize, &Stock)| (stock.name.clone(), at);
        let mut places: HashMap<String, usize> =
            self.stocks.iter().enumerate().map(named).collect();
        for stock in added {
            let at = *places.entry(stock.name.clone()).or_insert(self.stocks.len());
            match self.stocks.get_mut(at) {
                // It keeps the place of the one that it replaces, so that lists keep their order.
                Some(known) => *known = stock,
                None => self.stocks.push(stock),
            }
        }
    }

    /// The product of that name, or with brand and another of its part numbers as name: case does not
    /// matter.
    ///
    /// # Errors
    /// Where there is none, with the nearest names as help. A part number without its brand is unknown too,
    /// because two makers may use one number for different products.
    pub fn find(&self, name: &str) -> Result<&Stock, Error> {
        // People write "Avery-L7160" as it stands on the packet.
        let wanted = name.to_lowercase();
        let by_name = self.stocks.iter().find(|stock| stock.name.to_lowercase() == wanted);
        // All names before any alias: a product cannot be hidden by another one's part number.
        by_name
            .or_else(|| {
                self.stocks.iter().find(|stock| aliases(stock).any(|alias| alias == wanted))
            })
            .ok_or_else(|| match self.left_out.iter().find(|(name, _)| *name == wanted) {
                Some((name, why)) => impossible(name, why),
                None => {
                    let nearest = self.nearest(&wanted);
                    Error::new(format!("unknown stock \"{name}\"")).with_help(match nearest[..] {
                        [] => "run `officedir stock` to list them all".to_owned(),
                        _ => format!("did you mean {}?", nearest.join(" or ")),
                    })
                }
            })
    }

    /// The products in whose names and numbers every word of the search occurs, in the table's order.
    pub fn search<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = &'a Stock> {
        self.stocks.iter().filter(move |stock| {
            let parts = [stock.name.clone(), stock.brand.clone(), stock.kind.as_str().to_owned()];
            let text = parts
                .into_iter()
                .chain(aliases(stock))
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase();
            words.iter().all(|word| text.contains(&word.to_lowercase()))
        })
    }

    /// The names that are most like a wanted one.
    fn nearest(&self, wanted: &str) -> Vec<String> {
        let mut ranked: Vec<(f64, &Stock)> = self
            .stocks
            .iter()
            .map(|stock| (likeness(stock, wanted), stock))
            // Jaro-Winkler, because part numbers are typed wrong at their end and right at their
            // beginning.
            .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        ranked.into_iter().take(SUGGESTIONS).map(|(_, stock)| stock.name.clone()).collect()
    }
}

/// The error that a product's figures do not go together.
fn impossible(name: &str, why: &str) -> Error {
    Error::new(format!("stock \"{name}\": {why}"))
}

/// How like a product's name or number that is, 0 to 1.
fn likeness(stock: &Stock, wanted: &str) -> f64 {
    let numbers = std::iter::once(&stock.part).chain(&stock.also).map(|part| part.to_lowercase());
    let names = std::iter::once(stock.name.to_lowercase()).chain(aliases(stock));
    numbers.chain(names).map(|name| strsim::jaro_winkler(&name, wanted)).fold(0.0, f64::max)
}

/// A product's other names, in lower case.
fn aliases(stock: &Stock) -> impl Iterator<Item = String> {
    // `avery-l7160` with the part `L7160`: what is in front is the brand as names have it.
    let brand = match stock.name.to_lowercase().strip_suffix(&stock.part.to_lowercase()) {
        Some(brand) => brand.trim_end_matches('-').to_owned(),
        None => stock.name.split('-').next().unwrap_or_default().to_owned(),
    };
    stock.also.iter().map(move |part| format!("{brand}-{part}").to_lowercase())
}
