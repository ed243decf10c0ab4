//! An address as the page's template sees it: lines to read, parts of which are properties for programs, and the
//! lines that go onto mail.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use super::name::is_right_to_left;
use super::words::Words;
use crate::model::{Address, Use};
use crate::postal::{AddressLabel, LayoutOptions, LetterCase, Script, country, layout};
use crate::writers::card::CardAddress;

/// An address, as lines to read and as properties for programs.
#[derive(Serialize)]
pub(super) struct AddressView<'v> {
    /// The word for what it is for; `None` where it is for everything.
    what: Option<&'static str>,
    /// BCP 47 tag of its language, where that is not the page's.
    language: Option<Cow<'v, str>>,
    /// Whether it is written from right to left.
    right_to_left: bool,
    /// What is read, in pieces; lines end with line feeds.
    pieces: Vec<AddressPiece>,
    /// Properties that are no part of the lines: a class of h-adr with its value.
    hidden: Vec<(&'static str, Cow<'v, str>)>,
    /// Mail from abroad has the office's name, then the lines that are read, those with these numbers, from 0, in
    /// capitals; `None` for the last two, which is usual. Pages of thousands of offices need not have everything twice.
    capitals: Option<String>,
    /// The lines of mail from abroad, with line feeds between them, where they are others.
    mail: Option<String>,
    /// The lines of mail within the country; `None` where they are those from abroad without the last, and empty where
    /// they are those that are read without the country's. In both cases below the office's name.
    domestic: Option<String>,
}

/// A piece of the lines.
#[derive(Serialize)]
struct AddressPiece {
    /// The lines in it; a line that ends with the piece, or begins with it, has no text in another one.
    lines: Vec<String>,
    /// The property of h-adr that it is.
    class: Option<&'static str>,
    /// Its language, where that is not the address's.
    language: Option<String>,
}

/// Where a property stands in the lines.
type MarkedRange = (Range<usize>, &'static str);

/// The class of the country's name.
const COUNTRY: &str = "p-country-name";

impl<'v> AddressView<'v> {
    /// The address of an office with that name.
    pub fn new(address: &'v Address<'_>, full_name: &str, words: &Words) -> Self {
        let page = &*words.language;
        let abroad = LayoutOptions {
            organization: Some(full_name),
            // Whoever reads the page sends mail from where its language is spoken, or to where English is read.
            language: Some(if words.is_latin() { page } else { "en" }),
            ..LayoutOptions::default()
        };
        let read = LayoutOptions {
            organization: None,
            language: Some(page),
            letter_case: LetterCase::AsWritten,
            ..LayoutOptions::default()
        };
        let mail = layout(address, &abroad);
        let read = layout(address, &read);
        let domestic = layout(address, &LayoutOptions { from: Some(&address.country), ..abroad });
        let what = match *address.uses {
            [Use::Physical] => Some("street_address"),
            [Use::Postal] => Some("postal_address"),
            _ => None,
        };
        let language = language(address);
        let capitals = capitals(full_name, &mail, &read);
        let is_other = capitals.is_none();
        let usual = read.all_lines().count().checked_sub(2).map(|at| format!("{at} {}", at + 1));
        let (pieces, hidden) = pieces(&read, address, (page, language.as_deref()));
        AddressView {
            what,
            right_to_left: is_right_to_left(&read.lines().collect::<String>()),
            pieces,
            hidden,
            domestic: domestic_lines(full_name, &domestic, &mail, &read),
            capitals: capitals.filter(|it| Some(it) != usual.as_ref()),
            mail: is_other.then(|| joined(mail.all_lines())),
            language: language.filter(|it| !it.eq_ignore_ascii_case(page)),
        }
    }

    /// Whether a text stands in the lines that are read, as words of their own.
    pub fn has(&self, text: &str) -> bool {
        let mut lines = self.pieces.iter().flat_map(|piece| &piece.lines);
        lines.any(|line| find(line, text, &[]).is_some())
    }
}

/// The numbers of the lines that are read, with spaces between them, which in capitals and below the office's name are
/// those of mail; `None` where they do not become them by that.
fn capitals(full_name: &str, mail: &AddressLabel, read: &AddressLabel) -> Option<String> {
    let mut lines = mail.all_lines();
    if lines.next() != Some(full_name) || mail.all_lines().count() != read.all_lines().count() + 1 {
        return None;
    }
    let mut numbers = Vec::new();
    for (number, (line, read)) in lines.zip(read.all_lines()).enumerate() {
        if line == read {
            continue;
        }
        // As the script does it: both go by Unicode's full mappings, whatever the language.
        if line != read.to_uppercase() {
            return None;
        }
        numbers.push(number.to_string());
    }
    Some(numbers.join(" "))
}

/// The lines with line feeds between them.
fn joined<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// See [`AddressView::domestic`].
fn domestic_lines(
    full_name: &str,
    domestic: &AddressLabel,
    mail: &AddressLabel,
    read: &AddressLabel,
) -> Option<String> {
    if domestic.all_lines().eq(mail.lines()) {
        return None;
    }
    let as_read = [full_name].into_iter().chain(read.lines());
    Some(if domestic.all_lines().eq(as_read) {
        String::new()
    } else {
        joined(domestic.all_lines())
    })
}

/// The lines in pieces, and the properties that are none of them.
fn pieces<'v>(
    label: &AddressLabel,
    address: &'v Address<'_>,
    (page, language): (&str, Option<&str>),
) -> (Vec<AddressPiece>, Vec<(&'static str, Cow<'v, str>)>) {
    let text = joined(label.all_lines());
    let mut marked: Vec<MarkedRange> = Vec::new();
    // First, because the country's line is not the locality of a city-state.
    let country = label.country_line().map(|line| (text.len() - line.len()..text.len(), COUNTRY));
    marked.extend(country);
    let mut hidden = Vec::new();
    for (class, value) in properties(CardAddress::new(address)) {
        match find(&text, &value, &marked) {
            Some(range) => marked.push((range, class)),
            None if class == "p-street-address" => {
                // Lines that stand apart cannot be one piece.
                hidden.push((class, value.replace('\n', ", ").into()));
            }
            None => hidden.push((class, value)),
        }
    }
    marked.sort_by_key(|(range, _)| range.start);
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |range: Range<usize>, class: Option<&'static str>| {
        let lines: Vec<String> = text[range].split('\n').map(str::to_owned).collect();
        let is_country = class == Some(COUNTRY) && language != Some(page);
        let language = is_country.then(|| page.to_owned());
        pieces.push(AddressPiece { lines, class, language });
    };
    for (range, class) in marked {
        if at < range.start {
            push(at..range.start, None);
        }
        at = range.end;
        push(range, Some(class));
    }
    if at < text.len() {
        push(at..text.len(), None);
    }
    (pieces, hidden)
}

/// Where a text stands in the lines as words of their own, apart from what is marked already.
fn find(text: &str, value: &str, marked: &[MarkedRange]) -> Option<Range<usize>> {
    let is_free = |range: &Range<usize>| {
        marked.iter().all(|(other, _)| range.end <= other.start || other.end <= range.start)
    };
    let is_apart = |range: &Range<usize>| {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        before.into_iter().chain(after).all(|character| !character.is_alphanumeric())
    };
    let found = text.match_indices(value).map(|(at, found)| at..at + found.len());
    found.into_iter().find(|range| is_free(range) && is_apart(range))
}

/// The components as the properties of an h-adr, but for the country, which is a line of its own; lines of the street
/// with line feeds between them.
fn properties(card: CardAddress<'_>) -> Vec<(&'static str, Cow<'_, str>)> {
    let street = card.street_text("\n");
    let properties = [
        ("p-street-address", street.into()),
        ("p-post-office-box", card.post_office_box.into()),
        ("p-postal-code", card.postal_code.into()),
        ("p-locality", card.locality),
        ("p-region", card.region.into()),
    ];
    properties.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The language that the address says it is in, else the one that the country writes.
fn language<'v>(address: &'v Address<'_>) -> Option<Cow<'v, str>> {
    if let Some(language) = &address.language {
        return Some(Cow::Borrowed(language));
    }
    let country = country(&address.country)?;
    // "ja-Latn": or a screen reader would read Latin letters as Japanese.
    let transcribed = !country.latin_script && Script::Auto.is_latin(address);
    Some(match transcribed {
        true => format!("{}-Latn", country.language).into(),
        false => country.language.into(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::postal::countries;

    /// The lines of mail as the script makes them of what is in the page.
    fn script_lines(view: &AddressView<'_>, name: &str, domestic: bool) -> Vec<String> {
        let mut read = view.pieces.iter().fold(vec![String::new()], |mut lines, piece| {
            let mut more = piece.lines.iter().cloned();
            lines.last_mut().unwrap().push_str(&more.next().unwrap());
            lines.extend(more);
            lines
        });
        let is_country = |piece: &AddressPiece| piece.class == Some(COUNTRY);
        if domestic && let Some(lines) = view.domestic.as_deref().filter(|it| !it.is_empty()) {
            return lines.split('\n').map(str::to_owned).collect();
        }
        if domestic && view.domestic.is_some() {
            read.truncate(read.len() - view.pieces.iter().filter(|it| is_country(it)).count());
            read.insert(0, name.to_owned());
            return read;
        }
        let mut mail: Vec<String> = match &view.mail {
            Some(lines) => lines.split('\n').map(str::to_owned).collect(),
            None => {
                let last = [read.len().wrapping_sub(2), read.len() - 1];
                let capitals: Vec<usize> =
                    view.capitals.as_ref().map_or(last.to_vec(), |numbers| {
                        numbers.split_whitespace().map(|it| it.parse().unwrap()).collect()
                    });
                for (at, line) in read.iter_mut().enumerate() {
                    if capitals.contains(&at) {
                        *line = line.to_uppercase();
                    }
                }
                [vec![name.to_owned()], read].concat()
            }
        };
        mail.truncate(mail.len() - usize::from(domestic));
        mail
    }

    #[test]
    fn the_script_finds_the_lines_of_mail_to_every_country() {
        let places = [
            ("Straße 1", "Gießen", "Hessen"),
            ("12 High Street", "", ""),
            ("شارع 1", "القاهرة", "القاهرة"),
            ("東京都港区1-2", "港区", "東京都"),
            ("İstiklal Cad. 5", "İstanbul", "İstanbul"),
        ];
        let words = ["en", "de", "ja"].map(|language| Words::new(Some(language)).unwrap());
        for (country, (street, locality, area)) in
            countries().iter().flat_map(|it| places.map(|place| (it, place)))
        {
            let json = serde_json::json!({
                "uses": ["postal"], "address_lines": [street, "Floor 2"], "locality": locality,
                "administrative_area": area, "postal_code": "12345", "country": country.code,
            })
            .to_string();
            let address: Address<'_> = serde_json::from_str(&json).unwrap();
            for words in &words {
                let language = &*words.language;
                let name = country.name(language).unwrap();
                let view = AddressView::new(&address, name, words);
                let abroad = LayoutOptions {
                    organization: Some(name),
                    language: Some(if language == "ja" { "en" } else { language }),
                    ..LayoutOptions::default()
                };
                let within = LayoutOptions { from: Some(country.code), ..abroad };
                for (options, domestic) in [(abroad, false), (within, true)] {
                    let expected = layout(&address, &options).to_lines();
                    let lines = script_lines(&view, name, domestic);
                    assert_eq!(lines, expected, "{} {language} {domestic}", country.code);
                }
            }
        }
    }

    #[test]
    fn properties_are_words_of_the_lines() {
        let json = r#"{
            "uses": ["physical"], "address_lines": ["1 Denver Street", "Denver House"], "locality": "Denver",
            "postal_code": "80202", "administrative_area": "Colorado", "country": "US"
        }"#;
        let address: Address<'_> = serde_json::from_str(json).unwrap();
        let view = AddressView::new(&address, "Office", &Words::new(None).unwrap());
        let marked = view.pieces.iter().filter_map(|it| Some((it.class?, it.lines.join("|"))));
        let expected = [
            ("p-street-address", "1 Denver Street|Denver House"),
            ("p-locality", "Denver"),
            ("p-postal-code", "80202"),
            ("p-country-name", "United States"),
        ]
        .map(|(class, text)| (class, text.to_owned()));
        assert_eq!(marked.collect::<Vec<_>>(), expected);
        // The post abbreviates the area, and programs want it whole.
        assert_eq!(view.hidden, [("p-region", "Colorado".into())]);
    }
}
