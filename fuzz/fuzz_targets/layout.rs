//! Any components, country, origin, language, script and mode: every component is printed exactly once, nothing
//! else is but separators, and no line is empty or has a control character.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use officedir::model::{Address, Text};
use officedir::postal::{
    AddressLabel, Country, LayoutMode, LayoutOptions, LetterCase, Script, countries, country, languages, layout,
};
use officedir_fuzz::{folded, is_forbidden, printable};

#[derive(Arbitrary, Debug)]
struct Input<'b> {
    country: Code<'b>,
    from: Option<Code<'b>>,
    language: Option<Tag<'b>>,
    written_in: Option<Tag<'b>>,
    script: u8,
    raw: bool,
    /// Whether every component is told from all others by marks around it.
    marked: bool,
    texts: [Option<&'b str>; 10],
    lines: Vec<&'b str>,
}

#[derive(Arbitrary, Debug)]
enum Code<'b> {
    Known(u8),
    Any(&'b str),
}

#[derive(Arbitrary, Debug)]
enum Tag<'b> {
    Known(u8),
    Any(&'b str),
}

/// Marks around the texts, which have neither capitals nor a script.
const MARKS: char = '\u{e000}';
const MOST_LINES: usize = 6;

fuzz_target!(|input: Input<'_>| {
    let code = |code: &Code<'_>| match code {
        Code::Known(at) => countries()[usize::from(*at) % countries().len()].code.to_owned(),
        // A country that is called as a place in it stands there once.
        Code::Any(text) => text.chars().filter(|c| !is_forbidden(*c) && !is_mark(*c)).collect(),
    };
    let tag = |tag: &Tag<'_>| match tag {
        Tag::Known(at) => languages()[usize::from(*at) % languages().len()].to_owned(),
        Tag::Any(text) => (*text).to_owned(),
    };
    let mut number = 0;
    let mut text = |text: Option<&str>| {
        number += 1;
        let mark = char::from_u32(MARKS as u32 + number).unwrap();
        let text: String = text?.chars().filter(|c| !is_mark(*c)).collect();
        let text = printable(&text)?;
        Some(if input.marked { format!("{mark}{text}{mark}") } else { text })
    };
    let texts = input.texts.map(&mut text);
    let lines: Vec<String> =
        input.lines.iter().take(MOST_LINES).filter_map(|line| text(Some(line))).collect();
    let mut address = address(&texts, &lines, &code(&input.country));
    address.language = input.written_in.as_ref().map(tag).map(Text::from);
    if input.marked && address.administrative_area.is_some() {
        // Of a known area, either the name or the abbreviation is printed.
        address.administrative_area_code = None;
    }
    let (from, language) = (input.from.as_ref().map(code), input.language.as_ref().map(tag));
    let options = LayoutOptions {
        recipient: texts[0].as_deref(),
        organization: texts[1].as_deref(),
        from: from.as_deref(),
        language: language.as_deref(),
        script: [Script::Auto, Script::Latin, Script::Local][usize::from(input.script % 3)],
        mode: if input.raw { LayoutMode::Raw } else { LayoutMode::Post },
        both_languages: input.script & 0x40 != 0,
        letter_case: if input.script & 0x80 == 0 { LetterCase::Post } else { LetterCase::AsWritten },
    };
    let label = layout(&address, &options);
    for line in label.all_lines() {
        assert!(!line.trim().is_empty() && !line.chars().any(is_forbidden), "{line:?}");
    }
    assert!(!label.one_line().chars().any(is_forbidden));
    match (options.mode, input.marked) {
        (LayoutMode::Raw, _) => {}
        (LayoutMode::Post, true) => check_marked(&address, &options, &label),
        (LayoutMode::Post, false) => check_plain(&address, &options, &label),
    }
});

fn address<'a>(texts: &'a [Option<String>; 10], lines: &'a [String], country: &str) -> Address<'a> {
    let text = |at: usize| texts[at].as_deref().map(Text::from);
    Address {
        care_of: text(2),
        post_office_box: text(3),
        dependent_locality: text(4),
        locality: text(5),
        administrative_area: text(6),
        administrative_area_code: text(7),
        postal_code: text(8),
        sorting_code: text(9),
        address_lines: lines.iter().map(|line| Text::from(line.as_str())).collect(),
        country: country.to_owned().into(),
        ..Address::default()
    }
}

/// Every text that a label must have, but for the area's, which has several forms.
fn texts<'a>(address: &'a Address<'_>, options: &LayoutOptions<'a>) -> Vec<&'a str> {
    let Address { care_of, post_office_box, dependent_locality, locality, .. } = address;
    let Address { postal_code, sorting_code, address_lines, .. } = address;
    let members =
        [care_of, post_office_box, dependent_locality, locality, postal_code, sorting_code];
    let names = [options.recipient, options.organization];
    let members = members.into_iter().flatten().chain(address_lines).map(Text::as_str);
    names.into_iter().flatten().chain(members).collect()
}

/// Takes the marked texts out of every line and looks at what is left.
fn check_marked(address: &Address<'_>, options: &LayoutOptions<'_>, label: &AddressLabel) {
    let area = address.administrative_area.as_ref().or(address.administrative_area_code.as_ref());
    let mut left = texts(address, options);
    left.extend(area.map(Text::as_str));
    for line in label.lines() {
        let mut rest = line;
        let mut between = String::new();
        while let Some(mark) = rest.chars().find(|c| is_mark(*c)) {
            let (before, behind) = rest.split_once(mark).unwrap();
            let (text, behind) = behind.split_once(mark).expect("a text that ends in its line");
            let at = left.iter().position(|it| it.starts_with(mark)).expect("a text once only");
            let expected = left.remove(at);
            assert_eq!(folded(text), folded(expected.trim_matches(mark)), "in {line:?}");
            between.push_str(before);
            between.push('\0');
            rest = behind;
        }
        between.push_str(rest);
        for literal in between.split('\0') {
            let literal = literal.trim();
            let word = literal.trim_start_matches([',', ' ']);
            assert!(
                is_of_the_post(word, address) || matches!(literal, "" | "," | "-" | "/" | "〒" | "c/o" | "C/O"),
                "{literal:?} in {line:?}"
            );
        }
        assert!(!between.ends_with([' ', ',']), "{line:?}");
    }
    // A code alone is no text of an address where areas have names.
    let code = address.administrative_area_code.as_deref();
    left.retain(|text| address.administrative_area.is_some() || Some(*text) != code);
    assert!(left.is_empty(), "{left:?} not in {label:?}");
}

/// Whether a country's post adds the text by itself: before a code ("AX-22100"), as the town of a city-state, or as
/// the state that the islands of another country's post are ("PAGO PAGO AS 96799").
fn is_of_the_post(word: &str, address: &Address<'_>) -> bool {
    country(&address.country).and_then(Country::overlay).is_some_and(|row| {
        let is_prefix = row.code_prefix.is_some_and(|prefix| prefix.text.trim() == word);
        let is_state = !row.post_of.is_empty() && row.country == word;
        is_prefix || is_state || folded(row.locality) == folded(word)
    })
}

fn is_mark(c: char) -> bool {
    ('\u{e000}'..'\u{e020}').contains(&c)
}

/// Nothing is lost, although of equal texts one is enough.
fn check_plain(address: &Address<'_>, options: &LayoutOptions<'_>, label: &AddressLabel) {
    let lines: Vec<&str> = label.all_lines().collect();
    let lines = folded(&lines.join("\n"));
    for text in texts(address, options) {
        let comma = |c: char| c.is_whitespace() || c == ',';
        let text = folded(text.trim_matches(comma));
        assert!(lines.contains(&text), "{text:?} is not in {lines:?}");
    }
}
