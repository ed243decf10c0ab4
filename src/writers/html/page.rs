//! The page as its template sees it.

use std::collections::BTreeSet;
use std::io;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use icu_normalizer::DecomposingNormalizerBorrowed;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::name::NameView;
use super::{HtmlWriter, contacts};
use crate::model::Organization;
use crate::postal::country;

/// The script, as it stands in the page: one module of these parts, each of which uses those in front of it.
const SCRIPT: &str = concat!(
    include_str!("qr.js"),
    include_str!("start.js"),
    include_str!("search.js"),
    include_str!("contacts.js"),
    include_str!("page.js"),
);
/// With more offices, browsers lay out those only that are near the window.
const MANY: usize = 200;

/// The page as its template sees it.
#[derive(Serialize)]
pub(super) struct PageView<'v> {
    /// BCP 47 tag of the page's language.
    language: &'v str,
    /// Whether it is a part for another page.
    fragment: bool,
    /// The title of the page.
    title: String,
    /// What stands in front of the organisation's name and behind it in the heading; or all of that.
    heading: [&'v str; 2],
    /// Name of the organisation, where it is in the heading.
    organization: Option<NameView<'v>>,
    /// One sentence about the page.
    description: String,
    /// Website of the organisation.
    website: Option<&'v str>,
    /// The address of the page itself.
    url: Option<&'v str>,
    /// A small picture for the page, as a data URL.
    icon: String,
    /// The logo, as a data URL.
    logo: Option<&'v str>,
    /// How many offices there are in how many countries, in words.
    summary: String,
    /// Codes and names, ordered by name.
    countries: Vec<(&'v str, &'v str)>,
    /// The outermost regions that have offices.
    regions: Vec<PageSection<'v>>,
    /// The contacts in the order of the offices, packed.
    contacts: String,
    /// Whether there are so many offices that browsers lay out a part of them.
    is_many: bool,
    /// Whether there are QR codes among them.
    qr: bool,
    /// Whether there are labels among them.
    labels: bool,
    /// The JSON-LD, in which nothing can end its element.
    graph: String,
    /// The words of the script, in JSON.
    script_words: String,
    /// The style sheet.
    style: String,
    /// SHA-256 of it in Base64, by which the page allows it.
    style_hash: String,
    /// The script.
    script: &'static str,
    /// SHA-256 of it in Base64.
    script_hash: String,
}

/// A region as the template sees it: its own offices, then the regions within it.
#[derive(Serialize)]
pub(super) struct PageSection<'v> {
    /// Id of the region, from which its anchor is made.
    pub id: &'v str,
    /// Its name.
    pub name: NameView<'v>,
    /// Level of its heading, from 2.
    pub level: usize,
    /// The markup of its own offices; `None` without any.
    pub offices: Option<&'v str>,
    /// What the script can do with these, each as JSON.
    #[serde(skip)]
    pub contacts: &'v [String],
    /// The regions within it that have offices.
    pub parts: Vec<PageSection<'v>>,
}

/// What a page has besides its writer's options.
pub(super) struct PageContent<'v> {
    /// Whose offices they are.
    pub organization: &'v Organization<'v>,
    /// How many offices there are.
    pub count: usize,
    /// Codes of the countries that occur.
    pub countries: &'v BTreeSet<String>,
    /// The outermost regions that have offices.
    pub regions: Vec<PageSection<'v>>,
    /// The JSON-LD.
    pub graph: String,
    /// Whether offices have members that few directories have.
    pub with_members: bool,
}

impl<'v> PageView<'v> {
    /// The page of that writer.
    ///
    /// # Errors
    /// None: contacts are packed in memory.
    pub fn new(writer: &'v HtmlWriter, content: PageContent<'v>) -> io::Result<Self> {
        let (words, look) = (&writer.words, &writer.look);
        let organization = content.organization;
        let name = organization.name_in(writer.language.as_deref());
        let countries = countries(content.countries, &words.language);
        let summary = words.filled(
            "summary",
            &[
                ("offices", &words.counted("summary_offices", content.count)),
                ("countries", &words.counted("summary_countries", countries.len())),
            ],
        );
        let named = [("organization", name.name), ("summary", &summary)];
        let title = look.title.as_deref();
        let style = look.style(content.with_members);
        Ok(PageView {
            language: &words.language,
            fragment: look.fragment,
            title: title.map_or_else(|| words.filled("title", &named), str::to_owned),
            heading: title.map_or_else(|| words.around("heading"), |title| [title, ""]),
            organization: title.is_none().then(|| NameView::new(&name, words)),
            description: words.filled("description", &named),
            website: organization.website.as_deref(),
            url: look.url.as_deref().or(organization.website.as_deref()),
            icon: look.icon(name.name),
            logo: look.logo.as_deref(),
            countries,
            contacts: contacts::packed(contacts_of(&content.regions).into_iter())?,
            is_many: content.count > MANY,
            qr: writer.qr,
            labels: writer.labels.is_some(),
            regions: content.regions,
            graph: content.graph,
            script_words: words.for_script(),
            style_hash: hash(&style),
            style,
            script: SCRIPT,
            script_hash: hash(SCRIPT),
            summary,
        })
    }
}

/// The countries of these codes, by their names in that language.
fn countries<'v>(codes: &'v BTreeSet<String>, language: &str) -> Vec<(&'v str, &'v str)> {
    let name = |code| country(code).and_then(|it| it.name(language)).unwrap_or(code);
    let mut countries: Vec<(&str, &str)> =
        codes.iter().map(|code| (code.as_str(), name(code))).collect();
    // By name, as people look for a country in a list; without accents, or "Ägypten" would be the last.
    countries.sort_by_cached_key(|(_, name)| folded(name));
    countries
}

/// What the script can do with each office, in the order in which they stand in the page.
fn contacts_of<'s>(sections: &[PageSection<'s>]) -> Vec<&'s str> {
    let each = sections.iter().flat_map(|section| {
        let own = section.contacts.iter().map(String::as_str);
        own.chain(contacts_of(&section.parts))
    });
    each.collect()
}

/// Small letters without accents.
fn folded(name: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(name);
    let letters = decomposed.chars().filter(|it| it.is_alphanumeric() || it.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

/// As a content security policy names a text (CSP level 3, section 2.3.1).
fn hash(text: &str) -> String {
    // Of exactly what stands between the tags: with a line break more, the browser would refuse the text.
    BASE64_STANDARD.encode(Sha256::digest(text))
}
