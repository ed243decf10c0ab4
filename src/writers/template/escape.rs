//! Escaping what a template prints, for the format that its file name says. Templates print data from a
//! directory that may come from anybody, so escaping is on unless a template switches it off.

use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State};

use super::nested::check;
use crate::text::{escape, markdown};

/// The format that a template's values are escaped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EscapeFormat {
    /// References for markup, in text and in attributes.
    Html,
    /// The same as HTML.
    Xml,
    /// Each value as JSON, with its quotes.
    Json,
    /// The same as JSON, which YAML contains.
    Yaml,
    /// Each value in quotes.
    Csv,
    /// Commands of LaTeX for its special characters.
    Tex,
    /// Backslashes of vCards.
    Vcf,
    /// Backslashes of Markdown.
    Md,
    /// Values as they are.
    None,
}

/// Every format by its name, which is also the ending of its files.
const FORMATS: [(&str, EscapeFormat); 9] = [
    ("html", EscapeFormat::Html),
    ("xml", EscapeFormat::Xml),
    ("json", EscapeFormat::Json),
    ("yaml", EscapeFormat::Yaml),
    ("csv", EscapeFormat::Csv),
    ("tex", EscapeFormat::Tex),
    ("vcf", EscapeFormat::Vcf),
    ("md", EscapeFormat::Md),
    ("none", EscapeFormat::None),
];

impl EscapeFormat {
    /// The names of [`FORMATS`], for the option; a test holds the two to each other.
    pub(super) const NAMES: &'static [&'static str] =
        &["html", "xml", "json", "yaml", "csv", "tex", "vcf", "md", "none"];

    /// The format of that name, which was checked.
    pub(super) fn named(name: &str) -> EscapeFormat {
        let known = FORMATS.iter().find(|(known, _)| *known == name);
        known.map_or(EscapeFormat::None, |(_, escape)| *escape)
    }

    /// The format of a file, by its ending.
    pub(super) fn of(file: &str) -> EscapeFormat {
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        EscapeFormat::named(match ending.as_str() {
            "htm" | "xhtml" => "html",
            "svg" => "xml",
            "yml" => "yaml",
            other => other,
        })
    }

    /// Escapes everything that templates print for this format, included ones too.
    pub(super) fn install(self, environment: &mut Environment<'_>) {
        environment.set_auto_escape_callback(move |_| match self {
            EscapeFormat::None => AutoEscape::None,
            _ => AutoEscape::Custom("format".into()),
        });
        environment.set_formatter(move |out, state, value| self.print(out, state, value));
    }

    /// Prints a value as the format wants it. Lists and maps are refused outside JSON and YAML:
    /// what they would look like is nothing that anybody reads.
    fn print(
        self,
        out: &mut Output<'_>,
        state: &mut State<'_, '_>,
        value: &Value,
    ) -> Result<(), Error> {
        let raw = value.is_safe() || matches!(state.auto_escape(), AutoEscape::None);
        // With its quotes, so that a template cannot forget them: `name: {{ name }}` is right.
        let structured = matches!(self, EscapeFormat::Json | EscapeFormat::Yaml) && !raw;
        let text = match value.kind() {
            // Names that do not exist never come here: this is an `if` without its `else`.
            ValueKind::Undefined => return Ok(()),
            _ if structured => json(state, value)?,
            ValueKind::None => return Ok(()),
            ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => {
                let why = "a list or a map cannot be printed: go through it, or join it";
                return Err(Error::new(ErrorKind::InvalidOperation, why));
            }
            _ if raw => value.to_string(),
            _ => self.escape(&value.to_string()),
        };
        out.write_str(&text).map_err(Error::from)
    }

    /// Escapes a text.
    fn escape(self, text: &str) -> String {
        match self {
            EscapeFormat::Html | EscapeFormat::Xml => escape::replaced(text, escape::markup),
            // Hyphens side by side would be set as a dash; the second pass finds the third of three.
            EscapeFormat::Tex => {
                escape::replaced(text, escape::tex).replace("--", "-{}-").replace("--", "-{}-")
            }
            EscapeFormat::Vcf => escape::replaced(text, escape::vcard),
            // With its quotes, as in JSON: a template cannot forget them.
            EscapeFormat::Csv => format!("\"{}\"", text.replace('"', "\"\"")),
            EscapeFormat::Md => markdown(text),
            EscapeFormat::Json | EscapeFormat::Yaml | EscapeFormat::None => text.to_owned(),
        }
    }
}

/// A value as JSON, which is YAML as well. `<` is written as an escape: no text ends a script element.
fn json(state: &State<'_, '_>, value: &Value) -> Result<String, Error> {
    check(state, value)?;
    let text = serde_json::to_string(value)
        .map_err(|error| Error::new(ErrorKind::BadSerialization, error.to_string()))?;
    Ok(text.replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::{EscapeFormat, FORMATS};

    #[test]
    fn names_are_those_of_the_formats() {
        assert_eq!(FORMATS.map(|(name, _)| name), EscapeFormat::NAMES);
        for (file, escape) in
            [("a.tex", EscapeFormat::Tex), ("a.HTM", EscapeFormat::Html), ("a", EscapeFormat::None)]
        {
            assert_eq!(EscapeFormat::of(file), escape);
        }
    }

    #[test]
    fn escapes_what_means_something() {
        let hard = "a&b <c> \"d\" \\e{f}_[1]* ;,";
        let cases = [
            (EscapeFormat::Html, "a&amp;b &lt;c&gt; &quot;d&quot; \\e{f}_[1]* ;,"),
            (EscapeFormat::Csv, "\"a&b <c> \"\"d\"\" \\e{f}_[1]* ;,\""),
            (EscapeFormat::Vcf, "a&b <c> \"d\" \\\\e{f}_[1]* \\;\\,"),
            (
                EscapeFormat::Tex,
                "a\\&b <c> \\textquotedbl{}d\\textquotedbl{} \\textbackslash{}e\\{f\\}\\_{[}1{]}{*} ;,",
            ),
            (EscapeFormat::Md, "a\\&b \\<c\\> \"d\" \\\\e{f}\\_\\[1\\]\\* ;,"),
        ];
        for (escape, expected) in cases {
            assert_eq!(escape.escape(hard), expected, "{escape:?}");
        }
        assert_eq!(EscapeFormat::Tex.escape("a---b-c"), "a-{}-{}-b-c");
        assert_eq!(EscapeFormat::Md.escape("1. x"), "1\\. x");
        assert_eq!(EscapeFormat::Md.escape("- 1."), "\\- 1.");
    }
}
