//! TOML with places: every value that is refused is shown at its line and column. It knows nothing of
//! what the keys mean.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ConfigPosition;
use crate::error::Error;
use crate::text::LineStarts;

/// The text of the file, for places in it.
pub(super) struct TomlReader<'t> {
    /// The path of the file, for messages.
    path: &'t Path,
    text: &'t str,
    /// Where the lines of the text begin, so that no place is counted from the beginning.
    lines: LineStarts<'t>,
}

impl<'t> TomlReader<'t> {
    /// Of the file at `path`, which is not opened.
    pub(super) fn new(path: &'t Path, text: &'t str) -> Self {
        TomlReader { path, text, lines: LineStarts::new(text) }
    }

    /// The text as a table with the places of its values.
    pub(super) fn document(&self) -> Result<DeTable<'t>, Error> {
        let parsed = DeTable::parse(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.error(at, Error::new(format!("not valid TOML: {}", error.message())))
        })?;
        Ok(parsed.into_inner())
    }

    /// The error at that byte of the file.
    pub(super) fn error(&self, at: usize, error: Error) -> Error {
        error.within(self.place(at).of(self.path))
    }

    /// Line and column of a byte.
    fn place(&self, at: usize) -> ConfigPosition {
        let (line, column) = self.lines.line_and_column(at);
        ConfigPosition { line, column }
    }
}

/// One table of the file, whose keys are asked for by type. What it refuses is refused with the place of the
/// value, and unknown keys with the nearest known one: a misspelt key must not be ignored in silence.
pub(super) struct TomlTable<'r> {
    /// Where the text and its places are.
    reader: &'r TomlReader<'r>,
    table: &'r DeTable<'r>,
    /// Its first byte in the file; 0 for the root.
    at: usize,
}

/// Bytes of a table's first line that are shown at most.
const LONGEST: usize = 1_000;

/// An option of a target: key, values and the place of the key.
type GivenOption = (String, Vec<String>, ConfigPosition);

impl<'r> TomlTable<'r> {
    /// The root, which is the whole file.
    pub(super) fn new(reader: &'r TomlReader<'r>, table: &'r DeTable<'r>) -> Self {
        TomlTable { reader, table, at: 0 }
    }

    /// The table's first line, in bytes of the file.
    pub(super) fn span(&self) -> std::ops::Range<usize> {
        let rest = self.reader.text.as_bytes().get(self.at..).unwrap_or_default();
        // Many tables may stand in one line.
        let rest = &rest[..rest.len().min(LONGEST)];
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        self.at..self.at + end.unwrap_or(rest.len())
    }

    /// Where the table begins.
    pub(super) fn at(&self) -> ConfigPosition {
        self.reader.place(self.at)
    }

    /// The error at that place of the file.
    pub(super) fn error(&self, place: ConfigPosition, error: Error) -> Error {
        error.within(place.of(self.reader.path))
    }

    /// Refuses keys other than these.
    pub(super) fn check_keys(&self, known: &[&str]) -> Result<(), Error> {
        let mut keys = self.table.keys();
        match keys.find(|key| !known.contains(&key.get_ref().as_ref())) {
            Some(key) => {
                let error = Error::unknown("key", key.get_ref(), known.iter().copied());
                Err(self.reader.error(key.span().start, error))
            }
            None => Ok(()),
        }
    }

    /// The text of a key.
    pub(super) fn text(&self, key: &str) -> Result<Option<String>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        match value.get_ref() {
            // An empty text says nothing that leaving the key out does not say.
            DeValue::String(text) if !text.is_empty() => Ok(Some(text.to_string())),
            _ => Err(self.refuse(value, key, "a text")),
        }
    }

    /// The text of a key that must be there, and its place.
    pub(super) fn required(&self, key: &str) -> Result<(String, ConfigPosition), Error> {
        Ok((self.required_text(key)?, self.place(key)))
    }

    /// The text of a key that must be there.
    pub(super) fn required_text(&self, key: &str) -> Result<String, Error> {
        self.text(key)?.ok_or_else(|| {
            self.reader.error(self.at, Error::new(format!("\"{key}\" is missing here")))
        })
    }

    /// The texts of a key that is an array of them; none where it is left out.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(Vec::new()) };
        let refuse = |value: &Spanned<DeValue<'_>>| self.refuse(value, key, "an array of texts");
        let items = value.get_ref().as_array().ok_or_else(|| refuse(value))?;
        let text = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::String(text) if !text.is_empty() => Ok(text.to_string()),
            _ => Err(refuse(item)),
        };
        items.iter().map(text).collect()
    }

    /// Where the value of a key begins.
    pub(super) fn place(&self, key: &str) -> ConfigPosition {
        self.reader.place(self.table.get(key).map_or(self.at, |value| value.span().start))
    }

    /// The whole number of a key, within these bounds.
    pub(super) fn number(&self, key: &str, low: u64, high: u64) -> Result<Option<u64>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let number = value.get_ref().as_integer();
        // TOML writes integers in four radices, and the crate leaves them as they are written.
        let number = number.and_then(|it| u64::from_str_radix(it.as_str(), it.radix()).ok());
        match number.filter(|it| (low..=high).contains(it)) {
            Some(number) => Ok(Some(number)),
            None => Err(self.refuse(value, key, &format!("a whole number from {low} to {high}"))),
        }
    }

    /// The table of a key that is written `[key]`.
    pub(super) fn table(&self, key: &str) -> Result<Option<TomlTable<'r>>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        match value.get_ref().as_table() {
            Some(table) => {
                Ok(Some(TomlTable { reader: self.reader, table, at: value.span().start }))
            }
            None => Err(self.refuse(value, key, "a table")),
        }
    }

    /// The tables of a key that is written `[[key]]`.
    pub(super) fn tables(&self, key: &str) -> Result<Vec<TomlTable<'r>>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(Vec::new()) };
        let refuse = |value| {
            self.refuse(value, key, "tables").with_help(format!("write [[{key}]] before each"))
        };
        let array = value.get_ref().as_array().ok_or_else(|| refuse(value))?;
        let table = |item: &'r Spanned<DeValue<'r>>| {
            let table = item.get_ref().as_table().ok_or_else(|| refuse(item))?;
            Ok(TomlTable { reader: self.reader, table, at: item.span().start })
        };
        array.iter().map(table).collect()
    }

    /// Every key but that one as an option of a writer. Numbers and flags may be written as such, several
    /// values as an array.
    pub(super) fn options(&self, except: &str) -> Result<Vec<GivenOption>, Error> {
        // In the order of the file, in which mistakes are reported.
        let keys = self.table.iter().filter(|(key, _)| key.get_ref() != except);
        keys.map(|(key, value)| {
            let name = key.get_ref().to_string();
            let values = match value.get_ref() {
                DeValue::Array(items) => self.items(&name, items.iter())?,
                _ => vec![self.scalar(&name, value)?],
            };
            Ok((name, values, self.reader.place(key.span().start)))
        })
        .collect()
    }

    /// The items of an array: numbers are one value, with `+` between them as on the command line.
    fn items<'i>(
        &self,
        key: &str,
        items: impl Iterator<Item = &'i Spanned<DeValue<'i>>> + Clone,
    ) -> Result<Vec<String>, Error> {
        let numbers = items.clone().all(|item| item.get_ref().is_integer());
        let texts: Vec<String> =
            items.map(|item| self.scalar(key, item)).collect::<Result<_, _>>()?;
        // No items are no value: a flag without one would be true.
        Ok(if numbers && !texts.is_empty() { vec![texts.join("+")] } else { texts })
    }

    /// A single value as the text that the command line would have.
    fn scalar(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<String, Error> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text.to_string()),
            DeValue::Boolean(flag) => Ok(flag.to_string()),
            // `0x10` would have to be turned into what the command line takes.
            DeValue::Integer(number) if number.radix() == 10 => Ok(number.as_str().to_owned()),
            _ => Err(self.refuse(value, key, "a text, a whole number, true or false")),
        }
    }

    /// What a key takes, and what it has.
    fn refuse(&self, value: &Spanned<DeValue<'_>>, key: &str, takes: &str) -> Error {
        let kind = value.get_ref().type_str();
        let message = format!("\"{key}\" takes {takes}, not this {kind}");
        self.reader.error(value.span().start, Error::new(message))
    }
}
