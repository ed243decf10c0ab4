//! Names in the language that a reader asks for.

use serde::Serialize;

use super::{AlternateName, LocalizedName, Office, OfficeKind, Organization, Region};

/// A name, and the language that it is in where the directory says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ChosenName<'n> {
    /// The name.
    pub name: &'n str,
    /// BCP 47 tag; `None` for the name that the directory uses without being asked for a language.
    pub language: Option<&'n str>,
}

impl<'n> ChosenName<'n> {
    /// The name as the directory has it.
    pub fn usual(name: &'n str) -> Self {
        ChosenName { name, language: None }
    }

    /// The one of the other names that is in the language that is wanted; the name as the directory has it where none
    /// is, or where no language is wanted.
    pub fn of(name: &'n str, others: &'n [AlternateName<'_>], wanted: Option<&str>) -> Self {
        match wanted.and_then(|wanted| AlternateName::in_language(others, wanted)) {
            Some(found) => ChosenName { name: &found.name, language: Some(&found.language) },
            None => ChosenName::usual(name),
        }
    }

    /// What is left beside the name of [`ChosenName::of`]: the usual name, where another one is shown, then all others.
    pub fn others(
        name: &'n str,
        others: &'n [AlternateName<'_>],
        wanted: Option<&str>,
    ) -> impl Iterator<Item = ChosenName<'n>> {
        let shown = ChosenName::of(name, others, wanted);
        let usual = shown.language.map(|_| ChosenName::usual(name));
        let others =
            others.iter().map(|it| ChosenName { name: it.name(), language: it.language() });
        // Only a name with a language can be the one that is shown.
        usual.into_iter().chain(others.filter(move |it| shown.language.is_none() || *it != shown))
    }
}

impl AlternateName<'_> {
    /// The first name in that language (a BCP 47 tag), of those that fit it best. A name without a language is not
    /// among them. Capitals make no difference, and the first of these that finds something counts:
    ///
    /// 1. the tag itself, then the tag without its last parts, one by one (lookup, RFC 4647, section 3.4): `de-AT`
    ///    finds `de-AT`, else `de`;
    /// 2. tags that begin with it (basic filtering, section 3.3.1): `pt` finds `pt-BR`;
    /// 3. the same language as another country writes it, in the same script: `pt-PT` finds `pt-BR`, and `zh-TW` finds
    ///    `zh-Hant`.
    ///
    /// A script that the reader did not ask for is never taken: `zh-Hant` does not find `zh-Hans`.
    ///
    /// ```
    /// use officedir::model::AlternateName;
    ///
    /// let json = r#"["MFA", {"name": "Botschaft", "language": "de"}]"#;
    /// let names: Vec<AlternateName<'_>> = serde_json::from_str(json)?;
    /// let found = AlternateName::in_language(&names, "de-AT");
    /// assert!(found.is_some_and(|it| it.name == "Botschaft"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn in_language<'n>(
        names: &'n [AlternateName<'_>],
        wanted: &str,
    ) -> Option<&'n LocalizedName<'n>> {
        let first = |fits: &dyn Fn(&str) -> bool| {
            let localized = names.iter().filter_map(|it| match it {
                AlternateName::Localized(localized) => Some(localized),
                AlternateName::Plain(_) => None,
            });
            localized.into_iter().find(|it| fits(&it.language))
        };
        let mut range = wanted;
        loop {
            if let Some(found) = first(&|tag| tag.eq_ignore_ascii_case(range)) {
                return Some(found);
            }
            let Some(shorter) = shortened(range) else { break };
            range = shorter;
        }
        first(&|tag| begins_with(tag, wanted)).or_else(|| {
            first(&|tag| {
                tag_language(tag).eq_ignore_ascii_case(tag_language(wanted))
                    && tag_script(tag) == tag_script(wanted)
            })
        })
    }
}

impl Organization<'_> {
    /// Its name in that language, where it has one.
    pub fn name_in(&self, wanted: Option<&str>) -> ChosenName<'_> {
        ChosenName::of(&self.name, &self.alternate_names, wanted)
    }

    /// Its other names where [`Organization::name_in`] is the one that is shown.
    pub fn other_names_in(&self, wanted: Option<&str>) -> impl Iterator<Item = ChosenName<'_>> {
        ChosenName::others(&self.name, &self.alternate_names, wanted)
    }
}

impl OfficeKind<'_> {
    /// Its name in that language, where it has one.
    pub fn name_in(&self, wanted: Option<&str>) -> ChosenName<'_> {
        ChosenName::of(&self.name, &self.alternate_names, wanted)
    }
}

impl Region<'_> {
    /// Its name in that language, where it has one.
    pub fn name_in(&self, wanted: Option<&str>) -> ChosenName<'_> {
        ChosenName::of(&self.name, &self.alternate_names, wanted)
    }
}

impl Office<'_> {
    /// Its name in that language, where it has one, without the organisation's.
    pub fn name_in(&self, wanted: Option<&str>) -> ChosenName<'_> {
        ChosenName::of(&self.name, &self.alternate_names, wanted)
    }

    /// Its other names where [`Office::name_in`] is the one that is shown.
    pub fn other_names_in(&self, wanted: Option<&str>) -> impl Iterator<Item = ChosenName<'_>> {
        ChosenName::others(&self.name, &self.alternate_names, wanted)
    }
}

/// The tag without its last part; without a single letter in front of that as well, which only introduces it.
fn shortened(tag: &str) -> Option<&str> {
    let (shorter, _) = tag.rsplit_once('-')?;
    match shorter.rsplit_once('-') {
        Some((before, single)) if single.len() == 1 => Some(before),
        _ => Some(shorter),
    }
}

/// Whether the tag has these parts in front, and more behind them.
fn begins_with(tag: &str, range: &str) -> bool {
    tag.get(..range.len()).is_some_and(|front| front.eq_ignore_ascii_case(range))
        && tag[range.len()..].starts_with('-')
}

/// The first part of a tag.
fn tag_language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The script that a tag names, in small letters. Chinese in countries that write it in one of its two scripts is in
/// that one (Unicode CLDR, likely subtags), which matters because people often leave it out.
fn tag_script(tag: &str) -> Option<String> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-').skip(1);
    // Four letters are a script (RFC 5646, section 2.2.3), and the four characters of a variant begin with a digit.
    let is_script = |it: &&str| it.len() == 4 && it.bytes().all(|byte| byte.is_ascii_alphabetic());
    if let Some(script) = parts.clone().find(is_script) {
        return Some(script.to_owned());
    }
    let script = match (tag_language(&tag), parts.next()) {
        ("zh", Some("tw" | "hk" | "mo")) => "hant",
        ("zh", Some("cn" | "sg" | "my")) => "hans",
        _ => return None,
    };
    Some(script.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The language of what is found among names in these languages.
    fn found<'l>(languages: &[&'l str], wanted: &str) -> Option<&'l str> {
        let names: Vec<_> = languages
            .iter()
            .map(|&it| LocalizedName { name: it.into(), language: it.into() })
            .map(AlternateName::Localized)
            .collect();
        let language = AlternateName::in_language(&names, wanted)?.language.to_string();
        languages.iter().copied().find(|it| *it == language)
    }

    #[test]
    fn languages_are_looked_up() {
        let cases: [(&[&str], &str, Option<&str>); 18] = [
            (&["fr", "de"], "de", Some("de")),
            (&["fr", "de"], "DE", Some("de")),
            (&["de", "de-AT"], "de-at", Some("de-AT")),
            (&["fr", "de"], "de-AT", Some("de")),
            (&["de-CH", "de"], "de-AT", Some("de")),
            (&["de-CH", "de"], "de-x-plain", Some("de")),
            (&["es", "pt-BR"], "pt", Some("pt-BR")),
            (&["es", "pt-BR"], "pt-PT", Some("pt-BR")),
            (&["zh-Hans"], "zh-Hant", None),
            (&["zh-Hans", "zh-Hant"], "zh-Hant", Some("zh-Hant")),
            (&["zh-Hans", "zh-Hant"], "zh-TW", Some("zh-Hant")),
            (&["zh-Hans"], "zh-HK", None),
            (&["zh-Hans", "zh-Hant"], "zh-Hant-TW", Some("zh-Hant")),
            (&["zh-Hans", "zh-Hant"], "zh", Some("zh-Hans")),
            (&["sr-Latn"], "sr-Cyrl", None),
            (&["de", "fr"], "it", None),
            // "de" is not the front part of "del".
            (&["del"], "de", None),
            (&[], "de", None),
        ];
        for (languages, wanted, expected) in cases {
            assert_eq!(found(languages, wanted), expected, "{wanted} in {languages:?}");
        }
    }

    #[test]
    fn a_name_in_a_language_stands_in_front() -> Result<(), serde_json::Error> {
        let json = r#"{
            "id": "lab", "name": "Example Labor", "kind": "office",
            "alternate_names": ["L", {"name": "Laboratory", "language": "en"}, {"name": "Labo", "language": "fr"}]
        }"#;
        let office: Office<'_> = serde_json::from_str(json)?;
        let json =
            r#"{"name": "Example", "alternate_names": [{"name": "Exemple", "language": "fr"}]}"#;
        let example: Organization<'_> = serde_json::from_str(json)?;
        assert_eq!(office.full_name_in(&example, Some("en")), "Example Laboratory");
        assert_eq!(office.full_name_in(&example, Some("fr-CA")), "Exemple Labo");
        // The usual name has the usual name of the organisation in front already.
        assert_eq!(office.full_name_in(&example, Some("it")), "Example Labor");
        assert_eq!(office.full_name_in(&example, None), "Example Labor");
        let others =
            |wanted| -> Vec<&str> { office.other_names_in(wanted).map(|it| it.name).collect() };
        assert_eq!(others(None), ["L", "Laboratory", "Labo"]);
        assert_eq!(others(Some("it")), ["L", "Laboratory", "Labo"]);
        assert_eq!(others(Some("en")), ["Example Labor", "L", "Labo"]);
        Ok(())
    }
}
