//! The options of writers: declared as data, checked before a writer is built, so that a misspelt one is
//! found before anything is opened.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::Error;
use crate::postal::{Script, country, probable_country};
use crate::text::nearest;

/// An option of a writer, as data: the command line, the configuration, `officedir writers` and the golden
/// tests all know it from here.
pub struct OptionInfo {
    /// Its key.
    pub name: &'static str,
    /// One line about what it does.
    pub help: &'static str,
    /// What may be given.
    pub kind: OptionKind,
    /// The value where none is given; empty for none.
    pub default: &'static str,
}

/// An option in one line.
pub(super) const fn option(
    name: &'static str,
    kind: OptionKind,
    default: &'static str,
    help: &'static str,
) -> OptionInfo {
    OptionInfo { name, help, kind, default }
}

/// The option of the formats for people in which names are chosen.
pub(super) const LANGUAGE: OptionInfo = OptionInfo {
    name: "language",
    help: "language of the names (BCP 47), where the directory has them in it; else they are as they are",
    kind: OptionKind::Language,
    default: "",
};

/// The option of the formats that choose between an address in two scripts.
pub(super) const SCRIPT: OptionInfo = OptionInfo {
    name: "script",
    help: "letters, where an office has its address in two; auto: Latin ones from abroad",
    kind: OptionKind::Choice(&["auto", "latin", "local"]),
    default: "auto",
};

/// What values an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionKind {
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true` or `false`; the key alone means `true`.
    Flag,
    /// A whole number within these bounds.
    Number(u32, u32),
    /// Whole numbers within these bounds, with `+` between them.
    Numbers(u32, u32),
    /// ISO 3166-1 alpha-2 code.
    Country,
    /// BCP 47 tag of a language, in capitals or not.
    Language,
    /// Any text.
    Text,
    /// Path of a file that is read.
    File,
    /// Path of a file that is read; may be given more than once.
    Files,
}

impl OptionKind {
    /// What such an option takes, as short as help needs it: `DE|US`, `1..100`, `FILE`.
    pub fn placeholder(self) -> String {
        match self {
            OptionKind::Choice(words) => words.join("|"),
            OptionKind::Flag => "true|false".into(),
            OptionKind::Number(low, high) => format!("{low}..{high}"),
            OptionKind::Numbers(..) => "N+N…".into(),
            OptionKind::Country => "CC".into(),
            OptionKind::Language => "TAG".into(),
            OptionKind::Text => "TEXT".into(),
            OptionKind::File | OptionKind::Files => "FILE".into(),
        }
    }
}

/// Option values that were checked against what a writer declares. A writer's `build` may take them as they
/// are: words are among the choices, numbers within bounds.
///
/// # Example
///
/// ```
/// use officedir::writers::{OptionInfo, OptionKind, WriterOptions};
///
/// static DECLARED: &[OptionInfo] = &[OptionInfo {
///     name: "case",
///     help: "letters of the ids",
///     kind: OptionKind::Choice(&["lower", "upper"]),
///     default: "lower",
/// }];
/// let given = |key: &str, value: &str| [(key.to_owned(), value.to_owned())];
/// assert!(WriterOptions::check(DECLARED, &[]).is_ok_and(|it| it.is("case", "lower")));
/// assert!(WriterOptions::check(DECLARED, &given("case", "upper")).is_ok());
/// let refused = WriterOptions::check(DECLARED, &given("cas", "upper")).err();
/// assert_eq!(refused.as_ref().and_then(|it| it.help()), Some("did you mean \"case\"?"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriterOptions {
    /// Values by key, with the defaults; more than one only for [`OptionKind::Files`].
    values: BTreeMap<&'static str, Vec<String>>,
}

impl WriterOptions {
    /// Checks the given pairs and fills in the defaults.
    ///
    /// # Errors
    /// Names an unknown key with the nearest known one, a value that the key does not take, or a key
    /// given twice.
    pub fn check(
        declared: &'static [OptionInfo],
        given: &[(String, String)],
    ) -> Result<Self, Error> {
        let mut values: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (key, value) in given {
            let info = declared.iter().find(|info| info.name == key).ok_or_else(|| {
                Error::unknown("option", key, declared.iter().map(|info| info.name))
            })?;
            let value =
                // `--to labels:qr` is shorter than `qr=true`, and means it.
                if value.is_empty() && info.kind == OptionKind::Flag { "true" } else { value };
            check_value(info, value)?;
            let known = values.entry(info.name).or_default();
            if !known.is_empty() && info.kind != OptionKind::Files {
                return Err(twice(key));
            }
            known.push(value.to_owned());
        }
        // Behind what was given, so that a default never counts as the first of two values.
        for info in declared.iter().filter(|info| !info.default.is_empty()) {
            values.entry(info.name).or_insert_with(|| vec![info.default.to_owned()]);
        }
        Ok(WriterOptions { values })
    }

    /// The value of a key; `None` where it was not given and has no default.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key)?.first().map(String::as_str)
    }

    /// Every value of a key that may be given more than once.
    pub fn all(&self, key: &str) -> &[String] {
        self.values.get(key).map_or(&[], Vec::as_slice)
    }

    /// The files that the options of these declarations name to be read.
    pub(crate) fn paths<'o>(
        &'o self,
        declared: &'o [OptionInfo],
    ) -> impl Iterator<Item = &'o Path> {
        let is_path = |it: &&OptionInfo| matches!(it.kind, OptionKind::File | OptionKind::Files);
        declared.iter().filter(is_path).flat_map(|it| self.all(it.name)).map(Path::new)
    }

    /// Whether the key has that value.
    pub fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// Whether a flag is set.
    pub fn flag(&self, key: &str) -> bool {
        self.is(key, "true")
    }

    /// The value of [`SCRIPT`].
    pub(super) fn script(&self) -> Script {
        match self.get(SCRIPT.name) {
            Some("latin") => Script::Latin,
            Some("local") => Script::Local,
            _ => Script::Auto,
        }
    }

    /// A number, where one was given or is the default.
    pub fn number(&self, key: &str) -> Option<u32> {
        self.get(key)?.parse().ok()
    }

    /// Every number of a list.
    pub fn numbers(&self, key: &str) -> Vec<u32> {
        self.get(key)
            .into_iter()
            .flat_map(|it| it.split('+'))
            .filter_map(|it| it.parse().ok())
            .collect()
    }
}

/// The error of an option that has one value.
pub(super) fn twice(key: &str) -> Error {
    Error::new(format!("the option \"{key}\" is given twice"))
}

/// Refuses a value that an option does not take, with what it takes.
fn check_value(info: &OptionInfo, value: &str) -> Result<(), Error> {
    let refuse = |what: String| {
        Error::new(format!("the option \"{}\" takes {what}, not \"{value}\"", info.name))
    };
    let within = |text: &str, low: u32, high: u32| {
        text.parse().is_ok_and(|number| (low..=high).contains(&number))
    };
    match info.kind {
        OptionKind::Choice(words) if !words.contains(&value) => {
            let error = refuse(format!("one of {}", words.join(", ")));
            Err(match nearest(value, words.iter().copied()) {
                Some(near) => error.with_help(format!("did you mean \"{near}\"?")),
                None => error,
            })
        }
        OptionKind::Flag if !["true", "false"].contains(&value) => {
            Err(refuse("true or false".into()))
        }
        OptionKind::Number(low, high) if !within(value, low, high) => {
            Err(refuse(format!("a whole number from {low} to {high}")))
        }
        OptionKind::Numbers(low, high) if !value.split('+').all(|it| within(it, low, high)) => {
            Err(refuse(format!("whole numbers from {low} to {high} with \"+\" between them")))
        }
        // `country` takes small letters too; here a code has one spelling, and the help names it.
        OptionKind::Country
            if country(value).is_none() || !value.bytes().all(|byte| byte.is_ascii_uppercase()) =>
        {
            let error = refuse("a country code of two capital letters (ISO 3166-1)".into());
            Err(match country(value).or_else(|| probable_country(value)) {
                Some(meant) => {
                    error.with_help(format!("{} is {}", meant.english_name(), meant.code))
                }
                None => error,
            })
        }
        OptionKind::Language if !is_language_tag(value) => {
            Err(refuse("a language tag such as \"ja\" or \"zh-Hant\" (BCP 47)".into()))
        }
        // An empty value is a slip: whoever wants the default leaves the key out.
        OptionKind::Text | OptionKind::File | OptionKind::Files if value.is_empty() => {
            Err(refuse("a text".into()))
        }
        _ => Ok(()),
    }
}

/// Whether the text is made like a language tag: two or three letters, then parts of up to eight letters and digits
/// (RFC 5646, section 2.1, without the forms that no name is given in).
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLARED: &[OptionInfo] = &[
        OptionInfo {
            name: "version",
            help: "",
            kind: OptionKind::Choice(&["3.0", "4.0"]),
            default: "3.0",
        },
        OptionInfo { name: "start", help: "", kind: OptionKind::Number(1, 21), default: "1" },
        OptionInfo { name: "skip", help: "", kind: OptionKind::Numbers(1, 21), default: "" },
        OptionInfo { name: "outline", help: "", kind: OptionKind::Flag, default: "" },
        OptionInfo { name: "from", help: "", kind: OptionKind::Country, default: "" },
        OptionInfo { name: "language", help: "", kind: OptionKind::Language, default: "" },
    ];

    fn check(pairs: &[(&str, &str)]) -> Result<WriterOptions, Error> {
        let given: Vec<_> =
            pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        WriterOptions::check(DECLARED, &given)
    }

    #[test]
    fn values_and_defaults() -> Result<(), Error> {
        let options = check(&[("skip", "3+7"), ("outline", ""), ("from", "DE")])?;
        assert!(options.is("version", "3.0") && options.flag("outline"));
        assert_eq!(options.number("start"), Some(1));
        assert_eq!(options.numbers("skip"), [3, 7]);
        assert_eq!(check(&[])?.get("from"), None);
        for language in ["de", "gsw", "zh-Hant-TW", "DE-at", "de-x-plain"] {
            assert_eq!(check(&[("language", language)])?.get("language"), Some(language));
        }
        Ok(())
    }

    /// Of every writer and templates: the bounds that a message names are within, and nothing beyond them.
    #[test]
    fn the_bounds_are_within() {
        let template = (crate::writers::template::OPTIONS, "template");
        let writers = crate::writers::WRITERS.iter().map(|info| (info.options, info.name));
        for (declared, writer) in writers.chain([template]) {
            for info in declared {
                let (low, high) = match info.kind {
                    OptionKind::Number(low, high) | OptionKind::Numbers(low, high) => (low, high),
                    _ => continue,
                };
                let (low, high) = (i64::from(low), i64::from(high));
                for number in [low - 1, low, high, high + 1] {
                    let given = [(info.name.to_owned(), number.to_string())];
                    let checked = WriterOptions::check(declared, &given);
                    let is_within = (low..=high).contains(&number);
                    assert_eq!(checked.is_ok(), is_within, "{writer}:{}={number}", info.name);
                    let says = format!("from {low} to {high}");
                    let said = checked.err().is_none_or(|error| error.to_string().contains(&says));
                    assert!(said, "{writer}:{}={number}", info.name);
                }
                for text in ["", "1,5", "1.5", "+", "-1", "1e3", "NaN"] {
                    let given = [(info.name.to_owned(), text.to_owned())];
                    assert!(
                        WriterOptions::check(declared, &given).is_err(),
                        "{}={text}",
                        info.name
                    );
                }
            }
        }
    }

    #[test]
    fn what_it_refuses() {
        let refused = [
            ("start", "0"),
            ("start", "22"),
            ("skip", "3+x"),
            ("outline", "yes"),
            ("from", "de"),
            ("from", "DEU"),
            ("language", ""),
            ("language", "German"),
            ("language", "de_DE"),
            ("language", "de-"),
        ];
        for (key, value) in refused {
            assert!(check(&[(key, value)]).is_err(), "{key}={value}");
        }
        let near = check(&[("verzion", "3.0")]).err();
        assert_eq!(near.as_ref().and_then(Error::help), Some("did you mean \"version\"?"));
        assert!(check(&[("start", "1"), ("start", "2")]).is_err());
    }
}
