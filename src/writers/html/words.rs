//! The page's own words, in the languages of `words.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::Value;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::postal::nearest_language;

/// Every word in every language; read once, for the first page.
static TABLE: LazyLock<Result<Table, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")));
/// What a language without words of its own gets.
const ENGLISH: &str = "en";

/// A word in one language.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
enum Word {
    /// The same for any number.
    One(String),
    /// For one and for more than one.
    Counted([String; 2]),
}

/// Words by their names, each in every language.
type Section = BTreeMap<String, BTreeMap<String, Word>>;

/// The table as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// For the templates and Rust.
    page: Section,
    /// For the script.
    script: Section,
}

/// The page's words in one language.
pub(super) struct Words {
    /// BCP 47 tag of the language that they are in.
    pub language: String,
    /// For the templates and Rust.
    page: BTreeMap<&'static str, &'static Word>,
    /// For the script.
    script: BTreeMap<&'static str, &'static Word>,
}

impl Words {
    /// The words for a page in that language (BCP 47 tag): of the nearest language that has words, else English.
    ///
    /// # Errors
    /// None but for a mistake in the table, which tests find.
    pub fn new(wanted: Option<&str>) -> Result<Words, Error> {
        let table = TABLE.as_ref().map_err(|error| Error::new(error.to_string()))?;
        let known = |language: &str| table.page.values().all(|word| word.contains_key(language));
        let nearest = wanted.filter(|tag| !is_transcribed(tag)).and_then(nearest_language);
        let language = nearest.filter(|language| known(language)).unwrap_or(ENGLISH);
        let in_language = |section: &'static Section| {
            let words = section.iter();
            words.filter_map(|(name, word)| Some((name.as_str(), word.get(language)?))).collect()
        };
        let (page, script) = (in_language(&table.page), in_language(&table.script));
        // A region of the language stays in the tag: screen readers speak its dialect.
        let tag = wanted.filter(|tag| keeps_region(tag, language)).unwrap_or(language);
        Ok(Words { language: tag.to_owned(), page, script })
    }

    /// A word of the page; empty where there is none of that name.
    pub fn get(&self, name: &str) -> &str {
        match self.page.get(name) {
            Some(Word::One(text)) => text,
            Some(Word::Counted([_, many])) => many,
            None => "",
        }
    }

    /// A word with what its placeholders stand for.
    pub fn filled(&self, name: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(name), values)
    }

    /// What stands in front of a placeholder, and what behind it.
    pub fn around(&self, name: &str) -> [&str; 2] {
        let text = self.get(name);
        placeholder(text).map_or([text, ""], |(before, _, after)| [before, after])
    }

    /// A word for so many.
    pub fn counted(&self, name: &str, count: usize) -> String {
        let text = match self.page.get(name) {
            Some(Word::Counted([one, _])) if self.is_one(count) => one,
            _ => self.get(name),
        };
        fill(text, &[("count", &count.to_string())])
    }

    /// What stands for an abbreviation of opening hours (OpenStreetMap's syntax), where the page is not in English, of
    /// which those abbreviations are.
    pub fn of_hours(&self, abbreviation: &str) -> Option<&str> {
        if self.is_in("en") {
            return None;
        }
        match abbreviation {
            "off" | "closed" => return Some(self.get("closed")),
            "PH" => return Some(self.get("public_holidays")),
            "SH" => return Some(self.get("school_holidays")),
            _ => {}
        }
        ["days", "months"].into_iter().find_map(|name| {
            let english = TABLE.as_ref().ok()?.page.get(name)?.get(ENGLISH)?;
            let Word::One(english) = english else { return None };
            let at = english.split(' ').position(|it| it == abbreviation)?;
            self.get(name).split(' ').nth(at)
        })
    }

    /// Whether the language counts that as one (Unicode CLDR, plural rules).
    fn is_one(&self, count: usize) -> bool {
        count == 1 || (count == 0 && (self.is_in("fr") || self.is_in("pt")))
    }

    /// Whether the words are in that language, of whatever region.
    pub fn is_in(&self, language: &str) -> bool {
        self.language.split('-').next().is_some_and(|it| it.eq_ignore_ascii_case(language))
    }

    /// Whether the language is written in Latin letters.
    pub fn is_latin(&self) -> bool {
        !["ja", "ko", "zh"].iter().any(|language| self.is_in(language))
    }

    /// The words of the page for the templates.
    pub fn for_templates(&self) -> Value {
        let texts = self.page.keys().map(|name| (*name, self.get(name).to_owned()));
        Value::from(texts.collect::<BTreeMap<_, _>>())
    }

    /// The words of the script in JSON that may stand in a script element.
    pub fn for_script(&self) -> String {
        serde_json::json!(self.script).to_string().replace('<', "\\u003c")
    }
}

/// Puts values into the places of their names in braces.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    // From left to right, so that braces within a value stay what they are.
    while let Some((before, name, after)) = placeholder(rest) {
        filled.push_str(before);
        filled.extend(values.iter().filter(|(it, _)| *it == name).map(|(_, value)| *value));
        rest = after;
    }
    filled + rest
}

/// The first placeholder of a text, with what stands before and behind it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// Whether the tag says that a language of other letters is written in Latin ones, which the words are not.
fn is_transcribed(tag: &str) -> bool {
    let is_latin = tag.split('-').any(|part| part.eq_ignore_ascii_case("Latn"));
    is_latin
        && ["ja", "ko", "zh"]
            .iter()
            .any(|it| tag.get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case(it)))
}

/// Whether the tag is of that language and says more of it.
fn keeps_region(tag: &str, language: &str) -> bool {
    tag.get(..language.len()).is_some_and(|front| front.eq_ignore_ascii_case(language))
        && tag.get(language.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The names of a text's placeholders.
    fn placeholders(text: &str) -> BTreeSet<&str> {
        std::iter::successors(placeholder(text), |(_, _, rest)| placeholder(rest))
            .map(|(_, name, _)| name)
            .collect()
    }

    #[test]
    fn every_language_has_every_word() {
        let table = TABLE.as_ref().unwrap();
        let languages: Vec<&String> = table.page.values().flat_map(BTreeMap::keys).collect();
        let languages: BTreeSet<&String> = languages.into_iter().collect();
        assert_eq!(languages.len(), 9, "{languages:?}");
        for (name, word) in table.page.iter().chain(&table.script) {
            assert_eq!(word.keys().collect::<BTreeSet<_>>(), languages, "{name}");
            let texts = |word: &Word| match word {
                Word::One(text) => vec![text.clone()],
                Word::Counted(texts) => texts.to_vec(),
            };
            let english = texts(&word["en"]);
            for (language, word) in word {
                let texts = texts(word);
                assert_eq!(texts.len(), english.len(), "{name} in {language}");
                for (text, english) in texts.iter().zip(&english) {
                    assert!(!text.trim().is_empty(), "{name} in {language}");
                    assert_eq!(placeholders(text), placeholders(english), "{name} in {language}");
                    if ["days", "months"].contains(&name.as_str()) {
                        assert_eq!(
                            text.split(' ').count(),
                            english.split(' ').count(),
                            "{language}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_nearest_language_has_the_words() {
        let cases = [
            (None, "en", "Search"),
            (Some("de"), "de", "Suche"),
            (Some("de-AT"), "de-AT", "Suche"),
            (Some("pt-BR"), "pt-BR", "Buscar"),
            (Some("pt-PT"), "pt-PT", "Buscar"),
            (Some("ES-mx"), "ES-mx", "Buscar"),
            (Some("zh"), "zh", "搜索"),
            (Some("zh-Hans-HK"), "zh-Hans-HK", "搜索"),
            (Some("zh-Hant"), "zh-Hant", "搜尋"),
            (Some("zh-TW"), "zh-Hant", "搜尋"),
            (Some("zh-HK"), "zh-Hant", "搜尋"),
            (Some("zh-Hant-HK"), "zh-Hant-HK", "搜尋"),
            (Some("ja-Latn"), "en", "Search"),
            // Countries have names in Dutch, and the page has no words.
            (Some("nl"), "en", "Search"),
            (Some("sw"), "en", "Search"),
            (Some("den"), "en", "Search"),
        ];
        for (wanted, language, word) in cases {
            let words = Words::new(wanted).unwrap();
            assert_eq!((&*words.language, words.get("search")), (language, word), "{wanted:?}");
        }
    }

    #[test]
    fn numbers_have_their_forms() {
        let cases = [
            ("en", 1, "1 office"),
            ("en", 0, "0 offices"),
            ("fr", 0, "0 bureau"),
            ("fr-CA", 2, "2 bureaux"),
            ("pt", 0, "0 escritório"),
            ("es", 0, "0 oficinas"),
            ("ja", 1, "1拠点"),
        ];
        for (language, count, expected) in cases {
            let words = Words::new(Some(language)).unwrap();
            assert_eq!(words.counted("summary_offices", count), expected);
        }
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]), "{b} and x");
    }
}
