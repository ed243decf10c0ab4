//! The web page as it is exported: its languages, its options, and what the script finds in it.

use std::io::Read as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::read::GzDecoder;
use officedir::writers::{Target, WriterInfo};
use serde_json::{Value, json};

use super::people::{full, has, text};

/// The directory of the project.
fn usual() -> Value {
    serde_json::from_str(include_str!("../../directory.json")).unwrap()
}

/// Why the options are refused.
fn refused(options: &[(&str, &str)]) -> String {
    let options = options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    let target = Target::new(WriterInfo::find("html").unwrap(), options.collect());
    target.err().expect("taken").to_string()
}

/// The text between two others.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).expect(start);
    rest.split_once(end).expect(end).0
}

/// What the script finds of each office.
fn contacts(page: &str) -> Vec<Value> {
    let element = between(page, " id=\"contacts\"", "</script>");
    let packed = BASE64_STANDARD.decode(element.split_once('>').unwrap().1).unwrap();
    // No time and no name, so that the same offices give the same bytes.
    assert_eq!(packed[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
    let mut json = String::new();
    GzDecoder::new(&*packed).read_to_string(&mut json).unwrap();
    serde_json::from_str(&json).unwrap()
}

#[test]
fn the_page_speaks_the_language_that_is_asked_for() {
    let cases = [
        ("en", "ICLEI offices</h1>", "15 offices in 13 countries", ">Germany</option>"),
        (
            "de",
            "ICLEI</span>: Standorte</h1>",
            "15 Standorte in 13 Ländern",
            ">Deutschland</option>",
        ),
        ("es", ">Todos los países<", "15 oficinas en 13 países", ">Alemania</option>"),
        ("fr-CA", ">Tous les pays<", "15 bureaux dans 13 pays", ">Allemagne</option>"),
        ("pt-BR", ">Todos os países<", "15 escritórios em 13 países", ">Alemanha</option>"),
        ("ja", ">すべての国<", "13か国に15拠点", ">ドイツ</option>"),
        ("ko", ">모든 국가<", "13개국 15개 사무소", ">독일</option>"),
        ("zh", ">所有国家<", "13 个国家的 15 个办事处", ">德国</option>"),
        ("zh-Hant", ">所有國家<", "13 個國家的 15 個辦事處", ">德國</option>"),
    ];
    for (language, heading, summary, country) in cases {
        let page = text(&usual(), "html", &[("language", language)]);
        let lang = format!("<html lang=\"{language}\">");
        has(&page, &[&lang, heading, summary, country]);
        // The country's line is in the language of the page, whatever that of the address.
        assert!(
            language != "ja"
                || page.contains("<span class=p-country-name lang=\"ja\">ドイツ</span>")
        );
    }
    // Countries have names in Dutch, and the page has no words in it.
    has(
        &text(&usual(), "html", &[("language", "nl")]),
        &["<html lang=\"en\">", ">Germany</option>"],
    );
    let mut one = usual();
    one["offices"].as_array_mut().unwrap().truncate(1);
    has(&text(&one, "html", &[("language", "de")]), &["1 Standort in 1 Land<"]);
}

#[test]
fn the_contacts_are_in_the_order_of_the_page() {
    let page = text(&usual(), "html", &[]);
    let contacts = contacts(&page);
    let names: Vec<&str> = page
        .split("<li class=\"office")
        .skip(1)
        .map(|office| between(office, "<span class=p-org>ICLEI</span> ", "</h"))
        .collect();
    assert_eq!(contacts.len(), 15);
    for (contact, name) in contacts.iter().zip(names) {
        let texts = ["card", "qr", "label"].map(|it| contact[it].as_str().unwrap());
        let name = name.replace("&amp;", "&");
        assert!(texts[0].contains(&format!("\r\nFN:ICLEI {name}\r\n")), "{name}");
        assert!(texts[1].len() < texts[0].len() && texts[1].ends_with("END:VCARD\r\n"), "{name}");
        has(
            texts[2],
            &["width=\"89mm\" height=\"36mm\"", " textLength=\"", &format!(">ICLEI {name}")],
        );
    }
    let bare = text(&usual(), "html", &[("qr", "false"), ("label", "none")]);
    let contacts = self::contacts(&bare);
    assert!(contacts.iter().all(|it| it.as_object().unwrap().len() == 1));
    assert!(page.contains("id=\"contacts\" data-qr data-label>"));
    assert!(bare.contains("id=\"contacts\">"));
}

#[test]
fn a_contact_that_no_code_holds_is_downloaded_only() {
    let mut directory = full();
    let long = format!("https://example.org/{}", "long".repeat(800));
    directory["offices"][1]["websites"] = json!([{"url": long}]);
    let contacts = contacts(&text(&directory, "html", &[]));
    let without: Vec<_> = contacts.iter().filter(|it| it["qr"].is_null()).collect();
    assert_eq!(without.len(), 1);
    assert!(without[0]["card"].as_str().unwrap().replace("\r\n ", "").contains(&long));
}

#[test]
fn a_label_is_measured_without_the_fonts_of_the_machine() {
    let mut directory = full();
    directory["offices"][1]["addresses"] = json!([
        {"uses": ["physical"], "address_lines": ["1 Other Road"], "locality": "Nairobi", "country": "KE"},
        {"uses": ["postal"], "address_lines": ["شارع التحرير 12"], "locality": "القاهرة", "country": "EG"},
    ]);
    let labels = |directory: &Value, options: &[(&str, &str)]| -> Vec<Option<String>> {
        let contacts = contacts(&text(directory, "html", options));
        contacts.iter().map(|it| it["label"].as_str().map(str::to_owned)).collect()
    };
    let label =
        labels(&directory, &[]).into_iter().flatten().find(|it| it.contains("EGYPT")).unwrap();
    // From the right end of the line, and as long as the browser's font makes it.
    let line = between(&label, "direction=\"rtl\"", "</text>");
    assert!(line.starts_with('>') && line.contains("شارع التحرير 12"), "{label}");
    has(&label, &["lengthAdjust=\"spacingAndGlyphs\">EGYPT</text>"]);
    assert!(!label.contains("Other Road"));
    // One that does not fit is left out, and nothing else.
    let long = "A very long line of an address that no small label has the room for "
        .repeat(4)
        .trim_end()
        .to_owned();
    directory["offices"][1]["addresses"][1]["address_lines"][0] = long.into();
    let small = labels(&directory, &[("label", "avery-l7651")]);
    assert!(small.iter().any(Option::is_none));
    // Of a sheet it is a single label.
    let sheet = labels(&usual(), &[("label", "avery-l7163")]);
    has(sheet[0].as_ref().unwrap(), &["width=\"99.1mm\" height=\"38.1mm\""]);
    assert!(refused(&[("label", "dymo-0")]).contains("dymo-0"));
}

#[test]
fn a_page_looks_as_its_owner_wants() {
    let logo = tempfile::Builder::new().suffix(".svg").tempfile().unwrap();
    std::fs::write(logo.path(), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    let options = [
        ("title", "Our <places>"),
        ("accent", "#FFD500"),
        ("url", "https://example.org/offices/"),
        ("logo", logo.path().to_str().unwrap()),
    ];
    let page = text(&usual(), "html", &options);
    let parts = [
        "<title>Our &lt;places&gt;</title>",
        "<h1>Our &lt;places&gt;</h1>",
        "<meta property=\"og:title\" content=\"Our &lt;places&gt;\">",
        "<link rel=\"canonical\" href=\"https://example.org/offices/\">",
        "<meta property=\"og:url\" content=\"https://example.org/offices/\">",
        "<link rel=\"icon\" href=\"data:image/svg+xml,",
        "src=\"data:image/svg+xml;base64,PHN2ZyB4bWxucz0i",
        // Yellow is no text on white, and is one in the dark.
        "(prefers-color-scheme:dark){:root{--accent:#ffd500;--on-accent:#000000}}",
    ];
    has(&page, &parts);
    assert!(!page.contains("@media screen{:root{--accent:#ffd500"));
    // Without an URL of its own the page says the organisation's.
    has(&text(&usual(), "html", &[]), &["<link rel=\"canonical\" href=\"https://www.iclei.org\">"]);

    std::fs::write(logo.path(), "GIF89a").unwrap();
    let path = logo.path().to_str().unwrap();
    assert!(refused(&[("logo", path)]).contains("is no picture that every browser shows"));
    std::fs::write(logo.path(), [b' '; (256 << 10) + 1]).unwrap();
    assert!(refused(&[("logo", path)]).contains("it has more than 262144 bytes"));
    assert!(refused(&[("logo", "no-such.png")]).contains("cannot read the logo no-such.png"));
    for accent in ["green", "#12345", "0a6349", "rgb(1,2,3)"] {
        let error = refused(&[("accent", accent)]);
        assert!(
            error.contains(&format!("takes a colour such as #0a6349, not \"{accent}\"")),
            "{error}"
        );
    }
    for url in ["example.org", "ftp://example.org", "https://", "https://a b"] {
        assert!(refused(&[("url", url)]).contains("the page's whole URL"), "{url}");
    }
    assert!(refused(&[("fragment", "true"), ("title", "T")]).contains("a fragment has no head"));
}

#[test]
fn a_fragment_keeps_to_itself() {
    let part =
        text(&usual(), "html", &[("fragment", "true"), ("accent", "#06c"), ("language", "de")]);
    for outside in [
        "<!doctype",
        "<html",
        "<head>",
        "<body",
        "<title",
        "<h1",
        "<main",
        "<meta",
        "<link",
        ":root",
    ] {
        assert!(!part.contains(outside), "{outside}");
    }
    has(
        &part,
        &[
            "<div class=\"officedir\" lang=\"de\">",
            "<style>.officedir{",
            "15 Standorte in 13 Ländern",
        ],
    );
    assert_eq!(contacts(&part).len(), 15);
    // What a policy of the page around it has to allow is said at its top.
    let policy = between(&part, "<!--", "-->");
    let hash = between(policy, "style-src 'sha256-", "'");
    has(policy, &["script-src 'sha256-"]);
    let page = text(&usual(), "html", &[("accent", "#06c"), ("language", "de")]);
    assert!(!page.contains(hash));
    let script = between(policy, "script-src 'sha256-", "'");
    assert!(page.contains(script));
}
