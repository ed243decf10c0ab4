//! What `--fix` writes without asking is right: after each safe edit alone, the mistake is gone and the value is
//! one that validates.

use officedir::directory::{Directory, ReadOptions};
use officedir::finding::{Edit, Finding, Severity};
use officedir::read::{DirectorySource, Document};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// What is found in a directory of those bytes.
pub fn findings(text: impl AsRef<[u8]>) -> Vec<Finding> {
    match Document::parse(text.as_ref()) {
        Err(errors) => errors.0,
        Ok(document) => {
            let source = DirectorySource::Document(&document);
            Directory::read(source, ReadOptions::default()).unwrap().findings().to_vec()
        }
    }
}

/// Errors in the form of the document. What offices refer to, and postal rules, are beyond the edit of a name.
fn errors(findings: &[Finding]) -> usize {
    let of_form =
        |it: &&Finding| !it.code.starts_with("office/") && !it.code.starts_with("postal/");
    findings.iter().filter(|it| it.severity == Severity::Error).filter(of_form).count()
}

fn made(text: &str, edit: &Edit) -> String {
    [&text[..edit.span.start], &edit.text, &text[edit.span.end..]].concat()
}

/// Makes every safe edit alone and gives how many there were.
#[track_caller]
fn check(text: &str) -> usize {
    let before = findings(text);
    let safe = |it: &&Finding| it.edit.as_ref().is_some_and(|edit| edit.safe);
    for finding in before.iter().filter(safe) {
        let edit = finding.edit.as_ref().unwrap();
        let fixed = made(text, edit);
        let after = findings(&fixed);
        let same = |all: &[Finding]| all.iter().filter(|it| it.code == finding.code).count();
        assert!(same(&after) < same(&before), "{finding:?} comes back in\n{fixed}");
        if finding.code.starts_with("syntax/") {
            // Behind such a mistake others were not seen yet.
            continue;
        }
        let most = errors(&before) - usize::from(finding.severity == Severity::Error);
        assert!(errors(&after) <= most, "{finding:?} becomes {after:?} in\n{fixed}");
    }
    before.iter().filter(safe).count()
}

/// An office with every member, whose values are all as they should be.
fn office() -> Value {
    json!({
        "id": "seat", "name": "Café München", "alternate_names": ["Siège", {"name": "本部", "language": "ja"}],
        "kind": "office", "addresses": [{
            "uses": ["postal"], "care_of": "Zoë", "address_lines": ["Straße 1"], "dependent_locality": "Südstadt",
            "locality": "Köln", "administrative_area": "Nordrhein-Westfalen", "postal_code": "50667",
            "sorting_code": "CEDEX", "country": "DE", "language": "de", "printed": {"locality": "KÖLN"}
        }],
        "phones": [{"type": "voice", "number": "+4922897629900", "printed": "+49 228 97 62 99-00"}],
        "emails": ["office@example.org"], "websites": [{"url": "https://example.org", "printed": "example.org"}],
        "time_zone": "Europe/Berlin", "updated": "2025-01-31T00:00:00Z",
        "source": {"document": "Liste", "lines": [1, 2], "text": ["Übersicht"]},
        "notes": [{"pointer": "/emails/0", "text": "Geprüft"}]
    })
}

fn document(office: &Value) -> String {
    json!({"organization": {"name": "Example"}, "offices": [office]}).to_string()
}

/// Pointers of all members and items below a value.
fn pointers(value: &Value, pointer: &str, all: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, it)| (name.clone(), it)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(at, it)| (at.to_string(), it)).collect()
        }
        _ => Vec::new(),
    };
    for (name, it) in below {
        let pointer = format!("{pointer}/{name}");
        pointers(it, &pointer, all);
        all.push(pointer);
    }
}

fn values() -> impl Strategy<Value = Value> {
    select(vec![
        json!("x"),
        json!(""),
        json!(1),
        json!(null),
        json!([]),
        json!(["x"]),
        json!({}),
        json!({"url": "https://example.org"}),
        json!([{"type": "voice", "number": "+49 228 976299"}]),
        json!("cafe\u{301}"),
        json!("DE"),
        json!("+49 (0)228 976299"),
    ])
}

/// A member's name with one slip in it.
fn misspelt(name: &str, at: usize, how: u8) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = at % letters.len();
    match how % 4 {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if at > 0 => letters.swap(at - 1, at),
        _ => letters[at] = 'x',
    }
    letters.into_iter().collect()
}

/// The office with the member at that pointer misspelt, and with another value where one is given.
fn with_slip(at: usize, slip: (usize, u8), value: Option<Value>) -> String {
    let mut office = office();
    let mut all = Vec::new();
    pointers(&office, "", &mut all);
    let pointer = &all[at % all.len()];
    let (around, name) = pointer.rsplit_once('/').unwrap();
    if let Some(Value::Object(members)) = office.pointer_mut(around) {
        let old = members.remove(name).unwrap();
        members.insert(misspelt(name, slip.0, slip.1), value.unwrap_or(old));
    } else if let Some(value) = value {
        *office.pointer_mut(pointer).unwrap() = value;
    }
    document(&office)
}

/// A number in the writing of some country, some letter or other, and two numbers in one.
const NUMBER: &str = r"\+?(1|7|33|36|39|44|49|225|242|375|378|380|81|82|886|54|52)[ .-]?(\(0\)|\(06\)|0|8|\(0[0-9]{2}\))?[ ]?[0-9]{1,4}[ ./-]{0,2}[0-9]{2,4}[ -]?[0-9]{2,4}([ ]?[/-][ ]?-?[0-9]{1,4}| ext\. 1)?";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn of_misspelt_members(
        at in any::<usize>(),
        slip in any::<(usize, u8)>(),
        value in proptest::option::of(values()),
    ) {
        check(&with_slip(at, slip, value));
    }

    #[test]
    fn of_telephone_numbers(number in NUMBER) {
        let mut office = office();
        office["phones"][0] = json!({"type": "voice", "number": number});
        check(&document(&office));
    }

    #[test]
    fn of_postal_codes(
        country in select(vec!["CH", "DE", "JP", "LV", "GB", "CA", "PL", "AD", "SV", "US", "NL", "BR", "PY", "KY"]),
        sign in "(CH|DE|LV|AD|KY|CP|CEP|PLZ:|D|〒)?[- ]?",
        code in "[0-9]{3,9}|[０-９]{4}|[0-9]{2,5}[- ][0-9]{2,4}|[a-zA-Z][0-9][a-z] ?[0-9][a-z]{1,2}[0-9]?",
    ) {
        let mut office = office();
        office["addresses"][0]["country"] = country.into();
        office["addresses"][0]["postal_code"] = (sign + &code).into();
        check(&document(&office));
    }

    #[test]
    fn of_subdivisions(
        country in select(vec!["CN", "IN", "IT", "AU", "MX", "PH", "TW", "US"]),
        code in "[A-Z]{2,3}|[0-9]{2}",
    ) {
        let mut office = office();
        office["addresses"][0]["country"] = country.into();
        office["addresses"][0]["administrative_area_code"] = code.into();
        check(&document(&office));
    }

    #[test]
    fn of_direction_marks(
        at in any::<usize>(),
        before in "[\u{200e}\u{200f}\u{61c}\u{202b}\u{2067} ]{0,2}",
        inner in "[\u{200e}\u{202e}]?",
        after in "[\u{200e}\u{200f}\u{202c}\u{2069} ]{0,2}",
    ) {
        let mut office = office();
        let mut all = Vec::new();
        pointers(&office, "", &mut all);
        let texts: Vec<String> =
            all.into_iter().filter(|it| office.pointer(it).is_some_and(Value::is_string)).collect();
        let text = office.pointer_mut(&texts[at % texts.len()]).unwrap();
        let whole = text.as_str().unwrap();
        let (head, tail) = whole.split_at(whole.chars().next().unwrap().len_utf8());
        *text = [&before, head, &inner, tail, &after].concat().into();
        check(&document(&office));
    }

    #[test]
    fn of_letters_and_commas(
        at in any::<usize>(),
        text in "[a-zA-Z]{0,3}(e\u{301}|o\u{308}|\u{212b}|\u{2126}|\u{1e9b}\u{323}|\u{f900}|\u{2000}|\u{37e}|\u{1fef})[a-z ]{0,3}",
    ) {
        let mut office = office();
        let mut all = Vec::new();
        pointers(&office, "", &mut all);
        let texts: Vec<String> =
            all.into_iter().filter(|it| office.pointer(it).is_some_and(Value::is_string)).collect();
        *office.pointer_mut(&texts[at % texts.len()]).unwrap() = text.into();
        let document = document(&office);
        check(&document);
        // The same with a comma too many at the end of some list or object.
        let ends: Vec<usize> = document.match_indices([']', '}']).map(|(at, _)| at).collect();
        let end = ends[at % ends.len()];
        check(&[&document[..end], ",", &document[end..]].concat());
    }
}

#[test]
fn there_are_such_edits() {
    let edits = [
        document(&office()).replace("\"locality\":\"Köln\"", "\"localty\":\"Köln\""),
        document(&office()).replace("Köln", "Ko\u{308}ln"),
        document(&office()).replace("+4922897629900", "+49-228/97 62 99-00"),
        document(&office()).replace("]}],", "],}],"),
        document(&office()).replace("50667", "D-50667"),
        document(&office()).replace("\"DE\"", "\"CN\", \"administrative_area_code\": \"11\""),
        document(&office()).replace("Zoë", "\u{200f}Zoë\u{200e}"),
        format!("\u{feff}{}", document(&office())),
    ];
    for text in edits {
        assert!(check(&text) > 0, "{text}");
    }
}
