use crate::run::Bench;

#[test]
fn shows_an_office_with_its_mail() {
    let run = Bench::new().run(&["show", "--from", "de", "africa-secretariat", "japan-office"]);
    run.says(0, &[]);
    let shown = run.stdout();
    for text in [
        "ICLEI Africa Secretariat\n  Id:         africa-secretariat\n",
        "  For mail within South Africa:\n    ICLEI Africa Secretariat\n    PO Box 5319\n    TYGERVALLEY\n    7536\n",
        "  From Germany:\n    ICLEI Japan Office\n    1-14-2 Nishi-Shimbashi\n    MINATO-KU, TOKYO 105-0003\n    JAPAN\n",
    ] {
        assert!(shown.contains(text), "{text:?} is not in:\n{shown}");
    }
    assert!(!shown.contains("ICLEI World Secretariat"));
}

#[test]
fn shows_the_address_of_the_purpose_and_names_the_country_once() {
    let bench = Bench::new();
    let shown = bench.run(&["show", "africa-secretariat", "--purpose", "courier"]).stdout();
    assert!(shown.contains("Century City") && !shown.contains("PO Box"), "{shown}");
    let shown = bench.run(&["show", "usa-office", "--from", "US"]).stdout();
    assert!(shown.contains("DENVER, CO 80202") && !shown.contains("UNITED STATES"), "{shown}");
    let shown = bench.run(&["show", "usa-office", "--country-language", "fr-CA"]).stdout();
    assert!(shown.contains("    ÉTATS-UNIS\n"), "{shown}");
}

/// Of two postal addresses, the one in the wanted script is shown.
#[test]
fn shows_the_address_in_the_wanted_script() {
    let directory = include_str!("../../directory.json");
    let at = directory.find("1-14-2 Nishi-Shimbashi").expect("the Japan office is there");
    let open = directory[..at].rfind("\"addresses\": [").expect("it has addresses");
    let local = r#"{"uses": ["postal"], "address_lines": ["西新橋1-14-2"], "locality": "港区",
        "administrative_area": "東京都", "postal_code": "105-0003", "country": "JP"},"#;
    let split = open + "\"addresses\": [".len();
    let directory = format!("{}{local}{}", &directory[..split], &directory[split..]);
    let bench = Bench::with(directory);
    let mail = ["show", "japan-office", "--purpose", "mail", "--script"];
    let shown = bench.run(&[&mail[..], &["latin"]].concat());
    shown.says(0, &["MINATO-KU, TOKYO 105-0003"]);
    assert!(!shown.stdout().contains("港区"));
    let shown = bench.run(&[&mail[..], &["local"]].concat());
    shown.says(0, &["〒105-0003\n    東京都港区\n    西新橋1-14-2"]);
}

#[test]
fn says_what_cannot_be_shown() {
    let bench = Bench::new();
    bench.run(&["show", "jpan-office"]).says(2, &["unknown office", "japan-office"]);
    bench.run(&["show", "--from", "Germny"]).says(2, &["did you mean Germany?"]);
    for known in ["uk", "GBR", "United Kingdom", "Vereinigtes Königreich"] {
        bench.run(&["show", "japan-office", "--from", known]).says(0, &["From United Kingdom"]);
    }
    bench.run(&["show", "--country-language", "tlh"]).says(2, &["available in en, fr, de"]);
    bench.run(&["show", "--file", "none.json"]).says(2, &["cannot read none.json"]);
    bench.run(&["show", "east-asia-secretariat"]).says(0, &["South Korea needs a postal code"]);
    let broken = include_str!("../../directory.json").replacen("\"uses\"", "\"used\"", 1);
    Bench::with(broken).run(&["show", "japan-office"]).says(0, &["ICLEI Japan Office"]);
}

#[test]
fn shows_what_numbers_are_for_where_the_office_is_and_when_it_is_open() {
    let bench = Bench::with(include_str!("../writers/losses/full.json"));
    let shown = bench.run(&["show", "target"]).stdout();
    for text in [
        "  Place:      -1.26, 36.8\n  Open:       Mo-Fr 09:00-17:00\n",
        "  Telephone:  +254 20 7624001 (Visas)\n  Fax:        +254 20 7624002 (Press)\n",
        "  E-mail:     first@example.org (Press)\n  E-mail:     second@example.org\n",
        "  Form:       https://example.org/form (Appointments)\n  Form:       https://example.org/other\n",
    ] {
        assert!(shown.contains(text), "{text:?} is not in:\n{shown}");
    }
}
