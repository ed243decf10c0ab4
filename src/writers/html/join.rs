//! The page as a whole: offices under their regions, the list of countries, the contacts and the data for programs.
//! It needs all offices and so keeps their markup until the end.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use minijinja::value::Serde;

use super::name::NameView;
use super::page::{PageContent, PageSection, PageView};
use super::{HtmlWriter, graph};
use crate::directory::Context;
use crate::model::{Office, Region};
use crate::writers::{Assembler, OfficeOutput, TargetFiles};

/// Regions deeper than this have headings of one level.
const DEEPEST: usize = 5;

/// The most offices that a page takes. Chromium opens that many in some seconds, with 660,000 nodes and 40 MB for the
/// script, and answers a letter that is typed in a quarter of a second; all of that grows with their number.
const MOST_OFFICES: usize = 10_000;
/// The most bytes that they may have together, for directories with long texts: five times what that many offices
/// usually have.
const MOST_BYTES: usize = 64 << 20;
/// What is said of more, with both limits.
const TOO_LARGE: &str = "a page of more than 10,000 offices or 64 MB is too large for browsers; choose some of the \
                         offices by --region, --country or --kind, for a page of each, or name the formats that you \
                         need without html by --to";

/// An office on its way to the page.
pub(super) struct PageEntry {
    /// Id of its region; `None` for the whole world.
    region: Option<String>,
    /// Codes of its addresses' countries.
    countries: Vec<String>,
    /// What the script can do with it, as JSON.
    contact: String,
    /// Its list item, escaped.
    markup: String,
    /// What it is for programs, in JSON-LD.
    node: String,
}

impl PageEntry {
    /// The office with what its writer has made of it.
    pub(super) fn new(office: &Office<'_>, contact: String, markup: String, node: String) -> Self {
        PageEntry {
            region: office.region.as_deref().map(str::to_owned),
            countries: office.addresses.iter().map(|it| it.country.to_string()).collect(),
            contact,
            markup,
            node,
        }
    }
}

/// The offices of one region.
#[derive(Default)]
struct RegionOffices {
    /// Their list items.
    markup: String,
    /// What the script can do with each of them, as JSON.
    contacts: Vec<String>,
}

/// The ordered half: puts the offices into their regions.
pub(super) struct PageAssembler<'a> {
    /// The templates and options.
    writer: &'a HtmlWriter,
    /// The organisation and the regions.
    context: &'a Context<'a>,
    /// The offices by their region; those of the whole world have none.
    offices: BTreeMap<Option<String>, RegionOffices>,
    /// How many offices there are.
    count: usize,
    /// How many bytes they have.
    bytes: usize,
    /// Codes of the countries that occur.
    countries: BTreeSet<String>,
    /// The offices in JSON-LD, behind the organisation.
    graph: String,
}

/// Regions by the one that they are in.
type SubRegions<'p> = BTreeMap<Option<&'p str>, Vec<&'p Region<'p>>>;

impl<'a> PageAssembler<'a> {
    /// A page without offices so far.
    pub(super) fn new(writer: &'a HtmlWriter, context: &'a Context<'a>) -> Self {
        PageAssembler {
            writer,
            context,
            offices: BTreeMap::new(),
            count: 0,
            bytes: 0,
            countries: BTreeSet::new(),
            graph: graph::begin(context.header, writer.language.as_deref()),
        }
    }

    /// The regions, those of the whole world first.
    fn sections(&self) -> Vec<PageSection<'_>> {
        let worldwide = self.offices.get(&None).map(|offices| PageSection {
            // No id of a region begins with this.
            id: "_",
            name: NameView::own(self.writer.words.get("worldwide")),
            level: 2,
            offices: Some(&offices.markup),
            contacts: &offices.contacts,
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
        let sections = regions.map(|region| {
            let offices = self.offices.get(&Some(region.id.to_string()));
            PageSection {
                id: &region.id,
                name: NameView::new(
                    &region.name_in(self.writer.language.as_deref()),
                    &self.writer.words,
                ),
                // HTML has six levels of headings, of which the offices need the last.
                level: level.min(DEEPEST),
                offices: offices.map(|it| it.markup.as_str()),
                contacts: offices.map_or(&[], |it| &it.contacts),
                // The check has found that regions have no cycles and are not deep.
                parts: self.parts(within, Some(&region.id), level + 1),
            }
        });
        sections.filter(|it| it.offices.is_some() || !it.parts.is_empty()).collect()
    }

    /// Takes an office, if the page has room for it.
    fn add(&mut self, entry: PageEntry) -> io::Result<()> {
        self.count += 1;
        self.bytes += entry.markup.len() + entry.contact.len() + entry.node.len();
        if self.count > MOST_OFFICES || self.bytes > MOST_BYTES {
            return Err(io::Error::other(TOO_LARGE));
        }
        let offices = self.offices.entry(entry.region).or_default();
        offices.markup.push_str(&entry.markup);
        offices.contacts.push(entry.contact);
        self.countries.extend(entry.countries);
        if self.count > 1 {
            self.graph.push(',');
        }
        self.graph.push_str(&entry.node);
        Ok(())
    }
}

impl Assembler for PageAssembler<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, _files: &mut TargetFiles<'_>) -> io::Result<()> {
        piece.take().try_for_each(|entry| self.add(entry))
    }

    fn finish(mut self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let graph = std::mem::take(&mut self.graph) + graph::END;
        let content = PageContent {
            organization: &self.context.header.organization,
            count: self.count,
            countries: &self.countries,
            regions: self.sections(),
            graph,
            with_members: !self.context.used().is_empty(),
        };
        let view = PageView::new(self.writer, content)?;
        // From here on an interrupt is noticed by what is written only.
        files.check_interrupted()?;
        let out = files.main()?;
        let template = self.writer.environment.get_template("page");
        let page = template.and_then(|it| it.render_captured_to(Serde(&view), out).map(drop));
        let Err(error) = page else { return Ok(()) };
        // The template's error has an interruption only as a text.
        files.check_interrupted()?;
        Err(output_error(&error).unwrap_or_else(|| io::Error::other(error)))
    }
}

/// What went wrong with the output, if that is what did.
fn output_error(error: &minijinja::Error) -> Option<io::Error> {
    // minijinja wraps it; a full disk has to come out as what it is.
    let cause: &io::Error = std::error::Error::source(error)?.downcast_ref()?;
    Some(io::Error::new(cause.kind(), cause.to_string()))
}
