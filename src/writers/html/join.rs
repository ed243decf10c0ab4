//! The page as a whole: offices under their regions, the list of countries, all contacts for one download
//! and the data for programs. It needs all offices and so keeps their markup until the end.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::graph;
use crate::directory::Context;
use crate::model::{ChosenName, Office, Region};
use crate::postal::country;
use crate::text::counted;
use crate::writers::{Assembler, OfficeOutput, TargetFiles};

/// The style, as it stands in the page.
const STYLE: &str = include_str!("page.css");
/// What follows the style where offices have members that most directories do not have, so that the page of any other
/// directory stays as it is.
const MEMBERS_STYLE: &str = include_str!("members.css");
/// The script, as it stands in the page.
const SCRIPT: &str = include_str!("page.js");

/// Regions deeper than this have headings of one level.
const DEEPEST: usize = 5;

/// An office on its way to the page.
pub(super) struct PageEntry {
    /// Id of its region; `None` for the whole world.
    region: Option<String>,
    /// Codes of its addresses' countries.
    countries: Vec<String>,
    /// Its vCard, for the download of all.
    card: Vec<u8>,
    /// Its list item, escaped.
    markup: String,
    /// What it is for programs, in JSON-LD.
    node: Value,
}

impl PageEntry {
    /// The office with what its writer has made of it.
    pub(super) fn new(office: &Office<'_>, card: Vec<u8>, markup: String, node: Value) -> Self {
        PageEntry {
            region: office.region.as_deref().map(str::to_owned),
            countries: office.addresses.iter().map(|it| it.country.to_string()).collect(),
            card,
            markup,
            node,
        }
    }
}

/// The ordered half: puts the offices into their regions.
pub(super) struct PageAssembler<'a> {
    /// The page's templates.
    environment: &'a Environment<'static>,
    /// The organisation and the regions.
    context: &'a Context<'a>,
    /// The language that names are taken in, where the directory has them in it.
    language: Option<&'a str>,
    /// The markup of the offices by their region; those of the whole world have none.
    offices: BTreeMap<Option<String>, String>,
    /// How many offices there are.
    count: usize,
    /// Codes of the countries that occur.
    countries: BTreeSet<String>,
    /// The vCards, behind each other.
    cards: Vec<u8>,
    /// The offices in JSON-LD.
    nodes: Vec<Value>,
}

/// The page as its template sees it.
#[derive(Serialize)]
struct PageView<'v> {
    /// Name of the organisation.
    organization: ChosenName<'v>,
    /// Its website.
    website: Option<&'v str>,
    /// How many offices there are in how many countries, in words.
    summary: String,
    /// Codes and English names, ordered by name.
    countries: Vec<(&'v str, &'v str)>,
    /// The outermost regions that have offices.
    regions: Vec<PageSection<'v>>,
    /// All vCards in Base64.
    vcards: String,
    /// The JSON-LD, in which nothing can end its element.
    graph: String,
    /// The style sheet.
    style: &'v str,
    /// SHA-256 of it in Base64, by which the page allows it.
    style_hash: String,
    /// The script.
    script: &'static str,
    /// SHA-256 of it in Base64.
    script_hash: String,
}

/// A region as the template sees it: its own offices, then the regions within it.
#[derive(Serialize)]
struct PageSection<'v> {
    /// Id of the region, from which its anchor is made.
    id: &'v str,
    /// Its name.
    name: ChosenName<'v>,
    /// Level of its heading, from 2.
    level: usize,
    /// The markup of its own offices; `None` without any.
    offices: Option<&'v str>,
    /// The regions within it that have offices.
    parts: Vec<PageSection<'v>>,
}

/// Regions by the one that they are in.
type SubRegions<'p> = BTreeMap<Option<&'p str>, Vec<&'p Region<'p>>>;

impl<'a> PageAssembler<'a> {
    /// A page without offices so far.
    pub(super) fn new(
        environment: &'a Environment<'static>,
        context: &'a Context<'a>,
        language: Option<&'a str>,
    ) -> Self {
        PageAssembler {
            environment,
            context,
            language,
            offices: BTreeMap::new(),
            count: 0,
            countries: BTreeSet::new(),
            cards: Vec::new(),
            nodes: Vec::new(),
        }
    }

    /// The regions, those of the whole world first.
    fn sections(&self) -> Vec<PageSection<'_>> {
        let worldwide = self.offices.get(&None).map(|offices| PageSection {
            // No id of a region begins with this.
            id: "_",
            name: ChosenName::usual("Worldwide"),
            level: 2,
            offices: Some(offices),
            parts: Vec::new(),
        });
        let mut within: SubRegions<'_> = BTreeMap::new();
        for region in &self.context.header.regions {
            within.entry(region.parent.as_deref()).or_default().push(region);
        }
        worldwide.into_iter().chain(self.parts(&within, None, 2)).collect()
    }

    /// The regions within one, or those of the whole world, that have offices.
    fn parts<'p>(
        &'p self,
        within: &SubRegions<'p>,
        parent: Option<&str>,
        level: usize,
    ) -> Vec<PageSection<'p>> {
        let regions = within.get(&parent).into_iter().flatten();
        let sections = regions.map(|region| PageSection {
            id: &region.id,
            name: region.name_in(self.language),
            // HTML has six levels of headings, of which the offices need the last.
            level: level.min(DEEPEST),
            offices: self.offices.get(&Some(region.id.to_string())).map(String::as_str),
            // The check has found that regions have no cycles and are not deep.
            parts: self.parts(within, Some(&region.id), level + 1),
        });
        sections.filter(|it| it.offices.is_some() || !it.parts.is_empty()).collect()
    }

    /// The countries that occur, by their English names.
    fn countries(&self) -> Vec<(&str, &str)> {
        let name = |code| country(code).map_or(code, |country| country.english_name());
        let mut countries: Vec<(&str, &str)> =
            self.countries.iter().map(|code| (code.as_str(), name(code))).collect();
        // By name, as people look for a country in a list.
        countries.sort_by_key(|(_, name)| *name);
        countries
    }
}

impl Assembler for PageAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, _files: &mut TargetFiles<'_>) -> io::Result<()> {
        for PageEntry { region, countries, card, markup, node } in piece.take() {
            self.offices.entry(region).or_default().push_str(&markup);
            self.count += 1;
            self.countries.extend(countries);
            self.cards.extend(card);
            self.nodes.push(node);
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let graph = graph::document(self.context.header, &mut self.nodes, self.language);
        let organization = &self.context.header.organization;
        let countries = self.countries();
        let style = match self.context.used().is_empty() {
            true => STYLE.to_owned(),
            false => [STYLE, MEMBERS_STYLE].concat(),
        };
        let view = PageView {
            organization: organization.name_in(self.language),
            website: organization.website.as_deref(),
            summary: format!(
                "{} in {}",
                counted(self.count, "office", "offices"),
                counted(countries.len(), "country", "countries")
            ),
            countries,
            regions: self.sections(),
            // In a data URL of the page, so that the download needs no server.
            vcards: BASE64_STANDARD.encode(&self.cards),
            graph,
            style: &style,
            style_hash: hash(&style),
            script: SCRIPT,
            script_hash: hash(SCRIPT),
        };
        // From here on an interrupt is noticed by what is written only.
        files.check_interrupted()?;
        let out = files.main()?;
        let template = self.environment.get_template("page");
        let page = template.and_then(|it| it.render_captured_to(Serde(&view), out).map(drop));
        let Err(error) = page else { return Ok(()) };
        // The template's error has an interruption only as a text.
        files.check_interrupted()?;
        Err(output_error(&error).unwrap_or_else(|| io::Error::other(error)))
    }
}

/// As a content security policy names a text (CSP level 3, section 2.3.1).
fn hash(text: &str) -> String {
    // Of exactly what stands between the tags: with a line break more, the browser would refuse the text.
    BASE64_STANDARD.encode(Sha256::digest(text))
}

/// What went wrong with the output, if that is what did.
fn output_error(error: &minijinja::Error) -> Option<io::Error> {
    // minijinja wraps it; a full disk has to come out as what it is.
    let cause: &io::Error = std::error::Error::source(error)?.downcast_ref()?;
    Some(io::Error::new(cause.kind(), cause.to_string()))
}
