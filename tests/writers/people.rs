//! What people read: labels, places, hours and forms on the page, in Markdown and in the workbook, and the language of
//! names.

use std::io::Read as _;

use flate2::read::DeflateDecoder;
use officedir::directory::{Directory, ReadOptions};
use officedir::export::Selection;
use officedir::read::{DirectorySource, Document};
use officedir::writers::{Target, WriterInfo};
use serde_json::{Value, json};

use super::memory::Memory;

/// The directory that has every member.
pub fn full() -> Value {
    serde_json::from_str(include_str!("losses/full.json")).unwrap()
}

/// What a writer makes of a directory.
fn export(directory: &Value, writer: &str, options: &[(&str, &str)]) -> Vec<u8> {
    let json = directory.to_string();
    let document = Document::parse(json.as_bytes()).unwrap();
    let source = DirectorySource::Document(&document);
    let directory = Directory::read(source, ReadOptions::default()).unwrap();
    let options = options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    let target = Target::new(WriterInfo::find(writer).unwrap(), options.collect()).unwrap();
    let mut memory = Memory::default();
    let outcome = directory.export(&[target], &Selection::default(), &mut memory).unwrap();
    assert!(!outcome.failed(), "{:?} {:?}", directory.findings(), outcome.problems);
    memory.files.into_values().next().unwrap()
}

pub fn text(directory: &Value, writer: &str, options: &[(&str, &str)]) -> String {
    String::from_utf8(export(directory, writer, options)).unwrap()
}

pub fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
}

/// The texts of all cells, each with a line break in front and behind: a workbook keeps them in a file of its ZIP
/// (APPNOTE.TXT, section 4.3.7).
fn cells(workbook: &[u8]) -> String {
    let name = b"xl/sharedStrings.xml";
    let at = workbook.windows(name.len()).position(|it| it == name).unwrap();
    let extra = u16::from_le_bytes([workbook[at - 2], workbook[at - 1]]);
    let mut xml = String::new();
    let data = &workbook[at + name.len() + usize::from(extra)..];
    DeflateDecoder::new(data).read_to_string(&mut xml).unwrap();
    xml.replace("<t>", "\n").replace("</t>", "\n").replace("<t xml:space=\"preserve\">", "\n")
}

#[test]
fn markdown_says_what_numbers_are_for() {
    let markdown = text(&full(), "markdown", &[]);
    let lines = [
        "\n- Phone (Visas) [+254 20 7624001](tel:+254207624001)\n",
        "\n- Fax (Press) \\+254 20 7624002\n",
        "\n- Mobile [+254 712 345678](tel:+254712345678)\n",
        "\n- E-mail (Press) <first@example.org>\n",
        "\n- Contact form (Appointments) <https://example.org/form>\n",
        "\n- Contact form <https://example.org/other>\n",
        "\n- Open Mo-Fr 09:00-17:00\n",
        "\n- Map [-1.26, 36.8](https://www.openstreetmap.org/?mlat=-1.26&mlon=36.8#map=17/-1.26/36.8)\n",
        // In the table stands what is for everything.
        "| [+254 712 345678](tel:+254712345678) | <second@example.org> |",
        // Without the capitals of the post.
        "\\\nNairobi\\\n00100\\\nKenya\n",
    ];
    has(&markdown, &lines);
}

/// The table with `;` between its cells, which no text of these directories has.
fn table(directory: &Value) -> Vec<Vec<String>> {
    let text = text(directory, "csv", &[("separator", "semicolon"), ("bom", "false")]);
    let cells = |line: &str| line.split(';').map(|cell| cell.trim_matches('"').into()).collect();
    text.lines().map(cells).collect()
}

#[test]
fn a_table_for_people_has_no_empty_column() {
    let iclei = serde_json::from_str(include_str!("../../directory.json")).unwrap();
    for directory in [full(), iclei] {
        let offices = directory["offices"].as_array().unwrap();
        let rows = table(&directory);
        // Every office is one line.
        assert_eq!(rows.len(), offices.len() + 1);
        for (at, heading) in rows[0].iter().enumerate() {
            assert!(rows[1..].iter().any(|row| !row[at].is_empty()), "{heading} is empty");
        }
        // Without one of its offices it has the columns of the others.
        for at in 0..offices.len() {
            let mut directory = directory.clone();
            directory["organization"].as_object_mut().unwrap().remove("headquarters");
            let offices = directory["offices"].as_array_mut().unwrap();
            let id = offices.remove(at)["id"].clone();
            offices.retain(|office| office.get("parent") != Some(&id));
            let rows = table(&directory);
            for (at, heading) in rows[0].iter().enumerate() {
                assert!(rows[1..].iter().any(|row| !row[at].is_empty()), "{heading} is empty");
            }
        }
    }
}

#[test]
fn a_table_for_people_has_two_addresses() {
    let mut directory = full();
    let addresses = directory["offices"][0]["addresses"].as_array_mut().unwrap();
    addresses[0]["uses"] = json!(["physical"]);
    let mail = json!({"uses": ["postal"], "post_office_box": "Postfach 1", "locality": "Bonn", "country": "DE"});
    addresses.push(mail);
    let rows = table(&directory);
    let cell = |heading: &str| {
        let at = rows[0].iter().position(|it| it == heading);
        at.map(|at| rows[1][at].as_str())
    };
    assert_eq!(cell("Street"), Some("1 Road"));
    assert_eq!(cell("PO box"), Some(""));
    assert_eq!(cell("Mailing PO box"), Some("Postfach 1"));
    assert_eq!(cell("Mailing country"), Some("Germany"));
    assert_eq!(cell("Mailing street"), None);
    assert_eq!(cell("Address label"), Some("Example Seat, Postfach 1, Bonn, Germany"));
}

#[test]
fn a_workbook_has_columns_for_what_there_is() {
    let workbook = cells(&export(&full(), "xlsx", &[]));
    let texts = [
        "\nCoordinates\n",
        "\n-1.26, 36.8\n",
        "\nOpening hours\n",
        "\nMo-Fr 09:00-17:00\n",
        "\n+254 20 7624001 (Visas)\n",
        "\nfirst@example.org (Press)\nsecond@example.org\n",
        "\nContact form\n",
        "\nhttps://example.org/form (Appointments)\nhttps://example.org/other\n",
        "\nPostal code\n",
        "\n00100\n",
        "\nx_own\n",
        "\nof an office\n",
        "\nAddresses: x_own\n",
        "\n1: of an address\n",
        "\nPhones: x_own\n",
        "\n+254 20 7624001: of a phone\n",
        "\nE-mails: x_own\n",
        "\nContact forms: x_own\n",
        "\nWebsites: x_own\n",
    ];
    has(&workbook, &texts);

    let mut directory = full();
    let office = directory["offices"][1].as_object_mut().unwrap();
    for member in ["coordinates", "opening_hours", "contact_forms", "emails", "x_own"] {
        office.remove(member);
    }
    office.insert("x_list".into(), json!([1, "two"]));
    office.insert("x_nothing".into(), json!(""));
    let workbook = cells(&export(&directory, "xlsx", &[]));
    for heading in ["Coordinates", "Opening hours", "Contact form", "x_own", "E-mails: x_own"] {
        assert!(!workbook.contains(&format!("\n{heading}\n")), "{heading}");
    }
    has(&workbook, &["\nx_list\n", "\n[1,\"two\"]\n", "\n\"\"\n", "\nPhones: x_own\n"]);
}

#[test]
fn a_workbook_has_no_more_columns_than_a_sheet() {
    let mut directory = full();
    let office = directory["offices"][1].as_object_mut().unwrap();
    for number in 0..1_100 {
        office.insert(format!("x_{number:04}"), json!(format!("value {number:04}")));
    }
    let long = format!("x_{}", "long".repeat(10_000));
    office.insert(long.clone(), json!("of a long name"));
    let workbook = cells(&export(&directory, "xlsx", &[]));
    has(&workbook, &["\nvalue 0001\n"]);
    assert!(!workbook.contains("value 1099") && !workbook.contains("of a long name"));
}

#[test]
fn the_page_links_to_a_map_and_to_forms() {
    let page = text(&full(), "html", &[("qr", "false")]);
    let parts = [
        "<dd class=\"p-geo h-geo\"><a href=\"https://www.openstreetmap.org/?mlat=-1.26&amp;mlon=36.8",
        "<span class=for dir=\"auto\">Visas</span> <a class=p-tel href=\"tel:+254207624001\">",
        "<a class=form href=\"https://example.org/form\">Appointments</a>",
        "\"openingHoursSpecification\"",
    ];
    has(&page, &parts);

    // Hours that schema.org has no words for are on the page and not among the data.
    let mut directory = full();
    directory["offices"][1]["opening_hours"] = "Apr-Sep Mo-Fr 09:00-17:00; PH off".into();
    let page = text(&directory, "html", &[("qr", "false")]);
    has(&page, &["<span class=time>Apr-Sep</span>", "<abbr title=\"public holidays\">PH</abbr>"]);
    assert!(!page.contains("openingHours"), "{page}");

    // Nothing of the new style is in a page without such members.
    let page =
        text(&serde_json::from_str(include_str!("../../directory.json")).unwrap(), "html", &[]);
    assert!(!page.contains(".for {") && !page.contains(".form::after"));
}

#[test]
fn names_are_in_the_language_that_is_asked_for() {
    let page = text(&full(), "html", &[("qr", "false"), ("language", "de-AT")]);
    let parts = [
        "<html lang=\"de-AT\">",
        "<h1><span lang=\"de\">Beispiel</span>: Standorte</h1>",
        "<p class=kind lang=\"de\">Büro</p>",
        "<span class=p-org lang=\"de\">Beispiel</span> <span lang=\"de\">Ziel</span></h",
        "auch <span class=p-nickname lang=\"\">Target</span>",
        "id=\"region-name-part\" lang=\"de\">Teil</h",
        // Of this office there is no name in German, but one of the organisation.
        "<span class=p-org lang=\"de\">Beispiel</span> <span lang=\"\">Seat</span></h",
    ];
    has(&page, &parts);
    let markdown = text(&full(), "markdown", &[("language", "de")]);
    has(
        &markdown,
        &["# Beispiel offices\n", "\n## Beispiel Ziel\n\nWorld, Teil, Büro\n", "\n- Also Target\n"],
    );
    let workbook = cells(&export(&full(), "xlsx", &[("language", "de")]));
    has(
        &workbook,
        &["\nBeispiel Ziel\n", "\nBüro\n", "\nWorld / Teil\n", "\nTarget\nSecond\nZiel am Ufer\n"],
    );
    // A language that no name is in changes nothing.
    for writer in ["html", "markdown", "xlsx"] {
        let plain = export(&full(), writer, &[]);
        assert!(plain == export(&full(), writer, &[("language", "sw")]), "{writer}");
    }
    let labels = |options: &[(&str, &str)]| {
        let all = [("format", "svg"), ("stock", "zebra-4x6")];
        export(&full(), "labels", &[&all[..], options].concat())
    };
    assert!(labels(&[]) == labels(&[("language", "sw")]));
    assert!(labels(&[]) != labels(&[("language", "de")]));
}
