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

/// Which address, which size and which breaks a label would have.
#[test]
fn says_why_a_label_looks_as_it_does() {
    let bench = Bench::new();
    let africa = ["show", "africa-secretariat", "--from", "DE", "--why"];
    bench.run(&africa).says(
        0,
        &[
            "  Label:      the first address for mail\n",
            "  On avery-l7160: 11 pt, 5 lines, none broken:\n    ICLEI Africa Secretariat\n    PO Box 5319\n",
        ],
    );
    let small = [&africa[..], &["--stock", "avery-5167"]].concat();
    let smallest = "; avery-l7651 is the smallest stock of the kind that it fits\n";
    bench.run(&small).says(0, &["  On avery-5167: the lines down to ", "mm at 8 pt", smallest]);
    // The stock that the export names as well, and mail from the headquarters, as labels have it.
    let labels = ["export", "--to", "labels:stock=avery-5167", "--country", "ZA"];
    bench.run(&labels).says(1, &[smallest.trim_end()]);
    let from_headquarters = bench.run(&["show", "africa-secretariat", "--why"]).stdout();
    assert!(from_headquarters.contains("    SÜDAFRIKA\n"), "{from_headquarters}");
    bench.run(&["show", "--stock", "avery-5167"]).says(2, &["--why"]);
    bench.run(&["show", "--why", "--stock", "none-such"]).says(2, &["unknown stock"]);
    let scripts = r#"{"organization": {"name": "Org"}, "offices": [{"id": "jp", "name": "Japan", "kind": "office",
        "addresses": [
          {"uses": ["postal"], "address_lines": ["西新橋1-14-2"], "locality": "港区", "administrative_area": "東京都",
           "postal_code": "105-0003", "country": "JP", "language": "ja"},
          {"uses": ["postal"], "address_lines": ["1-14-2 Nishi-Shimbashi"], "locality": "Minato-ku",
           "administrative_area": "Tokyo", "postal_code": "105-0003", "country": "JP", "language": "ja-Latn"}]}]}"#;
    let bench = Bench::with(scripts);
    let chosen = "  Label:      the address in Latin letters, which mail from abroad needs\n";
    bench.run(&["show", "--why", "--from", "FR"]).says(0, &[chosen, "    JAPON\n"]);
    let at_home = scripts.replace(r#"{"name": "Org"}"#, r#"{"name": "Org", "headquarters": "jp"}"#);
    let local = "  Label:      the first address for mail\n";
    Bench::with(at_home).run(&["show", "--why"]).says(0, &[local]);
    let long = scripts.replace("Japan", "Secretariat for the Regions ".repeat(3).trim_end());
    Bench::with(long).run(&["show", "--why"]).says(0, &[" break"]);
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
